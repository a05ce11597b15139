"""Characters that may stand in a file: what XML, HTML and PDF cannot carry is taken out here, once."""

from __future__ import annotations

import re

# What XML 1.0 does not allow (production 2), plus C1 controls and the directional overrides that disguise text.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufffe\uffff\ufeff]"
)
_MARKUP = re.compile('[&<>"]')
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}


def printable(text: str) -> str:
    """Return the text without characters that break a file; everything else, line ends included, stays."""
    return _UNPRINTABLE.sub("", text)


def escape(text: str) -> str:
    """Return the text safe between tags and inside double-quoted attributes, in XML and in HTML."""
    return _MARKUP.sub(lambda match: _ENTITIES[match[0]], _UNPRINTABLE.sub("", text))
