"""Counts the statements that the database is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import event

from app.infra.db import db


@contextmanager
def counted() -> Iterator[Callable[[], int]]:
    """Give a function that says how many statements there were since."""
    found = 0

    def count(_conn: object, _cursor: object, statement: str, *_: object) -> None:
        nonlocal found
        found += not statement.startswith(("BEGIN", "SAVEPOINT", "RELEASE", "PRAGMA"))

    engine = db.engine
    event.listen(engine, "before_cursor_execute", count)
    try:
        yield lambda: found
    finally:
        event.remove(engine, "before_cursor_execute", count)
