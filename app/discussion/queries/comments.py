"""Reading threads of comments: of a block, of an edition with filters, and how many are open."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import aliased

from app.core.content import Uid
from app.curriculum.models import Edition
from app.curriculum.queries import contents, editions
from app.discussion import rules
from app.discussion.models import Comment, CommentWording
from app.infra.db import db
from app.people.permissions import Actor

PER_PAGE = 20


class Show(StrEnum):
    """Which threads are listed."""

    OPEN = "open"
    RESOLVED = "resolved"
    MINE = "mine"
    ALL = "all"


class Sort(StrEnum):
    """The order in which threads are listed."""

    NEWEST = "newest"
    OLDEST = "oldest"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Thread:
    """A comment and the replies to it, oldest first."""

    first: Comment
    replies: list[Comment]

    @property
    def comments(self) -> list[Comment]:
        return [self.first, *self.replies]


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of threads, and how many there are of each kind."""

    threads: list[Thread]
    total: int
    counts: dict[Show, int]

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PER_PAGE))


def of_block(edition: Edition, uid: Uid) -> list[Thread]:
    """The threads on a block, open ones first, then newest first; two queries."""
    return _threads(
        select(Comment)
        .where(Comment.edition_id == edition.id, Comment.block_uid == uid, Comment.thread_id.is_(None), _alive())
        .order_by(Comment.resolved, Comment.said_at.desc(), Comment.id.desc())
    )


def get(edition: Edition, number: int) -> Comment:
    """A comment of this edition; `NoSuchComment` for another's."""
    found = db.session.get(Comment, number)
    if found is None or found.edition_id != edition.id:
        raise rules.NoSuchComment
    return found


def thread(edition: Edition, number: int) -> Thread:
    """The thread that a comment of this edition belongs to."""
    found = get(edition, number)
    return _threads(select(Comment).where(Comment.id == (found.thread_id or found.id)))[0]


def wordings(comments: Sequence[Comment]) -> dict[int, list[CommentWording]]:
    """What edited comments said before, oldest first, by comment."""
    ids = [comment.id for comment in comments if comment.edited_at is not None]
    found: dict[int, list[CommentWording]] = {}
    if ids:
        rows = select(CommentWording).where(CommentWording.comment_id.in_(ids)).order_by(CommentWording.id)
        for row in db.session.scalars(rows):
            found.setdefault(row.comment_id, []).append(row)
    return found


def listing(
    actor: Actor, edition: Edition, show: Show, *, unit: Uid = "", search: str = "", sort: Sort = Sort.NEWEST, page: int
) -> Listing:
    """One page of an edition's threads; the number of queries does not grow with them."""
    place = _places(edition)
    chosen = _firsts(edition)
    if unit:
        here = [uid for uid, (home, _) in place.items() if home == unit]
        chosen = chosen.where(or_(Comment.block_uid.in_(here), Comment.unit_uid == unit))
    for word in search.split()[:8]:
        chosen = chosen.where(Comment.id.in_(_saying(edition, word)))
    counts = {one: _count(_narrowed(actor, chosen, one)) for one in Show}
    shown = _narrowed(actor, chosen, show)
    if sort is Sort.PLACE:
        firsts = sorted(
            db.session.execute(shown.with_only_columns(Comment.id, Comment.block_uid)).all(),
            key=lambda row: (place.get(row.block_uid, ("", len(place)))[1], row.id),
        )
        wanted = [row.id for row in firsts[(page - 1) * PER_PAGE : page * PER_PAGE]]
        found = {t.first.id: t for t in _threads(select(Comment).where(Comment.id.in_(wanted)))}
        return Listing([found[number] for number in wanted], counts[show], counts)
    at = Comment.said_at.desc() if sort is Sort.NEWEST else Comment.said_at
    tie = Comment.id.desc() if sort is Sort.NEWEST else Comment.id
    shown = shown.order_by(at, tie).limit(PER_PAGE).offset((page - 1) * PER_PAGE)
    return Listing(_threads(shown), counts[show], counts)


def open_count(edition: Edition, uids: Collection[Uid] | None = None) -> int:
    """How many threads are open, in the whole edition or on these blocks."""
    chosen = _firsts(edition).where(Comment.resolved.is_(False))
    if uids is not None:
        chosen = chosen.where(Comment.block_uid.in_(list(uids)))
    return db.session.scalar(chosen.with_only_columns(func.count(Comment.id))) or 0


def open_by_block(edition: Edition, uids: Collection[Uid]) -> dict[Uid, int]:
    """How many threads are open on each of these blocks; those without any are left out."""
    chosen = _firsts(edition).where(Comment.resolved.is_(False), Comment.block_uid.in_(list(uids)))
    rows = db.session.execute(
        chosen.with_only_columns(Comment.block_uid, func.count(Comment.id)).group_by(Comment.block_uid)
    )
    return {row[0]: row[1] for row in rows}


def quoted(comment: Comment, text: str) -> tuple[int, int] | None:
    """Where the words that a comment is about stand in a text now; None when they are gone, or it is about none."""
    return rules.place_of(comment.quote, text, comment.quote_at)


def _firsts(edition: Edition) -> Select[Comment]:
    return select(Comment).where(Comment.edition_id == edition.id, Comment.thread_id.is_(None), _alive())


def _alive() -> ColumnElement[bool]:
    """Whether there is still something of a thread: its first comment, or a reply to it."""
    reply = aliased(Comment)
    replies = select(reply.id).where(reply.thread_id == Comment.id, reply.withdrawn_at.is_(None))
    return or_(Comment.withdrawn_at.is_(None), replies.exists())


def _saying(edition: Edition, word: str) -> Select[int]:
    """The threads in which somebody says a word, or whose quote or author has it."""
    columns = (Comment.body, Comment.quote, Comment.author_name)
    return select(func.coalesce(Comment.thread_id, Comment.id)).where(
        Comment.edition_id == edition.id,
        Comment.withdrawn_at.is_(None),
        or_(*(func.lower(column).contains(word.lower(), autoescape=True) for column in columns)),
    )


def _narrowed(actor: Actor, chosen: Select[Comment], show: Show) -> Select[Comment]:
    """Those of the chosen threads that are shown."""
    if show is Show.OPEN:
        return chosen.where(Comment.resolved.is_(False))
    if show is Show.RESOLVED:
        return chosen.where(Comment.resolved.is_(True))
    if show is Show.MINE:
        mine = aliased(Comment)
        said = select(func.coalesce(mine.thread_id, mine.id)).where(
            mine.account_id == actor.account_id, mine.account_id.is_not(None), mine.withdrawn_at.is_(None)
        )
        return chosen.where(Comment.id.in_(said))
    return chosen


def _count(chosen: Select[Comment]) -> int:
    return db.session.scalar(select(func.count()).select_from(chosen.with_only_columns(Comment.id).subquery())) or 0


def _threads(firsts: Select[Comment]) -> list[Thread]:
    """These threads with their replies; two queries."""
    found = db.session.scalars(firsts).all()
    replies: dict[int | None, list[Comment]] = {}
    if found:
        rows = select(Comment).where(Comment.thread_id.in_([first.id for first in found]))
        for reply in db.session.scalars(rows.order_by(Comment.said_at, Comment.id)):
            replies.setdefault(reply.thread_id, []).append(reply)
    return [Thread(first, replies.get(first.id, [])) for first in found]


def _places(edition: Edition) -> dict[Uid, tuple[Uid, int]]:
    """Each block of the draft with its unit and its place in reading order."""
    content = contents.state(editions.head_of(edition)).content
    return {block.uid: (unit.uid, at) for at, (_, unit, block) in enumerate(content.blocks())}
