"""Workshops of an edition, their agenda, questions and people. What an actor may not see is not found."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select

from app.core.content import Content, Uid, Unit
from app.curriculum.models import Edition
from app.curriculum.queries import contents, editions, reading
from app.infra.db import db
from app.people.permissions import Actor, Permission, allows, check
from app.validation.models import (
    AgendaItem,
    Attendance,
    Participant,
    Question,
    Sent,
    Tally,
    Workshop,
    WorkshopClosing,
)
from app.validation.models.workshops import ItemKind, Sheet, WorkshopState
from app.validation.rules import workshops as rules


@dataclass(frozen=True, slots=True)
class Listed:
    """A workshop in a list, with how many people, answered sheets and remarks it has."""

    workshop: Workshop
    people: int
    sheets: int


def may_run(actor: Actor, edition: Edition) -> bool:
    """Whether the actor may see people's data and write it."""
    return allows(actor, Permission.RUN_VALIDATION, editions.scope_of(edition))


def get(edition: Edition, workshop_id: int) -> Workshop:
    """A workshop of this edition; `NoSuchWorkshop` for another edition's."""
    found = db.session.get(Workshop, workshop_id)
    if found is None or found.edition_id != edition.id:
        raise rules.NoSuchWorkshop
    return found


def hold(actor: Actor, workshop: Workshop, *, closed: bool = False) -> None:
    """Ask whether the actor may run this workshop, and let nobody else change it until the transaction ends.

    Raises `NotAllowed`; `Closed` unless closed ones may be changed in this way.
    """
    check(actor, Permission.RUN_VALIDATION, editions.scope_of(workshop.edition))
    hold_open(workshop)
    if workshop.state is WorkshopState.CLOSED and not closed:
        raise rules.Closed


def hold_open(workshop: Workshop) -> None:
    """Read a workshop anew and let nobody else change it until the transaction ends."""
    statement = select(Workshop).where(Workshop.id == workshop.id).with_for_update(of=Workshop)
    db.session.scalars(statement.execution_options(populate_existing=True)).one()


def by_token(token: str) -> Workshop | None:
    """The workshop whose phones ask with this token."""
    return db.session.scalar(select(Workshop).where(Workshop.token == token))


def of_edition(edition: Edition) -> list[Listed]:
    """Every workshop of an edition, newest first."""
    return _listed(Workshop.edition_id == edition.id)


def of_editions(edition_ids: Collection[int]) -> list[Listed]:
    """Every workshop of these editions, newest first."""
    return _listed(Workshop.edition_id.in_(edition_ids)) if edition_ids else []


def _listed(which: ColumnElement[bool]) -> list[Listed]:
    people = (
        select(func.count(Participant.id)).where(Participant.workshop_id == Workshop.id)
        .correlate(Workshop).scalar_subquery()
    )  # fmt: skip
    sheets = select(func.count(Sheet.id)).where(Sheet.workshop_id == Workshop.id).correlate(Workshop).scalar_subquery()
    rows = db.session.execute(
        select(Workshop, people, sheets).where(which).order_by(Workshop.starts_on.desc(), Workshop.id.desc())
    )
    return [Listed(*row) for row in rows]


def agenda(workshop: Workshop) -> Sequence[AgendaItem]:
    """The lines of a workshop's agenda in order."""
    return db.session.scalars(
        select(AgendaItem).where(AgendaItem.workshop_id == workshop.id)
        .order_by(AgendaItem.day, AgendaItem.position, AgendaItem.id)
    ).all()  # fmt: skip


def unit_uids(items: Sequence[AgendaItem]) -> list[Uid]:
    """The units that an agenda tries, each once, in order."""
    return list(dict.fromkeys(item.unit_uid for item in items if item.unit_uid and item.kind is ItemKind.UNIT))


def questions(workshop: Workshop) -> Sequence[Question]:
    """What is asked about each unit, in order."""
    return db.session.scalars(
        select(Question).where(Question.workshop_id == workshop.id).order_by(Question.position, Question.id)
    ).all()


def participants(workshop: Workshop) -> Sequence[Participant]:
    """Everybody on the workshop's list by number, the erased too."""
    return db.session.scalars(
        select(Participant).where(Participant.workshop_id == workshop.id).order_by(Participant.number)
    ).all()


def participant(workshop: Workshop, number: int) -> Participant:
    """Who has this number in this workshop; raises `NoSuchParticipant`."""
    found = db.session.scalar(
        select(Participant).where(Participant.workshop_id == workshop.id, Participant.number == number)
    )
    if found is None:
        raise rules.NoSuchParticipant
    return found


def next_number(workshop: Workshop) -> int:
    """The number that the next person on the list gets."""
    highest = db.session.scalar(select(func.max(Participant.number)).where(Participant.workshop_id == workshop.id))
    return (highest or 0) + 1


def attendance(workshop: Workshop) -> dict[tuple[int, int], Attendance]:
    """Who was there when: by participant's id and day."""
    rows = db.session.scalars(
        select(Attendance)
        .join(Participant, Participant.id == Attendance.participant_id)
        .where(Participant.workshop_id == workshop.id)
    )
    return {(row.participant_id, row.day): row for row in rows}


def sent(workshop: Workshop) -> dict[int, list[Sent]]:
    """The invitations that went out, oldest first, by participant's id."""
    rows = db.session.scalars(
        select(Sent)
        .join(Participant, Participant.id == Sent.participant_id)
        .where(Participant.workshop_id == workshop.id)
        .order_by(Sent.at, Sent.id)
    )
    found: dict[int, list[Sent]] = {}
    for row in rows:
        found.setdefault(row.participant_id, []).append(row)
    return found


def has_answers(workshop: Workshop) -> bool:
    """Whether anybody has answered anything."""
    sheet = db.session.scalar(select(Sheet.id).where(Sheet.workshop_id == workshop.id).limit(1))
    tally = db.session.scalar(select(Tally.id).where(Tally.workshop_id == workshop.id).limit(1))
    return sheet is not None or tally is not None


def closings(workshop: Workshop) -> Sequence[WorkshopClosing]:
    """Every time it was closed, newest first."""
    return db.session.scalars(
        select(WorkshopClosing)
        .where(WorkshopClosing.workshop_id == workshop.id)
        .order_by(WorkshopClosing.number.desc())
    ).all()


def closing(workshop: Workshop) -> WorkshopClosing | None:
    """The closing that holds now; None while the workshop is not closed."""
    found = next(iter(closings(workshop)), None)
    return found if found is not None and found.reopened_at is None else None


def tried(workshop: Workshop) -> Content:
    """The content that is tried: the edition's as it stood at the workshop's revision."""
    return contents.state(workshop.revision).content


def unit(workshop: Workshop, uid: Uid) -> Unit:
    """A unit as it is tried; raises `NotInEdition`."""
    found = reading.unit_of(tried(workshop), uid)
    if found is None:
        raise rules.NotInEdition
    return found[1]


def tried_unit(workshop: Workshop, uid: Uid) -> Unit:
    """A unit that stands on the agenda; raises `NotInEdition`."""
    if uid not in unit_uids(agenda(workshop)):
        raise rules.NotInEdition
    return unit(workshop, uid)


def titles(workshop: Workshop) -> dict[Uid, str]:
    """The title of every unit at the workshop's revision, in the workshop's language: one query, or none."""
    listed = reading.lines(view(workshop))
    return {line.uid: line.title for _, lines in listed for line in lines}


def titles_of(edition: Edition) -> Mapping[Uid, str]:
    """The title of every unit of the draft in the edition's first language."""
    seen = reading.View(
        edition, None, contents.state(editions.head_of(edition)), edition.languages[0]
    )  # fmt: skip
    return {line.uid: line.title for _, lines in reading.lines(seen) for line in lines}


def view(workshop: Workshop) -> reading.View:
    """What is tried, as a reader sees it."""
    language = workshop.language if workshop.language in workshop.edition.languages else workshop.edition.languages[0]
    return reading.View(workshop.edition, workshop.release, contents.state(workshop.revision), language)
