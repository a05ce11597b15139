"""Make the tables of assessments, progress, certificates and their checks."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "badge_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kid", sa.String(), nullable=False),
        sa.Column("public", sa.JSON(), nullable=False),
        sa.Column("private", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_badge_key")),
        sa.UniqueConstraint("kid", name=op.f("uq_badge_key_kid")),
    )
    op.create_table(
        "assessment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_assessment_cohort_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["account.id"], name=op.f("fk_assessment_created_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
        sa.UniqueConstraint("uid", name=op.f("uq_assessment_uid")),
    )
    op.create_index(op.f("ix_assessment_cohort_id"), "assessment", ["cohort_id"], unique=False)
    op.create_index(op.f("ix_assessment_created_by_id"), "assessment", ["created_by_id"], unique=False)
    op.create_table(
        "certificate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("serial", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("initials", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by_id", sa.Integer(), nullable=True),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_reason", sa.String(), nullable=False),
        sa.Column("revoked_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_certificate_person_id")),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_certificate_enrolment_id")),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_certificate_cohort_id")),
        sa.ForeignKeyConstraint(["issued_by_id"], ["account.id"], name=op.f("fk_certificate_issued_by_id")),
        sa.ForeignKeyConstraint(["replaces_id"], ["certificate.id"], name=op.f("fk_certificate_replaces_id")),
        sa.ForeignKeyConstraint(["revoked_by_id"], ["account.id"], name=op.f("fk_certificate_revoked_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_certificate_replaces_id")),
        sa.UniqueConstraint("serial", name=op.f("uq_certificate_serial")),
    )
    op.create_index(op.f("ix_certificate_cohort_id"), "certificate", ["cohort_id"], unique=False)
    op.create_index(op.f("ix_certificate_enrolment_id"), "certificate", ["enrolment_id"], unique=False)
    op.create_index(op.f("ix_certificate_issued_by_id"), "certificate", ["issued_by_id"], unique=False)
    op.create_index(op.f("ix_certificate_person_id"), "certificate", ["person_id"], unique=False)
    op.create_index(op.f("ix_certificate_revoked_by_id"), "certificate", ["revoked_by_id"], unique=False)
    op.create_table(
        "completion_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("completed", sa.Boolean(), nullable=False),
        sa.Column("proposed", sa.Boolean(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_completion_decision_enrolment_id")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_completion_decision_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_completion_decision")),
    )
    op.create_index(op.f("ix_completion_decision_account_id"), "completion_decision", ["account_id"], unique=False)
    op.create_index(op.f("ix_completion_decision_enrolment_id"), "completion_decision", ["enrolment_id"], unique=False)
    op.create_table(
        "assessment_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=True),
        sa.Column("unit_uid", sa.String(), nullable=False),
        sa.Column("block_uid", sa.String(), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["assessment_id"], ["assessment.id"], name=op.f("fk_assessment_item_assessment_id")),
        sa.ForeignKeyConstraint(["release_id"], ["release.id"], name=op.f("fk_assessment_item_release_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_item")),
        sa.UniqueConstraint("assessment_id", "position", name=op.f("uq_assessment_item_assessment_id_position")),
        sa.UniqueConstraint("uid", name=op.f("uq_assessment_item_uid")),
    )
    op.create_index(op.f("ix_assessment_item_release_id"), "assessment_item", ["release_id"], unique=False)
    op.create_table(
        "assessment_result",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("moment", sa.String(length=40), nullable=False),
        sa.Column("unit_uid", sa.String(), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=True),
        sa.Column("points", sa.Double(), nullable=False),
        sa.Column("out_of", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.Column("rivals", sa.Integer(), nullable=False),
        sa.Column("in_group", sa.Boolean(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["assessment_id"], ["assessment.id"], name=op.f("fk_assessment_result_assessment_id")),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_assessment_result_enrolment_id")),
        sa.ForeignKeyConstraint(["release_id"], ["release.id"], name=op.f("fk_assessment_result_release_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_result")),
        sa.UniqueConstraint(
            "enrolment_id",
            "assessment_id",
            "moment",
            "unit_uid",
            name=op.f("uq_assessment_result_enrolment_id_assessment_id_moment_unit_uid"),
        ),
    )
    op.create_index(op.f("ix_assessment_result_assessment_id"), "assessment_result", ["assessment_id"], unique=False)
    op.create_index(op.f("ix_assessment_result_release_id"), "assessment_result", ["release_id"], unique=False)
    op.create_table(
        "unit_reading",
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("unit_uid", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_unit_reading_person_id")),
        sa.ForeignKeyConstraint(["release_id"], ["release.id"], name=op.f("fk_unit_reading_release_id")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_unit_reading_account_id")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_unit_reading")),
        sa.UniqueConstraint(
            "person_id",
            "unit_uid",
            "release_id",
            "language",
            name=op.f("uq_unit_reading_person_id_unit_uid_release_id_language"),
        ),
    )
    op.create_index(op.f("ix_unit_reading_account_id"), "unit_reading", ["account_id"], unique=False)
    op.create_index(op.f("ix_unit_reading_release_id"), "unit_reading", ["release_id"], unique=False)
    op.create_table(
        "assessment_answer",
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("moment", sa.String(length=40), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("mode", sa.String(length=40), nullable=False),
        sa.Column("assisted_by", sa.String(), nullable=False),
        sa.Column("supersedes", sa.JSON(), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["assessment_id"], ["assessment.id"], name=op.f("fk_assessment_answer_assessment_id")),
        sa.ForeignKeyConstraint(["item_id"], ["assessment_item.id"], name=op.f("fk_assessment_answer_item_id")),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_assessment_answer_enrolment_id")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_assessment_answer_account_id")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_assessment_answer")),
    )
    op.create_index(op.f("ix_assessment_answer_account_id"), "assessment_answer", ["account_id"], unique=False)
    op.create_index(
        op.f("ix_assessment_answer_assessment_id_moment"),
        "assessment_answer",
        ["assessment_id", "moment"],
        unique=False,
    )
    op.create_index(
        op.f("ix_assessment_answer_enrolment_id_assessment_id_moment"),
        "assessment_answer",
        ["enrolment_id", "assessment_id", "moment"],
        unique=False,
    )
    op.create_index(op.f("ix_assessment_answer_item_id"), "assessment_answer", ["item_id"], unique=False)
    op.create_table(
        "answer_points",
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("answer_uid", sa.String(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("out_of", sa.Integer(), nullable=False),
        sa.Column("comment", sa.String(), nullable=False),
        sa.Column("supersedes", sa.JSON(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["answer_uid"], ["assessment_answer.uid"], name=op.f("fk_answer_points_answer_uid")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_answer_points_account_id")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_answer_points")),
    )
    op.create_index(op.f("ix_answer_points_account_id"), "answer_points", ["account_id"], unique=False)
    op.create_index(op.f("ix_answer_points_answer_uid"), "answer_points", ["answer_uid"], unique=False)


def downgrade() -> None:
    """Drop them."""
    for table in (
        "answer_points",
        "assessment_answer",
        "unit_reading",
        "assessment_result",
        "assessment_item",
        "completion_decision",
        "certificate",
        "assessment",
        "badge_key",
    ):
        op.drop_table(table)
