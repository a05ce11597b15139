"""A reviewed Word file against the edition it was made of: what pages, jobs and commands read in the same way.

Nothing is written here; bringing in what was found is `actions/reviews.py`.
"""

from __future__ import annotations

import re

from app.core.content import Language
from app.curriculum.models import Edition, Revision
from app.curriculum.queries import editions
from app.interchange import queries, rules
from app.interchange.formats.document import Audience
from app.interchange.formats.docx.foreign.words import language_of
from app.interchange.formats.docx.opening import OpenedFile, open_word
from app.interchange.formats.docx.review.carrier import Origin, read_origin
from app.interchange.formats.docx.review.reviewing import read_reviewed
from app.interchange.found import Found, listed
from app.interchange.queries import imports
from app.people.permissions import Actor

MOST_GONE = 0.8  # of the paragraphs: beyond it, a file without origin is of some other text
_TAG = re.compile(r"<[^>]*>")


def read(actor: Actor, edition: Edition, data: bytes, name: str, language: Language = "") -> Found:
    """What a file's readers changed and said, against the state that the file was made of.

    A file that does not say where it is from is placed by its words, on the draft. Refuses files of other editions,
    and whatever cannot be read. `language` is that of a file that does not say it.
    """
    opened = open_word(data, name)
    origin = read_origin(opened)
    check_origin(actor, edition, origin)
    revision = _revision(edition, origin)
    spoken = _language(edition, origin, language, opened)
    seen = imports.view_of(edition, revision or editions.head_of(edition), origin.version, spoken)
    audience = Audience.PARTICIPANT if origin.audience == Audience.PARTICIPANT else Audience.FACILITATOR
    manual = queries.manual(seen, audience)
    reviewed = read_reviewed(data, manual, name)
    blocks = sum(len(unit.blocks) for _, unit in manual.units())
    if not origin.slug and len(reviewed.removed) >= MOST_GONE * blocks:
        raise rules.NothingToReview
    return listed(reviewed, spoken, seen.revision.id, imports.first_block(seen), by_text=revision is None)


def check_origin(actor: Actor, edition: Edition, origin: Origin) -> None:
    """Raise unless a file is of this edition, or does not say of which; another's name only to who may know it."""
    if not origin.slug or (origin.slug, origin.region) == (edition.slug, edition.region):
        return
    other = editions.find(origin.slug, origin.region)
    if other is None or not editions.may_know(actor, other):
        raise rules.HiddenEdition
    raise rules.OtherEdition(name=other.name)


def _revision(edition: Edition, origin: Origin) -> Revision | None:
    """The state of this very edition that the file names; another edition's number is nobody's."""
    number = origin.revision
    if not origin.slug or not (number.isascii() and number.isdecimal() and len(number) < 10):
        return None
    return editions.revision_by_id(edition, int(number))


def _language(edition: Edition, origin: Origin, chosen: Language, opened: OpenedFile) -> Language:
    """The language of the file: as it says, else as the person says, else as its words look."""
    wanted = origin.language or chosen
    if wanted and wanted not in edition.languages:
        raise rules.LanguageNotHere(language=wanted[:40])
    if wanted:
        return wanted
    words = _TAG.sub(" ", opened.part(opened.document).decode("utf-8", "replace"))
    guessed = language_of([words], "")
    return next((code for code in edition.languages if code.partition("-")[0] == guessed), edition.languages[0])
