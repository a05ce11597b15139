"""The first page of those who teach, coordinate or follow figures: features leave panels here, each for some people.

Imports point down, so the first page cannot ask the features beside it; each leaves what it has to show today.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

# From top to bottom: what to do now, whom to seek out, what is mine, how it goes.
NOW, PEOPLE, MINE, FIGURES = 10, 30, 50, 70


@dataclass(frozen=True, slots=True)
class Panel:
    """A template and what fills it for somebody; `fill` takes the actor and returns None when it is not for them."""

    template: str
    fill: Callable[[Any], Mapping[str, Any] | None]
    order: int = MINE


_panels: dict[str, Panel] = {}


def register(panel: Panel) -> None:
    """Add a panel; registering its template again replaces it."""
    _panels[panel.template] = panel


def panels(actor: Any) -> list[tuple[str, Mapping[str, Any]]]:
    """What the first page shows this actor, from top to bottom: each template with what fills it."""
    asked = sorted(_panels.values(), key=lambda panel: (panel.order, panel.template))
    filled = [(panel.template, panel.fill(actor)) for panel in asked]
    return [(template, values) for template, values in filled if values is not None]
