"""Lays what shows learning: tests with their answers, who has completed and is certified, who read what.

Answers are reckoned, not drawn by lot: the same people answer the same questions right in every demonstration.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from app.curriculum.models import Release
from app.delivery.actions import cohorts
from app.delivery.kinds import CohortState
from app.delivery.models import Enrolment
from app.delivery.queries import cohorts as cohort_queries
from app.delivery.rules.cohorts import OPEN
from app.infra.db import db
from app.learning.actions import assessments, certificates, progress
from app.learning.actions.assessments import Response
from app.learning.kinds import AnswerMode, AssessmentKind, CertificateKind, ItemKind, Moment
from app.learning.models import Assessment, AssessmentItem
from app.learning.queries.papers import Paper
from app.learning.rules.questions import Question
from app.people.models import Person
from app.people.permissions import Actor

from .laying import Laid

Part = Mapping[str, Any]
MOMENTS = {"before": Moment.PRE, "after": Moment.POST, "once": Moment.ONCE}


def lay_assessment(actor: Actor, laid: Laid, part: Part) -> None:
    """A test of the questions of some units; `before`, `after` or `once` say when, and how many of ten are right."""
    cohort = laid.cohorts[part["cohort"]]
    made = assessments.create_assessment(
        actor, cohort, AssessmentKind(part["kind"]), part["title"], units=part["units"]
    )
    paper = Paper(made)
    for name, moment in MOMENTS.items():
        if name in part:
            people = laid.enrolments[part["cohort"]][part.get("without", 0) :]
            given = [
                one
                for place, enrolment in enumerate(people)
                for one in _answers(made, paper, enrolment, moment, part[name], place)
            ]
            assessments.keep_answers(actor, made, given)


def lay_completion(actor: Actor, laid: Laid, part: Part) -> None:
    """Who has completed a cohort, by its rule or for a reason: the first `people`, or all who are still in it.

    They get their certificates the same day. The cohort is over then, unless `goes_on`.
    """
    cohort = laid.cohorts[part["cohort"]]
    people = [one for one in laid.enrolments[part["cohort"]] if one.state in OPEN][: part.get("people")]
    decided = {one.id: True for one in people}
    progress.decide_completion(actor, cohort, decided, part["on"], note=part.get("note", ""))
    for one in people:
        certificates.issue(actor, one, CertificateKind.COMPLETION, part["on"])
    if not part.get("goes_on"):
        cohorts.set_state(actor, cohort, CohortState.FINISHED)


def lay_reading(actor: Actor, laid: Laid, part: Part) -> None:
    """What the first people of a cohort have read of the release it is taught from."""
    used = cohort_queries.releases_used(laid.cohorts[part["cohort"]])
    if not used:
        return
    release = db.session.get_one(Release, used[0].release_id)
    for enrolment in laid.enrolments[part["cohort"]][: part["people"]]:
        person = db.session.get_one(Person, enrolment.person_id)
        for unit in part["units"]:
            progress.keep_reading(actor, person, release, unit, part.get("language", "es"))


def _answers(
    assessment: Assessment, paper: Paper, enrolment: Enrolment, moment: Moment, told: Part, place: int
) -> list[Response]:
    at = datetime.combine(_day(told), time(15), UTC)
    found = []
    for number, item in enumerate(paper.items):
        right = (place * 3 + number * 7) % 10 < told["right"]
        value = _value(item, paper.question(item, "es"), right)
        if value is not None:
            found.append(
                Response(
                    uid=str(uuid.uuid4()),
                    item=item.uid,
                    enrolment=enrolment.uid,
                    moment=moment,
                    value=value,
                    occurred_at=at,
                    recorded_at=at,
                    mode=AnswerMode.PAPER,
                )
            )
    return found


def _day(told: Part) -> date:
    day = told["on"]
    if not isinstance(day, date):
        raise TypeError(f"{day!r} is no day")
    return day


def _value(item: AssessmentItem, asked: Question, right: bool) -> dict[str, Any] | None:
    """An answer by the key, or one beside it; None to what is answered in one's own words."""
    key = list(asked.key)
    if item.kind in (ItemKind.SINGLE, ItemKind.MULTIPLE):
        wrong = [place for place in range(len(asked.choices)) if place not in key]
        return {"ticked": key if right else wrong[:1]}
    if item.kind is ItemKind.ORDER:
        return {"order": key if right else key[::-1]}
    if item.kind is ItemKind.MATCH:
        return {"pairs": key if right else [*key[1:], key[0]]}
    if item.kind is ItemKind.NUMBER and asked.right is not None:
        amount = asked.right if right else asked.right + 10
        return {"text": f"{float(amount):g} {asked.unit_as_written}".strip()}
    return None
