"""Make the tables of validation workshops: agendas, questions, people, answers, remarks and decisions, closings."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make them."""
    op.create_table(
        "workshop",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("host", sa.String(), nullable=False),
        sa.Column("facilitators", sa.JSON(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("starts_minute", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("scale", sa.String(length=40), nullable=False),
        sa.Column("top_from", sa.Integer(), nullable=False),
        sa.Column("threshold", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["account.id"], name=op.f("fk_workshop_created_by_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_workshop_edition_id")),
        sa.ForeignKeyConstraint(["release_id"], ["release.id"], name=op.f("fk_workshop_release_id")),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_workshop_revision_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop")),
        sa.UniqueConstraint("token", name=op.f("uq_workshop_token")),
    )
    with op.batch_alter_table("workshop", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_workshop_created_by_id"), ["created_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_workshop_edition_id"), ["edition_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_workshop_release_id"), ["release_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_workshop_revision_id"), ["revision_id"], unique=False)

    op.create_table(
        "agenda_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("unit_uid", sa.String(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name=op.f("fk_agenda_item_workshop_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_item")),
    )
    with op.batch_alter_table("agenda_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agenda_item_workshop_id"), ["workshop_id"], unique=False)

    op.create_table(
        "workshop_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("criterion", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name=op.f("fk_workshop_question_workshop_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop_question")),
    )
    with op.batch_alter_table("workshop_question", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_workshop_question_workshop_id"), ["workshop_id"], unique=False)

    op.create_table(
        "workshop_participant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sex", sa.String(), nullable=False),
        sa.Column("age", sa.Integer(), nullable=True),
        sa.Column("birth_year", sa.Integer(), nullable=True),
        sa.Column("age_group", sa.String(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("locality", sa.String(), nullable=False),
        sa.Column("reads", sa.Boolean(), nullable=True),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("consent", sa.Boolean(), nullable=False),
        sa.Column("key", sa.String(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name=op.f("fk_workshop_participant_workshop_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop_participant")),
        sa.UniqueConstraint("workshop_id", "number", name=op.f("uq_workshop_participant_workshop_id_number")),
    )
    with op.batch_alter_table("workshop_participant", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_workshop_participant_workshop_id"), ["workshop_id"], unique=False)

    op.create_table(
        "workshop_attendance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("presence", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["workshop_participant.id"], name=op.f("fk_workshop_attendance_participant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop_attendance")),
        sa.UniqueConstraint("participant_id", "day", name=op.f("uq_workshop_attendance_participant_id_day")),
    )
    with op.batch_alter_table("workshop_attendance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_workshop_attendance_participant_id"), ["participant_id"], unique=False)

    op.create_table(
        "workshop_invitation_sent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("actor_name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_workshop_invitation_sent_account_id")),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["workshop_participant.id"], name=op.f("fk_workshop_invitation_sent_participant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop_invitation_sent")),
    )
    with op.batch_alter_table("workshop_invitation_sent", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_workshop_invitation_sent_account_id"), ["account_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_workshop_invitation_sent_participant_id"), ["participant_id"], unique=False
        )

    op.create_table(
        "workshop_sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("unit_uid", sa.String(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=True),
        sa.Column("respondent", sa.String(), nullable=True),
        sa.Column("way", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["entered_by_id"], ["account.id"], name=op.f("fk_workshop_sheet_entered_by_id")),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["workshop_participant.id"], name=op.f("fk_workshop_sheet_participant_id")
        ),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name=op.f("fk_workshop_sheet_workshop_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop_sheet")),
        sa.UniqueConstraint(
            "workshop_id",
            "unit_uid",
            "participant_id",
            name=op.f("uq_workshop_sheet_workshop_id_unit_uid_participant_id"),
        ),
        sa.UniqueConstraint(
            "workshop_id", "unit_uid", "respondent", name=op.f("uq_workshop_sheet_workshop_id_unit_uid_respondent")
        ),
    )
    with op.batch_alter_table("workshop_sheet", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_workshop_sheet_entered_by_id"), ["entered_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_workshop_sheet_participant_id"), ["participant_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_workshop_sheet_workshop_id"), ["workshop_id"], unique=False)

    op.create_table(
        "workshop_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=True),
        sa.Column("comment", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["question_id"], ["workshop_question.id"], name=op.f("fk_workshop_answer_question_id")),
        sa.ForeignKeyConstraint(["sheet_id"], ["workshop_sheet.id"], name=op.f("fk_workshop_answer_sheet_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop_answer")),
        sa.UniqueConstraint("sheet_id", "question_id", name=op.f("uq_workshop_answer_sheet_id_question_id")),
    )
    with op.batch_alter_table("workshop_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_workshop_answer_question_id"), ["question_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_workshop_answer_sheet_id"), ["sheet_id"], unique=False)

    op.create_table(
        "workshop_tally",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("unit_uid", sa.String(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("hands", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["question_id"], ["workshop_question.id"], name=op.f("fk_workshop_tally_question_id")),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name=op.f("fk_workshop_tally_workshop_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop_tally")),
        sa.UniqueConstraint(
            "workshop_id",
            "unit_uid",
            "question_id",
            "value",
            name=op.f("uq_workshop_tally_workshop_id_unit_uid_question_id_value"),
        ),
    )
    with op.batch_alter_table("workshop_tally", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_workshop_tally_question_id"), ["question_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_workshop_tally_workshop_id"), ["workshop_id"], unique=False)

    op.create_table(
        "workshop_remark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("unit_uid", sa.String(), nullable=False),
        sa.Column("block_uid", sa.String(), nullable=True),
        sa.Column("text_digest", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("verdict", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("act_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["act_id"], ["act.id"], name=op.f("fk_workshop_remark_act_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["account.id"], name=op.f("fk_workshop_remark_decided_by_id")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["account.id"], name=op.f("fk_workshop_remark_entered_by_id")),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["workshop_participant.id"], name=op.f("fk_workshop_remark_participant_id")
        ),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name=op.f("fk_workshop_remark_workshop_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop_remark")),
        sa.UniqueConstraint("workshop_id", "number", name=op.f("uq_workshop_remark_workshop_id_number")),
    )
    with op.batch_alter_table("workshop_remark", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_workshop_remark_act_id"), ["act_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_workshop_remark_decided_by_id"), ["decided_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_workshop_remark_entered_by_id"), ["entered_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_workshop_remark_participant_id"), ["participant_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_workshop_remark_workshop_id"), ["workshop_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_workshop_remark_workshop_id_verdict"), ["workshop_id", "verdict"], unique=False
        )

    op.create_table(
        "workshop_closing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("actor_name", sa.String(), nullable=False),
        sa.Column("results", sa.JSON(), nullable=False),
        sa.Column("minutes", sa.JSON(), nullable=False),
        sa.Column("reopened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reopened_by", sa.String(), nullable=False),
        sa.Column("reopened_why", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_workshop_closing_account_id")),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name=op.f("fk_workshop_closing_workshop_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop_closing")),
        sa.UniqueConstraint("workshop_id", "number", name=op.f("uq_workshop_closing_workshop_id_number")),
    )
    with op.batch_alter_table("workshop_closing", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_workshop_closing_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_workshop_closing_workshop_id"), ["workshop_id"], unique=False)

    op.create_table(
        "join_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("succeeded", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name=op.f("fk_join_attempt_workshop_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_join_attempt")),
    )
    with op.batch_alter_table("join_attempt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_join_attempt_address_at"), ["address", "at"], unique=False)
        batch_op.create_index(batch_op.f("ix_join_attempt_workshop_id"), ["workshop_id"], unique=False)


def downgrade() -> None:
    """Take them away again."""
    with op.batch_alter_table("join_attempt", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_join_attempt_workshop_id"))
        batch_op.drop_index(batch_op.f("ix_join_attempt_address_at"))

    op.drop_table("join_attempt")
    with op.batch_alter_table("workshop_closing", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_workshop_closing_workshop_id"))
        batch_op.drop_index(batch_op.f("ix_workshop_closing_account_id"))

    op.drop_table("workshop_closing")
    with op.batch_alter_table("workshop_remark", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_workshop_remark_workshop_id_verdict"))
        batch_op.drop_index(batch_op.f("ix_workshop_remark_workshop_id"))
        batch_op.drop_index(batch_op.f("ix_workshop_remark_participant_id"))
        batch_op.drop_index(batch_op.f("ix_workshop_remark_entered_by_id"))
        batch_op.drop_index(batch_op.f("ix_workshop_remark_decided_by_id"))
        batch_op.drop_index(batch_op.f("ix_workshop_remark_act_id"))

    op.drop_table("workshop_remark")
    with op.batch_alter_table("workshop_tally", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_workshop_tally_workshop_id"))
        batch_op.drop_index(batch_op.f("ix_workshop_tally_question_id"))

    op.drop_table("workshop_tally")
    with op.batch_alter_table("workshop_answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_workshop_answer_sheet_id"))
        batch_op.drop_index(batch_op.f("ix_workshop_answer_question_id"))

    op.drop_table("workshop_answer")
    with op.batch_alter_table("workshop_sheet", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_workshop_sheet_workshop_id"))
        batch_op.drop_index(batch_op.f("ix_workshop_sheet_participant_id"))
        batch_op.drop_index(batch_op.f("ix_workshop_sheet_entered_by_id"))

    op.drop_table("workshop_sheet")
    with op.batch_alter_table("workshop_invitation_sent", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_workshop_invitation_sent_participant_id"))
        batch_op.drop_index(batch_op.f("ix_workshop_invitation_sent_account_id"))

    op.drop_table("workshop_invitation_sent")
    with op.batch_alter_table("workshop_attendance", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_workshop_attendance_participant_id"))

    op.drop_table("workshop_attendance")
    with op.batch_alter_table("workshop_participant", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_workshop_participant_workshop_id"))

    op.drop_table("workshop_participant")
    with op.batch_alter_table("workshop_question", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_workshop_question_workshop_id"))

    op.drop_table("workshop_question")
    with op.batch_alter_table("agenda_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agenda_item_workshop_id"))

    op.drop_table("agenda_item")
    with op.batch_alter_table("workshop", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_workshop_revision_id"))
        batch_op.drop_index(batch_op.f("ix_workshop_release_id"))
        batch_op.drop_index(batch_op.f("ix_workshop_edition_id"))
        batch_op.drop_index(batch_op.f("ix_workshop_created_by_id"))

    op.drop_table("workshop")
