"""Noting every change of an edition that is being tried as an adjustment, and grading it minor or major."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from app.core import variables
from app.core.content import Content, Uid, Unit
from app.curriculum.models import ActKind, Edition, Revision
from app.curriculum.queries import contents, editions
from app.infra import clock
from app.infra.audit import record
from app.infra.db import db
from app.infra.transactions import transactional
from app.people.permissions import Actor, Permission, check
from app.validation.models import Adjustment, Remark, Workshop
from app.validation.models.workshops import RemarkKind
from app.validation.queries import adjustments as queries
from app.validation.rules import adjustments as rules
from app.validation.rules import stages
from app.validation.rules import workshops as remark_rules
from app.validation.rules.adjustments import Grade, Reason


@transactional
def note_change(actor: Actor, edition: Edition, before: Revision | None, after: Revision) -> None:
    """Note how weighty a new state's changes are, unit by unit, once the edition is being tried.

    Listens to every new state. Changes of law variables touch the units that use them.
    """
    languages = queries.tried_in(edition.id) if before is not None else set()
    if before is None or not languages:
        return
    was, now = contents.state(before), contents.state(after)
    old, new = _units(was.content), _units(now.content)
    evidence = after.act.stems_from or ""
    stems = rules.marks_in(evidence)
    legal = _is_legal(edition, evidence) if stems else False
    touched = {uid: unit for uid, unit in {**old, **new}.items() if old.get(uid) is not new.get(uid)}
    for uid in touched:
        found = rules.reasons(old.get(uid), new.get(uid), languages)
        if found:
            reasons = rules.with_remarks(found, legal)
            _add(edition, after, uid, rules.changed(old.get(uid), new.get(uid)), stems, reasons)
    if after.act.kind is ActKind.VARIABLES:
        names = {
            name
            for name in {**was.local.resolved, **now.local.resolved}
            if rules.is_law(name) and was.local.resolved.get(name) != now.local.resolved.get(name)
        }
        for uid, blocks in _using(new, names).items():
            _add(edition, after, uid, blocks, stems, [Reason.LEGAL])


def _add(
    edition: Edition, after: Revision, uid: Uid, blocks: Sequence[Uid], stems: Sequence[str], found: Sequence[Reason]
) -> None:
    grade = rules.grade(found)
    db.session.add(
        Adjustment(
            edition_id=edition.id,
            act_id=after.act_id,
            revision_id=after.id,
            unit_uid=uid,
            blocks=list(blocks),
            stems=list(stems),
            reasons=[reason.value for reason in found],
            computed=grade,
            grade=grade,
            why="",
            graded_by="",
        )
    )


def _units(content: Content) -> dict[Uid, Unit]:
    return {unit.uid: unit for _, unit in content.units()}


def _using(units: dict[Uid, Unit], names: set[str]) -> dict[Uid, list[Uid]]:
    """The units, each with its blocks, whose texts use one of these variables; one query."""
    if not names:
        return {}
    bodies = contents.bodies({d for unit in units.values() for block in unit.blocks for d in block.texts.values()})
    found: dict[Uid, list[Uid]] = {}
    for uid, unit in units.items():
        for block in unit.blocks:
            if any(names & set(variables.names(bodies.get(name, ""))) for name in block.texts.values()):
                found.setdefault(uid, []).append(block.uid)
    return found


def _is_legal(edition: Edition, evidence: str) -> bool:
    """Whether one of the remarks that asked for a change was about the law."""
    for workshop_id, number in remark_rules.marks_in(evidence):
        kind = db.session.scalar(
            select(Remark.kind)
            .join(Workshop, Workshop.id == Remark.workshop_id)
            .where(Workshop.id == workshop_id, Workshop.edition_id == edition.id, Remark.number == number)
        )
        if kind is RemarkKind.LAW:
            return True
    return False


@transactional
def grade_adjustment(
    actor: Actor, edition: Edition, adjustment: Adjustment, wanted: Grade, why: str, *, seen: str = ""
) -> None:
    """Say whether an adjustment is minor or major; lowering what was worked out needs a reason.

    `seen` is the grading that the person was looking at; raises `DecidedMeanwhile` when there is another.
    """
    check(actor, Permission.RUN_VALIDATION, editions.scope_of(edition))
    if adjustment.edition_id != edition.id:
        raise rules.NoSuchAdjustment
    editions.hold(edition)
    db.session.refresh(adjustment)
    if seen and seen != remark_rules.mark_of_decision(adjustment.graded_at):
        raise remark_rules.DecidedMeanwhile(who=adjustment.graded_by)
    reason = stages.reason(why, needed=False)
    rules.check_grade(adjustment.computed, wanted, reason)
    adjustment.grade, adjustment.why = wanted, reason
    adjustment.graded_at, adjustment.graded_by_id, adjustment.graded_by = clock.now(), actor.account_id, actor.name
    record(actor.account_id, "adjustment.graded", adjustment, grade=wanted.value)


@transactional
def confirm_grades(actor: Actor, edition: Edition) -> int:
    """Say yes to what was worked out of every adjustment that nobody has graded; return how many."""
    check(actor, Permission.RUN_VALIDATION, editions.scope_of(edition))
    editions.hold(edition)
    found = queries.listed(edition, ungraded=True)
    for one in found:
        one.graded_at, one.graded_by_id, one.graded_by = clock.now(), actor.account_id, actor.name
    record(actor.account_id, "adjustment.confirmed", edition, count=len(found))
    return len(found)
