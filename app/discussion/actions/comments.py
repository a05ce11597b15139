"""Settling what was said about a block, putting it better, taking it back; saying it is `saying.py`'s."""

from __future__ import annotations

from app.curriculum.models import Edition
from app.curriculum.queries import editions
from app.discussion import rules
from app.discussion.models import Comment, CommentWording
from app.discussion.queries import comments
from app.infra import clock
from app.infra.audit import record
from app.infra.db import db
from app.infra.transactions import transactional
from app.people.permissions import Actor, Permission, check


@transactional
def edit_comment(actor: Actor, comment: Comment, text: str) -> Comment:
    """Put one's own comment into other words; the earlier ones are kept and can be read."""
    _check_own(actor, comment)
    body = rules.said(text)
    if body != comment.body:
        db.session.add(CommentWording(comment_id=comment.id, body=comment.body, until=clock.now()))
        comment.body, comment.edited_at = body, clock.now()
        record(actor.account_id, "comment.edited", comment)
    return comment


@transactional
def withdraw_comment(actor: Actor, comment: Comment) -> None:
    """Take a comment back: its words are shown no more, the answers to it stay.

    Whoever wrote it may, and whoever decides on the edition's content.
    """
    edition = _edition(comment)
    check(actor, Permission.COMMENT, editions.scope_of(edition))
    if not _own(actor, comment):
        check(actor, Permission.EDIT_CONTENT, editions.scope_of(edition))
    if comment.withdrawn_at is None:
        comment.withdrawn_at = clock.now()
        record(actor.account_id, "comment.withdrawn", comment)


@transactional
def resolve_comment(actor: Actor, comment: Comment, done: bool = True) -> Comment:
    """Mark the thread of a comment as settled, or open it again; who and when stands beside it."""
    edition = _edition(comment)
    check(actor, Permission.COMMENT, editions.scope_of(edition))
    first = comment if comment.thread_id is None else comments.get(edition, comment.thread_id)
    if first.resolved is not done:
        first.resolved = done
        first.settled_at, first.settled_by_id, first.settled_by_name = clock.now(), actor.account_id, actor.name
        record(actor.account_id, "comment.resolved" if done else "comment.reopened", first)
    return first


def _edition(comment: Comment) -> Edition:
    found = db.session.get(Edition, comment.edition_id)
    if found is None:
        raise rules.NoSuchComment
    return found


def _own(actor: Actor, comment: Comment) -> bool:
    return actor.account_id is not None and comment.account_id == actor.account_id


def _check_own(actor: Actor, comment: Comment) -> None:
    check(actor, Permission.COMMENT, editions.scope_of(_edition(comment)))
    if not _own(actor, comment):
        raise rules.NotYours
    if comment.withdrawn_at is not None:
        raise rules.Withdrawn
