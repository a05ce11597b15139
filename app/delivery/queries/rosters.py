"""Reading what the list of a cohort needs: its rows to write out, and whom and what the rows of a file mean.

Unchecked but for persons, who are found only where the actor sees them: the cohort is asked before.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import and_, func, or_, select

from app.core.errors import N_, Refused
from app.delivery.models import Cohort, CohortTrainer, Enrolment, ProgrammeOrganisation, RosterChange, RosterImport
from app.delivery.rules import rosters as rules
from app.delivery.rules import rosters_cells as cells
from app.delivery.rules.cohorts import OPEN
from app.infra.db import db
from app.people.kinds import Sex
from app.people.models import Organisation, Person
from app.people.permissions import Actor, Permission
from app.people.queries import duplicates, persons
from app.people.rules.duplicates import document, plain

from . import cohorts


class NoSuchImport(Refused):
    text = N_("There is no such list in this cohort.")
    status = 404


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who is or was in the cohort, with the enrolment in it that is open, or else the newest."""

    enrolment: Enrolment
    person: Person
    organisation: Organisation | None


@dataclass(slots=True)
class Present:
    """What stands in a cohort before a file is brought in."""

    members: dict[int, Member] = field(default_factory=dict)  # by person id
    trainers: frozenset[int] = frozenset()
    organisations: dict[str, list[Organisation]] = field(default_factory=dict)  # by plain name
    open_count: int = 0


def members(cohort: Cohort) -> list[Member]:
    """Everybody who is or was in a cohort, once, in the order of their first enrolment; one query."""
    rows = db.session.execute(
        select(Enrolment, Person, Organisation)
        .join(Person, Person.id == Enrolment.person_id)
        .outerjoin(Organisation, Organisation.id == Enrolment.organisation_id)
        .where(Enrolment.cohort_id == cohort.id, Person.erased_at.is_(None), cohorts.not_doubled())
        .order_by(Enrolment.id)
    )
    found: dict[int, Member] = {}
    for enrolment, person, organisation in rows:
        held = found.get(person.id)
        if held is None or enrolment.state in OPEN or held.enrolment.state not in OPEN:
            found[person.id] = Member(enrolment, person, organisation)
    return list(found.values())


def table(cohort: Cohort, language: str) -> list[list[str]]:
    """The list of a cohort with its heads, as it is written out; two queries however many people."""
    found = members(cohort)
    numbers = duplicates.phones([one.person.id for one in found])
    return [rules.heads(language), *(_row(cohort, one, numbers.get(one.person.id), language) for one in found)]


def _row(cohort: Cohort, member: Member, numbers: frozenset[str] | None, language: str) -> list[str]:
    person, enrolment = member.person, member.enrolment
    word = rules.LANGUAGES.index(language) if language in rules.LANGUAGES else 0
    sex = "" if person.sex is Sex.NOT_STATED else cells.SEXES[person.sex][word]
    told = {
        "cohort": cohort.slug,
        "person": person.uid,
        "given_names": person.given_names,
        "family_names": person.family_names,
        "known_as": person.known_as,
        "sex": sex,
        "birth": cells.told_birth(persons.born(person)),
        "document_kind": person.document_kind,
        "document_number": person.document_number,
        "phone": min(numbers or {""}),
        "organisation": member.organisation.name if member.organisation else "",
        "place": person.place,
        "enrolled_on": enrolment.enrolled_on.isoformat(),
        "state": cells.STATES[enrolment.state][word],
    }
    return [told[column] for column in rules.COLUMNS]


def present(cohort: Cohort) -> Present:
    """What stands in a cohort now, for a file to be compared with; a handful of queries."""
    found = Present({one.person.id: one for one in members(cohort)})
    found.trainers = frozenset(
        db.session.scalars(
            select(CohortTrainer.person_id).where(CohortTrainer.cohort_id == cohort.id, CohortTrainer.until.is_(None))
        )
    )
    taking_part = select(ProgrammeOrganisation.organisation_id).where(
        ProgrammeOrganisation.programme_id == cohort.programme_id
    )
    sending = select(Enrolment.organisation_id).where(Enrolment.cohort_id == cohort.id)
    here = or_(Organisation.id.in_(taking_part), Organisation.id == cohort.host_id, Organisation.id.in_(sending))
    for one in db.session.scalars(select(Organisation).where(here).order_by(Organisation.id)):
        for name in {plain(one.name), plain(one.short_name)} - {""}:
            found.organisations.setdefault(name, []).append(one)
    found.open_count = (
        db.session.scalar(
            select(func.count(Enrolment.id)).where(Enrolment.cohort_id == cohort.id, Enrolment.state.in_(OPEN))
        )
        or 0
    )
    return found


def by_uid(actor: Actor, uids: Collection[str]) -> dict[str, Person]:
    """The persons of these numbers whom the actor sees, by number; one who was merged leads to who stayed."""
    found: dict[str, Person] = {}
    for person in db.session.scalars(select(Person).where(Person.uid.in_(uids), Person.erased_at.is_(None))):
        found[person.uid] = persons.standing_for(person)
    seen = set(
        db.session.scalars(
            select(Person.id).where(
                Person.id.in_([one.id for one in found.values()]), persons.visible(actor, Permission.SEE_PEOPLE)
            )
        )
    )
    return {uid: person for uid, person in found.items() if person.id in seen}


def by_document(actor: Actor, numbers: Collection[str]) -> dict[str, list[Person]]:
    """The persons with these documents whom the actor sees, by the number as two records share it."""
    found: dict[str, list[Person]] = {}
    rows = db.session.scalars(
        select(Person)
        .where(
            Person.document_number.in_(numbers),
            and_(Person.merged_into_id.is_(None), Person.erased_at.is_(None)),
            persons.visible(actor, Permission.SEE_PEOPLE),
        )
        .order_by(Person.id)
    )
    for person in rows:
        found.setdefault(document(person.document_number), []).append(person)
    return found


def imports(cohort: Cohort) -> Sequence[RosterImport]:
    """The files that were brought into a cohort, newest first."""
    return db.session.scalars(
        select(RosterImport).where(RosterImport.cohort_id == cohort.id).order_by(RosterImport.id.desc())
    ).all()


def get(cohort: Cohort, import_id: int) -> RosterImport:
    """One file that was brought into this cohort."""
    found = db.session.get(RosterImport, import_id)
    if found is None or found.cohort_id != cohort.id:
        raise NoSuchImport
    return found


def changes(done: RosterImport) -> Sequence[RosterChange]:
    """What a file made and changed, in the order in which it did."""
    return db.session.scalars(
        select(RosterChange).where(RosterChange.import_id == done.id).order_by(RosterChange.id)
    ).all()


def known_fields(person: Person) -> Mapping[str, object]:
    """What a file can say of a person, as it stands."""
    return {name: getattr(person, name) for name in FIELDS}


FIELDS = (
    "given_names", "family_names", "known_as", "sex", "birth_date", "birth_year", "age_told", "age_told_on",
    "document_kind", "document_number", "place",
)  # fmt: skip
