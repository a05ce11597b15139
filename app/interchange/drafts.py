"""A manual that somebody wrote in Word on its way to an original: what was recognised, corrected, cut into units.

Pure. What was recognised is kept as JSON beside the file; what a person said about it,
in the settings of its record. Writing is `actions/drafts.py`.
"""

from __future__ import annotations

import json
import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass

from app.core.content import Language, ModuleKind
from app.core.languages import is_language
from app.core.unitfile import parse_blocks
from app.curriculum.originals import Original, OriginalBlock, OriginalModule, OriginalUnit
from app.interchange import rules
from app.interchange.formats.docx.foreign.correcting import corrected
from app.interchange.formats.docx.foreign.things import (
    Change,
    ChangeKind,
    Comment,
    Dropped,
    ForeignDocument,
    Guess,
    Reason,
    Recognised,
    Why,
)
from app.interchange.formats.docx.foreign.units import ModuleDraft, as_units, unit_level

FOLDER = "media/"
LEVELS = (0, 1, 2, 3)
Corrections = Mapping[int, Guess]


@dataclass(frozen=True, slots=True)
class Kept:
    """A document that was read, its pictures by the name of their file in the storage."""

    document: ForeignDocument
    pictures: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Named:
    """What a person says of a new manual. `minutes` by (module, unit), from 0."""

    title: str
    slug: str
    region: str
    language: Language
    languages: tuple[Language, ...]
    licence: str
    credits: tuple[str, ...]
    right: str
    minutes: Mapping[tuple[int, int], int]


def dumped(document: ForeignDocument, pictures: Mapping[str, str]) -> bytes:
    """A document as JSON, with the stored names of its pictures."""
    return json.dumps(
        {
            "title": document.title,
            "language": document.language,
            "blocks": [[b.guess, b.certain, b.why.name, b.markdown, b.level, b.box] for b in document.blocks],
            "comments": [list(astuple(comment)) for comment in document.comments],
            "changes": [[c.kind, c.author, c.date, c.words, c.place] for c in document.changes],
            "dropped": [[d.reason.name, d.what, d.place] for d in document.dropped],
            "pictures": dict(pictures),
        },
        ensure_ascii=False,
    ).encode("utf-8", "replace")


def loaded(data: bytes) -> Kept:
    """What `dumped` wrote."""
    read = json.loads(data)
    document = ForeignDocument(
        title=read["title"],
        language=read["language"],
        blocks=tuple(
            Recognised(index, Guess(guess), certain, Why[why], markdown, level, box)
            for index, (guess, certain, why, markdown, level, box) in enumerate(read["blocks"])
        ),
        comments=tuple(Comment(*row) for row in read["comments"]),
        changes=tuple(Change(ChangeKind(kind), *row) for kind, *row in read["changes"]),
        dropped=tuple(Dropped(Reason[reason], *row) for reason, *row in read["dropped"]),
    )
    return Kept(document, read["pictures"])


def corrections_in(settings: Mapping[str, object]) -> dict[int, Guess]:
    """What a person said that blocks are, by index."""
    said = settings.get("corrections")
    return {int(index): Guess(guess) for index, guess in said.items()} if isinstance(said, dict) else {}


def level_in(settings: Mapping[str, object]) -> int:
    """The level of heading at which a person said that units begin, 0 for none."""
    said = settings.get("level")
    return said if isinstance(said, int) and said in LEVELS else 0


def choices(block: Recognised) -> list[Guess]:
    """What a block may be said to be: tables and pictures stay what they are, unless they are left out or text."""
    only = (Guess.TABLE, Guess.FIGURE)
    return [guess for guess in Guess if guess not in only or guess is block.guess]


def kind_of(block: Recognised) -> tuple[str, str, int]:
    """What makes two blocks look alike to the reader: what they were taken for, and why."""
    return block.guess.value, block.why.name, block.level


def likes(blocks: Sequence[Recognised]) -> Counter[tuple[str, str, int]]:
    """How many blocks there are of each look."""
    return Counter(map(kind_of, blocks))


def unsure(document: ForeignDocument, corrections: Corrections) -> list[Recognised]:
    """The blocks that nobody is certain of, and that no person has looked at."""
    return [block for block in document.blocks if not block.certain and block.index not in corrections]


def as_modules(document: ForeignDocument, corrections: Corrections, level: int, title: str) -> list[ModuleDraft]:
    """The modules and units that come of a document as it was corrected."""
    return as_units(corrected(document, corrections), title or document.title, level=level)


def level_of(document: ForeignDocument, corrections: Corrections) -> int:
    """The level at which units begin when nobody says it."""
    return unit_level(corrected(document, corrections))


def as_original(
    document: ForeignDocument, pictures: Mapping[str, bytes], corrections: Corrections, level: int, named: Named
) -> Original:
    """The original that comes of a document; raises `BadFile` with a unit's title for what cannot be read again.

    Uids begin with something that nobody can have taken: people choose short names freely.
    """
    drafts = as_modules(document, corrections, level, named.title)
    if not drafts:
        raise rules.NothingFound
    start = f"{named.slug}-{secrets.token_hex(3)}"
    modules = tuple(
        OriginalModule(
            f"{start}-{number + 1}",
            ModuleKind.MODULE,
            {named.language: module.title or named.title},
            tuple(
                OriginalUnit(
                    f"{start}-{number + 1}-{place + 1}",
                    named.minutes.get((number, place), rules.GUESSED_MINUTES),
                    tuple(
                        OriginalBlock(block.kind, {named.language: block.text}, block.lock)
                        for block in parse_blocks(unit.markdown, unit.title)
                    ),
                )
                for place, unit in enumerate(module.units)
            ),
        )
        for number, module in enumerate(drafts)
    )
    return Original(
        slug=named.slug,
        version="0.1.0",
        region=named.region,
        source_language=named.language,
        languages=(named.language, *(code for code in named.languages if code != named.language)),
        licence=named.licence,
        credits=named.credits,
        public=False,
        titles={named.language: named.title},
        summaries={},
        variables={},
        modules=modules,
        media={name.removeprefix(FOLDER): data for name, data in pictures.items()},
    )


def checked(named: Named) -> Named:
    """What a person says of a new manual, or the refusal that names the field."""
    rules.check_slug(named.slug)
    if not named.title:
        raise rules.NeedsTitle
    if not is_language(named.language) or not all(map(is_language, named.languages)):
        raise rules.NeedsLanguage
    if not named.licence:
        raise rules.NeedsLicence
    if not named.credits:
        raise rules.NeedsCredits
    if not named.right:
        raise rules.NeedsRight
    return named
