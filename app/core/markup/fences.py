"""Where code stands between fences, flat ones anywhere and deep ones (indented like code) that a list may hold."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Sequence

TAB = 4
_FENCE = re.compile(r"( *)(`{3,}|~{3,}) *([^\n]*)")


def indent_of(line: str) -> int:
    """How many spaces a line begins with."""
    return len(line) - len(line.lstrip(" "))


def fence_parts(line: str) -> tuple[int, str, str]:
    """Return indent, fence and info of a line that opens a fence or, without info, could close one; else no fence."""
    match = _FENCE.match(line)
    if not match or (match[2][0] == "`" and "`" in match[3]):
        return 0, "", ""
    return len(match[1]), match[2], match[3]


def flat_fences(lines: Sequence[str]) -> dict[int, int]:
    """Return first line and end of the fences indented by less than a code block. An unclosed one is text."""
    closers: dict[str, list[tuple[int, int]]] = {"`": [], "~": []}
    openers: list[tuple[int, str]] = []
    for i, line in enumerate(lines):
        indent, fence, info = fence_parts(line) if "```" in line or "~~~" in line else (0, "", "")
        if fence and indent < TAB:
            openers.append((i, fence))
            if not info:
                closers[fence[0]].append((i, len(fence)))
    longest = {char: _longest_from(found) for char, found in closers.items()}
    fences: dict[int, int] = {}
    done = 0
    for start, fence in openers:
        found = closers[fence[0]]
        place = bisect_right(found, (start, sys.maxsize))
        if start < done or place == len(found) or longest[fence[0]][place] < len(fence):
            continue
        while found[place][1] < len(fence):
            place += 1
        done = found[place][0] + 1
        fences[start] = done
    return fences


def _longest_from(closers: list[tuple[int, int]]) -> list[int]:
    """For each closing line, the longest fence from there to the end."""
    longest: list[int] = []
    for _, length in reversed(closers):
        longest.append(max(length, longest[-1] if longest else 0))
    return longest[::-1]


class DeepFences:
    """Fences indented like code; they are fences only inside a list, and every line in them is indented as far."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.failed: tuple[str, int, int, int] = ("", 0, 0, 0)  # character, length, indent, up to which line

    def end(self, start: int) -> int:
        """Return the line after the fence that opens here, or 0 when none does."""
        indent, fence, _ = fence_parts(self.lines[start])
        if not fence or indent < TAB:
            return 0
        char, length, failed_indent, until = self.failed
        if start < until and fence[0] == char and len(fence) >= length and indent >= failed_indent:
            return 0
        line = start + 1
        while line < len(self.lines) and (not self.lines[line] or indent_of(self.lines[line]) >= indent):
            _, closing, info = fence_parts(self.lines[line])
            if closing[:1] == fence[0] and len(closing) >= len(fence) and not info:
                return line + 1
            line += 1
        self.failed = (fence[0], len(fence), indent, line)
        return 0
