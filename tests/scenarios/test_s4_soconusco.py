"""S4: local managers in Soconusco over two years: half of them leave, and it is known when, why, and what held others.

Two groups share one coordinator. 176 producers are enrolled; the figures are those of the product's own queries.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from flask import Flask

from app.delivery.actions import cohorts, follow_up, programmes, sessions
from app.delivery.actions import risk as risks
from app.delivery.actions.programmes import ProgrammeDetails
from app.delivery.actions.sessions import SessionDetails
from app.delivery.kinds import CohortLevel, ContactWay, EnrolmentState, ProgrammeRole, RiskLevel, TeachingRole
from app.delivery.models import Cohort, CohortSession, Enrolment, Programme
from app.delivery.queries import follow_up as seeking
from app.delivery.queries import retention, risk
from app.delivery.rules.cascade_figures import Share
from app.delivery.rules.follow_up import Worked
from app.people.actions import organisations, persons
from app.people.actions.organisations import OrganisationDetails
from app.people.actions.persons import PersonDetails
from app.people.kinds import OrganisationKind, Sex
from app.people.models import Organisation, Person
from app.people.permissions import COMMAND_LINE, Actor, Role, Scope
from app.people.rules.persons import Born
from tests.delivery import field as make
from tests.delivery import roll

START = date(2021, 3, 13)
LAST = date(2022, 12, 31)

# How many of each group's 88 came how (a letter per session, one a quarter), who sought them out after which session,
# whether somebody answered, and whether they were given up in the end.
COURSES: tuple[tuple[int, str, ContactWay | None, int, bool, str], ...] = (
    (24, "pppppppp", None, 0, False, ""),
    (12, "ppaapppp", ContactWay.VISIT, 4, True, ""),
    (5, "pppaappp", ContactWay.CALL, 5, True, ""),
    (3, "ppppappp", None, 0, False, ""),
    (12, "ppaaaaaa", ContactWay.VISIT, 4, True, "distance"),
    (10, "pppaaaaa", ContactWay.CALL, 5, True, "paid_job"),
    (10, "pppaaaaa", ContactWay.CALL, 5, False, "unknown"),
    (12, "pppppaaa", ContactWay.MESSAGE, 7, False, "migration"),
)


class Soconusco:
    """The programme with its two groups, set up through the product's actions."""

    def __init__(self) -> None:
        details = ProgrammeDetails("Gestores locales", "MX-CHP", date(2021, 1, 1), date(2024, 12, 31))
        self.programme: Programme = programmes.create_programme(COMMAND_LINE, "soconusco", details)
        for name in ("Hivos", "Fundación Gigante"):
            donor = OrganisationDetails(name, "MX", OrganisationKind.DONOR)
            made = organisations.create_organisation(COMMAND_LINE, donor)
            programmes.take_part(COMMAND_LINE, self.programme, made, ProgrammeRole.DONOR)
        self.coordinator: Actor = make.actor(
            "coordina", Role.COORDINATOR, Scope(programmes=frozenset({self.programme.id}))
        )
        # Meetings are a quarter apart: three weeks of silence say nothing here.
        risks.set_thresholds(self.coordinator, self.programme, {"red_silent_days": 200})
        self.trainer = make.person("Formadora (demo)")
        self.cohorts: dict[str, Cohort] = {}
        self.meetings: dict[str, list[CohortSession]] = {}
        self.learners: dict[str, list[tuple[Enrolment, int]]] = {}
        for name, crop in (("RAYEN", "cacao"), ("POT", "café")):
            self.open(name, crop)

    def open(self, name: str, crop: str) -> None:
        """A group with its co-operative, its eight meetings and its 88 people."""
        coop = organisations.create_organisation(
            COMMAND_LINE, OrganisationDetails(name, "MX-CHP", OrganisationKind.ASSOCIATION, crops=(crop,))
        )
        programmes.take_part(COMMAND_LINE, self.programme, coop, ProgrammeRole.PARTICIPANT)
        self.cohorts[name] = group = make.cohort(self.programme, name.lower(), level=CohortLevel.CASCADE, host=coop)
        cohorts.add_trainer(COMMAND_LINE, group, self.trainer, TeachingRole.LEAD, since=START, despite=make.OBSERVED)
        self.meetings[name] = sessions.plan_sessions(
            self.coordinator,
            group,
            [SessionDetails(f"Encuentro {n + 1}", START + timedelta(days=90 * n)) for n in range(8)],
        )
        courses = [number for number, course in enumerate(COURSES) for _ in range(course[0])]
        self.learners[name] = [(self.enrol(group, coop, n), number) for n, number in enumerate(courses)]

    def enrol(self, group: Cohort, coop: Organisation, n: int) -> Enrolment:
        details = PersonDetails(
            f"Persona {n}", f"{coop.name} (demo)", sex=Sex.WOMAN if n % 2 else Sex.MAN, born=Born(year=1980 + n % 25)
        )
        person: Person = persons.create_person(COMMAND_LINE, details, coop, demo=True)
        return cohorts.enrol(self.coordinator, group, person, START, organisation=coop)

    def meet(self, name: str, upto: int) -> None:
        """Hold the meetings up to a number, from where they stand, and call the roll."""
        for place, session in enumerate(self.meetings[name][:upto]):
            if session.held_on is None:
                roll.hold(session, self.trainer)
                marks = {one: roll.LETTERS[COURSES[course][1][place]] for one, course in self.learners[name]}
                roll.call(session, marks)

    def seek_out(self, name: str, after: int) -> None:
        """Write down the visits, calls and messages that followed a meeting."""
        day = self.meetings[name][after - 1].planned_on + timedelta(days=1)
        for one, number in self.learners[name]:
            _, _, way, when, reached, reason = COURSES[number]
            if way is not None and when == after:
                follow_up.log_contact(self.coordinator, one, way, reached=reached, on=day, reason=reason)

    def give_up(self, name: str) -> None:
        """Record those who stay away as having left, verified where somebody answered."""
        wanted = seeking.contacts(seeking.of_cohort(self.coordinator, self.cohorts[name]))
        for one, number in self.learners[name]:
            if COURSES[number][5]:
                heard = next((made for made in wanted.get(one.id, []) if made.reached), None)
                follow_up.desert(self.coordinator, one, date(2022, 12, 4), COURSES[number][5], contact=heard)


def test_half_of_soconusco_leaves_and_it_is_known_when_why_and_what_held_the_others(app: Flask) -> None:
    work = Soconusco()
    for name in work.cohorts:
        work.meet(name, 4)
    day = work.meetings["POT"][3].planned_on + timedelta(days=1)
    chosen = seeking.of_programme(work.coordinator, work.programme)
    near = [one for one in risk.of(chosen, day) if one.risk.level is not RiskLevel.NONE]
    levels = Counter((one.cohort, one.risk.level, one.risk.relaxed_by is not None) for one in near)
    assert levels == {
        ("rayen", RiskLevel.ORANGE, False): 24,
        ("rayen", RiskLevel.YELLOW, False): 25,
        ("pot", RiskLevel.YELLOW, True): 24,  # in the coffee harvest: one step lower, and it says so
    }
    for name in work.cohorts:
        for after in (4, 5, 7):
            work.meet(name, after)
            work.seek_out(name, after)
        work.meet(name, 8)
        work.give_up(name)

    found = retention.of_programme(work.coordinator, work.programme, LAST)
    assert found.desertion.deserted == Share(88, 176)
    assert found.desertion.deserted.value == 0.5
    assert found.desertion.verified == Share(44, 88)
    assert {part.key: part.count for part in found.desertion.by_reason} == {
        "distance": 24, "migration": 24, "paid_job": 20, "unknown": 20,
    }  # fmt: skip
    assert found.standing == {EnrolmentState.ACTIVE: 88, EnrolmentState.DESERTED: 88}

    assert [(step.session, step.at_risk, step.left) for step in found.curve.steps if step.left] == [
        (2, 176, 24), (3, 152, 40), (5, 112, 24),
    ]  # fmt: skip
    assert [step.staying for step in found.curve.steps][-1] == pytest.approx(0.5)
    assert found.curve.steps[-1].lost_to["distance"] == pytest.approx(24 / 176)
    assert found.curve.half_left_after == 5
    assert [(one.key, one.people) for one in found.by_organisation] == [("POT", 88), ("RAYEN", 88)]

    assert seeking.what_worked(chosen) == (
        Worked(ContactWay.VISIT, True, Share(24, 48), 0),
        Worked(ContactWay.CALL, True, Share(10, 30), 0),
        Worked(ContactWay.CALL, False, Share(0, 20), 0),
        Worked(ContactWay.MESSAGE, False, Share(0, 0), 24),
        Worked(None, False, Share(6, 6), 0),
    )
