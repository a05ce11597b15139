"""A form that somebody else overtook: the mark of what it showed, and what is said when something else stands there.

Only for what is written once and changed in place. Texts of editions have revisions, which say more than a mark.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import fields
from enum import Enum
from typing import Any

from app.core.errors import N_, Refused

LONGEST_WORDS = 300  # of what the other wrote, as far as it is repeated

Written = Mapping[str, object]


class Overtaken(Refused):
    text = N_(
        "While you were writing somebody wrote here: “%(words)s”. Keep yours or take theirs over, and save again."
    )


def written(row: object, names: Iterable[str]) -> dict[str, object]:
    """What stands under these names in a row, or in what a form says of one."""
    found = {name: getattr(row, name) for name in names}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in found.items()}


def mark_of(now: Written) -> str:
    """A short name for what is written, by which a form tells whether it still is what it showed."""
    text = json.dumps([now[name] for name in now], default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def mark_as(row: object, draft: type) -> str:
    """The mark of what a row holds of what such a draft, a dataclass, says."""
    return mark_of(written(row, [one.name for one in fields(draft)]))


def check_draft(seen: str, row: object, draft: Any) -> None:
    """Raise `Overtaken` unless a form that means this draft, a dataclass, showed the row as it stands."""
    names = [one.name for one in fields(draft)]
    check(seen, written(row, names), written(draft, names))


def check(seen: str, now: Written, wanted: Written) -> None:
    """Raise `Overtaken` with what somebody else wrote, unless a form showed what stands, or wants the same.

    `seen` is the mark of what it showed; a form that does not say what it showed is not asked.
    """
    if theirs := others(seen, now, wanted):
        raise Overtaken(words=" · ".join(filter(None, theirs.values()))[:LONGEST_WORDS] or "…")


def others(seen: str, now: Written, wanted: Written) -> dict[str, str]:
    """What somebody else wrote since a form showed the mark `seen`, by name; nothing when that changes nothing."""
    if not seen or seen == mark_of(now):
        return {}
    return {name: _said(value) for name, value in now.items() if value != wanted.get(name, value)}


def _said(value: object) -> str:
    """A value as it can be repeated to people; what has words of its own on the page is left out."""
    if isinstance(value, list):
        return ", ".join(str(one) for one in value if isinstance(one, str))
    return "" if value is None or isinstance(value, Enum | bool) else str(value)
