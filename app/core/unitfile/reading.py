"""From a unit file's bytes to its blocks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import yaml

from app.core.content import TYPED_KINDS, Kind, Lock, Uid, canonical
from app.core.errors import BadFile, Refused
from app.core.markup import Scan, Typed, closing_slashes, read_head, scan
from app.core.splitting import canonical_form, split, split_front_matter

from . import faults
from .things import FileBlock, UnitFile

MOST_BYTES = 1_000_000
MOST_BLOCKS = 2_000
LONGEST_SITTING_MINUTES = 10_000

_KEYS = ("uid", "minutes")
_UID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,99}")
_ATTRIBUTES = re.compile(r"\{:((?: *(?:#[^\s{}=#]+|(?:lock|id) *= *[^\s{}=#]+))*) *\}$")
_ATTRIBUTE = re.compile(r"(#|lock|id) *=? *[\"']?([^\s\"'{}=#]+)[\"']?")
_OPTIONS: dict[Kind, tuple[str, ...]] = {
    Kind.ACTIVITY: ("minutes", "objectives"),
    Kind.QUESTION: ("use", "objective", "answer", "tolerance"),
}
_OPTIONS_OF_ALL = ("lock", "id")


def decode(source: bytes | str, file: str = "", most_bytes: int = MOST_BYTES) -> str:
    """Return a file's content as text; raise `BadFile` when it is too big or no UTF-8 text, with its line."""
    size = len(source) if isinstance(source, bytes) else len(source.encode("utf-8", "surrogatepass"))
    if size > most_bytes:
        raise BadFile(faults.TooBig(size=size, most=most_bytes), file)
    try:
        text = source if isinstance(source, str) else source.decode("utf-8")
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1  # type: ignore[arg-type] # only bytes are decoded
        fault = faults.NotUtf8(byte=error.start + 1, value=f"{error.object[error.start]:02X}")
        raise BadFile(fault, file, line) from None
    if (at := text.find("\0")) >= 0:
        raise BadFile(faults.NotText(), file, text.count("\n", 0, at) + 1)
    return text


def parse(source: bytes | str, file: str = "") -> UnitFile:
    """Return the unit in a file's content; raise `BadFile` with file and line of the first thing wrong with it."""
    head, body = split_front_matter(canonical(decode(source, file)))
    uid, minutes = _front_matter(head, file)
    blocks = parse_blocks(body, file, first_line=head.count("\n") + 1)
    seen = {uid: 1}
    for block in blocks:
        if block.uid is None:
            continue
        if block.uid in seen:
            raise BadFile(faults.UidTwice(uid=block.uid, line=seen[block.uid]), file, block.line)
        seen[block.uid] = block.line
    return UnitFile(uid, minutes, blocks)


def parse_blocks(body: str, file: str = "", *, first_line: int = 1) -> tuple[FileBlock, ...]:
    """Return the blocks of a unit's text without front matter, as on disk or as a person edits it; raise `BadFile`."""
    lines = canonical_form(body).split("\n")
    wrong, cuts = _Check(lines).run()
    if wrong:
        line, fault = min(wrong, key=lambda found: found[0])
        raise BadFile(fault, file, first_line + line)
    blocks: list[FileBlock] = []
    start = 0
    for cut, attributes in [*cuts, (len(lines), {})]:
        line = first_line + start
        pieces = [piece for piece in split("\n".join(lines[start:cut])) if piece.text or piece.gap]
        for place, piece in enumerate(pieces):
            text = piece.text.lstrip("\n")
            if text:
                own = attributes if place == len(pieces) - 1 else {}
                blocks.append(_block(piece.kind, text, own, file, line + len(piece.text) - len(text)))
            line += piece.text.count("\n") + piece.gap.count("\n")
        start = cut + 1
    if len(blocks) > MOST_BLOCKS:
        raise BadFile(faults.TooManyBlocks(count=len(blocks), most=MOST_BLOCKS), file, blocks[MOST_BLOCKS].line)
    return tuple(blocks)


def _front_matter(head: str, file: str) -> tuple[Uid, int]:
    if not head:
        raise BadFile(faults.NoFrontMatter(), file, 1)
    source = head.strip("\n").removeprefix("---\n").removesuffix("---")
    try:
        found: Any = yaml.safe_load(source)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 1
        raise BadFile(faults.BadFrontMatter(detail=error.problem or ""), file, line) from None
    except (yaml.YAMLError, ValueError, RecursionError):
        raise BadFile(faults.BadFrontMatter(detail=""), file, 1) from None
    if not isinstance(found, dict):
        raise BadFile(faults.NoFrontMatter(), file, 1)
    lines = {line.partition(":")[0].strip(): number for number, line in enumerate(source.split("\n"), start=2)}
    for key in found:
        if key not in _KEYS:
            raise BadFile(faults.UnknownKey(key=key, known=", ".join(_KEYS)), file, lines.get(str(key), 1))
    for key in _KEYS:
        if key not in found:
            raise BadFile(faults.MissingKey(key=key), file, 1)
    uid, minutes = found["uid"], found["minutes"]
    if not isinstance(uid, str) or not _UID.fullmatch(uid):
        raise BadFile(faults.BadUid(uid=uid), file, lines.get("uid", 1))
    if not isinstance(minutes, int) or isinstance(minutes, bool) or not 0 < minutes <= LONGEST_SITTING_MINUTES:
        raise BadFile(faults.BadMinutes(value=minutes), file, lines.get("minutes", 1))
    return uid, minutes


class _Check:
    """Looks for what splitting would let pass as text but a unit file must not have, and for attribute lines."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.wrong: list[tuple[int, Refused]] = []
        self.cuts: list[tuple[int, dict[str, str]]] = []

    def run(self) -> tuple[list[tuple[int, Refused]], list[tuple[int, dict[str, str]]]]:
        """Return line and fault of all that is wrong, and line and content of the attribute lines."""
        self._look(self.lines, 0, top=True)
        return self.wrong, self.cuts

    def _look(self, lines: Sequence[str], offset: int, *, top: bool) -> None:
        found = scan(lines)
        for number in found.unclosed:
            head = read_head(lines, number)
            assert head is not None  # noqa: S101 - it was found as one
            self._add(offset + number, faults.UnclosedBlock(kind=head.name, slashes="/" * head.slashes))
        for span in found.spans:
            if span.typed:
                self._options(lines, span.typed, offset)
                self._look(lines[span.typed.body : span.end - 1], offset + span.typed.body, top=False)
        for number in _prose_lines(lines, found):
            self._line(lines, number, offset, top=top)

    def _options(self, lines: Sequence[str], typed: Typed, offset: int) -> None:
        known = (*_OPTIONS.get(typed.kind, ()), *_OPTIONS_OF_ALL)
        for number in range(typed.start + 1, typed.body):
            option = lines[number].partition(":")[0].strip()
            if option not in known:
                fault = faults.UnknownOption(option=option, kind=typed.kind, known=", ".join(known))
                self._add(offset + number, fault)

    def _line(self, lines: Sequence[str], number: int, offset: int, *, top: bool) -> None:
        line = lines[number]
        head = read_head(lines, number)
        if head and head.name not in TYPED_KINDS:
            self._add(offset + number, faults.UnknownKind(kind=head.name, known=", ".join(sorted(TYPED_KINDS))))
        elif slashes := closing_slashes(line):
            self._add(offset + number, faults.NothingToClose(slashes="/" * slashes))
        elif top and (match := _ATTRIBUTES.match(line)):
            under = number > 0 and lines[number - 1] != ""
            alone = number + 1 == len(lines) or lines[number + 1] == ""
            if under and alone:
                content = {"id" if name == "#" else name: value for name, value in _ATTRIBUTE.findall(match[1])}
                self.cuts.append((number, content))
            else:
                self._add(offset + number, faults.LooseAttributes())

    def _add(self, line: int, fault: Refused) -> None:
        self.wrong.append((line, fault))


def _prose_lines(lines: Sequence[str], found: Scan) -> list[int]:
    """The lines that are in no typed block and no code."""
    covered = {number for fence in found.fences for number in range(fence.start, fence.end)}
    for span in found.spans:
        if span.typed or span.kind is Kind.CODE:
            covered.update(range(span.start, span.end))
    return [number for number in range(len(lines)) if number not in covered]


def _block(kind: Kind, text: str, attributes: dict[str, str], file: str, line: int) -> FileBlock:
    """Return the block with its lock and uid taken out of the text, or from the attribute line under it."""
    found = dict(attributes)
    if kind in TYPED_KINDS:
        lines = text.split("\n")
        head = read_head(lines, 0)
        assert head is not None  # noqa: S101 - the splitter found a typed block
        found.update({name: value for name, value in head.options.items() if name in _OPTIONS_OF_ALL})
        kept = [row for row in lines[1 : head.body] if row.partition(":")[0].strip() not in _OPTIONS_OF_ALL]
        text = "\n".join([lines[0], *kept, *lines[head.body :]])
    lock = found.get("lock", Lock.ADAPTABLE)
    if lock not in tuple(Lock):
        raise BadFile(faults.UnknownLock(lock=lock, known=", ".join(Lock)), file, line)
    uid = found.get("id")
    if uid is not None and not _UID.fullmatch(uid):
        raise BadFile(faults.BadUid(uid=uid), file, line)
    return FileBlock(uid, kind, Lock(lock), text, line)
