"""Keep beside a mark those that say the same, as of a roll that two people took: whoever corrects it names them too."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add them, none for the marks there are; they are found when something is said of the same person again."""
    with op.batch_alter_table("attendance_mark", schema=None) as mark:
        mark.add_column(sa.Column("alike", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    """Forget them; the marks themselves stay."""
    with op.batch_alter_table("attendance_mark", schema=None) as mark:
        mark.drop_column("alike")
