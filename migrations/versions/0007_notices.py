"""Make the tables of notices with deadlines."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make them."""
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("author_name", sa.String(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by_name", sa.String(), nullable=False),
        sa.Column("withdrawn_why", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_notice_account_id")),
        sa.ForeignKeyConstraint(["release_id"], ["release.id"], name=op.f("fk_notice_release_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notice_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_notice_release_id"), ["release_id"], unique=False)

    op.create_table(
        "notice_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("author_name", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_notice_answer_account_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_notice_answer_edition_id")),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_notice_answer_notice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_answer")),
    )
    with op.batch_alter_table("notice_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notice_answer_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_notice_answer_edition_id"), ["edition_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_notice_answer_notice_id"), ["notice_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_notice_answer_notice_id_edition_id"), ["notice_id", "edition_id"], unique=False
        )


def downgrade() -> None:
    """Take them away again."""
    with op.batch_alter_table("notice_answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_notice_answer_notice_id_edition_id"))
        batch_op.drop_index(batch_op.f("ix_notice_answer_notice_id"))
        batch_op.drop_index(batch_op.f("ix_notice_answer_edition_id"))
        batch_op.drop_index(batch_op.f("ix_notice_answer_account_id"))
    op.drop_table("notice_answer")

    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_notice_release_id"))
        batch_op.drop_index(batch_op.f("ix_notice_account_id"))
    op.drop_table("notice")
