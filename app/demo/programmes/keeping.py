"""Lays what keeps people: harvests, promises, observations, contacts with what was agreed, breaks and ends, licences.

`person` counts from 1 in the order in which a cohort's people were enrolled.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.delivery.actions import cascade, cohorts, follow_up, licences, observing, risk
from app.delivery.kinds import ContactWay, EnrolmentState, LicenceKind, Outcome
from app.delivery.models import Enrolment
from app.delivery.rules import observing as rubric
from app.delivery.rules.risk_harvests import Window
from app.infra.db import db
from app.people.models import Person
from app.people.permissions import Actor

from .laying import Laid

Part = Mapping[str, Any]


def _enrolment(laid: Laid, part: Part) -> Enrolment:
    enrolled = laid.enrolments[part["cohort"]]
    return enrolled[int(part["person"]) - 1]


def lay_harvest(actor: Actor, laid: Laid, part: Part) -> None:
    """When a crop is harvested where the programme is."""
    window = Window(part["region"], part["crop"], part["from_month"], part["until_month"], part.get("source", ""))
    risk.add_harvest(actor, laid.programme, window)


def lay_promise(actor: Actor, laid: Laid, part: Part) -> None:
    """How many groups and people somebody promised to teach."""
    cascade.promise(actor, _enrolment(laid, part), cohorts=part["cohorts"], people=part["people"], by=part["by"])


def lay_observation(actor: Actor, laid: Laid, part: Part) -> None:
    """How somebody taught, with the same score for every criterion but those in `lower`."""
    trainer = laid.people[part["trainer"]][part.get("number", 1) - 1]
    scores = {one.key: part["score"] - (one.key in part.get("lower", ())) for one in rubric.current().criteria}
    observing.observe(
        actor, laid.cohorts[part["cohort"]], trainer, scores, on=part["on"], solo=True, note=part.get("note", "")
    )


def lay_contact(actor: Actor, laid: Laid, part: Part) -> None:
    """A try to reach somebody, what was agreed and what came of it."""
    enrolment = _enrolment(laid, part)
    contact = follow_up.log_contact(
        actor,
        enrolment,
        ContactWay(part["way"]),
        reached=part["reached"],
        on=part["on"],
        reason=part.get("reason", ""),
        note=part.get("note", ""),
    )
    if "agreed" in part:
        owner = laid.people[part["owner"]][0]
        made = follow_up.agree(actor, enrolment, owner, part["agreed"], on=part["on"], due=part["due"], contact=contact)
        if "outcome" in part:
            follow_up.tell_result(actor, made, Outcome(part["outcome"]), on=part["told"])
    if "left" in part:
        follow_up.desert(actor, enrolment, part["left"], part.get("reason", "unknown"), contact=contact)


def lay_change(actor: Actor, laid: Laid, part: Part) -> None:
    """A break with the day of return, or an end with its reason; of one person or of several alike."""
    numbers = part["person"] if isinstance(part["person"], list) else [part["person"]]
    state = EnrolmentState(part["state"])
    for number in numbers:
        enrolment = laid.enrolments[part["cohort"]][number - 1]
        if state is EnrolmentState.DESERTED:
            follow_up.desert(actor, enrolment, part["on"], part["reason"])
            continue
        cohorts.change_enrolment(
            actor,
            enrolment,
            state,
            part["on"],
            reason=part.get("reason", ""),
            returns_on=part.get("returns_on"),
        )


def lay_licence(actor: Actor, laid: Laid, part: Part) -> None:
    """A trainer's licence; with the reason where something was still missing."""
    person = db.session.get_one(Person, _enrolment(laid, part).person_id)
    licences.grant(
        actor,
        laid.programme,
        person,
        LicenceKind(part.get("kind", "trainer")),
        on=part["on"],
        despite=part.get("despite", ""),
    )
