"""Finding out what a list would do: who each row is, what would be new or changed, what cannot be. Writes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.delivery.models import Cohort, Enrolment
from app.delivery.queries import rosters as queries
from app.delivery.queries.rosters import Present
from app.delivery.rules import cohorts as cohort_rules
from app.delivery.rules import rosters as rules
from app.delivery.rules.rosters import Draft, Outcome, Remark
from app.people.kinds import Sex
from app.people.models import Organisation, Person
from app.people.permissions import Actor, Permission, allows
from app.people.queries import duplicates, persons
from app.people.queries.duplicates import Suggestion
from app.people.rules.duplicates import Known, Likeness, Sign, document, plain
from app.people.rules.persons import Born, age_on

NAMESAKE = Likeness(0, (Sign.SAME_DOCUMENT,), certain=False)  # one document, and two names that have nothing in common
NEW = "new"  # an answer to "who is this?": somebody who is not written down yet


@dataclass(slots=True)
class Planned:
    """What one row would do. `changes` are fields of the person; `who` is None for somebody new."""

    draft: Draft
    outcome: Outcome = Outcome.NEW
    who: Person | None = None
    by_number: bool = False
    candidates: list[Suggestion] = field(default_factory=list)
    faults: list[Remark] = field(default_factory=list)
    notes: list[Remark] = field(default_factory=list)
    changes: dict[str, Any] = field(default_factory=dict)
    phone: str = ""
    organisation: Organisation | None = None
    enrolment: Enrolment | None = None
    moves: bool = False  # the enrolment that is there would be sent by another organisation


def plan(
    actor: Actor, cohort: Cohort, drafts: tuple[Draft, ...], choices: Mapping[int, int | str], today: date
) -> list[Planned]:
    """What each row would do. `choices` answers rows that were asked about: by line, a person's id or `NEW`."""
    present = queries.present(cohort)
    found = [Planned(draft, faults=list(draft.faults), notes=list(draft.notes)) for draft in drafts]
    _who(actor, cohort, found, choices, present)
    numbers = duplicates.phones([one.who.id for one in found if one.who is not None])
    scopes = persons.scopes_of([one.who.id for one in found if one.who is not None])
    seats = None if cohort.capacity is None else cohort.capacity - present.open_count
    taken: dict[int, int] = {}
    for one in found:
        _organisation(one, present, cohort)
        if one.who is not None:
            if (line := taken.setdefault(one.who.id, one.draft.line)) != one.draft.line:
                one.faults.append(Remark("person", rules.TwiceInFile(line=line)))
            _compare(one, present, numbers.get(one.who.id, frozenset()), today)
            if (one.changes or one.phone) and not allows(actor, Permission.MANAGE_PEOPLE, scopes[one.who.id]):
                one.faults.append(Remark("person", rules.MayNotChange(name=one.who.name)))
        else:
            one.phone = one.draft.phone
            if one.draft.state not in (None, cohort_rules.S.ACTIVE):
                one.faults.append(Remark("state", rules.StateNotHere()))
        if one.outcome in (Outcome.NEW, Outcome.ENROLLED) and not one.faults and seats is not None:
            if seats <= 0:
                one.faults.append(Remark("", cohort_rules.CohortFull(capacity=cohort.capacity)))
            seats -= 1
        if one.faults:
            one.outcome = Outcome.FAULTY
    return found


def _who(
    actor: Actor, cohort: Cohort, rows: list[Planned], choices: Mapping[int, int | str], present: Present
) -> None:  # fmt: skip
    """Say of each row who it is: by their number, by what was answered, by their document, or beyond doubt."""
    numbered = queries.by_uid(actor, [one.draft.person for one in rows if one.draft.person])
    papers = queries.by_document(actor, [one.draft.document_number for one in rows if one.draft.document_number])
    for one in rows:
        draft = one.draft
        if draft.cohort and draft.cohort != cohort.slug:
            one.faults.append(Remark("cohort", rules.OtherCohort(slug=draft.cohort[:60])))
        if draft.person:
            one.who, one.by_number = numbered.get(draft.person), True
            if one.who is None:
                one.faults.append(Remark("person", rules.UnknownPerson()))
    looking = [one for one in rows if not one.draft.person and not one.faults]
    likes = duplicates.like_each(actor, [_known(one.draft) for one in looking], limit=5) if looking else []
    for one, alike in zip(looking, likes, strict=True):
        answer = choices.get(one.draft.line)
        same_paper = papers.get(document(one.draft.document_number), []) if one.draft.document_number else []
        certain = [found.person for found in alike if found.likeness.certain]
        listed = {found.person.id for found in alike}
        alike = [*alike, *(Suggestion(other, NAMESAKE) for other in same_paper if other.id not in listed)]
        if answer == NEW:
            continue
        offered = {found.person.id: found.person for found in alike}
        if isinstance(answer, int) and answer in offered:
            one.who = offered[answer]
        elif len(certain) == 1 and (not same_paper or certain == same_paper):
            one.who = certain[0]
        elif alike:
            here = [found for found in alike if found.person.id in present.members]
            one.candidates, one.outcome = here or alike, Outcome.ASK


def _known(draft: Draft) -> Known:
    born = draft.born or Born()
    year = born.year
    if year is None and born.age is not None and born.age_on is not None:
        year = born.age_on.year - born.age
    return Known(
        draft.given_names,
        draft.family_names,
        draft.sex or Sex.NOT_STATED,
        born.on,
        year,
        draft.document_kind,
        draft.document_number,
        frozenset({draft.phone} - {""}),
    )


def _organisation(one: Planned, present: Present, cohort: Cohort) -> None:
    """Say which organisation a row means: one of the programme; of several of one name, the one that is there."""
    if not one.draft.organisation:
        return
    named = present.organisations.get(plain(one.draft.organisation), [])
    member = present.members.get(one.who.id) if one.who is not None else None
    held = member.organisation if member is not None else None
    if held is not None and held in named:
        one.organisation = held
    elif len(named) == 1:
        one.organisation = named[0]
    elif named:
        hosts = [found for found in named if found.id == cohort.host_id]
        one.organisation = hosts[0] if hosts else None
        if not hosts:
            one.faults.append(Remark("organisation", rules.SeveralOrganisations(name=one.draft.organisation)))
    else:
        one.faults.append(Remark("organisation", rules.UnknownOrganisation(name=one.draft.organisation)))


def _compare(one: Planned, present: Present, numbers: frozenset[str], today: date) -> None:
    """Say what a row would change of somebody who is known."""
    person, draft = one.who, one.draft
    assert person is not None  # noqa: S101 -- asked before
    said = told(draft)
    if draft.born is not None and _same_age(draft.born, persons.born(person), today):
        said = {name: value for name, value in said.items() if name not in BIRTH}
    now = queries.known_fields(person)
    differing = {name: value for name, value in said.items() if now[name] != value}
    if one.by_number:
        one.changes = differing
    else:
        blank = {name: value for name, value in differing.items() if _blank(name, now)}
        if len(blank) < len(differing):
            one.notes.append(Remark("person", rules.KeptAsWritten(name=person.name)))
        one.changes = blank
    one.phone = draft.phone if draft.phone and draft.phone not in numbers else ""
    member = present.members.get(person.id)
    if member is None:
        one.outcome = Outcome.ENROLLED
        if person.id in present.trainers:
            one.faults.append(Remark("person", cohort_rules.TeachesHere(name=person.name)))
        if draft.state not in (None, cohort_rules.S.ACTIVE):
            one.faults.append(Remark("state", rules.StateNotHere()))
        return
    one.enrolment = enrolment = member.enrolment
    if draft.state is None and enrolment.state not in cohort_rules.OPEN:
        one.faults.append(Remark("state", rules.LeftBefore(name=person.name)))
    if draft.state is not None and draft.state is not enrolment.state:
        one.faults.append(Remark("state", rules.StateNotHere()))
    if draft.enrolled_on is not None and draft.enrolled_on != enrolment.enrolled_on:
        one.faults.append(Remark("enrolled_on", rules.DayNotHere()))
    one.moves = one.organisation is not None and one.organisation.id != enrolment.organisation_id
    one.outcome = Outcome.CHANGED if one.changes or one.phone or one.moves else Outcome.SAME


BIRTH = ("birth_date", "birth_year", "age_told", "age_told_on")


def told(draft: Draft) -> dict[str, Any]:
    """What a row says of a person, by field; what it leaves blank is not there."""
    found: dict[str, Any] = {
        name: getattr(draft, name)
        for name in ("given_names", "family_names", "known_as", "document_kind", "document_number", "place")
        if getattr(draft, name)
    }
    if draft.sex is not None:
        found["sex"] = draft.sex
    if draft.born is not None:
        found |= dict(zip(BIRTH, (draft.born.on, draft.born.year, draft.born.age, draft.born.age_on), strict=True))
    return found


def _same_age(said: Born, known: Born, today: date) -> bool:
    """Whether an age that is told again says nothing new."""
    return said == known or (said.age is not None and said.age == age_on(known, said.age_on or today))


def _blank(name: str, now: Mapping[str, object]) -> bool:
    if name in BIRTH:
        return not any(now[one] for one in BIRTH)
    return now[name] in ("", None, Sex.NOT_STATED)


def without_faults(rows: list[Planned]) -> list[Planned]:
    """The rows that can be brought in, when those that cannot are left out."""
    return [one for one in rows if one.outcome not in (Outcome.FAULTY, Outcome.ASK)]
