"""Make the tables of organisations and persons, and say whose an account is."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "contact_point",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_point")),
        sa.UniqueConstraint("kind", "value", name=op.f("uq_contact_point_kind_value")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("given_names", sa.String(), nullable=False),
        sa.Column("family_names", sa.String(), nullable=False),
        sa.Column("known_as", sa.String(), nullable=False),
        sa.Column("sex", sa.String(length=40), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("birth_year", sa.Integer(), nullable=True),
        sa.Column("age_told", sa.Integer(), nullable=True),
        sa.Column("age_told_on", sa.Date(), nullable=True),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("reading", sa.String(length=40), nullable=False),
        sa.Column("document_kind", sa.String(), nullable=False),
        sa.Column("document_number", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["account.id"], name=op.f("fk_person_created_by_id")),
        sa.ForeignKeyConstraint(["merged_into_id"], ["person.id"], name=op.f("fk_person_merged_into_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("uid", name=op.f("uq_person_uid")),
    )
    op.create_index(op.f("ix_person_created_by_id"), "person", ["created_by_id"], unique=False)
    op.create_index(op.f("ix_person_document_number"), "person", ["document_number"], unique=False)
    op.create_index(op.f("ix_person_family_names_given_names"), "person", ["family_names", "given_names"], unique=False)
    op.create_index(op.f("ix_person_merged_into_id"), "person", ["merged_into_id"], unique=False)
    op.create_table(
        "person_contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("contact_point_id", sa.Integer(), nullable=False),
        sa.Column("own", sa.Boolean(), nullable=False),
        sa.Column("preferred", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_person_contact_person_id")),
        sa.ForeignKeyConstraint(
            ["contact_point_id"], ["contact_point.id"], name=op.f("fk_person_contact_contact_point_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_contact")),
        sa.UniqueConstraint("person_id", "contact_point_id", name=op.f("uq_person_contact_person_id_contact_point_id")),
    )
    op.create_index(op.f("ix_person_contact_contact_point_id"), "person_contact", ["contact_point_id"], unique=False)
    op.create_index(op.f("ix_person_contact_person_id"), "person_contact", ["person_id"], unique=False)
    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("text_version", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("how", sa.String(length=40), nullable=False),
        sa.Column("guardian_name", sa.String(), nullable=False),
        sa.Column("guardian_tie", sa.String(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_consent_person_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["account.id"], name=op.f("fk_consent_recorded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    op.create_index(op.f("ix_consent_person_id"), "consent", ["person_id"], unique=False)
    op.create_index(op.f("ix_consent_recorded_by_id"), "consent", ["recorded_by_id"], unique=False)
    op.create_table(
        "learner_card",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("pin_hash", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_learner_card_person_id")),
        sa.ForeignKeyConstraint(["issued_by_id"], ["account.id"], name=op.f("fk_learner_card_issued_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learner_card")),
        sa.UniqueConstraint("code", name=op.f("uq_learner_card_code")),
    )
    op.create_index(op.f("ix_learner_card_issued_by_id"), "learner_card", ["issued_by_id"], unique=False)
    op.create_index(op.f("ix_learner_card_person_id"), "learner_card", ["person_id"], unique=False)
    op.create_table(
        "organisation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("short_name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("crops", sa.JSON(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["account.id"], name=op.f("fk_organisation_created_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("uid", name=op.f("uq_organisation_uid")),
    )
    op.create_index(op.f("ix_organisation_created_by_id"), "organisation", ["created_by_id"], unique=False)
    op.create_index(op.f("ix_organisation_region_name"), "organisation", ["region", "name"], unique=False)
    op.create_table(
        "person_merge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kept_id", sa.Integer(), nullable=False),
        sa.Column("merged_id", sa.Integer(), nullable=False),
        sa.Column("moved", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["kept_id"], ["person.id"], name=op.f("fk_person_merge_kept_id")),
        sa.ForeignKeyConstraint(["merged_id"], ["person.id"], name=op.f("fk_person_merge_merged_id")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_person_merge_account_id")),
        sa.ForeignKeyConstraint(["undone_by_id"], ["account.id"], name=op.f("fk_person_merge_undone_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_merge")),
    )
    op.create_index(op.f("ix_person_merge_account_id"), "person_merge", ["account_id"], unique=False)
    op.create_index(op.f("ix_person_merge_kept_id"), "person_merge", ["kept_id"], unique=False)
    op.create_index(op.f("ix_person_merge_merged_id"), "person_merge", ["merged_id"], unique=False)
    op.create_index(op.f("ix_person_merge_undone_by_id"), "person_merge", ["undone_by_id"], unique=False)
    op.create_table(
        "affiliation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("capacity", sa.String(length=40), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_affiliation_person_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_affiliation_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_affiliation")),
    )
    op.create_index(op.f("ix_affiliation_organisation_id"), "affiliation", ["organisation_id"], unique=False)
    op.create_index(op.f("ix_affiliation_person_id"), "affiliation", ["person_id"], unique=False)
    op.create_table(
        "organisation_figure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("figure", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_organisation_figure_organisation_id")
        ),
        sa.ForeignKeyConstraint(["entered_by_id"], ["account.id"], name=op.f("fk_organisation_figure_entered_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_figure")),
    )
    op.create_index(
        op.f("ix_organisation_figure_entered_by_id"), "organisation_figure", ["entered_by_id"], unique=False
    )
    op.create_index(
        op.f("ix_organisation_figure_organisation_id_figure_on_date"),
        "organisation_figure",
        ["organisation_id", "figure", "on_date"],
        unique=False,
    )
    op.create_table(
        "organisation_tie",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("upper_id", sa.Integer(), nullable=False),
        sa.Column("lower_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["upper_id"], ["organisation.id"], name=op.f("fk_organisation_tie_upper_id")),
        sa.ForeignKeyConstraint(["lower_id"], ["organisation.id"], name=op.f("fk_organisation_tie_lower_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_tie")),
    )
    op.create_index(op.f("ix_organisation_tie_lower_id"), "organisation_tie", ["lower_id"], unique=False)
    op.create_index(op.f("ix_organisation_tie_upper_id"), "organisation_tie", ["upper_id"], unique=False)
    with op.batch_alter_table("account", schema=None) as account:
        account.add_column(sa.Column("person_id", sa.Integer(), nullable=True))
        account.create_unique_constraint(account.f("uq_account_person_id"), ["person_id"])
        account.create_foreign_key(account.f("fk_account_person_id"), "person", ["person_id"], ["id"])
    with op.batch_alter_table("role_assignment", schema=None) as role:
        role.add_column(sa.Column("organisation_id", sa.Integer(), nullable=True))
        role.create_index(role.f("ix_role_assignment_organisation_id"), ["organisation_id"], unique=False)
        role.create_foreign_key(
            role.f("fk_role_assignment_organisation_id"), "organisation", ["organisation_id"], ["id"]
        )


def downgrade() -> None:
    """Drop them; accounts are nobody's again, and a role that held in one organisation ends with it."""
    op.execute(sa.text("DELETE FROM role_assignment WHERE organisation_id IS NOT NULL"))
    with op.batch_alter_table("role_assignment", schema=None) as role:
        role.drop_constraint(role.f("fk_role_assignment_organisation_id"), type_="foreignkey")
        role.drop_index(role.f("ix_role_assignment_organisation_id"))
        role.drop_column("organisation_id")
    with op.batch_alter_table("account", schema=None) as account:
        account.drop_constraint(account.f("fk_account_person_id"), type_="foreignkey")
        account.drop_constraint(account.f("uq_account_person_id"), type_="unique")
        account.drop_column("person_id")
    for table in (
        "organisation_tie",
        "organisation_figure",
        "affiliation",
        "person_merge",
        "organisation",
        "learner_card",
        "consent",
        "person_contact",
        "person",
        "contact_point",
    ):
        op.drop_table(table)
