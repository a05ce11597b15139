"""What a person says on the preview: this is a heading, that is an activity, leave that out. Guesses become blocks.

The Markdown of a block is written anew for its kind: a heading that is none becomes text, a list lines of text.
A label (`Actividad 3: La canasta`) opens a typed block, which ends before the next heading or label, or with its box.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from app.interchange.formats.docx.foreign.things import HEADINGS, TYPED, ForeignDocument, Guess, Recognised
from app.interchange.formats.docx.foreign.writing import as_text


class Part(NamedTuple):
    """A text of Markdown and what it is, with the indexes of the blocks that it was made of."""

    guess: Guess
    markdown: str
    indexes: tuple[int, ...] = ()


_HEAD = re.compile(r"#{1,6} ")
_ITEM = re.compile(r"[ ]*(?:[-*]|\d{1,9}\.) (?:\[[ x]\] )?")
_CHOICE = re.compile(r"(?m)^- \[[ x]\] ")
_ESCAPED_START = re.compile(r"^\\([#>+\-=/~|])|^(\d{1,9})\\([.)])")


def corrected(document: ForeignDocument, corrections: Mapping[int, Guess]) -> list[Recognised]:
    """Return the document's blocks as a person corrected them, without those left out.

    Keys are indexes of blocks; an index that is none is ignored. What a person said is certain.
    """
    found = []
    for block in document.blocks:
        wanted = corrections.get(block.index, block.guess)
        if wanted is not block.guess:
            block = _as(block, wanted)
        elif block.index in corrections:
            block = replace(block, certain=True)
        if block.guess is not Guess.DROPPED:
            found.append(block)
    return found


def _as(block: Recognised, wanted: Guess) -> Recognised:
    """The block as another kind of thing, with the same words."""
    lines = _lines(block)
    level = HEADINGS.index(wanted) + 1 if wanted in HEADINGS else 1 if wanted is Guess.TITLE else 0
    if level:
        markdown = f"{'#' * level} {' '.join(_unescaped(line) for line in lines)}"
    elif wanted is Guess.LIST:
        markdown = block.markdown if block.guess is Guess.LIST else "\n".join(f"- {as_text(line)}" for line in lines)
    elif wanted in TYPED:
        level, markdown = block.level, as_text("  \n".join(lines))
    elif wanted is Guess.PARAGRAPH and block.guess is not Guess.TABLE:
        markdown = as_text("  \n".join(lines))
    else:
        markdown = block.markdown
    return replace(block, guess=wanted, certain=True, markdown=markdown, level=level)


def _lines(block: Recognised) -> list[str]:
    """The words of a block line by line, without what made it a heading or a list."""
    if block.level:
        return [_HEAD.sub("", block.markdown, count=1)]
    if block.guess is Guess.LIST:
        return [_ITEM.sub("", line, count=1).strip() for line in block.markdown.split("\n") if line.strip()]
    if block.guess is Guess.TABLE:
        rows = [line.strip().strip("|").strip() for line in block.markdown.split("\n")]
        return [" ".join(row.replace(" | ", " ").split()) for row in rows if not re.fullmatch(r"[|:\- ]*", row)]
    return [line.strip() for line in block.markdown.split("\n") if line.strip()]


def _unescaped(line: str) -> str:
    """A line without the escape that only the beginning of a paragraph needs."""
    return _ESCAPED_START.sub(lambda match: match[1] or f"{match[2]}{match[3]}", line)


def as_markdown(blocks: Iterable[Recognised], *, typed: bool = True) -> str:
    """Return blocks as one Markdown text; without `typed`, a label is the heading or the line that it was."""
    return joined(typed_blocks(blocks)) if typed else joined([_plain(block) for block in blocks], apart=False)


def _plain(block: Recognised) -> Part:
    return Part(block.guess, block.markdown, (block.index,))


def typed_blocks(blocks: Iterable[Recognised]) -> list[Part]:
    """Return kinds and texts in which each label has become a typed block with what belongs to it inside."""
    found: list[Part] = []
    opened: Recognised | None = None
    inside: list[Part] = []

    def close() -> None:
        nonlocal opened
        if opened is not None:
            within = (opened.index, *(index for part in inside for index in part.indexes))
            found.append(Part(opened.guess, _typed(opened, inside), within))
            inside.clear()
        opened = None

    for block in blocks:
        ends = block.guess in TYPED or block.level > 0
        if opened is not None and (ends or (opened.box and block.box != opened.box)):
            close()
        if block.guess in TYPED:
            opened = block
        elif opened is not None:
            inside.append(_plain(block))
        else:
            found.append(_plain(block))
    close()
    return found


def _typed(label: Recognised, inside: Sequence[Part]) -> str:
    title = " ".join(_unescaped(line) for line in _lines(label)).rstrip(": ")
    if re.fullmatch(r"\*\*[^*]+:?\*\*", title):
        title = title.strip("*").rstrip(": ")
    body = joined(inside).strip("\n")
    kind = label.guess
    fence = "/" * max(3, 1 + max((len(found) for found in re.findall(r"(?m)^/{3,}", body)), default=0))
    return f"{fence} {kind} | {title}\n\n{body}\n{fence}" if body else f"{fence} {kind} | {title}\n{fence}"


def _would_join(first: str, second: str) -> bool:
    return first[:1].isdigit() == second[:1].isdigit()


def joined(parts: Sequence[Part], *, apart: bool = True) -> str:
    """Return texts as one, a blank line apart. Two lists in a row stay two by the `{: }` of unit files if `apart`."""
    text = "".join(gap + part.markdown for gap, part in zip(_gaps(parts, apart), parts, strict=True))
    return text + "\n" if text else ""


def lines_of(parts: Sequence[Part]) -> list[tuple[int, int]]:
    """Return in which line of the joined text each block begins that went into it; lines are counted from 1."""
    found = []
    line = 1
    for gap, part in zip(_gaps(parts, apart=True), parts, strict=True):
        line += gap.count("\n")
        found += [(index, line) for index in part.indexes]
        line += part.markdown.count("\n")
    return found


def _gaps(parts: Sequence[Part], apart: bool) -> list[str]:
    """What stands before each text."""
    gaps = []
    for place, part in enumerate(parts):
        previous = parts[place - 1] if place else None
        lists = previous and part.guess is Guess.LIST and previous.guess is Guess.LIST
        split = "\n{: }" if apart and previous and lists and _would_join(previous.markdown, part.markdown) else ""
        gaps.append(split + ("\n\n" if previous else ""))
    return gaps
