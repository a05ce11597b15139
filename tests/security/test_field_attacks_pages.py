"""Attacks by words: what would run, break out or be reckoned, in every name and note of the field, on every page."""

from __future__ import annotations

import ast
import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
from flask import Flask
from flask.testing import FlaskClient
from icalendar import Calendar
from sqlalchemy import Enum, String, select, update
from werkzeug.test import TestResponse

from app.delivery.actions import joining
from app.delivery.models import CohortSession, Quarantined
from app.delivery.rules.joining import Wish
from app.infra import clock
from app.infra.db import Base, db
from app.learning.actions import certificates
from app.learning.kinds import CertificateKind
from app.learning.models import AssessmentItem
from app.people import consent_texts
from app.people.kinds import ConsentPurpose
from app.people.permissions import COMMAND_LINE, VISITOR

from .fields import ELSEWHERE, HERE, Ground, browser, grounds
from .pages import faults
from .test_field_attacks import FAMILIES
from .test_field_matrix import parts_of

BAIT = '=1+1"><script>alert(1)</script><img src=x onerror=alert(1)>\'&{{7*7}}${x} #panic("no") $x$ @y \\ */ --> ]]> 😀'
LINES = f"{BAIT}\r\nATTENDEE:mailto:evil@example.org\r\nBcc: evil@example.org"
TYPED = frozenset(
    {
        "given_names", "family_names", "known_as", "name", "short_name", "place", "note", "title", "how",
        "crop", "summary", "agreed", "granted_despite", "revoked_reason", "document_kind", "document_number",
        "guardian_name", "guardian_tie", "stage", "removed_why", "comment", "assisted_by", "answer", "prepared_by",
        "decided_by", "file_name", "words", "organisation", "part", "text", "purpose",
    }
)  # fmt: skip
SAID = ("uid", "kind", "session", "enrolment", "mark", "reason", "title", "note", "name", "value", "recorded_at")
PAGES = FAMILIES | {"home", "report_figures", "people"}
SENT = re.compile(r"<a href='(sms|whatsapp):")  # links to one's own telephone
APP = Path(__file__).parents[2] / "app"


def baited() -> dict[str, Ground]:
    """Both programmes, with the attack in everything that somebody types; in notes, of several lines."""
    made = grounds()
    for table in Base.metadata.tables.values():
        typed = [one.name for one in table.columns if isinstance(one.type, String) and not isinstance(one.type, Enum)]
        told = {name: LINES if name == "note" else BAIT for name in typed if name in TYPED}
        if told:
            db.session.execute(update(table).values(told))
    db.session.execute(update(Quarantined).values(payload=dict.fromkeys(SAID, BAIT), event_uid="x"))
    for item in db.session.scalars(select(AssessmentItem)):
        item.asked = {**item.asked, "words": {"es": BAIT, "en": BAIT}}
    db.session.flush()
    db.session.expire_all()
    version = consent_texts.newest(ConsentPurpose.TRAINING_RECORD).version
    for ground in made.values():
        wish = Wish(BAIT, BAIT, organisation=BAIT, place=BAIT, consent=version)
        joining.join(VISITOR, ground.parts["joining.code"], wish, "198.51.100.7")
        on = ground.cohort.starts_on
        given = certificates.issue(COMMAND_LINE, ground.learners[1], CertificateKind.PARTICIPATION, on)
        ground.parts["serial"] = given.serial
    db.session.commit()
    return made


def pages(app: Flask, client: FlaskClient, ground: Ground) -> Iterator[TestResponse]:
    """Every address about a ground that is looked at, as this browser sees it."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint.split(".")[0] in PAGES and "GET" in (rule.methods or set()):
            parts = parts_of(rule, ground)
            built = rule.build(parts) if parts is not None else None
            if built is not None:
                yield client.get(built[1])


def harm(answer: TestResponse) -> list[str]:
    """What in an answer would run, lead astray, or be reckoned by a spreadsheet."""
    if answer.mimetype in ("text/html", "image/svg+xml"):
        return [one for one in faults(answer.text) if not SENT.match(one)]
    if answer.mimetype == "text/csv":
        cells = [cell for row in csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))) for cell in row]
        return [cell for cell in cells if cell[:1] in ("=", "+", "@")]
    if "spreadsheet" in (answer.mimetype or ""):
        book = openpyxl.load_workbook(io.BytesIO(answer.data))
        return [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    if "json" in (answer.mimetype or ""):
        json.loads(answer.text)
    return []


def test_nothing_that_was_typed_runs_breaks_a_page_or_is_reckoned(app: Flask) -> None:
    made, wrong, shown, kinds = baited(), [], 0, set()
    half = [("admin", "donor.here"), ("trainer.here", "learner.here", "visitor", "coordinator.here")]
    for who in half[("sqlite", "postgresql").index(db.engine.dialect.name)]:
        for answer in pages(app, browser(app, who), made[HERE]):
            if answer.status_code >= 500:
                wrong.append(f"{who} {answer.request.path}: {answer.status_code}")
            if answer.status_code == 200:
                kinds.add(answer.mimetype)
                shown += b"alert(1)" in answer.data
                wrong += [f"{who} {answer.request.path}: {fault[:80]}" for fault in harm(answer)]
    assert not wrong, f"{len(wrong)} wrong:\n" + "\n".join(wrong[:40])
    assert shown > 40
    assert {"text/csv", "application/json"} <= kinds


def test_a_list_a_calendar_a_sheet_and_a_badge_hold_what_was_typed_as_words(app: Flask) -> None:
    here = baited()[HERE]
    admin, trainer = browser(app, "admin"), browser(app, "trainer.here")
    listed = admin.get(f"/cohorts/{here.cohort.slug}/roster/list.xlsx")
    assert not harm(listed)
    db.session.execute(update(CohortSession).values(planned_on=clock.now().date()))
    db.session.commit()
    trainer.post("/calendar/")
    address = re.search(r"/calendar/[0-9a-f-]+\.ics", trainer.get("/calendar/").text)
    assert address is not None
    feed = app.test_client().get(address[0])
    events = Calendar.from_ical(feed.data).walk("VEVENT")
    assert {str(one["location"]) for one in events} == {BAIT}
    assert not any("attendee" in one for one in events)
    other = address[0][:-5] + ("0" if address[0][-5] != "0" else "1") + ".ics"
    assert app.test_client().get(other).status_code == 404
    sheet = admin.get(f"/certificates/{here.parts['serial']}/sheet.pdf")
    assert sheet.data.startswith(b"%PDF"), "nothing in a name is an instruction to who sets the sheet"
    badge = admin.post(f"/certificates/{here.parts['serial']}/badge")
    assert (badge.status_code, badge.text.count(".")) == (200, 2)


def test_no_parameter_leads_anybody_to_a_name_of_another_programme(app: Flask) -> None:
    """Nor breaks a page: words to search for, and the numbers and short names of what is the other's."""
    made = grounds()
    there, wrong, looked = made[ELSEWHERE], [], 0
    numbers = ("person", "organisation", "cohort", "programme", "of", "first", "second", "in", "who", "page", "by")
    slugs = (there.cohort.slug, there.programme.slug)
    asked = [
        dict.fromkeys(("q", "find", "name", "code"), "Persona"),
        *({name: str(id_) for name in numbers} for id_ in (there.learners[0].person_id, there.coop.id)),
        *(dict.fromkeys(numbers, slug) for slug in slugs),
        dict.fromkeys((*numbers, "q", "year", "month", "view", "order", "state", "kind", "size"), "9" * 30),
        dict.fromkeys((*numbers, "q", "region", "source", "how", "next"), "\ufffe%<script>alert(1)</script>"),
    ]
    actors = (
        "representative.coop",
        "coordinator.coop",
        "coordinator.here",
        "trainer.here",
        "donor.here",
        "learner.here",
    )
    for who in actors[("sqlite", "postgresql").index(db.engine.dialect.name) :: 2]:
        client = browser(app, who)
        open_to = [one.request.path for one in pages(app, client, made[HERE]) if one.status_code == 200]
        for turn, path in enumerate(open_to):
            parameters = asked[turn % len(asked)]
            answer = client.get(path, query_string=parameters)
            looked += 1
            text = answer.get_data().decode("utf-8", "replace")
            for slug in slugs:
                text = text.replace(slug, "")
            if answer.status_code >= 500 or "elsewhere" in text or "<script>alert" in text:
                wrong.append(f"{who} {path} {parameters}: {answer.status_code}")
    assert not wrong, f"{len(wrong)} wrong:\n" + "\n".join(wrong[:30])
    assert looked > 80


def test_no_lazy_sentence_holds_what_somebody_typed() -> None:
    """A lazy sentence stands in a page as if it were markup, so a name in it would run."""
    wrong = []
    for path in APP.rglob("*.py"):
        text = path.read_text("utf-8")
        if "lazy_" not in text:
            continue
        tree = ast.parse(text)
        imports = [one for one in ast.walk(tree) if isinstance(one, ast.ImportFrom) and one.module == "flask_babel"]
        lazy = {name.asname or name.name for one in imports for name in one.names if name.name.startswith("lazy_")}
        calls = [one for one in ast.walk(tree) if isinstance(one, ast.Call) and isinstance(one.func, ast.Name)]
        for call in calls:
            parts = [one.value for one in call.keywords if isinstance(call.func, ast.Name) and call.func.id in lazy]
            if not all(isinstance(one, ast.Attribute) and one.attr.isupper() for one in parts):  # but our own numbers
                wrong.append(f"{path.relative_to(APP)}:{call.lineno}")
    assert not wrong
