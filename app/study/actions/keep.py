"""The rows of an edition's study: written down, changed, tied to a block, put away, brought back. Never deleted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.core.content import Uid
from app.curriculum.models import Edition
from app.curriculum.queries import contents, editions
from app.infra import clock
from app.infra.audit import record
from app.infra.db import db
from app.infra.transactions import transactional
from app.people.permissions import Actor, Permission, check
from app.study import rules
from app.study.kinds import FindingStatus
from app.study.models import Article, CaseRecord, Kept
from app.study.queries import findings, rows
from app.study.sheets import SHEETS, Kind


@transactional
def keep(
    actor: Actor,
    edition: Edition,
    kind: Kind,
    given: Mapping[str, str],
    *,
    row: int | None = None,
    within: int | None = None,
    seen: str = "",
) -> Kept:
    """Write down a thing of an edition's study as it was typed, or change the row of that number; return it.

    `within` is the row it belongs to, for what belongs to one. Raises `Faults` with the fields that are wrong, and
    `NoSuchRow` for rows of other editions. `seen` is the mark of the row as the form showed it.
    """
    check(actor, Permission.KEEP_STUDY, editions.scope_of(edition))
    sheet = SHEETS[kind]
    values = rules.read(sheet.fields, given)
    source = values.get("source_id")
    if source is not None and source not in {one.id for one in rows.sources(edition)}:
        raise rules.Faults({"source_id": rules.NotOffered()})
    if row is not None:
        kept = rows.get(edition, kind, row)
        editions.hold(edition)
        db.session.refresh(kept)
        rules.check_seen(sheet.fields, kept, values, seen)
        changed = [name for name, value in values.items() if getattr(kept, name) != value]
        for name in changed:
            setattr(kept, name, values[name])
        record(actor.account_id, f"{kept.__tablename__}.changed", kept, fields=changed)
        return kept
    if sheet.within is not None:
        values[sheet.parent] = rows.get(edition, sheet.within, within or 0).id
    kept = sheet.model(
        edition_id=edition.id,
        created_at=clock.now(),
        created_by_id=actor.account_id,
        **values,
        **_at_first(edition, kind),
    )
    db.session.add(kept)
    record(actor.account_id, f"{kept.__tablename__}.kept", kept)
    return kept


def _at_first(edition: Edition, kind: Kind) -> dict[str, Any]:
    """What a new row has that nobody types."""
    if kind is Kind.FINDINGS:
        editions.hold(edition)
        return {"code": rules.next_code(findings.codes(edition)), "status": FindingStatus.OPEN, "status_why": ""}
    return {"unit_uid": "", "block_uid": ""} if kind in (Kind.ARTICLES, Kind.CASES) else {}


@transactional
def place(actor: Actor, edition: Edition, kind: Kind, row: int, uid: Uid) -> Kept:
    """Say which block of the edition a row of the review or a case is about; none when the uid is empty."""
    check(actor, Permission.KEEP_STUDY, editions.scope_of(edition))
    kept = rows.get(edition, kind, row)
    if not isinstance(kept, Article | CaseRecord):
        raise rules.NoSuchRow
    found = contents.state(editions.head_of(edition)).content.find(uid) if uid else None
    if uid and found is None:
        raise rules.NoSuchPlace
    kept.unit_uid, kept.block_uid = (found[1].uid, uid) if found else ("", "")
    record(actor.account_id, f"{kept.__tablename__}.placed", kept, block=kept.block_uid)
    return kept


@transactional
def put_away(actor: Actor, edition: Edition, kind: Kind, row: int) -> Kept:
    """Put a row away: it leaves the lists, what cites it keeps it."""
    return _moved(actor, edition, kind, row, away=True)


@transactional
def bring_back(actor: Actor, edition: Edition, kind: Kind, row: int) -> Kept:
    """Bring a row back that was put away."""
    return _moved(actor, edition, kind, row, away=False)


def _moved(actor: Actor, edition: Edition, kind: Kind, row: int, *, away: bool) -> Kept:
    check(actor, Permission.KEEP_STUDY, editions.scope_of(edition))
    kept = rows.get(edition, kind, row)
    kept.archived_at = clock.now() if away else None
    record(actor.account_id, f"{kept.__tablename__}.{'put_away' if away else 'brought_back'}", kept)
    return kept
