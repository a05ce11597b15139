"""Holding a pilot: what is taught to whom, how sittings went, scores, closing with its results, and reopening."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete

from app.core import overtaken
from app.core.content import Uid
from app.curriculum.models import Edition, Release
from app.curriculum.queries import contents, editions, reading
from app.infra import clock
from app.infra.audit import record
from app.infra.db import db
from app.infra.transactions import transactional
from app.people.permissions import Actor, Permission, check
from app.validation.models import Pilot, PilotClosing, PilotLearner, PilotScore, PilotSession
from app.validation.models.pilots import Moment, PilotState
from app.validation.queries import gains
from app.validation.queries import pilots as queries
from app.validation.rules import persons, workshops
from app.validation.rules import pilots as rules
from app.validation.rules.persons import Person
from app.validation.rules.scores import NoSuchLearner

MOST_FACILITATORS = 20
Row = Mapping[str, tuple[int, int]]  # points and out of how many by question; "" is the total


@dataclass(frozen=True, slots=True)
class PilotDetails:
    """What people say of a pilot; a draft of a form, checked when it is saved."""

    title: str
    starts_on: date
    ends_on: date
    place: str = ""
    host: str = ""
    facilitators: tuple[str, ...] = ()
    language: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Sitting:
    """How the sitting of a unit went; None where nobody said."""

    used: int | None
    attended: int | None
    left_out: str = ""
    held_on: date | None = None


@transactional
def plan_pilot(
    actor: Actor, edition: Edition, details: PilotDetails, units: Sequence[Uid], *, release: Release | None = None
) -> Pilot:
    """Plan a pilot of these units as they stand at a release, or in the draft now."""
    check(actor, Permission.RUN_VALIDATION, editions.scope_of(edition))
    if release is not None and release.edition_id != edition.id:
        raise rules.NotTaught
    revision = release.revision if release is not None else editions.head_of(edition)
    content = contents.state(revision).content
    wanted = set(units)
    if any(reading.unit_of(content, uid) is None for uid in wanted):
        raise rules.NotTaught
    if not wanted:
        raise workshops.NoUnits
    pilot = Pilot(
        edition=edition,
        revision=revision,
        release=release,
        state=PilotState.OPEN,
        created_at=clock.now(),
        created_by_id=actor.account_id,
    )
    _describe(pilot, details)
    db.session.add(pilot)
    db.session.flush()
    chosen = [unit for _, unit in content.units() if unit.uid in wanted]
    for position, unit in enumerate(chosen):
        session = PilotSession(
            pilot_id=pilot.id, position=position, unit_uid=unit.uid, planned=unit.minutes, left_out=""
        )
        db.session.add(session)
    record(actor.account_id, "pilot.planned", pilot)
    return pilot


@transactional
def change_pilot(actor: Actor, pilot: Pilot, details: PilotDetails, *, seen: str = "") -> None:
    """Change what is said of a pilot; what it teaches stays.

    `seen` is the mark of what the form showed; raises `Overtaken` when somebody wrote something else since.
    """
    queries.hold(actor, pilot)
    overtaken.check_draft(seen, pilot, details)
    _describe(pilot, details)
    record(actor.account_id, "pilot.changed", pilot)


def _describe(pilot: Pilot, details: PilotDetails) -> None:
    rules.check_dates(details.starts_on, details.ends_on)
    languages = pilot.edition.languages
    pilot.title = workshops.title(details.title)
    pilot.place = workshops.line(details.place)
    pilot.host = workshops.line(details.host)
    pilot.facilitators = [workshops.line(one) for one in details.facilitators if one.strip()][:MOST_FACILITATORS]
    pilot.starts_on, pilot.ends_on = details.starts_on, details.ends_on
    pilot.language = details.language if details.language in languages else languages[0]
    pilot.notes = workshops.long_text(details.notes)


@transactional
def add_learners(actor: Actor, pilot: Pilot, people: Sequence[Person], *, all_new: bool = False) -> list[PilotLearner]:
    """Put these people on the list, in their order; all of them or none.

    `all_new` raises `KnownAlready` when one is on the list by now: two people may paste the same list at once.
    """
    queries.hold(actor, pilot)
    if all_new:
        persons.check_new(people, queries.learners(pilot))
    first = queries.next_number(pilot)
    if first + len(people) - 1 > rules.MOST_LEARNERS:
        raise rules.TooManyLearners(most=rules.MOST_LEARNERS)
    added = []
    for number, person in enumerate(people, first):
        learner = PilotLearner(
            pilot_id=pilot.id,
            number=number,
            name=workshops.name(person.name),
            sex=person.sex,
            age=person.age,
            age_group=persons.age_group(person.age, person.birth_year, pilot.starts_on.year),
            organisation=workshops.line(person.organisation),
            added_at=clock.now(),
        )
        db.session.add(learner)
        added.append(learner)
    db.session.flush()
    record(actor.account_id, "pilot.learners", pilot, added=len(added))
    return added


@transactional
def erase_learner(actor: Actor, pilot: Pilot, number: int) -> None:
    """Forget who somebody was, also when the pilot is closed; number, sex, age group and scores stay."""
    queries.hold(actor, pilot, closed=True)
    learner = queries.learner(pilot, number)
    learner.name, learner.organisation, learner.age = "", "", None
    learner.erased_at = learner.erased_at or clock.now()
    record(actor.account_id, "pilot.erased", pilot, number=number)


@transactional
def tell_sittings(actor: Actor, pilot: Pilot, told: Mapping[Uid, Sitting], *, seen: str = "") -> None:
    """Keep how the sittings of these units went.

    `seen` is the mark of what the form showed; raises `Overtaken` when somebody wrote something else since.
    """
    queries.hold(actor, pilot)
    held = {one.unit_uid: one for one in queries.sessions(pilot)}
    if told.keys() - held.keys():
        raise rules.NotTaught
    overtaken.check(seen, queries.told(pilot), rules.told({uid: told.get(uid, held[uid]) for uid in held}))
    for uid, sitting in told.items():
        for number, most, fault in (
            (sitting.used, rules.MOST_MINUTES, rules.BadMinutes),
            (sitting.attended, rules.MOST_LEARNERS, rules.BadAttended),
        ):
            if number is not None and not 0 <= number <= most:
                raise fault(most=most)
        session = held[uid]
        session.used, session.attended, session.held_on = sitting.used, sitting.attended, sitting.held_on
        session.left_out = workshops.long_text(sitting.left_out, rules.LONGEST_LEFT_OUT)
    record(actor.account_id, "pilot.sittings", pilot)


@transactional
def enter_scores(
    actor: Actor, pilot: Pilot, unit: Uid, rows: Mapping[tuple[int, Moment], Row], *, seen: str = ""
) -> int:
    """Keep what people had right on a unit, by their number and the moment; what stood there is replaced.

    An empty row takes back what stood there. Returns how many rows hold something.
    `seen` is the mark of what the form showed; raises `Overtaken` when somebody wrote something else since.
    """
    queries.hold(actor, pilot)
    taught = queries.unit(pilot, unit)
    asked = {question.uid for question in queries.questions(pilot, [taught])[unit]}
    ids = {one.number: one.id for one in queries.learners(pilot)}
    for number, _ in rows:
        if number not in ids:
            raise NoSuchLearner
    now = queries.scored(pilot, unit)
    wanted = {
        f"{number} {moment} {question}": f"{number}: {got}/{of}"
        for (number, moment), points in rows.items()
        for question, (got, of) in points.items()
    }
    overtaken.check(seen, now, {name: wanted.get(name) for name in now})
    kept = 0
    for moment in Moment:
        gone = [ids[number] for number, at in rows if at is moment]
        if gone:
            db.session.execute(
                delete(PilotScore).where(
                    PilotScore.learner_id.in_(gone), PilotScore.unit_uid == unit, PilotScore.moment == moment
                )
            )
    for (number, moment), points in rows.items():
        kept += bool(points)
        for question, (got, of) in points.items():
            if (question and question not in asked) or not 0 <= got <= of:
                raise rules.NotTaught
            db.session.add(
                PilotScore(
                    learner_id=ids[number],
                    unit_uid=unit,
                    moment=moment,
                    question_uid=question,
                    points=got,
                    out_of=of,
                )
            )
    record(actor.account_id, "pilot.scores", pilot, unit=unit, rows=kept)
    return kept


@transactional
def close_pilot(actor: Actor, pilot: Pilot) -> PilotClosing:
    """Close a pilot: its results, pinned to what was taught, are kept as they are now."""
    queries.hold(actor, pilot)
    waiting = len(queries.observations(pilot, waiting=True))
    if waiting:
        raise rules.UndecidedObservations(count=waiting)
    before = queries.closings(pilot)
    closing = PilotClosing(
        pilot_id=pilot.id,
        number=(before[0].number if before else 0) + 1,
        at=clock.now(),
        account_id=actor.account_id,
        actor_name=actor.name,
        results=gains.live(pilot),
        reopened_by="",
        reopened_why="",
    )
    db.session.add(closing)
    pilot.state = PilotState.CLOSED
    record(actor.account_id, "pilot.closed", pilot, closing=closing.number)
    return closing


@transactional
def reopen_pilot(actor: Actor, pilot: Pilot, why: str) -> None:
    """Open a closed pilot again; what was kept then stays and counts no more."""
    queries.hold(actor, pilot, closed=True)
    closing = queries.closing(pilot)
    if closing is None:
        raise rules.PilotNotClosed
    reason = workshops.long_text(why)
    if not reason:
        raise workshops.NeedsReopenReason
    closing.reopened_at, closing.reopened_by, closing.reopened_why = clock.now(), actor.name, reason
    pilot.state = PilotState.OPEN
    record(actor.account_id, "pilot.reopened", pilot, why=reason)
