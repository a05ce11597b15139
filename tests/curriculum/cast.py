"""The people who come to an edition's pages: one of each role, the designers here and elsewhere, and nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event

from app.curriculum.models import Edition
from app.infra.db import db
from app.people import queries
from app.people.permissions import Role, Scope
from tests import factories as make

VISITOR, READER, REVIEWER, DESIGNER, ELSEWHERE, ADMINISTRATOR = (
    "visitor", "reader", "reviewer", "designer", "elsewhere", "administrator",
)  # fmt: skip
WHERE = {
    READER: (Role.READER, Scope("my-coop", None)),
    REVIEWER: (Role.REVIEWER, Scope("my-coop", "PE")),
    DESIGNER: (Role.DESIGNER, Scope("my-coop", "PE")),
    ELSEWHERE: (Role.DESIGNER, Scope("my-coop", "BO")),
    ADMINISTRATOR: (Role.ADMINISTRATOR, Scope()),
}
EVERYBODY = (VISITOR, *WHERE)

Come = Callable[[str], FlaskClient]


def arrive(app: Flask, name: str) -> FlaskClient:
    """Somebody's browser, signed in without the page's password check; that has tests of its own."""
    browser = app.test_client()
    if name == VISITOR:
        return browser
    account = queries.account_by_username(name) or make.account(name, *WHERE[name])
    with browser.session_transaction() as session:
        session["_user_id"] = f"{account.id}:{account.stamp}"
        session["_fresh"] = True
    return browser


def fresh(edition: Edition) -> Edition:
    """The edition as the database has it after requests."""
    db.session.expire_all()
    found = db.session.get(Edition, edition.id)
    assert found is not None
    return found


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements sent to the database while the context lasts, without savepoints."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")):
            seen.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", note)
