"""Remarks of a workshop and of an edition: with their paragraphs, filtered, and what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select

from app.core.content import Block, Uid, Unit
from app.curriculum.models import Edition, Revision
from app.curriculum.queries import editions
from app.infra.db import db
from app.people.permissions import Actor, Permission, allows
from app.validation.models import Participant, Remark, Workshop
from app.validation.models.workshops import RemarkKind, Verdict
from app.validation.rules import workshops as rules

PER_PAGE = 50
ANSWERING = (Verdict.ACCEPTED, Verdict.PARTLY)


@dataclass(frozen=True, slots=True)
class Filter:
    """What of the remarks is asked for; `to_do` are those that were accepted and that nothing became of yet."""

    verdict: Verdict | None = None
    kind: RemarkKind | None = None
    unit: Uid = ""
    words: str = ""
    to_do: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """A remark, who made it (None: nobody said), and the number of the edition's state that answers it."""

    remark: Remark
    participant: Participant | None
    revision: int | None


def get(workshop: Workshop, number: int) -> Remark:
    """A remark by its number in this workshop; raises `NoSuchRemark`."""
    found = db.session.scalar(select(Remark).where(Remark.workshop_id == workshop.id, Remark.number == number))
    if found is None:
        raise rules.NoSuchRemark
    return found


def listed(workshop: Workshop, wanted: Filter, *, offset: int = 0, limit: int | None = None) -> list[Listed]:
    """The remarks that are asked for, by number, in one query."""
    revision = select(func.min(Revision.number)).where(Revision.act_id == Remark.act_id).scalar_subquery()
    rows = db.session.execute(
        select(Remark, Participant, revision)
        .outerjoin(Participant, Participant.id == Remark.participant_id)
        .where(Remark.workshop_id == workshop.id, *_conditions(wanted))
        .order_by(Remark.number)
        .offset(offset)
        .limit(limit)
    )
    return [Listed(*row) for row in rows]


def count(workshop: Workshop, wanted: Filter) -> int:
    """How many remarks are asked for."""
    return (
        db.session.scalar(select(func.count(Remark.id)).where(Remark.workshop_id == workshop.id, *_conditions(wanted)))
        or 0
    )


def _conditions(wanted: Filter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.verdict is not None:
        found.append(Remark.verdict == wanted.verdict)
    if wanted.kind is not None:
        found.append(Remark.kind == wanted.kind)
    if wanted.unit:
        found.append(Remark.unit_uid == wanted.unit)
    if wanted.words.strip():
        found.append(func.lower(Remark.text).contains(wanted.words.strip().lower(), autoescape=True))
    if wanted.to_do:
        found += [Remark.verdict.in_(ANSWERING), Remark.act_id.is_(None)]
    return found


def verdicts(workshop: Workshop) -> dict[Verdict, int]:
    """How many remarks have which verdict."""
    rows = db.session.execute(
        select(Remark.verdict, func.count(Remark.id)).where(Remark.workshop_id == workshop.id).group_by(Remark.verdict)
    )
    return {row[0]: row[1] for row in rows}


def next_number(workshop: Workshop) -> int:
    """The number that the next remark gets."""
    highest = db.session.scalar(select(func.max(Remark.number)).where(Remark.workshop_id == workshop.id))
    return (highest or 0) + 1


def open_remarks(edition: Edition) -> Sequence[Remark]:
    """The remarks on an edition that wait: for a decision, or accepted and not yet carried out, by age."""
    return db.session.scalars(
        select(Remark)
        .join(Workshop, Workshop.id == Remark.workshop_id)
        .where(
            Workshop.edition_id == edition.id,
            or_(Remark.verdict == Verdict.OPEN, Remark.verdict.in_(ANSWERING) & Remark.act_id.is_(None)),
        )
        .order_by(Remark.workshop_id, Remark.number)
    ).all()


def waiting(actor: Actor) -> list[tuple[Workshop, int]]:
    """The workshops this person runs that have undecided remarks, with how many, in one query."""
    undecided = (
        select(Remark.workshop_id, func.count(Remark.id).label("number"))
        .where(Remark.verdict == Verdict.OPEN)
        .group_by(Remark.workshop_id)
        .subquery()
    )
    rows = db.session.execute(
        select(Workshop, undecided.c.number)
        .join(undecided, undecided.c.workshop_id == Workshop.id)
        .order_by(Workshop.id)
    )
    scopes = [(workshop, number, editions.scope_of(workshop.edition)) for workshop, number in rows]
    return [(w, number) for w, number, scope in scopes if allows(actor, Permission.RUN_VALIDATION, scope)]


def numbered(unit: Unit) -> list[tuple[int, Block]]:
    """The paragraphs of a unit with the numbers that stand beside them in print: all but the title, from 1."""
    return list(enumerate(unit.blocks[1:], 1))


def block_by_number(unit: Unit, number: int) -> Block:
    """The paragraph with this number; raises `NoSuchParagraph`."""
    for its, block in numbered(unit):
        if its == number:
            return block
    raise rules.NoSuchParagraph(number=number)
