"""The unit files of a package, each told which unit and language it is, and each of its blocks which block it is.

Blocks are known by their uids; one that lost its uid is found again by its text among those of its unit that are
missing. What was not edited is not read at all: it is what it was. Putting languages together is `reading`'s business.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from app.core.alignment import align
from app.core.content import Content, Digest, Kind, Language, Lock, Uid, Unit, canonical, digest
from app.core.errors import BadFile, Refused
from app.core.unitfile import FileBlock, UnitFile, parse

from . import faults
from .faults import Problem
from .laying import mark, unit_text
from .opening import Manifest

_UID = re.compile(r"(?:\{: ?#|^ +id: *)([A-Za-z0-9][A-Za-z0-9_.-]*)", re.M)


@dataclass(frozen=True, slots=True)
class Entry:
    """A block in one language. `uid` is None for a new one; `text` None for one that was not edited."""

    uid: Uid | None
    kind: Kind
    lock: Lock
    name: Digest
    text: str | None
    line: int


@dataclass(slots=True)
class Written:
    """A unit's file in one language; `entries` are the base's where the file was not edited or cannot be read."""

    path: str
    folder: str
    unit: Uid
    minutes: int
    entries: list[Entry] = field(default_factory=list)
    edited: bool = False

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Gathered:
    """All unit files by language and unit; `missing` are those that went out and did not come back.

    `mentioned` are the uids in files that were left out: what they name was not removed by anybody.
    """

    files: Mapping[Language, Mapping[Uid, Written]]
    missing: Mapping[Language, Mapping[Uid, str]]
    mentioned: frozenset[Uid]


def gather(
    files: Mapping[str, bytes],
    manifest: Manifest,
    base: Content,
    bodies: Mapping[Digest, str],
    languages: Sequence[Language],
    folders: Mapping[str, Uid],
    problems: list[Problem],
) -> Gathered:
    """Read every unit file; `folders` are those of the modules."""
    return _Gathering(manifest, base, bodies, languages, folders, problems).run(files)


class _Gathering:
    def __init__(
        self,
        manifest: Manifest,
        base: Content,
        bodies: Mapping[Digest, str],
        languages: Sequence[Language],
        folders: Mapping[str, Uid],
        problems: list[Problem],
    ) -> None:
        self.manifest, self.base, self.bodies = manifest, base, bodies
        self.languages, self.folders, self.problems = languages, folders, problems
        self.units = {unit.uid: unit for _, unit in base.units()}
        self.found: dict[Language, dict[Uid, Written]] = {language: {} for language in languages}
        self.parsed: list[tuple[Language, Written, UnitFile]] = []
        self.mentioned: set[Uid] = set()

    def run(self, files: Mapping[str, bytes]) -> Gathered:
        unknown: set[str] = set()
        for path in sorted(path for path in files if path.endswith(".md") and "/" in path):
            language, folder, *rest = path.split("/")
            if language not in self.found:
                if language not in unknown and language != "media":
                    unknown.add(language)
                    self.say(f"{language}/", 0, faults.UnknownLanguage(language=language[:40]))
            elif len(rest) != 1 or folder not in self.folders:
                self.leave_out(files[path])
                self.stray(path, language, folder)
            else:
                self.file(path, language, folder, files[path])
        claimed = self.claimed()
        for language, written, unit in self.parsed:
            written.entries = self.resolved(language, written, unit, claimed[language])
        missing: dict[Language, dict[Uid, str]] = {language: {} for language in self.languages}
        for path, (language, uid) in self.manifest.paths.items():
            if language in missing and uid in self.units and uid not in self.found[language]:
                missing[language][uid] = path
        return Gathered(self.found, missing, frozenset(self.mentioned))

    def say(self, file: str, line: int, fault: Refused) -> None:
        self.problems.append(Problem(file, line, fault))

    def stray(self, path: str, language: Language, folder: str) -> None:
        """A file that lies in no module's folder: left out, and the unit that it was stays as it was."""
        self.say(path, 0, faults.UnknownFolder(folder=folder[:100]))
        self.as_it_was(path, language, "")

    def as_it_was(self, path: str, language: Language, folder: str) -> None:
        _, uid = self.manifest.paths.get(path, ("", ""))
        if uid in self.units and uid not in self.found[language]:
            self.found[language][uid] = self.untouched(path, language, folder, uid)

    def file(self, path: str, language: Language, folder: str, data: bytes) -> None:
        uid = self.manifest.files.get((language, mark(data)), "")
        if uid in self.units:
            self.add(language, self.untouched(path, language, folder, uid))
            return
        try:
            unit = parse(data, path)
        except BadFile as wrong:
            self.say(path, wrong.line, wrong.problem)
            self.leave_out(data)
            self.as_it_was(path, language, folder)
            return
        written = Written(path, folder, unit.uid, unit.minutes, edited=True)
        if self.add(language, written):
            self.parsed.append((language, written, unit))
        else:
            self.leave_out(data)

    def leave_out(self, data: bytes) -> None:
        self.mentioned.update(_UID.findall(data.decode("utf-8", "replace")))

    def add(self, language: Language, written: Written) -> bool:
        other = self.found[language].get(written.unit)
        if other is not None:
            self.say(written.path, 2, faults.FileTwice(uid=written.unit, other=other.path))
            return False
        self.found[language][written.unit] = written
        return True

    def untouched(self, path: str, language: Language, folder: str, uid: Uid) -> Written:
        unit = self.units[uid]
        return Written(path, folder, uid, unit.minutes, list(_entries(unit, language)))

    def claimed(self) -> dict[Language, set[Uid]]:
        """The uids that stand in each language's files."""
        found = {
            language: {entry.uid for one in self.found[language].values() for entry in one.entries if entry.uid}
            for language in self.languages
        }
        for language, _, unit in self.parsed:
            found[language].update(block.uid for block in unit.blocks if block.uid and self.base.block(block.uid))
        return found

    def resolved(self, language: Language, written: Written, file: UnitFile, claimed: set[Uid]) -> list[Entry]:
        """The file's blocks, each with the uid of the block that it goes on from."""
        known = self.as_read(written.unit, language)
        blocks = list(file.blocks)
        uids = [block.uid if block.uid and self.base.block(block.uid) else None for block in blocks]
        lost = [uid for uid in known if uid not in claimed]
        open_ones = [place for place, uid in enumerate(uids) if uid is None]
        for place, old in zip(
            open_ones,
            align([known[uid][0] for uid in lost], [blocks[place].text for place in open_ones]),
            strict=True,
        ):
            if old is not None and blocks[place].kind is self.kind(lost[old]):
                uids[place] = lost[old]
                claimed.add(lost[old])
        return [self.entry(uid, block, known) for uid, block in zip(uids, blocks, strict=True)]

    def kind(self, uid: Uid) -> Kind | None:
        block = self.base.block(uid)
        return block.kind if block is not None else None

    def as_read(self, uid: Uid, language: Language) -> dict[Uid, tuple[str, Digest]]:
        """How the blocks of a unit read in the file that went out, with the text that each is; {} for a new unit."""
        unit = self.units.get(uid)
        if unit is None:
            return {}
        texts = {block.uid: (self.bodies[d], d) for block in unit.blocks if (d := block.texts.get(language))}
        try:
            file = parse(unit_text(unit, language, self.bodies))
        except BadFile:
            return texts
        return texts | {b.uid: (b.text, texts[b.uid][1]) for b in file.blocks if b.uid in texts}

    def entry(self, uid: Uid | None, block: FileBlock, known: Mapping[Uid, tuple[str, Digest]]) -> Entry:
        text = canonical(block.text).strip("\n")
        if uid is not None:
            old = known.get(uid)
            if old is None:  # it comes from another unit
                here = self.base.block(uid)
                old = next(
                    ((self.bodies[d], d) for d in (here.texts.values() if here else ()) if self.bodies[d] == text), None
                )
            if old is not None and block.text == old[0]:
                return Entry(uid, block.kind, block.lock, old[1], None, block.line)
        return Entry(uid, block.kind, block.lock, digest(text), text, block.line)


def _entries(unit: Unit, language: Language) -> Iterator[Entry]:
    for block in unit.blocks:
        if language in block.texts:
            yield Entry(block.uid, block.kind, block.lock, block.texts[language], None, 0)
