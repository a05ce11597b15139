"""Make the tables of programmes, cohorts, sessions and attendance, and let roles hold in one of them."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "programme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("youth_until", sa.Integer(), nullable=False),
        sa.Column("year_starts_in", sa.Integer(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["account.id"], name=op.f("fk_programme_created_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme")),
        sa.UniqueConstraint("slug", name=op.f("uq_programme_slug")),
        sa.UniqueConstraint("uid", name=op.f("uq_programme_uid")),
    )
    op.create_index(op.f("ix_programme_created_by_id"), "programme", ["created_by_id"], unique=False)
    op.create_table(
        "sync_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("device_clock", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_sync_batch_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sync_batch")),
        sa.UniqueConstraint("uid", name=op.f("uq_sync_batch_uid")),
    )
    op.create_index(op.f("ix_sync_batch_account_id"), "sync_batch", ["account_id"], unique=False)
    op.create_table(
        "cohort",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("host_id", sa.Integer(), nullable=True),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("level", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("planned_learners", sa.Integer(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("join_code", sa.String(), nullable=True),
        sa.Column("completion", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_cohort_programme_id")),
        sa.ForeignKeyConstraint(["host_id"], ["organisation.id"], name=op.f("fk_cohort_host_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["cohort.id"], name=op.f("fk_cohort_parent_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["account.id"], name=op.f("fk_cohort_created_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cohort")),
        sa.UniqueConstraint("join_code", name=op.f("uq_cohort_join_code")),
        sa.UniqueConstraint("slug", name=op.f("uq_cohort_slug")),
        sa.UniqueConstraint("uid", name=op.f("uq_cohort_uid")),
    )
    op.create_index(op.f("ix_cohort_created_by_id"), "cohort", ["created_by_id"], unique=False)
    op.create_index(op.f("ix_cohort_host_id"), "cohort", ["host_id"], unique=False)
    op.create_index(op.f("ix_cohort_parent_id"), "cohort", ["parent_id"], unique=False)
    op.create_index(op.f("ix_cohort_programme_id_state"), "cohort", ["programme_id", "state"], unique=False)
    op.create_table(
        "programme_organisation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_programme_organisation_programme_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_programme_organisation_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_organisation")),
        sa.UniqueConstraint(
            "programme_id",
            "organisation_id",
            "role",
            name=op.f("uq_programme_organisation_programme_id_organisation_id_role"),
        ),
    )
    op.create_index(
        op.f("ix_programme_organisation_organisation_id"), "programme_organisation", ["organisation_id"], unique=False
    )
    op.create_table(
        "training_area",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_training_area_programme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_area")),
        sa.UniqueConstraint("programme_id", "position", name=op.f("uq_training_area_programme_id_position")),
    )
    op.create_table(
        "cohort_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("starts_at", sa.Time(), nullable=True),
        sa.Column("planned_minutes", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("mode", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("held_minutes", sa.Integer(), nullable=True),
        sa.Column("follow_up_id", sa.Integer(), nullable=True),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reported_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_cohort_session_cohort_id")),
        sa.ForeignKeyConstraint(["follow_up_id"], ["cohort_session.id"], name=op.f("fk_cohort_session_follow_up_id")),
        sa.ForeignKeyConstraint(["reported_by_id"], ["account.id"], name=op.f("fk_cohort_session_reported_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cohort_session")),
        sa.UniqueConstraint("cohort_id", "number", name=op.f("uq_cohort_session_cohort_id_number")),
        sa.UniqueConstraint("uid", name=op.f("uq_cohort_session_uid")),
    )
    op.create_index(
        op.f("ix_cohort_session_cohort_id_planned_on"), "cohort_session", ["cohort_id", "planned_on"], unique=False
    )
    op.create_index(op.f("ix_cohort_session_follow_up_id"), "cohort_session", ["follow_up_id"], unique=False)
    op.create_index(op.f("ix_cohort_session_reported_by_id"), "cohort_session", ["reported_by_id"], unique=False)
    op.create_table(
        "enrolment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("enrolled_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("state_since", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("returns_on", sa.Date(), nullable=True),
        sa.Column("previous_id", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_enrolment_cohort_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_enrolment_person_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_enrolment_organisation_id")),
        sa.ForeignKeyConstraint(["previous_id"], ["enrolment.id"], name=op.f("fk_enrolment_previous_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["account.id"], name=op.f("fk_enrolment_created_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment")),
        sa.UniqueConstraint("uid", name=op.f("uq_enrolment_uid")),
    )
    op.create_index(op.f("ix_enrolment_cohort_id_state"), "enrolment", ["cohort_id", "state"], unique=False)
    op.create_index(op.f("ix_enrolment_created_by_id"), "enrolment", ["created_by_id"], unique=False)
    op.create_index(op.f("ix_enrolment_organisation_id"), "enrolment", ["organisation_id"], unique=False)
    op.create_index(op.f("ix_enrolment_person_id_cohort_id"), "enrolment", ["person_id", "cohort_id"], unique=False)
    op.create_index(op.f("ix_enrolment_previous_id"), "enrolment", ["previous_id"], unique=False)
    op.create_table(
        "programme_target",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=True),
        sa.Column("indicator", sa.String(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("by", sa.Date(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_programme_target_programme_id")),
        sa.ForeignKeyConstraint(["area_id"], ["training_area.id"], name=op.f("fk_programme_target_area_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_target")),
    )
    op.create_index(op.f("ix_programme_target_area_id"), "programme_target", ["area_id"], unique=False)
    op.create_index(op.f("ix_programme_target_programme_id"), "programme_target", ["programme_id"], unique=False)
    op.create_table(
        "quarantined",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_uid", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("awaits", sa.String(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolved_by_id", sa.Integer(), nullable=True),
        sa.Column("resolution", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_quarantined_cohort_id")),
        sa.ForeignKeyConstraint(["batch_id"], ["sync_batch.id"], name=op.f("fk_quarantined_batch_id")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_quarantined_account_id")),
        sa.ForeignKeyConstraint(["resolved_by_id"], ["account.id"], name=op.f("fk_quarantined_resolved_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quarantined")),
    )
    op.create_index(op.f("ix_quarantined_account_id"), "quarantined", ["account_id"], unique=False)
    op.create_index(op.f("ix_quarantined_awaits"), "quarantined", ["awaits"], unique=False)
    op.create_index(op.f("ix_quarantined_batch_id"), "quarantined", ["batch_id"], unique=False)
    op.create_index(
        op.f("ix_quarantined_cohort_id_resolved_at"), "quarantined", ["cohort_id", "resolved_at"], unique=False
    )
    op.create_index(op.f("ix_quarantined_event_uid"), "quarantined", ["event_uid"], unique=False)
    op.create_index(op.f("ix_quarantined_resolved_by_id"), "quarantined", ["resolved_by_id"], unique=False)
    op.create_table(
        "cohort_trainer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("qualified_by_id", sa.Integer(), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_cohort_trainer_cohort_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_cohort_trainer_person_id")),
        sa.ForeignKeyConstraint(["qualified_by_id"], ["enrolment.id"], name=op.f("fk_cohort_trainer_qualified_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cohort_trainer")),
        sa.UniqueConstraint("cohort_id", "person_id", name=op.f("uq_cohort_trainer_cohort_id_person_id")),
    )
    op.create_index(op.f("ix_cohort_trainer_person_id_until"), "cohort_trainer", ["person_id", "until"], unique=False)
    op.create_index(op.f("ix_cohort_trainer_qualified_by_id"), "cohort_trainer", ["qualified_by_id"], unique=False)
    op.create_table(
        "commitment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("cohorts", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("by", sa.Date(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_commitment_enrolment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitment")),
    )
    op.create_index(op.f("ix_commitment_enrolment_id"), "commitment", ["enrolment_id"], unique=False)
    op.create_table(
        "enrolment_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("returns_on", sa.Date(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_enrolment_change_enrolment_id")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_enrolment_change_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment_change")),
    )
    op.create_index(op.f("ix_enrolment_change_account_id"), "enrolment_change", ["account_id"], unique=False)
    op.create_index(op.f("ix_enrolment_change_enrolment_id"), "enrolment_change", ["enrolment_id"], unique=False)
    op.create_table(
        "session_trainer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["session_id"], ["cohort_session.id"], name=op.f("fk_session_trainer_session_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_session_trainer_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_trainer")),
        sa.UniqueConstraint("session_id", "person_id", name=op.f("uq_session_trainer_session_id_person_id")),
    )
    op.create_index(op.f("ix_session_trainer_person_id"), "session_trainer", ["person_id"], unique=False)
    op.create_table(
        "session_report",
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("mode", sa.String(length=40), nullable=True),
        sa.Column("taught", sa.JSON(), nullable=True),
        sa.Column("trainers", sa.JSON(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("digest", sa.String(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["session_id"], ["cohort_session.id"], name=op.f("fk_session_report_session_id")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_session_report_account_id")),
        sa.ForeignKeyConstraint(["batch_id"], ["sync_batch.id"], name=op.f("fk_session_report_batch_id")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_session_report")),
    )
    op.create_index(op.f("ix_session_report_account_id"), "session_report", ["account_id"], unique=False)
    op.create_index(op.f("ix_session_report_batch_id"), "session_report", ["batch_id"], unique=False)
    op.create_index(op.f("ix_session_report_session_id"), "session_report", ["session_id"], unique=False)
    op.create_table(
        "walk_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("sex", sa.String(), nullable=False),
        sa.Column("age", sa.Integer(), nullable=True),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("enrolment_id", sa.Integer(), nullable=True),
        sa.Column("matched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("matched_by_id", sa.Integer(), nullable=True),
        sa.Column("digest", sa.String(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["session_id"], ["cohort_session.id"], name=op.f("fk_walk_in_session_id")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_walk_in_account_id")),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_walk_in_enrolment_id")),
        sa.ForeignKeyConstraint(["matched_by_id"], ["account.id"], name=op.f("fk_walk_in_matched_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_walk_in")),
        sa.UniqueConstraint("uid", name=op.f("uq_walk_in_uid")),
    )
    op.create_index(op.f("ix_walk_in_account_id"), "walk_in", ["account_id"], unique=False)
    op.create_index(op.f("ix_walk_in_enrolment_id"), "walk_in", ["enrolment_id"], unique=False)
    op.create_index(op.f("ix_walk_in_matched_by_id"), "walk_in", ["matched_by_id"], unique=False)
    op.create_index(op.f("ix_walk_in_session_id"), "walk_in", ["session_id"], unique=False)
    op.create_table(
        "attendance_event",
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=True),
        sa.Column("walk_in_id", sa.Integer(), nullable=True),
        sa.Column("mark", sa.String(length=40), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("supersedes", sa.JSON(), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("digest", sa.String(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["session_id"], ["cohort_session.id"], name=op.f("fk_attendance_event_session_id")),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_attendance_event_enrolment_id")),
        sa.ForeignKeyConstraint(["walk_in_id"], ["walk_in.id"], name=op.f("fk_attendance_event_walk_in_id")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_attendance_event_account_id")),
        sa.ForeignKeyConstraint(["batch_id"], ["sync_batch.id"], name=op.f("fk_attendance_event_batch_id")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_attendance_event")),
    )
    op.create_index(op.f("ix_attendance_event_account_id"), "attendance_event", ["account_id"], unique=False)
    op.create_index(op.f("ix_attendance_event_batch_id"), "attendance_event", ["batch_id"], unique=False)
    op.create_index(op.f("ix_attendance_event_enrolment_id"), "attendance_event", ["enrolment_id"], unique=False)
    op.create_index(
        op.f("ix_attendance_event_session_id_enrolment_id"),
        "attendance_event",
        ["session_id", "enrolment_id"],
        unique=False,
    )
    op.create_index(op.f("ix_attendance_event_walk_in_id"), "attendance_event", ["walk_in_id"], unique=False)
    op.create_table(
        "cohort_release",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_cohort_release_cohort_id")),
        sa.ForeignKeyConstraint(["release_id"], ["release.id"], name=op.f("fk_cohort_release_release_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cohort_release")),
        sa.UniqueConstraint("cohort_id", "release_id", name=op.f("uq_cohort_release_cohort_id_release_id")),
    )
    op.create_index(op.f("ix_cohort_release_release_id"), "cohort_release", ["release_id"], unique=False)
    op.create_table(
        "session_unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("unit_uid", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("extent", sa.String(length=40), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("block_uid", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["session_id"], ["cohort_session.id"], name=op.f("fk_session_unit_session_id")),
        sa.ForeignKeyConstraint(["release_id"], ["release.id"], name=op.f("fk_session_unit_release_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_unit")),
        sa.UniqueConstraint("session_id", "unit_uid", name=op.f("uq_session_unit_session_id_unit_uid")),
    )
    op.create_index(
        op.f("ix_session_unit_release_id_unit_uid"), "session_unit", ["release_id", "unit_uid"], unique=False
    )
    op.create_table(
        "attendance_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("event_uid", sa.String(), nullable=False),
        sa.Column("mark", sa.String(length=40), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("rivals", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["session_id"], ["cohort_session.id"], name=op.f("fk_attendance_mark_session_id")),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_attendance_mark_enrolment_id")),
        sa.ForeignKeyConstraint(["event_uid"], ["attendance_event.uid"], name=op.f("fk_attendance_mark_event_uid")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance_mark")),
        sa.UniqueConstraint("session_id", "enrolment_id", name=op.f("uq_attendance_mark_session_id_enrolment_id")),
    )
    op.create_index(
        op.f("ix_attendance_mark_enrolment_id_mark"), "attendance_mark", ["enrolment_id", "mark"], unique=False
    )
    op.create_index(op.f("ix_attendance_mark_event_uid"), "attendance_mark", ["event_uid"], unique=False)
    with op.batch_alter_table("role_assignment", schema=None) as role:
        role.add_column(sa.Column("programme_id", sa.Integer(), nullable=True))
        role.create_index(role.f("ix_role_assignment_programme_id"), ["programme_id"], unique=False)
        role.create_foreign_key(role.f("fk_role_assignment_programme_id"), "programme", ["programme_id"], ["id"])


def downgrade() -> None:
    """Drop them; a role that held in one programme ends with it."""
    op.execute(sa.text("DELETE FROM role_assignment WHERE programme_id IS NOT NULL"))
    with op.batch_alter_table("role_assignment", schema=None) as role:
        role.drop_constraint(role.f("fk_role_assignment_programme_id"), type_="foreignkey")
        role.drop_index(role.f("ix_role_assignment_programme_id"))
        role.drop_column("programme_id")
    for table in (
        "attendance_mark",
        "session_unit",
        "cohort_release",
        "attendance_event",
        "session_report",
        "walk_in",
        "session_trainer",
        "enrolment_change",
        "commitment",
        "cohort_trainer",
        "quarantined",
        "programme_target",
        "enrolment",
        "cohort_session",
        "training_area",
        "programme_organisation",
        "cohort",
        "sync_batch",
        "programme",
    ):
        op.drop_table(table)
