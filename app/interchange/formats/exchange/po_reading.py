"""A PO file line by line, so that one bad line costs one entry: what Poedit, Virtaal, OmegaT and gettext write."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from . import faults
from .marks import state_of
from .po_writing import STATE_MARK
from .things import Header, Incoming, IncomingSegment, Problems

MOST_BYTES = 12_000_000
LONGEST_LINE = 200_000
_KEYWORD = re.compile(r"(msgctxt|msgid_plural|msgid|msgstr)(?:\[(\d+)\])?[ \t]*(?=\")")
_STRING = re.compile(r'"([^"\\]*(?:\\.[^"\\]*)*)"[ \t]*$')
_NUMBERS = re.compile(r"(?:\\(?:[0-7]{1,3}|x[0-9A-Fa-f]{1,2}))+")
_ESCAPE = re.compile(rf"({_NUMBERS.pattern})|\\(.)", re.S)
_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
_LINE_END = re.compile(b"\r\n|\n|\r")


def from_po(data: bytes) -> Incoming:
    """Return what a PO file holds; all that is wrong with it is among its problems, and the rest is there."""
    return _Reader(data).run()


@dataclass(slots=True)
class _Entry:
    line: int
    strings: dict[str, list[str]] = field(default_factory=dict)
    comments: list[str] = field(default_factory=list)
    flags: set[str] = field(default_factory=set)
    written: str = ""
    broken: bool = False

    def text(self, name: str) -> str:
        return "".join(self.strings.get(name, ()))


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.problems = Problems()
        self.segments: dict[str, IncomingSegment] = {}
        self.fields: dict[str, str] = {}
        self.entry: _Entry | None = None
        self.name = ""  # of the string that goes on
        self.begun = False  # whether the entry has more than comments

    def run(self) -> Incoming:
        with self.problems.until_enough():
            for number, line in self._lines():
                self._read(number, line)
            self._end(last=True)
            self._look_at_whole()
        header = header_of(self.fields)
        return Incoming(header, tuple(self.segments.values()), self.problems.sorted())

    def _look_at_whole(self) -> None:
        if not self.segments and not self.fields and not self.problems.found:
            self.problems.add(0, faults.NothingInIt())
        elif "x-vivero-curriculum" not in self.fields:
            self.problems.add(0, faults.NoHeader())
        there = self.fields.get("x-vivero-texts", "")
        if there.isdecimal() and len(self.segments) < int(there[:9]):
            self.problems.add(0, faults.Fewer(there=there, here=len(self.segments)))

    def _lines(self) -> Iterator[tuple[int, str]]:
        """Yield number and text of the lines that are in UTF-8."""
        if len(self.data) > MOST_BYTES:
            self.problems.add(0, faults.TooBig(size=len(self.data), most=MOST_BYTES))
            return
        if self.data.startswith((b"\xff\xfe", b"\xfe\xff")):
            self.problems.add(1, faults.NotUtf8())
            return
        for number, raw in enumerate(_LINE_END.split(self.data.removeprefix(b"\xef\xbb\xbf")), start=1):
            try:
                line = raw.decode("utf-8")
            except UnicodeDecodeError:
                self.problems.add(number, faults.NotUtf8())
                if not raw.startswith(b"#"):
                    self._current(number).broken = True
                continue
            yield number, line.strip(" \t")

    def _current(self, number: int) -> _Entry:
        if self.entry is None:
            self.entry = _Entry(number)
        return self.entry

    def _read(self, number: int, line: str) -> None:
        if not line:
            self._end()
        elif len(line) > LONGEST_LINE:
            self._current(number).broken = True
            self.problems.add(number, faults.NotUnderstood(line=line[:60]))
        elif line.startswith("#"):
            self._comment(number, line)
        else:
            self._string(number, line, "")

    def _comment(self, number: int, line: str) -> None:
        if line.startswith("#~"):
            self._end()
            return
        if self.begun and "msgstr" in (self.entry or _Entry(0)).strings:
            self._end()
        entry = self._current(number)
        kind, rest = line[1:2], line[2:].strip(" \t")
        if kind == "|":
            if rest:
                self._string(number, rest, "previous ")
        elif kind == ",":
            entry.flags |= {flag.strip() for flag in rest.split(",")}
        elif kind == ".":
            if rest.startswith(STATE_MARK):
                entry.written = rest.removeprefix(STATE_MARK).strip()
        elif kind not in (":", "="):
            text = line[1:].strip(" \t")
            if text:
                entry.comments.append(text)

    def _string(self, number: int, line: str, prefix: str) -> None:
        keyword = _KEYWORD.match(line)
        if keyword:
            name = prefix + (keyword[1] if keyword[2] in (None, "0") else f"{keyword[1]}[{keyword[2]}]")
            has_target = self.entry is not None and "msgstr" in self.entry.strings
            if has_target and name in ("msgctxt", "msgid"):
                self._end()
            entry = self._current(number)
            if name in entry.strings and not entry.broken:
                entry.broken = True
                self.problems.add(number, faults.NotUnderstood(line=line[:60]))
            if not prefix and not self.begun:
                entry.line, self.begun = number, True
            self.name = name
            entry.strings[name] = []
            line = line[keyword.end() :]
        entry = self._current(number)
        found = _STRING.match(line)
        if not found or not self.name or self.name.startswith("previous ") != bool(prefix):
            entry.broken = True
            self.problems.add(number, faults.NotUnderstood(line=line[:60]))
        else:
            entry.strings[self.name].append(_ESCAPE.sub(_unescaped, found[1]))

    def _end(self, *, last: bool = False) -> None:
        entry, self.entry, self.name = self.entry, None, ""
        begun, self.begun = self.begun, False
        if entry is None or entry.broken or not begun:
            return
        if "msgstr" not in entry.strings or "msgid" not in entry.strings:
            cut = last or "msgid" in entry.strings or "msgctxt" in entry.strings
            self.problems.add(entry.line, faults.CutOff() if cut else faults.NoSource())
        elif "msgctxt" not in entry.strings and not entry.text("msgid"):
            self.fields.update(fields_of(entry.text("msgstr")))
        else:
            self._segment(entry)

    def _segment(self, entry: _Entry) -> None:
        uid, target = entry.text("msgctxt"), entry.text("msgstr")
        if uid and uid in self.segments:
            self.problems.add(entry.line, faults.UidTwice(uid=uid, first=self.segments[uid].line))
            return
        self.problems.check_room(entry.line, len(self.segments))
        state = state_of(entry.written, target, is_unsure="fuzzy" in entry.flags and target != "")
        self.segments[uid or f"\0{entry.line}"] = IncomingSegment(
            uid, entry.text("msgid"), target, state, entry.line, tuple(entry.comments), entry.text("previous msgid")
        )


def header_of(fields: Mapping[str, str]) -> Header:
    """Return what the fields of a PO head, named in small letters, say of where the file is from."""
    return Header(
        fields.get("x-vivero-curriculum", ""),
        fields.get("x-vivero-region", ""),
        fields.get("x-vivero-version", ""),
        fields.get("x-vivero-revision", ""),
        fields.get("x-source-language", "").replace("_", "-"),
        fields.get("language", "").replace("_", "-"),
    )


def fields_of(head: str) -> dict[str, str]:
    """Return the fields of a PO head, named in small letters."""
    rows = (row.partition(":") for row in head.split("\n"))
    return {name.strip().lower(): value.strip() for name, _, value in rows if name.strip()}


def _unescaped(found: re.Match[str]) -> str:
    if not found[1]:
        return _LETTERS.get(found[2], found[2])
    numbers = found[1].split("\\")[1:]
    codes = bytes(int(number[1:], 16) if number[0] == "x" else int(number, 8) & 0xFF for number in numbers)
    return codes.decode("utf-8", "replace")  # msgcat --escape writes a letter as the bytes it has
