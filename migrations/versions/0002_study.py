"""Make the tables of needs, background study, findings and what cites them."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "need",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("said_by", sa.String(), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("conclusion", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("organisations", sa.String(), nullable=False),
        sa.Column("women", sa.Integer(), nullable=True),
        sa.Column("men", sa.Integer(), nullable=True),
        sa.Column("young_women", sa.Integer(), nullable=True),
        sa.Column("young_men", sa.Integer(), nullable=True),
        sa.Column(
            "priority", sa.Enum("high", "middle", "low", name="priority", native_enum=False, length=40), nullable=False
        ),
        sa.Column(
            "status",
            sa.Enum("open", "taken_up", "answered", "set_aside", name="needstatus", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("status_why", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["account.id"], name=op.f("fk_need_created_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need")),
    )
    with op.batch_alter_table("need", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_need_created_by_id"), ["created_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_need_region"), ["region"], unique=False)

    op.create_table(
        "finding",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("statement", sa.String(), nullable=False),
        sa.Column(
            "strength", sa.Enum("weak", "fair", "strong", name="strength", native_enum=False, length=40), nullable=False
        ),
        sa.Column(
            "status",
            sa.Enum("open", "acted_on", "no_change", "passed_up", name="findingstatus", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("status_why", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["account.id"], name=op.f("fk_finding_created_by_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_finding_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding")),
        sa.UniqueConstraint("edition_id", "code", name=op.f("uq_finding_edition_id_code")),
    )
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_finding_created_by_id"), ["created_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_finding_edition_id"), ["edition_id"], unique=False)

    op.create_table(
        "study_case",
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("unit_uid", sa.String(), nullable=False),
        sa.Column("block_uid", sa.String(), nullable=False),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column(
            "cleaned", sa.Enum("yes", "no", "unasked", name="answer", native_enum=False, length=40), nullable=False
        ),
        sa.Column("learning_question", sa.String(), nullable=False),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("notes", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("dated", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["account.id"], name=op.f("fk_study_case_created_by_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_study_case_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_study_case")),
    )
    with op.batch_alter_table("study_case", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_study_case_block_uid"), ["block_uid"], unique=False)
        batch_op.create_index(batch_op.f("ix_study_case_created_by_id"), ["created_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_study_case_edition_id"), ["edition_id"], unique=False)

    op.create_table(
        "study_checked",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("open", "done", "not_needed", name="checkstate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("units", sa.JSON(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("actor_name", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_study_checked_account_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_study_checked_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_study_checked")),
        sa.UniqueConstraint("edition_id", "item", name=op.f("uq_study_checked_edition_id_item")),
    )
    with op.batch_alter_table("study_checked", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_study_checked_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_study_checked_edition_id"), ["edition_id"], unique=False)

    op.create_table(
        "study_instrument",
        sa.Column(
            "kind",
            sa.Enum("survey", "focus_group", name="instrumentkind", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("began_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("asked", sa.Integer(), nullable=True),
        sa.Column("women", sa.Integer(), nullable=True),
        sa.Column("men", sa.Integer(), nullable=True),
        sa.Column("young", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["account.id"], name=op.f("fk_study_instrument_created_by_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_study_instrument_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_study_instrument")),
    )
    with op.batch_alter_table("study_instrument", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_study_instrument_created_by_id"), ["created_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_study_instrument_edition_id"), ["edition_id"], unique=False)

    op.create_table(
        "study_source",
        sa.Column("title", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "law",
                "regulation",
                "statute",
                "study",
                "interview",
                "record",
                "website",
                "other",
                name="sourcekind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("dated", sa.Date(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("found_at", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["account.id"], name=op.f("fk_study_source_created_by_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_study_source_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_study_source")),
    )
    with op.batch_alter_table("study_source", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_study_source_created_by_id"), ["created_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_study_source_edition_id"), ["edition_id"], unique=False)

    op.create_table(
        "citation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("act_id", sa.Integer(), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["act_id"], ["act.id"], name=op.f("fk_citation_act_id")),
        sa.ForeignKeyConstraint(["finding_id"], ["finding.id"], name=op.f("fk_citation_finding_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_citation")),
        sa.UniqueConstraint("act_id", "finding_id", name=op.f("uq_citation_act_id_finding_id")),
    )
    with op.batch_alter_table("citation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_citation_act_id"), ["act_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_citation_finding_id"), ["finding_id"], unique=False)

    op.create_table(
        "finding_block",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("unit_uid", sa.String(), nullable=False),
        sa.Column("block_uid", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["finding_id"], ["finding.id"], name=op.f("fk_finding_block_finding_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding_block")),
        sa.UniqueConstraint("finding_id", "block_uid", name=op.f("uq_finding_block_finding_id_block_uid")),
    )
    with op.batch_alter_table("finding_block", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_finding_block_block_uid"), ["block_uid"], unique=False)
        batch_op.create_index(batch_op.f("ix_finding_block_finding_id"), ["finding_id"], unique=False)

    op.create_table(
        "need_edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("act_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["act_id"], ["act.id"], name=op.f("fk_need_edition_act_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_need_edition_edition_id")),
        sa.ForeignKeyConstraint(["need_id"], ["need.id"], name=op.f("fk_need_edition_need_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need_edition")),
        sa.UniqueConstraint("need_id", "edition_id", name=op.f("uq_need_edition_need_id_edition_id")),
    )
    with op.batch_alter_table("need_edition", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_need_edition_act_id"), ["act_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_need_edition_edition_id"), ["edition_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_need_edition_need_id"), ["need_id"], unique=False)

    op.create_table(
        "study_article",
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("article", sa.String(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("unit_uid", sa.String(), nullable=False),
        sa.Column("block_uid", sa.String(), nullable=False),
        sa.Column("unit_says", sa.String(), nullable=False),
        sa.Column("law_says", sa.String(), nullable=False),
        sa.Column("gap", sa.Enum("none", "minor", "major", name="gap", native_enum=False, length=40), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["account.id"], name=op.f("fk_study_article_created_by_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_study_article_edition_id")),
        sa.ForeignKeyConstraint(["source_id"], ["study_source.id"], name=op.f("fk_study_article_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_study_article")),
    )
    with op.batch_alter_table("study_article", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_study_article_created_by_id"), ["created_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_study_article_edition_id"), ["edition_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_study_article_source_id"), ["source_id"], unique=False)

    op.create_table(
        "study_author",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "consent", sa.Enum("yes", "no", "unasked", name="answer", native_enum=False, length=40), nullable=False
        ),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["study_case.id"], name=op.f("fk_study_author_case_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["account.id"], name=op.f("fk_study_author_created_by_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_study_author_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_study_author")),
    )
    with op.batch_alter_table("study_author", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_study_author_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_study_author_created_by_id"), ["created_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_study_author_edition_id"), ["edition_id"], unique=False)

    op.create_table(
        "study_question",
        sa.Column("instrument_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("asked", sa.String(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["account.id"], name=op.f("fk_study_question_created_by_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_study_question_edition_id")),
        sa.ForeignKeyConstraint(
            ["instrument_id"], ["study_instrument.id"], name=op.f("fk_study_question_instrument_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_study_question")),
    )
    with op.batch_alter_table("study_question", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_study_question_created_by_id"), ["created_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_study_question_edition_id"), ["edition_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_study_question_instrument_id"), ["instrument_id"], unique=False)

    op.create_table(
        "study_quote",
        sa.Column("instrument_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("said_by", sa.String(), nullable=False),
        sa.Column(
            "consent", sa.Enum("yes", "no", "unasked", name="answer", native_enum=False, length=40), nullable=False
        ),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["account.id"], name=op.f("fk_study_quote_created_by_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_study_quote_edition_id")),
        sa.ForeignKeyConstraint(["instrument_id"], ["study_instrument.id"], name=op.f("fk_study_quote_instrument_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_study_quote")),
    )
    with op.batch_alter_table("study_quote", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_study_quote_created_by_id"), ["created_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_study_quote_edition_id"), ["edition_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_study_quote_instrument_id"), ["instrument_id"], unique=False)

    op.create_table(
        "finding_evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("article_id", sa.Integer(), nullable=True),
        sa.Column("instrument_id", sa.Integer(), nullable=True),
        sa.Column("question_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["study_article.id"], name=op.f("fk_finding_evidence_article_id")),
        sa.ForeignKeyConstraint(["finding_id"], ["finding.id"], name=op.f("fk_finding_evidence_finding_id")),
        sa.ForeignKeyConstraint(
            ["instrument_id"], ["study_instrument.id"], name=op.f("fk_finding_evidence_instrument_id")
        ),
        sa.ForeignKeyConstraint(["question_id"], ["study_question.id"], name=op.f("fk_finding_evidence_question_id")),
        sa.ForeignKeyConstraint(["source_id"], ["study_source.id"], name=op.f("fk_finding_evidence_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding_evidence")),
    )
    with op.batch_alter_table("finding_evidence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_finding_evidence_article_id"), ["article_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_finding_evidence_finding_id"), ["finding_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_finding_evidence_instrument_id"), ["instrument_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_finding_evidence_question_id"), ["question_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_finding_evidence_source_id"), ["source_id"], unique=False)


def downgrade() -> None:
    op.drop_table("finding_evidence")
    op.drop_table("study_quote")
    op.drop_table("study_question")
    op.drop_table("study_author")
    op.drop_table("study_article")
    op.drop_table("need_edition")
    op.drop_table("finding_block")
    op.drop_table("citation")
    op.drop_table("study_source")
    op.drop_table("study_instrument")
    op.drop_table("study_checked")
    op.drop_table("study_case")
    op.drop_table("finding")
    op.drop_table("need")
