"""Make the tables of messages and what became of them, and of proposals that somebody has left."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("way", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("problem", sa.String(), nullable=False),
        sa.Column("prepared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_message_cohort_id")),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_message_enrolment_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_message_person_id")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_message_account_id")),
        sa.ForeignKeyConstraint(["sent_by_id"], ["account.id"], name=op.f("fk_message_sent_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sa.UniqueConstraint("uid", name=op.f("uq_message_uid")),
    )
    op.create_index(op.f("ix_message_cohort_id_prepared_at"), "message", ["cohort_id", "prepared_at"], unique=False)
    op.create_index(op.f("ix_message_enrolment_id"), "message", ["enrolment_id"], unique=False)
    op.create_index(op.f("ix_message_person_id"), "message", ["person_id"], unique=False)
    op.create_index(op.f("ix_message_account_id"), "message", ["account_id"], unique=False)
    op.create_index(op.f("ix_message_sent_by_id"), "message", ["sent_by_id"], unique=False)
    op.create_table(
        "leaving_proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_leaving_proposal_enrolment_id")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_leaving_proposal_account_id")),
        sa.ForeignKeyConstraint(["settled_by_id"], ["account.id"], name=op.f("fk_leaving_proposal_settled_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leaving_proposal")),
    )
    op.create_index(op.f("ix_leaving_proposal_enrolment_id"), "leaving_proposal", ["enrolment_id"], unique=False)
    op.create_index(op.f("ix_leaving_proposal_account_id"), "leaving_proposal", ["account_id"], unique=False)
    op.create_index(op.f("ix_leaving_proposal_settled_by_id"), "leaving_proposal", ["settled_by_id"], unique=False)


def downgrade() -> None:
    """Take the tables away."""
    op.drop_table("leaving_proposal")
    op.drop_table("message")
