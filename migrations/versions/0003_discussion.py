"""Make the tables of comments on paragraphs and proposals."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make them."""
    op.create_table(
        "comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("block_uid", sa.String(), nullable=False),
        sa.Column("unit_uid", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("thread_id", sa.Integer(), nullable=True),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("quote", sa.String(), nullable=False),
        sa.Column("quote_at", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("author_name", sa.String(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "source",
            sa.Enum(
                "screen", "word", "workshop", "pilot", "upward", "sibling", name="source", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("import_key", sa.String(), nullable=True),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolved", sa.Boolean(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.Column("settled_by_name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_comment_account_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_comment_edition_id")),
        sa.ForeignKeyConstraint(["settled_by_id"], ["account.id"], name=op.f("fk_comment_settled_by_id")),
        sa.ForeignKeyConstraint(["thread_id"], ["comment.id"], name=op.f("fk_comment_thread_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
        sa.UniqueConstraint("edition_id", "source", "import_key", name=op.f("uq_comment_edition_id_source_import_key")),
    )
    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_comment_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_comment_edition_id"), ["edition_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_comment_edition_id_block_uid"), ["edition_id", "block_uid"], unique=False)
        batch_op.create_index(batch_op.f("ix_comment_settled_by_id"), ["settled_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_comment_thread_id"), ["thread_id"], unique=False)

    op.create_table(
        "comment_wording",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_comment_wording_comment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_wording")),
    )
    with op.batch_alter_table("comment_wording", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_comment_wording_comment_id"), ["comment_id"], unique=False)

    op.create_table(
        "proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("block_uid", sa.String(), nullable=False),
        sa.Column("new_uid", sa.String(), nullable=True),
        sa.Column("unit_uid", sa.String(), nullable=False),
        sa.Column("anchors", sa.JSON(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("change", "insert", "remove", "move", name="proposalkind", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("bases", sa.JSON(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("findings", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("author_name", sa.String(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "source",
            sa.Enum(
                "screen", "word", "workshop", "pilot", "upward", "sibling", name="source", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("import_key", sa.String(), nullable=True),
        sa.Column("origin_id", sa.Integer(), nullable=True),
        sa.Column("origin_revision_id", sa.Integer(), nullable=True),
        sa.Column("origin_name", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "accepted",
                "changed_and_accepted",
                "declined",
                "withdrawn",
                "overtaken",
                name="proposalstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("look_again", sa.Boolean(), nullable=False),
        sa.Column("put_off", sa.Boolean(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_by_name", sa.String(), nullable=False),
        sa.Column("decision_why", sa.String(), nullable=False),
        sa.Column("act_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_proposal_account_id")),
        sa.ForeignKeyConstraint(["act_id"], ["act.id"], name=op.f("fk_proposal_act_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["account.id"], name=op.f("fk_proposal_decided_by_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_proposal_edition_id")),
        sa.ForeignKeyConstraint(["origin_id"], ["edition.id"], name=op.f("fk_proposal_origin_id")),
        sa.ForeignKeyConstraint(["origin_revision_id"], ["revision.id"], name=op.f("fk_proposal_origin_revision_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
        sa.UniqueConstraint(
            "edition_id", "source", "import_key", name=op.f("uq_proposal_edition_id_source_import_key")
        ),
    )
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_proposal_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_proposal_act_id"), ["act_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_proposal_decided_by_id"), ["decided_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_proposal_edition_id"), ["edition_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_proposal_edition_id_block_uid"), ["edition_id", "block_uid"], unique=False)
        batch_op.create_index(batch_op.f("ix_proposal_edition_id_state"), ["edition_id", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_proposal_origin_id"), ["origin_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_proposal_origin_revision_id"), ["origin_revision_id"], unique=False)


def downgrade() -> None:
    """Take them away again."""
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_proposal_origin_revision_id"))
        batch_op.drop_index(batch_op.f("ix_proposal_origin_id"))
        batch_op.drop_index(batch_op.f("ix_proposal_edition_id_state"))
        batch_op.drop_index(batch_op.f("ix_proposal_edition_id_block_uid"))
        batch_op.drop_index(batch_op.f("ix_proposal_edition_id"))
        batch_op.drop_index(batch_op.f("ix_proposal_decided_by_id"))
        batch_op.drop_index(batch_op.f("ix_proposal_act_id"))
        batch_op.drop_index(batch_op.f("ix_proposal_account_id"))
    op.drop_table("proposal")

    with op.batch_alter_table("comment_wording", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_comment_wording_comment_id"))
    op.drop_table("comment_wording")

    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_comment_thread_id"))
        batch_op.drop_index(batch_op.f("ix_comment_settled_by_id"))
        batch_op.drop_index(batch_op.f("ix_comment_edition_id_block_uid"))
        batch_op.drop_index(batch_op.f("ix_comment_edition_id"))
        batch_op.drop_index(batch_op.f("ix_comment_account_id"))
    op.drop_table("comment")
