"""Rules on activities: which states follow which, who counts as learning, what headcounts may say."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from app.core.errors import N_, Refused
from app.delivery.kinds import ParticipationRole, SessionState

LONGEST_DAYS = 60
LARGEST_HEADCOUNT = 20_000
OLDEST = 115

# Whose presence is learning. Trainers, experts, support staff and organisers are listed, never counted as learners.
LEARNING = frozenset({ParticipationRole.PARTICIPANT, ParticipationRole.GUEST})

S = SessionState
FOLLOWS: Mapping[SessionState, frozenset[SessionState]] = {
    S.PLANNED: frozenset({S.HELD, S.MOVED, S.CANCELLED}),
    S.HELD: frozenset({S.HELD}),
    S.MOVED: frozenset(),
    S.CANCELLED: frozenset({S.PLANNED}),
}


class NotFromThere(Refused):
    text = N_("That does not follow from how the activity stands now. Look at it once more.")


class NeedsWhy(Refused):
    text = N_("Please write why, in a few words: it is what the next plan learns from.")
    status = 422


class TooLongActivity(Refused):
    text = N_("An activity lasts at most %(most)s days. For a longer one, open a cohort with sessions.")
    status = 422


class HeldAhead(Refused):
    text = N_("An activity is reported once it was held; that day lies ahead.")
    status = 422


class NotHeldYet(Refused):
    text = N_("Say first that the activity was held; then write down who was there.")


class NotOfItsProgrammes(Refused):
    text = N_("The activity is not shared with that programme. Share it first, or choose another one.")
    status = 422


class AreaOfAnother(Refused):
    text = N_("That training area or line of action is not of a programme that the activity counts for.")
    status = 422


class OrganisationNotThere(Refused):
    text = N_("%(name)s does not take part in this activity. Add the organisation first.")
    status = 422


class SentSomebody(Refused):
    text = N_("Somebody is counted as having come for %(name)s. Take them off the list first.")


class SessionOfAnother(Refused):
    text = N_("That session is not of a cohort of this programme, or is another activity already.")
    status = 422


class OddHeadcount(Refused):
    text = N_("A headcount is a whole number from 1 to %(most)s, of ages from 0 to %(oldest)s.")
    status = 422


class CountedTwice(Refused):
    text = N_("Two headcounts say the same sex, ages, organisation and role. Write them as one number.")
    status = 422


def check_follows(before: SessionState, after: SessionState) -> None:
    """Raise `NotFromThere` unless an activity in one state may come into the other."""
    if after not in FOLLOWS[before]:
        raise NotFromThere


def check_days(first: date, last: date) -> None:
    """Raise `TooLongActivity` unless an activity can last so long; that its end follows its start is checked before."""
    if (last - first).days >= LONGEST_DAYS:
        raise TooLongActivity(most=LONGEST_DAYS)


def check_headcount(people: int, age_from: int | None, age_to: int | None) -> None:
    """Raise `OddHeadcount` unless so many people of these ages, both ends included, can have been there."""
    ages = [0 if age_from is None else age_from, OLDEST if age_to is None else age_to]
    if not 1 <= people <= LARGEST_HEADCOUNT or not 0 <= ages[0] <= ages[1] <= OLDEST:
        raise OddHeadcount(most=LARGEST_HEADCOUNT, oldest=OLDEST)


def check_apart(keys: Collection[object]) -> None:
    """Raise `CountedTwice` where two headcounts speak of the same people."""
    if len(set(keys)) != len(keys):
        raise CountedTwice
