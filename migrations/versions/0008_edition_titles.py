"""Let an edition have a title of its own: one composed of two curricula is neither of them."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the titles, none for the editions there are."""
    with op.batch_alter_table("edition", schema=None) as batch_op:
        batch_op.add_column(sa.Column("titles", sa.JSON(), nullable=False, server_default="{}"))
    with op.batch_alter_table("edition", schema=None) as batch_op:
        batch_op.alter_column("titles", server_default=None)


def downgrade() -> None:
    """Forget them."""
    with op.batch_alter_table("edition", schema=None) as batch_op:
        batch_op.drop_column("titles")
