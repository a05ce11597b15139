"""What counts as one word: the pieces of prose that are compared, and nothing between them.

White space, line ends and the quotation marks at the start of a line are no words, so re-wrapped text has the same
tokens. Comparing token lists is in `words.py`.
"""

from __future__ import annotations

import re
import unicodedata

_LETTER = r"[^\W\d_](?:[\w\u0300-\u036f])*"
TOKEN = re.compile(
    r"\{\{[^{}\n]*\}\}"  # a variable
    r"|\d+(?:[.,:]\d+)*"  # a number with its separators: 1.250,50 is one token, never 1.2 and 50,50
    rf"|{_LETTER}(?:['’]{_LETTER})*"
    r"|([^\w\s])\1*"  # a run of one sign: ** or ...
    r"|_+|\S"
)
_QUOTED = re.compile(r"^[ \t]*>[> \t]*", re.MULTILINE)


def tokens(text: str) -> tuple[str, ...]:
    """Return the words of a text, composed (NFC), with neither white space nor quotation marks of lines."""
    text = composed(text)
    if ">" in text:
        text = _QUOTED.sub("", text)
    return tuple(found.group() for found in TOKEN.finditer(text))


def composed(text: str) -> str:
    """Return the text in NFC, the very same object in the usual case that it is already."""
    if text.isascii() or unicodedata.is_normalized("NFC", text):
        return text
    return unicodedata.normalize("NFC", text)


def gapped(text: str) -> list[tuple[str, str]]:
    """Return (gap, token) pairs, the last token empty; joined in order they are the text, byte for byte."""
    skip = [found.span() for found in _QUOTED.finditer(text)] if ">" in text else []
    pairs, done, skipped = [], 0, 0
    at = 0
    while True:
        found = TOKEN.search(text, at)
        if found is None:
            pairs.append((text[done:], ""))
            return pairs
        while skipped < len(skip) and skip[skipped][1] <= found.start():
            skipped += 1
        if skipped < len(skip) and skip[skipped][0] <= found.start() < skip[skipped][1]:
            at = skip[skipped][1]
            continue
        pairs.append((text[done : found.start()], found.group()))
        at = done = found.end()


def is_variable(token: str) -> bool:
    """Whether this token is a variable such as `{{buyer}}`."""
    return token.startswith("{{") and token.endswith("}}")
