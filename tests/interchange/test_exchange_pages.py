"""The pages for working elsewhere: taking files along, seeing what one would do, bringing it in, being refused."""

from __future__ import annotations

from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.core.content import Kind
from app.curriculum.models import Edition
from app.curriculum.queries import contents, editions
from app.discussion.models import Proposal
from app.infra.db import db
from app.interchange.models import Import, ImportState
from app.people.permissions import COMMAND_LINE, Role, Scope
from app.translation import actions
from tests import factories as make
from tests.translation.cells import uid

from .packing import exported, replaced
from .test_exchange_translations import FIRST, NEW, OTHER, put, sent

HERE = "/editions/my-coop/PE/exchange"


@pytest.fixture
def peru(app: Flask) -> Edition:
    return make.fork(make.load(), "PE")


def signed_in(client: FlaskClient, role: Role = Role.DESIGNER, region: str = "PE", name: str = "ana") -> FlaskClient:
    make.account(name, role, Scope("my-coop", region))
    client.post("/sign-in", data={"username": name, "password": make.PASSWORD})
    return client


def send(client: FlaskClient, data: bytes, name: str, **more: str) -> TestResponse:
    return client.post(HERE, data={"file": (BytesIO(data), name), **more}, content_type="multipart/form-data")


def text(edition: Edition, language: str, kind: Kind = Kind.PARAGRAPH) -> str:
    db.session.expire_all()
    block = contents.state(editions.head_of(edition)).content.block(uid(edition, kind))
    assert block is not None
    return contents.bodies([block.texts[language]])[block.texts[language]]


def test_every_format_is_offered_with_its_sentence_and_can_be_had(client: FlaskClient, peru: Edition) -> None:
    ana = signed_in(client)
    for address in (HERE, "/editions/my-coop/PE/exports?v=draft"):
        page = ana.get(address).text
        for name in ("po", "xliff", "tmx", "csv", "tbx", "package"):
            assert f"/exchange/take/{name}" in page
    for name in ("po", "xliff", "tmx", "csv", "tbx", "package"):
        got = ana.get(f"{HERE}/take/{name}?language=es")
        assert (got.status_code, bool(got.data)) == (200, True)
        assert "attachment" in got.headers["Content-Disposition"]


@pytest.mark.parametrize(
    ("query", "status"),
    [("po?language=xx", 404), ("po?language=en", 409), ("po", 404), ("nothing", 404), ("po?language=es&module=x", 404)],
)
def test_what_cannot_be_had_is_refused(client: FlaskClient, peru: Edition, query: str, status: int) -> None:
    assert signed_in(client).get(f"{HERE}/take/{query}").status_code == status


def test_a_translators_file_is_looked_at_and_then_brought_in(client: FlaskClient, peru: Edition) -> None:
    ana = signed_in(client, Role.TRANSLATOR)
    answer = send(ana, put(sent(peru, "po"), FIRST, NEW), "peru.po")
    assert answer.status_code == 303
    page = ana.get(answer.location).text
    assert NEW in page
    assert text(peru, "es") == FIRST
    head = page.partition('name="head" value="')[2].partition('"')[0]
    done = ana.post(answer.location, data={"head": head, "why": "Así se dice"})
    assert done.status_code == 303
    assert text(peru, "es") == NEW
    assert "brought in" in ana.get(answer.location).text
    assert ana.post(answer.location, data={"head": head}).status_code == 409


def test_when_somebody_wrote_meanwhile_the_preview_is_shown_anew_and_what_was_typed_is_kept(
    client: FlaskClient, peru: Edition
) -> None:
    ana = signed_in(client)
    answer = send(ana, put(sent(peru, "po"), FIRST, NEW), "peru.po")
    head = str(editions.head_of(peru).id)
    actions.save_translation(COMMAND_LINE, peru, uid(peru), "es", OTHER, why="for a test")
    again = ana.post(answer.location, data={"head": head, "why": "Mi motivo"})
    assert again.status_code == 409
    assert "Mi motivo" in again.text
    assert OTHER in again.text
    assert text(peru, "es") == OTHER


def test_a_package_is_decided_on_the_preview(client: FlaskClient, peru: Edition) -> None:
    from app.adaptation import actions as adapting

    ana = signed_in(client)
    data = replaced(exported(peru), "25 soles", "40 soles", "en/")
    data = replaced(data, "Weigh them together", "Weigh them slowly", "en/")
    words = "A co-operative pays 30 soles for each sack. Members decide together."
    adapting.edit_block(COMMAND_LINE, peru, uid(peru), "en", words, why="for a test")
    answer = send(ana, data, "peru.zip")
    page = ana.get(answer.location).text
    assert "30 soles" in page
    assert "40 soles" in page
    head = page.partition('name="head" value="')[2].partition('"')[0]
    ana.post(answer.location, data={"head": head, f"answer-{uid(peru)}:en": "theirs"})
    assert "40 soles" in text(peru, "en")
    assert "slowly" in text(peru, "en", Kind.LIST)
    assert db.session.query(Proposal).count() == 0


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.zip", b"PK nothing", "no ZIP file"),
        ("a.xyz", b"a", "ends in none of these"),
        ("a.po", b'msgid ""\nmsgstr ""\n', "which language"),
        ("", b"", "Choose the file first"),
        ("\u202ea\0.zip", b"\0" * 99, "no ZIP file"),
    ],
)
def test_what_is_no_such_file_is_answered_on_the_page(
    client: FlaskClient, peru: Edition, name: str, data: bytes, said: str
) -> None:
    ana = signed_in(client)
    answer = send(ana, data, name)
    assert answer.status_code == 422
    assert said in answer.text
    assert db.session.query(Import).count() == 0


def test_a_file_can_be_set_aside(client: FlaskClient, peru: Edition) -> None:
    ana = signed_in(client)
    answer = send(ana, put(sent(peru, "po"), FIRST, NEW), "peru.po")
    ana.post(answer.location, data={"do": "discard"})
    assert db.session.query(Import).one().state is ImportState.DISCARDED
    assert text(peru, "es") == FIRST


def test_nobody_sees_the_file_of_somebody_else(client: FlaskClient, peru: Edition) -> None:
    ana = signed_in(client)
    address = send(ana, put(sent(peru, "po"), FIRST, NEW), "peru.po").location
    ana.post("/sign-out")
    other = signed_in(client, name="eva")
    assert other.get(f"{HERE}/{10**30}").status_code == 404
    assert other.get(address).status_code == 404
    assert other.post(address, data={}).status_code == 404


@pytest.mark.parametrize(
    ("role", "region", "sees", "sends"),
    [
        (Role.DESIGNER, "PE", 200, 303),
        (Role.TRANSLATOR, "PE", 200, 303),
        (Role.REVIEWER, "PE", 200, 403),
        (Role.READER, "PE", 403, 403),
        (Role.DESIGNER, "SV", 403, 403),
    ],
)
def test_who_sees_the_page_and_who_may_send(
    client: FlaskClient, peru: Edition, role: Role, region: str, sees: int, sends: int
) -> None:
    person = signed_in(client, role, region)
    assert person.get(HERE).status_code in (sees, 404 if sees == 403 else sees)
    answer = send(person, put(sent(peru, "po"), FIRST, NEW), "peru.po")
    assert answer.status_code in (sends, 404 if sends == 403 else sends)
