"""Make the tables of observing and licensing trainers, of contacts, interventions and harvests."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "harvest_window",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("crop", sa.String(), nullable=False),
        sa.Column("from_month", sa.Integer(), nullable=False),
        sa.Column("until_month", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_harvest_window_programme_id")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_harvest_window_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_harvest_window")),
    )
    op.create_index(op.f("ix_harvest_window_account_id"), "harvest_window", ["account_id"], unique=False)
    op.create_index(
        op.f("ix_harvest_window_programme_id_region_crop"),
        "harvest_window",
        ["programme_id", "region", "crop"],
        unique=False,
    )
    op.create_table(
        "risk_setting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("thresholds", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_risk_setting_programme_id")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_risk_setting_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_risk_setting")),
        sa.UniqueConstraint("programme_id", name=op.f("uq_risk_setting_programme_id")),
    )
    op.create_index(op.f("ix_risk_setting_account_id"), "risk_setting", ["account_id"], unique=False)
    op.create_table(
        "trainer_licence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("previous_id", sa.Integer(), nullable=True),
        sa.Column("granted_despite", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("revoked_on", sa.Date(), nullable=True),
        sa.Column("revoked_reason", sa.String(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_trainer_licence_person_id")),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_trainer_licence_programme_id")),
        sa.ForeignKeyConstraint(["previous_id"], ["trainer_licence.id"], name=op.f("fk_trainer_licence_previous_id")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_trainer_licence_account_id")),
        sa.ForeignKeyConstraint(["revoked_by_id"], ["account.id"], name=op.f("fk_trainer_licence_revoked_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trainer_licence")),
        sa.UniqueConstraint("uid", name=op.f("uq_trainer_licence_uid")),
    )
    op.create_index(op.f("ix_trainer_licence_account_id"), "trainer_licence", ["account_id"], unique=False)
    op.create_index(
        op.f("ix_trainer_licence_person_id_programme_id"),
        "trainer_licence",
        ["person_id", "programme_id"],
        unique=False,
    )
    op.create_index(op.f("ix_trainer_licence_previous_id"), "trainer_licence", ["previous_id"], unique=False)
    op.create_index(op.f("ix_trainer_licence_programme_id"), "trainer_licence", ["programme_id"], unique=False)
    op.create_index(op.f("ix_trainer_licence_revoked_by_id"), "trainer_licence", ["revoked_by_id"], unique=False)
    op.create_table(
        "follow_up_contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("way", sa.String(length=40), nullable=False),
        sa.Column("reached", sa.Boolean(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_follow_up_contact_enrolment_id")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_follow_up_contact_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up_contact")),
        sa.UniqueConstraint("uid", name=op.f("uq_follow_up_contact_uid")),
    )
    op.create_index(op.f("ix_follow_up_contact_account_id"), "follow_up_contact", ["account_id"], unique=False)
    op.create_index(
        op.f("ix_follow_up_contact_enrolment_id_on_date"),
        "follow_up_contact",
        ["enrolment_id", "on_date"],
        unique=False,
    )
    op.create_table(
        "trainer_observation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=True),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("solo", sa.Boolean(), nullable=False),
        sa.Column("rubric", sa.String(), nullable=False),
        sa.Column("scores", sa.JSON(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_trainer_observation_person_id")),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_trainer_observation_cohort_id")),
        sa.ForeignKeyConstraint(["session_id"], ["cohort_session.id"], name=op.f("fk_trainer_observation_session_id")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_trainer_observation_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trainer_observation")),
        sa.UniqueConstraint("uid", name=op.f("uq_trainer_observation_uid")),
    )
    op.create_index(op.f("ix_trainer_observation_account_id"), "trainer_observation", ["account_id"], unique=False)
    op.create_index(op.f("ix_trainer_observation_cohort_id"), "trainer_observation", ["cohort_id"], unique=False)
    op.create_index(
        op.f("ix_trainer_observation_person_id_on_date"), "trainer_observation", ["person_id", "on_date"], unique=False
    )
    op.create_index(op.f("ix_trainer_observation_session_id"), "trainer_observation", ["session_id"], unique=False)
    op.create_table(
        "intervention",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("agreed", sa.String(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_intervention_enrolment_id")),
        sa.ForeignKeyConstraint(["contact_id"], ["follow_up_contact.id"], name=op.f("fk_intervention_contact_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_intervention_owner_id")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_intervention_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intervention")),
        sa.UniqueConstraint("uid", name=op.f("uq_intervention_uid")),
    )
    op.create_index(op.f("ix_intervention_account_id"), "intervention", ["account_id"], unique=False)
    op.create_index(op.f("ix_intervention_contact_id"), "intervention", ["contact_id"], unique=False)
    op.create_index(op.f("ix_intervention_enrolment_id"), "intervention", ["enrolment_id"], unique=False)
    op.create_index(op.f("ix_intervention_owner_id_due_on"), "intervention", ["owner_id", "due_on"], unique=False)
    op.create_table(
        "verified_desertion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_verified_desertion_enrolment_id")),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["follow_up_contact.id"], name=op.f("fk_verified_desertion_contact_id")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_verified_desertion_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verified_desertion")),
        sa.UniqueConstraint("enrolment_id", name=op.f("uq_verified_desertion_enrolment_id")),
    )
    op.create_index(op.f("ix_verified_desertion_account_id"), "verified_desertion", ["account_id"], unique=False)
    op.create_index(op.f("ix_verified_desertion_contact_id"), "verified_desertion", ["contact_id"], unique=False)
    op.create_table(
        "intervention_result",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("intervention_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["intervention_id"], ["intervention.id"], name=op.f("fk_intervention_result_intervention_id")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_intervention_result_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intervention_result")),
    )
    op.create_index(op.f("ix_intervention_result_account_id"), "intervention_result", ["account_id"], unique=False)
    op.create_index(
        op.f("ix_intervention_result_intervention_id"), "intervention_result", ["intervention_id"], unique=False
    )


def downgrade() -> None:
    """Drop them."""
    for table in (
        "intervention_result",
        "verified_desertion",
        "intervention",
        "trainer_observation",
        "follow_up_contact",
        "trainer_licence",
        "risk_setting",
        "harvest_window",
    ):
        op.drop_table(table)
