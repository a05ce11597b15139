"""Opening cohorts, saying who teaches them, enrolling people, and how an enrolment goes on. Nothing is deleted."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from app.curriculum.models import Release
from app.curriculum.queries import editions
from app.delivery.kinds import CohortLevel, CohortState, EnrolmentState, TeachingRole
from app.delivery.models import Cohort, CohortRelease, CohortTrainer, Enrolment, EnrolmentChange, Programme
from app.delivery.queries import cohorts as queries
from app.delivery.queries import licences, scopes
from app.delivery.rules import cohorts as rules
from app.delivery.rules import programmes, retention
from app.infra import clock
from app.infra.audit import record
from app.infra.db import db
from app.infra.transactions import transactional
from app.people.models import Organisation, Person
from app.people.permissions import Actor, Permission, check
from app.people.queries import persons
from app.people.rules.persons import line

from . import leaving


@dataclass(frozen=True, slots=True)
class CohortDetails:
    """What is said of a cohort; a form's draft, checked when it is saved."""

    name: str
    level: CohortLevel
    starts_on: date
    ends_on: date | None = None
    place: str = ""
    language: str = "es"
    capacity: int | None = None
    planned_learners: int | None = None


@transactional
def open_cohort(
    actor: Actor, programme: Programme, slug: str, details: CohortDetails,
    *, host: Organisation | None = None, parent: Cohort | None = None, region: str | None = None,
) -> Cohort:  # fmt: skip
    """Plan a cohort of a programme; `parent` is the cohort whose trainees will teach it."""
    check(actor, Permission.RUN_COHORT, scopes.of_programme(programme))
    programmes.check_slug(slug)
    if queries.known(slug):
        raise programmes.SlugTaken(slug=slug)
    if parent is not None and parent.programme_id != programme.id:
        raise rules.OwnParent
    made = Cohort(
        uid=str(uuid.uuid4()),
        slug=slug,
        programme_id=programme.id,
        host_id=host.id if host else None,
        parent_id=parent.id if parent else None,
        state=CohortState.PLANNED,
        region=region or programme.region,
        created_at=clock.now(),
        created_by_id=actor.account_id,
    )
    _describe(made, details)
    db.session.add(made)
    record(actor.account_id, "cohort.opened", made)
    return made


@transactional
def change_cohort(actor: Actor, cohort: Cohort, details: CohortDetails) -> None:
    """Change what is said of a cohort."""
    check(actor, Permission.RUN_COHORT, scopes.of_cohort(cohort))
    _describe(cohort, details)
    record(actor.account_id, "cohort.changed", cohort)


@transactional
def place_cohort(actor: Actor, cohort: Cohort, *, host: Organisation | None, parent: Cohort | None) -> None:
    """Say who hosts a cohort and which cohort's trainees teach it; no cohort stands above itself."""
    check(actor, Permission.RUN_COHORT, scopes.of_cohort(cohort))
    if parent is not None and (parent.programme_id != cohort.programme_id or cohort.id in queries.line_above(parent)):
        raise rules.OwnParent
    cohort.host_id, cohort.parent_id = host.id if host else None, parent.id if parent else None
    record(actor.account_id, "cohort.placed", cohort, host=cohort.host_id, parent=cohort.parent_id)


@transactional
def set_state(actor: Actor, cohort: Cohort, state: CohortState) -> None:
    """Start, pause, finish or cancel a cohort; a state it has already stays."""
    check(actor, Permission.RUN_COHORT, scopes.of_cohort(cohort))
    if cohort.state is state:
        return
    if state not in rules.COHORT_FOLLOWS[cohort.state]:
        raise rules.NoSuchState
    cohort.state = state
    record(actor.account_id, "cohort.state", cohort, state=state)


@transactional
def teach_from(actor: Actor, cohort: Cohort, release: Release, since: date) -> CohortRelease:
    """Say which release a cohort is taught from; an older one of the same edition ends that day."""
    check(actor, Permission.RUN_COHORT, scopes.of_cohort(cohort))
    if not editions.may_read_release(actor, release.edition):
        raise editions.NoSuchRelease(version=str(release.id))
    for used in queries.releases_used(cohort):
        if used.release_id == release.id:
            used.until = None
            return used
        if used.until is None and queries.same_edition(used.release_id, release):
            used.until = since
    made = CohortRelease(cohort_id=cohort.id, release_id=release.id, since=since)
    db.session.add(made)
    record(actor.account_id, "cohort.release", cohort, release=release.id)
    return made


@transactional
def add_trainer(
    actor: Actor, cohort: Cohort, person: Person, role: TeachingRole,
    *, since: date, qualified_by: Enrolment | None = None, despite: str = "",
) -> CohortTrainer:  # fmt: skip
    """Say that a person teaches a cohort, qualified by their own enrolment in the cohort above it if there is one.

    Who leads it needs a licence of the programme on that day, or a sentence that says why `despite` there is none.
    """
    check(actor, Permission.RUN_COHORT, scopes.of_cohort(cohort))
    check(actor, Permission.SEE_PEOPLE, persons.scopes_of([person.id])[person.id])
    if qualified_by is not None and not (
        qualified_by.person_id == person.id and qualified_by.cohort_id == cohort.parent_id
    ):
        raise rules.NotQualified
    if queries.enrolled(cohort, person) is not None:
        raise rules.LearnsHere(name=person.name)
    programme = db.session.get_one(Programme, cohort.programme_id)
    licensed = licences.may_teach(person, programme, cohort.level, since)
    rules.check_licence(person.name, role, despite, licensed=licensed)
    held = queries.trainer(cohort, person)
    if held is None:
        held = CohortTrainer(cohort_id=cohort.id, person_id=person.id, since=since)
        db.session.add(held)
    held.role, held.until = role, None
    held.qualified_by_id = qualified_by.id if qualified_by else held.qualified_by_id
    told = {} if licensed or not despite.strip() else {"despite": line(despite)}
    record(actor.account_id, "cohort.trainer", cohort, person=person.id, role=role, **told)
    return held


@transactional
def end_teaching(actor: Actor, cohort: Cohort, person: Person, until: date) -> None:
    """Say that a person teaches a cohort no more from the day after; what they taught stays."""
    check(actor, Permission.RUN_COHORT, scopes.of_cohort(cohort))
    held = queries.trainer(cohort, person)
    if held is None or held.until is not None:
        raise rules.TeachesNotHere(name=person.name)
    if until > clock.now().date():
        raise rules.NotInTheFuture
    if until < held.since:
        raise rules.EndsBeforeStart
    held.until = until
    record(actor.account_id, "cohort.trainer_ended", cohort, person=person.id)


@transactional
def enrol(
    actor: Actor, cohort: Cohort, person: Person, on: date,
    *, organisation: Organisation | None = None, source: str = "form", previous: Enrolment | None = None,
) -> Enrolment:  # fmt: skip
    """Put a person on a cohort's list; somebody who left before is enrolled anew, naming the old enrolment."""
    check(actor, Permission.RUN_COHORT, scopes.of_cohort(cohort))
    return put_on_list(actor, cohort, person, on, organisation=organisation, source=source, previous=previous)


def put_on_list(
    actor: Actor, cohort: Cohort, person: Person, on: date,
    *, organisation: Organisation | None = None, source: str = "form", previous: Enrolment | None = None,
) -> Enrolment:  # fmt: skip
    """Enrol a person within an action that has checked why it may."""
    queries.hold(cohort)
    if cohort.state in (CohortState.FINISHED, CohortState.CANCELLED):
        raise rules.CohortShut
    if queries.enrolled(cohort, person) is not None:
        raise rules.AlreadyEnrolled(name=person.name)
    if queries.trainer(cohort, person) is not None:
        raise rules.TeachesHere(name=person.name)
    rules.check_room(cohort.capacity, queries.count_open(cohort))
    earlier = previous or queries.last_enrolment(cohort, person)
    made = Enrolment(
        uid=str(uuid.uuid4()),
        cohort_id=cohort.id,
        person_id=person.id,
        organisation_id=organisation.id if organisation else None,
        enrolled_on=on,
        state=EnrolmentState.ACTIVE,
        state_since=on,
        previous_id=earlier.id if earlier else None,
        source=source,
        created_at=clock.now(),
        created_by_id=actor.account_id,
    )
    db.session.add(made)
    db.session.flush()
    _append(actor, made, EnrolmentState.ACTIVE, on)
    record(actor.account_id, "cohort.enrolled", cohort, person=person.id)
    return made


@transactional
def change_enrolment(
    actor: Actor, enrolment: Enrolment, state: EnrolmentState, on: date,
    *, reason: str = "", note: str = "", returns_on: date | None = None,
) -> EnrolmentChange:  # fmt: skip
    """Pause somebody, take them back, or end their enrolment, with a coded reason where one is due.

    What is told late takes its place by its day: a break in March, written down after the end in April, changes nothing
    of the end. How the enrolment stands follows from the days, not from the order of writing. That somebody left
    without a word is kept by `follow_up.desert`, which asks for the contact that shows it.
    """
    if state is EnrolmentState.DESERTED:
        raise rules.DesertedElsewhere
    return put_state(actor, enrolment, state, on, reason=reason, note=note, returns_on=returns_on)


def put_state(
    actor: Actor, enrolment: Enrolment, state: EnrolmentState, on: date,
    *, reason: str = "", note: str = "", returns_on: date | None = None,
) -> EnrolmentChange:  # fmt: skip
    """Let an enrolment go on within an action; only for those who run the cohort."""
    cohort = db.session.get_one(Cohort, enrolment.cohort_id)
    check(actor, Permission.RUN_COHORT, scopes.of_cohort(cohort))
    queries.hold(cohort)
    rules.check_day(
        db.session.get_one(Person, enrolment.person_id).name, on, enrolment.enrolled_on, clock.now().date()
    )  # fmt: skip
    before = retention.state_on(enrolment.enrolled_on, queries.changes(enrolment), on)
    rules.check_change(before or EnrolmentState.ACTIVE, state, reason, returns_on)
    if enrolment.reason == rules.DOUBLED:
        raise rules.NotAfterThat
    made = _append(actor, enrolment, state, on, reason=reason, note=note, returns_on=returns_on)
    db.session.flush()
    if retention.state_on(enrolment.enrolled_on, queries.changes(enrolment), on) is not state:
        raise rules.HoldsOnThatDay
    _show(enrolment)
    if enrolment.state not in rules.OPEN:
        leaving.settle(actor, enrolment)
    record(actor.account_id, "enrolment.changed", enrolment, state=state, reason=reason)
    return made


def _show(enrolment: Enrolment) -> None:
    """Let an enrolment show what follows from its changes by their days."""
    told = queries.history(enrolment)
    newest = retention.in_order([retention.Change(one.on_date, one.state, one.reason) for one in told])[-1]
    said = next(one for one in reversed(told) if (one.on_date, one.state) == (newest.on, newest.state))
    enrolment.state, enrolment.state_since, enrolment.reason = newest.state, newest.on, newest.reason
    enrolment.returns_on = said.returns_on


def _append(
    actor: Actor, enrolment: Enrolment, state: EnrolmentState, on: date,
    *, reason: str = "", note: str = "", returns_on: date | None = None,
) -> EnrolmentChange:  # fmt: skip
    made = EnrolmentChange(
        enrolment_id=enrolment.id,
        state=state,
        on_date=on,
        reason=reason,
        note=line(note),
        returns_on=returns_on,
        at=clock.now(),
        account_id=actor.account_id,
    )
    db.session.add(made)
    return made


def _describe(cohort: Cohort, details: CohortDetails) -> None:
    rules.check_dates(details.starts_on, details.ends_on)
    rules.check_places(details.capacity, details.planned_learners)
    cohort.name, cohort.level, cohort.language = rules.title(details.name), details.level, details.language
    cohort.starts_on, cohort.ends_on, cohort.place = details.starts_on, details.ends_on, line(details.place)
    cohort.capacity, cohort.planned_learners = details.capacity, details.planned_learners
