"""Cells of a CSV that a spreadsheet would run as a formula: how they are made text, and how they are read back."""

from __future__ import annotations

import re

_RISKY = re.compile(r"'*(?:[\s\u200b-\u200f\u2060\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[ \n]*[\t\r])")


def harmless(cell: object) -> str:
    """A cell as text that no spreadsheet runs: an apostrophe goes before what would be a formula."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if _RISKY.match(text) else text


def as_meant(cell: str) -> str:
    """A cell as it was before `harmless`; the apostrophe goes that stands before what would be a formula."""
    return cell[1:] if cell.startswith("'") and _RISKY.match(cell) else cell
