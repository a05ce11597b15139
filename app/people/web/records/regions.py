"""Regions to choose from: the countries somebody works in with their parts first, then every other country."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext

from app.infra import i18n

Choices = dict[str, list[tuple[str, str]]]
USUAL = "PE"


def choices(known: Iterable[str], present: str = "", *, empty: bool = False) -> Choices:
    """Code and name of each region by country; `known` are regions the reader works in, `present` the one chosen."""
    countries = {code[:2] for code in (*known, present) if len(code) in (2, 5, 6)} or {USUAL}
    named = dict(i18n.countries())
    found: Choices = {"": [("", gettext("Not stated"))]} if empty else {}
    for code in sorted(countries & named.keys(), key=lambda code: named[code]):
        found[named[code]] = [(code, named[code]), *i18n.subdivisions(code)]
    others = [(code, name) for code, name in i18n.countries() if code not in countries]
    found[gettext("Other countries")] = others
    listed = {code for group in found.values() for code, _ in group}
    if present and present not in listed:
        found[""] = [*found.get("", []), (present, i18n.region_name(present))]
    return found


def named(codes: Iterable[str]) -> list[tuple[str, str]]:
    """Code and name of some regions, each under its country, for a filter."""
    every = sorted({*codes, *(code[:2] for code in codes if "-" in code)})
    return [(code, f"– {i18n.region_name(code)}" if "-" in code else i18n.region_name(code)) for code in every]
