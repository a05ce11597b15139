"""Reading for the trainer's notebook beyond the roll call: whose cohorts, units that may be taught, and walk-ins.

No more of a person than a name goes to a phone. Unchecked except where an actor is asked for: `scopes` is asked before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, exists, or_, select

from app.core.content import Unit
from app.curriculum.models import Release
from app.curriculum.queries import contents
from app.delivery.kinds import CohortState
from app.delivery.models import (
    AttendanceEvent,
    Cohort,
    CohortRelease,
    CohortSession,
    CohortTrainer,
    SessionUnit,
    WalkIn,
)
from app.delivery.rules import attendance as rules
from app.infra import clock
from app.infra.db import db
from app.people.permissions import Actor, Permission

from . import scopes

KEPT_DAYS = 60
"""How long after its end a cohort may still lie on a phone."""
RUNNING = frozenset({CohortState.PLANNED, CohortState.ACTIVE, CohortState.PAUSED})


def cohorts(actor: Actor) -> Sequence[Cohort]:
    """The cohorts that this person teaches now, and those that ended not long ago; each is one the actor may teach."""
    if actor.person_id is None:
        return ()
    recent = _today() - timedelta(days=KEPT_DAYS)
    ended = (Cohort.state == CohortState.FINISHED) & (Cohort.ends_on >= recent)
    return db.session.scalars(
        select(Cohort)
        .where(
            _taught_by(actor.person_id),
            scopes.cohorts_visible(actor, Permission.TEACH),
            or_(Cohort.state.in_(RUNNING), ended),
        )
        .order_by(Cohort.name, Cohort.id)
    ).all()


def teaches(actor: Actor) -> bool:
    """Whether this person teaches a cohort now; one small query, asked for every menu."""
    if actor.person_id is None:
        return False
    running = exists().where(_taught_by(actor.person_id), Cohort.state.in_(RUNNING))
    return bool(db.session.scalar(select(running)))


def beside(cohort: Cohort) -> dict[str, Any]:
    """What a phone needs besides the roll: until when to keep it, what may be taught, who came without being listed."""
    return {
        "ends_on": cohort.ends_on.isoformat() if cohort.ends_on else None,
        "keep_days": KEPT_DAYS,
        "units": _units(cohort),
        "planned": _planned(cohort),
        "walk_ins": _walk_ins(cohort),
    }


def _taught_by(person_id: int) -> ColumnElement[bool]:
    taught = select(CohortTrainer.cohort_id).where(CohortTrainer.person_id == person_id, CohortTrainer.until.is_(None))
    return Cohort.id.in_(taught)


def _units(cohort: Cohort) -> list[dict[str, str]]:
    """The units that may be taught, in order, with their titles in the cohort's language."""
    found: dict[str, Unit] = {}
    digests: list[str] = []
    for release in db.session.scalars(
        select(Release)
        .join(CohortRelease, CohortRelease.release_id == Release.id)
        .where(CohortRelease.cohort_id == cohort.id, CohortRelease.until.is_(None))
        .order_by(CohortRelease.id)
    ):
        content = contents.state(release.revision).content
        found |= {unit.uid: unit for _, unit in content.units()}
        digests += contents.title_digests(content)
    texts = contents.bodies(digests)
    languages = (cohort.language, "es", "en")
    return [{"unit": uid, "title": contents.unit_title(unit, texts, languages)} for uid, unit in found.items()]


def _planned(cohort: Cohort) -> dict[str, list[str]]:
    """The units of each session, by the session's uid."""
    found = defaultdict[str, list[str]](list)
    for session_uid, unit_uid in db.session.execute(
        select(CohortSession.uid, SessionUnit.unit_uid)
        .join(SessionUnit, SessionUnit.session_id == CohortSession.id)
        .where(CohortSession.cohort_id == cohort.id)
        .order_by(SessionUnit.session_id, SessionUnit.position)
    ):
        found[session_uid].append(unit_uid)
    return found


def _walk_ins(cohort: Cohort) -> dict[str, list[dict[str, Any]]]:
    """Who came without being on the list and is not matched to anybody yet, by session, with what holds of them."""
    came = db.session.execute(
        select(WalkIn.id, WalkIn.uid, WalkIn.name, CohortSession.uid)
        .join(CohortSession, CohortSession.id == WalkIn.session_id)
        .where(CohortSession.cohort_id == cohort.id, WalkIn.enrolment_id.is_(None))
        .order_by(CohortSession.number, WalkIn.name, WalkIn.id)
    ).all()
    events = defaultdict[int, list[rules.Event]](list)
    for one in db.session.scalars(
        select(AttendanceEvent).where(AttendanceEvent.walk_in_id.in_([row[0] for row in came]))
    ):
        said = rules.Event(one.uid, one.mark, one.minutes, one.reason, frozenset(one.supersedes), one.recorded_at)
        assert one.walk_in_id is not None  # noqa: S101 - for mypy; the query asks for it
        events[one.walk_in_id].append(said)
    found = defaultdict[str, list[dict[str, Any]]](list)
    for id_, uid, name, session_uid in came:
        found[session_uid].append({"walk_in": uid, "name": name, "says": _says(events.get(id_, []))})
    return found


def _says(events: list[rules.Event]) -> dict[str, Any] | None:
    if not events:
        return None
    settled = rules.settle(events)
    now = settled.holds
    said = {"event": now.uid, "mark": now.mark.value, "minutes": now.minutes, "reason": now.reason}
    beside = {"rivals": [one.uid for one in settled.rivals], "alike": [one.uid for one in settled.alike]}
    return said | beside


def _today() -> date:
    return clock.now().date()
