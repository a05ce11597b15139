"""What those who teach see of a cohort's assessments: who answered, who gained, also by group."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy import distinct, func, select

from app.core.content import Kind, Language, Uid
from app.core.gains import FEWEST
from app.curriculum.models import Release
from app.curriculum.queries import contents
from app.delivery.models import Cohort, CohortRelease, Enrolment
from app.infra.db import db
from app.learning.kinds import Moment
from app.learning.models import Assessment, AssessmentItem, AssessmentResult
from app.learning.rules import items
from app.learning.rules.assessments import NoSuchAssessment
from app.learning.rules.items import PairedGain
from app.people.kinds import Reading, Sex
from app.people.models import Organisation, Person
from app.people.queries.persons import by_name

from .completing import IN_COHORT


@dataclass(frozen=True, slots=True)
class Summary:
    """An assessment of a cohort: how many items, and how many people answered at each moment."""

    assessment: Assessment
    items: int
    takers: Mapping[Moment, int]


@dataclass(frozen=True, slots=True)
class Taker:
    """Somebody who can be asked."""

    enrolment: Enrolment
    name: str
    sex: Sex
    organisation: str
    reading: Reading


@dataclass(frozen=True, slots=True)
class Questions:
    """A unit whose questions can be asked, how many it has."""

    uid: Uid
    title: str
    module: str
    count: int


def of_cohort(cohort: Cohort) -> list[Summary]:
    """The assessments of a cohort, newest first; two queries."""
    count = select(func.count()).where(AssessmentItem.assessment_id == Assessment.id).scalar_subquery()
    rows = db.session.execute(
        select(Assessment, count).where(Assessment.cohort_id == cohort.id).order_by(Assessment.id.desc())
    ).all()
    taken: dict[int, dict[Moment, int]] = {}
    for id_, moment, number in db.session.execute(
        select(
            AssessmentResult.assessment_id, AssessmentResult.moment, func.count(distinct(AssessmentResult.enrolment_id))
        )
        .where(AssessmentResult.assessment_id.in_([row[0].id for row in rows]))
        .group_by(AssessmentResult.assessment_id, AssessmentResult.moment)
    ):
        taken.setdefault(id_, {})[moment] = number
    return [Summary(found, items, _in_order(taken.get(found.id, {}))) for found, items in rows]


def _in_order(counted: Mapping[Moment, int]) -> dict[Moment, int]:
    return {moment: counted[moment] for moment in Moment if moment in counted}


def one(cohort: Cohort, assessment_id: int) -> Assessment:
    """The assessment of this cohort with this number; raises `NoSuchAssessment`."""
    found = db.session.get(Assessment, assessment_id)
    if found is None or found.cohort_id != cohort.id:
        raise NoSuchAssessment
    return found


def takers(cohort: Cohort) -> list[Taker]:
    """Everybody who is in a cohort or completed it, by name; one query."""
    rows = db.session.execute(
        select(Enrolment, Person.given_names, Person.family_names, Person.sex, Organisation.name, Person.reading)
        .join(Person, Person.id == Enrolment.person_id)
        .outerjoin(Organisation, Organisation.id == Enrolment.organisation_id)
        .where(Enrolment.cohort_id == cohort.id, Enrolment.state.in_(IN_COHORT))
        .order_by(*by_name(), Enrolment.id)
    )
    return [Taker(row[0], f"{row[1]} {row[2]}".strip(), row[3], row[4] or "", row[5]) for row in rows]


def questions(cohort: Cohort, language: Language) -> list[Questions]:
    """The units that a cohort is taught and that ask something, in order."""
    releases = db.session.scalars(
        select(Release)
        .join(CohortRelease, CohortRelease.release_id == Release.id)
        .where(CohortRelease.cohort_id == cohort.id, CohortRelease.until.is_(None))
        .order_by(CohortRelease.id)
    ).all()
    found = []
    for release in releases:
        content = contents.state(release.revision).content
        titles = contents.bodies(contents.title_digests(content))
        order = [language, *release.edition.languages]
        for module, unit in content.units():
            if count := sum(block.kind is Kind.QUESTION for block in unit.blocks):
                name = next((module.titles[code] for code in order if code in module.titles), "")
                found.append(Questions(unit.uid, contents.unit_title(unit, titles, order), name, count))
    return found


def gain_by(
    people: Sequence[Taker], group: Callable[[Taker], str], before: Mapping[int, Fraction],
    after: Mapping[int, Fraction],
) -> list[tuple[str, PairedGain]]:  # fmt: skip
    """The gain of each group that has at least five people who did both, by its name; smaller ones are left out."""
    names = {taker.enrolment.id: group(taker) for taker in people}
    found = []
    for name in sorted(set(names.values()) - {""}):
        here = [{id_: share for id_, share in side.items() if names.get(id_) == name} for side in (before, after)]
        gained = items.paired(here[0], here[1])
        if gained.gain.paired >= FEWEST:
            found.append((name, gained))
    return found
