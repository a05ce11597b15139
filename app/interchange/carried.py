"""Comments in the margin of somebody's Word manual, on their way to the draft that is made of it.

Pure: which paragraph of the draft each comment is on. A comment on what was left out, and one without a place, goes to
the paragraph before it, or to the first one; nobody's comment is passed over.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from app.core.content import Content, Language, Uid
from app.core.unitfile import parse_blocks
from app.interchange.formats.docx.foreign.things import Comment, ForeignDocument
from app.interchange.formats.docx.foreign.units import ModuleDraft
from app.interchange.formats.docx.review.story import moment_of
from app.interchange.found import Found, Said


def carried(
    document: ForeignDocument,
    drafts: Sequence[ModuleDraft],
    content: Content,
    language: Language,
    revision_id: int,
    filename: str,
    digest: str,
) -> Found:
    """Return the comments of a document, each on its paragraph of the draft; `drafts` are what the draft was made of.

    Who did not give a name is called as the file is.
    """
    spots = dict(_spots(drafts, content)) if document.comments else {}
    indexes = sorted(spots)
    said = []
    for number, comment in enumerate(document.comments):
        at = bisect_right(indexes, comment.place if comment.place is not None else -1) - 1
        uid = spots[indexes[max(0, at)]]
        said.append(_said(comment, uid, filename, f"{digest}:{comment.name or number}"))
    return Found(language, revision_id, said=tuple(said))


def _said(comment: Comment, uid: Uid, filename: str, key: str) -> Said:
    at = moment_of(comment.date)
    return Said(
        id=comment.name,
        uid=uid,
        author=comment.author.strip() or filename,
        at=at.isoformat() if at else "",
        text=comment.text,
        quote=comment.about,
        parent=comment.parent,
        resolved=comment.resolved,
        key=hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:40],
    )


def _spots(drafts: Sequence[ModuleDraft], content: Content) -> Iterator[tuple[int, Uid]]:
    """Yield for each block of the document the paragraph of the draft that has its words."""
    units = [unit for _, unit in content.units()]
    for draft, unit in zip((unit for module in drafts for unit in module.units), units, strict=True):
        starts = [block.line for block in parse_blocks(draft.markdown, draft.title)]
        for index, line in draft.lines:
            yield index, unit.blocks[max(0, bisect_right(starts, line) - 1)].uid
