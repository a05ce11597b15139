"""Lines that open and close a typed block."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .things import Head

_TYPED = re.compile(r" {0,3}(/{3,}) *([\w-]+) *(?:\| *(.*?) *)?$")
_TYPED_END = re.compile(r" {0,3}(/{3,}) *$")
_OPTION = re.compile(r" {4,}([\w-]+) *: *(.*)$")


def read_head(lines: Sequence[str], start: int) -> Head | None:
    """Return how a typed block opens at line `start`, of whatever name; None when nothing opens there."""
    match = _TYPED.match(lines[start])
    if not match:
        return None
    options: dict[str, str] = {}
    line = start + 1
    while line < len(lines) and (option := _OPTION.match(lines[line])):
        options[option[1]] = option[2].strip()
        line += 1
    return Head(len(match[1]), match[2].lower(), match[3] or "", options, line)


def closing_slashes(line: str) -> int:
    """Return how many slashes a line has that could close a typed block, 0 when it is another line."""
    match = _TYPED_END.match(line)
    return len(match[1]) if match else 0
