"""What layers above show on the page of an organisation or of a person: programmes, cohorts, certificates, licences.

Imports point down, so these pages cannot ask the layers above; each leaves its panels here when it is installed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Place(StrEnum):
    """Whose page a panel stands on."""

    ORGANISATION = "organisation"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Panel:
    """A template that gets `given`, and what fills it: `fill(actor, organisation or person)`, None when there is
    nothing that this actor may see. It checks by itself what the actor may see of its own things.
    """

    place: Place
    template: str
    fill: Callable[[Any, Any], Mapping[str, Any] | None]
    order: int = 50


_panels: dict[tuple[Place, str], Panel] = {}


def register(panel: Panel) -> None:
    """Add a panel; registering its template again for the same place replaces it."""
    _panels[panel.place, panel.template] = panel


def of(place: Place, actor: Any, thing: Any) -> list[tuple[str, Mapping[str, Any]]]:
    """What stands on this page for this actor, from top to bottom: each template with what fills it."""
    asked = sorted((one for one in _panels.values() if one.place is place), key=lambda one: (one.order, one.template))
    filled = [(panel.template, panel.fill(actor, thing)) for panel in asked]
    return [(template, given) for template, given in filled if given is not None]
