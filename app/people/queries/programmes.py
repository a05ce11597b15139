"""The programmes of which the layer above tells: which ones a role can be given within, and what they are called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from app.people.permissions import Actor, Permission


@dataclass(frozen=True, slots=True)
class Offered:
    """A programme as far as giving roles needs to know it."""

    id: int
    name: str
    region: str


class Source(Protocol):
    """Who knows programmes: those on which an actor has a permission, and names of some, unchecked."""

    def offered(self, actor: Actor, permission: Permission) -> Sequence[Offered]: ...
    def named(self, ids: Sequence[int]) -> Mapping[int, str]: ...


_sources: dict[str, Source] = {}


def tell(name: str, source: Source) -> None:
    """Let a layer above tell of programmes; saying it again replaces it."""
    _sources[name] = source


def offered(actor: Actor, permission: Permission) -> list[Offered]:
    """The programmes on which the actor has this permission, by name."""
    found = [one for source in _sources.values() for one in source.offered(actor, permission)]
    return sorted(found, key=lambda one: (one.name.lower(), one.id))


def named(ids: Sequence[int]) -> dict[int, str]:
    """What programmes are called, unchecked: for who sees the roles that hold in them."""
    return {id_: name for source in _sources.values() for id_, name in source.named(ids).items()}
