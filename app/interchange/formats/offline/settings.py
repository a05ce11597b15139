"""`curriculum.toml` of a package: modules and variables come back from it; all else in it is changed on the screen."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from app.core.content import Language, ModuleKind, Uid
from app.core.curriculumfile import Curriculum, parse_curriculum
from app.core.errors import BadFile, Refused
from app.core.rendering import check_text

from . import faults
from .faults import Problem
from .laying import SETTINGS, Manuscript, mark, module_folders, settings_file
from .opening import Opened

_ON_THE_SCREEN = (
    "slug",
    "version",
    "region",
    "source_language",
    "languages",
    "licence",
    "credits",
    "public",
    "titles",
    "summaries",
)


@dataclass(frozen=True, slots=True)
class Shelf:
    """A module without its units, and the folder that they are in."""

    uid: Uid
    kind: ModuleKind
    titles: Mapping[Language, str]
    folder: str


@dataclass(frozen=True, slots=True)
class Settings:
    """The modules in their order, and the variables that were changed or are new, with their values by language."""

    modules: Sequence[Shelf]
    values: Mapping[str, Mapping[Language, str]] = field(default_factory=dict)
    hints: Mapping[str, Mapping[Language, str]] = field(default_factory=dict)


def read_settings(opened: Opened, sent: Manuscript, reserved: Collection[Uid], problems: list[Problem]) -> Settings:
    """Read the file; where it cannot be read, or was not edited, everything in it is as it was."""
    folders = module_folders(sent.content)
    as_sent = Settings([Shelf(m.uid, m.kind, m.titles, folders[m.uid]) for m in sent.content.modules])
    data = opened.files.get(SETTINGS)
    if data is None:
        problems.append(Problem(SETTINGS, 0, faults.MissingFile()))
        return as_sent
    if mark(data) == opened.manifest.settings:
        return as_sent
    try:
        said = parse_curriculum(data, SETTINGS)
        before = parse_curriculum(settings_file(sent), SETTINGS)
    except BadFile as wrong:
        problems.append(Problem(SETTINGS, wrong.line, wrong.problem))
        return as_sent
    for key in _ON_THE_SCREEN:
        if getattr(said, key) != getattr(before, key):
            problems.append(Problem(SETTINGS, 0, faults.OnTheScreen(key=key)))
    values = _values(said, before, problems)
    hints = {name: said.variables[name].hints for name in values if name not in before.variables}
    return Settings(_modules(said, before, sent, reserved, problems), values, hints)


def _modules(
    said: Curriculum, before: Curriculum, sent: Manuscript, reserved: Collection[Uid], problems: list[Problem]
) -> list[Shelf]:
    known = {module.uid: module for module in sent.content.modules}
    was = {module.uid: module for module in before.modules}
    units = {unit.uid for _, unit in sent.content.units()}
    found = []
    for entry in said.modules:
        if entry.uid in known:
            titles = dict(known[entry.uid].titles)
            changed = {c: t for c, t in entry.titles.items() if was[entry.uid].titles.get(c) != t}
            found.append(Shelf(entry.uid, known[entry.uid].kind, titles | changed, entry.folder))
        elif entry.uid in reserved or entry.uid in units or sent.content.block(entry.uid) is not None:
            problems.append(Problem(SETTINGS, 0, faults.UidInUse(uid=entry.uid)))
        else:
            found.append(Shelf(entry.uid, entry.kind, dict(entry.titles), entry.folder))
    return found


def _values(said: Curriculum, before: Curriculum, problems: list[Problem]) -> dict[str, dict[Language, str]]:
    """The values that are not those that went out; a variable that is gone stays as it was."""
    found: dict[str, dict[Language, str]] = {}
    for name, variable in said.variables.items():
        was = before.variables.get(name)
        now = dict(variable.values)
        old = dict(was.values) if was is not None else {}
        if set(now) == {""} and old and set(old) != {""}:
            now = dict.fromkeys(old, now[""])
        changed = {code: value for code, value in now.items() if old.get(code, old.get("")) != value}
        try:
            for value in changed.values():
                check_text(value)
        except Refused as fault:
            problems.append(Problem(SETTINGS, 0, fault))
            continue
        if changed:
            found[name] = changed
    for name in before.variables.keys() - said.variables.keys():
        problems.append(Problem(SETTINGS, 0, faults.OnTheScreen(key=name)))
    return found
