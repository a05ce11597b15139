"""Saying something about a block, answering, settling it, putting it better, taking it back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from app.core.content import Language, Uid
from app.core.plain import plain
from app.curriculum.models import Edition
from app.curriculum.queries import contents, editions
from app.discussion import rules
from app.discussion.models import Comment, CommentWording, Source
from app.discussion.queries import comments, places
from app.infra import clock
from app.infra.audit import record
from app.infra.db import db
from app.infra.transactions import transactional
from app.people.permissions import Actor, Permission, check


@transactional
def add_comment(
    actor: Actor,
    edition: Edition,
    uid: Uid,
    text: str,
    *,
    language: Language | None = None,
    quote: str = "",
    author_name: str = "",
    said_at: datetime | None = None,
    source: Source = Source.SCREEN,
    reply_to: Comment | int | None = None,
    key: str = "",
) -> Comment:
    """Say something about a block, or answer what was said; the same `key` from the same source says it only once.

    `author_name` is somebody without an account, whose words the actor brings in. A reply reopens nothing.
    """
    check(actor, Permission.COMMENT, editions.scope_of(edition))
    body = rules.said(text)
    editions.hold(edition)
    known = _imported(edition, source, key)
    if known is not None:
        return known
    first = _first(edition, reply_to)
    uid = first.block_uid if first is not None else uid
    spot = places.spot(edition, uid)
    if language is not None:
        rules.check_languages([language], edition.languages)
    quote = " ".join(rules.bounded(quote, rules.LONGEST_REASON).split())
    comment = Comment(
        edition_id=edition.id,
        block_uid=uid,
        unit_uid=first.unit_uid if first is not None else spot.unit.uid if spot.unit is not None else "",
        language=language or (first.language if first is not None else None),
        thread_id=first.id if first is not None else None,
        body=body,
        quote=quote,
        quote_at=_place_of(spot, language, quote),
        account_id=None if author_name.strip() else actor.account_id,
        author_name=rules.bounded(author_name, rules.LONGEST_NAME) or actor.name,
        said_at=said_at or clock.now(),
        added_at=clock.now(),
        source=source,
        import_key=key or None,
        resolved=False,
        settled_by_name="",
    )
    db.session.add(comment)
    record(actor.account_id, "comment.added", comment, block=uid)
    return comment


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


def _imported(edition: Edition, source: Source, key: str) -> Comment | None:
    if not key:
        return None
    return db.session.scalar(
        select(Comment).where(Comment.edition_id == edition.id, Comment.source == source, Comment.import_key == key)
    )


def _first(edition: Edition, reply_to: Comment | int | None) -> Comment | None:
    """The comment that begins the thread which is answered."""
    if reply_to is None:
        return None
    found = comments.get(edition, reply_to if isinstance(reply_to, int) else reply_to.id)
    return found if found.thread_id is None else comments.get(edition, found.thread_id)


def _place_of(spot: places.Spot, language: Language | None, quote: str) -> int:
    if not quote or spot.block is None or language is None or language not in spot.block.texts:
        return 0
    text = contents.bodies([spot.block.texts[language]]).get(spot.block.texts[language], "")
    found = rules.place_of(quote, text) or rules.place_of(quote, plain(text))
    return found[0] if found else 0


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
