"""An original with a correction that meets an adapted edition in many ways, and people who decide on it by screen."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from werkzeug.test import TestResponse

from app.adaptation import actions
from app.adaptation.queries import sync
from app.curriculum import actions as curriculum
from app.curriculum.models import Edition
from app.curriculum.queries import contents
from app.infra.db import db
from app.people.permissions import COMMAND_LINE, Role, parse_scope
from tests import factories as make

FIRST = """\
# La asamblea

La cooperativa paga 25 soles por cada saco. La membresía decide en conjunto.

El estatuto se lee en voz alta.

Se reúnen el lunes. La hora la pone la presidencia y dura lo que dura la campaña.

Este párrafo se va.

/// question | ¿Quién decide?
    use: pre, post
    objective: 1

- [x] La membresía
- [ ] Quien compra
///
"""
SECOND = (
    FIRST.replace("25 soles", "30 soles")
    .replace("en voz alta.", "en voz alta y despacio.")
    .replace("Se reúnen el lunes.", "Se reúnen el martes por la tarde.")
    .replace("Este párrafo se va.\n", "Este párrafo es nuevo, y habla de la caja chica.\n")
)
PRICE, SOFT = "La cooperativa paga 25", "Se reúnen el lunes"
SYNC = "/editions/my-coop/PE/sync"


def original(
    text: str, version: str = "1.0.0", slug: str = "my-coop", extra: Mapping[str, str] | None = None
) -> object:
    """An original in Spanish alone, of one unit and those of `extra`."""
    units = [make.unit(f"{slug}-1-1", {"es": text})]
    units += [make.unit(uid, {"es": words}) for uid, words in (extra or {}).items()]
    return make.original(slug, version=version, source_language="es", languages=("es",), units=units)


def load(text: str, version: str = "1.0.0", why: str = "", **more: object) -> Edition:
    """The original, loaded and released."""
    return curriculum.load(COMMAND_LINE, original(text, version, **more), why=why).edition  # type: ignore[arg-type]


def block(edition: Edition, beginning: str) -> str:
    """The uid of the paragraph that begins so."""
    assert edition.head is not None
    blocks = [b for _, _, b in contents.state(edition.head).content.blocks()]
    texts = contents.texts_of(blocks, "es")
    return next(b.uid for b, text in zip(blocks, texts, strict=True) if text and text.startswith(beginning))


def words(edition: Edition) -> str:
    """The whole text of an edition as it stands."""
    db.session.expire_all()
    assert edition.head is not None
    content = contents.state(edition.head).content
    return "\n".join(text or "" for text in contents.texts_of([b for _, _, b in content.blocks()], "es"))


def peru(*, corrected: bool = True) -> Edition:
    """An edition for Peru that changed two paragraphs with reasons; the original was corrected after it."""
    edition = make.fork(load(FIRST), "PE")
    _write(
        edition,
        PRICE,
        "La cooperativa paga 28 soles por cada quintal. La membresía decide en conjunto.",
        "Aquí se paga 28",
    )
    _write(
        edition,
        SOFT,
        "Se reúnen el lunes. La hora la pone el consejo y dura lo que dura la campaña.",
        "Así lo dice el estatuto",
    )
    if corrected:
        load(SECOND, "1.1.0", "Lo pidieron quienes facilitan")
    return edition


def _write(edition: Edition, beginning: str, text: str, why: str) -> None:
    actions.edit_block(COMMAND_LINE, edition, block(edition, beginning), "es", text, why=why)


def person(app: Flask, username: str, role: Role = Role.DESIGNER, scope: str = "my-coop/PE") -> FlaskClient:
    """A browser of somebody who has just signed in."""
    make.account(username, role, parse_scope(scope))
    client = app.test_client()
    answer = client.post("/sign-in", data={"username": username, "password": make.PASSWORD})
    assert answer.status_code == 303
    return client


def asked(edition: Edition) -> list[sync.Question]:
    """What is asked of people now."""
    db.session.expire_all()
    assert edition.parent is not None
    return sync.prepare(edition, make.newest(edition.parent)).asked


def subject(edition: Edition, beginning: str) -> str:
    """The question about the paragraph that begins so, in Spanish."""
    return f"{block(edition, beginning)}:es"


def field(page: TestResponse, name: str) -> str:
    """The value of a hidden field of a page."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page.text)
    assert found, f"the page has no field {name}"
    return html.unescape(found[1])


def decide(client: FlaskClient, about: str, choice: str, **more: str) -> TestResponse:
    """Open a question and answer it, as a person does."""
    page = client.get(f"{SYNC}/{about}")
    assert page.status_code == 200
    sent = {"basis": field(page, "basis"), "seen": field(page, "seen"), "choice": choice, **more}
    return client.post(f"{SYNC}/{about}", data=sent)


class Queries:
    """Counts what is asked of the database while it is open."""

    def __enter__(self) -> Queries:
        self.statements: list[str] = []
        event.listen(db.engine.engine, "before_cursor_execute", self._note)
        return self

    def __exit__(self, *_: object) -> None:
        event.remove(db.engine.engine, "before_cursor_execute", self._note)

    def _note(self, _connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            self.statements.append(statement)
