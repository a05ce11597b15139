"""Bringing the database to the shape the models have, with Alembic, on the application's own connection."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection

from .db import Base, db, writing

FOLDER = Path(__file__).parents[2] / "migrations"


def _config() -> Config:
    settings = Config()
    settings.set_main_option("script_location", str(FOLDER))
    return settings


def upgrade(revision: str = "head") -> None:
    """Apply what is missing."""
    with writing(), db.engine.begin() as connection:
        settings = _config()
        settings.attributes["connection"] = connection
        command.upgrade(settings, revision)


def downgrade(revision: str) -> None:
    """Take migrations back to this revision."""
    with writing(), db.engine.begin() as connection:
        settings = _config()
        settings.attributes["connection"] = connection
        command.downgrade(settings, revision)


def current(connection: Connection) -> str | None:
    """The migration that a database stands at."""
    return MigrationContext.configure(connection).get_current_revision()


def is_behind() -> bool:
    """Whether the database lacks a migration."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    with db.engine.connect() as connection:
        return current(connection) != head


def differences() -> list[object]:
    """How the migrated database differs from the models; empty when they agree."""
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, Base.metadata))
