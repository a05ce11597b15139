"""Reading frozen figures: approved ones for those who see the programme's, the others for those who prepare them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select

from app.delivery.models import Programme
from app.delivery.queries import scopes
from app.infra.db import db
from app.people.permissions import Actor, Permission
from app.reporting.kinds import SnapshotState
from app.reporting.models import Snapshot, SnapshotFigure, SnapshotProgramme
from app.reporting.rules import definitions
from app.reporting.rules.definitions import Definition
from app.reporting.rules.figures import Figure, groups_from_json
from app.reporting.rules.periods import Period
from app.reporting.rules.snapshots import NoSuchSnapshot

from . import views
from .asking import Question
from .desk import Desk
from .measures import computed


@dataclass(frozen=True, slots=True)
class Frozen:
    """A snapshot with its programmes, as they were called, and its figures in the order of the definitions."""

    snapshot: Snapshot
    programmes: Sequence[SnapshotProgramme]
    figures: Sequence[tuple[Definition, Figure]]

    def figure(self, code: str) -> Figure | None:
        """One of its figures."""
        return next((figure for definition, figure in self.figures if definition.code == code), None)


@dataclass(frozen=True, slots=True)
class Listed:
    """A snapshot on a list, with the names of its programmes."""

    snapshot: Snapshot
    programmes: Sequence[str]


def visible(actor: Actor) -> ColumnElement[bool]:
    """The condition on `Snapshot` for those this actor may see: every one of its programmes must be open to them."""
    looked_after = scopes.programmes_visible(actor, Permission.APPROVE_FIGURES)
    approved = (Snapshot.state == SnapshotState.APPROVED) & ~_has_other(views.whole(actor))
    return approved | ~_has_other(looked_after)


def _has_other(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether a snapshot is also of a programme of which this does not hold."""
    return (
        select(SnapshotProgramme.id)
        .join(Programme, Programme.id == SnapshotProgramme.programme_id)
        .where(SnapshotProgramme.snapshot_id == Snapshot.id, ~condition)
        .exists()
    )


def get(actor: Actor, uid: str) -> Snapshot:
    """A snapshot that this actor may see; else `NoSuchSnapshot`."""
    wanted = select(Snapshot).where(Snapshot.uid == uid, visible(actor))
    found = db.session.scalar(wanted) if uid.isprintable() else None
    if found is None:
        raise NoSuchSnapshot
    return found


def newest(actor: Actor, *more: ColumnElement[bool], limit: int = 50) -> list[Listed]:
    """The snapshots that this actor may see, newest first; two queries."""
    found = db.session.scalars(
        select(Snapshot)
        .where(visible(actor), *more)
        .order_by(Snapshot.prepared_at.desc(), Snapshot.id.desc())
        .limit(limit)
    ).all()
    names: dict[int, list[str]] = {}
    for id_, name in db.session.execute(
        select(SnapshotProgramme.snapshot_id, SnapshotProgramme.name)
        .where(SnapshotProgramme.snapshot_id.in_([one.id for one in found]))
        .order_by(SnapshotProgramme.id)
    ):
        names.setdefault(id_, []).append(name)
    return [Listed(one, names.get(one.id, [])) for one in found]


def newest_approved(actor: Actor, programmes: Sequence[Programme]) -> dict[int, Snapshot]:
    """The snapshot of each of these programmes that was approved last, by the programme's id; of it alone."""
    alone = (
        select(SnapshotProgramme.snapshot_id)
        .group_by(SnapshotProgramme.snapshot_id)
        .having(func.count() == 1)
    )  # fmt: skip
    rows = db.session.execute(
        select(SnapshotProgramme.programme_id, Snapshot)
        .join(Snapshot, Snapshot.id == SnapshotProgramme.snapshot_id)
        .where(
            SnapshotProgramme.programme_id.in_([one.id for one in programmes]),
            Snapshot.id.in_(alone),
            Snapshot.state == SnapshotState.APPROVED,
            visible(actor),
        )
        .order_by(Snapshot.until, Snapshot.decided_at, Snapshot.id)
    )
    return dict(rows.all())


def of_programme(programme: Programme) -> ColumnElement[bool]:
    """The condition on `Snapshot` for those that hold a programme."""
    held = select(SnapshotProgramme.snapshot_id).where(SnapshotProgramme.programme_id == programme.id)
    return Snapshot.id.in_(held)


def waiting_for(actor: Actor) -> list[Listed]:
    """What waits for this actor's approval: prepared by others, in programmes whose figures they look after."""
    looked_after = scopes.programmes_visible(actor, Permission.APPROVE_FIGURES)
    return newest(
        actor,
        Snapshot.state == SnapshotState.WAITING,
        Snapshot.prepared_by_id.is_distinct_from(actor.account_id),
        ~_has_other(looked_after),
    )


def to_freeze(actor: Actor, most: int) -> Sequence[Programme]:
    """The programmes whose figures this actor may freeze, the newest first."""
    return db.session.scalars(
        select(Programme)
        .where(scopes.programmes_visible(actor, Permission.APPROVE_FIGURES))
        .order_by(Programme.starts_on.desc(), Programme.id.desc())
        .limit(most)
    ).all()


def chosen(actor: Actor, ids: Sequence[int]) -> Sequence[Programme]:
    """These programmes, if this actor may freeze the figures of each; else raises `NoSuchProgramme`."""
    seen = scopes.programmes_visible(actor, Permission.APPROVE_FIGURES)
    found = db.session.scalars(select(Programme).where(Programme.id.in_(ids), seen).order_by(Programme.id)).all()
    if len(found) != len(set(ids)):
        raise scopes.NoSuchProgramme
    return found


def programmes_of(frozen: Frozen) -> Sequence[Programme]:
    """The programmes whose figures these are."""
    ids = [one.programme_id for one in frozen.programmes]
    return db.session.scalars(select(Programme).where(Programme.id.in_(ids)).order_by(Programme.id)).all()


def opened(snapshot: Snapshot) -> Frozen:
    """A snapshot as it was frozen; two queries."""
    programmes = db.session.scalars(
        select(SnapshotProgramme).where(SnapshotProgramme.snapshot_id == snapshot.id).order_by(SnapshotProgramme.id)
    ).all()
    rows = db.session.scalars(
        select(SnapshotFigure).where(SnapshotFigure.snapshot_id == snapshot.id).order_by(SnapshotFigure.id)
    )
    return Frozen(snapshot, programmes, [(definitions.of(row.code, row.version), _figure(row)) for row in rows])


def today(frozen: Frozen, day: date) -> dict[str, Figure]:
    """What the same figures would be if they were counted now, by the same definitions."""
    ids = [one.programme_id for one in frozen.programmes]
    programmes = db.session.scalars(select(Programme).where(Programme.id.in_(ids)).order_by(Programme.id)).all()
    kept = frozen.snapshot
    desk = Desk(Question(tuple(programmes), Period(kept.year, kept.since, kept.until), day))
    found = ((definition.code, computed(desk, definition)) for definition, _ in frozen.figures)
    return {code: figure for code, figure in found if figure is not None}


def _figure(row: SnapshotFigure) -> Figure:
    return Figure(
        row.code,
        row.version,
        _number(row.value),
        _number(row.of),
        groups_from_json(row.groups),
        row.missing,
        tuple(row.people),
        tuple(row.organisations),
    )


def _number(value: float | None) -> int | float | None:
    return int(value) if value is not None and value == int(value) else value
