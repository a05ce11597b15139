"""One proposal as a letter: what would stand there, the reasons, the answers; and what became of one that was sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from markupsafe import Markup

from app.adaptation.web.editing import shown
from app.core.content import Language, Uid
from app.core.errors import Refused
from app.curriculum.models import Edition
from app.curriculum.queries import contents, editions
from app.curriculum.web import redlines, title_of
from app.curriculum.web.waiting import Waiting
from app.discussion import actions, rules, words
from app.discussion.models import Proposal, ProposalKind
from app.discussion.queries import places, structure
from app.discussion.queries import proposals as queries
from app.infra.i18n import language, region_name, sentence
from app.people.login import current_actor
from app.people.permissions import Actor, Permission, allows
from app.web.errors import back, say
from app.web.pages import requires

from . import address, bp, decides, opened, typed

WRITE = "write"  # the answer that asks for the place to write in


@dataclass(frozen=True, slots=True)
class Sheet:
    """One language of a proposal, to read: the change it makes, the text now, the proposal against its beginning."""

    language: Language
    change: Markup
    now: Markup
    theirs: Markup
    merged: str | None
    written: str


@bp.get("/<slug>/<region>/proposals/<int:number>")
@requires(Permission.READ_DRAFT)
def proposal(slug: str, region: str, number: int) -> ResponseReturnValue:
    """Show a proposal to those it was made to, or to those who sent it."""
    edition = opened(slug, region)
    found = queries.get(edition, number)
    if found.edition_id != edition.id:
        return _sent(edition, found)
    return _letter(edition, found, writing=request.args.get(WRITE) == "1")


@bp.post("/<slug>/<region>/proposals/<int:number>")
@requires(Permission.READ_DRAFT)
def decide_proposal(slug: str, region: str, number: int) -> ResponseReturnValue:
    """Carry out a decision on a proposal and go on to the next one that waits; or take one's own back."""
    edition = opened(slug, region)
    found = queries.get(edition, number)
    actor, choice, seen = current_actor(), request.form.get("choice", ""), request.form.get("seen", "")
    here = url_for(".proposal", number=number, **address(edition))
    if choice == "withdraw":
        actions.withdraw(actor, found)
        say(gettext("Taken back. Nobody is asked about it any more."))
        return back(here)
    if choice == WRITE:
        return back(url_for(".proposal", number=number, write=1, _anchor="written", **address(edition)))
    written = {code: request.form.get(f"written-{code}", "") for code in found.texts} if choice == "written" else None
    try:
        if choice in ("accept", "written"):
            parts = request.form.getlist("part") if choice == "accept" and "parts" in request.form else None
            revision = actions.accept(actor, found, texts=written, parts=parts, why=typed("why"), seen=seen)
            link = url_for("curriculum.change", number=revision.number, **address(edition))
            said = Markup('{} <a href="{}">{}</a>')
            say(said.format(gettext("Accepted; it stands in the draft."), link, gettext("See it, or take it back")))
        elif choice == "decline":
            actions.decline(actor, found, typed("why"), seen=seen)
            say(gettext("Declined. Whoever proposed it reads your reason."))
        elif choice == "later":
            actions.look_later(actor, found)
        else:
            raise rules.UnknownKind
    except Refused as refused:
        if refused.status in (403, 404):
            raise
        return _letter(edition, found, writing=written is not None, fault=sentence(refused)), refused.status
    following = queries.next_open(edition, number)
    if following is None:
        return back(url_for(".proposals", **address(edition)))
    return back(url_for(".proposal", number=following.id, **address(edition)))


def waiting_for(actor: Actor) -> list[Waiting]:
    """The editions with proposals that wait for this person."""
    if not allows(actor, Permission.DECIDE_PROPOSAL):
        return []
    return [
        Waiting(
            title=str(ngettext("%(num)s proposal waits for an answer", "%(num)s proposals wait for an answer", number)),
            url=url_for("discussion.proposals", **address(edition)),
            do=gettext("Look at the proposals"),
            over=f"{title_of(edition)} · {region_name(edition.region)}",
        )
        for edition, number in queries.waiting(actor)
    ]


def _letter(edition: Edition, found: Proposal, *, writing: bool, fault: str = "") -> str:
    judged = queries.judged(edition, [found])[0]
    beside = [one for one in queries.of_block(edition, found.block_uid) if one.id != found.id]
    around = [found.block_uid, *([judged.anchor] if judged.anchor else [])]
    local = contents.state(editions.head_of(edition)).local
    written = {code: request.form.get(f"written-{code}", "") for code in found.texts}
    sheets = [_sheet(edition, judged, code, written) for code in judged.texts]
    return render_template(
        "discussion/proposal.html",
        edition=edition,
        proposal=found,
        judged=judged,
        sheets=sheets,
        paragraph=_paragraph(edition, judged) if found.kind is ProposalKind.MOVE else "",
        beside=beside,
        names=places.names(edition, around, language()),
        parts_of_unit=_parts(edition, found) if found.kind is ProposalKind.UNIT else [],
        module=structure.module_units(edition, found, judged.anchor, language())
        if found.kind is ProposalKind.UNIT
        else None,
        ticked=request.form.getlist("part") if "parts" in request.form else None,
        decides=decides(edition),
        mine=found.account_id is not None and found.account_id == current_actor().account_id,
        writing=writing,
        fault=fault,
        typed=request.form,
        words=words,
        local=local,
        preview=lambda text, code: shown(edition, code, text),
    )


def _sheet(edition: Edition, judged: queries.Judged, code: Language, written: Mapping[Language, str]) -> Sheet:
    text, local = judged.texts[code], contents.state(editions.head_of(edition)).local
    after = text.proposed if text.merged is None else text.merged
    return Sheet(
        language=code,
        change=redlines.between((text.current, after), code, local, local),
        now=redlines.page(text.current, code, local) if text.current else Markup(),
        theirs=redlines.between((text.base, text.proposed), code, local, local),
        merged=text.merged,
        written=written.get(code) or text.merged or text.proposed,
    )


def _parts(edition: Edition, found: Proposal) -> list[tuple[Uid, Markup]]:
    """The paragraphs of a proposed unit as they would read here, its title first."""
    unit, local = structure.unpacked(found), contents.state(editions.head_of(edition)).local
    wanted = language() if language() in found.texts else found.language
    bodies = contents.bodies(name for block in unit.blocks for name in block.texts.values())
    parts = []
    for block in unit.blocks:
        code = wanted if wanted in block.texts else next(iter(block.texts))
        parts.append((block.uid, redlines.page(bodies[block.texts[code]], code, local)))
    return parts


def _paragraph(edition: Edition, judged: queries.Judged) -> str:
    """The paragraph that is to be moved, as it stands."""
    now = contents.state(editions.head_of(edition))
    code = judged.proposal.language
    bodies = contents.bodies([judged.current[code]]) if code in judged.current else {}
    return redlines.page(next(iter(bodies.values()), ""), code, now.local) if bodies else ""


def _sent(edition: Edition, found: Proposal) -> str:
    """A proposal as those see it who sent it: their words, and the answer; nothing of the other edition's draft."""
    local = contents.state(editions.head_of(edition)).local
    bases = contents.bodies(str(name) for name in found.bases.values())
    texts = [
        (code, redlines.between((bases.get(found.bases.get(code, ""), ""), str(text)), code, local, local))
        for code, text in found.texts.items()
    ]
    mine = found.account_id is not None and found.account_id == current_actor().account_id
    return render_template(
        "discussion/sent.html",
        edition=edition,
        proposal=found,
        texts=texts,
        names=places.names(edition, [found.new_uid or found.block_uid, *found.anchors[:1]], language()),
        may_withdraw=found.is_open and (mine or decides(edition)),
        words=words,
    )
