"""Let a decision of taking in cite the findings that made it."""

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""


def downgrade() -> None:
    """Forget what decisions cite."""
