"""From a stretch that two sides changed to the places a person decides, as small as the meaning allows.

Units are put in columns (base, ours, theirs). Columns that say the same are settled; the others are places, with
a proposal where one can be made. Filling every place with one side's text gives that side's words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.core.prose.columns import Column, Side, columns, key_of, text_of
from app.core.prose.guards import CALM, STRENGTH, Why, doubt, may_be_drafted
from app.core.prose.units import Unit, units
from app.core.prose.words import weave


@dataclass(frozen=True)
class Place:
    """A passage left for a person: what each side says, and what we propose, if anything."""

    base: str
    ours: str
    theirs: str
    proposal: str | None
    careful: bool
    why: Why


_LINK = re.compile(r"[ \t>]*\[[^\]]+\]:\s")

REGION_LIMIT = 1_000_000  # characters of the three texts together; a longer stretch is one place, as git shows it

Run = list[tuple[Side, Column]]


def open_region(base: str, ours: str, theirs: str, in_code: tuple[bool, ...]) -> list[str | Place]:
    """Return the stretch as settled text and places, in order; two places never touch."""
    if ours.split() == theirs.split():
        return [_settled(base, ours, theirs)]
    if len(base) + len(ours) + len(theirs) > REGION_LIMIT:
        return [Place(base, ours, theirs, None, True, Why.OVERLAP)]
    b, o, t = (units(text, code) for text, code in zip((base, ours, theirs), in_code, strict=True))
    return _written(_runs(columns(b, o, t)))


def _runs(found: list[Column]) -> list[Run]:
    """Columns in runs, settled and open by turns; what both sides removed does not part two open ones."""
    runs: list[Run] = []
    for column in found:
        side = column.changed_by()
        if runs and (side is Side.NONE) == _is_settled(runs[-1]):
            runs[-1].append((side, column))
            continue
        if len(runs) > 1 and side is not Side.NONE and _is_gone(runs[-1]):
            gone = runs.pop()
            runs[-1] += [*gone, (side, column)]
            continue
        runs.append([(side, column)])
    return runs


def _is_settled(run: Run) -> bool:
    return all(side is Side.NONE for side, _ in run)


def _is_gone(run: Run) -> bool:
    return not any(key_of(column.ours) for _, column in run)


def _written(runs: list[Run]) -> list[str | Place]:
    """The runs as text and places. Where the sides part with different spacing, the spacing goes with the place."""
    result: list[str | Place] = []
    gaps = ("", "", "")
    for at, run in enumerate(runs):
        if not _is_settled(run):
            result.append(_place(run, gaps))
            gaps = ("", "", "")
            continue
        for _, column in run[:-1]:
            result.append(_settled(*column.texts()))
        last = run[-1][1]
        texts = last.texts()
        tails = _tail(last.base), _tail(last.ours), _tail(last.theirs)
        if at + 1 < len(runs) and tails[1] != tails[2]:
            gaps = tails
            texts = (texts[0].removesuffix(tails[0]), texts[1].removesuffix(tails[1]), texts[2].removesuffix(tails[2]))
        result.append(_settled(*texts))
    return result


def _tail(part: list[Unit]) -> str:
    return part[-1].tail if part else ""


def _settled(base: str, ours: str, theirs: str) -> str:
    """The same words three times, in the lines and spaces of the side that changed them; ours when both did."""
    return theirs if ours == base else ours


def _place(run: Run, gaps: tuple[str, str, str]) -> Place:
    """Columns that touch are one decision; its proposal is all of theirs, its reason the strongest of theirs."""
    whole = Column()
    pieces: list[str] = []
    reasons: list[Why] = []
    for side, column in run:
        whole.add(column)
        proposal, why = _proposal(side, column)
        reasons.append(why)
        if proposal is not None:
            pieces.append(proposal)
    if {Side.OURS, Side.THEIRS} <= {side for side, _ in run}:
        reasons.append(Why.NEIGHBOURS)
    why = max(reasons, key=STRENGTH.__getitem__)
    base, ours, theirs = (gap + text for gap, text in zip(gaps, whole.texts(), strict=True))
    together = None
    if len(pieces) == len(run):
        together = _glued([max(gaps[1:], key=_breaks), *sorted(pieces, key=_only_links)])
        for side, text in ((Side.OURS, ours), (Side.THEIRS, theirs)):
            if {other for other, _ in run} <= {side, Side.NONE}:
                together = text
    return Place(base, ours, theirs, together, why not in CALM, why)


_LINE_START = re.compile(r"\s*(?:[-*+]\s|\d+[.)]\s|#|>|\||!\[|```|~~~|///)")  # what can only begin a line


def _glued(pieces: list[str]) -> str:
    """Join pieces that stood apart in their own texts; whole lines stay whole lines."""
    text = ""
    for piece in pieces:
        whole_lines = _LINE_START.match(piece) or "\n" in piece.rstrip("\n")
        if text.strip() and piece.strip() and not text.endswith("\n") and whole_lines:
            text = text.rstrip(" \t") + "\n"
        text += piece
    return text


def _breaks(gap: str) -> int:
    return gap.count("\n")


def _only_links(text: str) -> bool:
    """Whether a text is link definitions alone, which belong after what uses them."""
    lines = [line for line in text.splitlines() if line.strip()]
    return bool(lines) and all(_LINK.match(line) for line in lines)


def _proposal(side: Side, column: Column) -> tuple[str | None, Why]:
    base, ours, theirs = column.texts()
    if side is Side.NONE:
        return _settled(base, ours, theirs), Why.ONE_SIDE
    if side is Side.OURS:
        return ours, Why.ONE_SIDE
    if side is Side.THEIRS:
        return theirs, Why.ONE_SIDE
    if side is Side.SPACING:
        return ours, Why.SPACING
    if not base.strip():
        return _glued(sorted((ours, theirs), key=_only_links)), Why.BOTH_ADDED
    if not ours.strip() or not theirs.strip():
        return None, Why.DELETED
    woven = weave(base, ours, theirs)
    text = woven.text
    if text is not None:
        return text, doubt(base, ours, theirs, woven)
    text = _added_to_rewritten(column)
    if text is not None:
        return text, Why.ADDED
    draft = next((text for text in woven.drafts() if text not in (ours, theirs)), None)
    if draft is not None and may_be_drafted(base, ours, theirs, woven):
        return draft, Why.PARTLY
    return None, Why.OVERLAP


def _added_to_rewritten(column: Column) -> str | None:
    """Where one side only added units and the other wrote the passage anew: the new passage and the additions."""
    for kept, anew in ((column.ours, column.theirs), (column.theirs, column.ours)):
        added = list(kept)
        for unit in column.base:
            same = next((i for i, other in enumerate(added) if other.key == unit.key), None)
            if same is None:
                break
            del added[same]
        else:
            before = kept is column.ours and kept[0].key == added[0].key
            return _glued([text_of(added), text_of(anew)] if before else [text_of(anew), text_of(added)])
    return None
