"""A backup of the database and of people's files in one zip, the same for both databases, and back."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import Table, delete, func, insert, select, text
from sqlalchemy.engine import Connection

from app.core.errors import N_, Refused

from . import migrations
from .db import Base, UtcDateTime, db, writing

FORMAT = 1
_CHUNK = 500


class NotABackup(Refused):
    text = N_("%(file)s is not a backup of Vivero, or not of this version.")


def write(file: Path) -> int:
    """Write a backup and return the number of rows; one transaction sees the whole database as of its beginning."""
    rows = 0
    files = Path(current_app.config["FILES_DIR"])
    part = file.with_suffix(file.suffix + ".part")
    with db.engine.connect() as connection, zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"))
        archive.writestr("vivero.json", json.dumps({"format": FORMAT, "migration": migrations.current(connection)}))
        for table in Base.metadata.sorted_tables:
            with archive.open(f"tables/{table.name}.jsonl", "w") as lines:
                for row in connection.execution_options(yield_per=_CHUNK).execute(select(table)).mappings():
                    lines.write((json.dumps(dict(row), default=_plain, ensure_ascii=False) + "\n").encode())
                    rows += 1
        for path in sorted(files.rglob("*")) if files.exists() else []:
            if path.is_file() and path.suffix != ".part":
                archive.write(path, f"files/{path.relative_to(files)}")
    part.replace(file)
    return rows


def read(file: Path) -> int:
    """Replace everything by a backup and return the number of rows; nothing is changed unless all of it can be read."""
    rows = 0
    try:
        archive = zipfile.ZipFile(file)
        about = json.loads(archive.read("vivero.json"))
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise NotABackup(file=str(file)) from error
    with archive, writing(), db.engine.begin() as connection:
        if about != {"format": FORMAT, "migration": migrations.current(connection)}:
            raise NotABackup(file=str(file))
        _defer_foreign_keys(connection)
        for table in reversed(Base.metadata.sorted_tables):
            connection.execute(delete(table))
        for table in Base.metadata.sorted_tables:
            some: list[dict[str, Any]] = []
            for line in archive.open(f"tables/{table.name}.jsonl"):
                some.append(_typed(table, json.loads(line)))
                rows += 1
                if len(some) == _CHUNK:
                    connection.execute(insert(table), some)
                    some = []
            if some:
                connection.execute(insert(table), some)
        _advance_counters(connection)
        files = Path(current_app.config["FILES_DIR"])
        for name in archive.namelist():
            if name.startswith("files/") and ".." not in name:
                target = files / name.removeprefix("files/")
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(archive.read(name))
    return rows


def faults() -> Iterator[str]:
    """What is wrong inside the database file itself and with its references."""
    with db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            for row in connection.exec_driver_sql("PRAGMA integrity_check"):
                if row[0] != "ok":
                    yield str(row[0])
            for row in connection.exec_driver_sql("PRAGMA foreign_key_check"):
                yield f"{row[0]} row {row[1]} refers to nothing in {row[2]}"


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value)


def _typed(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    for column in table.columns:
        if isinstance(column.type, UtcDateTime) and row.get(column.name):
            row[column.name] = datetime.fromisoformat(row[column.name])
    return row


def _defer_foreign_keys(connection: Connection) -> None:
    """Editions point to revisions and revisions to editions: check references at the end only."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    else:
        connection.execute(text("SET session_replication_role = replica"))


def _advance_counters(connection: Connection) -> None:
    """Let new rows be numbered after the restored ones (PostgreSQL keeps its counters apart)."""
    if connection.dialect.name != "postgresql":
        return
    connection.execute(text("SET session_replication_role = origin"))
    for table in Base.metadata.sorted_tables:
        if "id" in table.columns:
            newest = connection.scalar(select(func.max(table.c.id)))
            if newest:
                connection.execute(select(func.setval(func.pg_get_serial_sequence(table.name, "id"), newest)))
