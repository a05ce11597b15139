"""The main menu: features register what they offer and to whom; a page's template asks what this person gets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import request, url_for
from flask_babel import gettext


@dataclass(frozen=True)
class Entry:
    """A place in the menu: endpoint, label (English source sentence), who is offered it.

    Pages of the endpoint's own blueprint and of those in `also` stand under it.
    """

    endpoint: str
    label: str
    offered: Callable[[], bool]
    order: int = 50
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Item:
    label: str
    url: str
    current: bool


_entries: dict[str, Entry] = {}
_own: dict[str, Entry] = {}


def register(entry: Entry) -> None:
    """Add a place to the menu; registering it again replaces it."""
    _entries[entry.endpoint] = entry


def register_own(entry: Entry) -> None:
    """Add a page about oneself to the menu under one's name; registering it again replaces it."""
    _own[entry.endpoint] = entry


def own_items() -> list[Item]:
    """The pages about oneself for this request, under one's name."""
    return _items(_own)


def items() -> list[Item]:
    """The menu for this request."""
    return _items(_entries)


def _items(entries: dict[str, Entry]) -> list[Item]:
    blueprint = (request.endpoint or "").split(".")[0]
    return [
        Item(gettext(entry.label), url_for(entry.endpoint), blueprint in (entry.endpoint.split(".")[0], *entry.also))
        for entry in sorted(entries.values(), key=lambda e: (e.order, e.endpoint))
        if entry.offered()
    ]
