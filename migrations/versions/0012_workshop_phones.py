"""Tie a number of a workshop to the phone that claimed it."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

FAMILY = 4  # people on one phone, as it was when this was written


def upgrade() -> None:
    """Add the phones, and which of them gave a sheet; those that answer already are numbered as they come."""
    op.create_table(
        "workshop_phone",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shut_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name=op.f("fk_workshop_phone_workshop_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop_phone")),
        sa.UniqueConstraint("workshop_id", "key", name=op.f("uq_workshop_phone_workshop_id_key")),
    )
    with op.batch_alter_table("workshop_phone", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_workshop_phone_workshop_id"), ["workshop_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_workshop_phone_address_at"), ["address", "at"], unique=False)
    with op.batch_alter_table("workshop_sheet", schema=None) as batch_op:
        batch_op.add_column(sa.Column("key", sa.String(), nullable=True))
        batch_op.create_index(batch_op.f("ix_workshop_sheet_key"), ["key"], unique=False)
    op.execute(
        "UPDATE workshop_sheet SET key = COALESCE(respondent, (SELECT p.key FROM workshop_participant p"
        " WHERE p.id = workshop_sheet.participant_id)) WHERE way = 'phone'"
    )
    op.execute(
        "INSERT INTO workshop_phone (workshop_id, number, key, most, address, at)"
        " SELECT k.workshop_id, ROW_NUMBER() OVER (PARTITION BY k.workshop_id ORDER BY k.key), k.key,"
        f" {FAMILY}, '', w.created_at FROM (SELECT workshop_id, key FROM workshop_participant WHERE key IS NOT NULL"
        " UNION SELECT workshop_id, key FROM workshop_sheet WHERE key IS NOT NULL) k"
        " JOIN workshop w ON w.id = k.workshop_id"
    )


def downgrade() -> None:
    """Untie them."""
    with op.batch_alter_table("workshop_sheet", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_workshop_sheet_key"))
        batch_op.drop_column("key")
    with op.batch_alter_table("workshop_phone", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_workshop_phone_address_at"))
        batch_op.drop_index(batch_op.f("ix_workshop_phone_workshop_id"))
    op.drop_table("workshop_phone")
