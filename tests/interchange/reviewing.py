"""A reader with Word: turns edits of an exported file into the XML that Word writes when it tracks changes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import replace
from itertools import pairwise

from lxml import etree

from app.interchange.formats.document import Manual
from tests.interchange.manuals import manual

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{MAIN}}}"
WHEN = "2026-05-04T10:00:00Z"


def edition(*texts: str, **named: object) -> Manual:
    """A manual that knows which edition it is, so that its files come back."""
    return replace(manual(*texts), slug="my-coop", revision="42", **named)  # type: ignore[arg-type]


def with_values(base: Manual, values: Mapping[str, str]) -> Manual:
    """The manual with its variables filled in, and its texts as they were written beside."""

    def fill(text: str) -> str:
        return re.sub(r"\{\{(\w+)\}\}", lambda match: values.get(match[1], match[0]), text)

    modules = tuple(
        replace(
            module,
            units=tuple(
                replace(unit, blocks=tuple(b._replace(text=fill(b.text), source=b.text) for b in unit.blocks))
                for unit in module.units
            ),
        )
        for module in base.modules
    )
    return replace(base, modules=modules, values=values)


def edited(data: bytes, change: Callable[[etree._Element], None], parts: Mapping[str, str] | None = None) -> bytes:
    """The file with its body changed, and with further parts (name to XML)."""
    source = zipfile.ZipFile(io.BytesIO(data))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                root = etree.fromstring(content)
                change(root.find(W + "body"))
                content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            elif name == "word/_rels/document.xml.rels" and parts:
                rows = "".join(
                    f'<Relationship Id="rIdTest{n}" Type="http://x/{part.split("/")[-1].removesuffix(".xml")}" '
                    f'Target="{part.split("/")[-1]}"/>'
                    for n, part in enumerate(parts)
                )
                content = content.replace(b"</Relationships>", rows.encode() + b"</Relationships>")
            target.writestr(name, content)
        for name, text in (parts or {}).items():
            target.writestr(name, text)
    return buffer.getvalue()


def paragraph_with(body: etree._Element, words: str) -> etree._Element:
    """The first paragraph of the text, not of the contents, that has these words."""
    for paragraph in body.iter(W + "p"):
        if words in text_of(paragraph) and "TOC" not in str(paragraph.find(f"{W}pPr/{W}pStyle[@{W}val]")):
            style = paragraph.find(f"{W}pPr/{W}pStyle")
            if style is None or not str(style.get(W + "val")).startswith("TOC"):
                return paragraph
    raise AssertionError(words)


def text_of(paragraph: etree._Element) -> str:
    return "".join(element.text or "" for element in paragraph.iter(W + "t"))


def change_mark(tag: str, author: str, at: str = WHEN) -> etree._Element:
    return etree.Element(W + tag, {W + "id": "9000", W + "author": author, W + "date": at})


def replace_words(paragraph: etree._Element, old: str, new: str, author: str, *, tracked: bool = True) -> None:
    """Change the first `old` into `new`, cutting runs where it begins and ends, as Word does."""
    start = text_of(paragraph).index(old)
    pieces = cut_out(paragraph, start, start + len(old))
    if pieces:
        parent, place = pieces[0].getparent(), pieces[0].getparent().index(pieces[0])
        look = pieces[0].find(W + "rPr")
    else:
        parent, place, look = insertion_point(paragraph, start)
    if tracked:
        for piece in pieces:
            gone = change_mark("del", author)
            piece.getparent().replace(piece, gone)
            gone.append(piece)
            for text in piece.iter(W + "t"):
                text.tag = W + "delText"
        place = place + len(pieces)
    else:
        for piece in pieces:
            piece.getparent().remove(piece)
    if new:
        parent.insert(place, typed(new, look, author if tracked else ""))


def insert_words(paragraph: etree._Element, behind: str, new: str, author: str) -> None:
    """Type `new`, tracked, behind the first `behind`."""
    parent, place, look = insertion_point(paragraph, text_of(paragraph).index(behind) + len(behind))
    parent.insert(place, typed(new, look, author))


def typed(words: str, look: etree._Element | None, author: str) -> etree._Element:
    """A run of typed words, tracked when somebody's name is given."""
    run = etree.Element(W + "r")
    if look is not None:
        run.append(deepcopy(look))
    text = etree.SubElement(run, W + "t")
    text.text = words
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    if not author:
        return run
    mark = change_mark("ins", author)
    mark.append(run)
    return mark


def insertion_point(paragraph: etree._Element, at: int) -> tuple[etree._Element, int, etree._Element | None]:
    left = cut_out(paragraph, 0, at)
    if left:
        parent = left[-1].getparent()
        return parent, parent.index(left[-1]) + 1, left[-1].find(W + "rPr")
    first = next(paragraph.iter(W + "r"))
    return first.getparent(), first.getparent().index(first), first.find(W + "rPr")


def cut_out(paragraph: etree._Element, start: int, end: int) -> list[etree._Element]:
    """The runs from `start` to `end`, cut so that they hold nothing else."""
    found, at = [], 0
    for run in list(paragraph.iter(W + "r")):
        texts = run.findall(W + "t")
        if not texts:
            continue
        for piece in apart(run):
            words = "".join(text.text or "" for text in piece.findall(W + "t"))
            low, high = max(start, at) - at, min(end, at + len(words)) - at
            if low < high:
                parts = [piece] if (low, high) == (0, len(words)) else split_run(piece, low, high)
                found.append(parts[1] if low else parts[0])
            elif start == end == at + len(words):
                pass
            at += len(words)
    return found


def apart(run: etree._Element) -> list[etree._Element]:
    """A run as one run for each of its texts and signs."""
    inner = [child for child in run if child.tag != W + "rPr"]
    if len(inner) == 1:
        return [run]
    look, parent = run.find(W + "rPr"), run.getparent()
    place = parent.index(run)
    parent.remove(run)
    made = []
    for child in inner:
        piece = etree.Element(W + "r")
        if look is not None:
            piece.append(deepcopy(look))
        piece.append(child)
        parent.insert(place, piece)
        place += 1
        made.append(piece)
    return [piece for piece in made if piece.find(W + "t") is not None]


def split_run(run: etree._Element, *places: int) -> list[etree._Element]:
    text = run.find(W + "t")
    words = text.text or ""
    ends = sorted({0, *places, len(words)})
    made = []
    for start, end in pairwise(ends):
        piece = deepcopy(run)
        one = piece.find(W + "t")
        one.text = words[start:end]
        one.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        run.addprevious(piece)
        made.append(piece)
    run.getparent().remove(run)
    return made


def mark_paragraph(paragraph: etree._Element, tag: str, author: str) -> None:
    """Track the paragraph's own mark as inserted or deleted."""
    properties = paragraph.find(W + "pPr")
    if properties is None:
        properties = etree.Element(W + "pPr")
        paragraph.insert(0, properties)
    look = properties.find(W + "rPr")
    if look is None:
        look = etree.SubElement(properties, W + "rPr")
    look.insert(0, change_mark(tag, author))


def delete_paragraph(paragraph: etree._Element, author: str) -> None:
    """Delete a whole paragraph with its mark, tracked."""
    words = text_of(paragraph)
    if words:
        for piece in cut_out(paragraph, 0, len(words)):
            gone = change_mark("del", author)
            piece.getparent().replace(piece, gone)
            gone.append(piece)
            for text in piece.iter(W + "t"):
                text.tag = W + "delText"
    mark_paragraph(paragraph, "del", author)


def new_paragraph(words: str, author: str, properties: etree._Element | None = None) -> etree._Element:
    """A paragraph that somebody typed with tracking on."""
    paragraph = etree.Element(W + "p")
    if properties is not None:
        paragraph.append(deepcopy(properties))
    mark = change_mark("ins", author)
    run = etree.SubElement(mark, W + "r")
    etree.SubElement(run, W + "t").text = words
    paragraph.append(mark)
    mark_paragraph(paragraph, "ins", author)
    return paragraph


def comments_xml(rows: Sequence[tuple[str, str, str]]) -> str:
    """`word/comments.xml` of number, author and words; the paragraph of comment 7 is called 0000000 7."""
    inner = "".join(
        f'<w:comment w:id="{number}" w:author="{author}" w:date="{WHEN}"><w:p w14:paraId="{int(number):08X}">'
        f"<w:r><w:t>{words}</w:t></w:r></w:p></w:comment>"
        for number, author, words in rows
    )
    return (
        f'<w:comments xmlns:w="{MAIN}" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml">'
        f"{inner}</w:comments>"
    )


def comment_on(paragraph: etree._Element, old: str, number: str) -> None:
    """Attach a comment to the first `old` in a paragraph."""
    start = text_of(paragraph).index(old)
    pieces = cut_out(paragraph, start, start + len(old))
    pieces[0].addprevious(etree.Element(W + "commentRangeStart", {W + "id": number}))
    run = etree.Element(W + "r")
    etree.SubElement(run, W + "commentReference", {W + "id": number})
    pieces[-1].addnext(run)
    pieces[-1].addnext(etree.Element(W + "commentRangeEnd", {W + "id": number}))
