"""What a study tells on an edition's pages: needs behind it, findings about a paragraph, a case's credits."""

from __future__ import annotations

from typing import Any

from app.core.content import Kind
from app.curriculum.queries import editions
from app.curriculum.web import panels
from app.people.login import current_actor
from app.study.queries import checks, findings, needs


def install() -> None:
    """Leave the panels where the pages of an edition ask for them."""
    panels.register(panels.Panel("study/_needs.html", _needs, panels.Place.EDITION, order=60))
    panels.register(panels.Panel("study/_findings.html", _findings, panels.Place.BLOCK, order=20))
    panels.register(panels.Panel("study/_cases.html", _cases, panels.Place.UNIT, order=70))
    panels.register(panels.Panel("study/_written.html", _written, panels.Place.RELEASE, order=60))


def _needs(subject: panels.Subject) -> dict[str, Any] | None:
    if subject.seen.release is not None or not editions.may_read_draft(current_actor(), subject.edition):
        return None
    found = needs.behind(current_actor(), subject.edition)
    return {"needs": found} if found else None


def _findings(subject: panels.Subject) -> dict[str, Any] | None:
    if subject.uid is None or not editions.may_read_draft(current_actor(), subject.edition):
        return None
    found = findings.of_block(subject.edition, subject.uid)
    return {"findings": found} if found else None


def _cases(subject: panels.Subject) -> dict[str, Any] | None:
    """The credits of the cases in a unit; whoever agreed is named."""
    if subject.unit is None:
        return None
    uids = [block.uid for block in subject.unit.blocks if block.kind is Kind.CASE]
    found = [checks.credits_of(case) for case in checks.cases_of(subject.edition, uids)] if uids else []
    return {"cases": found} if found else None


def _written(subject: panels.Subject) -> dict[str, Any] | None:
    """Who wrote the cases of a release, a line for each group that wrote; whoever agreed is named."""
    uids = [block.uid for _, _, block in subject.seen.state.content.blocks() if block.kind is Kind.CASE]
    known = checks.credits_of_cases(subject.edition, uids) if uids else {}
    groups: dict[tuple[tuple[str, ...], str], int] = {}
    for uid in uids:
        if uid in known and (known[uid].names or known[uid].unnamed):
            key = (tuple(known[uid].names), known[uid].organisation)
            groups[key] = groups.get(key, 0) + 1
    return {"groups": groups} if groups else None
