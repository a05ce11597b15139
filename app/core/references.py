"""Reference-style links and images made inline, so that a block shows the same wherever it stands.

`[text][id]`, `[text][]`, `[text]` and their images take the address from `[id]: address "title"` anywhere in the
text; the last definition of a name counts. A definition goes once its uses carry the address; it stays, unseen on the
page, when nothing uses it or when it is inside a list or quotation. Code is left alone. The renderer knows references
through this module only.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from .content import Kind
from .markup import DEFINITION, Scan, Span, scan

_DEFINITION = re.compile("[ >]*" + DEFINITION)
_LABEL = re.compile(r"\s?\[([^\]]*)\]")
_SPACE = re.compile(r"\s+")
_BACKTICKS = re.compile(r"`+")
_MARK = re.compile(r"\\.|<[A-Za-z][A-Za-z0-9+.-]*:[^<>\s]*>|`+|[\[\]()]", re.DOTALL)
_LONGEST_LABEL = 1000  # characters
_BLANK = re.compile(r"(\n(?:[ >]*\n)+)")


@dataclass(frozen=True, slots=True)
class _Target:
    """Where a definition leads, as it is written between round brackets."""

    written: str

    @classmethod
    def read(cls, found: re.Match[str]) -> _Target:
        url = found["url"].lstrip("<").rstrip(">")
        for char, safe in {"\\": "\\\\", "|": "%7C", "`": "%60", "<": "%3C", ">": "%3E"}.items():
            url = url.replace(char, safe)
        if not url or re.search(r"[()\"']", url):
            url = f"<{url}>"
        title = (found["title"] or found["round"] or "").replace("\\", "\\\\").replace("|", "&#124;")
        if not title:
            return cls(f"({url})")
        if '"' not in title:
            return cls(f'({url} "{title}")')
        title = title.replace("'", "&#39;")
        return cls(f"({url} '{title}')")


@dataclass(frozen=True, slots=True)
class _Part:
    """Some whole lines: prose in which references count, a definition, or else; `inner` when in a list or quotation."""

    text: str
    prose: bool = False
    definition: bool = False
    inner: bool = False


def inline_references(text: str) -> str:
    """Return the canonical text with reference-style links and images made inline."""
    if "]:" not in text:
        return text
    parts = list(_parts(text.split("\n")))
    targets: dict[str, _Target] = {}
    for part in parts:
        if part.definition and (found := _DEFINITION.match(part.text)):
            targets[_key(found["id"])] = _Target.read(found)
    if not targets:
        return text
    used: set[str] = set()
    parts = [replace(part, text=_inlined(part.text, targets, used)) if part.prose else part for part in parts]
    return "\n".join(_without_definitions(parts, used)) if used else text


def _key(name: str) -> str:
    return _SPACE.sub(" ", name.strip()).lower()


def _parts(lines: list[str]) -> Iterator[_Part]:
    """Yield the lines as parts which, joined by line ends, are the text."""
    found = scan(lines)
    done = 0
    for span in found.spans:
        if span.start > done:
            yield _Part("\n".join(lines[done : span.start]))
        yield from _typed_parts(lines, span) if span.typed else _plain_parts(lines, span, found)
        done = span.end
    if done < len(lines):
        yield _Part("\n".join(lines[done:]))


def _typed_parts(lines: list[str], span: Span) -> Iterator[_Part]:
    assert span.typed is not None  # noqa: S101 - asked by the caller
    body, last = span.typed.body, span.end - 1
    yield _Part(lines[span.start], prose=True)
    if body > span.start + 1:
        yield _Part("\n".join(lines[span.start + 1 : body]))
    if last > body:
        yield from _parts(lines[body:last])
    yield _Part(lines[last])


def _plain_parts(lines: list[str], span: Span, found: Scan) -> Iterator[_Part]:
    prose, start = span.kind not in (Kind.CODE, Kind.RULE), span.start
    definitions = set(found.definitions_in(span))
    for first, end in sorted([*definitions, *((fence.start, fence.end) for fence in found.fences_in(span))]):
        if first > start:
            yield _Part("\n".join(lines[start:first]), prose)
        yield _Part("\n".join(lines[first:end]), definition=(first, end) in definitions, inner=first in found.inner)
        start = end
    if start < span.end:
        yield _Part("\n".join(lines[start : span.end]), prose)


def _inlined(text: str, targets: Mapping[str, _Target], used: set[str]) -> str:
    """Return the text with its references made inline, noting in `used` which definitions they took."""
    paragraphs = _BLANK.split(text)
    return "".join(
        paragraph if place % 2 else _inline_paragraph(paragraph, targets, used)
        for place, paragraph in enumerate(paragraphs)
    )


def _inline_paragraph(text: str, targets: Mapping[str, _Target], used: set[str]) -> str:
    square, round_ = _brackets(text)
    edits: list[tuple[int, int, str]] = []
    openings = [opening for opening, _ in square]
    taken: set[int] = set()  # brackets that are another link's label or address
    for opening, closing in square:
        if opening in taken:
            continue
        end, after = closing + 1, closing + 1
        if after in round_:
            end = round_[after] + 1
        else:
            label = _key(text[opening + 1 : closing]) if closing - opening < _LONGEST_LABEL else ""
            full = _LABEL.match(text, after)
            choices = [(_key(full[1]) or label, full.end())] if full else []
            for name, until in [*choices, (label, after)]:
                if name in targets:
                    used.add(name)
                    edits.append((after, until, targets[name].written))
                    end = until
                    break
        taken.update(openings[bisect_left(openings, after) : bisect_left(openings, end)])
    written, copied = [], 0
    for start, end, address in sorted(edits):
        written += [text[copied:start], address]
        copied = end
    return "".join(written) + text[copied:]


def _brackets(text: str) -> tuple[list[tuple[int, int]], dict[int, int]]:
    """Return the pairs of square brackets by their opening, and the round ones; those in code or escaped are none."""
    square: list[tuple[int, int]] = []
    round_: dict[int, int] = {}
    open_square: list[int] = []
    open_round: list[int] = []
    ticks: dict[str, list[int]] = {}
    for run in _BACKTICKS.finditer(text):
        ticks.setdefault(run[0], []).append(run.start())
    place = 0
    while found := _MARK.search(text, place):
        mark, place = found[0], found.end()
        if mark[0] == "`":
            same = ticks.get(mark, [])
            later = bisect_left(same, place)
            if later < len(same):
                place = same[later] + len(mark)
        elif mark == "[":
            open_square.append(found.start())
        elif mark == "]" and open_square:
            square.append((open_square.pop(), found.start()))
        elif mark == "(":
            open_round.append(found.start())
        elif mark == ")" and open_round:
            round_[open_round.pop()] = found.start()
    return sorted(square), round_


def _without_definitions(parts: list[_Part], used: set[str]) -> list[str]:
    """Return the parts' texts without the definitions that were used; one between two other lines becomes blank.

    Those in lists and quotations stay, as taking a line out there may change what the lines around it are.
    """
    texts: list[str] = []
    gone = False
    for part in parts:
        found = _DEFINITION.match(part.text) if part.definition and not part.inner else None
        if found and _key(found["id"]) in used:
            gone = True
            if texts:
                texts[-1] = texts[-1].rstrip(" ")  # a hard break before a line that went
        elif gone and not part.text.strip("\n"):
            gone = not texts  # the blank lines after what went go with it, at the very beginning all of them
        else:
            if gone and texts and texts[-1].strip("\n"):
                texts.append("")
            texts.append(part.text)
            gone = False
    return texts
