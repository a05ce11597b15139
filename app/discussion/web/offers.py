"""Offering this edition's own words to the edition above: one paragraph, or several at once."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from app.adaptation.web.editing import shown
from app.core.content import Language, Uid
from app.core.diff import Change, redline_text
from app.core.errors import Refused
from app.core.plain import excerpt, plain
from app.core.variables import fill
from app.curriculum.models import Edition
from app.curriculum.queries import contents, editions
from app.discussion import actions, rules, words
from app.discussion.models import ProposalKind
from app.discussion.queries import offers as queries
from app.discussion.queries import places, structure
from app.infra.i18n import language, region_name, sentence
from app.people.login import current_actor
from app.people.permissions import Permission
from app.web.errors import back, say
from app.web.pages import requires

from . import address, bp, faults, language_of, opened, typed

FIELDS: dict[type[Refused], str] = {rules.NeedsWhy: "why"}


@bp.get("/<slug>/<region>/offer")
@requires(Permission.PROPOSE_CHANGE)
def offers(slug: str, region: str) -> ResponseReturnValue:
    """List what of this edition's own could be useful for everybody."""
    return _list(opened(slug, region, Permission.PROPOSE_CHANGE))


@bp.post("/<slug>/<region>/offer")
@requires(Permission.PROPOSE_CHANGE)
def offer_many(slug: str, region: str) -> ResponseReturnValue:
    """Offer all that is ticked, paragraphs, places and whole units, each with the reasons it has here."""
    edition = opened(slug, region, Permission.PROPOSE_CHANGE)
    ticked, sent = list(dict.fromkeys(request.form.getlist("offer")))[:500], 0
    refusals: dict[Uid, str] = {}
    for uid in ticked:
        block, at, _ = uid.partition("@")
        try:
            actions.offer(current_actor(), edition, block, why=typed("why"), place=bool(at))
            sent += 1
        except Refused as refused:
            if refused.status == 403:
                raise
            refusals[uid] = sentence(refused)
    if sent:
        said = ngettext("%(num)s thing was offered.", "%(num)s things were offered.", sent)
        say(str(said))
    if not ticked:
        refusals[""] = sentence(rules.NothingChosen())
    if refusals:
        return _list(edition, refusals), 422
    return back(url_for(".proposals", show="sent", **address(edition)))


@bp.get("/<slug>/<region>/blocks/<block>/offer")
@requires(Permission.PROPOSE_CHANGE)
def offer(slug: str, region: str, block: str) -> ResponseReturnValue:
    """Show what would be offered of one paragraph: the text, the reasons, to whom."""
    return _page(opened(slug, region, Permission.PROPOSE_CHANGE), block)


@bp.get("/<slug>/<region>/units/<unit>/offer")
@requires(Permission.PROPOSE_CHANGE)
def offer_unit(slug: str, region: str, unit: str) -> ResponseReturnValue:
    """Show what would be offered of a whole unit."""
    edition = opened(slug, region, Permission.PROPOSE_CHANGE)
    if queries.find(edition, unit).whole is None:
        raise rules.NoSuchBlock
    return _page(edition, unit)


@bp.post("/<slug>/<region>/blocks/<block>/offer")
@requires(Permission.PROPOSE_CHANGE)
def send_offer(slug: str, region: str, block: str) -> ResponseReturnValue:
    """Offer one paragraph to the edition above, or only show how the text will look."""
    edition = opened(slug, region, Permission.PROPOSE_CHANGE)
    found = queries.find(edition, block)
    if request.form.get("do") == "preview":
        return _page(edition, block)
    code = language_of(edition)
    texts = None
    if found.whole is not None:
        own = _whole_texts(found)
        texts = {one: text for one, text in own.items() if one in found.to.languages}
        if code in texts:
            texts[code] = request.form.get("text", "")
    elif found.kind is not ProposalKind.REMOVE:
        own = contents.bodies(found.ours.values())
        texts = {one: own[name] for one, name in found.ours.items() if one in found.languages}
        texts[code] = request.form.get("text", "")
    try:
        made = actions.offer(current_actor(), edition, block, texts=texts, why=typed("why"), evidence=typed("evidence"))
    except Refused as refused:
        if refused.status in (403, 404):
            raise
        name = next((field for kind, field in FIELDS.items() if isinstance(refused, kind)), "text")
        return _page(edition, block, faults(refused, name)), refused.status
    say(gettext("Offered to %(name)s. What becomes of it stands here.", name=region_name(found.to.region)))
    return back(url_for(".proposal", number=made.id, **address(edition)))


def _page(edition: Edition, uid: Uid, errors: dict[str, list[str]] | None = None) -> str:
    found, code = queries.find(edition, uid), language_of(edition)
    bodies = contents.bodies([*found.ours.values(), *found.theirs.values()])
    own = _whole_texts(found).get(code, "") if found.whole is not None else bodies.get(found.ours.get(code, ""), "")
    text = request.form.get("text", own)
    return render_template(
        "discussion/offer.html",
        edition=edition,
        uid=uid,
        offer=found,
        waits=found.key in queries.offered(edition),
        language_of_text=code,
        text=text,
        html=shown(edition, code, text),
        why=request.form.get("why", found.why),
        evidence=request.form.get("evidence", found.evidence),
        names=places.names(edition, [uid], language()),
        errors=errors or {},
        words=words,
    )


def _whole_texts(found: queries.Offer) -> dict[Language, str]:
    """A unit's whole texts by language."""
    blocks = found.whole.blocks if found.whole is not None else ()
    bodies = contents.bodies(name for block in blocks for name in block.texts.values())
    spoken = dict.fromkeys(code for block in blocks for code in block.texts)
    return {code: structure.whole_text(found.whole, code, bodies) for code in spoken} if found.whole else {}


def _list(edition: Edition, refusals: dict[Uid, str] | None = None) -> str:
    found = queries.listed(edition)
    code = language_of(edition)
    bodies = contents.bodies({name for one in found for name in (*one.ours.values(), *one.theirs.values())})
    values = contents.state(editions.head_of(edition)).local.values(code)

    def changes(one: queries.Offer) -> list[Change]:
        sides = (plain(fill(bodies.get(side.get(code, ""), ""), values)) for side in (one.theirs, one.ours))
        return excerpt(redline_text(*sides))

    return render_template(
        "discussion/offers.html",
        edition=edition,
        offers=found,
        changes=changes,
        names=places.names(edition, [uid for one in found for uid in (one.uid, *one.anchors[:1])], language()),
        refusals=refusals or {},
        why=typed("why"),
        language_of_text=code,
        words=words,
    )
