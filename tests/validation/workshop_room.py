"""A workshop with people in it, made through the product's own actions, for the tests of workshops."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask import Flask
from flask.testing import FlaskClient

from app.curriculum.models import Edition
from app.people.permissions import COMMAND_LINE, Role, parse_scope
from app.validation import actions
from app.validation.actions.answers import Paper
from app.validation.actions.workshops import Details
from app.validation.models import Workshop
from app.validation.queries import workshops as queries
from app.validation.rules.persons import Person
from tests import factories as make

UNIT = "my-coop-1-1"
WOMEN, MEN = 6, 6


def peru() -> Edition:
    """An edition for Peru of a small original."""
    return make.fork(make.load(), "PE")


def planned(edition: Edition, title: str = "Taller de cacao (demo)", units: Sequence[str] = (UNIT,)) -> Workshop:
    """A workshop on the draft, of one day."""
    details = Details(title, date(2026, 11, 20), place="Juanjuí", host="Cooperativa (demo)", language="es")
    return actions.plan_workshop(COMMAND_LINE, edition, details, units)


def with_people(workshop: Workshop, women: int = WOMEN, men: int = MEN) -> Workshop:
    """Women, then men, numbered from 1."""
    people = [
        Person(f"Persona {n} (demo)", "woman" if n <= women else "man", age=20 + n, role="member")
        for n in range(1, women + men + 1)
    ]
    actions.import_participants(COMMAND_LINE, workshop, people)
    return workshop


def asked(workshop: Workshop) -> list[int]:
    """The ids of its questions, in order."""
    return [question.id for question in queries.questions(workshop)]


def answered(workshop: Workshop, values: Sequence[int], unit: str = UNIT) -> None:
    """One paper per value by the people from number 1 on, the value on every question."""
    papers = [Paper(n, dict.fromkeys(asked(workshop), value)) for n, value in enumerate(values, 1)]
    actions.enter_papers(COMMAND_LINE, workshop, unit, papers)


def person(app: Flask, username: str, role: Role = Role.FACILITATOR, scope: str = "my-coop/PE") -> FlaskClient:
    """A browser of somebody who has just signed in."""
    make.account(username, role, parse_scope(scope))
    client = app.test_client()
    answer = client.post("/sign-in", data={"username": username, "password": make.PASSWORD})
    assert answer.status_code == 303
    return client


def address(workshop: Workshop, rest: str = "") -> str:
    """Where a page of a workshop stands."""
    edition = workshop.edition
    return f"/validation/{edition.slug}/{edition.region}/workshops/{workshop.id}/{rest}"
