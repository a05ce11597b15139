"""What other packages and layers put on the page of one enrolment: contacts, results, certificates.

Imports point down, so this page cannot ask them; each leaves its panel here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from app.delivery.models import Enrolment


@dataclass(frozen=True, slots=True)
class Panel:
    """A template and what fills it for an enrolment; `fill` returns None where there is nothing to show.

    The template gets `cohort`, `enrolment`, `person` and, as `given`, what fills it.
    """

    template: str
    fill: Callable[[Enrolment], Mapping[str, Any] | None]
    order: int = 50


_panels: dict[str, Panel] = {}


def register(panel: Panel) -> None:
    """Add a panel; registering its template again replaces it."""
    _panels[panel.template] = panel


def of(enrolment: Enrolment) -> list[tuple[str, Mapping[str, Any]]]:
    """What is shown of an enrolment, from top to bottom: each template with what fills it."""
    asked = sorted(_panels.values(), key=lambda panel: (panel.order, panel.template))
    filled = [(panel.template, panel.fill(enrolment)) for panel in asked]
    return [(template, values) for template, values in filled if values is not None]
