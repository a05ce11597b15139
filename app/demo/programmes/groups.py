"""Lays cohorts with their sessions, and long series of small events, as files of programmes tell them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from app.delivery.actions import cohorts, sessions
from app.delivery.actions.cohorts import CohortDetails
from app.delivery.actions.sessions import Report, SessionDetails
from app.delivery.kinds import CohortLevel, CohortState, TeachingRole
from app.people.permissions import Actor

from .laying import Laid, lay_activity

Part = Mapping[str, Any]


def lay_cohort(actor: Actor, laid: Laid, part: Part) -> None:
    """A cohort with its people and sessions; `trainers` are groups that learned in the cohort it stems from."""
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
            despite="Se le observa mientras enseña, antes de darle la licencia",
        )
    laid.enrolments[part["key"]] = [
        cohorts.enrol(actor, made, person, part["starts_on"], organisation=laid.sent_by.get(person.id))
        for key in part.get("people", [])
        for person in laid.people[key]
    ]
    planned = [
        SessionDetails(session["title"], session["on"], session.get("minutes", 240), place=part.get("place", ""))
        for session in part.get("sessions", [])
    ]
    if planned:
        laid.sessions[part["key"]] = sessions.plan_sessions(actor, made, planned)
    for session in laid.sessions.get(part["key"], []):
        report = Report(session.planned_on, session.planned_minutes, trainers=tuple(one.id for one in teachers))
        sessions.report_session(actor, session, report)


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
