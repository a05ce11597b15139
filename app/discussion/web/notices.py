"""Urgent notices: sending one with a release, who has answered, what one asks of this edition, and the answer."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.core.errors import Refused
from app.curriculum.models import Edition
from app.curriculum.queries import contents, editions, parents
from app.curriculum.web import page_number, redlines, title_of
from app.curriculum.web.waiting import Waiting
from app.discussion import actions, rules, words
from app.discussion.models import Notice
from app.discussion.queries import notices as queries
from app.infra.i18n import format_day, language, region_name, sentence
from app.people.login import current_actor
from app.people.permissions import Actor, Permission
from app.web.errors import back, say
from app.web.pages import requires

from . import address, bp, may, opened, typed


@bp.get("/<slug>/<region>/notices")
@requires(Permission.READ_DRAFT)
def notices(slug: str, region: str) -> ResponseReturnValue:
    """List the urgent notices that reached an edition and those it sent; offer to send one."""
    return _list(opened(slug, region))


@bp.post("/<slug>/<region>/notices")
@requires(Permission.RELEASE_EDITION)
def send_notice(slug: str, region: str) -> ResponseReturnValue:
    """Send an urgent notice with one of this edition's releases."""
    edition = opened(slug, region, Permission.RELEASE_EDITION)
    try:
        release = editions.release(edition, typed("version") or None)
        day = rules.deadline(typed("deadline"), queries.today())
        made = actions.send_notice(current_actor(), release, typed("why"), day)
    except Refused as refused:
        if refused.status == 403:
            raise
        name = {rules.BadDeadline: "deadline", rules.NeedsWhy: "why", rules.TooLong: "why"}.get(
            type(refused), "version"
        )
        return _list(edition, {name: [sentence(refused)]}), 422
    say(gettext("Sent. Every edition below sees it at once, until it has answered."))
    return back(url_for(".notice", number=made.id, **address(edition)))


@bp.get("/<slug>/<region>/notices/<int:number>")
@requires(Permission.READ_DRAFT)
def notice(slug: str, region: str, number: int) -> ResponseReturnValue:
    """Show one notice: why, until when, which paragraphs; to the sender who has answered."""
    edition = opened(slug, region)
    return _page(edition, queries.get(edition, number))


@bp.post("/<slug>/<region>/notices/<int:number>")
@requires(Permission.SYNC_EDITION)
def answer_notice(slug: str, region: str, number: int) -> ResponseReturnValue:
    """Say that a notice does not concern this edition, take that back, or withdraw one's own notice."""
    edition = opened(slug, region, Permission.SYNC_EDITION)
    found, actor, do = queries.get(edition, number), current_actor(), request.form.get("do", "")
    try:
        if do == "withdraw":
            actions.withdraw_notice(actor, found, typed("why"))
            say(gettext("Withdrawn. Nobody is asked any more."))
        elif do == "reopen":
            actions.reopen_notice(actor, found, edition)
        else:
            actions.answer_notice(actor, found, edition, typed("why"))
            say(gettext("Answered. Those who sent the notice read your reason."))
    except Refused as refused:
        if refused.status in (403, 404):
            raise
        return _page(edition, found, sentence(refused)), refused.status
    return back(url_for(".notice", number=number, **address(edition)))


def waiting_for(actor: Actor) -> list[Waiting]:
    """The urgent notices that wait for this person, for the first page."""
    return [
        Waiting(
            title=gettext(
                "Urgent: %(place)s %(version)s has to be looked at by %(day)s",
                place=region_name(one.notice.edition.region),
                version=one.notice.release.version,
                day=format_day(one.notice.deadline),
            ),
            url=url_for("discussion.notice", number=one.notice.id, **address(one.edition)),
            do=gettext("Read the notice"),
            over=f"{title_of(one.edition)} · {region_name(one.edition.region)} · {words.days(one.days)}",
            text=one.notice.why,
            urgent=True,
        )
        for one in queries.urgent_for(actor)
    ]


def _list(edition: Edition, errors: dict[str, list[str]] | None = None) -> str:
    sends = may(Permission.RELEASE_EDITION, edition)
    return render_template(
        "discussion/notices.html",
        edition=edition,
        received=[(one, line, queries.days_left(one)) for one, line in queries.received(edition)],
        sent=[(one, queries.report(current_actor(), one)) for one in queries.sent(edition)] if sends else [],
        sends=sends,
        releases=editions.releases(edition)[:20] if sends else [],
        below=bool(editions.children(edition)),
        errors=errors or {},
        typed=request.form,
        words=words,
    )


def _page(edition: Edition, found: Notice, fault: str = "") -> str:
    sender = found.edition
    own = sender.id == edition.id
    readable = editions.may_read_release(current_actor(), sender)
    before, changed = queries.about(found) if readable else (None, [])
    page = page_number()
    some = changed[(page - 1) * redlines.PER_PAGE : page * redlines.PER_PAGE]
    after = contents.state(found.release.revision)
    line = None if own else queries.line(found, edition)
    through = edition.parent if edition.parent_id != sender.id and not own else None
    behind = {one.release.edition_id for one in parents.grandparent_notices(current_actor(), edition)}
    order = sorted(sender.languages, key=lambda code: code[:2] != language()[:2])
    return render_template(
        "discussion/notice.html",
        edition=edition,
        sender=sender,
        notice=found,
        own=own,
        line=line,
        days=queries.days_left(found),
        report=queries.report(current_actor(), found) if own else None,
        before=before,
        readable=readable,
        units=redlines.by_unit(some, contents.state(before.revision), after, order) if before else [],
        changed=len(changed),
        page=page,
        pages=max(1, -(-len(changed) // redlines.PER_PAGE)),
        through=through,
        passed_on=through is None or (readable and sender.id not in behind),
        may_answer=may(Permission.SYNC_EDITION, edition),
        may_withdraw=own and may(Permission.RELEASE_EDITION, edition),
        fault=fault,
        typed=request.form,
        words=words,
    )
