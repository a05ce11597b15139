"""Sending an urgent notice with a release, answering that it does not concern one's edition, withdrawing it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from sqlalchemy import select

from app.curriculum.models import Edition, Release
from app.curriculum.queries import editions
from app.discussion import rules
from app.discussion.models import Notice, NoticeAnswer
from app.discussion.queries import notices
from app.infra import clock
from app.infra.audit import record
from app.infra.db import db
from app.infra.transactions import transactional
from app.people.permissions import Actor, Permission, check


@transactional
def send_notice(actor: Actor, release: Release, why: str, deadline: date) -> Notice:
    """Tell every edition below that this release has to be looked at by a day, and why. One per release."""
    check(actor, Permission.RELEASE_EDITION, editions.scope_of(release.edition))
    editions.hold(release.edition)
    reason = rules.bounded(why)
    if not reason:
        raise rules.NeedsWhy
    rules.deadline(deadline.isoformat(), notices.today())
    sent = select(Notice.id).where(Notice.release_id == release.id, Notice.withdrawn_at.is_(None))
    if db.session.scalar(sent) is not None:
        raise rules.SentAlready(version=release.version)
    notice = Notice(
        release=release,
        why=reason,
        due_at=datetime.combine(deadline, time(), UTC),
        account_id=actor.account_id,
        author_name=actor.name,
        sent_at=clock.now(),
        withdrawn_by_name="",
        withdrawn_why="",
    )
    db.session.add(notice)
    record(actor.account_id, "notice.sent", notice, version=release.version)
    return notice


@transactional
def withdraw_notice(actor: Actor, notice: Notice, why: str) -> Notice:
    """Take a notice back; nobody below is asked any more, and what was answered stays."""
    check(actor, Permission.RELEASE_EDITION, editions.scope_of(notice.edition))
    reason = rules.bounded(why)
    if not reason:
        raise rules.NeedsWhy
    if notice.withdrawn_at is None:
        notice.withdrawn_at, notice.withdrawn_by_name, notice.withdrawn_why = clock.now(), actor.name, reason
        record(actor.account_id, "notice.withdrawn", notice)
    return notice


@transactional
def answer_notice(actor: Actor, notice: Notice, edition: Edition, why: str) -> NoticeAnswer:
    """Say that a notice does not concern this edition, and why; the sender reads it."""
    check(actor, Permission.SYNC_EDITION, editions.scope_of(edition))
    editions.hold(edition)
    reason = rules.bounded(why)
    if not reason:
        raise rules.NeedsDecline
    line = notices.line(notice, edition)
    if notice.withdrawn_at is not None or line is None or line.standing is notices.Standing.TAKEN:
        raise rules.NothingToAnswer
    answer = NoticeAnswer(
        notice_id=notice.id,
        edition_id=edition.id,
        why=reason,
        account_id=actor.account_id,
        author_name=actor.name,
        at=clock.now(),
    )
    db.session.add(answer)
    record(actor.account_id, "notice.answered", notice, edition=edition.name)
    return answer


@transactional
def reopen_notice(actor: Actor, notice: Notice, edition: Edition) -> None:
    """Take back the answer that a notice does not concern this edition."""
    check(actor, Permission.SYNC_EDITION, editions.scope_of(edition))
    rows = select(NoticeAnswer).where(
        NoticeAnswer.notice_id == notice.id,
        NoticeAnswer.edition_id == edition.id,
        NoticeAnswer.withdrawn_at.is_(None),
    )
    for answer in db.session.scalars(rows):
        answer.withdrawn_at = clock.now()
        record(actor.account_id, "notice.reopened", notice, edition=edition.name)
