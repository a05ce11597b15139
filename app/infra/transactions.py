"""One action, one transaction: `@transactional` begins, commits, rolls back, and runs what waited for the commit."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from .db import db, writing

P = ParamSpec("P")
R = TypeVar("R")

_DEPTH = "vivero.depth"
_AFTER = "vivero.after_commit"


def transactional(action: Callable[P, R]) -> Callable[P, R]:
    """Run an action in one transaction; an action called by another joins it, and the outermost commits."""

    @functools.wraps(action)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        info = db.session().info
        if info.get(_DEPTH):
            return action(*args, **kwargs)
        info[_DEPTH], info[_AFTER] = True, []
        try:
            with writing():
                result = action(*args, **kwargs)
                db.session.commit()
        except BaseException:
            db.session.rollback()
            raise
        else:
            waiting: list[Callable[[], object]] = info[_AFTER]
        finally:
            info[_DEPTH] = False
        for work in waiting:
            work()
        return result

    run.__dict__["is_transactional"] = True
    return run


def after_commit(work: Callable[[], object]) -> None:
    """Have this done once the transaction has been committed: mail, jobs, files. Not done when it is rolled back."""
    info = db.session().info
    if not info.get(_DEPTH):
        raise RuntimeError("after_commit outside of an action")
    info[_AFTER].append(work)
