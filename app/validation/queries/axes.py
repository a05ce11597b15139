"""How far editions were validated and piloted, by module, for the table of translations."""

from __future__ import annotations

from collections.abc import Sequence

from app.curriculum.models import Edition
from app.curriculum.queries import contents
from app.translation.queries.axes import Key, Progress

from . import adjustments, pilots


def validated(found: Sequence[Edition]) -> dict[Key, Progress]:
    """The units that passed a workshop and had no major adjustment since, of all; editions without any are left out."""
    tried = adjustments.passed_at([edition.id for edition in found])
    if not tried:
        return {}
    known = {edition_id for edition_id, _ in tried}
    major = adjustments.majors(sorted(known))
    done = {key for key, at in tried.items() if major.get(key, 0) <= at.number}
    return _by_module([edition for edition in found if edition.id in known], done)


def piloted(found: Sequence[Edition]) -> dict[Key, Progress]:
    """The units that were taught in a closed pilot, of all; editions without any are left out."""
    done = {
        (pilot.edition_id, unit["uid"])
        for pilot, closing in pilots.closed([edition.id for edition in found])
        for unit in closing.results["units"]
        if unit["used"]
    }
    known = {edition_id for edition_id, _ in done}
    return _by_module([edition for edition in found if edition.id in known], done)


def _by_module(found: Sequence[Edition], done: set[tuple[int, str]]) -> dict[Key, Progress]:
    heads = [edition.head for edition in found if edition.head is not None]
    read = contents.contents_of(heads)
    return {
        (edition.id, module.uid): Progress(
            sum((edition.id, unit.uid) in done for unit in module.units), len(module.units)
        )
        for edition in found
        if edition.head is not None
        for module in read[edition.head.id].modules
    }
