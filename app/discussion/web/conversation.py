"""What was said about an edition's paragraphs: all of it with filters, and one paragraph with its threads."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.adaptation.web import row_number
from app.core.content import Uid
from app.core.errors import Refused
from app.core.plain import plain
from app.curriculum.models import Edition
from app.curriculum.queries import contents, editions
from app.curriculum.web import page_number, redlines
from app.discussion import actions, words
from app.discussion.models import Comment
from app.discussion.queries import comments, places
from app.infra.i18n import language
from app.people.login import current_actor
from app.people.permissions import Permission
from app.web.errors import back, say
from app.web.pages import requires

from . import address, bp, faults, language_of, may, opened, typed


@bp.get("/<slug>/<region>/conversation")
@requires(Permission.READ_DRAFT)
def conversation(slug: str, region: str) -> ResponseReturnValue:
    """List what was said about an edition, with search, filters and order."""
    edition, page = opened(slug, region), page_number()
    show = request.args.get("show", comments.Show.OPEN, type=comments.Show)
    sort = request.args.get("sort", comments.Sort.NEWEST, type=comments.Sort)
    unit, search = request.args.get("unit", ""), request.args.get("q", "").strip()[:200]
    listing = comments.listing(current_actor(), edition, show, unit=unit, search=search, sort=sort, page=page)
    return render_template(
        "discussion/conversation.html",
        edition=edition,
        listing=listing,
        names=places.names(edition, {t.first.block_uid for t in listing.threads}, language()),
        show=show,
        sort=sort,
        unit=unit,
        search=search,
        page=page,
        words=words,
    )


@bp.get("/<slug>/<region>/blocks/<block>/comments")
@requires(Permission.READ_DRAFT)
def talk(slug: str, region: str, block: str) -> ResponseReturnValue:
    """Show everything said about one paragraph, with places to answer."""
    return _talk(opened(slug, region), block)


@bp.post("/<slug>/<region>/blocks/<block>/comments")
@requires(Permission.COMMENT)
def say_something(slug: str, region: str, block: str) -> ResponseReturnValue:
    """Say something about a paragraph, or answer what was said."""
    edition = opened(slug, region, Permission.COMMENT)
    text, answered = typed("text"), row_number("reply_to") if typed("reply_to") else None
    try:
        added = actions.add_comment(
            current_actor(),
            edition,
            block,
            text,
            language=language_of(edition),
            quote=typed("quote"),
            reply_to=answered,
        )
    except Refused as refused:
        if refused.status != 422:
            raise
        return _talk(edition, block, errors=faults(refused, f"text-{answered}" if answered else "text")), 422
    say(gettext("Said. Everybody who works on this edition can read it."))
    return back(_address(edition, block, added))


@bp.post("/<slug>/<region>/conversation/<int:number>")
@requires(Permission.COMMENT)
def tend(slug: str, region: str, number: int) -> ResponseReturnValue:
    """Settle a thread or open it again; put one's own comment better, or take it back."""
    edition = opened(slug, region, Permission.COMMENT)
    comment = comments.get(edition, number)
    actor, do = current_actor(), request.form.get("do", "")
    try:
        if do in ("resolve", "reopen"):
            actions.resolve_comment(actor, comment, do == "resolve")
        elif do == "withdraw":
            actions.withdraw_comment(actor, comment)
        elif do == "edit":
            actions.edit_comment(actor, comment, request.form.get("text", ""))
    except Refused as refused:
        if refused.status != 422:
            raise
        return _talk(edition, comment.block_uid, errors=faults(refused, f"edit-{number}")), 422
    if request.form.get("to") == "list":
        return back(url_for(".conversation", **address(edition)))
    return back(_address(edition, comment.block_uid, comment))


def _address(edition: Edition, uid: Uid, comment: Comment) -> str:
    return url_for(".talk", block=uid, _anchor=f"c-{comment.id}", **address(edition, language_of(edition)))


def _talk(edition: Edition, uid: Uid, errors: dict[str, list[str]] | None = None) -> str:
    spot, code = places.spot(edition, uid), language_of(edition)
    threads = comments.of_block(edition, uid)
    block = spot.block if spot.there else None
    text = (contents.texts_of([block], code)[0] or "") if block is not None else ""
    local = contents.state(editions.head_of(edition)).local
    readable = plain(text)
    return render_template(
        "discussion/talk.html",
        edition=edition,
        uid=uid,
        spot=spot,
        names=places.names(edition, [uid], language()),
        language_of_text=code,
        html=redlines.page(text, code, local) if text else "",
        threads=threads,
        found={t.first.id: comments.quoted(t.first, readable) is not None for t in threads if t.first.quote},
        wordings=comments.wordings([comment for thread in threads for comment in thread.comments]),
        may_comment=may(Permission.COMMENT, edition),
        may_edit=editions.may_edit(current_actor(), edition),
        errors=errors or {},
        typed=request.form,
        words=words,
    )
