"""Findings that come from where an edition is taught: written down by the layers above, in the words of who taught.

Whether somebody may say so is asked there, where the teaching lies; here nobody types.
"""

from __future__ import annotations

from sqlalchemy import select

from app.core.content import Uid
from app.curriculum.models import Edition
from app.curriculum.queries import contents, editions
from app.infra import clock
from app.infra.db import db
from app.study import rules
from app.study.kinds import FindingStatus, SourceKind, Strength
from app.study.models import Citation, Evidence, Finding, FindingBlock, Source
from app.study.queries import findings


def tell(
    account_id: int | None, edition: Edition, words: str, *, source: str, where: str, unit: Uid, block: Uid | None
) -> Finding:
    """Write down as a finding what somebody says who taught a unit of this edition; the designers weigh it.

    `source` names the group that was taught, `where` which meeting. A block that is gone falls back to the unit's head.
    """
    editions.hold(edition)
    finding = Finding(
        edition_id=edition.id,
        created_at=clock.now(),
        created_by_id=account_id,
        code=rules.next_code(findings.codes(edition)),
        statement=words,
        strength=Strength.WEAK,
        status=FindingStatus.OPEN,
        status_why="",
        note="",
    )
    db.session.add(finding)
    db.session.flush()
    db.session.add(Evidence(finding_id=finding.id, source_id=_source(account_id, edition, source).id, note=where))
    place(edition, finding, unit, block)
    return finding


def place(edition: Edition, finding: Finding, unit: Uid, block: Uid | None) -> None:
    """Tie a finding to a block of its edition's draft, or to the head of the unit; to none where the unit is gone."""
    content = contents.state(editions.head_of(edition)).content
    whole = next((one for _, one in content.units() if one.uid == unit), None)
    heads = [one.uid for one in whole.blocks[:1]] if whole is not None else []
    wanted = [block] if block and content.find(block) is not None else heads
    for uid in wanted:
        found = content.find(uid)
        if found is not None:
            db.session.add(FindingBlock(finding_id=finding.id, unit_uid=found[1].uid, block_uid=uid))


def is_untouched(finding: Finding, words: str) -> bool:
    """Whether nobody has worked with a finding since these words were written down."""
    cited = db.session.scalar(select(Citation.id).where(Citation.finding_id == finding.id).limit(1))
    return finding.status is FindingStatus.OPEN and finding.statement == words and cited is None


def _source(account_id: int | None, edition: Edition, title: str) -> Source:
    found = db.session.scalar(
        select(Source)
        .where(Source.edition_id == edition.id, Source.title == title, Source.kind == SourceKind.RECORD)
        .order_by(Source.id)
        .limit(1)
    )
    if found is None:
        found = Source(
            edition_id=edition.id,
            created_at=clock.now(),
            created_by_id=account_id,
            title=title,
            kind=SourceKind.RECORD,
            organisation="",
            found_at="",
            note="",
        )
        db.session.add(found)
        db.session.flush()
    return found
