"""Looks through originals on disk before anybody teaches from them: ready to teach, equal in all languages, readable.

Reading the files, and refusing what cannot be read, is originals.py's work; the rules are core's. Nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.core.content import Language
from app.core.curriculumfile import parse_curriculum
from app.core.errors import N_, BadFile, Refused
from app.core.readability import Reading, measure
from app.core.teaching import pair_remarks, remarks
from app.core.unitfile import UnitFile, parse, unit_title

from . import originals


class UnusedVariable(Refused):
    text = N_("The variable “%(name)s” is declared and used nowhere.")


class StrayFolder(Refused):
    text = N_("No module in curriculum.toml names this folder, so its units are not read.")


class NoReadme(Refused):
    text = N_("There is no README.md that says whose text this is and what it owes to whom.")


@dataclass(frozen=True, slots=True)
class Page:
    """One unit in one language: its file below the curriculum's folder, its title, what was counted in it."""

    file: str
    title: str
    reading: Reading


@dataclass(frozen=True, slots=True)
class Proof:
    """What was found in a curriculum: its pages, and its faults as `BadFile`, which name file and line."""

    slug: str
    pages: tuple[Page, ...]
    faults: tuple[BadFile, ...]

    @property
    def hard(self) -> tuple[Page, ...]:
        """The pages that are hard to read; advice, not a fault."""
        return tuple(page for page in self.pages if page.reading.hard)


def proofread(folder: Path) -> Proof:
    """Read a curriculum's folder and look through every unit; raises `BadFile` when it cannot be read at all."""
    original = originals.read(folder)
    values = {
        language: {name: variable.value(language) or "" for name, variable in original.variables.items()}
        for language in original.languages
    }
    pages: list[Page] = []
    faults: list[BadFile] = []
    modules = [module.folder for module in parse_curriculum((folder / "curriculum.toml").read_bytes()).modules]
    for files in _units(folder, original.languages, modules):
        units = {language: parse(path.read_bytes(), str(path)) for language, path in files.items()}
        for language, path in files.items():
            pages.append(_page(units[language], language, str(path.relative_to(folder)), values[language]))
        faults += _faults(folder, units, files)
    faults += [BadFile(UnusedVariable(name=name), "curriculum.toml") for name in originals.unused_variables(original)]
    for path in sorted((folder / original.source_language).iterdir()):
        if path.is_dir() and path.name not in modules:
            faults.append(BadFile(StrayFolder(), str(path.relative_to(folder))))
    if not (folder / "README.md").is_file():
        faults.append(BadFile(NoReadme(), "README.md"))
    return Proof(original.slug, tuple(pages), tuple(faults))


def as_dict(proof: Proof) -> dict[str, Any]:
    """The proof for `--json`."""
    return {
        "curriculum": proof.slug,
        "pages": [
            {
                "file": page.file,
                "title": page.title,
                "language": page.reading.language,
                "words": page.reading.words,
                "words_per_sentence": round(page.reading.words / max(page.reading.sentences, 1), 1),
                "reading_ease": round(page.reading.ease, 1),
                "hard": page.reading.hard,
            }
            for page in proof.pages
        ],
        "faults": [{"file": f.file, "line": f.line, "problem": str(f.problem)} for f in proof.faults],
    }


def _units(folder: Path, languages: Sequence[Language], modules: Sequence[str]) -> Iterator[Mapping[Language, Path]]:
    """The files of each unit by language, source language first, in teaching order."""
    for module in modules:
        for path in sorted((folder / languages[0] / module).glob("*.md")):
            yield {language: folder / language / module / path.name for language in languages}


def _page(unit: UnitFile, language: Language, file: str, values: Mapping[str, str]) -> Page:
    reading = measure([block.text for block in unit.blocks], language, values)
    return Page(file, unit_title(unit.blocks), reading)


def _faults(folder: Path, units: Mapping[Language, UnitFile], files: Mapping[Language, Path]) -> Iterator[BadFile]:
    source, *others = units
    for language, unit in units.items():
        for remark in remarks(unit):
            yield BadFile(remark.fault, str(files[language].relative_to(folder)), remark.line)
    for language in others:
        for remark in pair_remarks(units[source], units[language]):
            yield BadFile(remark.fault, str(files[language].relative_to(folder)), remark.line)
