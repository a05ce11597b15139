"""Make the tables of indicators as they were frozen, and who approved them."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "snapshot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("prepared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("prepared_by_id", sa.Integer(), nullable=True),
        sa.Column("prepared_by", sa.String(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["prepared_by_id"], ["account.id"], name=op.f("fk_snapshot_prepared_by_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["account.id"], name=op.f("fk_snapshot_decided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snapshot")),
        sa.UniqueConstraint("uid", name=op.f("uq_snapshot_uid")),
    )
    op.create_index(op.f("ix_snapshot_prepared_by_id"), "snapshot", ["prepared_by_id"], unique=False)
    op.create_index(op.f("ix_snapshot_decided_by_id"), "snapshot", ["decided_by_id"], unique=False)
    op.create_table(
        "snapshot_programme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["snapshot_id"], ["snapshot.id"], name=op.f("fk_snapshot_programme_snapshot_id")),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_snapshot_programme_programme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snapshot_programme")),
        sa.UniqueConstraint("snapshot_id", "programme_id", name=op.f("uq_snapshot_programme_snapshot_id_programme_id")),
    )
    op.create_index(op.f("ix_snapshot_programme_programme_id"), "snapshot_programme", ["programme_id"], unique=False)
    op.create_table(
        "snapshot_figure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("value", sa.Double(), nullable=True),
        sa.Column("of", sa.Double(), nullable=True),
        sa.Column("missing", sa.Integer(), nullable=False),
        sa.Column("groups", sa.JSON(), nullable=False),
        sa.Column("people", sa.JSON(), nullable=False),
        sa.Column("organisations", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["snapshot_id"], ["snapshot.id"], name=op.f("fk_snapshot_figure_snapshot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snapshot_figure")),
        sa.UniqueConstraint("snapshot_id", "code", name=op.f("uq_snapshot_figure_snapshot_id_code")),
    )


def downgrade() -> None:
    """Take the tables away."""
    op.drop_table("snapshot_figure")
    op.drop_table("snapshot_programme")
    op.drop_table("snapshot")
