"""Changing one block from the reading page: its words, its place, what comes after it, whether it stays."""

from __future__ import annotations

from typing import Any

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.adaptation import actions, rules
from app.core.content import Block, Language, LinkState, Lock, Uid, Unit, canonical
from app.core.errors import Refused
from app.core.merge import Link, state
from app.core.prose import merge_text
from app.curriculum.actions.commit import ChangedMeanwhile
from app.curriculum.models import Edition
from app.curriculum.queries import contents, parents
from app.curriculum.queries import editions as queries
from app.curriculum.web import redlines
from app.infra.i18n import sentence
from app.people.login import current_actor
from app.people.permissions import Permission
from app.study.web import offer, ticked
from app.web.errors import back, say
from app.web.pages import requires

from . import bp, evidence_given, faults, opened, place, saved, why_given
from .editing import FIELDS, shown


def language_of(edition: Edition) -> Language:
    """The language of the text, as the address says; the edition's first when it says none."""
    wanted = request.args.get("in", "")
    return wanted if wanted in edition.languages else edition.languages[0]


def found(edition: Edition, uid: Uid) -> tuple[contents.State, Unit, Block]:
    """A block of the draft with its unit; not found when it is not there (any more)."""
    now = contents.state(queries.head_of(edition))
    spot = now.content.find(uid)
    if spot is None:
        abort(404)
    return now, spot[1], spot[1].blocks[spot[2]]


def reading(edition: Edition, unit: Uid, language: Language, uid: Uid | None = None) -> str:
    """The address of a unit's page, at one of its blocks."""
    return url_for("curriculum.unit", unit=unit, _anchor=f"b-{uid}" if uid else None, **place(edition, language))


@bp.get("/<slug>/<region>/blocks/<block>/edit")
@requires(Permission.EDIT_CONTENT)
def edit_block(slug: str, region: str, block: str) -> ResponseReturnValue:
    """Offer one block for changing, and what else can be done with it."""
    return as_it_stands(opened(slug, region), block)


def as_it_stands(edition: Edition, uid: Uid) -> str:
    """A block's page with its words as they are saved."""
    _, _, here = found(edition, uid)
    text = contents.texts_of([here], language_of(edition))[0] or ""
    return _page(edition, uid, text, seen=here.texts.get(language_of(edition), ""))


@bp.post("/<slug>/<region>/blocks/<block>/edit")
@requires(Permission.EDIT_CONTENT)
def save_block(slug: str, region: str, block: str) -> ResponseReturnValue:
    """Save one block's words, or only show how they will look."""
    edition = opened(slug, region)
    language = language_of(edition)
    _, unit, here = found(edition, block)
    text, why, seen = request.form.get("text", ""), why_given(), request.form.get("seen")
    if request.form.get("do") == "preview" or "look" in request.form:
        return _page(edition, block, text, why, seen=seen or "")
    typed = canonical(text).strip("\n")
    if not typed.strip():
        return back(url_for(".remove_block", block=block, **place(edition, language)))
    try:
        revision = actions.edit_block(
            current_actor(),
            edition,
            block,
            language,
            typed,
            why=why,
            evidence=evidence_given(),
            findings=ticked(),
            seen_digest=seen,
        )
    except rules.NothingChanged:
        say(gettext("Nothing was changed, so nothing was saved."), "note")
        return back(reading(edition, unit.uid, language, block))
    except ChangedMeanwhile as refused:
        newest = here.texts.get(language, "")
        texts = contents.bodies([seen or "", newest])
        stale = _stale(edition, language, texts.get(seen or "", ""), typed, texts.get(newest, ""))
        return _page(edition, block, text, why, newest, faults(refused, FIELDS), stale), refused.status
    except Refused as refused:
        return _page(edition, block, text, why, seen or "", faults(refused, FIELDS)), refused.status
    saved(edition, gettext("Saved."), revision.number)
    return back(reading(edition, unit.uid, language, block))


def _stale(edition: Edition, language: Language, base: str, mine: str, theirs: str) -> dict[str, Any]:
    """What changed since the person began, and both texts together where the content core can join them."""
    local = contents.state(queries.head_of(edition)).local
    merge = merge_text(base, mine, theirs)
    merged = merge.proposed()
    return {
        "theirs": redlines.of_pieces(base, theirs, language, local),
        "merged": merged,
        "merged_shown": redlines.of_pieces(theirs, merged, language, local) if merged is not None else [],
        "careful": merge.careful,
    }


@bp.get("/<slug>/<region>/blocks/<block>/insert")
@requires(Permission.EDIT_CONTENT)
def insert_block(slug: str, region: str, block: str) -> ResponseReturnValue:
    """Offer to write something new after a block."""
    return _insert_page(opened(slug, region), block, "", "", {})


@bp.post("/<slug>/<region>/blocks/<block>/insert")
@requires(Permission.EDIT_CONTENT)
def save_new_block(slug: str, region: str, block: str) -> ResponseReturnValue:
    """Add what was written after a block."""
    edition = opened(slug, region)
    language, text, why = language_of(edition), request.form.get("text", ""), why_given()
    _, unit, _ = found(edition, block)
    if request.form.get("do") == "preview" or "look" in request.form:
        return _insert_page(edition, block, text, why, {})
    try:
        typed = canonical(text).strip("\n")
        if not typed.strip():
            raise rules.NothingWritten
        revision = actions.insert_block(
            current_actor(), edition, block, language, typed, why=why, evidence=evidence_given(), findings=ticked()
        )
    except Refused as refused:
        return _insert_page(edition, block, text, why, faults(refused, FIELDS)), refused.status
    known = {b.uid for b in unit.blocks}
    after = next((u for _, u in contents.state(revision).content.units() if u.uid == unit.uid), unit)
    new = next((b.uid for b in after.blocks if b.uid not in known), block)
    saved(edition, gettext("Added."), revision.number)
    return back(reading(edition, unit.uid, language, new))


@bp.post("/<slug>/<region>/blocks/<block>/move")
@requires(Permission.EDIT_CONTENT)
def move_block(slug: str, region: str, block: str) -> ResponseReturnValue:
    """Move a block up or down within its unit."""
    steps = max(-500, min(500, request.form.get("steps", 0, type=int)))
    edition = opened(slug, region)
    _, unit, _ = found(edition, block)
    if "look" in request.form:
        return as_it_stands(edition, block)
    try:
        revision = actions.move_block(
            current_actor(), edition, block, steps, why=why_given(), evidence=evidence_given(), findings=ticked()
        )
        saved(edition, gettext("Moved."), revision.number)
    except rules.NothingChanged:
        say(gettext("It is there already; nothing was changed."), "note")
    except Refused as refused:
        say(sentence(refused), "fault")
        return as_it_stands(edition, block), refused.status
    return back(reading(edition, unit.uid, language_of(edition), block))


@bp.get("/<slug>/<region>/blocks/<block>/remove")
@requires(Permission.EDIT_CONTENT)
def remove_block(slug: str, region: str, block: str) -> ResponseReturnValue:
    """Ask whether a block is to go, and why."""
    return _remove_page(opened(slug, region), block, "", {})


@bp.post("/<slug>/<region>/blocks/<block>/remove")
@requires(Permission.EDIT_CONTENT)
def take_block_out(slug: str, region: str, block: str) -> ResponseReturnValue:
    """Take a block out, in every language."""
    edition = opened(slug, region)
    language = language_of(edition)
    _, unit, _ = found(edition, block)
    at = next(i for i, b in enumerate(unit.blocks) if b.uid == block)
    beside = unit.blocks[at - 1].uid if at else None
    if "look" in request.form:
        return _remove_page(edition, block, why_given(), {})
    try:
        revision = actions.remove_block(
            current_actor(), edition, block, why=why_given(), evidence=evidence_given(), findings=ticked()
        )
    except Refused as refused:
        return _remove_page(edition, block, why_given(), faults(refused, FIELDS, "why")), refused.status
    saved(edition, gettext("Taken out."), revision.number)
    return back(reading(edition, unit.uid, language, beside))


def _remove_page(edition: Edition, uid: Uid, why: str, errors: dict[str, list[str]]) -> str:
    now, unit, block = found(edition, uid)
    language = language_of(edition)
    texts = contents.texts_of([block], language)
    return render_template(
        "adaptation/remove_block.html",
        **_frame(edition, unit, block, language),
        html=redlines.page(texts[0], language, now.local) if texts[0] else "",
        inherited=parents.base_content(now.local).block(uid) is not None,
        why=why,
        errors=errors,
    )


def _insert_page(edition: Edition, uid: Uid, text: str, why: str, errors: dict[str, list[str]]) -> str:
    now, unit, block = found(edition, uid)
    language = language_of(edition)
    before = contents.texts_of([block], language)[0]
    return render_template(
        "adaptation/insert_block.html",
        **_frame(edition, unit, block, language),
        before=redlines.page(before, language, now.local) if before else "",
        text=text,
        html=shown(edition, language, text),
        why=why,
        errors=errors,
        needs_why=bool(now.local.bases),
    )


def _page(
    edition: Edition,
    uid: Uid,
    text: str,
    why: str = "",
    seen: str = "",
    errors: dict[str, list[str]] | None = None,
    stale: dict[str, Any] | None = None,
) -> str:
    now, unit, block = found(edition, uid)
    language = language_of(edition)
    base = parents.base_content(now.local)
    was = base.find(uid)
    theirs = was[1].blocks[was[2]] if was else None
    link = now.local.links.get(uid, Link())
    standing = state(uid, base, now.content, link) if base.modules else None
    at = unit.blocks.index(block)
    return render_template(
        "adaptation/edit_block.html",
        **_frame(edition, unit, block, language),
        text=text,
        html=shown(edition, language, text),
        why=why,
        seen=seen,
        errors=errors or {},
        stale=stale,
        standing=standing,
        frozen=link.frozen,
        confirmed=link.confirmed,
        theirs=theirs,
        fixed=theirs is not None and theirs.lock is Lock.FIXED,
        must_adapt=theirs is not None and theirs.lock is Lock.MUST_ADAPT,
        differs=standing in {LinkState.ADAPTED, LinkState.FROZEN} and theirs is not None,
        may_move_up=at > 1,
        may_move_down=0 < at < len(unit.blocks) - 1,
        is_title=at == 0,
        needs_why=bool(now.local.bases),
    )


def _frame(edition: Edition, unit: Unit, block: Block, language: Language) -> dict[str, Any]:
    """What every page about a block shows: where it is, and the way back to it."""
    content = contents.state(queries.head_of(edition)).content
    given = offer(edition, block=block.uid, unit=unit.uid)
    return {
        "edition": edition,
        "unit": unit,
        "block": block,
        "uid": block.uid,
        "language_of_text": language,
        "title": redlines.unit_titles([content], [language, *edition.languages]).get(unit.uid, unit.uid),
        "back_to": reading(edition, unit.uid, language, block.uid),
        "evidence": evidence_given(),
        "offer": given,
        "bare": given.untouched(),
        "doing": request.form.get("do", ""),
        "why_typed": why_given(),
    }
