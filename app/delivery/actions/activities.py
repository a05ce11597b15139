"""Planning activities, sharing them between programmes, and saying how they went. Who was there is beside this."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import delete, select

from app.delivery.kinds import ActivityKind, Mode, SessionState
from app.delivery.models import (
    Activity,
    ActivityArea,
    ActivityLine,
    ActivityProgramme,
    CohortSession,
    Programme,
)
from app.delivery.queries import activities as queries
from app.delivery.queries import scopes
from app.delivery.rules import activities as rules
from app.delivery.rules import cohorts
from app.infra import clock, i18n
from app.infra.audit import record
from app.infra.db import db
from app.infra.transactions import transactional
from app.people.permissions import Actor, Permission, Scope, check
from app.people.rules.accounts import check_scope
from app.people.rules.persons import line


@dataclass(frozen=True, slots=True)
class ActivityDetails:
    """What is planned of an activity. `areas` and `lines` are ids of its own programme; see `classify_activity`."""

    name: str
    kind: ActivityKind
    on: date
    until: date | None = None
    mode: Mode = Mode.IN_PERSON
    region: str = ""
    place: str = ""
    stage: str = ""
    areas: tuple[int, ...] = ()
    lines: tuple[int, ...] = ()


@transactional
def plan_activity(
    actor: Actor, programme: Programme, details: ActivityDetails,
    *, session: CohortSession | None = None, demo: bool = False,
) -> Activity:  # fmt: skip
    """Put an activity into a programme's plan; `session` is the session of a cohort that it is the same event as."""
    check(actor, Permission.RUN_PROGRAMME, scopes.of_programme(programme))
    made = Activity(
        uid=str(uuid.uuid4()),
        programme_id=programme.id,
        state=SessionState.PLANNED,
        demo=demo,
        created_at=clock.now(),
        created_by_id=actor.account_id,
    )
    if session is not None:
        if not queries.may_be(session, programme.id):
            raise rules.SessionOfAnother
        made.session_id = session.id
    _describe(made, programme, details)
    db.session.add(made)
    db.session.flush()
    db.session.add(ActivityProgramme(activity_id=made.id, programme_id=programme.id, stage=line(details.stage)))
    db.session.flush()
    _classify(made, programme, details.areas, details.lines)
    record(actor.account_id, "activity.planned", made, programme=programme.id)
    return made


@transactional
def change_activity(actor: Actor, activity: Activity, details: ActivityDetails) -> None:
    """Change what is planned or said of an activity; one that was held keeps the days on which it was."""
    programme = _run(actor, activity)
    _describe(activity, programme, details)
    _link(activity, programme).stage = line(details.stage)
    _classify(activity, programme, details.areas, details.lines)
    record(actor.account_id, "activity.changed", activity)


@transactional
def share_activity(actor: Actor, activity: Activity, guest: Programme, *, stage: str = "") -> ActivityProgramme:
    """Let another programme take part: the activity counts once for it too. Whoever does it runs both programmes."""
    _run(actor, activity)
    check(actor, Permission.RUN_PROGRAMME, scopes.of_programme(guest))
    if guest.id in queries.programme_ids(activity):
        return _link(activity, guest)
    made = ActivityProgramme(activity_id=activity.id, programme_id=guest.id, stage=line(stage))
    db.session.add(made)
    record(actor.account_id, "activity.shared", activity, programme=guest.id)
    return made


@transactional
def classify_activity(
    actor: Actor, activity: Activity, programme: Programme, areas: Collection[int], lines: Collection[int] = (),
    *, stage: str = "",
) -> None:  # fmt: skip
    """Say where an activity stands in the plan of one of its programmes, its own or a guest."""
    check(actor, Permission.RUN_PROGRAMME, scopes.of_programme(programme))
    if programme.id not in queries.programme_ids(activity):
        raise rules.NotOfItsProgrammes
    _link(activity, programme).stage = line(stage)
    _classify(activity, programme, areas, lines)
    record(actor.account_id, "activity.classified", activity, programme=programme.id)


@transactional
def hold_activity(
    actor: Actor, activity: Activity, *, on: date | None = None, until: date | None = None, note: str = ""
) -> None:
    """Say that an activity was held, on the planned days unless others are named; saying it again replaces it."""
    _run(actor, activity)
    rules.check_follows(activity.state, SessionState.HELD)
    first = on or activity.held_on or activity.planned_on
    length = (activity.held_until or activity.planned_until) - (activity.held_on or activity.planned_on)
    last = until or first + max(length, timedelta(0))
    _check_days(first, last)
    if last > clock.now().date():
        raise rules.HeldAhead
    activity.state, activity.held_on, activity.held_until = SessionState.HELD, first, last
    activity.note, activity.reason = line(note) or activity.note, ""
    activity.reported_at, activity.reported_by_id = clock.now(), actor.account_id
    record(actor.account_id, "activity.held", activity, on=first.isoformat(), until=last.isoformat())


@transactional
def move_activity(actor: Actor, activity: Activity, on: date, why: str) -> Activity:
    """Plan an activity anew for another day; the old one stays, says why, and names the new one."""
    programme = _run(actor, activity)
    rules.check_follows(activity.state, SessionState.MOVED)
    reason = _why(why)
    session_id, activity.session_id = activity.session_id, None
    db.session.flush()
    made = _copy(actor, activity, programme, on)
    made.session_id = session_id
    db.session.flush()
    activity.state, activity.reason, activity.follow_up_id = SessionState.MOVED, reason, made.id
    activity.reported_at, activity.reported_by_id = clock.now(), actor.account_id
    record(actor.account_id, "activity.moved", activity, to=on.isoformat(), reason=reason)
    return made


@transactional
def cancel_activity(actor: Actor, activity: Activity, why: str) -> None:
    """Say that an activity is not held, and why."""
    _run(actor, activity)
    rules.check_follows(activity.state, SessionState.CANCELLED)
    activity.state, activity.reason = SessionState.CANCELLED, _why(why)
    activity.reported_at, activity.reported_by_id = clock.now(), actor.account_id
    record(actor.account_id, "activity.cancelled", activity, reason=activity.reason)


@transactional
def plan_again(actor: Actor, activity: Activity) -> None:
    """Take a cancelled activity back into the plan."""
    _run(actor, activity)
    rules.check_follows(activity.state, SessionState.PLANNED)
    activity.state, activity.reason = SessionState.PLANNED, ""
    record(actor.account_id, "activity.planned_again", activity)


def _run(actor: Actor, activity: Activity) -> Programme:
    """The activity's own programme, for somebody who runs it."""
    programme = db.session.get_one(Programme, activity.programme_id)
    check(actor, Permission.RUN_PROGRAMME, scopes.of_programme(programme))
    return programme


def _copy(actor: Actor, old: Activity, programme: Programme, on: date) -> Activity:
    """A planned activity like one there is but for its day, for the same programmes, areas and lines."""
    made = Activity(
        uid=str(uuid.uuid4()),
        programme_id=programme.id,
        state=SessionState.PLANNED,
        demo=old.demo,
        created_at=clock.now(),
        created_by_id=actor.account_id,
    )
    last = on + (old.planned_until - old.planned_on)
    _describe(made, programme, ActivityDetails(old.name, old.kind, on, last, old.mode, old.region, old.place))
    db.session.add(made)
    db.session.flush()
    for link in db.session.scalars(select(ActivityProgramme).where(ActivityProgramme.activity_id == old.id)).all():
        db.session.add(ActivityProgramme(activity_id=made.id, programme_id=link.programme_id, stage=link.stage))
    areas, lines = queries.areas_and_lines([old.id])[old.id]
    db.session.add_all(ActivityArea(activity_id=made.id, area_id=one) for one in sorted(areas))
    db.session.add_all(ActivityLine(activity_id=made.id, line_id=one) for one in sorted(lines))
    return made


def _describe(activity: Activity, programme: Programme, details: ActivityDetails) -> None:
    region = details.region or programme.region
    check_scope(Scope(region=region), region_exists=i18n.is_region(region))
    last = details.until or details.on
    _check_days(details.on, last)
    activity.name, activity.kind, activity.mode = cohorts.title(details.name), details.kind, details.mode
    activity.region, activity.place = region, line(details.place)
    activity.planned_on, activity.planned_until = details.on, last


def _classify(activity: Activity, programme: Programme, areas: Collection[int], lines: Collection[int]) -> None:
    """Replace the areas and lines of one programme; those of the others stay."""
    of_area, of_line = queries.areas_of(programme), queries.lines_of(programme)
    if not (of_area.issuperset(areas) and of_line.issuperset(lines)):
        raise rules.AreaOfAnother
    db.session.execute(
        delete(ActivityArea).where(ActivityArea.activity_id == activity.id, ActivityArea.area_id.in_(of_area))
    )
    db.session.execute(
        delete(ActivityLine).where(ActivityLine.activity_id == activity.id, ActivityLine.line_id.in_(of_line))
    )
    db.session.add_all(ActivityArea(activity_id=activity.id, area_id=one) for one in sorted(set(areas)))
    db.session.add_all(ActivityLine(activity_id=activity.id, line_id=one) for one in sorted(set(lines)))
    db.session.flush()


def _link(activity: Activity, programme: Programme) -> ActivityProgramme:
    return db.session.scalars(
        select(ActivityProgramme).where(
            ActivityProgramme.activity_id == activity.id, ActivityProgramme.programme_id == programme.id
        )
    ).one()


def _check_days(first: date, last: date) -> None:
    cohorts.check_dates(first, last)
    rules.check_days(first, last)


def _why(text: str) -> str:
    found = line(text)
    if not found:
        raise rules.NeedsWhy
    return found
