"""Attacks by a phone: what it sends to the address of attendance, in whose name, and what the desk then shows of it."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.delivery.models import AttendanceEvent, AttendanceMark, CohortSession, Quarantined
from app.delivery.rules.sessions import MOST_SESSIONS
from app.infra.db import db

from .fields import ELSEWHERE, HERE, Ground, browser, grounds

ADDRESS = "/api/v1/sync/attendance"
ODD: tuple[Any, ...] = (
    "\ud800", "a\x00b", "9" * 400, 10**400, -1, 1e308, 1.5, "0001-01-01T00:00:00+00:00", "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00", "9999-12-31T23:59:59+14:00", "x" * 50_000, [], {}, [[]], {"a": "\ud800\x00"}, True,
    None, "\u202e<script>alert(1)</script>", "2026-13-45", ["a"] * 1_000, "\ufffe", "1969-12-31T00:00:00Z",
)  # fmt: skip


def post(client: FlaskClient, events: Any, **more: Any) -> Any:
    """Send a batch."""
    body = json.dumps({"batch": str(uuid.uuid4()), "events": events} | more)
    return client.post(ADDRESS, data=body, content_type="application/json")


def session_of(ground: Ground) -> str:
    """The uid of a cohort's first session."""
    found = select(CohortSession.uid).where(CohortSession.cohort_id == ground.cohort.id, CohortSession.number == 1)
    return db.session.scalars(found).one()


def events_of(ground: Ground) -> list[dict[str, Any]]:
    """One event of each kind, which fits."""
    common = {"session": session_of(ground), "recorded_at": datetime.now(UTC).isoformat()}
    taught = {"unit": "my-coop-1-1", "extent": "fully", "minutes": 60, "note": "", "block": ""}
    return [
        {"uid": str(uuid.uuid4()), "kind": "mark", "enrolment": ground.learners[0].uid, "mark": "present", **common},
        {"uid": str(uuid.uuid4()), "kind": "walk_in", "name": "Ana", "organisation": "o", "sex": "woman", "age": 30,
         "phone": "1", **common},
        {"uid": str(uuid.uuid4()), "kind": "session", "cohort": ground.cohort.slug, "title": "t", "state": "held",
         "on": "2026-03-06", "minutes": 90, "reason": "", "note": "n", "place": "p", "taught": [taught], **common},
    ]  # fmt: skip


def test_what_is_nested_at_any_depth_is_taken_or_refused(app: Flask) -> None:
    grounds()
    client, told = browser(app, "trainer.here"), set()
    for depth in (10, 45, 300, *range(880, 1_000, 8), 100_000):
        for opens, shuts in (("[", "]"), ('{"a":', "}")):
            answer = client.post(ADDRESS, data='{"events": [' + opens * depth + "1" + shuts * depth + "]}")
            told.add(answer.status_code)
    assert told == {200, 422}


def test_no_value_of_any_field_breaks_the_batch_or_the_desk(app: Flask) -> None:
    """Whoever teaches still opens every page of the desk, and can try each thing again or set it aside."""
    here = grounds()[HERE]
    client, sent = browser(app, "trainer.here"), []
    for one in events_of(here):
        fields = [*one, "supersedes", "minutes", "reason", "occurred_at", "walk_in", "account_id"]
        sent += [{**one, "uid": str(uuid.uuid4()), field: value} for field in fields for value in ODD]
        if one["kind"] == "session":
            (taught,) = one["taught"]
            sent += [{**one, "uid": str(uuid.uuid4()), "taught": [{**taught, field: value}]}
                     for field in taught for value in ODD]  # fmt: skip
    answer = post(client, sent)
    assert answer.status_code == 200
    assert len(answer.get_json()["events"]) == len(sent)
    for field in ("batch", "device", "device_clock", "source"):
        assert {post(client, events_of(here)[:1], **{field: value}).status_code for value in ODD} == {200}, field
    slug = here.cohort.slug
    pages = [f"/cohorts/quarantine?page={page}" for page in (1, 2, 9, 99)]
    pages += [f"/cohorts/{slug}/{page}" for page in ("desk", "sessions/", "sessions/1/", "sessions/1/roll", "people/")]
    broken = [page for page in [*pages, "/", f"{ADDRESS}/{slug}"] if client.get(page).status_code != 200]
    kept = db.session.scalars(select(Quarantined).order_by(Quarantined.id)).all()
    odd = [one for one in kept if "\\ud800" in json.dumps(one.payload) or "\\u0000" in json.dumps(one.payload)]
    strange = [one for one in kept if not isinstance(one.payload.get("kind"), str)]
    for item in sorted({one.id for one in [*odd[::4], *strange[::4], *kept[::80]]}):
        for answer in (
            client.get(f"/cohorts/quarantine/{item}"),
            client.post(f"/cohorts/quarantine/{item}", data={"do": "again"}),
        ):
            if answer.status_code >= 500 or "<script>alert" in answer.text:
                broken.append(f"{answer.request.path}: {answer.status_code}")
    assert not broken, broken[:20]
    assert len(odd) > 40


def test_nobody_says_anything_of_a_cohort_they_do_not_teach_or_in_anothers_name(app: Flask) -> None:
    """Neither a mark, nor a correction, nor a session; and what names somebody else as its sender is kept apart."""
    made = grounds()
    here, there = made[HERE], made[ELSEWHERE]
    mine, foreign = browser(app, "trainer.here"), browser(app, "trainer.elsewhere")
    (mark, _, _) = events_of(here)
    assert post(mine, [mark]).get_json()["events"][0]["status"] == "accepted"
    before = db.session.scalar(select(func.count(AttendanceEvent.uid)))
    correction = {**mark, "uid": "c-1", "mark": "absent", "supersedes": [mark["uid"]]}
    crossing = {**events_of(there)[0], "uid": "c-2", "enrolment": here.learners[0].uid, "supersedes": [mark["uid"]]}
    signed = {**events_of(there)[0], "uid": "c-3", "account_id": 1, "account": "admin"}
    stolen = {**mark, "mark": "absent"}
    unplanned = {**events_of(here)[2], "uid": "c-4", "session": "new-one", "cohort": here.cohort.slug}
    sent = [correction, crossing, signed, stolen, mark, unplanned, *events_of(here)]
    told = post(foreign, sent).get_json()["events"]
    statuses = [one["status"] for one in told]
    assert statuses[4] == "repeated", "what is there already is not told apart from what is not"
    assert set(statuses[:4] + statuses[5:]) == {"quarantined"}, told
    assert db.session.scalar(select(func.count(AttendanceEvent.uid))) == before
    holds = db.session.scalars(select(AttendanceMark.mark).where(AttendanceMark.enrolment_id == here.learners[0].id))
    assert [str(one) for one in holds] == ["present"]
    sheet = foreign.get("/cohorts/quarantine").text
    assert "Persona0 here" not in sheet
    assert post(mine, [{**mark, "uid": "c-1", "mark": "late"}]).get_json()["events"][0]["status"] == "quarantined"


def test_far_too_many_events_are_refused_whole_and_sessions_without_end_are_not_made(app: Flask) -> None:
    here = grounds()[HERE]
    client = browser(app, "trainer.here")
    before = db.session.scalar(select(func.count(Quarantined.id)))
    assert post(client, [{"uid": f"x-{n}"} for n in range(20_001)]).status_code == 413
    assert db.session.scalar(select(func.count(Quarantined.id))) == before, "nothing of it was taken in"
    _, _, session = events_of(here)
    many = [{**session, "uid": f"s-{n}", "session": f"new-{n}"} for n in range(MOST_SESSIONS + 20)]
    told = post(client, many).get_json()["events"]
    assert [one.get("reason") for one in told].count("too_many_sessions") == 22
    made = select(func.count(CohortSession.id)).where(CohortSession.cohort_id == here.cohort.id)
    assert db.session.scalar(made) == MOST_SESSIONS
    assert client.get(f"/cohorts/{here.cohort.slug}/sessions/").status_code == 200
    assert client.get("/cohorts/quarantine").status_code == 200
