"""Originals as files: reads `curricula/<slug>/` into one tree, or says which file is wrong and at which line."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from app.core.content import Kind, Language, Lock, ModuleKind, Uid
from app.core.curriculumfile import Curriculum as CurriculumFile
from app.core.curriculumfile import parse_curriculum
from app.core.editing import BrokenLink, beginning
from app.core.errors import N_, BadFile, Refused
from app.core.leads import broken
from app.core.rendering import check_text
from app.core.unitfile import UnitFile, check_pair, check_plan, parse
from app.core.variables import names

from .manifests import ANY, Variable


@dataclass(frozen=True, slots=True)
class OriginalBlock:
    """A block as written in the files, in every language; `uid` where the files give one."""

    kind: Kind
    texts: Mapping[Language, str]
    lock: Lock = Lock.ADAPTABLE
    uid: Uid | None = None


@dataclass(frozen=True, slots=True)
class OriginalUnit:
    uid: Uid
    minutes: int
    blocks: tuple[OriginalBlock, ...]


@dataclass(frozen=True, slots=True)
class OriginalModule:
    uid: Uid
    kind: ModuleKind
    titles: Mapping[Language, str]
    units: tuple[OriginalUnit, ...]


@dataclass(frozen=True, slots=True)
class Original:
    """A curriculum read from files."""

    slug: str
    version: str
    region: str
    source_language: Language
    languages: tuple[Language, ...]
    licence: str
    credits: tuple[str, ...]
    public: bool
    titles: Mapping[Language, str]
    summaries: Mapping[Language, str]
    variables: Mapping[str, Variable]
    modules: tuple[OriginalModule, ...]
    media: Mapping[str, bytes] = field(default_factory=dict)


REPOSITORY = Path(__file__).parents[2] / "curricula"  # the originals that come with the program
MOST_BYTES = 2 * 1024 * 1024  # of any one file
MOST_FILES = 2_000


class NoCurriculum(Refused):
    text = N_("There is no curriculum.toml in %(folder)s or in a folder right below it.")
    status = 422


class MissingTranslation(Refused):
    text = N_("This unit is missing in “%(language)s”.")


class StrayUnit(Refused):
    text = N_("This unit has no counterpart in the source language “%(language)s”.")


class NoUnits(Refused):
    text = N_("The module “%(module)s” has no units in “%(language)s”.")


class TooLarge(Refused):
    text = N_("This file is larger than %(limit)s MB.")


class TooMany(Refused):
    text = N_("There are more than %(limit)s files here.")


class UidTwice(Refused):
    text = N_("The uid “%(uid)s” is used in %(other)s already.")


class NotAFile(Refused):
    text = N_("This is not a file.")


class Unreadable(Refused):
    text = N_("This file cannot be read: %(detail)s.")


class LeadsOutside(Refused):
    text = N_("This leads out of the curriculum's folder. Please put the file itself here.")


class UndeclaredVariable(Refused):
    text = N_("{{%(name)s}} is not declared in curriculum.toml.")


def folders(root: Path) -> list[Path]:
    """The curricula in a folder: itself, or the folders right below it; `NoCurriculum` when there are none."""
    if (root / "curriculum.toml").is_file():
        return [root]
    found = sorted(path.parent for path in root.glob("*/curriculum.toml"))
    if not found:
        raise NoCurriculum(folder=str(root))
    return found


def read(folder: Path) -> Original:
    """Read one curriculum's files; raises `BadFile` with file and line for the first fault."""
    declared = parse_curriculum(_bytes(folder, folder / "curriculum.toml"), "curriculum.toml")
    media = dict(_media(folder))
    variables = {
        name: Variable({language or ANY: value for language, value in v.values.items()}, v.hints)
        for name, v in declared.variables.items()
    }
    modules, seen = [], {entry.uid: "curriculum.toml" for entry in declared.modules}
    for entry in declared.modules:
        units = tuple(_units(folder, declared, entry.folder, seen, media))
        if not units:
            raise BadFile(NoUnits(module=entry.uid, language=declared.source_language), entry.folder)
        modules.append(OriginalModule(entry.uid, entry.kind, entry.titles, units))
    return Original(
        slug=declared.slug,
        version=declared.version,
        region=declared.region,
        source_language=declared.source_language,
        languages=(declared.source_language, *(x for x in declared.languages if x != declared.source_language)),
        licence=declared.licence,
        credits=declared.credits,
        public=declared.public,
        titles=declared.titles,
        summaries=declared.summaries,
        variables=variables,
        modules=tuple(modules),
        media=media,
    )


def _media(folder: Path) -> Iterator[tuple[str, bytes]]:
    paths = sorted((folder / "media").glob("*"))
    if len(paths) > MOST_FILES:
        raise BadFile(TooMany(limit=MOST_FILES), "media")
    for path in paths:
        if not path.is_dir():
            yield path.name, _bytes(folder, path)


def _units(
    folder: Path, declared: CurriculumFile, module: str, seen: dict[Uid, str], media: Collection[str]
) -> Iterator[OriginalUnit]:
    source = declared.source_language
    others = [language for language in declared.languages if language != source]
    paths = sorted((folder / source / module).glob("*.md"))
    if len(paths) > MOST_FILES:
        raise BadFile(TooMany(limit=MOST_FILES), module)
    for language in others:
        for path in sorted((folder / language / module).glob("*.md")):
            if not (folder / source / module / path.name).exists():
                raise BadFile(StrayUnit(language=source), f"{language}/{module}/{path.name}")
    for path in paths:
        files = {source: _unit(folder, path, declared, seen, media)}
        for language in others:
            other = folder / language / module / path.name
            name = str(other.relative_to(folder))
            if not other.exists():
                raise BadFile(MissingTranslation(language=language), name)
            files[language] = _unit(folder, other, declared, {}, media)
            check_pair(files[source], files[language], name)
        yield _paired(files, source)


def _paired(files: Mapping[Language, UnitFile], source: Language) -> OriginalUnit:
    first = files[source]
    return OriginalUnit(
        first.uid,
        first.minutes,
        tuple(
            OriginalBlock(
                block.kind,
                {language: file.blocks[i].text for language, file in files.items()},
                block.lock,
                block.uid,
            )
            for i, block in enumerate(first.blocks)
        ),
    )


def _unit(folder: Path, path: Path, declared: CurriculumFile, seen: dict[Uid, str], media: Collection[str]) -> UnitFile:
    """Read one unit file and check it against its curriculum."""
    name = str(path.relative_to(folder))
    unit = parse(_bytes(folder, path), name)
    check_plan(unit, name)
    for uid, line in [(unit.uid, 1), *((block.uid, block.line) for block in unit.blocks if block.uid)]:
        if uid in seen:
            raise BadFile(UidTwice(uid=uid, other=seen[uid]), name, line)
        seen[uid] = name
    for block in unit.blocks:
        try:
            check_text(block.text)
        except Refused as fault:
            raise BadFile(fault, name, block.line) from None
        for variable in names(block.text):
            if variable not in declared.variables:
                raise BadFile(UndeclaredVariable(name=variable), name, block.line)
        address = broken(block.text, media)
        if address is not None:
            above = block.text.partition(address.rpartition("/")[2])[0]
            lost = BrokenLink(address=address[:200], start=beginning(block.text))
            raise BadFile(lost, name, block.line + above.count("\n"))
    return unit


def _bytes(folder: Path, path: Path) -> bytes:
    """A file's content; raises `BadFile` for what is no file, lies elsewhere or is too large to be one of ours."""
    name = str(path.relative_to(folder))
    try:
        if not path.resolve().is_relative_to(folder.resolve()):
            raise BadFile(LeadsOutside(), name)
        if not path.is_file():
            raise BadFile(NotAFile(), name)
        if path.stat().st_size > MOST_BYTES:
            raise BadFile(TooLarge(limit=MOST_BYTES // 1024 // 1024), name)
        return path.read_bytes()
    except (OSError, RuntimeError) as error:
        raise BadFile(Unreadable(detail=getattr(error, "strerror", None) or str(error)), name) from error


def unused_variables(original: Original) -> list[str]:
    """The variables that no text of an original uses."""
    used = {
        name
        for module in original.modules
        for unit in module.units
        for block in unit.blocks
        for text in block.texts.values()
        for name in names(text)
    }
    return sorted(set(original.variables) - used)
