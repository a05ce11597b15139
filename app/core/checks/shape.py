"""Whether a translation is built like its original: lists, tables, headings, typed blocks and the keys of questions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.core.content import TYPED_KINDS
from app.core.errors import N_
from app.core.markup import Head, closing_slashes, read_head

from .sides import Side
from .things import Check, Context, Found

_ITEM = re.compile(r"^(?:> ?)*( *)(?:([-*+])|\d{1,9}[.)]) +(?=\S)", re.M)
_CHOICE = re.compile(r"^ *[-*+] \[([ xX])\] ", re.M)
_LETTER = re.compile(r"(?<![\w(])\(?([a-h])\)(?=\s)")
_HEADING = re.compile(r"^ {0,3}(#{1,6})(?: |$)", re.M)
_ROW = re.compile(r"^[^\n|]*\|[^\n]*$", re.M)
_OWN_LANGUAGE = frozenset({"lock", "id"})


def _lists(source: Side, target: Side, context: Context) -> Iterator[Found]:
    there, here = _items(source.hidden), _items(target.hidden)
    if there == here:
        return
    if len(there) != len(here):
        text = N_("Items of lists: %(there)s in the original, %(here)s in the translation.")
        yield Found(text, {"there": len(there), "here": len(here)})
    elif [numbered for _, numbered in there] != [numbered for _, numbered in here]:
        yield Found(N_("Numbered items and items with points are not the same as in the original."))
    else:
        yield Found(N_("The items of the lists are not nested as in the original."))


def _items(text: str) -> list[tuple[int, bool]]:
    """How deep each item is, by steps of its list, and whether it is numbered."""
    depths: list[int] = []
    items = []
    for found in _ITEM.finditer(text):
        indent = len(found[1])
        while depths and depths[-1] > indent:
            depths.pop()
        if not depths or depths[-1] < indent:
            depths.append(indent)
        items.append((len(depths), found[2] is None))
    return items


def _tables(source: Side, target: Side, context: Context) -> Iterator[Found]:
    if "|" not in source.hidden and "|" not in target.hidden:
        return
    there, here = _rows(source.hidden), _rows(target.hidden)
    if len(there) != len(here):
        text = N_("Rows of tables: %(there)s in the original, %(here)s in the translation.")
        yield Found(text, {"there": len(there), "here": len(here)})
        return
    for number, ((_, wanted), (span, count)) in enumerate(zip(there, here, strict=True), start=1):
        if wanted != count:
            text = N_("Cells in row %(row)s: %(there)s in the original, %(here)s in the translation.")
            yield Found(text, {"row": number, "there": wanted, "here": count}, (span,))


def _rows(text: str) -> list[tuple[tuple[int, int], int]]:
    """Place and number of cells of each row; the line under the head is none."""
    rows = []
    for found in _ROW.finditer(text):
        line = found[0].strip()
        if not line.startswith("///") and line.strip("|: -"):
            rows.append((found.span(), line.replace("\\|", "").removeprefix("|").removesuffix("|").count("|") + 1))
    return rows


def _headings(source: Side, target: Side, context: Context) -> Iterator[Found]:
    there, here = _HEADING.findall(source.hidden), _HEADING.findall(target.hidden)
    if len(there) != len(here):
        text = N_("Headings: %(there)s in the original, %(here)s in the translation.")
        yield Found(text, {"there": len(there), "here": len(here)})
    elif there != here:
        at = next(i for i, (a, b) in enumerate(zip(there, here, strict=True)) if a != b)
        span = list(_HEADING.finditer(target.hidden))[at].span(1)
        text = N_("A heading has another level than in the original: %(here)s instead of %(there)s.")
        yield Found(text, {"there": there[at], "here": here[at]}, (span,), there[at])


def _blocks(source: Side, target: Side, context: Context) -> Iterator[Found]:
    """Fence, kind, title and options of a typed block."""
    if context.kind not in TYPED_KINDS:
        return
    lines = target.text.split("\n")
    there, here = read_head(source.text.split("\n"), 0), read_head(lines, 0)
    if there is None:
        return
    if here is None or here.name != there.name:
        text = N_("The translation should begin as the original does: %(there)s.")
        yield Found(text, {"there": f"{'/' * there.slashes} {there.name}"}, ((0, len(lines[0])),))
        return
    if closing_slashes(lines[-1]) != here.slashes:
        text = N_("The block is not closed; its last line should be %(slashes)s.")
        yield Found(text, {"slashes": "/" * here.slashes}, ((len(target.text) - len(lines[-1]), len(target.text)),))
    if there.title and not here.title:
        yield Found(
            N_("The title of the block is missing: “%(there)s”."), {"there": there.title}, ((0, len(lines[0])),)
        )
    if _options(there) != _options(here):
        text = N_("The options differ: “%(there)s” in the original, “%(here)s” in the translation.")
        yield Found(text, {"there": _written(there), "here": _written(here)})


def _options(head: Head) -> dict[str, str]:
    return {name: value for name, value in head.options.items() if name not in _OWN_LANGUAGE}


def _written(head: Head) -> str:
    return ", ".join(f"{name}: {value}" for name, value in sorted(_options(head).items())) or "–"


def _keys(source: Side, target: Side, context: Context) -> Iterator[Found]:
    """What is marked as right, and the letters by which a text names its choices."""
    there, here = ([mark in "xX" for mark in _CHOICE.findall(side.text)] for side in (source, target))
    if len(there) == len(here) and there != here:
        yield Found(N_("Other choices are marked as right than in the original."))
    if "a)" not in source.prose:
        return
    letters, ours = _LETTER.findall(source.prose), _LETTER.findall(target.prose)
    if sorted(letters) != sorted(ours) and letters:
        text = N_("The original names the choices %(there)s, the translation %(here)s.")
        yield Found(text, {"there": ", ".join(letters), "here": ", ".join(ours) or "–"})


CHECKS = (
    Check(
        "lists", N_("Lists"), N_("Lists should have the items of the original, in the same order and depth."), _lists
    ),
    Check("tables", N_("Tables"), N_("Tables should have the rows and cells of the original."), _tables),
    Check("headings", N_("Headings"), N_("Headings should have the level of the original."), _headings),
    Check(
        "blocks",
        N_("Typed blocks"),
        N_("An activity, a case or a question keeps its first and last line and its options; its title is translated."),
        _blocks,
    ),
    Check("keys", N_("Keys of questions"), N_("The same choices should be right as in the original."), _keys),
)
