"""A translation memory as TMX 1.4, both ways: a `tu` per pair, with the uid of the block it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterable

from . import faults, xml_writing
from .things import Pair, Problem, Problems
from .xml_reading import Node, read

_CHARACTER = '<ph type="%s"/>'
_KEPT = frozenset({"hi", "sub"})  # what other tools put in bpt, ept, it, ph and ut is code of theirs
_ENTRY = re.compile(rb"<tu[\s>]")
_FILLED = re.compile(rb"<seg(?:\s[^<>]*[^<>/])?>(?!</seg)")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,4}")


def to_tmx(pairs: Iterable[Pair], source_language: str = "*all*") -> bytes:
    """Return the pairs as TMX 1.4 in UTF-8; `source_language` is the one of all pairs when they have the same."""
    attribute = xml_writing.attribute
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<tmx version="1.4">',
        '<header creationtool="Vivero" creationtoolversion="1" segtype="block" o-tmf="Vivero" adminlang="en"'
        f' srclang={attribute(source_language)} datatype="plaintext"/>',
        "<body>",
    ]
    for pair in pairs:
        uid = f'<prop type="x-uid">{xml_writing.plain(pair.uid)}</prop>' if pair.uid else ""
        tuvs = (
            f"<tuv xml:lang={attribute(language)}><seg>{xml_writing.text(text, _CHARACTER)}</seg></tuv>"
            for language, text in ((pair.source_language, pair.source), (pair.target_language, pair.target))
        )
        lines.append(f"<tu srclang={attribute(pair.source_language)}>{uid}{''.join(tuvs)}</tu>")
    return "\n".join([*lines, "</body>", "</tmx>", ""]).encode()


def from_tmx(data: bytes) -> tuple[tuple[Pair, ...], tuple[Problem, ...]]:
    """Return the pairs of a memory and what is wrong with it; an entry in three languages gives two pairs."""
    reader = _Reader()
    with reader.problems.until_enough():
        read(data, "tmx", "tu", reader.problems, reader.take, reader.opened)
        if not reader.pairs and not reader.problems.found:
            reader.problems.add(0, faults.NothingInIt())
    return tuple(reader.pairs), reader.problems.sorted()


def count_pairs(data: bytes) -> int:
    """Return how many pairs a memory seems to have, without reading it: filled segments but one of each entry.

    It is for refusing what is far too much in no time; a memory in UTF-16 seems to have none.
    """
    return max(0, len(_FILLED.findall(data)) - len(_ENTRY.findall(data)))


class _Reader:
    def __init__(self) -> None:
        self.pairs: list[Pair] = []
        self.problems = Problems()
        self.source_language = "*all*"

    def opened(self, node: Node) -> None:
        if node.name == "header":
            self.source_language = node.attributes.get("srclang", "*all*")

    def take(self, node: Node) -> None:
        texts: list[tuple[str, str]] = []
        for tuv in node.children("tuv"):
            language = tuv.attributes.get("lang", "").replace("_", "-")
            seg = tuv.first("seg")
            if not LANGUAGE.fullmatch(language):
                self.problems.add(tuv.line, faults.NoLanguage(language=language[:40]))
            elif seg is not None:
                texts.append((language, _text(seg)))
        wanted = node.attributes.get("srclang", self.source_language).lower()
        source = next((i for i, (language, _) in enumerate(texts) if language.lower() == wanted), None)
        if source is None and wanted != "*all*":
            source = next((i for i, (language, _) in enumerate(texts) if language.lower()[:2] == wanted[:2]), None)
        if source is None and wanted == "*all*" and texts:
            source = 0
        if source is None or not texts[source][1].strip():
            self.problems.add(node.line, faults.NoSource())
            return
        uid = next((prop.words() for prop in node.children("prop") if prop.attributes.get("type") == "x-uid"), "")
        for place, (language, text) in enumerate(texts):
            if place != source and text:
                self.pairs.append(Pair(texts[source][0], language, texts[source][1], text, uid))


def _text(node: Node) -> str:
    parts = []
    for part in node.parts:
        if isinstance(part, str):
            parts.append(part)
        elif part.name == "ph":
            parts.append(xml_writing.character(part.attributes.get("type", "")))
        elif part.name in _KEPT:
            parts.append(_text(part))
    return "".join(parts)
