"""Where two sets of line changes meet: the text of three files as stretches git settles and stretches it leaves open.

Lines only. What becomes of an open stretch is decided by sentence and word, in `places.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from app.core.prose.lines import Change, line_changes


class Region(NamedTuple):
    """A stretch both sides changed, as character offsets into each text: where it starts and what stands there."""

    base_at: int
    ours_at: int
    theirs_at: int
    base: str
    ours: str
    theirs: str


def split_lines(text: str) -> list[str]:
    """Cut after each `\\n` and nowhere else, so that the lines joined are the text."""
    lines = text.split("\n")
    last = lines.pop()
    lines = [line + "\n" for line in lines]
    if last:
        lines.append(last)
    return lines


def regions(base: str, ours: str, theirs: str) -> list[str | Region]:
    """Return the merged file in order: settled text, and a `Region` wherever git would stop."""
    b, o, t = split_lines(base), split_lines(ours), split_lines(theirs)
    numbers: dict[str, int] = {}
    ids = [[numbers.setdefault(line, len(numbers)) for line in lines] for lines in (b, o, t)]
    our_changes, their_changes = line_changes(ids[0], ids[1]), line_changes(ids[0], ids[2])
    result: list[str | Region] = []
    at = [0, 0, 0]  # lines done in base, ours, theirs
    offset = [0, 0, 0]  # characters done
    for our_run, their_run in groups(our_changes, their_changes):
        start = min(run[0].start for run in (our_run, their_run) if run)
        end = max(run[-1].end for run in (our_run, their_run) if run)
        gap = start - at[0]
        settled = "".join(b[at[0] : start])
        o_end, t_end = new_end(our_run, end, at[1] + end - at[0]), new_end(their_run, end, at[2] + end - at[0])
        part = ["".join(b[start:end]), "".join(o[at[1] + gap : o_end]), "".join(t[at[2] + gap : t_end])]
        offset = [n + len(settled) for n in offset]
        result.append(settled)
        if not their_run or part[1] == part[2]:
            result.append(part[1])
        elif not our_run:
            result.append(part[2])
        else:
            result.append(Region(offset[0], offset[1], offset[2], part[0], part[1], part[2]))
        offset = [n + len(p) for n, p in zip(offset, part, strict=True)]
        at = [end, o_end, t_end]
    result.append("".join(b[at[0] :]))
    return [part for part in result if part]


def new_end(run: Sequence[Change], end: int, unchanged_end: int) -> int:
    """Where the stretch ends in a side's own lines: past its last change there, or as far as the unchanged lines go."""
    return run[-1].new_end + end - run[-1].end if run else unchanged_end


def groups(ours: list[Change], theirs: list[Change]) -> list[tuple[list[Change], list[Change]]]:
    """Gather changes that overlap or touch; most groups hold one change of one side."""
    groups = []
    i = j = 0
    while i < len(ours) or j < len(theirs):
        first = i, j
        end = min(run[at].start for run, at in ((ours, i), (theirs, j)) if at < len(run))
        while True:
            if i < len(ours) and ours[i].start <= end:
                end, i = max(end, ours[i].end), i + 1
            elif j < len(theirs) and theirs[j].start <= end:
                end, j = max(end, theirs[j].end), j + 1
            else:
                break
        groups.append((ours[first[0] : i], theirs[first[1] : j]))
    return groups
