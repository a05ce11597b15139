"""Saying something about a block, and answering: one comment, or all that a file brings.

Changing a comment, settling it and taking it back are `comments.py`'s.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import select

from app.core.content import Language, Uid
from app.core.errors import Refused
from app.core.plain import plain
from app.curriculum.models import Edition
from app.curriculum.queries import contents, editions
from app.discussion import rules
from app.discussion.models import Comment, Source
from app.discussion.queries import comments, places
from app.infra import clock
from app.infra.audit import record_all
from app.infra.db import db
from app.infra.transactions import transactional
from app.people.permissions import Actor, Permission, check


@dataclass(frozen=True, slots=True)
class Saying:
    """What somebody says about a block: the arguments of `add_comment`, those alike for a whole file apart.

    `resolved`: the thread that it begins is settled already.
    """

    uid: Uid
    text: str
    language: Language | None = None
    quote: str = ""
    author_name: str = ""
    said_at: datetime | None = None
    reply_to: Comment | int | None = None
    key: str = ""
    resolved: bool = False


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
    saying = Saying(uid, text, language, quote, author_name, said_at, reply_to, key)
    (said,) = add_comments(actor, edition, [saying], source)
    if isinstance(said, Refused):
        raise said
    return said


@transactional
def add_comments(
    actor: Actor, edition: Edition, sayings: Sequence[Saying], source: Source = Source.SCREEN
) -> list[Comment | Refused]:
    """Say all of this as `add_comment` does each, in a number of queries that does not grow; what is refused is said.

    The answers stand in the order of the sayings: the comment, also where it was known already, or why there is none.
    """
    check(actor, Permission.COMMENT, editions.scope_of(edition))
    editions.hold(edition)
    known = _imported(edition, source, [one.key for one in sayings if one.key])
    page = _Page(edition, source, sayings)
    answers: list[Comment | Refused] = []
    new: list[Comment] = []
    for saying in sayings:
        made: Comment | Refused | None = None
        try:
            body = rules.said(saying.text)
            made = known.get(saying.key) if saying.key else None
            if made is None:
                made = page.comment(actor, saying, body)
                new.append(made)
                if saying.key:
                    known[saying.key] = made
        except Refused as fault:
            made = fault
        answers.append(made)
    db.session.add_all(new)
    record_all(actor.account_id, "comment.added", [(one, {"block": one.block_uid}) for one in new])
    record_all(actor.account_id, "comment.resolved", [(one, {}) for one in new if one.resolved])
    return answers


class _Page:
    """What things are said about: the blocks of an edition, read once for all of them."""

    def __init__(self, edition: Edition, source: Source, sayings: Sequence[Saying]) -> None:
        self.edition, self.source = edition, source
        self._spots: dict[Uid, places.Spot | Refused] = {}
        self._plain = cache(plain)
        quoted = [self._text_name(one.uid, one.language) for one in sayings if one.quote.strip()]
        self._bodies: Mapping[str, str] = contents.bodies(name for name in quoted if name) if quoted else {}

    def comment(self, actor: Actor, saying: Saying, body: str) -> Comment:
        """What a saying comes to, once everything that may be wrong with it was looked at."""
        first = self._first(saying.reply_to)
        uid = first.block_uid if first is not None else saying.uid
        unit = self._spot(uid).unit
        if saying.language is not None:
            rules.check_languages([saying.language], self.edition.languages)
        quote = " ".join(rules.bounded(saying.quote, rules.LONGEST_REASON).split())
        settled = saying.resolved and first is None
        return Comment(
            edition_id=self.edition.id,
            block_uid=uid,
            unit_uid=first.unit_uid if first is not None else unit.uid if unit is not None else "",
            language=saying.language or (first.language if first is not None else None),
            thread_id=first.id if first is not None else None,
            body=body,
            quote=quote,
            quote_at=self._place_of(uid, saying.language, quote),
            account_id=None if saying.author_name.strip() else actor.account_id,
            author_name=rules.bounded(saying.author_name, rules.LONGEST_NAME) or actor.name,
            said_at=saying.said_at or clock.now(),
            added_at=clock.now(),
            source=self.source,
            import_key=saying.key or None,
            resolved=settled,
            settled_at=clock.now() if settled else None,
            settled_by_id=actor.account_id if settled else None,
            settled_by_name=actor.name if settled else "",
        )

    def _spot(self, uid: Uid) -> places.Spot:
        if uid not in self._spots:
            try:
                self._spots[uid] = places.spot(self.edition, uid)
            except Refused as fault:
                self._spots[uid] = fault
        found = self._spots[uid]
        if isinstance(found, Refused):
            raise found
        return found

    def _text_name(self, uid: Uid, language: Language | None) -> str:
        """The digest of what stands in a block in a language; empty when nothing does."""
        try:
            block = self._spot(uid).block
        except Refused:
            return ""
        return block.texts.get(language, "") if block is not None and language is not None else ""

    def _place_of(self, uid: Uid, language: Language | None, quote: str) -> int:
        text = self._text(self._text_name(uid, language)) if quote else ""
        if not text:
            return 0
        found = rules.place_of(quote, text) or rules.place_of(quote, self._plain(text))
        return found[0] if found else 0

    def _text(self, name: str) -> str:
        """What a digest names; an answer may quote another block than the one that it names."""
        if name and name not in self._bodies:
            self._bodies = {**self._bodies, **contents.bodies([name])}
        return self._bodies.get(name, "") if name else ""

    def _first(self, reply_to: Comment | int | None) -> Comment | None:
        """The comment that begins the thread which is answered."""
        if reply_to is None:
            return None
        found = comments.get(self.edition, reply_to if isinstance(reply_to, int) else reply_to.id)
        return found if found.thread_id is None else comments.get(self.edition, found.thread_id)


def _imported(edition: Edition, source: Source, keys: Sequence[str]) -> dict[str, Comment]:
    """The comments that came under these keys already."""
    statement = select(Comment).where(Comment.edition_id == edition.id, Comment.source == source)
    return {
        one.import_key: one
        for some in places.portions(keys)
        for one in db.session.scalars(statement.where(Comment.import_key.in_(some)))
        if one.import_key is not None
    }
