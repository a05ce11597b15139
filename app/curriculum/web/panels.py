"""What features above add to an edition's own page: a template each, and what it is to show.

Imports point down, so an edition's page cannot ask a feature above it; that feature leaves its panel here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from app.curriculum.queries.reading import View


@dataclass(frozen=True, slots=True)
class Panel:
    """A template and what fills it for an edition as seen; `fill` returns None when there is nothing to show."""

    template: str
    fill: Callable[[View], Mapping[str, Any] | None]


_panels: dict[str, Panel] = {}


def register(panel: Panel) -> None:
    """Add a panel; registering its template again replaces it."""
    _panels[panel.template] = panel


def for_edition(seen: View) -> list[tuple[str, Mapping[str, Any]]]:
    """The panels that have something to show, each with its template."""
    filled = [(panel.template, panel.fill(seen)) for panel in _panels.values()]
    return [(template, values) for template, values in filled if values is not None]
