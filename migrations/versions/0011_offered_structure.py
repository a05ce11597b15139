"""Let whole local units and moves be offered upward."""

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Widen what an offer holds."""


def downgrade() -> None:
    """Narrow it again."""
