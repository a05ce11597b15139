"""The groups of a figure, largest first, hidden where they are too small: by sex, age, organisation, country, kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from app.reporting.kinds import Split
from app.reporting.rules.hiding import Counted, Told, told

from .desk import Desk
from .presence import NOWHERE, Sum


def people_by(desk: Desk, summed: Sum, split: Split, beside: Sum | None, *, times: bool) -> tuple[Told, ...] | None:
    """People, or how often they came, by a split; who is hidden is decided by people either way."""
    around = beside.people_by[split] if beside is not None else {}
    held = summed.people_by[split]

    def counted(key: str, label: str = "") -> Counted:
        people = len(held[key])
        count = summed.times_by[split][key] if times else people
        return Counted(key, people, count, label, beside=len(around[key]) if beside is not None else None)

    total = len(summed.first)
    if split is Split.ORGANISATION:
        return told(total, _by_kind(desk, summed, counted, times=times))
    if split is Split.COUNTRY:
        return told(total, _by_country(summed, counted, times=times))
    return told(total, sorted(map(counted, held), key=largest))


def _by_kind(desk: Desk, summed: Sum, counted: Callable[[str, str], Counted], *, times: bool) -> list[Counted]:
    """Organisations within their kinds; those sent by none stand apart."""
    kinds: dict[str, list[str]] = {}
    for key in summed.people_by[Split.ORGANISATION]:
        kinds.setdefault(desk.kinds[int(key)][1] if key != NOWHERE else NOWHERE, []).append(key)
    named = {key: desk.kinds[int(key)][0] for key in summed.people_by[Split.ORGANISATION] if key != NOWHERE}
    return _nested(summed, Split.ORGANISATION, kinds, lambda key: counted(key, named.get(key, "")), times=times)


def _by_country(summed: Sum, counted: Callable[[str], Counted], *, times: bool) -> list[Counted]:
    """Regions within their countries; a country with nothing below it stands by itself."""
    countries: dict[str, list[str]] = {}
    for key in summed.people_by[Split.COUNTRY]:
        countries.setdefault(country_of(key), []).append(key)
    return _nested(summed, Split.COUNTRY, countries, counted, times=times)


def country_of(region: str) -> str:
    """The country of a region's code; of the world, the world."""
    return region.partition("-")[0]


def _nested(
    summed: Sum, split: Split, parents: Mapping[str, Sequence[str]], counted: Callable[[str], Counted], *, times: bool
) -> list[Counted]:
    """Groups of groups. A person who stands in two groups of one parent stands in the parent once."""
    found = []
    for parent, keys in parents.items():
        inside = sorted(map(counted, keys), key=largest)
        people = len(set().union(*(summed.people_by[split][key] for key in keys)))
        count = sum(one.count for one in inside) if times else people
        only_itself = [one.key for one in inside] == [parent]
        found.append(Counted(parent, people, count, inside=() if only_itself else tuple(inside)))
    return sorted(found, key=largest)


def largest(one: Counted) -> tuple[int, str, str]:
    return (-one.people, one.label, one.key)


def things_by(keys: Iterable[str]) -> tuple[Told, ...]:
    """Groups of what is no person: all of them, largest first."""
    found: dict[str, int] = {}
    for key in keys:
        found[key] = found.get(key, 0) + 1
    return tuple(Told(key, found[key]) for key in sorted(found, key=lambda key: (-found[key], key)))
