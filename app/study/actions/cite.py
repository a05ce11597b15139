"""Tying what was done to the findings it was done for."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from app.curriculum.models import Act, Edition
from app.curriculum.queries import editions
from app.infra.audit import record
from app.infra.db import db
from app.infra.transactions import transactional
from app.people.permissions import Actor, Permission, check
from app.study import rules
from app.study.kinds import FindingStatus
from app.study.models import Citation, Finding
from app.study.queries import findings


@transactional
def cite(actor: Actor, act: Act, finding_ids: Collection[int]) -> int:
    """Say that an act was done because of findings, while it is done or long after; return how many are new to it.

    Raises `UnknownFinding` when one is neither of the act's edition nor of an edition above it that the actor reads.
    An open finding of the edition itself counts as acted on from then.
    """
    if not finding_ids:
        return 0
    edition = db.session.get_one(Edition, act.edition_id)
    return _tie(actor, act, chosen(actor, edition, finding_ids))


@transactional
def cite_decided(actor: Actor, act: Act, found: Collection[Finding]) -> int:
    """Say that an act carries out choices that were made for findings; return how many are new to it.

    Whoever chose was asked then whether they may cite them; what was put away since is cited all the same.
    """
    edition = db.session.get_one(Edition, act.edition_id)
    check(actor, Permission.SYNC_EDITION, editions.scope_of(edition))
    return _tie(actor, act, found) if found else 0


def chosen(actor: Actor, edition: Edition, finding_ids: Collection[int]) -> list[Finding]:
    """The findings that somebody ticks for a change of an edition; `UnknownFinding` when one is not to be cited."""
    wanted = set(finding_ids)
    if not wanted:
        return []
    check(actor, Permission.KEEP_STUDY, editions.scope_of(edition))
    found = findings.citable(actor, edition, wanted)
    if len(found) != len(wanted):
        raise rules.UnknownFinding
    return found


def _tie(actor: Actor, act: Act, found: Collection[Finding]) -> int:
    wanted = {finding.id for finding in found}
    before = set(db.session.scalars(select(Citation.finding_id).where(Citation.act_id == act.id)))
    for finding in found:
        if finding.id not in before:
            db.session.add(Citation(act_id=act.id, finding_id=finding.id))
        if finding.status is FindingStatus.OPEN and finding.edition_id == act.edition_id:
            finding.status = FindingStatus.ACTED_ON
    record(actor.account_id, "act.cites", act, findings=sorted(wanted))
    return len(wanted - before)
