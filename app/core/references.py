"""Reference-style links and images made inline, so that a block shows the same wherever it stands.

`[text][id]`, `[text][]`, `[text]` and their images take the address from `[id]: address "title"` anywhere in the
text, as the renderer would. A definition on a paragraph's level goes once its uses carry the address; one that
nothing uses stays, and so does one inside a list, a quotation or a typed block. Code is left alone.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .content import Kind
from .markup import Scan, Span, scan

_DEFINITION = (
    r"\[(?P<id>[^\[\]]*)\]: *(?:\n *)?(?P<url>[^\s]+) *(?:\n *)?"
    r"(?:(?P<quote>[\"'])(?P<title>.*)(?P=quote) *|\((?P<round>.*)\) *)?$"
)
_TOP_DEFINITION = re.compile("^ {0,3}" + _DEFINITION, re.MULTILINE)
_ANY_DEFINITION = re.compile("^[ >]*" + _DEFINITION, re.MULTILINE)
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
    """Some whole lines: `prose` in which references count, or not; `top` when they are a paragraph of their own."""

    text: str
    prose: bool
    top: bool = False


def inline_references(text: str) -> str:
    """Return the canonical text with reference-style links and images made inline."""
    if "]:" not in text:
        return text
    parts = list(_parts(text.split("\n")))
    targets: dict[str, _Target] = {}
    for part in parts:
        if part.prose:
            for found in (_TOP_DEFINITION if part.top else _ANY_DEFINITION).finditer(part.text):
                targets[_key(found["id"])] = _Target.read(found)
    if not targets:
        return text
    used: set[str] = set()
    parts = [_Part(_inlined(part, targets, used), part.prose, part.top) if part.prose else part for part in parts]
    return "\n".join(_without_definitions(parts, used)) if used else text


def _key(name: str) -> str:
    return _SPACE.sub(" ", name.strip()).lower()


def _parts(lines: list[str], found: Scan | None = None) -> Iterator[_Part]:
    """Yield the lines as parts which, joined by line ends, are the text."""
    found = found or scan(lines)
    done = 0
    for span in found.spans:
        if span.start > done:
            yield _Part("\n".join(lines[done : span.start]), prose=False)
        yield from _typed_parts(lines, span) if span.typed else _plain_parts(lines, span, found)
        done = span.end
    if done < len(lines):
        yield _Part("\n".join(lines[done:]), prose=False)


def _typed_parts(lines: list[str], span: Span) -> Iterator[_Part]:
    assert span.typed is not None  # noqa: S101 - asked by the caller
    body, last = span.typed.body, span.end - 1
    yield _Part(lines[span.start], prose=True)
    if body > span.start + 1:
        yield _Part("\n".join(lines[span.start + 1 : body]), prose=False)
    if last > body:
        for part in _parts(lines[body:last]):
            yield _Part(part.text, part.prose)
    yield _Part(lines[last], prose=False)


def _plain_parts(lines: list[str], span: Span, found: Scan) -> Iterator[_Part]:
    prose, top, start = span.kind not in (Kind.CODE, Kind.RULE), span.kind is Kind.PARAGRAPH, span.start
    for fence in found.fences_in(span):
        if fence.start > start:
            yield _Part("\n".join(lines[start : fence.start]), prose, top)
        yield _Part("\n".join(lines[fence.start : fence.end]), prose=False)
        start = fence.end
    if start < span.end:
        yield _Part("\n".join(lines[start : span.end]), prose, top)


def _inlined(part: _Part, targets: Mapping[str, _Target], used: set[str]) -> str:
    """Return the part's text with its references made inline, noting in `used` which definitions they took."""
    definitions = [found.span() for found in (_TOP_DEFINITION if part.top else _ANY_DEFINITION).finditer(part.text)]
    written, start = [], 0
    for first, last in [*definitions, (len(part.text), len(part.text))]:
        for i, paragraph in enumerate(_BLANK.split(part.text[start:first])):
            written.append(paragraph if i % 2 else _inline_paragraph(paragraph, targets, used))
        written.append(part.text[first:last])
        start = last
    return "".join(written)


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
    """Return the parts' texts without the definitions that were used; a line between two others becomes blank."""
    texts: list[str] = []
    gone = False
    for part in parts:
        text = part.text
        if gone and not text.strip("\n"):  # the blank lines after a paragraph that went go with it
            gone = False
            continue
        if part.top and "]:" in text:
            text = _TOP_DEFINITION.sub(lambda found: "\0" if _key(found["id"]) in used else found[0], text)
            gone = not text.strip("\0\n")
            if gone:
                continue
            text = re.sub(r"(?<=[^\n\0])\n(?:\0\n?)+(?=[^\n\0])", "\n\n", text)
            text = re.sub(r"\n?\0", "", text.lstrip("\0\n") if text.startswith("\0") else text)
        texts.append(text)
    return texts
