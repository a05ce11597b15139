"""Messages: to whom they may go, one person each, through a real mail server, tried again, and what stops them."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from babel.dates import format_date
from flask import Flask
from flask.testing import FlaskClient

from app.delivery.actions import messages as actions
from app.delivery.actions import sessions
from app.delivery.actions.sessions import SessionDetails
from app.delivery.kinds import MessageState, MessageWay
from app.delivery.models import CohortSession, Enrolment, Message
from app.delivery.queries import messages as queries
from app.delivery.rules import messages as rules
from app.infra import clock, jobs
from app.infra.db import db
from app.infra.jobs import Job
from app.people.actions import erasing, persons
from app.people.kinds import ContactKind
from app.people.models import Consent, Person
from app.people.permissions import COMMAND_LINE, NotAllowed, Role, Scope

from . import field as make
from .test_pages_keeping import coordinator, reachable, sign_in


@dataclass
class Postbox:
    """A mail server's letters; `answers` are what it says to the next ones before it takes any."""

    letters: list[Any] = field(default_factory=list)
    to: list[list[str]] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)

    async def handle_DATA(self, _server: object, _session: object, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        """Take a letter, or say what is next to be said."""
        if self.answers:
            return self.answers.pop(0)
        self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
        self.to.append(envelope.rcpt_tos)
        return "250 OK"


@pytest.fixture
def postbox(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Postbox]:
    """A real mail server on this machine, and the settings that lead to it."""
    box = Postbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    settings = {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": port, "SMTP_SECURITY": "none", "INLINE_JOBS": True}
    for name, value in settings.items():
        monkeypatch.setitem(app.config, name, value)
    yield box
    server.stop()


@pytest.fixture
def group(app: Flask) -> make.Field:
    """A cohort with a session next week; two of its learners agreed to messages, the third was never asked."""
    found = make.field(learners=3, meetings=1)
    soon = clock.now().date() + timedelta(days=7)
    sessions.plan_sessions(COMMAND_LINE, found.cohort, [SessionDetails("Siguiente", soon, units=(make.UNIT,))])
    for number, one in enumerate(found.learners):
        person = db.session.get_one(Person, one.person_id)
        if number < 2:
            reachable(one, f"98765432{number}")
        persons.add_contact(COMMAND_LINE, person, ContactKind.EMAIL, f"persona{number}@example.org")
    return found


def prepared(group: make.Field, way: MessageWay, kind: str = "reminder") -> list[Message]:
    """Messages for all three."""
    wanted = {one.id for one in group.learners}
    parts = {"day": "el viernes", "place": "", "address": ""}
    return actions.prepare(COMMAND_LINE, group.cohort, kind, way, wanted, lambda _one, _code: parts, "es")


def test_each_letter_goes_to_one_person_who_agreed_and_says_how_to_stop(group: make.Field, postbox: Postbox) -> None:
    made = prepared(group, MessageWay.EMAIL)
    assert [one.state for one in made] == [MessageState.SENT] * 2
    assert sorted(postbox.to) == [["persona0@example.org"], ["persona1@example.org"]]
    for letter, to in zip(postbox.letters, postbox.to, strict=True):
        assert letter["To"] == to[0]
        assert letter["Cc"] is letter["Bcc"] is None
        assert letter["Subject"] == "Próxima reunión: el viernes"
        assert "Si ya no los quiere" in letter.get_content()
        assert str(letter).count("@example.org") == 1


def test_a_server_that_says_later_is_tried_again_and_one_that_says_no_is_not(
    group: make.Field, postbox: Postbox
) -> None:
    postbox.answers = ["451 Try again", "451 Try again"]
    made = prepared(group, MessageWay.EMAIL)
    assert [(one.state, one.tries) for one in made] == [(MessageState.SENT, 3), (MessageState.SENT, 1)]
    postbox.answers = ["550 No such mailbox here"]
    first, second = prepared(group, MessageWay.EMAIL, "missed")
    assert (first.state, first.tries) == (MessageState.FAILED, 1)
    assert "No such mailbox here" in first.problem
    assert second.state is MessageState.SENT
    postbox.answers = ["451 Busy"] * 20
    given_up = prepared(group, MessageWay.EMAIL)[0]
    assert (given_up.state, given_up.tries) == (MessageState.FAILED, len(actions.RETRY_SECONDS) + 1)
    assert db.session.query(Job).filter(Job.problem.is_not(None)).count() == 0


def test_a_text_that_is_ready_is_not_offered_any_more_to_who_said_no_on_their_own_page(group: make.Field) -> None:
    one, two = prepared(group, MessageWay.WHATSAPP)
    assert [each.held for each in queries.ready(group.cohort)] == [one, two]
    consent = db.session.query(Consent).filter(Consent.person_id == one.person_id).one()
    persons.withdraw_consent(COMMAND_LINE, consent, clock.now().date())
    assert [each.held for each in queries.ready(group.cohort)] == [two]


def test_whoever_takes_consent_back_gets_nothing_that_was_prepared_before(
    group: make.Field, postbox: Postbox, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "INLINE_JOBS", False)
    letter = prepared(group, MessageWay.EMAIL)[0]
    text = prepared(group, MessageWay.WHATSAPP)[0]
    one = db.session.get_one(Enrolment, letter.enrolment_id)
    trainer = make.as_person(group.trainer)
    with pytest.raises(NotAllowed):
        actions.stop(make.actor("d1", Role.DONOR, Scope()), one, date(2026, 11, 22))
    actions.stop(trainer, one, clock.now().date())
    db.session.refresh(letter)
    db.session.refresh(text)
    assert {letter.state, text.state} == {MessageState.FAILED}
    monkeypatch.setitem(app.config, "INLINE_JOBS", True)
    for job in db.session.query(Job).all():
        jobs.run(job.id)
    assert [letter["To"] for letter in postbox.letters] == ["persona1@example.org"]
    assert db.session.query(Consent).filter_by(person_id=one.person_id).one().withdrawn_on == clock.now().date()
    assert {made.enrolment_id for made in prepared(group, MessageWay.SMS)} == {group.learners[1].id}


def test_erasing_somebody_takes_the_texts_and_addresses_of_their_messages(group: make.Field) -> None:
    made = prepared(group, MessageWay.WHATSAPP)[0]
    assert made.address == "987654320"
    erasing.erase(COMMAND_LINE, db.session.get_one(Person, made.person_id))
    db.session.refresh(made)
    assert (made.text, made.address, made.state) == ("", "", MessageState.FAILED)


def test_a_text_is_sent_from_ones_own_phone_with_one_tap_and_noted(client: FlaskClient, group: make.Field) -> None:
    coordinator(group)
    sign_in(client, "coordina")
    page = client.get("/cohorts/lamas/messages").text
    assert "has not agreed to calls and messages" in page
    assert "E-mail is not set up on this server" in page
    chosen = {"kind": "reminder", "way": "whatsapp", "to": [str(one.id) for one in group.learners]}
    none = client.post("/cohorts/lamas/messages", data={**chosen, "to": [str(group.learners[2].id)]})
    assert none.status_code == 422
    assert client.post("/cohorts/lamas/messages", data={**chosen, "way": "email"}).status_code == 409
    assert client.post("/cohorts/lamas/messages", data=chosen).status_code == 303
    made = db.session.query(Message).order_by(Message.id).all()
    assert len(made) == 2
    page = client.get("/cohorts/lamas/messages").text
    assert "https://wa.me/51987654320?text=" in page
    address = f"/cohorts/lamas/messages/{made[0].uid}"
    assert client.post(f"{address}/sent").status_code == 303
    assert client.post(f"{address}/sent").status_code == 409
    assert client.post(f"/cohorts/masters/messages/{made[1].uid}/sent").status_code == 404
    db.session.refresh(made[0])
    assert made[0].state is MessageState.SENT
    assert "Carla Coordina" in client.get("/cohorts/lamas/messages").text


def test_a_reminder_of_a_session_that_was_moved_names_its_new_day(client: FlaskClient, group: make.Field) -> None:
    coordinator(group)
    sign_in(client, "coordina")
    planned = db.session.query(CohortSession).filter_by(title="Siguiente").one()
    to = planned.planned_on + timedelta(days=10)
    sessions.move_session(COMMAND_LINE, planned, to, "weather")
    old, new = (format_date(day, "full", locale="es") for day in (planned.planned_on, to))
    page = client.get("/cohorts/lamas/messages?lang=es").text
    assert new in page
    assert old not in page
    chosen = {"kind": "reminder", "way": "whatsapp", "to": [str(group.learners[0].id)]}
    assert client.post("/cohorts/lamas/messages", data=chosen).status_code == 303
    text = db.session.query(Message).one().text
    assert new in text
    assert old not in text


@pytest.mark.parametrize(
    ("number", "region", "whole"),
    [("+51987654321", "MX", "51987654321"), ("0987654321", "PE-SAM", "51987654321"), ("987654321", "001", None)],
)
def test_a_number_gets_the_code_of_its_country_where_that_is_known(number: str, region: str, whole: str | None) -> None:
    assert rules.international(number, region) == whole


def test_every_text_is_whole_in_both_languages() -> None:
    for name, told in rules.texts().items():
        expected = {"es", "en"} | ({"es_subject", "en_subject"} if name not in ("stop", "calling") else set())
        assert told.keys() == expected, name
        filled = rules.filled(name, "es", name="Rosa", sender="Ana", cohort="Lamas", day="hoy", place="", address="x")
        assert "{" not in filled
