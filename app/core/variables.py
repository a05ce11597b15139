"""Variables in a text, `{{name}}`: finding them, filling them in. Who owns a value is decided elsewhere."""

from __future__ import annotations

import re
from collections.abc import Mapping

VARIABLE = re.compile(r"\{\{ ?([A-Za-z][A-Za-z0-9_]*) ?\}\}")


def names(text: str) -> list[str]:
    """Return the names of the variables in a text, each once, in the order in which they first appear."""
    return list(dict.fromkeys(VARIABLE.findall(text)))


def fill(text: str, values: Mapping[str, str]) -> str:
    """Return the text with the known variables replaced, for plain text; unknown ones stay as they are written."""
    return VARIABLE.sub(lambda match: values.get(match[1], match[0]), text)
