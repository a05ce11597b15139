"""What stands about talk, proposals and notices on the pages of an edition, a unit and a block."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.curriculum.queries import editions
from app.curriculum.web.panels import Subject
from app.discussion import words
from app.discussion.queries import comments, notices, places, proposals
from app.people.login import current_actor
from app.people.permissions import Permission

from . import decides, may


def of_block(subject: Subject) -> Mapping[str, Any] | None:
    """The threads on a block, the proposals for it, and the ways to say and to propose something."""
    edition, uid = subject.edition, subject.uid
    if uid is None or not editions.may_read_draft(current_actor(), edition):
        return None
    threads = comments.of_block(edition, uid)
    return {
        "threads": threads,
        "open": sum(not thread.first.resolved for thread in threads),
        "proposals": proposals.of_block(edition, uid),
        "may_comment": may(Permission.COMMENT, edition),
        "may_propose": may(Permission.PROPOSE_CHANGE, edition),
        "inherits": bool(subject.seen.state.local.bases),
        "words": words,
    }


def of_unit(subject: Subject) -> Mapping[str, Any] | None:
    """The paragraphs of a unit that people talk about, with how many threads and proposals are open on each."""
    edition, unit = subject.edition, subject.unit
    if unit is None or not editions.may_read_draft(current_actor(), edition):
        return None
    uids = [block.uid for block in unit.blocks]
    said, proposed = comments.open_by_block(edition, uids), proposals.open_by_block(edition, uids)
    if not said and not proposed:
        return None
    named = places.names(edition, [uid for uid in uids if uid in said or uid in proposed], subject.seen.language)
    return {
        "rows": [(uid, said.get(uid, 0), proposed.get(uid, 0)) for uid in uids if uid in said or uid in proposed],
        "names": named,
        "total": (sum(said.values()), sum(proposed.values())),
    }


def of_edition(subject: Subject) -> Mapping[str, Any] | None:
    """The urgent notices that an edition has not answered, and how many proposals wait for whoever decides."""
    edition = subject.edition
    if subject.seen.release is not None or not editions.may_read_draft(current_actor(), edition):
        return None
    urgent = notices.waiting(edition)
    count = proposals.open_count(edition) if decides(edition) else 0
    return {"urgent": urgent, "proposals": count, "words": words} if urgent or count else None
