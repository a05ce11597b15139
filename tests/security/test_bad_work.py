"""Bad input to the pages of daily work: no numbers, no texts, far too much; and forms without a token."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from app.infra.db import db
from app.people.permissions import Role
from tests import factories

from . import village
from .pages import faults, walk
from .test_content import BAIT
from .test_matrix import filled
from .village import Place, browser
from .work import worked

FEATURES = {"study", "discussion", "translation", "validation", "phones", "minutes", "interchange"}
AT, ROOM = "/editions/my-coop/PE", "/validation/my-coop/PE/workshops/{workshop}"
DIGITS = "0000000001" + "9" * 5_000  # begins as a small number does
VALUES = ("9" * 20, DIGITS, "-1", "²")
FORMS: tuple[tuple[str, dict[str, str]], ...] = (
    (f"{AT}/study/articles/new", {"topic": "x", "law_says": "y", "gap": "minor", "source_id": "1"}),
    (f"{AT}/study/instruments/new", {"name": "x", "kind": "survey", "asked": "1", "began_on": "2026-01-01"}),
    (f"{AT}/study/questions/new?within={{rows[instruments]}}", {"number": "1", "asked": "x", "answers": "a; 1; 1; 1"}),
    (f"{AT}/study/findings/{{row}}/evidence", {"on": "sources-1", "drop": ""}),
    (f"{AT}/study/findings/{{row}}/place", {"block": "{block}", "drop": ""}),
    (f"{AT}/study/checklist", {"item": "{item}", "state": "done", "units": "{unit}", "note": "x"}),
    ("/editions/needs/new", {"title": "x", "conclusion": "y", "priority": "high", "region": "PE", "women": "1"}),
    ("/editions/needs/{need}/editions", {"edition": "my-coop/PE"}),
    (f"{AT}/blocks/{{block}}/comments", {"text": "x", "quote": "y", "reply_to": "1"}),
    (f"{AT}/conversation/{{discussion.tend.number}}", {"do": "edit", "text": "x"}),
    (f"{AT}/blocks/{{block}}/propose", {"kind": "move", "text": "x", "why": "y", "base": "z", "after": "w"}),
    (f"{AT}/blocks/{{block}}/others", {"take": "x", "why": "y", "seen": "z"}),
    (f"{AT}/proposals", {"clean": "1@x"}),
    (f"{AT}/proposals/{{discussion.proposal.number}}", {"choice": "written", "written-es": "x", "why": "y"}),
    (f"{AT}/notices", {"version": "1.0.0", "deadline": "2026-12-01", "why": "x"}),
    ("/translate/my-coop/PE/{unit}/{block}?in=es", {"do": "draft", "text": "x", "seen": "y", "why": "z"}),
    ("/translate/my-coop/PE/{unit}/{block}?in=es", {"accept": "x:0", "text": "x"}),
    ("/translate/my-coop/PE/{unit}/{block}?in=es", {"mend": "x", "text": "x"}),
    ("/translate/my-coop/PE/bulk?in=es", {"do": "approved", "unit": "x", "note": "y"}),
    ("/translate/my-coop/PE/changed", {"cell": "es:x", "why": "y"}),
    ("/translate/my-coop/PE/languages", {"do": "source", "language": "es", "source": "en"}),
    ("/translate/my-coop/PE/policy", {"style": "split", "words": "a = b", "exceptions": "c"}),
    ("/translate/glossary", {"concept": "x", "term": "y", "language": "es", "region": "PE", "curriculum": "my-coop"}),
    ("/validation/my-coop/PE/workshops/new", {"title": "x", "starts_on": "2026-11-20", "days": "1", "threshold": "70",
                                              "starts_at": "08:30", "units": "{unit}", "version": "1.0.0"}),
    (f"{ROOM}/agenda/edit", {"line": "new", "minutes-new": "5", "day-new": "1", "place-new": "1", "title-new": "x"}),
    (f"{ROOM}/agenda/edit", {"line": "1", "minutes-1": "5", "day-1": "1", "place-1": "1"}),
    (f"{ROOM}/scale", {"scale": "five", "top_from": "4", "threshold": "70"}),
    (f"{ROOM}/questions", {"es-0": "x", "criterion-0": "clear"}),
    (f"{ROOM}/attendance", {"day": "1", "p-1": "present"}),
    (f"{ROOM}/people", {"text": "Ana; mujer; 30", "do": "keep"}),
    (f"{ROOM}/people/new", {"name": "x", "sex": "woman", "age": "30", "phone": "999", "email": "a@b.c"}),
    (f"{ROOM}/papers/{{unit}}", {"r0-who": "1", "r0-{question}": "5", "r0-said": "x"}),
    (f"{ROOM}/hands/{{unit}}", {"{question}-5": "3"}),
    (f"{ROOM}/units/{{unit}}", {"text": "x", "paragraph": "1", "participant": "1"}),
    (f"{ROOM}/remarks/1", {"do": "link", "step": "1"}),
    (f"{ROOM}/remarks/1", {"verdict": "declined", "why": "x", "kind": "other"}),
    ("/w/{token}", {"number": "1", "code": ""}),
    ("/w/{token}", {"number": "", "code": "abc"}),
    ("/validation/my-coop/PE/pilots/{pilot}/observations", {"text": "x", "where": "y", "severity": "slight"}),
    ("/validation/my-coop/PE/pilots/{pilot}/learners", {"do": "erase", "learner": "1", "text": "Ana; mujer; 30"}),
    ("/validation/my-coop/PE/pilots/{pilot}/scores/{unit}", {"text": "1; 5", "total": "10", "do": "keep"}),
    ("/validation/my-coop/PE/signatures", {"do": "withdraw", "signature": "1", "why": "x"}),
    ("/validation/my-coop/PE/signatures", {"role": "content", "seen": "1", "note": "x"}),
    ("/validation/my-coop/PE/adjustments", {"adjustment": "1", "grade": "minor", "why": "x"}),
    ("/validation/my-coop/PE/stages", {"do": "skip", "to": "draft", "why": "x", "seen": "y", "process": "z"}),
)  # fmt: skip
ASKED = ("page", "q", "unit", "status", "sort", "show", "in", "within", "day", "find", "findings", "gap", "kind",
         "verdict", "language", "region", "view", "v", "need", "format", "units", "to_do", "open", "row")  # fmt: skip


@pytest.fixture
def peru(app: Flask) -> Place:
    """Peru's edition with everything done in it."""
    found = village.editions_made()["my-coop/PE"]
    found.parts |= worked(found) | {"item": "law", "question": "1"}
    village.people("admin.all")
    return found


def put(text: str, place: Place) -> str:
    """A text with the parts of a place in it; names may have dots."""
    named = {name.replace(".", "_"): value for name, value in place.parts.items()}
    return re.sub(r"\{[\w.]+", lambda m: m[0].replace(".", "_"), text).format(**named)


def rules(app: Flask, method: str) -> list[Rule]:
    """The addresses of daily work that answer a method."""
    return [
        rule
        for rule in app.url_map.iter_rules()
        if rule.endpoint.split(".")[0] in FEATURES and method in (rule.methods or set()) and "job" not in rule.arguments
    ]


def half(found: list[Any]) -> list[Any]:
    """One half for each database; both together are asked everything."""
    return found[("sqlite", "postgresql").index(db.engine.dialect.name) :: 2]


def test_no_field_of_any_form_breaks_it(app: Flask, peru: Place) -> None:
    client, broken = browser(app, "admin.all"), []
    for path, form in half(list(FORMS)):
        good = {put(name, peru): put(value, peru) for name, value in form.items()}
        for name in good:
            for value in VALUES:
                answer = client.post(put(path, peru), data={**good, name: value})
                if answer.status_code >= 500:
                    broken.append(f"{put(path, peru)} {name}={value[:12]!r}: {answer.status_code}")
    assert not broken, "\n".join(broken[:40])


def test_no_parameter_and_no_number_in_an_address_breaks_a_page(app: Flask, peru: Place) -> None:
    client, broken = browser(app, "admin.all"), []
    for rule in half(rules(app, "GET")):
        address = rule.build(filled(rule, {**peru.parts, "name": "x", "number": 1}))
        assert address is not None
        asked = [dict.fromkeys(ASKED, value) for value in ("9" * 30, "-1", "<script>alert(1)</script>", "\uffff%")]
        found = [client.get(address[1], query_string=parameters) for parameters in asked]
        found += [client.get(re.sub(r"/\d+\b", f"/{number}", address[1])) for number in ("2147483647", "9" * 30)]
        found += [client.head(address[1]), client.options(address[1])]
        broken += [f"{one.request.path}: {one.status_code}" for one in found if one.status_code >= 500]
        odd = [client.put(address[1]), client.delete(address[1])]
        broken += [f"{one.request.method} {address[1]}: {one.status_code}" for one in odd if one.status_code != 405]
        broken += [f"{one.request.path}: shows what was sent" for one in found if b"<script>alert" in one.data]
    assert not broken, "\n".join(broken[:40])


def test_every_form_without_a_token_is_refused(app: Flask, peru: Place) -> None:
    client, tried = browser(app, "admin.all"), 0
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        for rule in rules(app, "POST"):
            address = rule.build(filled(rule, {**peru.parts, "number": 1}))
            assert address is not None
            assert client.post(address[1], data={"text": "x"}).status_code == 400, address[1]
            tried += 1
    finally:
        app.config["WTF_CSRF_ENABLED"] = False
    assert tried > 60


@pytest.mark.parametrize("kind", ["empty", "json", "bytes", "nothing", "many lines", "a megabyte"])
def test_no_body_of_any_kind_breaks_a_form(app: Flask, peru: Place, kind: str) -> None:
    client, broken = browser(app, "admin.all"), []
    names = ("text", "words", "title", "why", "note", "answers", "body", "do", "exceptions", "purpose", "facilitators")
    body: dict[str, dict[str, object]] = {
        "empty": {"data": {}},
        "json": {"data": b'{"text": "a"}', "content_type": "application/json"},
        "bytes": {"data": b"text=%ED%A0%80&why=%FF&title=\xff", "content_type": "application/x-www-form-urlencoded"},
        "nothing": {"data": b"text=a%00&why=%00", "content_type": "application/x-www-form-urlencoded"},
        "many lines": {"data": dict.fromkeys(names[:3], "a; b\n" * 100_000)},
        "a megabyte": {"data": dict.fromkeys(names[:3], "a" * 2**20)},
    }
    for rule in half(rules(app, "POST")):
        address = rule.build(filled(rule, {**peru.parts, "number": 1}))
        assert address is not None
        answer = client.post(address[1], **body[kind])
        if answer.status_code >= 500:
            broken.append(f"{address[1]}: {answer.status_code}")
    assert not broken, "\n".join(broken)


def test_nothing_that_was_typed_runs_on_any_page_of_daily_work(app: Flask) -> None:
    places = village.editions_made()
    for name in ("my-coop/PE", "my-coop/PE-SAM"):
        places[name].parts |= worked(places[name], BAIT)
    factories.account("boss", Role.ADMINISTRATOR, name=BAIT)
    client: FlaskClient = app.test_client()
    client.post("/sign-in", data={"username": "boss", "password": factories.PASSWORD})
    parts = places["my-coop/PE"].parts
    room, pilot = put(ROOM, places["my-coop/PE"]), f"/validation/my-coop/PE/pilots/{parts['pilot']}"
    starts = [
        f"{AT}/study",
        f"{AT}/conversation",
        f"{AT}/proposals",
        f"{AT}/notices",
        f"{AT}/offer",
        "/",
        "/editions/needs",
    ]
    starts += [f"{room}/", f"{room}/people", f"{room}/remarks", f"{pilot}/", f"{pilot}/observations", f"{AT}/imports"]
    starts += ["/translate/glossary", "/translate/my-coop/PE/policy", f"/w/{parts['token']}", f"{AT}/study/cases"]
    starts += [f"{AT}/study/findings/{parts['row']}", f"/editions/needs/{parts['need']}", f"{pilot}/learners"]
    wrong, shown = [], 0
    for address, page in walk(client, half(starts), 70):
        if page.startswith(("\ufeff", "PK", "{")):
            continue
        shown += "alert(1)" in page
        wrong += [f"{address}: {fault}" for fault in faults(page)]
    assert not wrong, "\n".join(wrong[:30])
    assert shown > 15


def test_a_join_code_is_not_guessed_and_a_number_is_not_taken_twice(app: Flask, peru: Place) -> None:
    door, unit = f"/w/{peru.parts['token']}", peru.parts["unit"]
    phone, other = app.test_client(), app.test_client()
    assert phone.post(door, data={"number": "1"}).status_code == 303
    assert other.post(door, data={"number": "1"}).status_code == 409
    assert other.post(f"{door}/{unit}", data={"do": "remark", "remark": "x"}).location.endswith(door)
    answers = [other.post(door, data={"code": f"guess{n}"}).status_code for n in range(12)]
    assert 303 not in answers
    assert answers[-1] == 429
    for token in ("x", peru.parts["token"][:-1], peru.parts["token"].swapcase(), "%00", "x" * 5_000):
        assert app.test_client().get(f"/w/{token}").status_code in (400, 404), token
