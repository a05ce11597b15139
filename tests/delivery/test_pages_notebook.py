"""The notebook as the server gives it: one shell for everybody, a worker that knows its version, lists to fetch."""

from __future__ import annotations

import gzip
import json
import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from app.delivery.actions import cohorts
from app.delivery.kinds import CohortState, TeachingRole
from app.infra import clock
from app.infra.db import db
from app.people.permissions import COMMAND_LINE, Role, Scope
from tests import factories

from . import field as make
from .phones import NOON, mark, send, signed_in, walk_in

API = "/api/v1/sync/attendance"
WORKER_LIMIT = 5_120  # gzipped, bytes


@pytest.fixture(autouse=True)
def _in_april(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)


def enter(client: FlaskClient, username: str) -> None:
    """Sign in."""
    client.post("/sign-in", data={"username": username, "password": factories.PASSWORD})


def holder(client: FlaskClient) -> str | None:
    """What the phone says of whose it is."""
    cookie = client.get_cookie("holder")
    return cookie.value if cookie else None


def test_the_shell_is_the_same_for_everybody_and_names_nobody(app: Flask, client: FlaskClient) -> None:
    there = make.field(learners=2)
    actor = signed_in(there.trainer)
    visitor = client.get("/notebook/shell/es")
    enter(client, "teresa")
    mine = client.get("/notebook/shell/es")
    page = client.get("/notebook/?lang=es").text
    assert visitor.data == mine.data
    assert page == mine.text, "what a worker keeps is what the server shows"
    for name in (actor.name, "lamas", "Ejemplo", "csrf"):
        assert name not in page
    assert 'lang="en"' in client.get("/notebook/shell/en").text
    assert client.get("/notebook/shell/quy").status_code == 404


def test_only_those_who_teach_open_the_notebook(app: Flask, client: FlaskClient) -> None:
    make.field()
    factories.account("d1", Role.DONOR, Scope())
    assert client.get("/notebook/").headers["Location"].startswith("/sign-in")
    enter(client, "d1")
    assert client.get("/notebook/").status_code == 403
    assert 'href="/notebook/"' not in client.get("/account").text


def test_who_teaches_a_cohort_now_finds_the_notebook_in_the_menu(app: Flask, client: FlaskClient) -> None:
    there = make.field()
    signed_in(there.trainer)
    enter(client, "teresa")
    assert 'href="/notebook/"' in client.get("/account").text
    cohorts.set_state(COMMAND_LINE, there.cohort, CohortState.FINISHED)
    assert 'href="/notebook/"' not in client.get("/account").text


def test_the_worker_holds_what_the_shell_needs_and_may_work_everywhere(app: Flask, client: FlaskClient) -> None:
    answer = client.get("/sw.js")
    said = dict(re.findall(r"^const (VERSION|HOLDS|SHELLS) = (.*);$", answer.text, re.MULTILINE))
    shell = client.get("/notebook/shell/es")
    assert answer.headers["Service-Worker-Allowed"] == "/"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "worker-src 'self'" in answer.headers["Content-Security-Policy"]
    assert json.loads(said["VERSION"]) == shell.headers["X-Version"]
    needed = set(re.findall(r'(?:src|href)="(/assets/[^"]+|/manifest[^"]+)"', shell.text))
    held = json.loads(said["HOLDS"])
    assert needed <= set(held)
    for address in held:
        found = client.get(address)
        assert found.status_code == 200
        wanted = {f"/assets/{name.decode()}" for name in re.findall(rb'from "\./([\w.-]+)"', found.data)}
        assert wanted <= set(held), "what a module needs is held too"
    assert len(gzip.compress(answer.data, 9)) <= WORKER_LIMIT
    assert not re.search(r"^(import|export) ", answer.text, re.MULTILINE)


def test_the_manifest_makes_it_a_thing_of_its_own(app: Flask, client: FlaskClient) -> None:
    said = client.get("/manifest.webmanifest").get_json(force=True)
    assert (said["start_url"], said["display"], said["lang"]) == ("/notebook/", "standalone", "en")
    assert {(icon["sizes"], icon["purpose"]) for icon in said["icons"]} == {
        ("192x192", "any"), ("512x512", "any"), ("512x512", "maskable"),
    }  # fmt: skip
    for icon in said["icons"]:
        found = client.get(icon["src"])
        assert (found.mimetype, found.data[:4]) == ("image/png", b"\x89PNG")


def test_a_phone_is_told_who_is_signed_in_and_which_cohorts_are_theirs(app: Flask, client: FlaskClient) -> None:
    there = make.field(learners=2)
    account = signed_in(there.trainer).account_id
    enter(client, "teresa")
    given = client.get(API).get_json()
    assert (given["holder"], given["now"]) == (str(account), NOON.isoformat())
    assert given["cohorts"] == [{"slug": "lamas", "name": "lamas"}]
    assert given["token"]
    listed = client.get(f"{API}/lamas").get_json()
    assert listed["units"][0]["unit"] == make.UNIT
    assert listed["planned"][listed["sessions"][0]["session"]] == [make.UNIT]
    assert listed["keep_days"] == 60


def test_a_cohort_leaves_the_phone_some_weeks_after_its_end(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = make.field(learners=2)
    signed_in(there.trainer)
    there.cohort.ends_on = NOON.date()
    db.session.commit()
    cohorts.set_state(COMMAND_LINE, there.cohort, CohortState.FINISHED)
    enter(client, "teresa")
    assert [one["slug"] for one in client.get(API).get_json()["cohorts"]] == ["lamas"]
    monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(days=61))
    assert client.get(API).get_json()["cohorts"] == []


def test_somebody_else_s_cohort_is_not_listed(app: Flask, client: FlaskClient) -> None:
    there = make.field(learners=2)
    other = make.cohort(there.programme, "otra")
    second = make.person("Tomás Instructor", there.coops[1])
    cohorts.add_trainer(COMMAND_LINE, other, second, TeachingRole.ASSISTANT, since=make.START)
    signed_in(second, "tomas")
    enter(client, "tomas")
    assert [one["slug"] for one in client.get(API).get_json()["cohorts"]] == ["otra"]


def test_who_came_unlisted_comes_back_with_what_holds_of_them(app: Flask, client: FlaskClient) -> None:
    there = make.field(learners=2)
    actor = signed_in(there.trainer)
    came = walk_in(there.sessions[0], "Rosa de Paso")
    first = mark(there.sessions[0], "", walk_in=came["uid"])
    second = mark(there.sessions[0], "", "late", walk_in=came["uid"], supersedes=[first["uid"]], at=5)
    send(actor, came, first, second)
    enter(client, "teresa")
    listed = client.get(f"{API}/lamas").get_json()["walk_ins"][there.sessions[0].uid]
    assert [(one["walk_in"], one["name"], one["says"]["mark"]) for one in listed] == [
        (came["uid"], "Rosa de Paso", "late")
    ]
    assert "phone" not in listed[0]


def test_who_came_unlisted_and_was_marked_alike_twice_comes_back_with_both_marks(
    app: Flask, client: FlaskClient
) -> None:
    there = make.field(learners=2)
    actor = signed_in(there.trainer)
    came = walk_in(there.sessions[0], "Rosa de Paso")
    first, second = (mark(there.sessions[0], "", walk_in=came["uid"], at=at) for at in (1, 2))
    send(actor, came, first, second)
    enter(client, "teresa")
    (listed,) = client.get(f"{API}/lamas").get_json()["walk_ins"][there.sessions[0].uid]
    said = listed["says"]
    assert (said["event"], said["rivals"], said["alike"]) == (second["uid"], [], [first["uid"]])


def test_the_phone_knows_whose_it_is_and_forgets_it_at_sign_out_alone(app: Flask, client: FlaskClient) -> None:
    there = make.field(learners=2)
    account = signed_in(there.trainer).account_id
    other = factories.account("r1", Role.READER, Scope())
    enter(client, "teresa")
    assert holder(client) is None, "who never opens the notebook needs no such cookie"
    client.get("/notebook/")
    assert holder(client) == str(account)
    client.delete_cookie("session")
    client.get("/sign-in")
    assert holder(client) == str(account), "a session that ended says nothing"
    enter(client, "r1")
    assert holder(client) == str(other.id)
    client.post("/sign-out")
    assert holder(client) == "0"


def test_a_list_costs_the_same_whatever_its_length(app: Flask, client: FlaskClient) -> None:
    counts = []
    there = make.field(learners=2)
    actor = signed_in(there.trainer)
    enter(client, "teresa")

    def count() -> int:
        asked: list[Any] = []
        note = lambda *parts: asked.append(parts[2])  # noqa: E731
        event.listen(db.engines[None], "before_cursor_execute", note)
        client.get(f"{API}/lamas")
        event.remove(db.engines[None], "before_cursor_execute", note)
        return len(asked)

    for number in range(2):
        for at in range(3 * number + 1):
            came = walk_in(there.sessions[at], f"Visita {at}")
            send(actor, came, mark(there.sessions[at], "", walk_in=came["uid"]))
        counts.append(count())
    assert counts[0] == counts[1]
