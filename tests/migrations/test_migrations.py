"""Migrations lead from nothing to the tables of the models, forwards and back, with rows, on both databases."""

from __future__ import annotations

import ast
import datetime
import itertools
from collections.abc import Iterator
from typing import Any

import pytest
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import Script, ScriptDirectory
from flask import Flask
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Time,
    func,
    insert,
    select,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.types import TypeEngine

from app.infra import migrations
from app.infra.db import db, writing
from app.tables import metadata as models

NOON = datetime.datetime(2025, 3, 8, 12, tzinfo=datetime.UTC)
ROWS = 2


def scripts() -> list[Script]:
    """The migrations, oldest first."""
    settings = Config()
    settings.set_main_option("script_location", str(migrations.FOLDER))
    return list(ScriptDirectory.from_config(settings).walk_revisions())[::-1]


def reflected() -> MetaData:
    """The tables as they stand in the database now."""
    found = MetaData()
    with db.engine.connect() as connection:
        found.reflect(connection)
    found.remove(found.tables["alembic_version"])
    return found


def value(column: Column[Any], number: int, rows: dict[str, list[dict[str, Any]]]) -> Any:
    """Something this column takes, different in every row."""
    for key in column.foreign_keys:
        targets = rows.get(key.column.table.name, [])
        if targets:
            return targets[min(number, len(targets) - 1)][key.column.name]
        assert column.nullable, f"{column} needs a row of {key.column.table} first"
        return None
    values: list[tuple[type[TypeEngine[Any]], Any]] = [
        (JSON, {"n": number}),
        (LargeBinary, bytes([number])),
        (Boolean, bool(number)),
        (Date, NOON.date() + datetime.timedelta(days=number)),
        (DateTime, NOON + datetime.timedelta(seconds=number)),
        (Time, datetime.time(8, number)),
        (Float, float(number)),
        (Integer, number + 1),
    ]
    return next((made for kind, made in values if isinstance(column.type, kind)), f"{column.name}-{number}"[-40:])


def in_order(tables: MetaData) -> Iterator[Table]:
    """The tables so that each comes after those its rows cannot do without."""
    waiting, done = sorted(tables.tables.values(), key=lambda table: table.name), set[str]()
    while waiting:
        ready = [
            table
            for table in waiting
            if all(
                column.nullable or key.column.table.name in done | {table.name}
                for column in table.columns
                for key in column.foreign_keys
            )
        ]
        assert ready, f"no first table among {[table.name for table in waiting]}"
        yield from ready
        done |= {table.name for table in ready}
        waiting = [table for table in waiting if table not in ready]


def fill(tables: MetaData) -> None:
    """Put rows into every table."""
    rows: dict[str, list[dict[str, Any]]] = {}
    with writing(), db.engine.begin() as connection:
        for table in in_order(tables):
            rows[table.name] = [
                {column.name: value(column, number, rows) for column in table.columns} for number in range(ROWS)
            ]
            connection.execute(insert(table), rows[table.name])


def counts() -> dict[str, int]:
    """How many rows every table has."""
    with db.engine.connect() as connection:
        return {
            table.name: connection.scalar(select(func.count()).select_from(table)) or 0
            for table in reflected().tables.values()
        }


def test_the_migrated_tables_are_those_of_the_models(committed_app: Flask) -> None:
    with committed_app.app_context():
        assert migrations.differences() == [], "write a migration for what the models say and the tables lack"
        assert reflected().tables.keys() == models.tables.keys()
        assert not migrations.is_behind()


def test_a_difference_would_be_seen(committed_app: Flask) -> None:
    with committed_app.app_context():
        with writing(), db.engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE account ADD COLUMN shoe_size INTEGER")
            connection.exec_driver_sql("CREATE TABLE forgotten (id INTEGER PRIMARY KEY)")
        kinds = sorted(str(difference[0]) for difference in migrations.differences())  # type: ignore[index]
        assert kinds == ["remove_column", "remove_table"]


def test_every_migration_goes_up_down_and_up_again_with_rows(committed_app: Flask) -> None:
    with committed_app.app_context():
        migrations.downgrade("base")
        assert counts() == {}
        before = "base"
        for script in scripts():
            migrations.upgrade(script.revision)
            if script.down_revision is None:
                fill(reflected())
            kept = counts()

            migrations.downgrade(before)
            still = counts()
            migrations.upgrade(script.revision)

            assert reflected().tables.keys() == kept.keys()
            assert still == {name: number for name, number in kept.items() if name in still}
            if script.down_revision is None:
                fill(reflected())
            before = script.revision
        assert migrations.differences() == []
        migrations.downgrade("base")
        assert counts() == {}


def test_every_table_takes_the_rows_this_test_makes(committed_app: Flask) -> None:
    with committed_app.app_context():
        fill(reflected())
        assert set(counts().values()) == {ROWS}


def test_a_migration_that_leaves_rows_pointing_to_nothing_is_rolled_back(committed_app: Flask) -> None:
    with committed_app.app_context():
        fill(reflected())
        before = counts()

        with pytest.raises((migrations.DanglingReferences, IntegrityError)), migrations.changing() as connection:
            connection.exec_driver_sql("DELETE FROM account")

        assert counts() == before


def test_a_table_that_others_point_to_can_be_built_anew(committed_app: Flask) -> None:
    with committed_app.app_context():
        fill(reflected())
        before = counts()

        with migrations.changing() as connection:
            operations = Operations(MigrationContext.configure(connection))
            with operations.batch_alter_table("account", recreate="auto") as account:
                account.alter_column("name", nullable=True)

        assert counts() == before
        with pytest.raises(IntegrityError), writing(), db.engine.begin() as connection:
            connection.exec_driver_sql("DELETE FROM account")


def test_migrations_are_numbered_in_one_line() -> None:
    revisions = scripts()
    assert [script.revision for script in revisions] == [f"{n:04}" for n in range(1, len(revisions) + 1)]
    for before, after in itertools.pairwise(revisions):
        assert after.down_revision == before.revision


@pytest.mark.parametrize("script", scripts(), ids=lambda script: script.revision)
def test_a_migration_says_what_and_why_and_imports_nothing_of_the_application(script: Script) -> None:
    with open(script.path, encoding="utf-8") as file:
        tree = ast.parse(file.read())
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert "app" not in imported, "models change, migrations do not: name tables and columns here"
    assert ast.get_docstring(tree), "its first line says what, the rest says why"
    defined = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    assert {"upgrade", "downgrade"} <= defined.keys()
    assert not isinstance(defined["downgrade"].body[0], ast.Pass | ast.Raise)
