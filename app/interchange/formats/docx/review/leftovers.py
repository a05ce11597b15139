"""What a reviewed file holds that no block can take: pictures, text boxes, notes, headers, colours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import blake2b

from app.interchange.formats.characters import printable
from app.interchange.formats.docx.opening import OpenedFile
from app.interchange.formats.docx.review.changes import (
    ANOTHER_PICTURE,
    IN_A_BOX,
    IN_A_HEADER,
    IN_A_NOTE,
    ONLY_A_LOOK,
    Unplaced,
)
from app.interchange.formats.docx.review.outgoing import Outgoing
from app.interchange.formats.docx.review.story import Atom, Paragraph, Story, Trace, W, paragraphs_of, trace_of
from app.interchange.formats.docx.review.versions import kind

_NUMBERS = re.compile(r"\d+")
_NOBODY = Trace("", "")


def unplaced(what: str, trace: Trace, text: str, why: str) -> Unplaced:
    """One thing without a place."""
    return Unplaced(what, trace.author, trace.moment, " ".join(text.split()), why)


def sort_out_pictures(out: Outgoing, opened: OpenedFile, story: Story) -> Iterator[Unplaced]:
    """Take pictures that are not the edition's out of the story, and yield them; give all others the text's name.

    When no picture at all is as it was, a program has packed them anew and nobody has replaced them.
    """
    ours = {_digest(out.opened, name) for name in out.opened.names if name.startswith("word/media/")}
    described = {atom.text for _, atom in out.story.flat if atom.part}
    shown = {atom.part: _digest(opened, atom.part) in ours for _, atom in story.flat if atom.part}
    packed_anew = bool(shown) and not any(shown.values())
    for paragraph in _paragraphs(out.story):
        paragraph.atoms = [_named(atom, out) for atom in paragraph.atoms]
    for paragraph in _paragraphs(story):
        if not any(atom.part for atom in paragraph.atoms):
            continue
        kept: list[Atom] = []
        for atom in paragraph.atoms:
            is_known = not atom.part or shown[atom.part] or atom.text in described
            if atom.part and not (shown[atom.part] or (packed_anew and is_known)):
                yield unplaced("picture", next(iter((*atom.came, *atom.went)), _NOBODY), atom.text, ANOTHER_PICTURE)
            if is_known:
                kept.append(_named(atom, out))
        paragraph.atoms = kept


def _named(atom: Atom, out: Outgoing) -> Atom:
    """A picture under the name that the text gives it."""
    return atom._replace(part=out.sources.get(atom.text, "?")) if atom.part else atom


def _paragraphs(story: Story) -> Iterator[Paragraph]:
    for item in story.items:
        yield from [item] if isinstance(item, Paragraph) else paragraphs_of(item)


def _digest(opened: OpenedFile, part: str) -> bytes:
    return blake2b(opened.part(part), digest_size=16).digest()


def strays_of(opened: OpenedFile, story: Story) -> Iterator[Unplaced]:
    """Text boxes and notes."""
    notes = {what: _notes(opened, what) for what in ("footnote", "endnote")}
    for stray in story.strays:
        trace = next(iter(stray.traces), _NOBODY)
        if stray.what in notes:
            yield unplaced(stray.what, trace, notes[stray.what].get(stray.text, ""), IN_A_NOTE)
        else:
            yield unplaced(stray.what, trace, stray.text, IN_A_BOX)


def _notes(opened: OpenedFile, what: str) -> dict[str, str]:
    tree = opened.tree(opened.related(f"{what}s"))
    rows = tree.findall(W + what) if tree is not None else []
    return {str(row.get(W + "id")): printable("".join(map(str, row.itertext(W + "t")))) for row in rows}


def headers_of(out: Outgoing, opened: OpenedFile) -> Iterator[Unplaced]:
    """Headers and footers with words that did not go out, or with tracked changes; page numbers do not count."""
    ours = {_NUMBERS.sub("#", " ".join(text.split())) for text, _ in _header_lines(out.opened)}
    for text, trace in _header_lines(opened):
        line = " ".join(text.split())
        if line and (trace != _NOBODY or (out.is_whole and _NUMBERS.sub("#", line) not in ours)):
            yield unplaced("header", trace, line, IN_A_HEADER)


def _header_lines(opened: OpenedFile) -> Iterator[tuple[str, Trace]]:
    for kind_of_part, target, outside in sorted(set(opened.relations().values())):
        tree = opened.tree(target) if kind_of_part in ("header", "footer") and not outside else None
        for paragraph in tree.iter(W + "p") if tree is not None else ():
            words = "".join(
                " " if element.tag == W + "tab" else element.text or ""
                for element in paragraph.iter(W + "t", W + "delText", W + "tab")
                if element.tag != W + "tab" or element.get(W + "val") is None
            )
            change = next(paragraph.iter(W + "ins", W + "del"), None)
            yield printable(words), trace_of(change) if change is not None else _NOBODY


def looks_of(story: Story) -> Iterator[Unplaced]:
    """Tracked changes of look for which Markdown has no word, one for each author and stretch of neighbours."""
    seen: dict[tuple[int, str], list[str]] = {}
    traces: dict[tuple[int, str], Trace] = {}
    for item, trace, text in story.looks:
        seen.setdefault((item, trace.author), []).append(text)
        traces[item, trace.author] = trace
    for number, one in enumerate(story.items):
        for paragraph in [one] if isinstance(one, Paragraph) else paragraphs_of(one):
            if paragraph.reshaped and paragraph.old_shape and kind(paragraph.old_shape) == kind(paragraph.shape):
                key = (number, paragraph.reshaped.author)
                seen.setdefault(key, ["".join(atom.text for atom in paragraph.atoms)])
                traces[key] = paragraph.reshaped
    for key, texts in seen.items():
        yield unplaced("formatting", traces[key], " ".join(texts), ONLY_A_LOOK)
