"""What a manual of ours prints in words, back into what its Markdown says: options, the key, the feedback.

Recognised by the fixed words of every language in `labels.py`; what is not recognised stays as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.interchange.formats.labels import TABLES
from app.interchange.formats.nodes import BOLD, Inline, Run


def _pattern(*keys: str) -> re.Pattern[str]:
    """The labels as a pattern that finds what stands in their place, in any language."""
    labels = (table[key] for table in TABLES.values() for key in keys)
    texts = (re.sub(r"%\\\(\w+\\\)s|%\(\w+\)s", "(.+)", re.escape(label)) for label in labels)
    return re.compile("|".join(f"(?:{text})" for text in texts))


_OPTIONS = {
    "minutes": _pattern("minutes"),
    "objectives": _pattern("for_objective", "for_objectives"),
    "use": _pattern("used"),
}
_MOMENTS = {table[moment]: moment for table in TABLES.values() for moment in ("pre", "post")}
_KEYS = frozenset(f"({table['key']})" for table in TABLES.values())
_FEEDBACKS = frozenset(f"{table['feedback']}:" for table in TABLES.values())


def options_of(words: str, kind: str) -> list[str] | None:
    """Return the option lines that a line of particulars stands for, or None when it is something else."""
    lines = []
    for piece in words.split(" · "):
        found = next(
            ((name, match) for name, pattern in _OPTIONS.items() if (match := pattern.fullmatch(piece.strip()))), None
        )
        if found is None:
            return None
        name, value = found[0], next(group for group in found[1].groups() if group)
        if name == "use":
            value = ", ".join(_MOMENTS.get(moment.strip(), moment.strip()) for moment in value.split(","))
        if name == "objectives" and kind == "question":
            name = "objective"
        lines.append(f"    {name}: {value}")
    return lines


def without_key(runs: Sequence[Inline]) -> list[Inline]:
    """Return a ticked answer as it was written: without the words that call it correct, and not bold for it."""
    rest = list(runs)
    while rest and isinstance(rest[-1], Run) and not rest[-1].text.strip():
        rest.pop()
    if not rest or not isinstance(rest[-1], Run) or rest[-1].text.strip() not in _KEYS:
        return rest
    return [run._replace(marks=run.marks & ~BOLD) if isinstance(run, Run) else run for run in rest[:-1]]


def feedback_in(runs: Sequence[Inline]) -> list[Inline] | None:
    """Return a question's feedback without the word that names it, or None when the paragraph is none."""
    first = runs[0] if runs else None
    is_one = isinstance(first, Run) and first.marks & BOLD and first.text.strip() in _FEEDBACKS
    return list(runs[1:]) if is_one else None
