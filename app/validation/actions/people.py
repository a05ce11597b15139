"""Who is invited and takes part: the list, invitations sent, attendance, and erasing somebody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import update

from app.core import overtaken
from app.infra import clock
from app.infra.audit import record
from app.infra.db import db
from app.infra.transactions import transactional
from app.people.permissions import Actor
from app.validation.models import Answer, Attendance, Participant, Remark, Sent, Sheet, Workshop
from app.validation.models.workshops import Channel, ParticipantRole, Presence
from app.validation.queries import workshops as queries
from app.validation.rules import persons
from app.validation.rules import workshops as rules
from app.validation.rules.persons import Person


@transactional
def add_participant(actor: Actor, workshop: Workshop, person: Person) -> Participant:
    """Put somebody on the list with the next number."""
    queries.hold(actor, workshop)
    return _add(workshop, person, queries.next_number(workshop))


@transactional
def import_participants(
    actor: Actor, workshop: Workshop, people: Sequence[Person], *, all_new: bool = False
) -> list[Participant]:
    """Put these people on the list, in their order; all of them or none.

    `all_new` raises `KnownAlready` when one is on the list by now: two people may paste the same list at once.
    """
    queries.hold(actor, workshop)
    if all_new:
        persons.check_new(people, queries.participants(workshop))
    first = queries.next_number(workshop)
    if first + len(people) - 1 > rules.MOST_PARTICIPANTS:
        raise rules.TooMany(most=rules.MOST_PARTICIPANTS)
    added = [_add(workshop, person, number) for number, person in enumerate(people, first)]
    record(actor.account_id, "workshop.people", workshop, added=len(added))
    return added


def _add(workshop: Workshop, person: Person, number: int) -> Participant:
    if number > rules.MOST_PARTICIPANTS:
        raise rules.TooMany(most=rules.MOST_PARTICIPANTS)
    added = Participant(workshop_id=workshop.id, number=number, added_at=clock.now())
    _describe(workshop, added, person)
    db.session.add(added)
    db.session.flush()
    return added


def _describe(workshop: Workshop, participant: Participant, person: Person) -> None:
    participant.name = rules.name(person.name)
    participant.sex = person.sex
    participant.age, participant.birth_year = person.age, person.birth_year
    participant.age_group = persons.age_group(person.age, person.birth_year, workshop.starts_on.year)
    participant.role = ParticipantRole(person.role)
    participant.organisation = rules.line(person.organisation)
    participant.locality = rules.line(person.locality)
    participant.reads = person.reads
    participant.phone, participant.email = persons.check_phone(person.phone), persons.check_email(person.email)
    participant.consent = person.consent


@transactional
def change_participant(actor: Actor, workshop: Workshop, number: int, person: Person, *, seen: str = "") -> Participant:
    """Write down what somebody says of themselves now.

    `seen` is the mark of what the form showed; raises `Overtaken` when somebody wrote something else since.
    """
    queries.hold(actor, workshop)
    participant = queries.participant(workshop, number)
    db.session.refresh(participant)
    if participant.erased_at is not None:
        raise rules.Erased
    overtaken.check_draft(seen, participant, person)
    _describe(workshop, participant, person)
    return participant


@transactional
def erase_participant(actor: Actor, workshop: Workshop, number: int) -> None:
    """Forget who somebody was, also in a closed workshop; their answers go on counting, their comments are gone.

    Number, sex, age group and role stay, for the counts are made of them. Remarks stay without a name.
    """
    queries.hold(actor, workshop, closed=True)
    participant = queries.participant(workshop, number)
    participant.name = participant.organisation = participant.locality = participant.phone = participant.email = ""
    participant.age = participant.birth_year = participant.reads = participant.key = None
    participant.consent = False
    participant.erased_at = participant.erased_at or clock.now()
    sheets = db.session.query(Sheet.id).filter(Sheet.participant_id == participant.id)
    db.session.execute(update(Answer).where(Answer.sheet_id.in_(sheets.scalar_subquery())).values(comment=""))
    db.session.execute(update(Remark).where(Remark.participant_id == participant.id).values(participant_id=None))
    record(actor.account_id, "workshop.erased", workshop, number=number)


@transactional
def free_number(actor: Actor, workshop: Workshop, number: int) -> None:
    """Let another phone answer for this number; what was answered stays."""
    queries.hold(actor, workshop)
    queries.participant(workshop, number).key = None


@transactional
def set_attendance(actor: Actor, workshop: Workshop, day: int, marks: Mapping[int, Presence | None]) -> None:
    """Note who was there on a day, by their numbers; None takes a mark back."""
    queries.hold(actor, workshop)
    if not 1 <= day <= workshop.days:
        raise rules.BadDays(most=workshop.days)
    ids = {one.number: one.id for one in queries.participants(workshop)}
    known = queries.attendance(workshop)
    for number, presence in marks.items():
        if number not in ids:
            raise rules.NoSuchParticipant
        row = known.get((ids[number], day))
        if presence is None and row is not None:
            db.session.delete(row)
        elif presence is not None and row is not None:
            row.presence = presence
        elif presence is not None:
            db.session.add(Attendance(participant_id=ids[number], day=day, presence=presence))
    record(actor.account_id, "workshop.attendance", workshop, day=day)


@transactional
def note_sent(actor: Actor, workshop: Workshop, number: int, channel: Channel) -> None:
    """Note that an invitation went out, and who sent it."""
    queries.hold(actor, workshop)
    participant = queries.participant(workshop, number)
    if participant.erased_at is not None:
        raise rules.Erased
    db.session.add(
        Sent(
            participant_id=participant.id,
            channel=channel,
            at=clock.now(),
            account_id=actor.account_id,
            actor_name=actor.name,
        )
    )
