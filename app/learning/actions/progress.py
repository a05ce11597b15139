"""Keeping what was read, setting a cohort's rule, and deciding who completed: the rule proposes, a person decides."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from app.core.content import Uid
from app.core.errors import N_, Refused
from app.curriculum.models import Release
from app.curriculum.queries import contents, editions, reading
from app.delivery.actions.cohorts import change_enrolment
from app.delivery.kinds import EnrolmentState, Source
from app.delivery.models import Cohort, Enrolment
from app.delivery.queries import cohorts, scopes
from app.infra import clock
from app.infra.audit import record
from app.infra.db import db
from app.infra.transactions import transactional
from app.learning.models import CompletionDecision, UnitReading
from app.learning.queries import completing, facts, units
from app.learning.rules import assessments, progress
from app.people.models import Person
from app.people.permissions import Actor, Permission, check
from app.people.queries import persons
from app.people.rules.persons import line


class StaysCompleted(Refused):
    text = N_("%(name)s is on record as having completed, and an end is not taken back. Untick this person.")


class NeedsNote(Refused):
    text = N_("The rule says otherwise. Please write why you decide this.")
    status = 422


class NoSuchUnit(Refused):
    text = N_("This release has no such unit.")
    status = 404


@transactional
def keep_reading(
    actor: Actor, person: Person, release: Release, unit: Uid, language: str,
    *, occurred_at: datetime | None = None, recorded_at: datetime | None = None, uid: str | None = None,
    device: str = "", source: Source = Source.WEB,
) -> UnitReading:  # fmt: skip
    """Keep that somebody read a unit of a release in a language; the same again changes nothing."""
    check(actor, Permission.LEARN, persons.scopes_of([person.id])[person.id])
    if reading.unit_of(contents.state(release.revision).content, unit) is None:
        raise NoSuchUnit
    uid = uid or str(uuid.uuid4())
    assessments.check_uid(uid)
    if not _taught_to(person, release) and not editions.may_read_release(actor, release.edition):
        raise NoSuchUnit
    held = db.session.scalar(
        select(UnitReading).where(
            (UnitReading.uid == uid)
            | (
                (UnitReading.person_id == person.id)
                & (UnitReading.unit_uid == unit)
                & (UnitReading.release_id == release.id)
                & (UnitReading.language == language)
            )
        )
    )
    if held is not None:
        if held.uid == uid and (held.person_id, held.unit_uid) != (person.id, unit):
            raise assessments.OtherContent
        return held
    now = clock.now()
    made = UnitReading(
        uid=uid,
        person_id=person.id,
        release_id=release.id,
        unit_uid=unit,
        language=line(language)[:20],
        occurred_at=occurred_at or now,
        recorded_at=recorded_at or now,
        received_at=now,
        account_id=actor.account_id,
        device=line(device),
        source=source,
    )
    db.session.add(made)
    db.session.flush()
    return made


@transactional
def set_rule(actor: Actor, cohort: Cohort, data: Mapping[str, Any]) -> None:
    """Say when this cohort is completed; what is not said is as by default."""
    check(actor, Permission.RUN_COHORT, scopes.of_cohort(cohort))
    cohort.completion = progress.as_data(progress.rule(data))
    record(actor.account_id, "cohort.rule", cohort, rule=cohort.completion)


@transactional
def decide_completion(
    actor: Actor, cohort: Cohort, decided: Mapping[int, bool], on: date, *, note: str = ""
) -> list[CompletionDecision]:
    """Decide for some enrolments whether they are completed, all or none; against the rule only with a note.

    Who is decided not to have completed stays in the cohort; how they leave it is said by itself.
    """
    check(actor, Permission.RUN_COHORT, scopes.of_cohort(cohort))
    cohorts.hold(cohort)
    of, why = completing.rule_of(cohort), line(note)
    proposed = {one.enrolment_id: one for one in completing.proposals(cohort, sorted(decided))}
    made = []
    for id_, completed in decided.items():
        if id_ not in proposed:
            raise assessments.NotInCohort
        completion, state = proposed[id_].completion, proposed[id_].state
        if state is EnrolmentState.COMPLETED and not completed:
            raise StaysCompleted(name=proposed[id_].name)
        if completion.fulfils is not completed and not why:
            raise NeedsNote
        decision = CompletionDecision(
            enrolment_id=id_,
            completed=completed,
            proposed=completion.fulfils,
            figures=completing.figures(completion, of),
            note=why,
            on_date=on,
            at=clock.now(),
            account_id=actor.account_id,
        )
        db.session.add(decision)
        made.append(decision)
        if completed and state is not EnrolmentState.COMPLETED:
            change_enrolment(actor, db.session.get_one(Enrolment, id_), EnrolmentState.COMPLETED, on, note=why)
    record(actor.account_id, "cohort.completion", cohort, decided=len(made))
    return made


def _taught_to(person: Person, release: Release) -> bool:
    """Whether a cohort of this person is or was taught from this release."""
    ids: Sequence[int] = [place.cohort_id for place in facts.places_of([person.id])]
    return release.id in units.releases_of(ids).used
