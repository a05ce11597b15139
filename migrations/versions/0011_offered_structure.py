"""Let whole local units and moves be offered upward: what a proposed unit is made of."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Widen what an offer holds."""
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.add_column(sa.Column("structure", sa.JSON(), nullable=True))


def downgrade() -> None:
    """Narrow it again; whole units that were offered cannot stay, no earlier version can read them."""
    op.execute(sa.text("DELETE FROM proposal WHERE kind = 'unit'"))
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.drop_column("structure")
