"""The address that phones send to and fetch from: JSON in and out, refusals that a program can read, never a 500."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app.delivery.models import AttendanceEvent, Quarantined
from app.infra import clock
from app.infra.db import db
from app.people.permissions import Role, Scope
from tests import factories

from . import field as make
from .phones import NOON, mark, signed_in

ADDRESS = "/api/v1/sync/attendance"


@pytest.fixture(autouse=True)
def _in_april(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)


def enter(client: FlaskClient, username: str) -> None:
    """Sign in."""
    client.post("/sign-in", data={"username": username, "password": factories.PASSWORD})


def post(client: FlaskClient, body: Any) -> TestResponse:
    """Send JSON, or these very bytes."""
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return client.post(ADDRESS, data=data, content_type="application/json")


def test_a_trainer_fetches_takes_roll_and_sends_it(app: Flask, client: FlaskClient) -> None:
    field = make.field(learners=2)
    signed_in(field.trainer)
    enter(client, "teresa")
    fetched = client.get(f"{ADDRESS}/lamas")
    assert fetched.status_code == 200
    given = fetched.get_json()
    assert [one["name"] for one in given["people"]] == ["Persona0 Ejemplo", "Persona1 Ejemplo"]
    assert set(given["people"][0]) == {"enrolment", "name", "state"}, "no more of a person than a list needs"
    event = mark(given["sessions"][0]["session"], given["people"][0]["enrolment"], "late")
    sent = {"batch": "one", "device": "phone", "device_clock": NOON.isoformat(), "events": [event, {"uid": "x"}]}
    first, again = post(client, sent), post(client, sent)
    assert first.get_json()["events"] == [
        {"uid": event["uid"], "status": "accepted"},
        {"uid": "x", "status": "quarantined", "reason": "malformed"},
    ]
    assert [one["status"] for one in again.get_json()["events"]] == ["repeated", "quarantined"]
    unchanged = client.get(f"{ADDRESS}/lamas", headers={"If-None-Match": fetched.headers["ETag"]})
    assert unchanged.status_code == 200, "a mark came"
    says = unchanged.get_json()["marks"][event["session"]][event["enrolment"]]
    assert (says["event"], says["mark"], says["rivals"]) == (event["uid"], "late", [])
    same = client.get(f"{ADDRESS}/lamas", headers={"If-None-Match": unchanged.headers["ETag"]})
    assert (same.status_code, same.data) == (304, b"")


def test_a_phone_is_told_of_marks_that_say_the_same_so_that_its_correction_names_them(
    app: Flask, client: FlaskClient
) -> None:
    field = make.field(learners=2)
    signed_in(field.trainer)
    enter(client, "teresa")
    session, learner = field.sessions[0], field.learners[0]
    first, second = mark(session, learner, "absent", at=-2), mark(session, learner, "absent", at=-1)
    post(client, {"events": [first]})
    assert post(client, {"events": [second]}).get_json()["events"] == [
        {"uid": second["uid"], "status": "accepted", "alike": [first["uid"]]}
    ]
    says = client.get(f"{ADDRESS}/lamas").get_json()["marks"][session.uid][learner.uid]
    assert (says["event"], says["rivals"], says["alike"]) == (second["uid"], [], [first["uid"]])
    right = mark(session, learner, supersedes=[says["event"], *says["rivals"], *says["alike"]])
    assert post(client, {"events": [right]}).get_json()["events"] == [{"uid": right["uid"], "status": "accepted"}]
    says = client.get(f"{ADDRESS}/lamas").get_json()["marks"][session.uid][learner.uid]
    assert (says["mark"], says["rivals"], says["alike"]) == ("present", [], [])


ODD_BODIES = [
    b"",
    b"{",
    b"[]",
    b"null",
    b'{"events": {}}',
    b"\xff\xfe",
    b"[" * 100_000,
    b'{"events": [' + b"1" * 5_000 + b"]}",
]


def test_what_is_no_batch_is_refused_as_a_problem(app: Flask, client: FlaskClient) -> None:
    field = make.field()
    signed_in(field.trainer)
    enter(client, "teresa")
    for body in ODD_BODIES:
        answer = post(client, body)
        assert (answer.status_code, answer.mimetype) == (422, "application/problem+json"), body[:20]
        assert answer.get_json()["status"] == 422
    assert post(client, {"events": [None] * 20_001}).status_code == 413
    assert db.session.scalar(select(func.count(Quarantined.id))) == 0


def test_strange_values_in_a_batch_are_kept_and_break_nothing(app: Flask, client: FlaskClient) -> None:
    field = make.field()
    signed_in(field.trainer)
    enter(client, "teresa")
    odd = [
        b"NaN", b"-Infinity", b"1e999",
        b'"\\u0000"', b'"\\ud800"', b'{"uid": "\\u0000"}', b'{"kind": []}', b'{"a\\u0000": 1}',
        b'{"uid": "u1", "kind": "mark", "session": "\\ud800"}', b"9" * 300, b'{"uid": {"x": [[[[]]]]}}',
    ]  # fmt: skip
    body = b'{"batch": {"x": 1}, "device": 7, "device_clock": [], "source": {}, "events": [' + b",".join(odd) + b"]}"
    answer = post(client, body)
    assert answer.status_code == 200
    assert {one["status"] for one in answer.get_json()["events"]} == {"quarantined"}
    assert db.session.scalar(select(func.count(Quarantined.id))) == len(odd)
    assert [one["status"] for one in post(client, body).get_json()["events"]] == ["quarantined"] * len(odd)
    assert db.session.scalar(select(func.count(Quarantined.id))) == len(odd)


def test_only_who_teaches_a_cohort_fetches_it_and_the_sender_is_who_signed_in(app: Flask, client: FlaskClient) -> None:
    field = make.field()
    account = signed_in(field.trainer).account_id
    stranger = make.person("Otra Instructora", field.coops[1])
    signed_in(stranger, "otra")
    factories.account("d1", Role.DONOR, Scope(programmes=frozenset({field.programme.id})))
    event = mark(field.sessions[0], field.learners[0])
    enter(client, "d1")
    assert post(client, {"events": [event]}).status_code == 403
    assert client.get(f"{ADDRESS}/lamas").mimetype == "application/problem+json"
    enter(client, "otra")
    assert client.get(f"{ADDRESS}/lamas").status_code == 404
    assert post(client, {"events": [event]}).get_json()["events"][0]["reason"] == "not_your_cohort"
    enter(client, "teresa")
    spoofed = mark(field.sessions[0], field.learners[1]) | {"account_id": 1}
    said = post(client, {"account_id": 1, "events": [event, spoofed]}).get_json()["events"]
    assert [one["status"] for one in said] == ["accepted", "quarantined"]
    assert db.session.scalars(select(AttendanceEvent.account_id)).all() == [account]


def test_whoever_is_not_signed_in_is_told_so_and_not_led_to_a_page(app: Flask, client: FlaskClient) -> None:
    make.field()
    for answer in (post(client, {"events": []}), client.get(f"{ADDRESS}/lamas")):
        assert (answer.status_code, answer.mimetype) == (401, "application/problem+json")


def test_without_the_token_of_a_page_nothing_is_taken_in(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    field = make.field()
    signed_in(field.trainer)
    enter(client, "teresa")
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    answer = post(client, {"events": [mark(field.sessions[0], field.learners[0])]})
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    foreign = client.post(ADDRESS, data=b"{}", headers={"Origin": "https://elsewhere.example"})
    assert (foreign.status_code, foreign.mimetype) == (400, "application/problem+json")
    assert db.session.scalar(select(func.count(AttendanceEvent.uid))) == 0
