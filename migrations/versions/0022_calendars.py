"""Make the tables of calendars' addresses, of changed plans, and of what changes in the field became."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "calendar_address",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("card_id", sa.Integer(), nullable=True),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_calendar_address_account_id")),
        sa.ForeignKeyConstraint(["card_id"], ["learner_card.id"], name=op.f("fk_calendar_address_card_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_address")),
        sa.UniqueConstraint("account_id", name=op.f("uq_calendar_address_account_id")),
        sa.UniqueConstraint("card_id", name=op.f("uq_calendar_address_card_id")),
    )
    op.create_table(
        "session_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["session_id"], ["cohort_session.id"], name=op.f("fk_session_change_session_id")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_session_change_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_change")),
    )
    op.create_index(op.f("ix_session_change_session_id"), "session_change", ["session_id"], unique=False)
    op.create_index(op.f("ix_session_change_account_id"), "session_change", ["account_id"], unique=False)
    op.create_table(
        "field_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("unit_uid", sa.String(), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["session_id"], ["cohort_session.id"], name=op.f("fk_field_note_session_id")),
        sa.ForeignKeyConstraint(["finding_id"], ["finding.id"], name=op.f("fk_field_note_finding_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_field_note")),
        sa.UniqueConstraint("session_id", "unit_uid", name=op.f("uq_field_note_session_id_unit_uid")),
    )
    op.create_index(op.f("ix_field_note_finding_id"), "field_note", ["finding_id"], unique=False)


def downgrade() -> None:
    """Take the tables away."""
    op.drop_table("field_note")
    op.drop_table("session_change")
    op.drop_table("calendar_address")
