"""The cascade: reach with everybody once, losses from level to level, strange trees, the picture's places."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from app.delivery.actions import cascade as actions
from app.delivery.actions import cohorts, observing
from app.delivery.kinds import EnrolmentState, TeachingRole
from app.delivery.queries import cascade as queries
from app.delivery.rules import cascade_layout
from app.delivery.rules.cascade import by_depth, parents, picture
from app.delivery.rules.cascade_figures import broken_down
from app.delivery.rules.cascade_records import Edge, Group, Learner, Promise, Told
from app.delivery.rules.observing import current
from app.infra.db import db
from app.people.models import Person
from app.people.permissions import COMMAND_LINE, NotAllowed, Role, Scope

from . import field as make
from . import roll

TODAY = date(2026, 11, 22)
COMPLETED, ACTIVE = EnrolmentState.COMPLETED.value, EnrolmentState.ACTIVE.value


def group(id_: int, parent: int | None = None, *, level: str = "cascade", held: int = 1, **told: object) -> Group:
    """A cohort that met."""
    return Group(id_, f"Grupo {id_}", level, "active", parent, held=held, **told)  # type: ignore[arg-type]


def story() -> tuple[list[Group], list[Learner], list[Edge], list[Promise]]:
    """Four trained, three qualified, two teach, one of them still; one of the learners below was trained above too."""
    groups = [
        group(1, level="trainers", last_held=date(2025, 1, 31), planned_minutes=600, held_minutes=600),
        group(2, 1, first_held=date(2025, 2, 10), planned_minutes=600, held_minutes=300, alone=1),
        group(3, 1, planned_minutes=0, held=1),
    ]
    trained = [
        Learner(10, 1, 100, COMPLETED, date(2025, 1, 31), sex="woman"),
        Learner(11, 1, 101, COMPLETED, date(2025, 1, 31), sex="man"),
        Learner(12, 1, 102, COMPLETED, date(2025, 1, 31), sex="woman"),
        Learner(13, 1, 103, "deserted", date(2025, 1, 10), sex="man"),
    ]
    taught = [Learner(20 + n, 2, 200 + n, ACTIVE, sex="woman") for n in range(5)]
    taught += [Learner(30, 3, 103, ACTIVE, sex="man"), Learner(31, 3, 200, ACTIVE, sex="woman")]
    edges = [
        Edge(2, 100, 10, date(2025, 2, 10), date(2026, 6, 1)),
        Edge(3, 101, 11, date(2025, 3, 12), date(2025, 3, 12)),
    ]
    return groups, trained + taught, edges, [Promise(10, 2, 20), Promise(12, 1, 10)]


def test_everybody_is_counted_once_and_reach_goes_through_those_below() -> None:
    found = picture(*story(), TODAY)
    assert (found.people, found.enrolments) == (9, 11)
    top = found.spots[0]
    assert (top.depth, top.direct, top.through, top.below) == (0, 4, 6, 2)
    assert [(level.people, level.trainers, level.ratio) for level in found.levels] == [(4, 0, None), (6, 2, 3.0)]


def test_a_level_says_what_was_lost_and_what_was_kept_of_promises() -> None:
    losses = picture(*story(), TODAY).levels[0].losses
    assert losses is not None
    assert (losses.qualified.count, losses.qualified.of) == (3, 4)
    assert (losses.teaching.count, losses.teaching.of) == (2, 3)
    assert (losses.active.count, losses.active.of) == (1, 3)
    assert (losses.cohorts_opened.count, losses.cohorts_held.count, losses.cohorts_held.of) == (1, 1, 3)
    assert (losses.people_reached.count, losses.people_reached.of) == (5, 30)
    assert losses.days_to_first == 25.0
    assert picture(*story(), TODAY).levels[1].losses is None


def test_dilution_is_told_where_tests_fall_minutes_are_cut_or_people_teach_alone() -> None:
    told = Told(tests={1: (3.2, 4), 2: (3.0, 5)}, ratings={1: (0.9, 1), 2: (0.85, 1)})
    upper, lower = (level.dilution for level in picture(*story(), TODAY, told).levels)
    assert upper.signals == ()
    assert lower.signals == ("test", "minutes")
    assert (lower.minutes.count, lower.minutes.of, lower.tested) == (300, 600, 5)


def test_who_teaches_a_cohort_is_not_counted_among_its_learners() -> None:
    groups, learners, edges, promises = story()
    both = [*learners, Learner(40, 2, 100, ACTIVE)]
    assert picture(groups, both, edges, promises, TODAY).spots[1].direct == 5


def test_small_groups_are_hidden_and_cannot_be_subtracted() -> None:
    hidden = {part.key: part.count for part in broken_down({"a": 40, "b": 12, "c": 3})}
    assert hidden == {"a": 40, "b": None, "c": None}
    assert [part.count for part in broken_down({"a": 7, "b": 5})] == [7, 5]


@settings(max_examples=50)
@given(
    st.lists(st.one_of(st.none(), st.integers(-1, 30)), max_size=25),
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 12), st.one_of(st.none(), st.integers(0, 60))), max_size=30),
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 12), st.sampled_from(list(EnrolmentState))), max_size=60),
)
def test_rings_strangers_and_orphans_leave_every_cohort_in_the_picture_once(
    above: list[int | None], teaching: list[tuple[int, int, int | None]], enrolled: list[tuple[int, int, str]]
) -> None:
    groups = [group(n, parent) for n, parent in enumerate(above)]
    learners = [Learner(n, cohort, person, str(state)) for n, (cohort, person, state) in enumerate(enrolled)]
    edges = [Edge(cohort, person, by, TODAY) for cohort, person, by in teaching]
    found = picture(groups, learners, edges, [Promise(n, 1, 1) for n in range(5)], TODAY)
    assert sorted(spot.group.id for spot in found.spots) == list(range(len(above)))
    assert found.people <= found.enrolments
    places = {spot.group.id: spot for spot in found.spots}
    for spot in found.spots:
        assert spot.through <= found.people
        if spot.parent is not None:
            upper = places[spot.parent]
            assert upper.depth == spot.depth - 1
            assert upper.through >= max(spot.direct, spot.through)
            assert upper.below > spot.below
    drawing = cascade_layout.draw(found.spots)
    assert sum(1 for knot in drawing.knots if knot.spot) + sum(
        knot.cohorts for knot in drawing.knots if not knot.spot
    ) + sum(knot.hidden for knot in drawing.knots) == len(above)


def test_the_real_qualification_stands_before_the_planned_parent() -> None:
    groups = {n: group(n, 1 if n > 1 else None) for n in (1, 2, 3)}
    learners = {7: Learner(7, 2, 50, COMPLETED)}
    assert parents(groups, [Edge(3, 50, 7)], learners) == {1: None, 2: 1, 3: 2}
    assert parents(groups, [Edge(3, 51, 7)], learners) == {1: None, 2: 1, 3: 1}


def test_a_chain_of_thousands_and_a_fan_of_thousands_are_drawn_within_a_page() -> None:
    chain = {n: n - 1 if n else None for n in range(4_000)}
    assert len(by_depth(chain)) == 4_000
    fan = [group(0), *(group(n, 0) for n in range(1, 4_000))]
    drawing = cascade_layout.draw(picture(fan, [], [], [], TODAY).spots)
    assert drawing.width <= 2 * cascade_layout.EDGE + cascade_layout.SLOT * cascade_layout.MOST_SLOTS
    assert [knot.cohorts for knot in drawing.knots if knot.spot is None] == [3_994]


def test_knots_of_one_level_stand_apart_and_under_their_parents() -> None:
    groups = [group(0), group(1, 0), group(2, 0), group(3, 1), group(4, 1), group(5, 2)]
    drawing = cascade_layout.draw(picture(groups, [], [], [], TODAY).spots)
    by_level: dict[int, list[int]] = {}
    for knot in drawing.knots:
        by_level.setdefault(knot.y, []).append(knot.x)
    for places in by_level.values():
        ordered = sorted(places)
        assert all(b - a >= cascade_layout.SLOT for a, b in pairwise(ordered))
    assert len(drawing.lines) == 5


def test_a_picture_comes_from_the_database(app: Flask) -> None:
    field = make.field()
    roll.season(field.sessions[:3], dict.fromkeys(field.learners, "ppp"), field.trainer)
    partner = make.person("Pedro Compañero", field.coops[1])
    cohorts.add_trainer(COMMAND_LINE, field.cohort, partner, TeachingRole.CO_FACILITATOR, since=make.START)
    roll.season(field.sessions[3:], dict.fromkeys(field.learners, "p"), field.trainer, partner)
    cohorts.change_enrolment(COMMAND_LINE, field.qualified, EnrolmentState.COMPLETED, date(2026, 3, 3))
    actions.promise(COMMAND_LINE, field.qualified, cohorts=2, people=12, by=date(2026, 12, 1))
    donor = make.actor("d1", Role.DONOR, Scope(programmes=frozenset({field.programme.id})))
    db.session.expire_all()
    found = queries.picture(donor, field.programme, TODAY)
    assert [spot.group.name for spot in found.spots] == ["masters", "lamas"]
    assert (found.people, found.spots[0].direct, found.spots[0].through) == (7, 1, 6)
    losses = found.levels[0].losses
    assert losses is not None
    assert (losses.teaching.count, losses.active.count, losses.days_to_first) == (1, 1, 3.0)
    assert (losses.people_reached.count, losses.people_reached.of) == (6, 12)
    assert (found.levels[1].dilution.alone.count, found.levels[1].dilution.alone.of) == (3, 4)
    assert sum(part.count or 0 for part in found.by_age) <= 7
    with pytest.raises(NotAllowed):
        queries.picture(make.as_person(field.trainer), field.programme, TODAY)


def test_only_observers_score_trainers_and_scores_lead_to_the_ratings_of_a_level(app: Flask) -> None:
    field = make.field()
    scores = {one.key: 4 for one in current().criteria}
    watcher = make.actor("o1", Role.OBSERVER, Scope(programmes=frozenset({field.programme.id})))
    day = date(2026, 3, 6)
    observing.observe(watcher, field.cohort, field.trainer, scores, on=day, solo=True)
    with pytest.raises(NotAllowed):
        observing.observe(make.as_person(field.trainer), field.cohort, field.trainer, scores, on=day, solo=True)
    found = queries.picture_of([field.programme.id], TODAY)
    assert (found.levels[1].dilution.rating, found.levels[1].dilution.rated) == (1.0, 1)
    second = make.cohort(field.programme, "juanjui", parent=field.cohort)
    learner = field.learners[0]
    person = db.session.get_one(Person, learner.person_id)
    cohorts.add_trainer(
        COMMAND_LINE, second, person, TeachingRole.LEAD, since=TODAY - timedelta(days=9), qualified_by=learner,
        despite=make.OBSERVED,
    )  # fmt: skip
    assert [level.cohorts for level in queries.picture_of([field.programme.id], TODAY).levels] == [1, 1, 1]
