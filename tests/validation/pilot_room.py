"""An edition on the way to its release, with a pilot and people who sign, for the tests of pilots and stages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask import Flask
from flask.testing import FlaskClient

from app.curriculum.models import Edition
from app.people import queries as accounts
from app.people.permissions import COMMAND_LINE, Actor, Role, parse_scope
from app.study import actions as study
from app.study.checklist import ITEMS
from app.study.kinds import CheckState
from app.study.sheets import Kind
from app.validation import actions
from app.validation.actions import pilots, stages
from app.validation.actions.pilots import PilotDetails, Sitting
from app.validation.actions.workshops import Details
from app.validation.models import Pilot, Workshop
from app.validation.models.pilots import Moment
from app.validation.models.workshops import WorkshopKind
from app.validation.queries import pilots as queries
from app.validation.rules.persons import Person
from app.validation.rules.stages import SignRole
from tests import factories as make

from .workshop_room import UNIT, answered, person, with_people

LEARNERS = 12
NEED = {"title": "Nadie entiende los estatutos", "conclusion": "Hay que explicarlos", "priority": "high"}
ROLES = {
    SignRole.CONTENT: Role.DESIGNER,
    SignRole.LEGAL: Role.REVIEWER,
    SignRole.LANGUAGE: Role.REVIEWER,
    SignRole.REPRESENTATIVE: Role.REPRESENTATIVE,
    SignRole.LICENCE: Role.DESIGNER,
}


def actor(username: str, role: Role, scope: str = "my-coop/PE") -> Actor:
    """Somebody with one role."""
    return accounts.actor_of(make.account(username, role, parse_scope(scope)))


def validated(edition: Edition) -> Edition:
    """Let an edition take the long way."""
    stages.choose_process(COMMAND_LINE, edition, "validated", "Como se hace en S1")
    return edition


def with_need(edition: Edition) -> None:
    """Tie a need to it."""
    need = study.keep_need(COMMAND_LINE, edition.region, NEED)
    study.take_up(COMMAND_LINE, need, edition)


def with_study(edition: Edition) -> None:
    """Write a finding down and answer the checklist."""
    study.keep(COMMAND_LINE, edition, Kind.FINDINGS, {"statement": "Se pesa en quintales", "strength": "strong"})
    for item in ITEMS:
        study.check_item(COMMAND_LINE, edition, item.key, CheckState.DONE)


def tried(edition: Edition, kind: WorkshopKind, values: Sequence[int] = (5,) * 8) -> Workshop:
    """A closed workshop on the only unit."""
    details = Details("Taller (demo)", date(2026, 11, 20), kind=kind, language="es")
    workshop = with_people(actions.plan_workshop(COMMAND_LINE, edition, details, [UNIT]))
    answered(workshop, values)
    actions.close_workshop(COMMAND_LINE, workshop)
    return workshop


def planned_pilot(edition: Edition, learners: int = LEARNERS) -> Pilot:
    """A pilot of the only unit with people on the list."""
    details = PilotDetails("Piloto (demo)", date(2026, 11, 20), date(2026, 11, 21), place="Juanjuí", language="es")
    pilot = pilots.plan_pilot(COMMAND_LINE, edition, details, [UNIT])
    people = [Person(f"Alumna {n} (demo)", "woman" if n % 2 else "man", age=20 + n) for n in range(1, learners + 1)]
    if people:
        pilots.add_learners(COMMAND_LINE, pilot, people)
    return pilot


def question(pilot: Pilot) -> str:
    """The uid of the only question of the only unit."""
    unit = queries.unit(pilot, UNIT)
    (one,) = queries.questions(pilot, [unit])[UNIT]
    return one.uid


def scored(pilot: Pilot, before: Sequence[int], after: Sequence[int]) -> None:
    """What people from number 1 on had right, 1 or 0, before and after."""
    uid = question(pilot)
    rows = {(n, Moment.PRE): {uid: (got, 1)} for n, got in enumerate(before, 1)}
    rows |= {(n, Moment.POST): {uid: (got, 1)} for n, got in enumerate(after, 1)}
    pilots.enter_scores(COMMAND_LINE, pilot, UNIT, rows)


def held(edition: Edition) -> Pilot:
    """A closed pilot in which most people learned something."""
    pilot = planned_pilot(edition)
    scored(pilot, [0] * 9 + [1] * 3, [1] * 11 + [0])
    pilots.tell_sittings(COMMAND_LINE, pilot, {UNIT: Sitting(95, 12)})
    pilots.close_pilot(COMMAND_LINE, pilot)
    return pilot


def signed(edition: Edition) -> None:
    """Everybody's signature under the draft as it stands."""
    for role, of in ROLES.items():
        name = f"{of.value}.firma"
        account = accounts.account_by_username(name)
        who = accounts.actor_of(account) if account else actor(name, of)
        stages.sign(who, edition, role, "Respondo por esto")


def browser(app: Flask, username: str, role: Role, scope: str = "my-coop/PE") -> FlaskClient:
    """A browser of somebody who has just signed in."""
    return person(app, username, role, scope)
