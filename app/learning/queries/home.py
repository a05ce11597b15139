"""A learner's home: where I am, what is next, my attendance, results and certificates, how to reach my trainer.

ONE set of queries, whatever the number of cohorts, sessions and units: eight, and at most twelve in a process that has
just begun.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import bindparam, select

from app.core.content import Language
from app.delivery.kinds import CohortState, SessionState, TeachingRole
from app.delivery.models import Cohort, CohortTrainer, Enrolment, Programme
from app.delivery.queries import scopes
from app.delivery.rules.cohorts import OPEN
from app.infra.db import db
from app.learning.kinds import AssessmentKind, Moment, Standing
from app.learning.models import Certificate
from app.learning.rules import asking, progress
from app.people.kinds import ContactKind
from app.people.models import ContactPoint, Person, PersonContact
from app.people.permissions import Actor, Permission, Scope, allows, check
from app.people.queries import persons
from app.people.queries.persons import NoSuchPerson

from . import facts, units
from .completing import IN_COHORT
from .facts import Facts, Meeting, Place, Result
from .home_parts import Asked, Certified, Group, Home, Leaf, MyCohort, Next, Score, Trainer

# Statements are built once: building one anew for each visit costs more than asking the database.
_PERSON = (
    select(
        Person.known_as, Person.given_names, Enrolment.id, Enrolment.enrolled_on, Enrolment.state, Cohort.id,
        Cohort.slug, Cohort.name, Cohort.state, Cohort.language, Cohort.completion, Programme.name,
    )
    .outerjoin(Enrolment, Enrolment.person_id == Person.id)
    .outerjoin(Cohort, Cohort.id == Enrolment.cohort_id)
    .outerjoin(Programme, Programme.id == Cohort.programme_id)
    .where(Person.id == bindparam("person"))
    .order_by(Enrolment.enrolled_on, Enrolment.id)
)  # fmt: skip
_TRAINERS = (
    select(
        CohortTrainer.cohort_id, CohortTrainer.id, CohortTrainer.role, Person.given_names, Person.family_names,
        ContactPoint.kind, ContactPoint.value,
    )
    .join(Person, Person.id == CohortTrainer.person_id)
    .outerjoin(PersonContact, (PersonContact.person_id == Person.id) & PersonContact.own.is_(True))
    .outerjoin(ContactPoint, ContactPoint.id == PersonContact.contact_point_id)
    .where(CohortTrainer.cohort_id.in_(bindparam("cohorts", expanding=True)), CohortTrainer.until.is_(None))
    .order_by(CohortTrainer.id, PersonContact.preferred.desc(), PersonContact.id)
)  # fmt: skip
_CERTIFICATES = (
    select(Certificate.serial, Certificate.kind, Certificate.content, Certificate.issued_on, Certificate.revoked_at)
    .where(Certificate.person_id == bindparam("person"))
    .order_by(Certificate.issued_on.desc(), Certificate.id.desc())
)


def is_enrolled(person_id: int) -> bool:
    """Whether somebody is or was enrolled in a cohort."""
    return db.session.scalar(select(Enrolment.id).where(Enrolment.person_id == person_id).limit(1)) is not None


def learner(actor: Actor, person_id: int, today: date, language: Language | None = None) -> Home:
    """The home of a learner, for themselves and for whoever may see their progress; else `NoSuchPerson`.

    Units are titled in `language`, or in each cohort's own.
    """
    own = Scope(persons=frozenset({person_id}))
    if not allows(actor, Permission.LEARN, own):
        where = persons.scopes_of([person_id]).get(person_id)
        if where is None:
            raise NoSuchPerson
        check(actor, Permission.LEARN, where)
    return _home(person_id, today, language)


def in_cohort(actor: Actor, enrolment: Enrolment, today: date, language: Language) -> MyCohort | None:
    """What one enrolment's learner sees of it, for who teaches that cohort; None for anybody else."""
    cohort = db.session.get_one(Cohort, enrolment.cohort_id)
    if not allows(actor, Permission.TEACH, scopes.of_cohort(cohort)):
        return None
    found = _home(enrolment.person_id, today, language)
    return next((one for one in found.cohorts if one.enrolment_id == enrolment.id), None)


def _home(person_id: int, today: date, language: Language | None) -> Home:
    name, places, cohorts = _person(person_id)
    known = facts.of_people([person_id], places)
    rules = {id_: progress.rule(cohort.completion) for id_, cohort in cohorts.items()}
    finished_in = {
        sign.release_id for sign in known.signs(person_id, progress.DEFAULT) if sign.release_id is not None
    }  # fmt: skip
    releases = units.releases_of(cohorts.keys(), finished_in)
    trainers = _trainers(cohorts.keys())
    found = []
    for place in sorted(places, key=_order):
        cohort = cohorts[place.cohort_id]
        standings = progress.standings(known.signs(person_id, rules[cohort.id]), rules[cohort.id])
        tongue = language or cohort.language
        path = units.path(releases.taught.get(cohort.id, []), tongue, standings, releases)
        found.append(
            MyCohort(
                enrolment_id=place.id,
                slug=cohort.slug,
                name=cohort.name,
                programme=cohort.programme,
                state=place.state,
                language=tongue,
                path=tuple(path),
                due=next((one for one in path if one.standing.standing is not Standing.DONE), None),
                coming=_coming(cohort, place, known, today),
                leaves=tuple(_leaves(place, known)),
                attendance=progress.attendance(known.presences(place)),
                scores=tuple(_scores(known.results.get(place.id, ()))),
                asked=tuple(_asked(cohort, place, known)),
                trainers=tuple(trainers.get(cohort.id, ())),
            )
        )
    return Home(person_id, name, tuple(found), _certificates(person_id))


def _order(place: Place) -> tuple[bool, int, int]:
    return (place.state not in OPEN, -place.enrolled_on.toordinal(), -place.id)


def _person(person_id: int) -> tuple[str, list[Place], dict[int, Group]]:
    """What somebody is called, their enrolments and the cohorts of these, each with its programme's name; one query."""
    rows = facts.rows(_PERSON, person=person_id)
    if not rows:
        raise NoSuchPerson
    listed = [row for row in rows if row[2] is not None]
    places = [Place(row[2], row[5], person_id, row[3], row[4]) for row in listed]
    return rows[0][0] or rows[0][1], places, {row[5]: Group(*tuple(row)[5:]) for row in listed}


def _coming(cohort: Group, place: Place, known: Facts, today: date) -> Next | None:
    if place.state not in OPEN or cohort.state in (CohortState.FINISHED, CohortState.CANCELLED):
        return None
    ahead = (
        one
        for one in known.meetings.get(cohort.id, ())
        if one.state is SessionState.PLANNED and one.on >= today
    )  # fmt: skip
    return next((_next(meeting) for meeting in ahead), None)


def _next(meeting: Meeting) -> Next:
    planned = tuple(uid for uid, _, _ in meeting.units)
    return Next(meeting.number, meeting.title, meeting.on, meeting.starts_at, meeting.place, planned)


def _leaves(place: Place, known: Facts) -> list[Leaf]:
    return [Leaf(one.number, one.title, one.on, presence.mark) for one, presence in known.seen(place)]


def _scores(results: Sequence[Result]) -> list[Score]:
    """One line per assessment and moment, from the results of its units; surveys say nothing about who answers."""
    by_moment: dict[tuple[int, Moment], list[Result]] = {}
    for result in results:
        if result.kind is not AssessmentKind.SURVEY:
            by_moment.setdefault((result.assessment_id, result.moment), []).append(result)
    found = []
    for (_, moment), some in by_moment.items():
        out_of, waiting = sum(one.out_of for one in some), any(one.waiting for one in some)
        points = None if waiting or not out_of else sum(one.points for one in some)
        first = some[0]
        on = max(one.on for one in some)
        found.append(Score(first.assessment_id, first.title, first.kind, moment, points, out_of, on))
    return found


def _asked(cohort: Group, place: Place, known: Facts) -> list[Asked]:
    """What somebody can answer by themselves now."""
    if place.state not in IN_COHORT:
        return []
    meetings = known.meetings.get(cohort.id, ())
    held = sum(one.state is SessionState.HELD for one in meetings)
    answered: dict[tuple[int, Moment], int] = {}
    for result in known.results.get(place.id, ()):
        key = (result.assessment_id, result.moment)
        answered[key] = answered.get(key, 0) + result.answered
    found = []
    for test in known.asked.get(cohort.id, ()):
        moment = asking.moment_for(test.kind, held, len(meetings) - held)
        if moment is not None and not test.closed:
            count = answered.get((test.id, moment), 0)
            found.append(Asked(test.id, test.title, test.kind, moment, test.items, count))
    return found


def _trainers(cohort_ids: Collection[int]) -> dict[int, list[Trainer]]:
    """Who teaches these cohorts now, with their own contacts, the preferred first; one query."""
    rows = facts.rows(_TRAINERS, cohorts=list(cohort_ids))
    found: dict[tuple[int, int], tuple[str, TeachingRole, list[tuple[ContactKind, str]]]] = {}
    for cohort_id, id_, role, given, family, kind, value in rows:
        _, _, contacts = found.setdefault((cohort_id, id_), (f"{given} {family}".strip(), role, []))
        if kind is not None and kind is not ContactKind.ADDRESS:
            contacts.append((kind, value))
    by_cohort: dict[int, list[Trainer]] = {}
    for (cohort_id, _), (name, role, contacts) in found.items():
        by_cohort.setdefault(cohort_id, []).append(Trainer(name, role, tuple(contacts)))
    order = list(TeachingRole)
    return {id_: sorted(some, key=lambda one: order.index(one.role)) for id_, some in by_cohort.items()}


def _certificates(person_id: int) -> tuple[Certified, ...]:
    rows = facts.rows(_CERTIFICATES, person=person_id)
    return tuple(
        Certified(serial, kind, str(content.get("title", "")), issued_on, revoked_at is not None)
        for serial, kind, content, issued_on, revoked_at in rows
    )
