"""The tabs of a programme and of a cohort: packages of this layer and layers above leave theirs here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import request, url_for
from flask_babel import gettext

from app.delivery.models import Cohort, Programme
from app.delivery.queries import scopes
from app.people.login import current_actor
from app.people.permissions import Permission, allows


@dataclass(frozen=True, slots=True)
class Tab:
    """A page of every programme or cohort: its endpoint takes `slug`; `label` is an English source sentence.

    It is offered to those who have `permission` on this very thing. `also` are the endpoints that stand under it.
    """

    endpoint: str
    label: str
    permission: Permission
    order: int = 50
    also: frozenset[str] = frozenset()


Shown = tuple[str, str, bool]
_of_programmes: dict[str, Tab] = {}
_of_cohorts: dict[str, Tab] = {}


def of_programme(*tabs: Tab) -> None:
    """Add tabs to every programme; registering an endpoint again replaces it."""
    _of_programmes.update({tab.endpoint: tab for tab in tabs})


def of_cohort(*tabs: Tab) -> None:
    """Add tabs to every cohort; registering an endpoint again replaces it."""
    _of_cohorts.update({tab.endpoint: tab for tab in tabs})


def for_programme(programme: Programme) -> list[Shown]:
    """Label, address and whether it is here, of each tab that this person is offered on a programme."""
    scope = scopes.of_programme(programme)
    return _shown(_of_programmes, programme.slug, lambda permission: allows(current_actor(), permission, scope))


def for_cohort(cohort: Cohort) -> list[Shown]:
    """Label, address and whether it is here, of each tab that this person is offered on a cohort."""
    scope = scopes.of_cohort(cohort)
    return _shown(_of_cohorts, cohort.slug, lambda permission: allows(current_actor(), permission, scope))


def _shown(tabs: dict[str, Tab], slug: str, may: Callable[[Permission], bool]) -> list[Shown]:
    here = request.endpoint
    offered = sorted((tab for tab in tabs.values() if may(tab.permission)), key=lambda tab: (tab.order, tab.endpoint))
    return [
        (gettext(tab.label), url_for(tab.endpoint, slug=slug), here == tab.endpoint or here in tab.also)
        for tab in offered
    ]
