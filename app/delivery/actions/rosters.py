"""Bringing a list of people into a cohort, and taking that back. All of a list or nothing, unless asked otherwise."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.delivery.models import Cohort, RosterChange, RosterImport
from app.delivery.queries import cohorts as cohort_queries
from app.delivery.queries import rosters as queries
from app.delivery.queries import scopes
from app.delivery.rules import rosters as rules
from app.delivery.rules import rosters_files as files
from app.delivery.rules.rosters import Listed, Outcome, Remark
from app.infra import clock
from app.infra.audit import record
from app.infra.db import db
from app.infra.transactions import transactional
from app.people.actions import keys, persons
from app.people.actions.persons import PersonDetails
from app.people.kinds import ContactKind, Sex
from app.people.models import Person
from app.people.permissions import Actor, Permission, check
from app.people.queries.duplicates import Suggestion
from app.people.rules.persons import Born, line

from . import cohorts, rosters_plan
from .rosters_plan import Planned

LONGEST_FILE_NAME = 200


@dataclass(frozen=True, slots=True)
class Answer:
    """What became, or would become, of one row. `name` is as the row has it."""

    line: int
    outcome: Outcome
    name: str
    person_id: int | None
    faults: tuple[Remark, ...]
    notes: tuple[Remark, ...]
    candidates: tuple[Suggestion, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """An answer for every row; `done` is what was kept, None when nothing was written."""

    answers: tuple[Answer, ...]
    notes: tuple[Remark, ...]
    done: RosterImport | None = None

    @property
    def is_clean(self) -> bool:
        """Whether every row can be brought in."""
        return all(one.outcome not in (Outcome.FAULTY, Outcome.ASK) for one in self.answers)

    @property
    def counts(self) -> dict[str, int]:
        """How many rows came to what."""
        return {kind.value: sum(one.outcome is kind for one in self.answers) for kind in Outcome}


def export(actor: Actor, cohort: Cohort, language: str, *, workbook: bool = False) -> bytes:
    """The list of a cohort as a CSV or as a workbook; brought in again as it is, it changes nothing."""
    check(actor, Permission.SEE_COHORT, scopes.of_cohort(cohort))
    check(actor, Permission.SEE_PEOPLE, scopes.of_cohort(cohort))
    found = queries.table(cohort, language)
    return files.to_xlsx(found) if workbook else files.to_csv(found)


def cohort_named(data: bytes) -> str:
    """The short name of the cohort that a file says it is of; raises `NoCohort` when it does not say."""
    drafts = rules.listed(files.read(data), clock.now().date(), "").drafts
    named = [draft.cohort for draft in drafts if draft.cohort]
    if not named:
        raise rules.NoCohort
    return named[0]


def look(actor: Actor, cohort: Cohort, data: bytes, *, choices: Mapping[int, int | str] | None = None) -> Report:
    """What a file would do: an answer for every row, and nothing written."""
    check(actor, Permission.RUN_COHORT, scopes.of_cohort(cohort))
    listed, rows = _planned(actor, cohort, data, choices)
    return Report(tuple(_answer(one) for one in rows), listed.notes)


@transactional
def bring_in(
    actor: Actor, cohort: Cohort, data: bytes, file_name: str,
    *, choices: Mapping[int, int | str] | None = None, leave_out: bool = False,
) -> Report:  # fmt: skip
    """Bring a list in. With a row that cannot be, or that must be asked about, nothing is written, unless `leave_out`
    says to leave those out. A list that changes nothing is not kept.
    """
    check(actor, Permission.RUN_COHORT, scopes.of_cohort(cohort))
    cohort_queries.hold(cohort)  # before it is asked who is there: the same list may be coming in twice at once
    listed, rows = _planned(actor, cohort, data, choices)
    report = Report(tuple(_answer(one) for one in rows), listed.notes)
    wanted = [one for one in rosters_plan.without_faults(rows) if one.outcome is not Outcome.SAME]
    if not wanted or not (report.is_clean or leave_out):
        return report
    done = RosterImport(
        uid=str(uuid.uuid4()),
        cohort_id=cohort.id,
        file_name=line(file_name[-LONGEST_FILE_NAME:]),
        digest=hashlib.sha256(data).hexdigest(),
        counts=report.counts,
        at=clock.now(),
        account_id=actor.account_id,
    )
    db.session.add(done)
    db.session.flush()
    ids = {one.draft.line: _apply(actor, cohort, one, done) for one in wanted}
    record(actor.account_id, "cohort.list_brought_in", cohort, roster=done.id, **report.counts)
    answers = tuple(_answer(one, ids.get(one.draft.line)) for one in rows)
    return Report(answers, listed.notes, done)


def _planned(
    actor: Actor, cohort: Cohort, data: bytes, choices: Mapping[int, int | str] | None
) -> tuple[Listed, list[Planned]]:
    today = clock.now().date()
    listed = rules.listed(files.read(data), today, cohort.region[:2])
    return listed, rosters_plan.plan(actor, cohort, listed.drafts, choices or {}, today)


def _answer(one: Planned, person_id: int | None = None) -> Answer:
    return Answer(
        one.draft.line,
        one.outcome,
        one.draft.name or (one.who.name if one.who else ""),
        one.who.id if one.who else person_id,
        tuple(one.faults),
        tuple(one.notes),
        tuple(one.candidates),
    )


def _apply(actor: Actor, cohort: Cohort, one: Planned, done: RosterImport) -> int:
    """Do what a row says, noting each thing so that it can be taken back; returns whose row it is."""
    person = one.who
    if person is None:
        person = _write_down(actor, cohort, one)
        _note(done, one, "person", person, after=as_json(queries.known_fields(person)))
    elif one.changes:
        known = {name: value for name, value in queries.known_fields(person).items() if name in one.changes}
        for name, value in one.changes.items():
            setattr(person, name, value)
        keys.keep([person])
        record(actor.account_id, "person.changed", person)
        _note(done, one, "details", person, before=as_json(known), after=as_json(one.changes))
    if one.phone:
        contact = persons.put_contact(actor, person, ContactKind.PHONE, one.phone)
        db.session.flush()
        _note(done, one, "contact", person, thing=contact.id)
    if one.outcome in (Outcome.NEW, Outcome.ENROLLED):
        made = cohorts.put_on_list(
            actor, cohort, person, one.draft.enrolled_on or max(cohort.starts_on, clock.now().date()),
            organisation=one.organisation, source="file",
        )  # fmt: skip
        _note(done, one, "enrolment", person, thing=made.id)
    elif one.moves and one.organisation is not None and one.enrolment is not None:
        before, one.enrolment.organisation_id = one.enrolment.organisation_id, one.organisation.id
        _note(
            done, one, "organisation", person, thing=one.enrolment.id,
            before={"id": before}, after={"id": one.organisation.id},
        )  # fmt: skip
    return person.id


def _write_down(actor: Actor, cohort: Cohort, one: Planned) -> Person:
    draft = one.draft
    details = PersonDetails(
        draft.given_names,
        draft.family_names,
        known_as=draft.known_as,
        sex=draft.sex or Sex.NOT_STATED,
        born=draft.born or Born(),
        document_kind=draft.document_kind,
        document_number=draft.document_number,
        region=cohort.region,
        place=draft.place,
    )
    return persons.put_person(actor, details, one.organisation)


def _note(
    done: RosterImport, one: Planned, kind: str, person: Person, *, thing: int | None = None,
    before: dict[str, Any] | None = None, after: dict[str, Any] | None = None,
) -> None:  # fmt: skip
    db.session.add(
        RosterChange(
            import_id=done.id,
            line=one.draft.line,
            kind=kind,
            person_ref=person.id,
            thing_ref=thing,
            before=before or {},
            after=after or {},
        )
    )


def as_json(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Fields of a person as they are kept beside a change."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in fields.items()}
