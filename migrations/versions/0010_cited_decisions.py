"""Let a decision of taking in cite the findings that made it."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_NAMED = {"decision_id": "decision.id", "finding_id": "finding.id"}


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "decision_finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=False),
        *(
            sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_decision_finding_{column}"))
            for column, target in _NAMED.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_finding")),
        sa.UniqueConstraint("decision_id", "finding_id", name=op.f("uq_decision_finding_decision_id_finding_id")),
    )
    with op.batch_alter_table("decision_finding", schema=None) as batch_op:
        for column in _NAMED:
            batch_op.create_index(batch_op.f(f"ix_decision_finding_{column}"), [column], unique=False)


def downgrade() -> None:
    """Forget what decisions cite."""
    op.drop_table("decision_finding")
