"""What features above want done before a release; each leaves here a question that is asked of every edition."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.curriculum.models import Edition


@dataclass(frozen=True, slots=True)
class Unmet:
    """Something still to be done: a sentence (English source) with its named parts, and the page where it is done.

    `slug` and `region` are added to `parts_of_address`.
    """

    text: str
    endpoint: str
    parts: Mapping[str, Any] = field(default_factory=dict)
    parts_of_address: Mapping[str, Any] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """The sentence in English with its parts filled in."""
        return self.text % self.parts


Gate = Callable[[Edition], list[Unmet]]
_gates: dict[str, Gate] = {}


def register(name: str, gate: Gate) -> None:
    """Ask this of every edition that is to be released; registering a name again replaces it."""
    _gates[name] = gate


def unmet(edition: Edition) -> list[Unmet]:
    """All that is still to be done, in the order of the gates' names."""
    return [one for name in sorted(_gates) for one in _gates[name](edition)]
