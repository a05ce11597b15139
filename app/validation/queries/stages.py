"""Where editions stand on their way to a release: done, here, to come, and what is missing for the next step."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select

from app.core.errors import N_
from app.curriculum.models import Edition
from app.curriculum.queries import editions
from app.curriculum.queries.gates import Unmet
from app.infra.db import db
from app.people.permissions import Actor
from app.validation.models import EditionStage, StageMove
from app.validation.rules import stages as rules

from . import gates
from .gates import Answer


class Place(StrEnum):
    """How a stage lies to where the edition stands."""

    DONE = "done"
    SKIPPED = "skipped"
    HERE = "here"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class Part:
    """A stage of the road with what its gates say; `mine`: this person may move the edition on from it."""

    stage: rules.Stage
    place: Place
    answers: Sequence[Answer]
    mine: bool

    @property
    def missing(self) -> int:
        return sum(not answer.met for answer in self.answers)


@dataclass(frozen=True, slots=True)
class Road:
    """The whole way of an edition."""

    process: rules.Process
    parts: Sequence[Part]

    @property
    def here(self) -> Part:
        return next(part for part in self.parts if part.place is Place.HERE)

    @property
    def following(self) -> rules.Stage | None:
        """The stage after this one; None at the end."""
        at = self.parts.index(self.here) + 1
        return self.parts[at].stage if at < len(self.parts) else None


def row_of(edition: Edition) -> EditionStage | None:
    """Where an edition stands, if anybody ever said; one query."""
    return db.session.scalar(select(EditionStage).where(EditionStage.edition_id == edition.id))


def process_of(edition: Edition) -> rules.Process:
    """The process that an edition follows."""
    row = row_of(edition)
    known = rules.processes()
    return known[row.process] if row is not None and row.process in known else known[rules.default()]


def stage_of(edition: Edition) -> tuple[rules.Process, rules.Stage, Collection[str]]:
    """The process, the stage the edition stands at, and the stages that were left out.

    A stage that the file does not know any more counts as the first one.
    """
    row = row_of(edition)
    known = rules.processes()
    if row is None or row.process not in known:
        process = known[rules.default()]
        return process, process.stages[0], ()
    process = known[row.process]
    return process, next((one for one in process.stages if one.key == row.stage), process.stages[0]), row.skipped


def road(actor: Actor, edition: Edition) -> Road:
    """The whole way of an edition with what every gate says now."""
    process, now, skipped = stage_of(edition)
    scope = editions.scope_of(edition)
    here = process.at(now.key)
    parts = []
    for at, stage in enumerate(process.stages):
        place = Place.HERE if at == here else Place.AHEAD if at > here else Place.DONE
        if stage.key in skipped and place is Place.DONE:
            place = Place.SKIPPED
        answers = [gates.ask(edition, asked) for asked in stage.gates]
        parts.append(Part(stage, place, answers, rules.holds(actor, stage.roles, scope)))
    return Road(process, parts)


def missing_at(edition: Edition, stage: rules.Stage) -> list[Answer]:
    """The gates of a stage that are not met."""
    return [answer for asked in stage.gates if not (answer := gates.ask(edition, asked)).met]


def unmet(edition: Edition) -> list[Unmet]:
    """What keeps an edition from being released: every gate on its way that is not met, save of what was left out."""
    process, now, skipped = stage_of(edition)
    if process.key == rules.default():
        return []
    found = [
        Unmet(answer.text, answer.endpoint, answer.parts, answer.address)
        for stage in process.stages
        if stage.key not in skipped
        for answer in missing_at(edition, stage)
    ]
    if now is not process.stages[-1]:
        found.append(Unmet(N_("The edition has not been moved to its last stage."), "validation.stages"))
    return found


def moves(edition: Edition) -> Sequence[StageMove]:
    """Every move of an edition, newest first."""
    return db.session.scalars(
        select(StageMove).where(StageMove.edition_id == edition.id).order_by(StageMove.id.desc())
    ).all()


def under_way() -> Sequence[EditionStage]:
    """The editions that follow another process than the default one, in order of their ids; one query."""
    return db.session.scalars(
        select(EditionStage).where(EditionStage.process != rules.default()).order_by(EditionStage.edition_id)
    ).all()
