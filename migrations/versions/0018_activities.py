"""Make the tables of activities, diagnoses, milestones, outputs and places."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "diagnosis",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_diagnosis_programme_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_diagnosis_organisation_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["account.id"], name=op.f("fk_diagnosis_created_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_diagnosis")),
        sa.UniqueConstraint("uid", name=op.f("uq_diagnosis_uid")),
    )
    op.create_index(op.f("ix_diagnosis_created_by_id"), "diagnosis", ["created_by_id"], unique=False)
    op.create_index(op.f("ix_diagnosis_organisation_id"), "diagnosis", ["organisation_id"], unique=False)
    op.create_index(op.f("ix_diagnosis_programme_id"), "diagnosis", ["programme_id"], unique=False)
    op.create_table(
        "line_of_action",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_line_of_action_programme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_line_of_action")),
        sa.UniqueConstraint("programme_id", "position", name=op.f("uq_line_of_action_programme_id_position")),
    )
    op.create_table(
        "limitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("diagnosis_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["diagnosis_id"], ["diagnosis.id"], name=op.f("fk_limitation_diagnosis_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_limitation")),
        sa.UniqueConstraint("diagnosis_id", "position", name=op.f("uq_limitation_diagnosis_id_position")),
    )
    op.create_table(
        "milestone",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("wanted", sa.Integer(), nullable=True),
        sa.Column("by", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["area_id"], ["training_area.id"], name=op.f("fk_milestone_area_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone")),
        sa.UniqueConstraint("uid", name=op.f("uq_milestone_uid")),
    )
    op.create_index(op.f("ix_milestone_area_id"), "milestone", ["area_id"], unique=False)
    op.create_table(
        "activity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("mode", sa.String(length=40), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("planned_until", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("held_until", sa.Date(), nullable=True),
        sa.Column("follow_up_id", sa.Integer(), nullable=True),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reported_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_activity_programme_id")),
        sa.ForeignKeyConstraint(["session_id"], ["cohort_session.id"], name=op.f("fk_activity_session_id")),
        sa.ForeignKeyConstraint(["follow_up_id"], ["activity.id"], name=op.f("fk_activity_follow_up_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["account.id"], name=op.f("fk_activity_created_by_id")),
        sa.ForeignKeyConstraint(["reported_by_id"], ["account.id"], name=op.f("fk_activity_reported_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity")),
        sa.UniqueConstraint("session_id", name=op.f("uq_activity_session_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_activity_uid")),
    )
    op.create_index(op.f("ix_activity_created_by_id"), "activity", ["created_by_id"], unique=False)
    op.create_index(op.f("ix_activity_follow_up_id"), "activity", ["follow_up_id"], unique=False)
    op.create_index(
        op.f("ix_activity_programme_id_planned_on"), "activity", ["programme_id", "planned_on"], unique=False
    )
    op.create_index(op.f("ix_activity_reported_by_id"), "activity", ["reported_by_id"], unique=False)
    op.create_index(op.f("ix_activity_state_held_on"), "activity", ["state", "held_on"], unique=False)
    op.create_table(
        "limitation_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("limitation_id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["limitation_id"], ["limitation.id"], name=op.f("fk_limitation_line_limitation_id")),
        sa.ForeignKeyConstraint(["line_id"], ["line_of_action.id"], name=op.f("fk_limitation_line_line_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_limitation_line")),
        sa.UniqueConstraint("limitation_id", "line_id", name=op.f("uq_limitation_line_limitation_id_line_id")),
    )
    op.create_index(op.f("ix_limitation_line_line_id"), "limitation_line", ["line_id"], unique=False)
    op.create_table(
        "organisation_milestone",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("milestone_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("planned_for", sa.Date(), nullable=True),
        sa.Column("reached_on", sa.Date(), nullable=True),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["milestone_id"], ["milestone.id"], name=op.f("fk_organisation_milestone_milestone_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_organisation_milestone_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["account.id"], name=op.f("fk_organisation_milestone_changed_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_milestone")),
        sa.UniqueConstraint(
            "milestone_id", "organisation_id", name=op.f("uq_organisation_milestone_milestone_id_organisation_id")
        ),
    )
    op.create_index(
        op.f("ix_organisation_milestone_changed_by_id"), "organisation_milestone", ["changed_by_id"], unique=False
    )
    op.create_index(
        op.f("ix_organisation_milestone_organisation_id"), "organisation_milestone", ["organisation_id"], unique=False
    )
    op.create_table(
        "activity_area",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name=op.f("fk_activity_area_activity_id")),
        sa.ForeignKeyConstraint(["area_id"], ["training_area.id"], name=op.f("fk_activity_area_area_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_area")),
        sa.UniqueConstraint("activity_id", "area_id", name=op.f("uq_activity_area_activity_id_area_id")),
    )
    op.create_index(op.f("ix_activity_area_area_id"), "activity_area", ["area_id"], unique=False)
    op.create_table(
        "activity_headcount",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("sex", sa.String(length=40), nullable=False),
        sa.Column("age_from", sa.Integer(), nullable=True),
        sa.Column("age_to", sa.Integer(), nullable=True),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name=op.f("fk_activity_headcount_activity_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_activity_headcount_organisation_id")
        ),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_activity_headcount_programme_id")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["account.id"], name=op.f("fk_activity_headcount_entered_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_headcount")),
    )
    op.create_index(op.f("ix_activity_headcount_activity_id"), "activity_headcount", ["activity_id"], unique=False)
    op.create_index(op.f("ix_activity_headcount_entered_by_id"), "activity_headcount", ["entered_by_id"], unique=False)
    op.create_index(
        op.f("ix_activity_headcount_organisation_id"), "activity_headcount", ["organisation_id"], unique=False
    )
    op.create_index(op.f("ix_activity_headcount_programme_id"), "activity_headcount", ["programme_id"], unique=False)
    op.create_table(
        "activity_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name=op.f("fk_activity_line_activity_id")),
        sa.ForeignKeyConstraint(["line_id"], ["line_of_action.id"], name=op.f("fk_activity_line_line_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_line")),
        sa.UniqueConstraint("activity_id", "line_id", name=op.f("uq_activity_line_activity_id_line_id")),
    )
    op.create_index(op.f("ix_activity_line_line_id"), "activity_line", ["line_id"], unique=False)
    op.create_table(
        "activity_organisation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name=op.f("fk_activity_organisation_activity_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_activity_organisation_organisation_id")
        ),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_activity_organisation_programme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_organisation")),
        sa.UniqueConstraint(
            "activity_id",
            "organisation_id",
            "role",
            name=op.f("uq_activity_organisation_activity_id_organisation_id_role"),
        ),
    )
    op.create_index(
        op.f("ix_activity_organisation_organisation_id"), "activity_organisation", ["organisation_id"], unique=False
    )
    op.create_index(
        op.f("ix_activity_organisation_programme_id"), "activity_organisation", ["programme_id"], unique=False
    )
    op.create_table(
        "activity_participation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("capacity", sa.String(length=40), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_by_id", sa.Integer(), nullable=True),
        sa.Column("removed_why", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name=op.f("fk_activity_participation_activity_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_activity_participation_person_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_activity_participation_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_activity_participation_programme_id")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["account.id"], name=op.f("fk_activity_participation_entered_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["removed_by_id"], ["account.id"], name=op.f("fk_activity_participation_removed_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_participation")),
        sa.UniqueConstraint("activity_id", "person_id", name=op.f("uq_activity_participation_activity_id_person_id")),
    )
    op.create_index(
        op.f("ix_activity_participation_entered_by_id"), "activity_participation", ["entered_by_id"], unique=False
    )
    op.create_index(
        op.f("ix_activity_participation_organisation_id"), "activity_participation", ["organisation_id"], unique=False
    )
    op.create_index(op.f("ix_activity_participation_person_id"), "activity_participation", ["person_id"], unique=False)
    op.create_index(
        op.f("ix_activity_participation_programme_id"), "activity_participation", ["programme_id"], unique=False
    )
    op.create_index(
        op.f("ix_activity_participation_removed_by_id"), "activity_participation", ["removed_by_id"], unique=False
    )
    op.create_table(
        "activity_programme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name=op.f("fk_activity_programme_activity_id")),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_activity_programme_programme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_programme")),
        sa.UniqueConstraint("activity_id", "programme_id", name=op.f("uq_activity_programme_activity_id_programme_id")),
    )
    op.create_index(op.f("ix_activity_programme_programme_id"), "activity_programme", ["programme_id"], unique=False)
    op.create_table(
        "output",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=True),
        sa.Column("activity_id", sa.Integer(), nullable=True),
        sa.Column("need_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_output_programme_id")),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_output_cohort_id")),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name=op.f("fk_output_activity_id")),
        sa.ForeignKeyConstraint(["need_id"], ["need.id"], name=op.f("fk_output_need_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["account.id"], name=op.f("fk_output_created_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_output")),
        sa.UniqueConstraint("uid", name=op.f("uq_output_uid")),
    )
    op.create_index(op.f("ix_output_activity_id"), "output", ["activity_id"], unique=False)
    op.create_index(op.f("ix_output_cohort_id"), "output", ["cohort_id"], unique=False)
    op.create_index(op.f("ix_output_created_by_id"), "output", ["created_by_id"], unique=False)
    op.create_index(op.f("ix_output_need_id"), "output", ["need_id"], unique=False)
    op.create_index(op.f("ix_output_programme_id"), "output", ["programme_id"], unique=False)
    op.create_table(
        "place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("points", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_place_programme_id")),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name=op.f("fk_place_activity_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_place_organisation_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["account.id"], name=op.f("fk_place_created_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place")),
        sa.UniqueConstraint("uid", name=op.f("uq_place_uid")),
    )
    op.create_index(op.f("ix_place_activity_id"), "place", ["activity_id"], unique=False)
    op.create_index(op.f("ix_place_created_by_id"), "place", ["created_by_id"], unique=False)
    op.create_index(op.f("ix_place_organisation_id"), "place", ["organisation_id"], unique=False)
    op.create_index(op.f("ix_place_programme_id"), "place", ["programme_id"], unique=False)
    op.create_table(
        "output_organisation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("output_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["output_id"], ["output.id"], name=op.f("fk_output_organisation_output_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_output_organisation_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_output_organisation")),
        sa.UniqueConstraint(
            "output_id", "organisation_id", name=op.f("uq_output_organisation_output_id_organisation_id")
        ),
    )
    op.create_index(
        op.f("ix_output_organisation_organisation_id"), "output_organisation", ["organisation_id"], unique=False
    )
    op.create_table(
        "output_person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("output_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["output_id"], ["output.id"], name=op.f("fk_output_person_output_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_output_person_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_output_person")),
        sa.UniqueConstraint("output_id", "person_id", name=op.f("uq_output_person_output_id_person_id")),
    )
    op.create_index(op.f("ix_output_person_person_id"), "output_person", ["person_id"], unique=False)


def downgrade() -> None:
    """Drop them."""
    for table in (
        "output_person",
        "output_organisation",
        "place",
        "output",
        "activity_programme",
        "activity_participation",
        "activity_organisation",
        "activity_line",
        "activity_headcount",
        "activity_area",
        "organisation_milestone",
        "limitation_line",
        "activity",
        "milestone",
        "limitation",
        "line_of_action",
        "diagnosis",
    ):
        op.drop_table(table)
