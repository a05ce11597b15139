"""Processes as data: which stages there are, who moves an edition on, what may be skipped; and who signs in which role.

The order stands in processes.toml. What a gate asks of an edition is queries/gates.py's matter.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from app.core.errors import N_, Refused
from app.people.permissions import Actor, Role, Scope

FILE = Path(__file__).parent.parent / "processes.toml"
LONGEST_WHY = 2_000


class MoveKind(StrEnum):
    """How an edition came to a stage."""

    CHOSEN = "chosen"
    INHERITED = "inherited"
    FORWARD = "forward"
    SKIPPED = "skipped"
    BACK = "back"


class SignRole(StrEnum):
    """What somebody answers for with a signature."""

    CONTENT = "content"
    LEGAL = "legal"
    LANGUAGE = "language"
    REPRESENTATIVE = "representative"
    LICENCE = "licence"


SIGNERS: Mapping[SignRole, frozenset[Role]] = {
    SignRole.CONTENT: frozenset({Role.DESIGNER}),
    SignRole.LEGAL: frozenset({Role.REVIEWER}),
    SignRole.LANGUAGE: frozenset({Role.REVIEWER}),
    SignRole.REPRESENTATIVE: frozenset({Role.REPRESENTATIVE}),
    SignRole.LICENCE: frozenset({Role.DESIGNER, Role.ADMINISTRATOR}),
}


class NoSuchProcess(Refused):
    text = N_("There is no such way to a release. Choose one of the list.")
    status = 422


class NoSuchStage(Refused):
    text = N_("This edition's way to a release has no such stage.")
    status = 422


class NotYourStage(Refused):
    text = N_("Moving the edition on from this stage is not among your tasks here.")
    status = 403


class NeedsWhy(Refused):
    text = N_("Please say why, so that those who come later understand it.")
    status = 422


class TooLongWhy(Refused):
    text = N_("The reason is longer than %(most)s letters. Please shorten it.")
    status = 422


class GatesUnmet(Refused):
    text = N_("The edition stays at this stage: %(count)s things are missing. They are listed below.")


class NotSkippable(Refused):
    text = N_("This stage cannot be left out.")


class MovedMeanwhile(Refused):
    text = N_("Somebody moved the edition in the meantime. Look where it stands now.")


class NotYourSignature(Refused):
    text = N_("Signing this is the task of somebody else in this edition.")
    status = 403


class SignedAlready(Refused):
    text = N_("You have signed this already, and nothing has changed since.")


class OnePersonAlone(Refused):
    text = N_("You have signed all the rest. Somebody else has to sign this, so that an edition never has one reader.")


class NoSuchSignature(Refused):
    text = N_("There is no such signature, or it belongs to another edition.")
    status = 404


@dataclass(frozen=True, slots=True)
class Asked:
    """A gate that a stage asks, with what it is told, e.g. how many people it wants."""

    gate: str
    told: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stage:
    """A part of the way: what must be done before it is left, and the roles that may move an edition on."""

    key: str
    roles: frozenset[Role]
    gates: tuple[Asked, ...] = ()
    skippable: bool = False


@dataclass(frozen=True, slots=True)
class Process:
    """A way to a release: its stages in order."""

    key: str
    stages: tuple[Stage, ...]

    def at(self, key: str) -> int:
        """The place of a stage, from 0; raises `NoSuchStage`."""
        for place, stage in enumerate(self.stages):
            if stage.key == key:
                return place
        raise NoSuchStage


@dataclass(frozen=True, slots=True)
class Step:
    """A move: from where to where, and how."""

    kind: MoveKind
    target: Stage


@cache
def processes() -> Mapping[str, Process]:
    """Every process by its key, as the file says."""
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {key: _process(key, rows) for key, rows in data.items() if key != "default"}


@cache
def default() -> str:
    """The process that an edition follows until another is chosen."""
    return str(tomllib.loads(FILE.read_text(encoding="utf-8"))["default"])


def _process(key: str, rows: Sequence[Mapping[str, Any]]) -> Process:
    return Process(
        key,
        tuple(
            Stage(
                row["stage"],
                frozenset(Role(name) for name in row["move"]),
                tuple(Asked(one["ask"], {k: v for k, v in one.items() if k != "ask"}) for one in row.get("gates", ())),
                bool(row.get("skip", False)),
            )
            for row in rows
        ),
    )


def process(key: str) -> Process:
    """The process of this key; raises `NoSuchProcess`."""
    found = processes().get(key)
    if found is None:
        raise NoSuchProcess
    return found


def holds(actor: Actor, roles: Collection[Role], scope: Scope) -> bool:
    """Whether the actor has one of these roles there."""
    return any(grant.role in roles and grant.scope.covers(scope) for grant in actor.grants)


def reason(text: str, *, needed: bool = True) -> str:
    """A reason, trimmed; raises `NeedsWhy` or `TooLongWhy`."""
    found = text.replace("\r\n", "\n").strip()
    if needed and not found:
        raise NeedsWhy
    if len(found) > LONGEST_WHY:
        raise TooLongWhy(most=LONGEST_WHY)
    return found


def step(on: Process, now: str, wanted: str, *, missing: int, skip: bool, why: str) -> Step:
    """How an edition gets from a stage to another one; raises what stands against it.

    One stage forward at a time: with its gates met, or skipped with a reason. Back to any stage, with a reason.
    """
    here, there = on.at(now), on.at(wanted)
    if there < here:
        reason(why)
        return Step(MoveKind.BACK, on.stages[there])
    if there != here + 1:
        raise NoSuchStage
    if skip:
        if not on.stages[here].skippable:
            raise NotSkippable
        reason(why)
        return Step(MoveKind.SKIPPED, on.stages[there])
    if missing:
        raise GatesUnmet(count=missing)
    return Step(MoveKind.FORWARD, on.stages[there])


def skipped_after(on: Process, skipped: Iterable[str], made: Step, now: str) -> list[str]:
    """The stages that count as left out after a move: going back takes up again what lies from there on."""
    keys = [stage.key for stage in on.stages]
    kept = {key for key in skipped if key in keys}
    if made.kind is MoveKind.SKIPPED:
        kept.add(now)
    elif made.kind is MoveKind.BACK:
        kept -= set(keys[on.at(made.target.key) :])
    else:
        kept.discard(now)
    return [key for key in keys if key in kept]


def check_signer(actor: Actor, role: SignRole, scope: Scope, others: Collection[SignRole]) -> None:
    """Raise unless the actor may sign in this role; `others` are the roles in which they have signed this state.

    Nobody signs in all roles: the last one is somebody else's.
    """
    if not holds(actor, SIGNERS[role], scope):
        raise NotYourSignature
    if set(others) - {role} == set(SignRole) - {role}:
        raise OnePersonAlone


def may_sign(actor: Actor, scope: Scope) -> list[SignRole]:
    """The roles in which the actor may sign there."""
    return [role for role in SignRole if holds(actor, SIGNERS[role], scope)]
