"""Make the tables of pilots, adjustments, sign-off, stages and gates."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make them."""
    op.create_table(
        "pilot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("host", sa.String(), nullable=False),
        sa.Column("facilitators", sa.JSON(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("notes", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["account.id"], name=op.f("fk_pilot_created_by_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_pilot_edition_id")),
        sa.ForeignKeyConstraint(["release_id"], ["release.id"], name=op.f("fk_pilot_release_id")),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_pilot_revision_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pilot")),
    )
    with op.batch_alter_table("pilot", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pilot_created_by_id"), ["created_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pilot_edition_id"), ["edition_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pilot_release_id"), ["release_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pilot_revision_id"), ["revision_id"], unique=False)

    op.create_table(
        "pilot_learner",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pilot_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sex", sa.String(), nullable=False),
        sa.Column("age", sa.Integer(), nullable=True),
        sa.Column("age_group", sa.String(), nullable=False),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["pilot_id"], ["pilot.id"], name=op.f("fk_pilot_learner_pilot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pilot_learner")),
        sa.UniqueConstraint("pilot_id", "number", name=op.f("uq_pilot_learner_pilot_id_number")),
    )
    with op.batch_alter_table("pilot_learner", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pilot_learner_pilot_id"), ["pilot_id"], unique=False)

    op.create_table(
        "pilot_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pilot_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("unit_uid", sa.String(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("planned", sa.Integer(), nullable=False),
        sa.Column("used", sa.Integer(), nullable=True),
        sa.Column("attended", sa.Integer(), nullable=True),
        sa.Column("left_out", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["pilot_id"], ["pilot.id"], name=op.f("fk_pilot_session_pilot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pilot_session")),
        sa.UniqueConstraint("pilot_id", "unit_uid", name=op.f("uq_pilot_session_pilot_id_unit_uid")),
    )
    with op.batch_alter_table("pilot_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pilot_session_pilot_id"), ["pilot_id"], unique=False)

    op.create_table(
        "pilot_score",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("unit_uid", sa.String(), nullable=False),
        sa.Column("moment", sa.String(length=40), nullable=False),
        sa.Column("question_uid", sa.String(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("out_of", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["learner_id"], ["pilot_learner.id"], name=op.f("fk_pilot_score_learner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pilot_score")),
        sa.UniqueConstraint(
            "learner_id",
            "unit_uid",
            "moment",
            "question_uid",
            name=op.f("uq_pilot_score_learner_id_unit_uid_moment_question_uid"),
        ),
    )
    with op.batch_alter_table("pilot_score", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pilot_score_learner_id"), ["learner_id"], unique=False)

    op.create_table(
        "pilot_observation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pilot_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("unit_uid", sa.String(), nullable=False),
        sa.Column("block_uid", sa.String(), nullable=True),
        sa.Column("text_digest", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("observer", sa.String(), nullable=False),
        sa.Column("severity", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("verdict", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("act_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["act_id"], ["act.id"], name=op.f("fk_pilot_observation_act_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["account.id"], name=op.f("fk_pilot_observation_decided_by_id")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["account.id"], name=op.f("fk_pilot_observation_entered_by_id")),
        sa.ForeignKeyConstraint(["pilot_id"], ["pilot.id"], name=op.f("fk_pilot_observation_pilot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pilot_observation")),
        sa.UniqueConstraint("pilot_id", "number", name=op.f("uq_pilot_observation_pilot_id_number")),
    )
    with op.batch_alter_table("pilot_observation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pilot_observation_act_id"), ["act_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pilot_observation_decided_by_id"), ["decided_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pilot_observation_entered_by_id"), ["entered_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pilot_observation_pilot_id"), ["pilot_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_pilot_observation_pilot_id_verdict"), ["pilot_id", "verdict"], unique=False
        )

    op.create_table(
        "pilot_closing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pilot_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("actor_name", sa.String(), nullable=False),
        sa.Column("results", sa.JSON(), nullable=False),
        sa.Column("reopened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reopened_by", sa.String(), nullable=False),
        sa.Column("reopened_why", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_pilot_closing_account_id")),
        sa.ForeignKeyConstraint(["pilot_id"], ["pilot.id"], name=op.f("fk_pilot_closing_pilot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pilot_closing")),
        sa.UniqueConstraint("pilot_id", "number", name=op.f("uq_pilot_closing_pilot_id_number")),
    )
    with op.batch_alter_table("pilot_closing", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pilot_closing_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pilot_closing_pilot_id"), ["pilot_id"], unique=False)

    op.create_table(
        "edition_stage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("process", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("skipped", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_edition_stage_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition_stage")),
        sa.UniqueConstraint("edition_id", name=op.f("uq_edition_stage_edition_id")),
    )
    op.create_table(
        "stage_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("actor_name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("process", sa.String(), nullable=False),
        sa.Column("stage_from", sa.String(), nullable=False),
        sa.Column("stage_to", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_stage_move_account_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_stage_move_edition_id")),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_stage_move_revision_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stage_move")),
    )
    with op.batch_alter_table("stage_move", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stage_move_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_stage_move_edition_id"), ["edition_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_stage_move_revision_id"), ["revision_id"], unique=False)

    op.create_table(
        "adjustment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("act_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("unit_uid", sa.String(), nullable=False),
        sa.Column("blocks", sa.JSON(), nullable=False),
        sa.Column("stems", sa.JSON(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("computed", sa.String(length=40), nullable=False),
        sa.Column("grade", sa.String(length=40), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("graded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("graded_by_id", sa.Integer(), nullable=True),
        sa.Column("graded_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["act_id"], ["act.id"], name=op.f("fk_adjustment_act_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_adjustment_edition_id")),
        sa.ForeignKeyConstraint(["graded_by_id"], ["account.id"], name=op.f("fk_adjustment_graded_by_id")),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_adjustment_revision_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adjustment")),
        sa.UniqueConstraint("act_id", "unit_uid", name=op.f("uq_adjustment_act_id_unit_uid")),
    )
    with op.batch_alter_table("adjustment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_adjustment_edition_id"), ["edition_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_adjustment_graded_by_id"), ["graded_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_adjustment_revision_id"), ["revision_id"], unique=False)

    op.create_table(
        "signature",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("actor_name", sa.String(), nullable=False),
        sa.Column("statement", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.String(), nullable=False),
        sa.Column("withdrawn_why", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_signature_account_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_signature_edition_id")),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_signature_revision_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signature")),
    )
    with op.batch_alter_table("signature", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_signature_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_signature_edition_id"), ["edition_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_signature_revision_id"), ["revision_id"], unique=False)


def downgrade() -> None:
    """Take them away again."""
    with op.batch_alter_table("signature", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_signature_revision_id"))
        batch_op.drop_index(batch_op.f("ix_signature_edition_id"))
        batch_op.drop_index(batch_op.f("ix_signature_account_id"))

    op.drop_table("signature")
    with op.batch_alter_table("adjustment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_adjustment_revision_id"))
        batch_op.drop_index(batch_op.f("ix_adjustment_graded_by_id"))
        batch_op.drop_index(batch_op.f("ix_adjustment_edition_id"))

    op.drop_table("adjustment")
    with op.batch_alter_table("stage_move", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stage_move_revision_id"))
        batch_op.drop_index(batch_op.f("ix_stage_move_edition_id"))
        batch_op.drop_index(batch_op.f("ix_stage_move_account_id"))

    op.drop_table("stage_move")
    op.drop_table("edition_stage")
    with op.batch_alter_table("pilot_closing", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pilot_closing_pilot_id"))
        batch_op.drop_index(batch_op.f("ix_pilot_closing_account_id"))

    op.drop_table("pilot_closing")
    with op.batch_alter_table("pilot_observation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pilot_observation_pilot_id_verdict"))
        batch_op.drop_index(batch_op.f("ix_pilot_observation_pilot_id"))
        batch_op.drop_index(batch_op.f("ix_pilot_observation_entered_by_id"))
        batch_op.drop_index(batch_op.f("ix_pilot_observation_decided_by_id"))
        batch_op.drop_index(batch_op.f("ix_pilot_observation_act_id"))

    op.drop_table("pilot_observation")
    with op.batch_alter_table("pilot_score", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pilot_score_learner_id"))

    op.drop_table("pilot_score")
    with op.batch_alter_table("pilot_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pilot_session_pilot_id"))

    op.drop_table("pilot_session")
    with op.batch_alter_table("pilot_learner", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pilot_learner_pilot_id"))

    op.drop_table("pilot_learner")
    with op.batch_alter_table("pilot", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pilot_revision_id"))
        batch_op.drop_index(batch_op.f("ix_pilot_release_id"))
        batch_op.drop_index(batch_op.f("ix_pilot_edition_id"))
        batch_op.drop_index(batch_op.f("ix_pilot_created_by_id"))

    op.drop_table("pilot")
