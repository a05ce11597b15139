"""Remarks on what was tried: made at a paragraph or by its number, decided on, tied to the step that answers them."""

from __future__ import annotations

from sqlalchemy import select

from app.core.content import Uid
from app.curriculum.models import Edition, Revision
from app.curriculum.queries import editions
from app.infra import clock
from app.infra.audit import record
from app.infra.db import db
from app.infra.transactions import transactional
from app.people.permissions import Actor, Permission, check
from app.validation.models import Remark, Workshop
from app.validation.models.workshops import RemarkKind, Verdict, WorkshopState
from app.validation.queries import remarks as queries
from app.validation.queries import workshops
from app.validation.rules import workshops as rules
from app.validation.rules.phones import TakenNumber

from .phones import check_phone, hold_open

LONGEST_REMARK = 2_000


@transactional
def add_remark(
    actor: Actor,
    workshop: Workshop,
    unit: Uid,
    text: str,
    *,
    block: Uid | None = None,
    paragraph: int | None = None,
    kind: RemarkKind = RemarkKind.OTHER,
    participant: int | None = None,
) -> Remark:
    """Keep a remark on a unit, or on one of its paragraphs by uid or by the number printed beside it.

    Whoever runs the workshop says which participant made it; others who may answer write their own, without a name.
    """
    scope = editions.scope_of(workshop.edition)
    if participant is not None:
        check(actor, Permission.RUN_VALIDATION, scope)
    check(actor, Permission.ANSWER_QUESTIONNAIRE, scope)
    workshops.hold_open(workshop)
    if workshop.state is WorkshopState.CLOSED:
        raise rules.Closed
    who = workshops.participant(workshop, participant).id if participant is not None else None
    return _add(workshop, unit, text, block, paragraph, kind, who, actor)


@transactional
def remark_by_phone(
    actor: Actor,
    workshop: Workshop,
    unit: Uid,
    text: str,
    *,
    secret: str,
    number: int | None = None,
    seat: int = 0,
    paragraph: int | None = None,
) -> Remark:
    """Keep what somebody at the workshop would change, from the phone that answers for them."""
    hold_open(workshop)
    key = check_phone(workshop, secret)
    who = None
    if number is not None:
        participant = workshops.participant(workshop, number)
        if participant.key != key:
            raise TakenNumber
        who = participant.id
    return _add(workshop, unit, text, None, paragraph, RemarkKind.OTHER, who, actor)


def _add(
    workshop: Workshop,
    uid: Uid,
    text: str,
    block: Uid | None,
    paragraph: int | None,
    kind: RemarkKind,
    participant_id: int | None,
    actor: Actor,
) -> Remark:
    said = rules.long_text(text, LONGEST_REMARK)
    if not said:
        raise rules.NeedsRemark
    unit = workshops.tried_unit(workshop, uid)
    number = queries.next_number(workshop)
    if number > rules.MOST_REMARKS:
        raise rules.TooMany(most=rules.MOST_REMARKS)
    found = queries.block_by_number(unit, paragraph) if paragraph is not None else None
    if block is not None:
        found = next((one for one in unit.blocks if one.uid == block), None)
        if found is None:
            raise rules.NotInEdition
    remark = Remark(
        workshop_id=workshop.id,
        number=number,
        unit_uid=uid,
        block_uid=found.uid if found else None,
        text_digest=found.texts.get(workshop.language, "") if found else "",
        text=said,
        kind=kind,
        participant_id=participant_id,
        at=clock.now(),
        entered_by_id=actor.account_id,
        verdict=Verdict.OPEN,
        reason="",
        decided_by="",
    )
    db.session.add(remark)
    db.session.flush()
    return remark


@transactional
def decide_remark(
    actor: Actor,
    workshop: Workshop,
    number: int,
    verdict: Verdict,
    reason: str,
    *,
    kind: RemarkKind | None = None,
    seen: str | None = None,
) -> Remark:
    """Say what becomes of a remark, and why; declining and taking only a part need the reason.

    Once the workshop is closed, only what was put off can still be decided; its minutes stay as they are. `seen` is
    the decision that the person was looking at; raises `DecidedMeanwhile` when there is another.
    """
    workshops.hold(actor, workshop, closed=True)
    remark = queries.get(workshop, number)
    db.session.refresh(remark)
    if seen is not None and seen != rules.mark_of_decision(remark.decided_at):
        raise rules.DecidedMeanwhile(who=remark.decided_by)
    if workshop.state is WorkshopState.CLOSED and remark.verdict is not Verdict.LATER:
        raise rules.Closed
    why = rules.long_text(reason, LONGEST_REMARK)
    if verdict is Verdict.OPEN:
        raise rules.UnknownVerdict
    if verdict in (Verdict.DECLINED, Verdict.PARTLY) and not why:
        raise rules.NeedsDecisionReason
    remark.verdict, remark.reason, remark.kind = verdict, why, kind or remark.kind
    remark.decided_at, remark.decided_by_id, remark.decided_by = clock.now(), actor.account_id, actor.name
    record(actor.account_id, "workshop.decided", workshop, remark=number, verdict=verdict.value)
    return remark


@transactional
def link_step(actor: Actor, workshop: Workshop, number: int, revision: int) -> Remark:
    """Say which step of the edition's history answers a remark, also when the workshop is closed already."""
    workshops.hold(actor, workshop, closed=True)
    remark = queries.get(workshop, number)
    found = editions.revision(workshop.edition, revision)
    if found is None:
        raise rules.NoSuchStep
    remark.act_id = found.act_id
    return remark


@transactional
def follow_edit(actor: Actor, edition: Edition, before: Revision | None, after: Revision) -> None:
    """Tie an edit that names a remark as its evidence to that remark; listens to every new state of an edition."""
    for workshop_id, number in rules.marks_in(after.act.stems_from or ""):
        remark = db.session.scalar(
            select(Remark)
            .join(Workshop, Workshop.id == Remark.workshop_id)
            .where(Workshop.id == workshop_id, Workshop.edition_id == edition.id, Remark.number == number)
        )
        if remark is not None and remark.verdict in queries.ANSWERING:
            remark.act_id = after.act_id
