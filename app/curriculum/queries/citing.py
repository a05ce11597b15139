"""What acts cite, told by the features above that know: findings, needs. Empty where nothing was registered."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.people.permissions import Actor


@dataclass(frozen=True, slots=True)
class Cited:
    """Something an act cites: its code, if it has one, its sentence, and the page that shows it."""

    code: str
    statement: str
    endpoint: str
    parts_of_address: Mapping[str, Any]

    @property
    def words(self) -> str:
        """The code and the sentence on one line."""
        return f"{self.code}: {self.statement}" if self.code else self.statement


Provider = Callable[[Actor, Collection[int]], Mapping[int, Sequence[Cited]]]
_providers: dict[str, Provider] = {}


def register(name: str, provider: Provider) -> None:
    """Ask this for what acts cite; registering a name again replaces it."""
    _providers[name] = provider


def cited(actor: Actor, act_ids: Collection[int]) -> dict[int, list[Cited]]:
    """What each act cites, as far as the actor may see it; a few queries, however many acts."""
    found: dict[int, list[Cited]] = {}
    for name in sorted(_providers):
        for act_id, some in _providers[name](actor, act_ids).items():
            found.setdefault(act_id, []).extend(some)
    return found
