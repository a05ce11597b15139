"""What `vivero import` makes of Word files: a reviewed copy as proposals and comments, a manual as a draft original."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from app.core.errors import Refused
from app.curriculum import actions as curriculum
from app.curriculum.queries import editions
from app.infra.i18n import is_region
from app.interchange import actions, drafts, reviews, rules, words
from app.interchange.formats.docx.foreign import Guess, read_foreign
from app.interchange.formats.docx.opening import open_word
from app.interchange.formats.docx.review.carrier import read_origin
from app.people.permissions import Actor, Permission

DRAFT, REVIEW = "draft", "review"
ALL_RIGHTS_RESERVED = "All rights reserved"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A Word file and what somebody wants of it; `way` is empty where the file itself decides, and so is `language`.

    `licence`, `credits` and `why` are asked of a new original only.
    """

    data: bytes
    filename: str
    slug: str
    region: str
    language: str = ""
    way: str = ""
    dry_run: bool = False
    licence: str = ""
    credits: Sequence[str] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """What came of it: numbers by name, and what has no place, each with its words and why."""

    way: str
    edition: str
    counts: Mapping[str, int]
    unplaced: Sequence[Mapping[str, Any]] = field(default_factory=list)


def bring_word(actor: Actor, wanted: Wanted) -> Done:
    """Bring a Word file in: reviewed, as proposals and comments; made by anyone, as the draft of a new original."""
    try:
        if wanted.way not in ("", DRAFT, REVIEW):
            raise rules.UnknownWay(way=wanted.way)
        if wanted.way == DRAFT:
            return _draft(actor, wanted)
        origin = read_origin(open_word(wanted.data, wanted.filename))
        exists = editions.find(wanted.slug, wanted.region) is not None
        if not wanted.way and not origin.slug and not exists:
            raise rules.SayDraft(name=f"{wanted.slug}/{wanted.region}")
        return _review(actor, wanted)
    except Refused as fault:
        raise rules.BadUpload(file=wanted.filename, problem=fault) from fault


def _review(actor: Actor, wanted: Wanted) -> Done:
    edition = editions.get(actor, wanted.slug, wanted.region, Permission.PROPOSE_CHANGE)
    found = reviews.read(actor, edition, wanted.data, wanted.filename, wanted.language)
    if wanted.dry_run:
        brought = actions.rehearse(actor, edition, found, wanted.filename)
    else:
        brought = actions.bring_reviewed(actor, edition, found, wanted.data, wanted.filename)
    left = [
        {"what": one.what, "author": one.author, "at": one.at, "text": one.text, "why": words.said(one.why, one.parts)}
        for one in brought.lost
    ]
    return Done(REVIEW, edition.name, brought.counts, left)


def _draft(actor: Actor, wanted: Wanted) -> Done:
    if not is_region(wanted.region):
        raise rules.NeedsRegion
    document = read_foreign(wanted.data, wanted.filename)
    if all(block.guess is Guess.DROPPED for block in document.blocks):
        raise rules.NothingFound
    stem = PurePath(wanted.filename).stem
    named = drafts.checked(
        drafts.Named(
            title=(document.title or stem)[: rules.LONGEST_TITLE],
            slug=wanted.slug,
            region=wanted.region,
            language=wanted.language or document.language or "en",
            languages=(),
            licence=wanted.licence or ALL_RIGHTS_RESERVED,
            credits=tuple(wanted.credits) or (stem,),
            right=wanted.why or wanted.filename,
            minutes={},
        )
    )
    original = drafts.as_original(document, document.images, {}, 0, named)
    lost: list[dict[str, Any]] = []
    if wanted.dry_run:
        curriculum.check_original(actor, original)
    else:
        row = actions.make_draft_of(actor, original, document, wanted.data, wanted.filename, named.right)
        lost = row.unplaced
    units = [unit for module in original.modules for unit in module.units]
    counts = {
        "modules": len(original.modules),
        "units": len(units),
        "blocks": sum(len(unit.blocks) for unit in units),
        "pictures": len(original.media),
        "unsure": len(drafts.unsure(document, {})),
        "comments": len(document.comments) - len(lost),
        "unplaced": len(document.dropped) + len(lost),
    }
    left = [{"what": "dropped", "text": one.what, "why": words.said(one.reason.text)} for one in document.dropped]
    left += [{**one, "why": words.said(one["why"], one["parts"])} for one in lost]
    return Done(DRAFT, f"{named.slug}/{named.region}", counts, left)
