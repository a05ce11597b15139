"""Markdown as plain words, for lists, searches and tables where no markup can stand. Rendering is in rendering/."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .diff import Change, Op

AROUND = 60  # letters of what stayed that are shown beside a change

_MARKUP = (  # spaces first: what follows would look at a long row of them again and again
    (re.compile(r"(?<=[^ \t\n])[ \t]+"), " "),
    (re.compile(r"^[ \t]{9,}", re.M), " " * 8),
    (re.compile(r"^ {4,}[\w-]+ *: *[^\n]*$|^ {0,3}\{:[^\n]*\}$", re.M), ""),
    (re.compile(r"^ {0,3}/{3,}[ \t]*[\w-]+[ \t]*\|[ \t]*(.+)$", re.M), r"\1 · "),
    (re.compile(r"^ {0,3}/{3,}[ \t]*[\w-]*[ \t]*$", re.M), ""),
    (re.compile(r"!?\[([^\]\n]{0,500})\]\([^)\n]{0,500}\)"), r"\1"),
    (re.compile(r"^[ \t]*(?:#{1,6}|>|[*+-]|\d+\.)[ \t]+|\[[ xX]\][ \t]", re.M), ""),
    (re.compile(r"^(?=[^\n]*-{3})[ \t:|-]+$", re.M), ""),
    (re.compile(r"^[ \t]*\|[ \t]*|[ \t]*\|[ \t]*$", re.M), ""),
    (re.compile(r"\n(?=[^\n]*\|)"), " · "),
    (re.compile(r"[*`\\]|\b_|_\b"), ""),
    (re.compile(r"[ \t]*\|[ \t]*"), " · "),
    (re.compile(r"\s+"), " "),
)


def plain(text: str) -> str:
    """Return the words of a Markdown text on one line; variables stay as `{{name}}`."""
    for pattern, instead in _MARKUP:
        text = pattern.sub(instead, text)
    return text.strip(" ·")


def shortened(text: str, letters: int) -> str:
    """Return the beginning of a text, cut between words, with an ellipsis when something is missing."""
    if len(text) <= letters:
        return text
    return text[: letters + 1].rsplit(" ", 1)[0].rstrip(" ,;:.") + " …"


def excerpt(changes: Sequence[Change], around: int = AROUND) -> list[Change]:
    """Return the changes with what stayed shortened to a few words beside each; changed words stay whole."""
    result = []
    for i, change in enumerate(changes):
        text = change.after
        if change.op is Op.EQUAL and len(text) > 2 * around:
            head = text[:around].rsplit(" ", 1)[0] if i else ""
            tail = text[-around:].partition(" ")[2] if i + 1 < len(changes) else ""
            text = f"{head} … {tail}"
            change = Change(Op.EQUAL, text, text)
        result.append(change)
    return result
