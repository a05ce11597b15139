"""Rules on cohorts: who may be enrolled, which states follow which, what codes say why somebody left."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from app.core.errors import N_, Refused
from app.delivery.kinds import CohortState, EnrolmentState, TeachingRole

LONGEST_TITLE = 200
MOST_LEARNERS = 2_000

# Who leads the teaching needs a licence, or somebody who writes why they teach all the same: before there is a licence,
# one is seen teaching alone. Who teaches beside somebody or assists is on the way to one and needs none.
NEED_LICENCE = frozenset({TeachingRole.LEAD})

S = EnrolmentState
OPEN = frozenset({S.ACTIVE, S.PAUSED})
ENDS = frozenset(S) - OPEN

# Why somebody stayed away, paused or left (domain facts, 4.2); the words people see are in words.py.
REASONS = (
    "distance", "harvest", "paid_job", "migration", "care", "illness", "study", "money", "family", "insecurity",
    "not_relevant", "conflict", "weather", "other", "unknown",
)  # fmt: skip
# Why an enrolment ended that was a second record of one: only joining two records says so, and it counts nowhere.
DOUBLED = "doubled"

# What a state may turn into. An end is an end: coming back is a new enrolment that names the old one.
FOLLOWS: Mapping[EnrolmentState, frozenset[EnrolmentState]] = {
    S.ACTIVE: frozenset(S) - {S.ACTIVE},
    S.PAUSED: frozenset(S) - {S.PAUSED},
    **{end: frozenset() for end in ENDS},
}
NEEDS_REASON = frozenset({S.PAUSED, S.WITHDRAWN, S.DESERTED, S.TRANSFERRED, S.OTHER})

COHORT_FOLLOWS: Mapping[CohortState, frozenset[CohortState]] = {
    CohortState.PLANNED: frozenset({CohortState.ACTIVE, CohortState.CANCELLED}),
    CohortState.ACTIVE: frozenset({CohortState.PAUSED, CohortState.FINISHED, CohortState.CANCELLED}),
    CohortState.PAUSED: frozenset({CohortState.ACTIVE, CohortState.FINISHED, CohortState.CANCELLED}),
    CohortState.FINISHED: frozenset({CohortState.ACTIVE}),
    CohortState.CANCELLED: frozenset({CohortState.PLANNED}),
}


class NeedsTitle(Refused):
    text = N_("Please give it a name of at most %(most)s letters.")
    status = 422


class EndsBeforeStart(Refused):
    text = N_("The last day lies before the first one.")
    status = 422


class CohortFull(Refused):
    text = N_("This cohort takes %(capacity)s people and is full. Raise its capacity, or open another cohort.")


class CohortShut(Refused):
    text = N_("This cohort is over. Open it again before you enrol people in it.")


class AlreadyEnrolled(Refused):
    text = N_("%(name)s is in this cohort already.")


class TeachesHere(Refused):
    text = N_("%(name)s teaches this cohort; who teaches a cohort is not counted as a learner of it.")


class LearnsHere(Refused):
    text = N_("%(name)s learns in this cohort; end that enrolment first, for who learns in a cohort cannot teach it.")


class NotAfterThat(Refused):
    text = N_("This enrolment has ended. Somebody who comes back is enrolled anew, and the old record stays.")


class NeedsReason(Refused):
    text = N_("Please choose why: it is what helps the next group.")
    status = 422


class NeedsReturnDay(Refused):
    text = N_("Please say when the person comes back, at least roughly.")
    status = 422


class BeforeEnrolled(Refused):
    text = N_("%(name)s was enrolled on %(day)s; nothing happened to that enrolment before.")
    status = 422


class NotInTheFuture(Refused):
    text = N_("That day lies ahead. Write it down once it has come.")
    status = 422


class HoldsOnThatDay(Refused):
    text = N_("Something else is noted for that very day, and it holds. Choose a later day.")
    status = 422


class NoLicence(Refused):
    text = N_(
        "%(name)s holds no licence to lead a cohort like this one on that day. Choose another role, or write why they"
        " lead it all the same."
    )
    status = 422


class TeachesNotHere(Refused):
    text = N_("%(name)s does not teach this cohort now.")


class SameCohort(Refused):
    text = N_("Choose another cohort: this is the one they are in.")
    status = 422


class StillEnrolled(Refused):
    text = N_("This enrolment goes on. Somebody comes back once it has ended.")


class OddPlaces(Refused):
    text = N_("The number of places and of people expected is from 1 to %(most)s; leave it empty if it is not known.")
    status = 422


class OwnParent(Refused):
    text = N_("The cohort above this one must be another one of the same programme.")
    status = 422


class NotQualified(Refused):
    text = N_("The enrolment named as qualification is not this person's, or is not in the cohort above this one.")
    status = 422


class DesertedElsewhere(Refused):
    text = N_("That somebody left without a word is noted under “Keeping people”, with the contact that shows it.")
    status = 422


class NoSuchState(Refused):
    text = N_("That does not follow from how things stand now. Look at it once more.")


def title(text: str) -> str:
    """A name on one line; raises `NeedsTitle`."""
    found = " ".join(text.split())
    if not found or len(found) > LONGEST_TITLE or not found.isprintable():
        raise NeedsTitle(most=LONGEST_TITLE)
    return found


def check_dates(starts_on: date, ends_on: date | None) -> None:
    """Raise `EndsBeforeStart` where the last day comes before the first."""
    if ends_on is not None and ends_on < starts_on:
        raise EndsBeforeStart


def check_change(
    before: EnrolmentState, after: EnrolmentState, reason: str, returns_on: date | None
) -> None:  # fmt: skip
    """Raise unless somebody's state may become this, for this reason."""
    if after not in FOLLOWS[before]:
        raise NotAfterThat if before in ENDS else NoSuchState
    if after in NEEDS_REASON and reason not in REASONS:
        raise NeedsReason
    if after is S.PAUSED and returns_on is None:
        raise NeedsReturnDay


def check_day(name: str, on: date, enrolled_on: date, today: date) -> None:
    """Raise unless something can have happened to an enrolment on this day."""
    if on < enrolled_on:
        raise BeforeEnrolled(name=name, day=enrolled_on.isoformat())
    if on > today:
        raise NotInTheFuture


def check_licence(name: str, role: TeachingRole, despite: str, *, licensed: bool) -> None:
    """Raise `NoLicence` where somebody leads without one and nobody wrote why."""
    if role in NEED_LICENCE and not licensed and not despite.strip():
        raise NoLicence(name=name)


def check_places(*numbers: int | None) -> None:
    """Raise `OddPlaces` unless each number, where there is one, can be that of a cohort's people."""
    if any(number is not None and not 1 <= number <= MOST_LEARNERS for number in numbers):
        raise OddPlaces(most=MOST_LEARNERS)


def check_room(capacity: int | None, enrolled: int) -> None:
    """Raise `CohortFull` when one more does not fit."""
    if capacity is not None and enrolled >= capacity:
        raise CohortFull(capacity=capacity)
