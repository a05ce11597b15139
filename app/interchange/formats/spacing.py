"""White space in print: what may not part at the end of a line, and what stands on a line of its own.

Only spaces change, one for one: a space becomes a no-break space or a line break, and `unspaced` makes it a space
again when a Word file is read. The Markdown itself never has any of this.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from app.core.typography import BOX, MANY_BOXES, joined
from app.interchange.formats.nodes import CODE, Inline, Inlines, Picture, Run

_UNREAD = "\ufffc"  # stands for what has no words to space: pictures and code
_APART = re.compile(rf"[ \n](?={BOX})")


def kept_together(runs: Inlines) -> Inlines:
    """Return runs in which a box does not part from its word, nor a number from its unit or currency."""
    return _respaced(runs, joined)


def boxes_apart(runs: Inlines) -> Inlines:
    """Return runs with each box but the first on a line of its own, when they are three or more."""
    many = _boxes(runs) >= MANY_BOXES
    return _respaced(runs, lambda text: _behind_first_box(text, "\n")) if many else runs


def unspaced(runs: Sequence[Inline]) -> list[Inline]:
    """Return runs as they were before `kept_together` and `boxes_apart`.

    A line break that somebody wrote between three boxes or more is taken for one of ours.
    """
    together = _respaced(tuple(runs), lambda text: joined(text, " "))
    many = _boxes(together) >= MANY_BOXES
    return list(_respaced(together, lambda text: _behind_first_box(text, " ")) if many else together)


def _behind_first_box(text: str, space: str) -> str:
    first = text.index(BOX) + 1
    return text[:first] + _APART.sub(space, text[first:])


def _boxes(runs: Inlines) -> int:
    return sum(run.text.count(BOX) for run in runs if isinstance(run, Run) and not run.marks & CODE)


def _respaced(runs: Inlines, change: Callable[[str], str]) -> Inlines:
    """Return runs with `change`, which keeps every character's place, done to their words as one text."""
    text = "".join(_words(run) for run in runs)
    changed = change(text)
    if changed == text:
        return runs
    found: list[Inline] = []
    at = 0
    for run in runs:
        end = at + len(_words(run))
        is_read = isinstance(run, Run) and not run.marks & CODE
        found.append(run._replace(text=changed[at:end]) if isinstance(run, Run) and is_read else run)
        at = end
    return tuple(found)


def _words(run: Inline) -> str:
    if isinstance(run, Picture):
        return _UNREAD
    return _UNREAD * len(run.text) if run.marks & CODE else run.text
