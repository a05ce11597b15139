"""What was seen at paragraphs while they were taught: written down, decided on, tied to the step that answers it."""

from __future__ import annotations

from sqlalchemy import select

from app.core.content import Uid
from app.curriculum.models import Edition, Revision
from app.curriculum.queries import editions
from app.infra import clock
from app.infra.audit import record
from app.infra.db import db
from app.infra.transactions import transactional
from app.people.permissions import Actor
from app.validation.models import Pilot, PilotObservation
from app.validation.models.pilots import PilotState, Severity
from app.validation.models.workshops import Verdict
from app.validation.queries import pilots as queries
from app.validation.queries.remarks import ANSWERING
from app.validation.rules import pilots as rules
from app.validation.rules import workshops


@transactional
def observe(
    actor: Actor,
    pilot: Pilot,
    unit: Uid,
    text: str,
    *,
    block: Uid | None = None,
    observer: str = "",
    severity: Severity = Severity.SLIGHT,
) -> PilotObservation:
    """Keep what somebody saw in a unit, or at one of its paragraphs."""
    queries.hold(actor, pilot)
    said = workshops.long_text(text, rules.LONGEST_OBSERVATION)
    if not said:
        raise rules.NeedsObservation
    taught = queries.unit(pilot, unit)
    found = next((one for one in taught.blocks if one.uid == block), None) if block else None
    if block and found is None:
        raise rules.NotTaught
    number = queries.next_observation(pilot)
    if number > rules.MOST_OBSERVATIONS:
        raise workshops.TooMany(most=rules.MOST_OBSERVATIONS)
    observation = PilotObservation(
        pilot_id=pilot.id,
        number=number,
        unit_uid=unit,
        block_uid=found.uid if found else None,
        text_digest=found.texts.get(pilot.language, "") if found else "",
        text=said,
        observer=workshops.line(observer),
        severity=severity,
        at=clock.now(),
        entered_by_id=actor.account_id,
        verdict=Verdict.OPEN,
        reason="",
        decided_by="",
    )
    db.session.add(observation)
    db.session.flush()
    return observation


@transactional
def decide_observation(
    actor: Actor, pilot: Pilot, number: int, verdict: Verdict, reason: str, *, seen: str = ""
) -> PilotObservation:
    """Say whether an observation leads to an adjustment; leaving it as it is needs the reason.

    Once the pilot is closed, only what was put off can still be decided. `seen` is the decision that the person was
    looking at; raises `DecidedMeanwhile` when there is another.
    """
    queries.hold(actor, pilot, closed=True)
    observation = queries.observation(pilot, number)
    db.session.refresh(observation)
    if seen and seen != workshops.mark_of_decision(observation.decided_at):
        raise workshops.DecidedMeanwhile(who=observation.decided_by)
    if pilot.state is PilotState.CLOSED and observation.verdict is not Verdict.LATER:
        raise rules.PilotClosed
    why = workshops.long_text(reason, rules.LONGEST_OBSERVATION)
    if verdict is Verdict.OPEN:
        raise workshops.UnknownVerdict
    if verdict in (Verdict.DECLINED, Verdict.PARTLY) and not why:
        raise workshops.NeedsDecisionReason
    observation.verdict, observation.reason = verdict, why
    observation.decided_at, observation.decided_by_id = clock.now(), actor.account_id
    observation.decided_by = actor.name
    record(actor.account_id, "pilot.decided", pilot, observation=number, verdict=verdict.value)
    return observation


@transactional
def link_observation(actor: Actor, pilot: Pilot, number: int, revision: int) -> PilotObservation:
    """Say which step of the edition's history answers an observation, also when the pilot is closed already."""
    queries.hold(actor, pilot, closed=True)
    observation = queries.observation(pilot, number)
    found = editions.revision(pilot.edition, revision)
    if found is None:
        raise workshops.NoSuchStep
    observation.act_id = found.act_id
    return observation


@transactional
def follow_edit(actor: Actor, edition: Edition, before: Revision | None, after: Revision) -> None:
    """Tie an edit that names an observation as its evidence to it; listens to every new state of an edition."""
    for pilot_id, number in rules.marks_in(after.act.stems_from or ""):
        observation = db.session.scalar(
            select(PilotObservation)
            .join(Pilot, Pilot.id == PilotObservation.pilot_id)
            .where(Pilot.id == pilot_id, Pilot.edition_id == edition.id, PilotObservation.number == number)
        )
        if observation is not None and observation.verdict in ANSWERING:
            observation.act_id = after.act_id
