"""Lays cohorts with their sessions, and long series of small events, as files of programmes tell them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from app.curriculum.queries import editions
from app.delivery.actions import attendance, cohorts, sessions
from app.delivery.actions.attendance import Marked
from app.delivery.actions.cohorts import CohortDetails
from app.delivery.actions.sessions import Report, SessionDetails, Taught
from app.delivery.kinds import CohortLevel, CohortState, Extent, Mark, TeachingRole
from app.delivery.models import CohortSession, Enrolment
from app.delivery.queries import sessions as queries
from app.infra import clock
from app.people.models import Person
from app.people.permissions import Actor

from .laying import Laid, lay_activity

Part = Mapping[str, Any]

# How files write down who came: a letter per session and person.
LETTERS = {"p": Mark.PRESENT, "l": Mark.LATE, "h": Mark.PARTIAL, "e": Mark.EXCUSED, "a": Mark.ABSENT}
USUAL = ("p", "ppl", "pppppa", "pppph", "ppppppe")  # how people come where a file does not say


def lay_cohort(actor: Actor, laid: Laid, part: Part) -> None:
    """A cohort with its people and sessions; `trainers` are groups that learned in the cohort it stems from.

    `weekly` plans sessions a week apart; those with a day up to today were held, and `roll` says who came: a word of
    letters for each person, taken up again from the first where there are more people than words.
    """
    details = CohortDetails(
        part["name"],
        CohortLevel(part["level"]),
        part["starts_on"],
        part.get("ends_on"),
        place=part.get("place", ""),
        planned_learners=part.get("planned"),
    )
    parent = laid.cohorts.get(part.get("parent", ""))
    host = laid.organisations[part["host"]] if "host" in part else None
    made = cohorts.open_cohort(actor, laid.programme, part["slug"], details, host=host, parent=parent)
    if part.get("state") != "planned":
        cohorts.set_state(actor, made, CohortState.ACTIVE)
    laid.cohorts[part["key"]] = made
    qualified = {one.person_id: one for one in laid.enrolments.get(part.get("parent", ""), [])}
    teachers = [person for key in part.get("trainers", []) for person in laid.people[key]]
    for person in teachers:
        cohorts.add_trainer(
            actor,
            made,
            person,
            TeachingRole.LEAD,
            since=part["starts_on"],
            qualified_by=qualified.get(person.id),
            despite=part.get("despite", "Red nueva: facilita con acompañamiento (demo)"),
        )
    laid.enrolments[part["key"]] = [
        cohorts.enrol(actor, made, person, part["starts_on"], organisation=laid.sent_by.get(person.id))
        for key in part.get("people", [])
        for person in laid.people[key]
    ]
    if "teaches" in part:
        slug, _, region = part["teaches"].partition("/")
        edition = editions.find(slug, region)
        if edition is not None and editions.latest_releases([edition.id]):
            cohorts.teach_from(actor, made, editions.release(edition, None), part["starts_on"])
    planned = _plan(part)
    if planned:
        laid.sessions[part["key"]] = sessions.plan_sessions(actor, made, planned)
    held = [one for one in laid.sessions.get(part["key"], []) if one.planned_on < clock.now().date()]
    for session in held[: part.get("held")]:
        _hold(actor, session, teachers)
    _call_roll(actor, held[: part.get("held")], laid.enrolments[part["key"]], part.get("roll", USUAL))


def _plan(part: Part) -> list[SessionDetails]:
    """The sessions a file names one by one, and those it plans by the week."""
    place = part.get("place", "")
    named = [
        SessionDetails(
            one["title"],
            one["on"],
            one.get("minutes", 240),
            one.get("starts_at"),
            place,
            units=tuple(one.get("units", ())),
        )
        for one in part.get("sessions", [])
    ]
    weekly = part.get("weekly", {})
    return named + [
        SessionDetails(
            one["title"],
            weekly["first"] + timedelta(days=n * weekly.get("days", 7)),
            weekly.get("minutes", 120),
            weekly.get("starts_at"),
            place,
            units=tuple(one.get("units", ())),
        )
        for n, one in enumerate(weekly.get("sessions", []))
    ]


def _hold(actor: Actor, session: CohortSession, teachers: Sequence[Person]) -> None:
    taught = tuple(Taught(unit, Extent.FULLY) for unit in queries.units_planned(session))
    report = Report(
        session.planned_on, session.planned_minutes, trainers=tuple(one.id for one in teachers), taught=taught
    )
    sessions.report_session(actor, session, report)


def _call_roll(actor: Actor, held: Sequence[CohortSession], enrolled: Sequence[Enrolment], roll: Sequence[str]) -> None:
    for number, session in enumerate(held):
        marks = []
        for place, one in enumerate(enrolled):
            word = roll[place % len(roll)]
            mark = LETTERS[word[(number + place) % len(word)] if roll is USUAL else word[number % len(word)]]
            minutes = session.planned_minutes // 2 if mark is Mark.PARTIAL else None
            marks.append(Marked(one.id, mark, minutes))
        if marks:
            attendance.roll_call(actor, session, marks)


def lay_series(actor: Actor, laid: Laid, part: Part) -> None:
    """Many small events alike: each with `each` organisations, `step` further in the list than the one before."""
    keys = [key for key in laid.organisations if key.startswith(part["of"])]
    for number in range(part["count"]):
        first = number * part["step"]
        there = [keys[(first + n) % len(keys)] for n in range(part["each"])]
        lay_activity(
            actor,
            laid,
            {
                **{name: part[name] for name in ("kind", "region") if name in part},
                "key": f"{part['of']}{number + 1}",
                "name": part["name"].format(n=number + 1),
                "on": part["first"] + timedelta(days=number * part["days"]),
                "participants": there,
                "heads": [{"people": part["heads"], "organisation": key} for key in there] if "heads" in part else [],
            },
        )
