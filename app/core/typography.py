"""What may not part at the end of a line, as a change of spaces in plain text. HTML and print both ask here."""

from __future__ import annotations

import re

BOX = "☐"
NO_BREAK = "\u00a0"
MANY_BOXES = 3  # in one paragraph or cell; from here on each stands on a line of its own

_UNITS = r"(?:min|h|s|mm|cm|km|m|m²|ha|mz|mg|g|kg|lb|qq|t|ml|l|°C|%)(?!\w)"
_MONEY = r"(?<!\w)(?:[A-Z]{3}|US\$|RD\$|S/\.?|B/\.?|Bs\.?|[$€£₡₲])"
_TOGETHER = re.compile(rf"(?<={BOX})[ {NO_BREAK}](?=\S)|(?<=\d)[ {NO_BREAK}](?={_UNITS})")
_PRICE = re.compile(rf"({_MONEY})[ {NO_BREAK}](?=\d)")


def joined(text: str, space: str = NO_BREAK) -> str:
    """Return the text with `space` between a box and its word, a number and its unit, a currency and its amount.

    Every character keeps its place; with a plain space it takes such no-break spaces out again.
    """
    return _PRICE.sub(rf"\1{space}", _TOGETHER.sub(space, text))
