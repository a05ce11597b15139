"""Counts the statements that the database is asked, also by a process that has just begun."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import event

from app.curriculum.queries import contents
from app.infra.db import db


@contextmanager
def counted() -> Iterator[Callable[[], int]]:
    """Give a function that says how many statements there were since."""
    found = 0

    def count(_conn: object, _cursor: object, statement: str, *_: object) -> None:
        nonlocal found
        found += not statement.startswith(("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "PRAGMA"))

    engine = db.engine
    event.listen(engine, "before_cursor_execute", count)
    try:
        yield lambda: found
    finally:
        event.remove(engine, "before_cursor_execute", count)


def forget() -> None:
    """Empty everything that this process remembers of what it read, as one that has just begun."""
    for kept in gc.get_objects():
        if isinstance(kept, contents.Kept):
            kept._values.clear()
    db.session.expire_all()
