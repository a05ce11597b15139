"""Urgent notices: which an edition has to answer, how each edition below stands to one, what it is about."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import select

from app.core.content import Uid
from app.curriculum.manifests import Local
from app.curriculum.models import Edition, Release
from app.curriculum.queries import comparing, contents, editions
from app.discussion import rules
from app.discussion.models import Notice, NoticeAnswer
from app.infra import clock
from app.infra.db import db
from app.people.permissions import Actor, Permission, allows


class Standing(StrEnum):
    """What an edition has done about a notice."""

    TAKEN = "taken"
    NOT_OURS = "not_ours"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Urgent:
    """A notice that an edition has not answered; `days` are left, below 0 it is overdue."""

    notice: Notice
    edition: Edition
    days: int


@dataclass(frozen=True, slots=True)
class Line:
    """An edition below the sender's: how far below, and what it has done."""

    edition: Edition
    depth: int
    standing: Standing
    answer: NoticeAnswer | None


@dataclass(frozen=True, slots=True)
class Report:
    """How all editions below stand; those that the reader may not know of are only counted."""

    lines: list[Line]
    hidden: int
    hidden_open: int

    @property
    def open(self) -> int:
        return sum(line.standing is Standing.OPEN for line in self.lines) + self.hidden_open

    @property
    def total(self) -> int:
        return len(self.lines) + self.hidden


def days_left(notice: Notice) -> int:
    """How many days there are until the deadline; below 0 when it has passed."""
    return (notice.deadline - today()).days


def today() -> date:
    """The day it is."""
    return clock.now().date()


def urgent_for(actor: Actor) -> list[Urgent]:
    """The unanswered notices to editions that this person takes changes into, the soonest deadline first."""
    live = _live()
    if not live or not allows(actor, Permission.SYNC_EDITION):
        return []
    found = [e for e in _all() if e.head is not None and allows(actor, Permission.SYNC_EDITION, editions.scope_of(e))]
    return _waiting(live, found)


def waiting(edition: Edition) -> list[Urgent]:
    """The notices that this edition has not answered, the soonest deadline first."""
    live = _live()
    return _waiting(live, [edition]) if live and edition.head is not None else []


def received(edition: Edition) -> list[tuple[Notice, Line]]:
    """Every notice from an edition above that stands, newest first, with what this edition did about it."""
    above = {one.id for one in editions.ancestors(edition)}
    live = [notice for notice in _live() if notice.release.edition_id in above]
    lines = _lines(live, {edition.id: edition})
    return [(notice, lines[notice.id, edition.id]) for notice in reversed(live)]


def sent(edition: Edition) -> list[Notice]:
    """The notices that this edition has sent, newest first, withdrawn ones too."""
    rows = select(Notice).join(Release, Notice.release_id == Release.id).where(Release.edition_id == edition.id)
    return list(db.session.scalars(rows.order_by(Notice.id.desc())))


def get(edition: Edition, number: int) -> Notice:
    """A notice that this edition sent or was sent; `NoSuchNotice` for any other."""
    found = db.session.get(Notice, number)
    concerned = {edition.id, *(one.id for one in editions.ancestors(edition))}
    if found is None or found.release.edition_id not in concerned:
        raise rules.NoSuchNotice
    return found


def line(notice: Notice, edition: Edition) -> Line | None:
    """How an edition stands to a notice; None for the sender's own."""
    return _lines([notice], {edition.id: edition}).get((notice.id, edition.id))


def report(actor: Actor, notice: Notice) -> Report:
    """How every edition below the sender's stands to a notice, level by level."""
    family = {one.id: one for one in editions.family(notice.edition.slug) if one.head is not None}
    lines = [found for (_, _), found in _lines([notice], family).items()]
    released = editions.latest_releases(sorted(family))
    known = [
        one
        for one in lines
        if editions.may_read_draft(actor, one.edition)
        or (one.edition.id in released and editions.may_read_release(actor, one.edition))
    ]
    hidden = [one for one in lines if one not in known]
    return Report(_by_level(known), len(hidden), sum(one.standing is Standing.OPEN for one in hidden))


def about(notice: Notice) -> tuple[Release | None, list[comparing.Changed]]:
    """The release before the one a notice is about, and what changed from the one to the other."""
    before = _before([notice]).get(notice.id)
    if before is None:
        return None, []
    states = contents.states([before.revision, notice.release.revision])
    return before, comparing.changes(states[before.revision_id].content, states[notice.release.revision_id].content)


def _by_level(lines: Sequence[Line]) -> list[Line]:
    """Children under their parents, as far as they are listed; what needs a person first among brothers."""
    under: dict[int | None, list[Line]] = {}
    known = {one.edition.id for one in lines}
    for one in lines:
        parent = one.edition.parent_id if one.edition.parent_id in known else None
        under.setdefault(parent, []).append(one)
    result: list[Line] = []

    def add(parent: int | None) -> None:
        for one in sorted(under.get(parent, []), key=lambda x: (x.standing is not Standing.OPEN, x.edition.region)):
            result.append(one)
            add(one.edition.id)

    add(None)
    return result


def _live() -> list[Notice]:
    return list(db.session.scalars(select(Notice).where(Notice.withdrawn_at.is_(None)).order_by(Notice.id)))


def _all() -> list[Edition]:
    return list(db.session.scalars(select(Edition).order_by(Edition.id)))


def _waiting(live: Sequence[Notice], found: Sequence[Edition]) -> list[Urgent]:
    lines = _lines(live, {edition.id: edition for edition in found})
    notices = {notice.id: notice for notice in live}
    waits = [
        Urgent(notices[number], one.edition, days_left(notices[number]))
        for (number, _), one in lines.items()
        if one.standing is Standing.OPEN
    ]
    return sorted(waits, key=lambda one: (one.days, one.edition.slug, one.edition.region, one.notice.id))


def _lines(notices: Sequence[Notice], found: Mapping[int, Edition]) -> dict[tuple[int, int], Line]:
    """How these editions stand to these notices, for each pair of a sender and an edition below it."""
    parents = {row.id: row.parent_id for row in db.session.execute(select(Edition.id, Edition.parent_id))}
    depths = {
        (notice.id, edition_id): depth
        for notice in notices
        for edition_id in found
        if (depth := _depth(parents, edition_id, notice.release.edition_id)) > 0
    }
    if not depths:
        return {}
    concerned = [found[number] for number in sorted({edition_id for _, edition_id in depths})]
    reach = _reach(concerned)
    touched = _touched(notices)
    answers = _answers([notice.id for notice in notices])
    by_id = {notice.id: notice for notice in notices}
    lines = {}
    for (number, edition_id), depth in depths.items():
        answer = answers.get((number, edition_id))
        taken = _has_taken(by_id[number], touched.get(number, set()), *reach[edition_id])
        standing = Standing.TAKEN if taken else Standing.NOT_OURS if answer is not None else Standing.OPEN
        lines[number, edition_id] = Line(found[edition_id], depth, standing, answer)
    return lines


def _depth(parents: Mapping[int, int | None], edition_id: int, above: int) -> int:
    """How many levels an edition is below another; 0 when it is not."""
    depth, current = 0, parents.get(edition_id)
    while current is not None and depth < len(parents):
        depth += 1
        if current == above:
            return depth
        current = parents.get(current)
    return 0


def _reach(found: Sequence[Edition]) -> dict[int, tuple[list[Release], list[Local]]]:
    """For each edition, the releases that its draft is made of at any distance, and the link tables on the way.

    The number of queries grows with the levels, not with the editions.
    """
    heads = [edition.head for edition in found if edition.head is not None]
    tables = contents.locals_of(heads)
    local_of: dict[int, Local] = {}
    releases: dict[int, Release] = {}
    wanted = {number for table in tables.values() for number in table.bases.values()}
    while wanted:
        fresh = editions.releases_by_id(sorted(wanted))
        releases |= fresh
        more = contents.locals_of([release.revision for release in fresh.values()])
        local_of |= {number: more[release.revision_id] for number, release in fresh.items()}
        wanted = {n for number in fresh for n in local_of[number].bases.values()} - releases.keys()
    result = {}
    for edition in found:
        if edition.head is None:
            continue
        own = tables[edition.head.id]
        seen: list[int] = []
        open_ = list(own.bases.values())
        while open_:
            number = open_.pop()
            if number in releases and number not in seen:
                seen.append(number)
                open_ += local_of[number].bases.values()
        result[edition.id] = ([releases[n] for n in seen], [own, *(local_of[n] for n in seen)])
    return result


def _has_taken(notice: Notice, touched: Collection[Uid], releases: Sequence[Release], tables: Sequence[Local]) -> bool:
    """Whether a draft is made of the release of a notice or a later one, and nothing it is about was left for later."""
    sender, number = notice.release.edition_id, notice.release.revision.number
    if not any(one.edition_id == sender and one.revision.number >= number for one in releases):
        return False
    return not any(link.left for table in tables for uid, link in table.links.items() if uid in touched)


def _touched(notices: Sequence[Notice]) -> dict[int, set[Uid]]:
    """The blocks that each notice is about."""
    before = _before(notices)
    states = contents.states(
        [r for n in notices if n.id in before for r in (before[n.id].revision, n.release.revision)]
    )
    return {
        notice.id: {
            changed.uid
            for changed in comparing.changes(
                states[before[notice.id].revision_id].content, states[notice.release.revision_id].content, bodies={}
            )
        }
        for notice in notices
        if notice.id in before
    }


def _before(notices: Sequence[Notice]) -> dict[int, Release]:
    """The release before that of each notice; one query."""
    senders = sorted({notice.release.edition_id for notice in notices})
    rows = db.session.scalars(select(Release).where(Release.edition_id.in_(senders))).all()
    found = {}
    for notice in notices:
        number = notice.release.revision.number
        earlier = [r for r in rows if r.edition_id == notice.release.edition_id and r.revision.number < number]
        if earlier:
            found[notice.id] = max(earlier, key=lambda release: release.revision.number)
    return found


def _answers(ids: Sequence[int]) -> dict[tuple[int, int], NoticeAnswer]:
    """The newest answer to each notice of each edition that stands."""
    rows = db.session.scalars(
        select(NoticeAnswer)
        .where(NoticeAnswer.notice_id.in_(list(ids)), NoticeAnswer.withdrawn_at.is_(None))
        .order_by(NoticeAnswer.id)
    )
    return {(row.notice_id, row.edition_id): row for row in rows}
