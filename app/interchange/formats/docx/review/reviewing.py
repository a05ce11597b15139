"""A reviewed Word file to what its readers changed and remarked, block by block; the way in is `read_reviewed`.

What is compared with what: the file as it went out (made again, read by the same reader), the file with tracked
changes rejected (what differs was edited without tracking), with each author's accepted, and with all accepted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from app.interchange.formats.document import Manual
from app.interchange.formats.docx.opening import open_word
from app.interchange.formats.docx.review import leftovers
from app.interchange.formats.docx.review.carrier import (
    Ledger,
    bookmark_name,
    read_ledger,
    read_origin,
    text_digest,
    words_digest,
)
from app.interchange.formats.docx.review.changes import (
    NO_ANCHOR,
    NO_SUCH_BLOCK,
    NOT_A_BLOCK,
    OTHER_TEXT,
    Remark,
    Reviewed,
    Unplaced,
)
from app.interchange.formats.docx.review.comparing import Comparison
from app.interchange.formats.docx.review.ordering import inserted_and_moved
from app.interchange.formats.docx.review.outgoing import Outgoing, from_texts, go_out
from app.interchange.formats.docx.review.placing import place
from app.interchange.formats.docx.review.remarking import remarks_of
from app.interchange.formats.docx.review.restyling import take_back_styles
from app.interchange.formats.docx.review.story import Trace
from app.interchange.formats.docx.review.story_reading import read_story
from app.interchange.formats.docx.review.versions import accept_all, accepting, version, with_old_shapes

_GONE = "gone:"


def read_reviewed(data: bytes, exported: Manual | Mapping[str, str], name: str = "") -> Reviewed:
    """Return what a reviewed file says against the text it was exported from, or raise `UnreadableWordFile`.

    `exported` is the manual as it was exported, or its blocks' Markdown (with variables) by uid.
    """
    opened = open_word(data, name)
    origin, ledger = read_origin(opened), read_ledger(opened)
    out = go_out(exported if isinstance(exported, Manual) else from_texts(exported, origin, ledger))
    out.is_whole = isinstance(exported, Manual)
    story = read_story(opened)
    lost = list(leftovers.sort_out_pictures(out, opened, story))
    ours = Trace(origin.signed_by, origin.signed_at) if origin.signed_by else Trace("\0", "")
    rejected = accepting((), ours)
    before = version(with_old_shapes(story.items, rejected), range(len(story.items)), rejected)
    after = version(story.items, range(len(story.items)), accept_all)
    places = place(story.items, before, out.seen, _regions(out, ledger))
    is_restyled = take_back_styles(story.items, places.origins, before, after)
    if is_restyled:
        out.forget_rules()
    comparison = Comparison(out, story, places.owners, before, after, ours)

    stale = {owner for owner, text in out.written.items() if _is_stale(ledger, owner, text)}
    compared = [one for one in comparison.compared() if one.owner not in stale]
    changes, removed = comparison.results([one for one in compared if one.owner.startswith("block:")])
    inserted, removed, moved = inserted_and_moved(comparison, removed)
    lost += [
        leftovers.unplaced("text", one.trace, one.words, NOT_A_BLOCK)
        for one in compared
        if not one.owner.startswith("block:") and not one.owner.startswith(_GONE)
    ]
    lost += comparison.particulars()
    lost += _of_other_texts(comparison, ledger, stale)
    lost += leftovers.strays_of(opened, story)
    lost += leftovers.headers_of(out, opened)
    lost += leftovers.looks_of(story)
    remarks: list[Remark] = []

    def uid(item: int) -> str | None:
        owner = places.owners[item] or places.before[item]
        return owner.removeprefix("block:") if owner.startswith("block:") else None

    for remark, item in remarks_of(opened, story, ours, accept_all, uid):
        why = NO_ANCHOR if item is None else NO_SUCH_BLOCK if places.owners[item].startswith(_GONE) else ""
        if why:
            lost.append(Unplaced("comment", remark.author, remark.at, remark.text, why))
        else:
            remarks.append(remark)
    return Reviewed(origin, tuple(changes), tuple(inserted), tuple(removed), tuple(moved), tuple(remarks), tuple(lost))


def _regions(out: Outgoing, ledger: Ledger) -> dict[str, str]:
    """Whose each bookmark is, those of blocks included that the edition had when the file was made."""
    gone = {bookmark_name(key): _GONE + key.removeprefix("block:") for key in ledger.entries if key not in out.written}
    return {**gone, **out.regions}


def _is_stale(ledger: Ledger, owner: str, text: str) -> bool:
    entry = ledger.entries.get(owner)
    return entry is not None and entry.digest != text_digest(text)


def _of_other_texts(comparison: Comparison, ledger: Ledger, stale: set[str]) -> Iterator[Unplaced]:
    """What was changed in blocks that are gone or have another text by now; untouched ones say nothing."""
    owners = dict.fromkeys(owner for owner in comparison.places if owner in stale or owner.startswith(_GONE))
    for owner in owners:
        key = owner.replace(_GONE, "block:", 1)
        entry = ledger.entries.get(key)
        words = [words_digest(one.words) for one in comparison.after_of(owner)]
        trace = comparison.first_trace(owner)
        touched = trace is not None or (entry is not None and entry.paragraphs and set(words) - set(entry.paragraphs))
        if touched:
            why = NO_SUCH_BLOCK if owner.startswith(_GONE) else OTHER_TEXT
            text = " ".join(one.words for one in comparison.after_of(owner))
            yield leftovers.unplaced("text", trace or Trace("", ""), text, why)
