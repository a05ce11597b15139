"""A merged text as `git` shows it: open places between conflict markers, in whole lines.

Markers are only for people and tools that read plain files; the places themselves are in `merging.py`.
"""

from __future__ import annotations

import re

from app.core.prose.merging import TextMerge

_LIKE_A_MARKER = re.compile(r"^[ \t]*(<{7,}|\|{7,}|={7,}|>{7,})", re.MULTILINE)


def with_markers(merge: TextMerge, names: tuple[str, str, str] = ("ours", "base", "theirs")) -> str:
    """Return the text with every place in markers, longer ones than any run in the text that looks like a marker.

    A place within a line shows the whole line on each side. Line ends of the markers are those of the text.
    """
    size = _marker_size(merge)
    newline = "\r\n" if any("\r\n" in part for part in _texts(merge)) else "\n"
    out: list[str] = []
    group: list[str] | None = None  # ours, base, theirs of the lines being gathered
    for part in merge.parts:
        if not isinstance(part, str):
            place = merge.places[part]
            if group is None:
                head = _last_line(out)
                group = [head, head, head]
            group = [text + more for text, more in zip(group, (place.ours, place.base, place.theirs), strict=True)]
            continue
        if group is not None:
            if all(text.endswith("\n") or not text for text in group):
                out.append(_block(group, size, names, newline))
                group = None
            else:
                line, end, part = part.partition("\n")
                group = [text + line + end for text in group]
                if not end:
                    continue
                out.append(_block(group, size, names, newline))
                group = None
        out.append(part)
    if group is not None:
        out.append(_block(group, size, names, newline))
    return "".join(out)


def _marker_size(merge: TextMerge) -> int:
    runs = (len(found.group(1)) for text in _texts(merge) for found in _LIKE_A_MARKER.finditer(text))
    return max(7, *(run + 1 for run in runs), 7)


def _texts(merge: TextMerge) -> list[str]:
    texts = [part for part in merge.parts if isinstance(part, str)]
    for place in merge.places:
        texts += (place.base, place.ours, place.theirs)
    return texts


def _last_line(out: list[str]) -> str:
    """Take the unfinished line off what is written so far."""
    head = ""
    while out:
        last = out.pop()
        cut = last.rfind("\n") + 1
        head = last[cut:] + head
        if cut:
            out.append(last[:cut])
            break
    return head


def _block(group: list[str], size: int, names: tuple[str, str, str], newline: str) -> str:
    heads = [f"{'<' * size} {names[0]}", f"{'|' * size} {names[1]}", "=" * size]
    lines = []
    for head, text in zip(heads, group, strict=True):
        lines += [head, newline, text, "" if text.endswith("\n") or not text else newline]
    return "".join([*lines, ">" * size, " ", names[2], newline])
