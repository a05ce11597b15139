"""What kinds, states and codes are called. Words shown many times on a page are asked of the catalogue once."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from flask import Flask, g
from flask_babel import gettext

from app.core.errors import N_

BLOCK_KINDS = {
    "objectives": N_("Objectives"),
    "plan": N_("Plan"),
    "materials": N_("Materials"),
    "activity": N_("Activity"),
    "case": N_("Case study"),
    "note": N_("For the facilitator"),
    "handout": N_("Handout"),
    "question": N_("Question"),
    "access": N_("For everybody to take part"),
    "sources": N_("Sources"),
}

_kinds: dict[type[StrEnum], Mapping[Any, str]] = {}
_codes: dict[str, Mapping[str, str]] = {}
_never_offered: dict[str, Mapping[str, str]] = {}


def register(*tables: Mapping[Any, str]) -> None:
    """Say what the members of enumerations are called, in English source sentences; one table each, all of it."""
    for table in tables:
        kind: type[StrEnum] = type(next(iter(table)))
        if missing := set(kind) - set(table):
            raise LookupError(f"{kind.__name__} has no words for {sorted(missing)}")
        _kinds[kind] = table


def register_codes(name: str, table: Mapping[str, str], *, never_offered: Mapping[str, str] | None = None) -> None:
    """Say what the codes of a list are called, for those that are no enumeration; some are only ever read."""
    _codes[name], _never_offered[name] = table, never_offered or {}


def word(member: StrEnum) -> str:
    """What a kind or state is called in the reader's language."""
    return str(gettext(_kinds[type(member)][member]))


def has(kind: type[StrEnum]) -> bool:
    """Whether the members of an enumeration have words."""
    return kind in _kinds


def choices(kind: type[StrEnum]) -> list[tuple[str, str]]:
    """Value and word of each member of an enumeration, for a field that offers them."""
    return [(member.value, word(member)) for member in kind]


def code_word(name: str, code: str) -> str:
    """What a code of a list is called in the reader's language; one that is not on it is shown as it is."""
    table = _never_offered[name] if code in _never_offered[name] else _codes[name]
    return str(gettext(table[code])) if code in table else code


def code_choices(name: str) -> list[tuple[str, str]]:
    """Code and word of each code of a list, for a field that offers them."""
    return [(code, code_word(name, code)) for code in _codes[name]]


def install(app: Flask) -> None:
    """Give templates these words, and `N_` to mark sentences that are translated where they are shown."""
    for given in (block_kind, word, choices, code_word, code_choices):
        app.add_template_global(given)
    app.add_template_global(N_, "N_")


def block_kind(name: str) -> str:
    """The word for a kind of block in the reader's language; plain prose has none."""
    said: dict[str, str] | None = g.get("block_kinds")
    if said is None:
        said = g.block_kinds = {kind: str(gettext(text)) for kind, text in BLOCK_KINDS.items()}
    return said.get(str(name), "")
