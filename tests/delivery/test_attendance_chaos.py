"""Several phones with wrong clocks, two trainers and a stranger, lost answers, repeats, power cuts: nothing is lost.

The server is compared with `reference.py`. With VIVERO_DEEP=1 there are thousands of runs.
"""

from __future__ import annotations

import json
import os
import random
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Connection, select
from sqlalchemy.orm import aliased

from app.delivery.actions import attendance, cohorts, repairs
from app.delivery.actions.attendance import Batch
from app.delivery.kinds import Receipt, TeachingRole
from app.delivery.models import AttendanceMark, CohortSession, Enrolment, Quarantined, WalkIn
from app.infra import clock
from app.infra.db import db
from app.people.permissions import COMMAND_LINE, Actor

from . import field as make
from .phones import NOON, signed_in
from .reference import Event, Reference

RUNS = 3_000 if os.environ.get("VIVERO_DEEP") else 12
STEPS = 30
OFF_MINUTES = (0, 400 * 24 * 60, -185)
"""How far the phones' clocks are behind: right, set to the year before, and ahead by some hours."""


@dataclass
class Phone:
    """A device with what it has not been told that it arrived, and what it remembers having sent."""

    number: int
    holder: str
    outbox: list[Event] = field(default_factory=list)
    sent: list[Event] = field(default_factory=list)

    @property
    def off(self) -> int:
        return OFF_MINUTES[self.number]


class PowerCut(Exception):
    """The server dies in the middle of a batch."""


class Last(Mapping[str, Any]):
    """The event at which the power is cut."""

    def __getitem__(self, _key: str) -> Any:
        raise PowerCut

    def __iter__(self) -> Any:
        raise PowerCut

    def __len__(self) -> int:
        return 1


@dataclass
class World:
    """One run: phones that do things at random, and the reference that is told what reached the server."""

    actors: dict[str, Actor]
    sessions: list[str]
    enrolled: list[str]
    seed: int
    minute: int = 0
    phones: list[Phone] = field(default_factory=list)
    made: list[Event] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)  # noqa: S311 - picks deeds
        self.reference = Reference(set(self.sessions), set(self.enrolled), {"teresa", "tomas"})
        self.phones = [Phone(number, ("teresa", "tomas", "teresa")[number]) for number in range(3)]

    def now(self) -> datetime:
        return NOON + timedelta(minutes=self.minute)

    def run(self) -> None:
        """Do things at random, then let every phone find a connection."""
        for _ in range(STEPS):
            self.minute += 1
            phone = self.chance.choice(self.phones)
            deeds = (self.mark, self.mark, self.mark, self.correct, self.correct, self.come, self.err, self.send,
                     self.send, self.restart, self.hand_over, self.cut)  # fmt: skip
            self.chance.choice(deeds)(phone)
        for phone in self.phones:
            self.minute += 1
            phone.holder = self.chance.choice(("teresa", "tomas"))
            phone.outbox += phone.sent
            self.chance.shuffle(phone.outbox)
            self._deliver(phone, phone.outbox)

    def note(self, phone: Phone, **says: Any) -> None:
        """An event comes about on a phone, by its clock."""
        at = (self.now() - timedelta(minutes=phone.off)).isoformat()
        event = {"uid": uuid.UUID(int=self.chance.getrandbits(128)).hex, "recorded_at": at, **says}
        phone.outbox.append(event)
        self.made.append(event)

    def mark(self, phone: Phone, **more: Any) -> None:
        says: dict[str, Any] = {"mark": self.chance.choice(("present", "late", "absent", "excused"))}
        if self.chance.random() < 0.2:
            says = {"mark": "partial", "minutes": self.chance.choice((10, 60))}
        about = {"session": self.chance.choice(self.sessions), "enrolment": self.chance.choice(self.enrolled)}
        self.note(phone, kind="mark", **({**about, **says} | more))

    def correct(self, phone: Phone) -> None:
        """Correct some earlier mark, mostly of the same person; other phones' marks may not have arrived."""
        marks = [event for event in self.made if event["kind"] == "mark"]
        if not marks:
            return
        earlier = self.chance.choice(marks)
        about = {name: earlier[name] for name in ("session", "enrolment", "walk_in") if name in earlier}
        if "walk_in" in about:
            about["enrolment"] = ""
        if self.chance.random() < 0.1:
            about = {}
        self.mark(phone, supersedes=[earlier["uid"]], **about)

    def come(self, phone: Phone) -> None:
        """Somebody comes who is not on the list; their mark may be sent before they are."""
        session = self.chance.choice(self.sessions)
        self.note(phone, kind="walk_in", session=session, name="Persona de paso")
        self.mark(phone, session=session, enrolment="", walk_in=phone.outbox[-1]["uid"])

    def err(self, phone: Phone) -> None:
        """Send what cannot be: odd minutes, somebody unknown, or another content under a known uid."""
        kind = self.chance.randrange(3)
        if kind == 0:
            self.mark(phone, mark="partial", minutes=self.chance.choice((0, -3, 10_000)))
        elif kind == 1:
            self.mark(phone, enrolment="nobody")
        elif self.made:
            twin = dict(self.chance.choice(self.made))
            twin["recorded_at"] = (NOON - timedelta(minutes=phone.off, seconds=1)).isoformat()
            phone.outbox.append(twin)

    def send(self, phone: Phone) -> None:
        """Send some of the outbox in some order; the answer may get lost."""
        some = self.chance.sample(phone.outbox, self.chance.randint(0, len(phone.outbox)))
        some += self.chance.choices(some, k=2) if some else []
        self._deliver(phone, some)
        if self.chance.random() < 0.6:
            phone.sent += [event for event in phone.outbox if event in some]
            phone.outbox = [event for event in phone.outbox if event not in some]

    def restart(self, phone: Phone) -> None:
        """A phone forgets what it has sent, and sends it again."""
        phone.outbox += phone.sent
        phone.sent = []

    def hand_over(self, phone: Phone) -> None:
        """Somebody else signs in on the phone, perhaps somebody who teaches nobody here."""
        phone.holder = self.chance.choice(("teresa", "tomas", "otra"))

    def cut(self, phone: Phone) -> None:
        """The power is cut before the server has kept anything."""
        with pytest.raises(PowerCut):
            attendance.receive(self.actors[phone.holder], self._batch(phone, [*phone.outbox, Last()]))

    def _deliver(self, phone: Phone, events: list[Event]) -> None:
        answer = attendance.receive(self.actors[phone.holder], self._batch(phone, events))
        assert len(answer.said) == len(events)
        for event in events:
            self.reference.arrive(phone.holder, event, phone.off)
        accepted, _ = self.reference.judged()
        for event, said in zip(events, answer.said, strict=True):
            taken = event["uid"] in accepted and accepted[event["uid"]][0] == event
            assert (said.receipt is not Receipt.QUARANTINED) == taken, (self.seed, event, said)

    def _batch(self, phone: Phone, events: list[Any]) -> Batch:
        device_clock = self.now() - timedelta(minutes=phone.off)
        return Batch(
            self.chance.choice(("one", "two", str(self.minute))), events, f"phone {phone.number}", device_clock
        )

    def match(self) -> None:
        """Find out who some of those were that were not on the list."""
        for came in db.session.scalars(select(WalkIn).order_by(WalkIn.uid)).all():
            uid = self.chance.choice([*self.enrolled, ""])
            if uid:
                enrolment = db.session.scalars(select(Enrolment).where(Enrolment.uid == uid)).one()
                repairs.match(COMMAND_LINE, came, enrolment)
                self.reference.matched[came.uid] = uid


def made_at(event: Event, off: float) -> datetime:
    return datetime.fromisoformat(event["recorded_at"]) + timedelta(minutes=off)


def held() -> dict[tuple[str, str], tuple[Any, ...]]:
    """What the server says holds."""
    session, enrolment = aliased(CohortSession), aliased(Enrolment)
    rows = db.session.execute(
        select(session.uid, enrolment.uid, AttendanceMark)
        .join(session, session.id == AttendanceMark.session_id)
        .join(enrolment, enrolment.id == AttendanceMark.enrolment_id)
    )
    return {
        (s, e): (mark.mark.value, mark.minutes, tuple(sorted(mark.rivals)), tuple(sorted(mark.alike)))
        for s, e, mark in rows
    }


def kept_as_odd() -> set[str]:
    """What the server keeps for somebody to put right."""
    rows = db.session.scalars(select(Quarantined).where(Quarantined.resolved_at.is_(None)))
    return {json.dumps(row.payload, sort_keys=True) for row in rows}


def test_whatever_phones_do_the_server_says_what_the_reference_says(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = make.field(learners=3, meetings=2)
    second = make.person("Tomás Instructor", there.coops[1])
    cohorts.add_trainer(COMMAND_LINE, there.cohort, second, TeachingRole.CO_FACILITATOR, since=make.START)
    actors = {
        "teresa": signed_in(there.trainer, "teresa"),
        "tomas": signed_in(second, "tomas"),
        "otra": signed_in(make.person("Otra Persona", there.coops[0]), "otra"),
    }
    sessions, enrolled = [one.uid for one in there.sessions], [one.uid for one in there.learners]
    connection = db.engines[None]
    assert isinstance(connection, Connection)
    first = int(os.environ.get("VIVERO_SEED", "0"))
    for seed in range(first, first + int(os.environ.get("VIVERO_RUNS", RUNS))):
        db.session.remove()
        before = connection.begin_nested()
        world = World(actors, sessions, enrolled, seed)
        monkeypatch.setattr(clock, "now", world.now)
        world.run()
        db.session.expunge_all()
        assert held() == world.reference.holds(made_at), f"seed {seed}"
        assert kept_as_odd() == world.reference.judged()[1], f"seed {seed}"
        world.match()
        assert held() == world.reference.holds(made_at), f"seed {seed}, matched"
        db.session.remove()
        before.rollback()
