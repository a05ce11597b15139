"""A Word file as a folder of unit files (docs/unit-files.md), for `vivero convert`: modules, units, pictures, titles.

What is guessed is said by the reader of Word files; how long each unit takes nobody can read, so it is `MINUTES`.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from app.core.errors import N_, Refused
from app.core_cli.files import write_whole
from app.interchange.formats.docx.foreign.correcting import corrected
from app.interchange.formats.docx.foreign.things import ForeignDocument
from app.interchange.formats.docx.foreign.units import ModuleDraft, as_units

MINUTES = 60
LONGEST_NAME = 40


class FolderNotEmpty(Refused):
    text = N_("The folder %(folder)s is not empty. Name a new one; nothing was written.")


def write_folder(document: ForeignDocument, folder: Path, name: str, language: str = "") -> int:
    """Write a document as a curriculum with one language; return how many units it has. The folder must be empty."""
    if folder.exists() and any(folder.iterdir()):
        raise FolderNotEmpty(folder=folder)
    title = document.title or name
    slug = slug_of(title) or slug_of(name) or "manual"
    language = language or document.language or "en"
    modules = as_units(corrected(document, {}), title)
    places: list[tuple[str, ModuleDraft]] = []
    written = 0
    for number, module in enumerate(modules, 1):
        places.append((f"{number:02}-{slug_of(module.title) or 'module'}", module))
        for place, unit in enumerate(module.units, 1):
            front = f"---\nuid: {slug}-{number}-{place}\nminutes: {MINUTES}\n---\n\n"
            file = folder / language / places[-1][0] / f"{place:02}-{slug_of(unit.title) or 'unit'}.md"
            file.parent.mkdir(parents=True, exist_ok=True)
            write_whole(file, (front + unit.markdown).encode())
            written += 1
    for picture, data in document.images.items():
        (folder / picture).parent.mkdir(parents=True, exist_ok=True)
        write_whole(folder / picture, data)
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(folder / "curriculum.toml", "\n".join(_about(slug, title, language, places)).encode())
    return written


def _about(slug: str, title: str, language: str, modules: list[tuple[str, ModuleDraft]]) -> Iterator[str]:
    yield f'slug = "{slug}"\nversion = "0.1.0"\nregion = "001"\nsource_language = "{language}"'
    yield f'languages = ["{language}"]\nlicence = ""\ncredits = []\n\n[titles]\n{language} = {_quoted(title)}\n'
    for number, (folder, module) in enumerate(modules, 1):
        yield f'[[modules]]\nuid = "{slug}-{number}"\nfolder = "{folder}"\nkind = "module"'
        yield f"titles.{language} = {_quoted(module.title or title)}\n"


def _quoted(words: str) -> str:
    """A text as TOML writes it, which is as JSON does but for the delete sign."""
    return json.dumps(words, ensure_ascii=False).replace("\x7f", "")


def slug_of(words: str) -> str:
    """Return words as part of a file's name: small letters of the English alphabet, digits, hyphens."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:LONGEST_NAME].strip("-")
