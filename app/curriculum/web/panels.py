"""What features above add to the pages of an edition: panels on it, on a unit's draft, a block, a release; and tabs.

Imports point down, so an edition's page cannot ask a feature above it; that feature leaves its panel or tab here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flask import url_for
from flask_babel import gettext

from app.core.content import Block, Uid, Unit
from app.curriculum.models import Edition
from app.curriculum.queries.reading import View


class Place(StrEnum):
    """The pages that have room for panels."""

    EDITION = "edition"
    UNIT = "unit"
    BLOCK = "block"
    RELEASE = "release"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a page shows: an edition as seen; on a unit's page its unit; on a block's page its uid and, if there, it."""

    seen: View
    unit: Unit | None = None
    uid: Uid | None = None
    block: Block | None = None

    @property
    def edition(self) -> Edition:
        return self.seen.edition


@dataclass(frozen=True, slots=True)
class Panel:
    """A template and what fills it; `fill` returns None when there is nothing to show. Lower `order` comes first."""

    template: str
    fill: Callable[[Subject], Mapping[str, Any] | None]
    place: Place = Place.EDITION
    order: int = 50


@dataclass(frozen=True, slots=True)
class Tab:
    """A page of every edition, beside its others: `name` is what it calls itself, `label` an English sentence.

    The endpoint takes `slug` and `region`.
    """

    name: str
    label: str
    endpoint: str
    offered: Callable[[Edition], bool]
    order: int = 50


_panels: dict[str, Panel] = {}
_tabs: dict[str, Tab] = {}


def register(panel: Panel) -> None:
    """Add a panel; registering its template again replaces it."""
    _panels[panel.template] = panel


def register_tab(tab: Tab) -> None:
    """Add a tab; registering its name again replaces it."""
    _tabs[tab.name] = tab


def shown(place: Place, subject: Subject) -> list[tuple[str, Mapping[str, Any]]]:
    """The panels of a page that have something to show, each with its template."""
    wanted = sorted((p for p in _panels.values() if p.place is place), key=lambda p: (p.order, p.template))
    filled = [(panel.template, panel.fill(subject)) for panel in wanted]
    return [(template, values) for template, values in filled if values is not None]


def tabs(edition: Edition) -> list[tuple[str, str, str]]:
    """The tabs that features above offer this person on an edition: name, label, address."""
    offered = sorted((t for t in _tabs.values() if t.offered(edition)), key=lambda t: (t.order, t.name))
    return [
        (tab.name, gettext(tab.label), url_for(tab.endpoint, slug=edition.slug, region=edition.region))
        for tab in offered
    ]
