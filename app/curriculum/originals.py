"""Originals as files: reads `curricula/<slug>/` into one tree, or says which file is wrong and at which line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.core.content import Kind, Language, Lock, ModuleKind, Uid

from .manifests import Variable


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
