"""Answers as they are written into a grid from paper: letters as they are printed, `AC`, `BCA`, `BA`, `3`.

| Kind | On the sheet | In the grid |
|---|---|---|
| single, multiple | letters ticked | `B`, `AC` |
| order | letters in their order | `BCA` |
| match | beside each row the letter of its partner, `-` for none | `BA-` |
| scale, criterion | the number of the level, from 1 | `3` |
| number, open | as it is written | `22 soles` |
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from app.core.errors import N_, Refused
from app.learning.kinds import ItemKind

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_BETWEEN = re.compile(r"[\s,.;/·]+")
_LETTERED = {ItemKind.SINGLE: "ticked", ItemKind.MULTIPLE: "ticked", ItemKind.ORDER: "order", ItemKind.MATCH: "pairs"}
_LEVELS = frozenset({ItemKind.SCALE, ItemKind.CRITERION})


class NotACode(Refused):
    text = N_("“%(code)s” does not answer this: write its letters as they are printed, for example %(such)s.")
    status = 422


def read(kind: ItemKind, code: str) -> dict[str, Any]:
    """The answer that a cell of the grid means; raises `NotACode`. Whether it fits the item is checked later."""
    if kind in _LETTERED:
        signs = _BETWEEN.sub("", code.upper()).replace("–", "-").replace("—", "-")
        places = [-1 if sign == "-" else LETTERS.find(sign) for sign in signs]
        if any(place == -1 and sign != "-" for place, sign in zip(places, signs, strict=True)):
            raise NotACode(code=code[:20], such=example(kind))
        if kind is not ItemKind.MATCH and "-" in signs:
            raise NotACode(code=code[:20], such=example(kind))
        return {_LETTERED[kind]: places}
    if kind in _LEVELS:
        if not re.fullmatch(r"\d{1,2}", code.strip(), re.ASCII) or not int(code):
            raise NotACode(code=code[:20], such=example(kind))
        return {"level": int(code) - 1}
    return {"text": code}


def write(value: Mapping[str, Any]) -> str:
    """An answer as it stands in its cell."""
    if "text" in value:
        return str(value["text"])
    if "level" in value:
        return str(value["level"] + 1)
    places = next(iter(value.values()))
    return "".join("-" if place < 0 else LETTERS[place % len(LETTERS)] for place in places)


def example(kind: ItemKind) -> str:
    """How a cell of this kind may look."""
    such = {ItemKind.SINGLE: "B", ItemKind.MULTIPLE: "AC", ItemKind.ORDER: "BCA", ItemKind.MATCH: "BA"}
    return such.get(kind, "3" if kind in _LEVELS else "")
