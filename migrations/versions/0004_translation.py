"""Make the tables of translations: pairs and the memory's index, states, directions, glossary, policies, verdicts.

Which pairs the states of an older database hold is found by `vivero translation rebuild`.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make them."""
    op.create_table(
        "memory_gram",
        sa.Column("gram", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("source_key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("gram", "source_key", name=op.f("pk_memory_gram")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "glossary_term",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("curriculum", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("concept", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("term", sa.String(), nullable=False),
        sa.Column(
            "status",
            sa.Enum("preferred", "admitted", "forbidden", "keep", name="status", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("definition", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_glossary_term_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_glossary_term")),
        sa.UniqueConstraint(
            "curriculum",
            "region",
            "language",
            "concept",
            "term",
            name=op.f("uq_glossary_term_curriculum_region_language_concept_term"),
        ),
    )
    with op.batch_alter_table("glossary_term", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_glossary_term_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_glossary_term_region"), ["region"], unique=False)
    op.create_table(
        "language_policy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column(
            "style", sa.Enum("off", "neutral", "split", name="style", native_enum=False, length=40), nullable=True
        ),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("exceptions", sa.JSON(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_language_policy_account_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_language_policy_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_language_policy")),
    )
    with op.batch_alter_table("language_policy", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_language_policy_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_language_policy_edition_id"), ["edition_id"], unique=False)
    op.create_table(
        "remark_verdict",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum("accepted", "rejected", "excepted", name="verdict", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("actor_name", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_remark_verdict_account_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_remark_verdict_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remark_verdict")),
    )
    with op.batch_alter_table("remark_verdict", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_remark_verdict_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_remark_verdict_edition_id_at"), ["edition_id", "at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_remark_verdict_edition_id_language_uid"), ["edition_id", "language", "uid"], unique=False
        )
    op.create_table(
        "translation_direction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_translation_direction_account_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_translation_direction_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_translation_direction")),
    )
    with op.batch_alter_table("translation_direction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_translation_direction_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_translation_direction_edition_id"), ["edition_id"], unique=False)
    op.create_table(
        "translation_pair",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_key", sa.BigInteger(), nullable=False),
        sa.Column("source_digest", sa.String(), nullable=False),
        sa.Column("target_digest", sa.String(), nullable=False),
        sa.Column("source_language", sa.String(), nullable=False),
        sa.Column("target_language", sa.String(), nullable=False),
        sa.Column(
            "origin",
            sa.Enum(
                "loaded",
                "written",
                "joined",
                "form",
                "overruled",
                "redirected",
                "rebuilt",
                "imported",
                name="origin",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("edition_id", sa.Integer(), nullable=True),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_translation_pair_account_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_translation_pair_edition_id")),
        sa.ForeignKeyConstraint(["source_digest"], ["text.digest"], name=op.f("fk_translation_pair_source_digest")),
        sa.ForeignKeyConstraint(["target_digest"], ["text.digest"], name=op.f("fk_translation_pair_target_digest")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_translation_pair")),
        sa.UniqueConstraint(
            "target_digest",
            "source_digest",
            "target_language",
            "place",
            name="uq_translation_pair",
        ),
    )
    with op.batch_alter_table("translation_pair", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_translation_pair_account_id"), ["account_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_translation_pair_edition_id_target_digest"), ["edition_id", "target_digest"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_translation_pair_source_digest"), ["source_digest"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_translation_pair_source_key_target_language"),
            ["source_key", "target_language"],
            unique=False,
        )
    op.create_table(
        "translation_state",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "in_review",
                "approved",
                "not_applicable",
                "oral_only",
                name="state",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("target_digest", sa.String(), nullable=False),
        sa.Column("source_digest", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("actor_name", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_translation_state_account_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_translation_state_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_translation_state")),
    )
    with op.batch_alter_table("translation_state", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_translation_state_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_translation_state_edition_id_id"), ["edition_id", "id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_translation_state_edition_id_language_uid"), ["edition_id", "language", "uid"], unique=False
        )


def downgrade() -> None:
    """Take them away again."""
    with op.batch_alter_table("translation_state", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_translation_state_edition_id_language_uid"))
        batch_op.drop_index(batch_op.f("ix_translation_state_edition_id_id"))
        batch_op.drop_index(batch_op.f("ix_translation_state_account_id"))
    op.drop_table("translation_state")
    with op.batch_alter_table("translation_pair", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_translation_pair_source_key_target_language"))
        batch_op.drop_index(batch_op.f("ix_translation_pair_source_digest"))
        batch_op.drop_index(batch_op.f("ix_translation_pair_edition_id_target_digest"))
        batch_op.drop_index(batch_op.f("ix_translation_pair_account_id"))
    op.drop_table("translation_pair")
    with op.batch_alter_table("translation_direction", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_translation_direction_edition_id"))
        batch_op.drop_index(batch_op.f("ix_translation_direction_account_id"))
    op.drop_table("translation_direction")
    with op.batch_alter_table("remark_verdict", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_remark_verdict_edition_id_language_uid"))
        batch_op.drop_index(batch_op.f("ix_remark_verdict_edition_id_at"))
        batch_op.drop_index(batch_op.f("ix_remark_verdict_account_id"))
    op.drop_table("remark_verdict")
    with op.batch_alter_table("language_policy", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_language_policy_edition_id"))
        batch_op.drop_index(batch_op.f("ix_language_policy_account_id"))
    op.drop_table("language_policy")
    with op.batch_alter_table("glossary_term", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_glossary_term_region"))
        batch_op.drop_index(batch_op.f("ix_glossary_term_account_id"))
    op.drop_table("glossary_term")
    op.drop_table("memory_gram")
