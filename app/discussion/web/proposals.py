"""Proposing something for a paragraph, and the list of what was proposed to an edition and what it sent."""

from __future__ import annotations

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from markupsafe import Markup

from app.adaptation.web.editing import shown
from app.core.content import Language, Uid
from app.core.diff import Change, redline_text
from app.core.errors import Refused
from app.core.plain import excerpt, plain
from app.core.variables import fill
from app.curriculum.models import Edition
from app.curriculum.queries import contents, editions
from app.curriculum.web import page_number, redlines
from app.discussion import actions, rules, words
from app.discussion.models import ProposalKind
from app.discussion.queries import places
from app.discussion.queries import proposals as queries
from app.infra.i18n import language
from app.people.login import current_actor
from app.people.permissions import Permission
from app.web.errors import back, say
from app.web.pages import requires

from . import address, bp, decides, faults, language_of, opened, typed


@bp.get("/<slug>/<region>/proposals")
@requires(Permission.READ_DRAFT)
def proposals(slug: str, region: str) -> ResponseReturnValue:
    """List what was proposed to an edition, or what it offered to the edition above."""
    edition, page = opened(slug, region), page_number()
    show = request.args.get("show", queries.Show.OPEN, type=queries.Show)
    unit, search = request.args.get("unit", ""), request.args.get("q", "").strip()[:200]
    listing = queries.listing(current_actor(), edition, show, unit=unit, search=search, page=page)
    own = [one for one in listing.proposals if one.edition_id == edition.id]
    judged = {one.proposal.id: one for one in queries.judged(edition, own)}
    return render_template(
        "discussion/proposals.html",
        edition=edition,
        listing=listing,
        judged=judged,
        changes=lambda one: _changes(edition, one),
        beside=queries.open_by_block(edition, {one.block_uid for one in own}),
        names=places.names(edition, {one.block_uid for one in listing.proposals}, language()),
        show=show,
        unit=unit,
        search=search,
        page=page,
        decides=decides(edition),
        inherits=bool(contents.state(editions.head_of(edition)).local.bases),
        words=words,
    )


@bp.post("/<slug>/<region>/proposals")
@requires(Permission.DECIDE_PROPOSAL)
def accept_clean(slug: str, region: str) -> ResponseReturnValue:
    """Accept all ticked proposals that touch nothing of anybody's."""
    edition = opened(slug, region, Permission.DECIDE_PROPOSAL)
    ticked = [value.partition("@") for value in request.form.getlist("clean")[: 10 * queries.PER_PAGE]]
    seen = {int(number): mark for number, _, mark in ticked if number.isdecimal() and len(number) < 10}
    taken = actions.accept_clean(current_actor(), edition, seen)
    if taken:
        first = url_for("curriculum.change", number=taken[0].number, **address(edition))
        said = ngettext("%(num)s proposal was accepted.", "%(num)s proposals were accepted.", len(taken))
        say(_with_link(str(said), first))
    if len(taken) < len(seen) or not seen:
        say(gettext("What had changed or was decided in the meantime is left as it is."), "note")
    return back(url_for(".proposals", **address(edition)))


@bp.get("/<slug>/<region>/blocks/<block>/propose")
@requires(Permission.PROPOSE_CHANGE)
def propose(slug: str, region: str, block: str) -> ResponseReturnValue:
    """Offer to propose another text for a paragraph, one after it, another place, or to take it out."""
    edition = opened(slug, region, Permission.PROPOSE_CHANGE)
    return _page(edition, block, request.args.get("kind", ProposalKind.CHANGE, type=ProposalKind))


@bp.post("/<slug>/<region>/blocks/<block>/propose")
@requires(Permission.PROPOSE_CHANGE)
def send_proposal(slug: str, region: str, block: str) -> ResponseReturnValue:
    """Keep a proposal for those who decide, or only show how it will look."""
    edition = opened(slug, region, Permission.PROPOSE_CHANGE)
    kind = request.form.get("kind", type=ProposalKind)
    if kind is None:
        raise rules.UnknownKind
    if request.form.get("do") == "preview":
        return _page(edition, block, kind)
    base = request.form.get("base", "")
    try:
        actions.propose(
            current_actor(),
            edition,
            block,
            kind,
            request.form.get("text", ""),
            language=language_of(edition),
            why=typed("why"),
            evidence=typed("evidence"),
            base=base if kind is ProposalKind.CHANGE and len(base) == 64 and contents.bodies([base]) else None,
            after=typed("after"),
        )
    except Refused as refused:
        if refused.status == 404:
            raise
        about_why = isinstance(refused, rules.NeedsWhy)
        return _page(edition, block, kind, errors=faults(refused, "why" if about_why else "text")), refused.status
    say(gettext("Proposed. Whoever decides on this edition sees it now; you find what became of it under Proposals."))
    return back(url_for("curriculum.block", block=block, **address(edition, language_of(edition))))


@bp.post("/<slug>/<region>/proposals/preview")
@requires(Permission.PROPOSE_CHANGE)
def preview_proposal(slug: str, region: str) -> ResponseReturnValue:
    """Return a proposed text as safe HTML, with the edition's variables in it; nothing is kept."""
    edition = opened(slug, region, Permission.PROPOSE_CHANGE)
    return str(shown(edition, language_of(edition), request.form.get("text", "")))


def _changes(edition: Edition, one: queries.Judged) -> list[tuple[Language, list[Change]]]:
    """What accepting a proposal changes, in words, by language."""
    local = contents.state(editions.head_of(edition)).local
    found = []
    for code, text in one.texts.items():
        sides = (plain(fill(side or "", local.values(code))) for side in (text.current, text.merged))
        found.append((code, excerpt(redline_text(*sides))))
    return found


def _with_link(said: str, url: str) -> str:
    return Markup('{} <a href="{}">{}</a>').format(said, url, gettext("See it, or take it back"))


def _page(edition: Edition, uid: Uid, kind: ProposalKind, errors: dict[str, list[str]] | None = None) -> str:
    now, code = contents.state(editions.head_of(edition)), language_of(edition)
    found = now.content.find(uid)
    if found is None:
        abort(404)
    _, unit, at = found
    text = contents.texts_of([unit.blocks[at]], code)[0] or ""
    offered = text if kind is ProposalKind.CHANGE else ""
    value = request.form.get("text", offered)
    others = [block.uid for block in unit.blocks if block.uid != uid]
    names = places.names(edition, [uid, *others], language())
    return render_template(
        "discussion/propose.html",
        edition=edition,
        uid=uid,
        unit=unit,
        kind=kind,
        kinds=[one for one in ProposalKind if at or one not in (ProposalKind.REMOVE, ProposalKind.MOVE)],
        text=value,
        html=shown(edition, code, value),
        now=redlines.page(text, code, now.local) if text else "",
        base=request.form.get("base") or unit.blocks[at].texts.get(code, ""),
        after=[(one, names.extracts.get(one, one)) for one in others],
        names=names,
        language_of_text=code,
        errors=errors or {},
        typed=request.form,
        words=words,
    )
