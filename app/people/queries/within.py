"""From an actor's grants to a condition on rows: what `permissions.Scope.covers` says of one thing, said of a list.

Each list says which of its columns hold what; a part of a grant's scope that the list knows nothing of shuts it out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, true
from sqlalchemy.orm import InstrumentedAttribute

from app.people.permissions import WORLD, Actor, Ids, Permission, Scope

Condition = ColumnElement[bool]
Lying = Callable[[Ids], Condition]
Column = ColumnElement[str] | InstrumentedAttribute[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """How the rows of a list are found: by their region, and by the ids that they lie in."""

    region: Column | None = None
    organisations: Lying | None = None
    programmes: Lying | None = None
    teachers: Lying | None = None
    persons: Lying | None = None


def within(actor: Actor, permission: Permission, where: Where) -> Condition:
    """Return the condition on the rows for which the actor has this permission."""
    return or_(false(), *(_covered(scope, where) for scope in actor.scopes(permission)))


def _covered(scope: Scope, where: Where) -> Condition:
    if scope.curriculum is not None:
        return false()
    pairs = (
        (scope.organisations, where.organisations),
        (scope.programmes, where.programmes),
        (scope.teachers, where.teachers),
        (scope.persons, where.persons),
    )
    parts = [false() if lying is None else lying(held) for held, lying in pairs if held is not None]
    return and_(true(), _covered_region(scope.region, where.region), *parts)


def _covered_region(held: str | None, region: Any) -> Condition:
    if held is None or held == WORLD:
        return true()
    if region is None:
        return false()
    found: Condition = or_(region == held, region.startswith(f"{held}-", autoescape=True))
    return found
