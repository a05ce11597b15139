"""From a package's files to a content tree: the languages of each unit together again, and what cannot be by line.

The tree is what the base would be if the files were all there is; merging it with what happened meanwhile is not done
here. A block's text that cannot stand stays as it was, so that the rest of its file counts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from app.core.content import Block, Content, Digest, Kind, Language, Module, Uid, Unit
from app.core.editing import BrokenLink, UnknownVariable, beginning
from app.core.errors import Refused
from app.core.leads import broken
from app.core.pictures import bare
from app.core.rendering import check_text
from app.core.variables import names

from . import faults
from .faults import Problem
from .gathering import Entry, Gathered, Written, gather
from .laying import Manuscript, unit_names
from .opening import Opened
from .ordering import New, one_order, sequences
from .settings import Settings, read_settings


@dataclass(frozen=True, slots=True)
class Returned:
    """What came back. `where` names file and line of a block; `values` the variables that were changed or are new."""

    content: Content
    texts: Mapping[Digest, str]
    values: Mapping[str, Mapping[Language, str]]
    hints: Mapping[str, Mapping[Language, str]]
    media: Mapping[str, bytes]
    problems: tuple[Problem, ...]
    where: Mapping[Uid, tuple[str, int]]


def read(
    opened: Opened,
    sent: Manuscript,
    *,
    known_variables: Collection[str] = (),
    pictures: Collection[str] = (),
    reserved_units: Collection[Uid] = (),
    reserved_modules: Collection[Uid] = (),
) -> Returned:
    """Read a package that was made of `sent`. Variables and pictures that the edition has got since are known too.

    No new unit or module takes a uid that is reserved: it names something else by now.
    """
    problems: list[Problem] = []
    settings = read_settings(opened, sent, reserved_modules, problems)
    media = {
        name.removeprefix("media/"): bare(data)
        for name, data in opened.files.items()
        if name.startswith("media/") and name.count("/") == 1
    }
    gathered = gather(
        opened.files,
        opened.manifest,
        sent.content,
        sent.bodies,
        sent.languages,
        {module.folder: module.uid for module in settings.modules},
        problems,
    )
    variables = {*sent.variables, *known_variables, *settings.values}
    shown = {*sent.media, *pictures, *media}
    joining = _Joining(sent, gathered, settings, variables, shown, {*reserved_units}, problems)
    content = joining.run()
    return Returned(
        content,
        joining.texts,
        settings.values,
        settings.hints,
        {name: data for name, data in media.items() if sent.media.get(name) != data},
        tuple(sorted(problems, key=lambda problem: (problem.file, problem.line))),
        joining.where,
    )


class _Joining:
    def __init__(
        self,
        sent: Manuscript,
        gathered: Gathered,
        settings: Settings,
        variables: Collection[str],
        pictures: Collection[str],
        reserved: set[Uid],
        problems: list[Problem],
    ) -> None:
        self.sent, self.base, self.languages = sent, sent.content, sent.languages
        self.gathered, self.settings, self.problems = gathered, settings, problems
        self.variables, self.pictures, self.reserved = variables, pictures, reserved
        self.units = {unit.uid: unit for _, unit in self.base.units()}
        self.texts: dict[Digest, str] = {}
        self.where: dict[Uid, tuple[str, int]] = {}
        self.entries: dict[Uid, dict[Language, tuple[Written, Entry]]] = {}
        self.repeats: dict[tuple[Uid, str], int] = {}

    def say(self, file: str, line: int, fault: Refused) -> None:
        self.problems.append(Problem(file, line, fault))

    def run(self) -> Content:
        files = self.files()
        self.collect(files)
        gone = self.gone(files)
        homes = {uid: self.home(uid, found) for uid, found in self.entries.items()}
        built = {uid: self.unit(uid, files[uid], homes, gone) for uid in files}
        members: dict[Uid, list[tuple[str, Unit]]] = {}
        base_names, base_modules = unit_names(self.base), {u.uid: m.uid for m, u in self.base.units()}
        known = {module.folder: module.uid for module in self.settings.modules}
        for uid, by_language in files.items():
            unit = built[uid]
            if unit is None:
                continue
            written = [by_language[code] for code in self.languages if code in by_language]
            spots = [(known[one.folder], one.name) for one in written if one.folder in known]
            was = (base_modules.get(uid, ""), base_names.get(uid, ""))
            spot = next((s for s in spots if s != was), spots[0] if spots else was)
            members.setdefault(spot[0], []).append((spot[1], unit))
        return Content(
            tuple(
                Module(m.uid, m.kind, m.titles, tuple(u for _, u in sorted(members.get(m.uid, ()), key=_by_name)))
                for m in self.settings.modules
            )
        )

    # Which units there are

    def files(self) -> dict[Uid, dict[Language, Written]]:
        """The files of each unit that stays or is new, in the base's order and then in that of their names."""
        taken = {*self.reserved, *(b.uid for _, _, b in self.base.blocks()), *(m.uid for m in self.settings.modules)}
        present: dict[Uid, dict[Language, Written]] = {uid: {} for uid in self.units}
        for language in self.languages:
            for uid, written in self.gathered.files[language].items():
                if uid not in self.units and uid in taken:
                    self.say(written.path, 2, faults.UidInUse(uid=uid))
                else:
                    present.setdefault(uid, {})[language] = written
        for uid, unit in self.units.items():
            missing = {code: path for code in self.languages if (path := self.gathered.missing[code].get(uid))}
            held = any(b.uid in self.gathered.mentioned or set(b.texts) - set(self.languages) for b in unit.blocks)
            if missing and not present[uid] and not held:
                del present[uid]
                continue
            for code, path in missing.items():
                self.say(path, 0, faults.UnitGone(uid=uid))
                folder = next((one.folder for one in present[uid].values()), "")
                name = next((one.name for one in present[uid].values()), "")
                entries = [Entry(b.uid, b.kind, b.lock, b.texts[code], None, 0) for b in unit.blocks if code in b.texts]
                present[uid][code] = Written(f"{code}/{folder}/{name}", folder, uid, unit.minutes, entries)
        return present

    def collect(self, files: Mapping[Uid, Mapping[Language, Written]]) -> None:
        """Find every known block in every language; the first place of each counts."""
        for language in self.languages:
            for by_language in files.values():
                written = by_language.get(language)
                for entry in list(written.entries) if written is not None else ():
                    if entry.uid is None or written is None:
                        continue
                    found = self.entries.setdefault(entry.uid, {})
                    if language in found:
                        self.say(written.path, entry.line, faults.UidTwice(uid=entry.uid))
                        written.entries.remove(entry)
                    else:
                        found[language] = (written, entry)

    def gone(self, files: Mapping[Uid, Mapping[Language, Written]]) -> set[Uid]:
        """The blocks that no language has any more; what one language still has stays in all."""
        gone = set()
        for _, unit, block in self.base.blocks():
            if block.uid in self.gathered.mentioned:
                continue
            had = [code for code in self.languages if code in block.texts]
            here = self.entries.get(block.uid, {})
            if unit.uid not in files:
                if not here:
                    gone.add(block.uid)
            elif had and not here and len(had) == len(block.texts):
                gone.add(block.uid)
            elif here:
                for code in had:
                    written = files[unit.uid].get(code)
                    if code not in here and written is not None:
                        text = beginning(self.sent.bodies[block.texts[code]])
                        self.say(written.path, 0, faults.ParagraphGone(start=text, language=code))
        return gone

    def home(self, uid: Uid, found: Mapping[Language, tuple[Written, Entry]]) -> Uid:
        """The unit a block is in: where a language has put it, else where it was."""
        place = self.base.find(uid)
        was = place[1].uid if place is not None else ""
        units = [found[code][0].unit for code in self.languages if code in found]
        return next((unit for unit in units if unit != was), was)

    # One unit

    def unit(
        self, uid: Uid, files: Mapping[Language, Written], homes: Mapping[Uid, Uid], gone: Collection[Uid]
    ) -> Unit | None:
        was = self.units.get(uid)
        here = [b.uid for b in was.blocks if b.uid not in gone and homes.get(b.uid, uid) == uid] if was else []
        in_order = {code: files[code] for code in self.languages if code in files}
        found, new = sequences(in_order, uid, homes)
        order, differing = one_order(here, found)
        for code, lead in differing:
            self.say(files[code].path, 0, faults.OtherOrder(language=lead))
        made = [self.known(key) if isinstance(key, str) else self.added(uid, new[key], files) for key in order]
        blocks = tuple(block for block in made if block is not None)
        edited = next((one for one in files.values() if one.edited), None)
        if not blocks:
            return None
        if edited is not None and blocks[0].kind is not Kind.HEADING:
            self.say(edited.path, 1, faults.NoTitle())
        return Unit(uid, self.minutes(was, files), blocks)

    def minutes(self, was: Unit | None, files: Mapping[Language, Written]) -> int:
        before = was.minutes if was is not None else None
        changed = [one for one in files.values() if one.edited and one.minutes != before]
        for one in changed[1:]:
            if one.minutes != changed[0].minutes:
                self.say(one.path, 3, faults.OtherMinutes(here=one.minutes, there=changed[0].minutes))
                return before or changed[0].minutes
        return changed[0].minutes if changed else before or 1

    # One block

    def known(self, uid: Uid) -> Block:
        """A block of the base with what the files say in each language."""
        block = self.base.block(uid)
        assert block is not None  # noqa: S101 - keys that are uids are of the base
        texts = dict(block.texts)
        found = self.entries.get(uid, {})
        edited = {code: pair for code, pair in found.items() if pair[1].text is not None}
        kinds = {pair[1].kind for pair in found.values()}
        kind = kinds.pop() if len(kinds) == 1 else block.kind
        for code, (written, entry) in edited.items():
            self.where.setdefault(uid, (written.path, entry.line))
            if entry.kind is not kind:
                self.say(written.path, entry.line, faults.OtherKind(here=entry.kind.value, there=kind.value))
            elif self.stands(written.path, entry):
                texts[code] = self.kept(entry)
        for code, (written, entry) in found.items():
            if entry.text is None and entry.name != block.texts.get(code) and entry.kind is kind:
                texts[code] = entry.name
            if written.edited and entry.lock is not block.lock:
                self.say(written.path, entry.line, faults.LockInFile())
        return replace(block, kind=kind, texts=texts)

    def added(self, unit: Uid, new: New, files: Mapping[Language, Written]) -> Block | None:
        """A new block, under a uid that the same package gives it every time."""
        good = {code: entry for code, entry in new.texts.items() if self.stands(files[code].path, entry)}
        if not good:
            return None
        first = next(iter(good.values())).text or ""
        repeat = self.repeats[unit, first] = self.repeats.get((unit, first), -1) + 1
        stem = f"{self.sent.slug}/{self.sent.region}@{self.sent.revision}\n{unit}\n{repeat}\n{first}"
        uid = hashlib.sha256(stem.encode()).hexdigest()[:16]
        code = next(iter(good))
        self.where[uid] = (files[code].path, good[code].line)
        if len(good) == 1 and len(files) > 1:
            self.say(files[code].path, good[code].line, faults.OnlyHere(language=code))
        return Block(uid, new.kind, {c: self.kept(entry) for c, entry in good.items()}, new.lock)

    def kept(self, entry: Entry) -> Digest:
        if entry.text is not None:
            self.texts[entry.name] = entry.text
        return entry.name

    def stands(self, path: str, entry: Entry) -> bool:
        """Whether a text can stand in this edition; if not, that is said."""
        text = entry.text or ""
        try:
            check_text(text)
            for name in names(text):
                if name not in self.variables:
                    raise UnknownVariable(name=name, start=beginning(text))
            address = broken(text, self.pictures)
            if address is not None:
                raise BrokenLink(address=address[:200], start=beginning(text))
        except Refused as fault:
            self.say(path, entry.line, fault)
            return False
        return True


def _by_name(named: tuple[str, Unit]) -> str:
    return named[0]
