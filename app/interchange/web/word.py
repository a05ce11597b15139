"""A reviewed Word file on an edition's pages: sent, watched, looked at, brought in; what has no place given one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from markupsafe import Markup

from app.core.content import Uid
from app.core.errors import N_, Refused
from app.core.plain import plain, shortened
from app.curriculum.models import Edition
from app.curriculum.queries import contents, editions
from app.curriculum.web import panels, redlines
from app.discussion import words as talk_words
from app.discussion.models import ProposalKind
from app.discussion.queries import places
from app.infra.i18n import language, sentence
from app.interchange import actions, rules, words
from app.interchange.found import Found, Proposed, Said, moment
from app.interchange.models import Import, ImportKind, ImportState
from app.interchange.queries import imports
from app.people.login import current_actor
from app.people.permissions import Permission, allows
from app.web.errors import back, say
from app.web.pages import requires

from . import bp
from .showing import without_headings
from .uploads import sent, takes_files

BLOCKS_PER_PAGE = 30
MOST_CHOICES = 60
takes_files("send_review")


@dataclass(slots=True)
class Row:
    """What a file says about one block."""

    uid: Uid
    extract: str
    changes: list[tuple[Proposed, Markup | str, bool]] = field(default_factory=list)
    remarks: list[tuple[Said, bool]] = field(default_factory=list)


def _offered(edition: Edition) -> bool:
    scope = editions.scope_of(edition)
    return all(allows(current_actor(), one, scope) for one in (Permission.COMMENT, Permission.PROPOSE_CHANGE))


panels.register_tab(panels.Tab("imports", N_("Word file back"), "interchange.reviews", _offered, 40))


@bp.get("/<slug>/<region>/imports")
@requires(Permission.PROPOSE_CHANGE)
def reviews(slug: str, region: str) -> ResponseReturnValue:
    """Ask for a reviewed file, and list those that this person has sent."""
    return _list(editions.get(current_actor(), slug, region, Permission.PROPOSE_CHANGE))


@bp.post("/<slug>/<region>/imports")
@requires(Permission.PROPOSE_CHANGE)
def send_review(slug: str, region: str) -> ResponseReturnValue:
    """Take a reviewed file in and have it read."""
    edition = editions.get(current_actor(), slug, region, Permission.PROPOSE_CHANGE)
    try:
        name, data = sent()
        row = actions.start_review(current_actor(), edition, name, data, request.form.get("language", ""))
    except Refused as refused:
        if refused.status != 422:
            raise
        return _list(edition, sentence(refused)), refused.status
    return back(_address(edition, row))


@bp.get("/<slug>/<region>/imports/<int:number>")
@requires(Permission.PROPOSE_CHANGE)
def review(slug: str, region: str, number: int) -> ResponseReturnValue:
    """Show how far a file is, what was found in it, or what became of it."""
    edition, row = _opened(slug, region, number)
    if request.headers.get("X-Requested-With") == "poll":
        return render_template("interchange/_reading.html", row=row, here=_address(edition, row), words=words)
    found = imports.found_in(row) if row.found else None
    known = imports.known(edition, found.keys) if found and row.state is ImportState.PREVIEWED else set()
    wanted = request.args.get("page", 1, type=int)
    units, page, pages = _units(edition, found, known, wanted) if found else ([], 1, 1)
    return render_template(
        "interchange/review.html",
        edition=edition,
        row=row,
        here=_address(edition, row),
        found=found,
        known=len(known),
        units=units,
        page=page,
        pages=pages,
        names=places.names(edition, [one["uid"] for one in row.unplaced if one["uid"]], language()),
        base=editions.revision_by_id(edition, row.base_revision_id) if row.base_revision_id else None,
        words=words,
        kind=lambda how: talk_words.kind(ProposalKind(how)),
        moment=moment,
    )


@bp.post("/<slug>/<region>/imports/<int:number>")
@requires(Permission.PROPOSE_CHANGE)
def decide_review(slug: str, region: str, number: int) -> ResponseReturnValue:
    """Bring the file in, or set it aside."""
    edition, row = _opened(slug, region, number)
    if request.form.get("do") == "discard":
        actions.discard_import(current_actor(), row)
        say(gettext("The file was set aside. Nothing of it was brought in."))
        return back(url_for(".reviews", slug=slug, region=region))
    actions.start_bringing(current_actor(), row)
    return back(_address(edition, row))


@bp.get("/<slug>/<region>/imports/<int:number>/places/<int:at>")
@requires(Permission.PROPOSE_CHANGE)
def find_place(slug: str, region: str, number: int, at: int) -> ResponseReturnValue:
    """Show what could not be placed, and the paragraphs it may belong to."""
    edition, row = _opened(slug, region, number)
    if at >= len(row.unplaced):
        return back(_address(edition, row))
    search = request.args.get("q", "").strip()[:200]
    return render_template(
        "interchange/place.html",
        edition=edition,
        row=row,
        at=at,
        one=row.unplaced[at],
        units=_choices(edition, row.language or edition.languages[0], search),
        search=search,
        here=_address(edition, row),
        words=words,
        moment=moment,
    )


@bp.post("/<slug>/<region>/imports/<int:number>/places/<int:at>")
@requires(Permission.PROPOSE_CHANGE)
def set_place(slug: str, region: str, number: int, at: int) -> ResponseReturnValue:
    """Give it a paragraph, or set it aside."""
    edition, row = _opened(slug, region, number)
    block = request.form.get("block", "")
    if not block and request.form.get("do") != "aside":
        raise rules.NoPlace
    actions.place_lost(current_actor(), row, at, block)
    return back(_address(edition, row) + "#unplaced")


def _opened(slug: str, region: str, number: int) -> tuple[Edition, Import]:
    edition = editions.get(current_actor(), slug, region, Permission.PROPOSE_CHANGE)
    return edition, imports.get(current_actor(), number, ImportKind.REVIEW, edition)


def _address(edition: Edition, row: Import) -> str:
    return url_for("interchange.review", slug=edition.slug, region=edition.region, number=row.id)


def _list(edition: Edition, fault: str = "") -> str:
    rows, pages = imports.listing(current_actor(), ImportKind.REVIEW, edition, request.args.get("page", 1, type=int))
    return render_template(
        "interchange/reviews.html",
        edition=edition,
        rows=rows,
        page=min(max(request.args.get("page", 1, type=int), 1), pages),
        pages=pages,
        fault=fault,
        words=words,
        may_export=allows(current_actor(), Permission.EXPORT_EDITION, editions.scope_of(edition)),
    )


def _units(
    edition: Edition, found: Found, known: set[str], wanted: int
) -> tuple[list[tuple[str, list[Row]]], int, int]:
    """One page of what a file says, block by block under their units, in the order of the text."""
    now = contents.state(editions.head_of(edition))
    order = {block.uid: place for place, (_, _, block) in enumerate(now.content.blocks())}
    uids = sorted(found.uids, key=lambda uid: order.get(uid, len(order)))
    pages = max(1, -(-len(uids) // BLOCKS_PER_PAGE))
    page = min(max(wanted, 1), pages)
    shown = uids[(page - 1) * BLOCKS_PER_PAGE : page * BLOCKS_PER_PAGE]
    wider = {*shown, *(one.after for one in found.proposed if one.uid in shown and one.after)}
    names = places.names(edition, wider, found.language)
    rows = {uid: Row(uid, names.extracts.get(uid, "")) for uid in shown}
    some = [one for one in found.proposed if one.uid in rows]
    said = [one for one in found.said if one.uid in rows]
    for change in some:
        rows[change.uid].changes.append((change, _redline(found, change, names, now), change.key in known))
    for remark in said:
        rows[remark.uid].remarks.append((remark, remark.key in known))
    return _by_unit(rows.values(), names.units, names.titles), page, pages


def _by_unit(rows: Iterable[Row], units: Mapping[Uid, Uid], titles: Mapping[Uid, str]) -> list[tuple[str, list[Row]]]:
    grouped = groupby(rows, key=lambda row: titles.get(units.get(row.uid, ""), ""))
    return [(title, list(some)) for title, some in grouped]


def _redline(found: Found, one: Proposed, names: places.Names, now: contents.State) -> Markup | str:
    """What a change does; for a move, the beginning of the paragraph that it goes after."""
    if one.how == "move":
        return names.extracts.get(one.after, "")
    return without_headings(redlines.between((one.base, one.text), found.language, now.local, now.local))


def _choices(edition: Edition, text_language: str, search: str) -> list[tuple[str, list[tuple[Uid, str]]]]:
    """The paragraphs that have the searched words, by unit; without a search the headings, which are few."""
    now = contents.state(editions.head_of(edition))
    blocks = [(unit, block) for _, unit, block in now.content.blocks()]
    texts = contents.texts_of([block for _, block in blocks], text_language)
    titles = redlines.unit_titles([now.content], [text_language, *edition.languages])
    wanted = search.casefold().split()
    found: list[tuple[Uid, Uid, str]] = []
    for (unit, block), text in zip(blocks, texts, strict=True):
        words_of = plain(text or "")
        if all(word in words_of.casefold() for word in wanted) and (wanted or block.kind == "heading"):
            found.append((unit.uid, block.uid, shortened(words_of, places.EXTRACT_LETTERS)))
    some = found[:MOST_CHOICES]
    return [
        (titles.get(uid, uid), [(block, words_of) for _, block, words_of in rows])
        for uid, rows in groupby(some, key=lambda one: one[0])
    ]
