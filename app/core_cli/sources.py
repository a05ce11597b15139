"""Markdown on disk as a manual: one file, or a folder of modules and units. For `vivero convert`; no database.

Looser than the loader of curricula: any Markdown will do. Titles, variables' default values and credits come from a
`curriculum.toml` above the folder when there is one.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from app.core.errors import N_, Refused
from app.core_cli.files import read_text
from app.interchange.formats.document import Audience, Manual, ManualBlock, ManualModule, ManualUnit

LARGEST_FILE_BYTES = 20_000_000
LARGEST_PICTURE_BYTES = 20_000_000
MOST_FILES = 5_000

_FRONT = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)(?:\r?\n)---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_OPTION = re.compile(r"([A-Za-z_][\w-]*)[ \t]*:[ \t]*(.*?)[ \t]*\Z")
_IMAGE = re.compile(r"!\[[^\]\n]*\]\(\s*<?([^)\s>]+)")
_VARIABLE = re.compile(r"\{\{\s*(\w+)\s*\}\}")
_ORDER = re.compile(r"^\d+[-_. ]*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z]{2}|-419)?\Z")


class NoMarkdown(Refused):
    text = N_("There is no Markdown file (.md) in %(folder)s.")
    status = 422


class TooManyFiles(Refused):
    text = N_("There are more than %(most)s Markdown files in %(folder)s.")
    status = 422


def read_manual(path: Path, audience: Audience, language: str = "") -> Manual:
    """Return the manual that a Markdown file or a folder of them makes, with the pictures it shows."""
    return _folder(path, audience, language) if path.is_dir() else _single(path, audience, language)


def _single(path: Path, audience: Audience, language: str) -> Manual:
    options, text = _read(path)
    unit = _unit(path, options, text)
    return Manual(
        title=options.get("title") or unit.title or path.stem,
        language=language or options.get("language") or options.get("lang") or _language_of(path),
        modules=(ManualModule("", "", (unit,)),),
        audience=audience,
        images=dict(_images(text, path.parent, _root(path.parent))),
        cover=False,
    )


def _folder(path: Path, audience: Audience, language: str) -> Manual:
    language = language or _language_of(path)
    about = _about(path)
    files = sorted(path.rglob("*.md"))
    if not files:
        raise NoMarkdown(folder=path)
    if len(files) > MOST_FILES:
        raise TooManyFiles(folder=path, most=MOST_FILES)
    values = _values(about, language)
    modules: dict[Path, list[ManualUnit]] = {}
    images: dict[str, bytes] = {}
    for file in files:
        options, text = _read(file)
        text = _VARIABLE.sub(lambda match: values.get(match[1], match[0]), text)
        modules.setdefault(file.parent, []).append(_unit(file, options, text))
        images |= _images(text, file.parent, _root(path))
    titles = {str(row.get("folder")): row.get("titles", {}) for row in about.get("modules", [])}
    return Manual(
        title=_in(about.get("titles"), language) or _plain_name(path.name),
        language=language,
        modules=tuple(
            ManualModule(folder.name, "" if folder == path else _module_title(folder, titles, language), tuple(units))
            for folder, units in modules.items()
        ),
        version=str(about.get("version", "")),
        audience=audience,
        credits=tuple(str(line) for line in about.get("credits", [])),
        licence=str(about.get("licence", "")),
        images=images,
    )


def _module_title(folder: Path, titles: Mapping[str, Any], language: str) -> str:
    return _in(titles.get(folder.name), language) or _plain_name(folder.name)


def _unit(path: Path, options: Mapping[str, str], text: str) -> ManualUnit:
    minutes = options.get("minutes", "")
    uid = options.get("uid") or path.stem
    block = ManualBlock(uid, "text", text)
    return ManualUnit(uid, options.get("title", ""), int(minutes) if minutes.isdigit() else 0, (block,))


def _read(path: Path) -> tuple[dict[str, str], str]:
    """The simple `key: value` lines of a file's front matter, and the text under it."""
    text = read_text(path, LARGEST_FILE_BYTES).removeprefix("\ufeff")
    front = _FRONT.match(text)
    if not front:
        return {}, text
    rows = (_OPTION.match(line) for line in front[1].splitlines())
    return {row[1].lower(): row[2].strip("\"'") for row in rows if row}, text[front.end() :]


def _images(text: str, folder: Path, root: Path) -> Iterator[tuple[str, bytes]]:
    """The pictures that a text shows, from below `root` only."""
    for name in set(_IMAGE.findall(text)):
        places = [folder / name, *(parent / name for parent in folder.parents if parent.is_relative_to(root))]
        for place in places:
            found = place.resolve()
            if found.is_relative_to(root) and found.is_file() and found.stat().st_size <= LARGEST_PICTURE_BYTES:
                yield name, found.read_bytes()
                break


def _root(folder: Path) -> Path:
    """The folder of the curriculum, or the folder itself."""
    found = _about_file(folder)
    return (found.parent if found else folder).resolve()


def _about_file(folder: Path) -> Path | None:
    places = [folder.resolve(), *folder.resolve().parents][:4]
    return next((place / "curriculum.toml" for place in places if (place / "curriculum.toml").is_file()), None)


def _about(folder: Path) -> dict[str, Any]:
    found = _about_file(folder)
    try:
        return tomllib.loads(found.read_text("utf-8")) if found else {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        return {}


def _values(about: Mapping[str, Any], language: str) -> dict[str, str]:
    """The default values of the curriculum's variables in a language."""
    found = {}
    for name, row in about.get("variables", {}).items():
        value = row.get("value", row) if isinstance(row, dict) else row
        words = _in(value, language) if isinstance(value, dict) else str(value)
        if words:
            found[str(name)] = words
    return found


def _in(words: Any, language: str) -> str:
    if not isinstance(words, dict):
        return ""
    return str(words.get(language) or words.get(language.split("-")[0]) or "")


def _language_of(path: Path) -> str:
    names = [path.name, *(parent.name for parent in path.resolve().parents)][:4]
    return next((name for name in names if _LANGUAGE.match(name) and name.split("-")[0] in _KNOWN_LANGUAGES), "en")


_KNOWN_LANGUAGES = frozenset({"en", "es", "fr", "pt", "qu", "quy", "quz", "ay", "gn"})


def _plain_name(name: str) -> str:
    words = _ORDER.sub("", name).replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:]
