"""The three-way merge of a whole Markdown text: what is settled, and the places left for a person.

Everything `git merge-file` settles is settled here, in the same words. Pure: files and markers are elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

from app.core.prose.places import Place, open_region
from app.core.prose.regions import Region, regions
from app.core.prose.units import CodeMap


@dataclass(frozen=True)
class TextMerge:
    """A merged text: `parts` in order, each settled text or the index of a place."""

    parts: tuple[str | int, ...]
    places: tuple[Place, ...]

    @property
    def clean(self) -> bool:
        """Whether nothing is left for a person."""
        return not self.places

    @cached_property
    def careful(self) -> bool:
        """Whether a place has to be read before it is signed."""
        return any(place.careful for place in self.places)

    def text(self, fill: Callable[[Place], str]) -> str:
        """Return the whole text with each place filled."""
        filled = [fill(place) for place in self.places]
        return "".join(part if isinstance(part, str) else filled[part] for part in self.parts)

    def proposed(self) -> str | None:
        """Return the whole text with the proposals in place, or None when a place has none."""
        if any(place.proposal is None for place in self.places):
            return None
        return self.text(lambda place: place.proposal or "")

    def accepting(self, choose: Callable[[Place], str | None]) -> TextMerge:
        """Return the merge with the places filled for which `choose` gives a text."""
        parts: list[str | int] = []
        left: list[Place] = []
        for part in self.parts:
            chosen = part if isinstance(part, str) else choose(self.places[part])
            if chosen is not None:
                _add(parts, chosen)
            elif not isinstance(part, str):
                parts.append(len(left))
                left.append(self.places[part])
        return TextMerge(tuple(parts), tuple(left))


def merge_text(base: str, ours: str, theirs: str) -> TextMerge:
    """Merge two descendants of a text; what only one of them changed is taken, the rest becomes places.

    Where the texts differ in their kind of line end, that is settled for the whole text: by the side that changed it.
    """
    if ours == theirs or base == theirs:
        return TextMerge((ours,), ())
    if base == ours:
        return TextMerge((theirs,), ())
    ends = [_line_end(text) for text in (base, ours, theirs)]
    if None not in ends and len(set(ends)) > 1:
        chosen = ends[2] if ends[1] == ends[0] else ends[1]
        return _with_line_end(_merge(*(text.replace("\r\n", "\n") for text in (base, ours, theirs))), chosen or "\n")
    return _merge(base, ours, theirs)


def _line_end(text: str) -> str | None:
    """The one kind of line end a text uses; None when it mixes them."""
    crlf = text.count("\r\n")
    return "\n" if not crlf else "\r\n" if crlf == text.count("\n") else None


def _with_line_end(merged: TextMerge, end: str) -> TextMerge:
    if end == "\n":
        return merged

    def ended(text: str) -> str:
        return text.replace("\n", end)

    places = (
        replace(
            place,
            base=ended(place.base),
            ours=ended(place.ours),
            theirs=ended(place.theirs),
            proposal=None if place.proposal is None else ended(place.proposal),
        )
        for place in merged.places
    )
    return TextMerge(tuple(ended(part) if isinstance(part, str) else part for part in merged.parts), tuple(places))


def _merge(base: str, ours: str, theirs: str) -> TextMerge:
    parts: list[str | int] = []
    places: list[Place] = []
    found = regions(base, ours, theirs)
    maps = [CodeMap(text) for text in (base, ours, theirs)] if any(isinstance(part, Region) for part in found) else []
    for part in found:
        if isinstance(part, str):
            _add(parts, part)
            continue
        offsets = part.base_at, part.ours_at, part.theirs_at
        in_code = tuple(code.in_code(at) for code, at in zip(maps, offsets, strict=True))
        for piece in _with_last_line_whole(part, in_code):
            if isinstance(piece, str):
                _add(parts, piece)
            else:
                parts.append(len(places))
                places.append(piece)
    return TextMerge(tuple(parts), tuple(places))


def _with_last_line_whole(region: Region, in_code: tuple[bool, ...]) -> list[str | Place]:
    """Open a region as if no text in it lacked its last line end, and take from each what was lent to it."""
    texts = region.base, region.ours, region.theirs
    lent = [bool(text) and not text.endswith("\n") for text in texts]
    if not any(lent):
        return open_region(*texts, in_code)
    base, ours, theirs = (text + "\n" * more for text, more in zip(texts, lent, strict=True))
    pieces = open_region(base, ours, theirs, in_code)
    last = pieces[-1]
    keep_off = lent[2] if lent[0] == lent[1] else lent[1]
    if isinstance(last, str):
        pieces[-1] = last.removesuffix("\n") if keep_off else last
    else:
        proposal = last.proposal
        pieces[-1] = replace(
            last,
            base=last.base.removesuffix("\n") if lent[0] else last.base,
            ours=last.ours.removesuffix("\n") if lent[1] else last.ours,
            theirs=last.theirs.removesuffix("\n") if lent[2] else last.theirs,
            proposal=proposal.removesuffix("\n") if proposal and keep_off else proposal,
        )
    return pieces


def _add(parts: list[str | int], text: str) -> None:
    if not text:
        return
    last = parts[-1] if parts else None
    if isinstance(last, str):
        parts[-1] = last + text
    else:
        parts.append(text)
