"""Markdown as plain words, for lists, searches and tables where no markup can stand. Rendering is in rendering/."""

from __future__ import annotations

import re

_MARKUP = (
    (re.compile(r"^ {4,}[\w-]+ *: *[^\n]*$|^ {0,3}\{:[^\n]*\}$", re.M), ""),
    (re.compile(r"^ {0,3}/{3,}[ \t]*[\w-]*[ \t]*\|?[ \t]*", re.M), ""),
    (re.compile(r"!?\[([^\]\n]*)\]\([^)\n]*\)"), r"\1"),
    (re.compile(r"^[ \t]*(?:#{1,6}|>|[*+-]|\d+\.)[ \t]+|\[[ xX]\][ \t]", re.M), ""),
    (re.compile(r"\|?[ \t]*:?-{3,}:?[ \t]*\|?|[*`\\]|\b_|_\b"), ""),
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
