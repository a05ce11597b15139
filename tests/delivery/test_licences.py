"""Observations by rubric, the gate before a licence, validity, renewal, revocation, and who is active."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from app.delivery.actions import cohorts, observing, sessions
from app.delivery.actions import licences as actions
from app.delivery.actions.sessions import SessionDetails
from app.delivery.kinds import CohortLevel, LicenceKind, TeachingRole
from app.delivery.queries import licences as queries
from app.delivery.rules import licences as rules
from app.delivery.rules import observing as rubric
from app.delivery.rules.cascade_figures import Share
from app.delivery.rules.licences import Evidence, Held, Standing
from app.infra.db import db
from app.people.models import Person
from app.people.permissions import COMMAND_LINE, NotAllowed

from . import field as make
from . import roll

DAY = date(2026, 6, 1)
FIT = Evidence(Share(8, 10), 0.7, 2, 1)
GATE = rules.gates()[LicenceKind.TRAINER]


def test_the_rubric_has_twelve_criteria_in_two_languages_with_a_minimum_each() -> None:
    held = rubric.current()
    assert len({one.key for one in held.criteria}) == len(held.criteria) == 12
    for one in held.criteria:
        assert one.names.keys() == one.explained.keys() == {"en", "es"}
        assert held.lowest <= one.minimum <= held.highest
    assert rubric.rating(dict.fromkeys("ab", 1)) == 0
    assert rubric.rating({"a": 4, "b": 1}) == 0.5


@pytest.mark.parametrize("change", [{"time": 5}, {"time": 0}, {"time": True}, {"other": 3}, {"time": None}])
def test_scores_of_anything_else_are_refused(change: dict[str, int]) -> None:
    scores = {one.key: 3 for one in rubric.current().criteria} | change
    with pytest.raises(rubric.IncompleteScores):
        rubric.check_scores(rubric.current(), scores)


def test_one_criterion_below_its_minimum_is_enough_not_to_pass() -> None:
    scores = {one.key: one.minimum for one in rubric.current().criteria}
    assert rubric.below_minimum(rubric.current(), scores) == ()
    short = rubric.below_minimum(rubric.current(), scores | {"gender": 2})
    assert [one.key for one in short] == ["gender"]


@pytest.mark.parametrize(
    ("evidence", "missing"),
    [
        (FIT, set()),
        (Evidence(Share(7, 10), 0.7, 2, 1), {"attended"}),
        (Evidence(Share(0, 0), None, 0, 0), {"attended", "test", "co_facilitated", "observed_solo"}),
        (Evidence(Share(8, 10), 0.69, 1, 1), {"test", "co_facilitated"}),
    ],
)
def test_a_gate_shows_each_demand_beside_what_there_is(evidence: Evidence, missing: set[str]) -> None:
    demands = rules.asked(GATE, evidence)
    assert {one.key for one in demands if not one.met} == missing
    if missing:
        with pytest.raises(rules.GateShut):
            rules.check_gate(demands, " ")
    rules.check_gate(demands, "Acordado con la federación")


@pytest.mark.parametrize(
    ("day", "standing"),
    [
        (date(2026, 5, 31), Standing.NOT_YET),
        (DAY, Standing.VALID),
        (date(2029, 3, 2), Standing.ENDS_SOON),
        (date(2029, 5, 31), Standing.ENDS_SOON),
        (date(2029, 6, 1), Standing.ENDED),
    ],
)
def test_a_licence_holds_from_its_first_day_to_its_last(day: date, standing: Standing) -> None:
    held = Held(LicenceKind.TRAINER, DAY, rules.ends_on(DAY, 36))
    assert rules.standing(held, day) is standing
    assert rules.may_teach([held], CohortLevel.CASCADE, day) is (standing in (Standing.VALID, Standing.ENDS_SOON))
    assert not rules.may_teach([held], CohortLevel.TRAINERS, day)


def test_a_licence_from_the_last_of_a_month_ends_within_the_month() -> None:
    assert rules.ends_on(date(2024, 2, 29), 12) == date(2025, 2, 27)
    assert rules.ends_on(date(2026, 1, 31), 1) == date(2026, 2, 27)
    assert rules.ends_on(date(2026, 12, 1), 1) == date(2026, 12, 31)


def test_active_is_who_taught_within_the_year_whatever_they_hold() -> None:
    assert rules.is_active(date(2025, 11, 22), date(2026, 11, 22))
    assert not rules.is_active(date(2025, 11, 21), date(2026, 11, 22))
    assert not rules.is_active(None, DAY)


def test_a_licence_is_earned_renewed_by_teaching_and_taken_back_with_a_reason(app: Flask) -> None:
    field = make.field(meetings=2)
    partner = make.person("Pedro Compañero", field.coops[1])
    cohorts.add_trainer(COMMAND_LINE, field.cohort, partner, TeachingRole.CO_FACILITATOR, since=make.START)
    roll.season(field.sessions, {}, field.trainer, partner)
    above = sessions.plan_sessions(
        COMMAND_LINE, field.masters, [SessionDetails(f"M{n}", date(2026, 3, 3 + n)) for n in range(5)]
    )
    roll.season(above, {field.qualified: "ppppa"})
    scores = {one.key: 4 for one in rubric.current().criteria}
    observing.observe(COMMAND_LINE, field.cohort, field.trainer, scores, on=date(2026, 3, 13), solo=True)
    tests = {field.trainer.id: 0.9}
    shown = queries.evidence([field.trainer.id, partner.id], field.programme, tests)
    assert shown[field.trainer.id] == Evidence(Share(4, 5), 0.9, 2, 1, date(2026, 3, 13))
    with pytest.raises(rules.GateShut):
        actions.grant(COMMAND_LINE, field.programme, partner, LicenceKind.TRAINER, on=DAY)
    with pytest.raises(NotAllowed):
        actions.grant(make.as_person(field.trainer), field.programme, partner, LicenceKind.TRAINER, on=DAY)

    first = actions.grant(COMMAND_LINE, field.programme, field.trainer, LicenceKind.TRAINER, on=DAY, tests=tests)
    assert queries.may_teach(field.trainer, field.programme, CohortLevel.CASCADE, DAY)
    with pytest.raises(rules.GateShut):
        actions.renew(COMMAND_LINE, first, on=date(2029, 5, 1))
    second = actions.renew(COMMAND_LINE, first, on=date(2026, 8, 1))
    assert (second.previous_id, second.valid_from) == (first.id, date(2029, 6, 1))

    with pytest.raises(rules.NeedsRevocationReason):
        actions.revoke(COMMAND_LINE, first, on=DAY, why=" ")
    actions.revoke(COMMAND_LINE, first, on=date(2026, 9, 1), why="Cobró por la inscripción")
    assert queries.may_teach(field.trainer, field.programme, CohortLevel.CASCADE, date(2026, 8, 31))
    assert not queries.may_teach(field.trainer, field.programme, CohortLevel.CASCADE, date(2026, 9, 1))
    with pytest.raises(rules.RevokedAlready):
        actions.revoke(COMMAND_LINE, first, on=DAY, why="Otra vez")
    with pytest.raises(rules.NotRenewable):
        actions.renew(COMMAND_LINE, first, on=DAY)
    learner = db.session.get_one(Person, field.learners[0].person_id)
    despite = actions.grant(
        COMMAND_LINE, field.programme, learner, LicenceKind.TRAINER, on=DAY, despite="Ya formaba en otra región"
    )
    assert despite.granted_despite == "Ya formaba en otra región"
