"""`curriculum.toml`: what the unit files of a curriculum do not say. Read with errors that name the line.

Which unit files there are is not in it; they are found in the modules' folders.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .content import Language, ModuleKind, Uid
from .errors import N_, BadFile, Refused
from .unitfile import decode

MOST_BYTES = 1_000_000

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_VERSION = re.compile(r"(?:0|[1-9]\d{0,5})(?:\.(?:0|[1-9]\d{0,5})){2}")
_REGION = re.compile(r"001|[A-Z]{2}(?:-[A-Z0-9]{1,3})?")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|\d{3}))?")
_VARIABLE = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,63}")
_UID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,99}")


class CurriculumFault(Refused):
    """Something a curriculum file has wrong."""

    status = 422


class NotToml(CurriculumFault):
    text = N_("This is not TOML: %(detail)s")


class UnknownKey(CurriculumFault):
    text = N_("“%(key)s” is not known here; these are: %(known)s.")


class MissingKey(CurriculumFault):
    text = N_("“%(key)s” is missing.")


class BadSlug(CurriculumFault):
    text = N_("“%(value)s” does not fit “%(key)s”: use small letters, digits and hyphens.")


class BadVersion(CurriculumFault):
    text = N_("“%(value)s” does not fit “%(key)s”: use three numbers with dots, such as 1.0.0.")


class BadRegion(CurriculumFault):
    text = N_("“%(value)s” does not fit “%(key)s”: use 001 or an ISO 3166 code, such as PE or PE-SAM.")


class BadLanguage(CurriculumFault):
    text = N_("“%(value)s” does not fit “%(key)s”: use a language code, such as es or es-PE.")


class BadLanguages(CurriculumFault):
    text = N_('“%(value)s” does not fit “%(key)s”: use a list of language codes, such as ["es", "en"].')


class NotText(CurriculumFault):
    text = N_("“%(key)s” cannot be “%(value)s”: use a text.")


class NotTexts(CurriculumFault):
    text = N_("“%(key)s” cannot be “%(value)s”: use a list of texts.")


class NotYesOrNo(CurriculumFault):
    text = N_("“%(key)s” cannot be “%(value)s”: use true or false.")


class NotTextPerLanguage(CurriculumFault):
    text = N_("“%(key)s” cannot be “%(value)s”: use a text per language.")


class NotTables(CurriculumFault):
    text = N_("“%(key)s” cannot be “%(value)s”: use tables, as in docs/unit-files.md.")


class BadUid(CurriculumFault):
    text = N_("“%(value)s” does not fit “%(key)s”: use letters, digits, dots, hyphens and underscores.")


class BadModuleKind(CurriculumFault):
    text = N_("“%(value)s” does not fit “%(key)s”: use module or manual.")


class BadVariableName(CurriculumFault):
    text = N_("“%(value)s” cannot name a variable: use a letter, then letters, digits and underscores.")


class MissingLanguage(CurriculumFault):
    text = N_("“%(key)s” has no text in the language “%(language)s”.")


class UnlistedLanguage(CurriculumFault):
    text = N_("“%(key)s” has a text in “%(language)s”, which “languages” does not list.")


class Twice(CurriculumFault):
    text = N_("“%(value)s” is used twice as “%(key)s”.")


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable with its default: `values` by language, or one for all under the language ""."""

    name: str
    values: Mapping[Language, str]
    hints: Mapping[Language, str]

    def value(self, language: Language) -> str | None:
        """The default in a language: its own, that of the language without region, or the one for all."""
        choices = (language, language.split("-")[0], "")
        return next((self.values[choice] for choice in choices if choice in self.values), None)


@dataclass(frozen=True, slots=True)
class ModuleEntry:
    """A module and the folder that its units are in, below each language's folder."""

    uid: Uid
    folder: str
    kind: ModuleKind
    titles: Mapping[Language, str]


@dataclass(frozen=True, slots=True)
class Curriculum:
    """An original as its author declares it."""

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
    modules: tuple[ModuleEntry, ...]


@dataclass(frozen=True, slots=True)
class _Key:
    """What a key must hold, and the fault when it holds something else; without a default it must be there."""

    fault: type[CurriculumFault]
    holds: Callable[[Any], bool]
    default: Any = None


def _text_like(pattern: re.Pattern[str]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_table(value: Any) -> bool:
    return isinstance(value, dict)


def _is_texts(value: Any) -> bool:
    return isinstance(value, dict) and all(_is_text(text) for text in value.values())


def _is_list_of(holds: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, list) and bool(value) and all(holds(item) for item in value)


_TOP = {
    "slug": _Key(BadSlug, _text_like(_SLUG)),
    "version": _Key(BadVersion, _text_like(_VERSION)),
    "region": _Key(BadRegion, _text_like(_REGION)),
    "source_language": _Key(BadLanguage, _text_like(_LANGUAGE)),
    "languages": _Key(BadLanguages, _is_list_of(_text_like(_LANGUAGE))),
    "licence": _Key(NotText, _is_text),
    "credits": _Key(NotTexts, _is_list_of(_is_text)),
    "public": _Key(NotYesOrNo, lambda value: isinstance(value, bool), default=False),
    "titles": _Key(NotTextPerLanguage, _is_texts),
    "summaries": _Key(NotTextPerLanguage, _is_texts, default={}),
    "variables": _Key(NotTables, _is_table, default={}),
    "modules": _Key(NotTables, _is_list_of(_is_table)),
}
_MODULE = {
    "uid": _Key(BadUid, _text_like(_UID)),
    "folder": _Key(BadUid, _text_like(_UID)),
    "kind": _Key(BadModuleKind, lambda value: value in tuple(ModuleKind), default=str(ModuleKind.MODULE)),
    "titles": _Key(NotTextPerLanguage, _is_texts),
}
_OF_VARIABLE = {
    "value": _Key(NotTextPerLanguage, lambda value: _is_text(value) or _is_texts(value)),
    "hint": _Key(NotTextPerLanguage, _is_texts, default={}),
}


def parse_curriculum(source: bytes | str, file: str = "curriculum.toml") -> Curriculum:
    """Return what the file declares; raise `BadFile` with file and line of the first thing wrong with it."""
    text = decode(source, file, MOST_BYTES).removeprefix("\ufeff").replace("\r\n", "\n")
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        found = re.search(r"at line (\d+)", str(error))
        detail = re.sub(r" \(at .*\)$", "", str(error))
        raise BadFile(NotToml(detail=detail), file, int(found[1]) if found else 1 + text.count("\n")) from None
    return _Reader(text, file).read(data)


class _Reader:
    """Checks tables against what their keys must hold. Lines are found again by their keys, as TOML keeps none."""

    def __init__(self, text: str, file: str) -> None:
        self.lines = text.split("\n")
        self.file = file

    def read(self, data: dict[str, Any]) -> Curriculum:
        top = self._checked(data, _TOP, "")
        languages = tuple(top["languages"])
        if top["source_language"] not in languages:
            self._refuse(MissingLanguage(key="languages", language=top["source_language"]), "languages")
        for key in ("titles", "summaries"):
            self._check_languages(top[key], languages, key, f"[{key}]", complete=key in data)
        modules = tuple(self._module(module, languages) for module in top["modules"])
        for key, values in {"uid": [m.uid for m in modules], "folder": [m.folder for m in modules]}.items():
            for value in values:
                if values.count(value) > 1:
                    self._refuse(Twice(key=key, value=value), f'{key} = "{value}"', last=True)
        variables = {name: self._variable(name, entry, languages) for name, entry in top["variables"].items()}
        return Curriculum(
            **{key: top[key] for key in ("slug", "version", "region", "source_language", "licence", "public")},
            languages=languages,
            credits=tuple(top["credits"]),
            titles=top["titles"],
            summaries=top["summaries"],
            variables=variables,
            modules=modules,
        )

    def _module(self, data: dict[str, Any], languages: tuple[Language, ...]) -> ModuleEntry:
        near = f'uid = "{data.get("uid", "")}"' if "uid" in data else "[[modules]]"
        module = self._checked(data, _MODULE, near)
        self._check_languages(module["titles"], languages, "titles", near, complete=True)
        return ModuleEntry(module["uid"], module["folder"], ModuleKind(module["kind"]), module["titles"])

    def _variable(self, name: str, data: Any, languages: tuple[Language, ...]) -> Variable:
        near = f"[variables.{name}]"
        if not _VARIABLE.fullmatch(name):
            self._refuse(BadVariableName(value=name), near)
        if not isinstance(data, dict):
            self._refuse(NotTables(key=name, value=data), name)
        entry = self._checked(data, _OF_VARIABLE, near)
        value, hints = entry["value"], entry["hint"]
        if isinstance(value, dict):
            self._check_languages(value, languages, f"{name}.value", near, complete=True)
        self._check_languages(hints, languages, f"{name}.hint", near, complete=False)
        return Variable(name, value if isinstance(value, dict) else {"": value}, hints)

    def _checked(self, data: dict[str, Any], keys: Mapping[str, _Key], near: str) -> dict[str, Any]:
        """Return the table with defaults for what is missing."""
        for key in data:
            if key not in keys:
                self._refuse(UnknownKey(key=key, known=", ".join(keys)), key, near)
        result = {}
        for name, rule in keys.items():
            if name not in data:
                if rule.default is None:
                    self._refuse(MissingKey(key=name), near)
                result[name] = rule.default
            elif not rule.holds(data[name]):
                self._refuse(rule.fault(key=name, value=str(data[name])[:80]), name, near)
            else:
                result[name] = data[name]
        return result

    def _check_languages(
        self, texts: Mapping[str, str], languages: tuple[Language, ...], key: str, near: str, *, complete: bool
    ) -> None:
        for language in texts:
            if language not in languages:
                self._refuse(UnlistedLanguage(key=key, language=language), near)
        for language in languages if complete else ():
            if language not in texts:
                self._refuse(MissingLanguage(key=key, language=language), near)

    def _refuse(self, fault: Refused, start: str, near: str = "", *, last: bool = False) -> None:
        """Raise `BadFile` at the first (or last) line that starts with `start`, looking after a line `near`."""
        first = self._line(near, 1) if near else 1
        raise BadFile(fault, self.file, self._line(start, first, last=last) if start else 1)

    def _line(self, start: str, first: int, *, last: bool = False) -> int:
        pattern = re.compile(r"\s*(?:\[\[?)?" + re.escape(start.strip("[]")) + r"(?![\w-])" if start else "")
        found = [n for n, line in enumerate(self.lines[first - 1 :], start=first) if pattern.match(line)]
        name = start.strip("[]").rpartition(".")[2]
        found = found or [n for n, line in enumerate(self.lines, start=1) if name and name in line]
        return found[-1 if last else 0] if found else first
