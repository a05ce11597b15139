"""What every page states: the permission it needs, or that it is public. A page that states nothing is refused."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])

PUBLIC = "public"
ATTRIBUTE = "vivero_permission"


def requires(permission: StrEnum) -> Callable[[View], View]:
    """Let only people in who hold this permission somewhere; the object itself is checked where it is loaded."""

    def mark(view: View) -> View:
        view.__dict__[ATTRIBUTE] = permission
        return view

    return mark


def public(view: View) -> View:
    """Let everybody in. What they see is still checked object by object."""
    view.__dict__[ATTRIBUTE] = PUBLIC
    return view


def stated(view: Callable[..., Any] | None) -> StrEnum | str | None:
    """What a page states of itself: a permission, `PUBLIC`, or None."""
    return None if view is None else view.__dict__.get(ATTRIBUTE)
