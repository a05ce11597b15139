"""Bringing the database to the shape the models have, with Alembic, on the application's own connection."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
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


class DanglingReferences(Exception):
    """A migration left rows that point to nothing; it was rolled back."""


@contextmanager
def changing() -> Iterator[Connection]:
    """Open a transaction for changing tables.

    SQLite changes a table by building it anew, and dropping the old one would trip over, or take along, the rows that
    point to it. So its foreign keys are off meanwhile, which only works outside of a transaction, and all of them are
    checked before the commit.
    """
    with writing(), db.engine.connect() as connection:
        sqlite = connection.connection.driver_connection if connection.dialect.name == "sqlite" else None
        if sqlite:
            sqlite.execute("PRAGMA foreign_keys = OFF")
        try:
            with connection.begin():
                yield connection
                if sqlite and (dangling := connection.exec_driver_sql("PRAGMA foreign_key_check").all()):
                    raise DanglingReferences(", ".join(sorted({f"{row[0]} to {row[2]}" for row in dangling})))
        finally:
            if sqlite:
                sqlite.execute("PRAGMA foreign_keys = ON")


def upgrade(revision: str = "head") -> None:
    """Apply what is missing."""
    with changing() as connection:
        settings = _config()
        settings.attributes["connection"] = connection
        command.upgrade(settings, revision)


def downgrade(revision: str) -> None:
    """Take migrations back to this revision."""
    with changing() as connection:
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
