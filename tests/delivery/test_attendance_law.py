"""The law of attendance without a database: what stands, what disagrees, and what a correction has to name."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.delivery.kinds import Mark
from app.delivery.rules.attendance import Event, settle

from .phones import NOON

SAID = st.tuples(st.sampled_from((Mark.PRESENT, Mark.LATE, Mark.ABSENT)), st.integers(0, 3), st.sets(st.integers(0, 9)))


def said(uid: str, mark: Mark, minute: int, supersedes: frozenset[str] = frozenset()) -> Event:
    """A mark made some minutes after noon."""
    return Event(uid, mark, None, "", supersedes, NOON + timedelta(minutes=minute))


def test_what_two_people_said_alike_both_stands_and_is_no_disagreement() -> None:
    first, second = said("e1", Mark.ABSENT, 1), said("e2", Mark.ABSENT, 2)
    settled = settle([first, second])
    assert (settled.holds, settled.rivals, settled.alike) == (second, (), (first,))
    third = settle([first, second, said("e3", Mark.PRESENT, 3)])
    assert (third.holds.uid, {one.uid for one in third.rivals}, third.alike) == ("e3", {"e1", "e2"}, ())


def test_a_correction_that_names_only_what_held_contradicts_whoever_had_said_the_same() -> None:
    settled = settle([said("e1", Mark.ABSENT, 1), said("e2", Mark.ABSENT, 2),
                      said("e3", Mark.PRESENT, 3, frozenset({"e2"}))])  # fmt: skip
    assert (settled.holds.uid, [one.uid for one in settled.rivals]) == ("e3", ["e1"])


@given(st.lists(SAID, min_size=1, max_size=10), st.sampled_from(Mark), st.integers(-1, 4))
def test_whoever_names_all_that_stood_contradicts_nobody(
    told: list[tuple[Mark, int, set[int]]], now: Mark, minute: int
) -> None:
    events = [
        said(f"e{at}", mark, when, frozenset(f"e{before}" for before in earlier if before < at))
        for at, (mark, when, earlier) in enumerate(told)
    ]
    settled = settle(events)
    assert all(one.says != settled.holds.says for one in settled.rivals)
    assert all(one.says == settled.holds.says for one in settled.alike)
    stood = [settled.holds, *settled.rivals, *settled.alike]
    correction = said("last", now, minute, frozenset(one.uid for one in stood))
    after = settle([*events, correction])
    assert (after.holds, after.rivals, after.alike) == (correction, (), ())
