"""What goes out to other tools, by the name of its format; commands and pages call the same function."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from app.core.content import Language, Uid
from app.core.errors import N_, Refused
from app.curriculum.models import Edition
from app.interchange.formats.exchange import to_csv, to_po, to_tbx, to_tmx, to_xliff
from app.people.permissions import Actor
from app.translation import rules

from . import memories, packages, terms
from .bundles import bundle


class NotOfARelease(Refused):
    text = N_("A file in the format %(format)s is made of the draft as it stands now, so it takes no version.")
    status = 422


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants to take along. `only_open` and `module` are for files to translate."""

    language: Language
    only_open: bool = False
    module: Uid = ""


@dataclass(frozen=True, slots=True)
class Format:
    """How a format is made, and what its files are called and sent as."""

    extension: str
    content_type: str
    make: Callable[[Actor, Edition, Wanted], bytes]


def _po(actor: Actor, edition: Edition, wanted: Wanted) -> bytes:
    return to_po(bundle(actor, edition, wanted.language, only_open=wanted.only_open, module=wanted.module))


def _xliff(actor: Actor, edition: Edition, wanted: Wanted) -> bytes:
    return to_xliff(bundle(actor, edition, wanted.language, only_open=wanted.only_open, module=wanted.module))


def _tmx(actor: Actor, edition: Edition, wanted: Wanted) -> bytes:
    return to_tmx(memories.pairs_of(actor, [edition], wanted.language))


def _tbx(actor: Actor, edition: Edition, wanted: Wanted) -> bytes:
    return to_tbx(terms.terms_of(actor, edition), edition.curriculum.source_language)


def _csv(actor: Actor, edition: Edition, wanted: Wanted) -> bytes:
    return to_csv(terms.terms_of(actor, edition))


def _package(actor: Actor, edition: Edition, wanted: Wanted) -> bytes:
    return packages.export(actor, edition)


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "po": Format(".po", "text/x-gettext-translation; charset=utf-8", _po),
        "xliff": Format(".xliff", "application/x-xliff+xml; charset=utf-8", _xliff),
        "tmx": Format(".tmx", "application/x-tmx+xml; charset=utf-8", _tmx),
        "tbx": Format(".tbx", "application/x-tbx+xml; charset=utf-8", _tbx),
        "csv": Format(".csv", "text/csv; charset=utf-8", _csv),
        "package": Format(".zip", "application/zip", _package),
    }
)
WITHOUT_LANGUAGE = frozenset({"tbx", "csv", "package"})


def make(actor: Actor, edition: Edition, format: str, wanted: Wanted) -> tuple[bytes, str]:
    """Return a file and what it is called. The actor must be allowed to export, and to read what goes out."""
    kind = FORMATS[format]
    if format not in WITHOUT_LANGUAGE:
        rules.check_taught(wanted.language, edition.languages)
    part = f"-{wanted.module}" if wanted.module and format in ("po", "xliff") else ""
    language = "" if format in WITHOUT_LANGUAGE else f"-{wanted.language}"
    name = f"{edition.slug}-{edition.region}{language}{part}{kind.extension}"
    return kind.make(actor, edition, wanted), name
