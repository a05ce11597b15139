"""Writing down a needs diagnosis, its limitations, and the lines of action that answer them."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete

from app.delivery.models import Diagnosis, Limitation, LimitationLine, LineOfAction, Programme
from app.delivery.queries import diagnosis as queries
from app.delivery.queries import scopes
from app.delivery.rules import cohorts, milestones, programmes
from app.delivery.rules import diagnosis as rules
from app.infra import clock
from app.infra.audit import record
from app.infra.db import db
from app.infra.transactions import transactional
from app.people.models import Organisation
from app.people.permissions import Actor, Permission, check
from app.people.rules.persons import line


@dataclass(frozen=True, slots=True)
class DiagnosisDetails:
    """What is said of a diagnosis, and what it found, in order."""

    name: str
    on: date
    found: tuple[str, ...] = ()
    place: str = ""
    how: str = ""


@transactional
def keep_diagnosis(
    actor: Actor, programme: Programme, details: DiagnosisDetails, *, organisation: Organisation | None = None
) -> Diagnosis:
    """Write down a diagnosis with a group and the limitations it found."""
    check(actor, Permission.RUN_PROGRAMME, scopes.of_programme(programme))
    rules.check_number(len(details.found))
    made = Diagnosis(
        uid=str(uuid.uuid4()),
        programme_id=programme.id,
        organisation_id=organisation.id if organisation else None,
        name=cohorts.title(details.name),
        place=line(details.place),
        how=programmes.purpose(details.how),
        on_date=details.on,
        created_at=clock.now(),
        created_by_id=actor.account_id,
    )
    db.session.add(made)
    db.session.flush()
    _append(made, details.found, 1)
    record(actor.account_id, "diagnosis.kept", made, found=len(details.found))
    return made


@transactional
def add_limitations(actor: Actor, diagnosis: Diagnosis, found: Sequence[str]) -> list[Limitation]:
    """Add what a diagnosis found, after what stands there."""
    check(actor, Permission.RUN_PROGRAMME, scopes.of_programme(db.session.get_one(Programme, diagnosis.programme_id)))
    there = len(queries.limitations_of(diagnosis))
    rules.check_number(there + len(found))
    record(actor.account_id, "diagnosis.added", diagnosis, found=len(found))
    return _append(diagnosis, found, there + 1)


@transactional
def change_diagnosis(
    actor: Actor, diagnosis: Diagnosis, details: DiagnosisDetails, *, organisation: Organisation | None = None
) -> None:
    """Change what is said of a diagnosis. `found` rewords what it found, in order, and adds what is more; none goes."""
    check(actor, Permission.RUN_PROGRAMME, scopes.of_programme(db.session.get_one(Programme, diagnosis.programme_id)))
    there = queries.limitations_of(diagnosis)
    rules.check_kept(len(there), len(details.found))
    rules.check_number(len(details.found))
    diagnosis.name, diagnosis.on_date = cohorts.title(details.name), details.on
    diagnosis.place, diagnosis.how = line(details.place), programmes.purpose(details.how)
    diagnosis.organisation_id = organisation.id if organisation else None
    for limitation, text in zip(there, details.found, strict=False):
        limitation.text = rules.text(text)
    _append(diagnosis, details.found[len(there) :], len(there) + 1)
    record(actor.account_id, "diagnosis.changed", diagnosis, found=len(details.found))


@transactional
def change_line(
    actor: Actor, line_of_action: LineOfAction, name: str, *, purpose: str = "", answers: Collection[Limitation] = ()
) -> None:
    """Change a line of action; it answers the limitations named from now on, and no others."""
    programme = db.session.get_one(Programme, line_of_action.programme_id)
    check(actor, Permission.RUN_PROGRAMME, scopes.of_programme(programme))
    line_of_action.name, line_of_action.purpose = cohorts.title(name), programmes.purpose(purpose)
    before = queries.trace(programme)
    left = {id_ for id_, of in before.limitation_lines if of == line_of_action.id} - {one.id for one in answers}
    db.session.execute(
        delete(LimitationLine).where(
            LimitationLine.line_id == line_of_action.id, LimitationLine.limitation_id.in_(left)
        )
    )
    record(actor.account_id, "line.changed", line_of_action, no_longer=sorted(left))
    answer(actor, line_of_action, answers)


@transactional
def add_line(
    actor: Actor, programme: Programme, name: str, *, purpose: str = "", answers: Collection[Limitation] = ()
) -> LineOfAction:
    """Open a line of action, the limitations that it answers named."""
    check(actor, Permission.RUN_PROGRAMME, scopes.of_programme(programme))
    there = len(queries.lines_of(programme))
    milestones.check_room(there)
    made = LineOfAction(
        programme_id=programme.id,
        position=there + 1,
        name=cohorts.title(name),
        purpose=programmes.purpose(purpose),
    )
    db.session.add(made)
    db.session.flush()
    record(actor.account_id, "line.opened", made)
    answer(actor, made, answers)
    return made


@transactional
def answer(actor: Actor, line_of_action: LineOfAction, limitations: Collection[Limitation]) -> None:
    """Say that a line of action answers limitations found in its programme; what is said already stays."""
    programme = db.session.get_one(Programme, line_of_action.programme_id)
    check(actor, Permission.RUN_PROGRAMME, scopes.of_programme(programme))
    trace = queries.trace(programme)
    own = {one.id for one in queries.limitations(programme)}
    for limitation in limitations:
        if limitation.id not in own:
            raise rules.LineOfAnother
        if (limitation.id, line_of_action.id) not in trace.limitation_lines:
            db.session.add(LimitationLine(limitation_id=limitation.id, line_id=line_of_action.id))
    record(actor.account_id, "line.answers", line_of_action, limitations=sorted(one.id for one in limitations))


def _append(diagnosis: Diagnosis, found: Sequence[str], first: int) -> list[Limitation]:
    made = [
        Limitation(diagnosis_id=diagnosis.id, position=position, text=rules.text(text))
        for position, text in enumerate(found, first)
    ]
    db.session.add_all(made)
    db.session.flush()
    return made
