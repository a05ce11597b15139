"""Pilots of an edition: who is taught, how sittings went, scores, observations, and what was found once closed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select

from app.core.content import Content, Uid, Unit
from app.core.variables import fill
from app.curriculum.models import Edition, Revision
from app.curriculum.queries import contents, editions, reading
from app.infra.db import db
from app.people.permissions import Actor, Permission, check
from app.validation.models import Pilot, PilotClosing, PilotLearner, PilotObservation, PilotScore, PilotSession
from app.validation.models.pilots import PilotState
from app.validation.models.workshops import Verdict
from app.validation.rules import pilots as rules
from app.validation.rules import scores
from app.validation.rules.scores import NoSuchLearner

from .remarks import ANSWERING

Points = Mapping[tuple[int, Uid, str], Mapping[str, tuple[int, int]]]  # learner's id, unit, moment → points by question


@dataclass(frozen=True, slots=True)
class Listed:
    """A pilot in a list: how many learners, how many units were taught, how many observations wait."""

    pilot: Pilot
    learners: int
    taught: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Seen:
    """An observation with the number of the edition's state that answers it, if one does."""

    observation: PilotObservation
    revision: int | None


@dataclass(frozen=True, slots=True)
class Below:
    """What an edition further down reports of a pilot of its own: counts, nothing about persons."""

    edition: Edition
    pilot: Pilot
    results: Mapping[str, Any]


def get(edition: Edition, pilot_id: int) -> Pilot:
    """A pilot of this edition; `NoSuchPilot` for another edition's."""
    found = db.session.get(Pilot, pilot_id)
    if found is None or found.edition_id != edition.id:
        raise rules.NoSuchPilot
    return found


def hold(actor: Actor, pilot: Pilot, *, closed: bool = False) -> None:
    """Ask whether the actor may run this pilot, and let nobody else change it until the transaction ends.

    Raises `NotAllowed`; `PilotClosed` unless closed ones may be changed in this way.
    """
    check(actor, Permission.RUN_VALIDATION, editions.scope_of(pilot.edition))
    statement = select(Pilot).where(Pilot.id == pilot.id).with_for_update(of=Pilot)
    db.session.scalars(statement.execution_options(populate_existing=True)).one()
    if pilot.state is PilotState.CLOSED and not closed:
        raise rules.PilotClosed


def of_edition(edition: Edition) -> list[Listed]:
    """Every pilot of an edition, newest first; one query."""
    learners = select(func.count(PilotLearner.id)).where(PilotLearner.pilot_id == Pilot.id).scalar_subquery()
    taught = (
        select(func.count(PilotSession.id))
        .where(PilotSession.pilot_id == Pilot.id, PilotSession.used.is_not(None))
        .scalar_subquery()
    )
    waiting = (
        select(func.count(PilotObservation.id))
        .where(PilotObservation.pilot_id == Pilot.id, PilotObservation.verdict == Verdict.OPEN)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(Pilot, learners, taught, waiting)
        .where(Pilot.edition_id == edition.id)
        .order_by(Pilot.starts_on.desc(), Pilot.id.desc())
    )
    return [Listed(*row) for row in rows]


def learners(pilot: Pilot) -> Sequence[PilotLearner]:
    """Everybody who is taught by number, the erased too."""
    return db.session.scalars(
        select(PilotLearner).where(PilotLearner.pilot_id == pilot.id).order_by(PilotLearner.number)
    ).all()


def learner(pilot: Pilot, number: int) -> PilotLearner:
    """Who has this number in this pilot; raises `NoSuchLearner`."""
    found = db.session.scalar(
        select(PilotLearner).where(PilotLearner.pilot_id == pilot.id, PilotLearner.number == number)
    )
    if found is None:
        raise NoSuchLearner
    return found


def next_number(pilot: Pilot) -> int:
    """The number that the next learner gets."""
    highest = db.session.scalar(select(func.max(PilotLearner.number)).where(PilotLearner.pilot_id == pilot.id))
    return (highest or 0) + 1


def sessions(pilot: Pilot) -> Sequence[PilotSession]:
    """The sittings, one per unit, in order."""
    statement = select(PilotSession).where(PilotSession.pilot_id == pilot.id)
    statement = statement.order_by(PilotSession.position, PilotSession.id)
    return db.session.scalars(statement.execution_options(populate_existing=True)).all()


def told(pilot: Pilot) -> dict[str, object]:
    """What is said of the sittings, unit by unit."""
    return rules.told({one.unit_uid: one for one in sessions(pilot)})


def taught(pilot: Pilot) -> Content:
    """The content that is taught: the edition's as it stood at the pilot's revision."""
    return contents.state(pilot.revision).content


def unit(pilot: Pilot, uid: Uid) -> Unit:
    """A unit that is taught in this pilot, as it stood; raises `NotTaught`."""
    if uid not in {one.unit_uid for one in sessions(pilot)}:
        raise rules.NotTaught
    found = reading.unit_of(taught(pilot), uid)
    if found is None:
        raise rules.NotTaught
    return found[1]


def view(pilot: Pilot) -> reading.View:
    """What is taught, as a reader sees it."""
    language = pilot.language if pilot.language in pilot.edition.languages else pilot.edition.languages[0]
    return reading.View(pilot.edition, pilot.release, contents.state(pilot.revision), language)


def titles(pilot: Pilot) -> dict[Uid, str]:
    """The title of every unit at the pilot's revision, in its language."""
    return {line.uid: line.title for _, lines in reading.lines(view(pilot)) for line in lines}


def questions(pilot: Pilot, units: Sequence[Unit]) -> dict[Uid, list[scores.Question]]:
    """What is asked before and after each unit, as people read it, with its key; one query for any number of units."""
    seen = view(pilot)
    blocks = [block for one in units for block in one.blocks]
    texts, values = contents.texts_of(blocks, seen.language), seen.state.local.values(seen.language)
    by_uid = {block.uid: fill(text or "", values) for block, text in zip(blocks, texts, strict=True)}
    return {one.uid: scores.questions(one, by_uid) for one in units}


def points(pilot: Pilot, unit_uid: Uid | None = None) -> Points:
    """Every score, by learner, unit and moment; one query."""
    statement = (
        select(PilotScore)
        .join(PilotLearner, PilotLearner.id == PilotScore.learner_id)
        .where(PilotLearner.pilot_id == pilot.id)
    )
    if unit_uid is not None:
        statement = statement.where(PilotScore.unit_uid == unit_uid)
    found: dict[tuple[int, Uid, str], dict[str, tuple[int, int]]] = {}
    for row in db.session.scalars(statement):
        found.setdefault((row.learner_id, row.unit_uid, row.moment.value), {})[row.question_uid] = (
            row.points,
            row.out_of,
        )
    return found


def scored(pilot: Pilot, unit_uid: Uid) -> dict[str, object]:
    """The scores of a unit, by person, moment and question."""
    numbers = {one.id: one.number for one in learners(pilot)}
    return {
        f"{numbers[learner]} {moment} {question}": f"{numbers[learner]}: {got}/{of}"
        for (learner, _, moment), row in sorted(points(pilot, unit_uid).items())
        for question, (got, of) in sorted(row.items())
    }


def observations(pilot: Pilot, *, waiting: bool = False) -> list[Seen]:
    """What was observed, by number; those alone that wait for a decision when asked."""
    revision = select(func.min(Revision.number)).where(Revision.act_id == PilotObservation.act_id).scalar_subquery()
    statement = select(PilotObservation, revision).where(PilotObservation.pilot_id == pilot.id)
    if waiting:
        statement = statement.where(PilotObservation.verdict == Verdict.OPEN)
    return [Seen(*row) for row in db.session.execute(statement.order_by(PilotObservation.number))]


def observation(pilot: Pilot, number: int) -> PilotObservation:
    """An observation by its number in this pilot; raises `NoSuchObservation`."""
    found = db.session.scalar(
        select(PilotObservation).where(PilotObservation.pilot_id == pilot.id, PilotObservation.number == number)
    )
    if found is None:
        raise rules.NoSuchObservation
    return found


def next_observation(pilot: Pilot) -> int:
    """The number that the next observation gets."""
    highest = db.session.scalar(select(func.max(PilotObservation.number)).where(PilotObservation.pilot_id == pilot.id))
    return (highest or 0) + 1


def open_observations(edition_ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """By edition: observations that wait for a decision, and those accepted that nothing became of yet; one query."""
    found: dict[int, tuple[int, int]] = {}
    if not edition_ids:
        return found
    rows = db.session.execute(
        select(Pilot.edition_id, PilotObservation.verdict, func.count(PilotObservation.id))
        .join(PilotObservation, PilotObservation.pilot_id == Pilot.id)
        .where(
            Pilot.edition_id.in_(edition_ids),
            or_(
                PilotObservation.verdict == Verdict.OPEN,
                PilotObservation.verdict.in_(ANSWERING) & PilotObservation.act_id.is_(None),
            ),
        )
        .group_by(Pilot.edition_id, PilotObservation.verdict)
    )
    for edition_id, verdict, count in rows:
        undecided, undone = found.get(edition_id, (0, 0))
        is_open = verdict is Verdict.OPEN
        found[edition_id] = (undecided + count, undone) if is_open else (undecided, undone + count)
    return found


def closings(pilot: Pilot) -> Sequence[PilotClosing]:
    """Every time it was closed, newest first."""
    return db.session.scalars(
        select(PilotClosing).where(PilotClosing.pilot_id == pilot.id).order_by(PilotClosing.number.desc())
    ).all()


def closing(pilot: Pilot) -> PilotClosing | None:
    """The closing that holds now; None while the pilot is not closed."""
    found = next(iter(closings(pilot)), None)
    return found if found is not None and found.reopened_at is None else None


def closed(edition_ids: Collection[int]) -> list[tuple[Pilot, PilotClosing]]:
    """The closed pilots of these editions, the one closed last first; one query."""
    if not edition_ids:
        return []
    rows = db.session.execute(
        select(Pilot, PilotClosing)
        .join(PilotClosing, PilotClosing.pilot_id == Pilot.id)
        .where(Pilot.edition_id.in_(edition_ids), PilotClosing.reopened_at.is_(None))
        .order_by(PilotClosing.at.desc(), PilotClosing.id.desc())
    )
    return [(pilot, closing) for pilot, closing in rows]


def below(actor: Actor, edition: Edition) -> list[Below]:
    """What the editions grown from this one report of their closed pilots, newest first.

    Only of those the actor may know of; a handful of queries.
    """
    children: dict[int | None, list[int]] = {}
    for child, parent in db.session.execute(
        select(Edition.id, Edition.parent_id).where(Edition.curriculum_id == edition.curriculum_id)
    ):
        children.setdefault(parent, []).append(child)
    found: list[int] = []
    waiting = list(children.get(edition.id, []))
    while waiting:
        found.append(one := waiting.pop())
        waiting += children.get(one, [])
    known = {one.id for one in editions.visible(actor)} & set(found) if found else set()
    return [Below(pilot.edition, pilot, closing.results) for pilot, closing in closed(sorted(known))]
