"""An edition laid out as a folder: which file is called what, and what stands in it. The same state, the same bytes."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from app.core.content import Content, Digest, Language, Uid, Unit, canonical
from app.core.curriculumfile import Variable
from app.core.unitfile import FileBlock, UnitFile, dump

from .opening import FORMAT, MANIFEST

SETTINGS = "curriculum.toml"
_DATE = (1980, 1, 1, 0, 0, 0)  # the same state gives the same bytes
_LONGEST_NAME = 60  # old Windows has paths of 260 letters
_KEY = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class Manuscript:
    """All that goes into a package. A variable's value for all languages stands under the language ""."""

    slug: str
    region: str
    version: str
    revision: int
    digest: Digest
    product: str
    exported_at: str
    source_language: Language
    languages: tuple[Language, ...]  # the source language first
    licence: str
    credits: tuple[str, ...]
    public: bool
    titles: Mapping[Language, str]
    summaries: Mapping[Language, str]
    variables: Mapping[str, Variable]
    content: Content
    bodies: Mapping[Digest, str]
    media: Mapping[str, bytes]
    readme: str = ""


def pack(manuscript: Manuscript) -> bytes:
    """Return the package as a ZIP."""
    root = f"{manuscript.slug}-{manuscript.region}/"
    units, entries = unit_files(manuscript)
    settings = settings_file(manuscript)
    manifest = {
        "format": FORMAT,
        "vivero": manuscript.product,
        "slug": manuscript.slug,
        "region": manuscript.region,
        "revision": manuscript.revision,
        "content": manuscript.digest,
        "languages": list(manuscript.languages),
        "exported_at": manuscript.exported_at,
        "settings": mark(settings.encode()),
        "files": [
            {"path": path, "language": language, "unit": unit, "digest": mark(units[path].encode())}
            for path, (language, unit) in entries.items()
        ],
    }
    files: dict[str, bytes] = {
        MANIFEST: (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode(),
        SETTINGS: settings.encode(),
        **({"README.md": manuscript.readme.encode()} if manuscript.readme else {}),
        **{path: text.encode() for path, text in units.items()},
        **{f"media/{name}": content for name, content in sorted(manuscript.media.items())},
    }
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for path, content in files.items():
            info = ZipInfo(root + path, _DATE)
            info.compress_type, info.external_attr = ZIP_DEFLATED, 0o644 << 16
            archive.writestr(info, content)
    return out.getvalue()


def mark(data: bytes) -> Digest:
    """The digest of a text file whatever editor saved it: line ends, a byte-order mark and trailing space are none."""
    try:
        return hashlib.sha256(canonical(data.decode("utf-8")).strip("\n").encode()).hexdigest()
    except UnicodeDecodeError:
        return hashlib.sha256(data).hexdigest()


def module_folders(content: Content) -> dict[Uid, str]:
    """The folder of each module, below each language's."""
    width = max(2, len(str(len(content.modules))))
    return {
        module.uid: f"{place:0{width}d}-{_safe(module.uid)}" for place, module in enumerate(content.modules, start=1)
    }


def unit_names(content: Content) -> dict[Uid, str]:
    """The file name of each unit, which puts the units of a module in order."""
    found = {}
    for module in content.modules:
        width = max(2, len(str(len(module.units))))
        for place, unit in enumerate(module.units, start=1):
            found[unit.uid] = f"{place:0{width}d}-{_safe(unit.uid)}.md"
    return found


def unit_files(manuscript: Manuscript) -> tuple[dict[str, str], dict[str, tuple[Language, Uid]]]:
    """Every unit file by its path, and which language and unit it is; none where a unit has no text."""
    folders, names = module_folders(manuscript.content), unit_names(manuscript.content)
    files: dict[str, str] = {}
    entries: dict[str, tuple[Language, Uid]] = {}
    for language in manuscript.languages:
        for module, unit in manuscript.content.units():
            if any(language in block.texts for block in unit.blocks):
                path = f"{language}/{folders[module.uid]}/{names[unit.uid]}"
                files[path], entries[path] = unit_text(unit, language, manuscript.bodies), (language, unit.uid)
    return files, entries


def unit_text(unit: Unit, language: Language, bodies: Mapping[Digest, str]) -> str:
    """A unit's file in one language: every block with its uid, so that it is found again wherever it goes."""
    blocks = tuple(
        FileBlock(block.uid, block.kind, block.lock, bodies[block.texts[language]])
        for block in unit.blocks
        if language in block.texts
    )
    return dump(UnitFile(unit.uid, unit.minutes, blocks))


def settings_file(manuscript: Manuscript) -> str:
    """`curriculum.toml`, as docs/unit-files.md has it. What has no words in a language borrows another's."""
    lines = [
        f"slug = {_toml(manuscript.slug)}",
        f"version = {_toml(manuscript.version)}",
        f"region = {_toml(manuscript.region)}",
        f"source_language = {_toml(manuscript.source_language)}",
        f"languages = [{', '.join(map(_toml, manuscript.languages))}]",
        f"licence = {_toml(manuscript.licence)}",
        f"credits = [{', '.join(map(_toml, manuscript.credits or ('–',)))}]",
        f"public = {'true' if manuscript.public else 'false'}",
        *_table("titles", manuscript.titles, manuscript),
        *(_table("summaries", manuscript.summaries, manuscript) if manuscript.summaries else ()),
    ]
    for name, variable in sorted(manuscript.variables.items()):
        lines += ["", f"[variables.{_key(name)}]"]
        if set(variable.values) == {""} and variable.values[""].strip():
            lines.append(f"value = {_toml(variable.values[''])}")
        else:
            for language in manuscript.languages:
                lines.append(f"value.{_key(language)} = {_toml(_spoken(variable, language))}")
        for language, hint in variable.hints.items():
            if language in manuscript.languages and hint.strip():
                lines.append(f"hint.{_key(language)} = {_toml(hint)}")
    folders = module_folders(manuscript.content)
    for module in manuscript.content.modules:
        lines += [
            "",
            "[[modules]]",
            f"uid = {_toml(module.uid)}",
            f"folder = {_toml(folders[module.uid])}",
            f'kind = "{module.kind.value}"',
        ]
        for language in manuscript.languages:
            lines.append(f"titles.{_key(language)} = {_toml(_or_any(module.titles, language))}")
    return "\n".join([*lines, ""])


def _table(name: str, texts: Mapping[Language, str], manuscript: Manuscript) -> list[str]:
    return [
        "",
        f"[{name}]",
        *(f"{_key(code)} = {_toml(_or_any(texts, code, manuscript.slug))}" for code in manuscript.languages),
    ]


def _or_any(texts: Mapping[Language, str], language: Language, otherwise: str = "–") -> str:
    choices = [texts.get(language, ""), texts.get(language.partition("-")[0], ""), *texts.values(), otherwise]
    return next(text for text in choices if text.strip())


def _spoken(variable: Variable, language: Language) -> str:
    return variable.value(language) or _or_any(variable.values, language)


def _key(name: str) -> str:
    return name if _KEY.fullmatch(name) else _toml(name)


def _toml(text: str) -> str:
    """A text as a basic string of TOML, whose escapes JSON shares."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _safe(uid: Uid) -> str:
    return re.sub(r"[^A-Za-z0-9_-]+", "-", uid)[:_LONGEST_NAME].strip("-") or "x"
