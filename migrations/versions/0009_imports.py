"""Remember the files that people bring in, what was read in them, and what has no place yet."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_NAMED = {"edition_id": "edition.id", "account_id": "account.id", "base_revision_id": "revision.id", "job_id": "job.id"}


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "file_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("actor_name", sa.String(), nullable=False),
        sa.Column("filename", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("base_revision_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=True),
        sa.Column("found", sa.String(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("unplaced", sa.JSON(), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("problem", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        *(
            sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_file_import_{column}"))
            for column, target in _NAMED.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file_import")),
    )
    with op.batch_alter_table("file_import", schema=None) as batch_op:
        for column in _NAMED:
            batch_op.create_index(batch_op.f(f"ix_file_import_{column}"), [column], unique=False)
        batch_op.create_index(batch_op.f("ix_file_import_account_id_kind"), ["account_id", "kind"], unique=False)


def downgrade() -> None:
    """Forget them; what they became stays."""
    op.drop_table("file_import")
