"""What cohorts add when two records become one person, when somebody is erased, and to the list of what is kept.

Enrolments and trainings go over by themselves. Somebody whom both records had in one cohort would stand on its list
twice: the enrolment that came along ends there, and opens again when the records are taken apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select, update

from app.delivery.kinds import EnrolmentState, JoinState
from app.delivery.models import (
    Cohort,
    CohortTrainer,
    Enrolment,
    EnrolmentChange,
    JoinRequest,
    Quarantined,
    RosterChange,
    TrainerLicence,
    WalkIn,
)
from app.delivery.rules.cohorts import DOUBLED, OPEN
from app.infra import clock
from app.infra.audit import AuditEntry
from app.infra.db import db
from app.people import references
from app.people.actions import erasing, merging
from app.people.actions.merging import Moved
from app.people.models import Person
from app.people.queries import keeping


def install() -> None:
    """Tell the layer of people."""
    merging.also("cohorts", _OnceInACohort())
    erasing.also("cohorts", erase)
    for reference in references.to("enrolment"):
        if reference.table.name not in {"enrolment", "cohort_trainer"}:
            keeping.follow(reference.table.name, reference.column.name)
    keeping.follow("intervention_result", "intervention_id")
    keeping.of_others("intervention", "owner_id", {"enrolment_id", "contact_id", "agreed"})


class _OnceInACohort:
    """Nobody stands on a list twice, and nobody who teaches a cohort is a learner of it."""

    def join(self, kept: Person, merged: Person, moved: Moved) -> Mapping[str, Any]:
        came = {row[0] for row in moved.get("enrolment.person_id", ())}
        theirs = db.session.scalars(
            select(Enrolment).where(Enrolment.person_id == kept.id, Enrolment.state.in_(OPEN)).order_by(Enrolment.id)
        ).all()
        teaching = db.session.scalars(
            select(CohortTrainer.cohort_id).where(CohortTrainer.person_id == kept.id, CohortTrainer.until.is_(None))
        ).all()
        here = {one.cohort_id for one in theirs if one.id not in came}
        twice = [one for one in theirs if one.cohort_id in teaching or (one.id in came and one.cohort_id in here)]
        return {"ended": [_end(one) for one in twice]}

    def part(self, kept: Person, merged: Person, joined: Mapping[str, Any]) -> None:
        for told in joined["ended"]:
            change = db.session.get(EnrolmentChange, told["change"])
            enrolment = db.session.get(Enrolment, told["enrolment"])
            if change is None or enrolment is None:
                continue
            db.session.delete(change)
            enrolment.state, enrolment.reason = EnrolmentState(told["state"]), told["reason"]
            enrolment.state_since = date.fromisoformat(told["since"])
            enrolment.returns_on = date.fromisoformat(told["returns"]) if told["returns"] else None
        db.session.flush()


def erase(ids: Sequence[int]) -> None:
    """Take what was written of these persons in cohorts: remarks, why they got or lost a licence or led
    without one, what a walk-in or a wish to join told of them. Notes on visits and calls are in keeping_erasing.py.
    """
    enrolments = select(Enrolment.id).where(Enrolment.person_id.in_(ids))
    arrived = select(WalkIn.uid).where(WalkIn.enrolment_id.in_(enrolments))
    for statement in (
        update(TrainerLicence).where(TrainerLicence.person_id.in_(ids)).values(granted_despite="", revoked_reason=""),
        update(Quarantined).where(Quarantined.event_uid.in_(arrived)).values(payload={}),
    ):
        db.session.execute(statement)
    db.session.execute(update(EnrolmentChange).where(EnrolmentChange.enrolment_id.in_(enrolments)).values(note=""))
    db.session.execute(
        update(WalkIn)
        .where(WalkIn.enrolment_id.in_(enrolments))
        .values(name="", organisation="", phone="", sex="", age=None)
    )
    wishes = update(JoinRequest).where(JoinRequest.person_id.in_(ids))
    db.session.execute(wishes.values(details={}, address=""))
    db.session.execute(wishes.where(JoinRequest.state == JoinState.PENDING).values(state=JoinState.DECLINED))
    _forget_reasons(ids)
    db.session.execute(update(RosterChange).where(RosterChange.person_ref.in_(ids)).values(before={}, after={}))


def _forget_reasons(ids: Sequence[int]) -> None:
    """Take why they led a cohort without a licence, which is kept with the deed alone."""
    cohorts = db.session.scalars(select(CohortTrainer.cohort_id).where(CohortTrainer.person_id.in_(ids)))
    for entry in db.session.scalars(
        select(AuditEntry).where(
            AuditEntry.subject_kind == Cohort.__tablename__,
            AuditEntry.subject_id.in_([str(one) for one in cohorts]),
            AuditEntry.action == "cohort.trainer",
        )
    ):
        if entry.details["person"] in ids:
            entry.details = {name: told for name, told in entry.details.items() if name != "despite"}


def _end(enrolment: Enrolment) -> dict[str, Any]:
    """End an enrolment that is there twice; returns how it stood, as JSON keeps it."""
    stood = {
        "enrolment": enrolment.id,
        "state": enrolment.state.value,
        "reason": enrolment.reason,
        "since": enrolment.state_since.isoformat(),
        "returns": enrolment.returns_on.isoformat() if enrolment.returns_on else None,
    }
    today = clock.now().date()
    change = EnrolmentChange(
        enrolment_id=enrolment.id,
        state=EnrolmentState.OTHER,
        on_date=today,
        reason=DOUBLED,
        note="",
        returns_on=None,
        at=clock.now(),
        account_id=None,
    )
    db.session.add(change)
    enrolment.state, enrolment.state_since, enrolment.reason = EnrolmentState.OTHER, today, DOUBLED
    enrolment.returns_on = None
    db.session.flush()
    return {**stood, "change": change.id}
