"""What a finding rests on, which blocks it speaks of, and what is to become of it."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete, select

from app.core.content import Uid
from app.curriculum.models import Edition
from app.curriculum.queries import contents, editions
from app.infra.audit import record
from app.infra.db import db
from app.infra.transactions import transactional
from app.people.permissions import Actor, Permission, check
from app.study import rules
from app.study.kinds import FindingStatus
from app.study.models import Evidence, Finding, FindingBlock
from app.study.queries import rows
from app.study.sheets import Kind

COLUMNS = {Kind.SOURCES: "source_id", Kind.ARTICLES: "article_id", Kind.INSTRUMENTS: "instrument_id"}


@transactional
def rest_on(
    actor: Actor, edition: Edition, finding: Finding, kind: Kind, row: int, *, note: str = ""
) -> Evidence | None:
    """Say that a finding rests on a source, a row of the review, an instrument, or a question of one.

    All are of the same edition. None when that was said already.
    """
    _own(actor, edition, finding)
    if len(note) > rules.LONGEST_TEXT:
        raise rules.TooLong(count=rules.LONGEST_TEXT)
    found = rows.get(edition, kind, row)
    if kind is Kind.QUESTIONS:
        columns = {"instrument_id": found.instrument_id, "question_id": found.id}  # type: ignore[attr-defined]
    elif kind in COLUMNS:
        columns = {COLUMNS[kind]: found.id, "question_id": None}
    else:
        raise rules.NothingToRestOn
    if db.session.scalar(select(Evidence).filter_by(finding_id=finding.id, **columns).limit(1)) is not None:
        return None
    evidence = Evidence(finding_id=finding.id, note=note.strip(), **columns)
    db.session.add(evidence)
    record(actor.account_id, "finding.rests_on", finding, kind=kind.value, row=row)
    return evidence


@transactional
def no_longer_rest_on(actor: Actor, edition: Edition, finding: Finding, evidence: int) -> None:
    """Take back that a finding rests on something."""
    _own(actor, edition, finding)
    gone = db.session.get(Evidence, evidence)
    if gone is None or gone.finding_id != finding.id:
        raise rules.NoSuchRow
    db.session.delete(gone)
    record(actor.account_id, "finding.no_longer_rests_on", finding, evidence=evidence)


@transactional
def attach(actor: Actor, edition: Edition, finding: Finding, uids: Iterable[Uid]) -> int:
    """Say of which blocks of the edition a finding speaks, besides those it speaks of already; return how many more."""
    _own(actor, edition, finding)
    known = set(db.session.scalars(select(FindingBlock.block_uid).where(FindingBlock.finding_id == finding.id)))
    content = contents.state(editions.head_of(edition)).content
    new = 0
    for uid in dict.fromkeys(uids):
        place = content.find(uid)
        if place is None:
            raise rules.NoSuchPlace
        if uid not in known:
            db.session.add(FindingBlock(finding_id=finding.id, unit_uid=place[1].uid, block_uid=uid))
            new += 1
    record(actor.account_id, "finding.attached", finding, count=new)
    return new


@transactional
def detach(actor: Actor, edition: Edition, finding: Finding, uid: Uid) -> None:
    """Say that a finding does not speak of a block after all."""
    _own(actor, edition, finding)
    db.session.execute(
        delete(FindingBlock).where(FindingBlock.finding_id == finding.id, FindingBlock.block_uid == uid)
    )  # fmt: skip
    record(actor.account_id, "finding.detached", finding, block=uid)


@transactional
def settle(actor: Actor, edition: Edition, finding: Finding, status: FindingStatus, *, why: str = "") -> Finding:
    """Say what is to become of a finding; no change, or passing it on, needs a reason."""
    _own(actor, edition, finding)
    if len(why) > rules.LONGEST_TEXT:
        raise rules.TooLong(count=rules.LONGEST_TEXT)
    if status in (FindingStatus.NO_CHANGE, FindingStatus.PASSED_UP) and not why.strip():
        raise rules.NeedsWhy
    before, finding.status, finding.status_why = finding.status, status, why.strip()
    record(actor.account_id, "finding.settled", finding, before=before.value, after=status.value)
    return finding


def _own(actor: Actor, edition: Edition, finding: Finding) -> None:
    check(actor, Permission.KEEP_STUDY, editions.scope_of(edition))
    if finding.edition_id != edition.id:
        raise rules.NoSuchRow
    if finding.archived_at is not None:
        raise rules.PutAway
