"""Comments of a Word file: whose, when, on which words, in answer to which other, and whether they were settled."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lxml import etree

from app.interchange.formats.characters import printable
from app.interchange.formats.docx.opening import OpenedFile
from app.interchange.formats.docx.review.changes import Remark
from app.interchange.formats.docx.review.story import Atom, Story, Trace, W, moment_of, trace_of
from app.interchange.formats.docx.review.versions import Accepts
from app.interchange.formats.docx.threads import Threads


def remarks_of(
    opened: OpenedFile, story: Story, ours: Trace, accepts: Accepts, owner: Callable[[int], str | None]
) -> Iterator[tuple[Remark, int | None]]:
    """Yield every comment that is not the exporter's own, with the item it is on; None for one without an anchor."""
    tree = opened.tree(opened.related("comments"))
    rows = tree.findall(W + "comment") if tree is not None else []
    threads = Threads(opened, rows)
    own = {str(row.get(W + "id")) for row in rows if _is_ours(row, ours)}
    for row in rows:
        number, trace = str(row.get(W + "id")), trace_of(row)
        if number in own:
            continue
        ids = threads.ids_in(row)
        parent = threads.parent(ids) or None
        anchor = story.anchors.get(number) or story.anchors.get(parent or "")
        item = _item(story, anchor.start) if anchor else None
        quote = _quote(story, anchor.start, anchor.end, accepts) if anchor else ""
        remark = Remark(
            number, owner(item) if item is not None else None, trace.author, moment_of(trace.at), _words(row), quote,
            None if parent in own else parent, threads.is_settled(ids),
        )  # fmt: skip
        yield remark, item


def _is_ours(row: etree._Element, ours: Trace) -> bool:
    return bool(ours.author) and trace_of(row) == ours


def _words(row: etree._Element) -> str:
    paragraphs = ("".join(_letters(paragraph)) for paragraph in row.iter(W + "p"))
    return printable("\n".join(paragraphs)).strip()


def _letters(paragraph: etree._Element) -> Iterator[str]:
    for element in paragraph.iter(W + "t", W + "br", W + "tab"):
        yield {W + "br": "\n", W + "tab": " "}.get(str(element.tag), element.text or "")


def _item(story: Story, place: int) -> int | None:
    if not story.flat:
        return None
    return story.flat[min(place, len(story.flat) - 1)][0]


def _quote(story: Story, start: int, end: int, accepts: Accepts) -> str:
    """The words a comment is on, as they are with all changes accepted; as they were, if nothing is left of them."""
    atoms = story.flat[start:end]
    return _joined([row for row in atoms if _is_seen(row[1], accepts)]) or _joined(atoms)


def _is_seen(atom: Atom, accepts: Accepts) -> bool:
    return all(map(accepts, atom.came)) and not any(map(accepts, atom.went))


def _joined(rows: list[tuple[int, Atom]]) -> str:
    text, last = "", -1
    for item, atom in rows:
        text += (" " if text and item != last else "") + atom.text
        last = item
    return " ".join(text.split())
