"""Tie a number of a workshop to the phone that claimed it."""

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what ties them."""


def downgrade() -> None:
    """Untie them."""
