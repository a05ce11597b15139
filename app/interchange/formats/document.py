"""The document tree that every exporter takes: a manual as it will be read, with nothing left to look up.

Variables are filled in, one language is chosen, one audience is named. Where the words come from (database, files,
a converted document) is not known here, and how they look is up to the exporters.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from app.interchange.formats.labels import labels_for


class Audience(StrEnum):
    """Who will hold the manual; decides what is left out (`arrangement.py`)."""

    FACILITATOR = "facilitator"
    PARTICIPANT = "participant"


class ManualBlock(NamedTuple):
    """One block: its permanent name, its kind as in `core.content.Kind`, its Markdown.

    `source` is that Markdown before its variables were filled in, where anybody will ask for it again.
    """

    uid: str
    kind: str
    text: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class ManualUnit:
    """One sitting. A level-1 heading among the blocks is the title itself and is not printed twice."""

    uid: str
    title: str
    minutes: int
    blocks: tuple[ManualBlock, ...]


@dataclass(frozen=True, slots=True)
class ManualModule:
    """Units under one title. With an empty title the units stand one level higher."""

    uid: str
    title: str
    units: tuple[ManualUnit, ...]


class Named(NamedTuple):
    """Somebody who is named at the end of the book, and what for."""

    who: str
    what: str


class Acknowledged(NamedTuple):
    """People under one heading at the end of the book, in their order, in the manual's language."""

    heading: str
    people: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Manual:
    """A whole manual in one language for one audience.

    `images` maps the name used in the Markdown (`media/basket.svg`, or its last part) to the bytes of the file.
    `region` is a code and chooses the paper; the title page says `region_name`, in the manual's language.
    Without `cover` there is no title page and no table of contents: the way a single text is converted.
    `slug` and `revision` name the edition's curriculum and its state, `values` what its variables were filled with
    (as Markdown); a manual without a slug is nobody's edition, and a file made of it does not come back to one.
    """

    title: str
    language: str
    modules: tuple[ManualModule, ...]
    subtitle: str = ""
    edition: str = ""
    version: str = ""
    region: str = ""
    region_name: str = ""
    audience: Audience = Audience.FACILITATOR
    credits: tuple[str, ...] = ()
    acknowledged: tuple[Acknowledged, ...] = ()
    licence: str = ""
    released_on: dt.date | None = None
    images: Mapping[str, bytes] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    cover: bool = True
    slug: str = ""
    revision: str = ""
    values: Mapping[str, str] = field(default_factory=dict)

    def label(self, key: str) -> str:
        """The fixed word for `key` in the manual's language; the manual's own word goes before the usual one."""
        return self.labels.get(key) or labels_for(self.language)[key]

    def units(self) -> Iterator[tuple[ManualModule, ManualUnit]]:
        """Every unit with its module, in order."""
        for module in self.modules:
            for unit in module.units:
                yield module, unit

    def image(self, source: str) -> bytes | None:
        """The bytes of an image by the name the Markdown gives it, or by the last part of that name."""
        found = self.images.get(source)
        return found if found is not None else self.images.get(source.rsplit("/", 1)[-1])
