"""What the acts on a page cite, read for all of them at once and asked for one by one by its templates."""

from __future__ import annotations

from collections.abc import Iterable

from flask import g

from app.curriculum.models import Act
from app.curriculum.queries import citing
from app.people.login import current_actor


def read_for(acts: Iterable[Act | int | None]) -> None:
    """Read what these acts cite, so that asking for each costs nothing more."""
    known = _known()
    ids = {act if isinstance(act, int) else act.id for act in acts if act is not None}
    wanted = sorted(ids - known.keys())
    if wanted:
        found = citing.cited(current_actor(), wanted)
        known.update({act_id: found.get(act_id, []) for act_id in wanted})


def cited_by(*acts: Act | int) -> list[citing.Cited]:
    """What one or several acts cite, each thing once."""
    read_for(acts)
    known = _known()
    found = [one for act in acts for one in known.get(act if isinstance(act, int) else act.id, [])]
    return [one for at, one in enumerate(found) if one not in found[:at]]


def _known() -> dict[int, list[citing.Cited]]:
    if "cited" not in g:
        g.cited = {}
    known: dict[int, list[citing.Cited]] = g.cited
    return known
