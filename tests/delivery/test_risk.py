"""Who is at risk: rules with their inputs shown, harvests, a programme's own thresholds, the list of whom to call."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask

from app.delivery.actions import cascade, cohorts, follow_up
from app.delivery.actions import risk as actions
from app.delivery.kinds import ContactWay, EnrolmentState, RiskLevel
from app.delivery.models import Enrolment
from app.delivery.queries import follow_up as chosen
from app.delivery.queries import risk as queries
from app.delivery.rules.risk import (
    Inputs,
    Meeting,
    OddThreshold,
    ThresholdsCross,
    assess,
    days_late,
    defaults,
    thresholds,
)
from app.delivery.rules.risk_harvests import Window, harvest_on, known
from app.infra import clock
from app.infra.db import db
from app.people.actions import organisations, persons
from app.people.actions.organisations import OrganisationDetails
from app.people.kinds import ContactKind
from app.people.models import Person
from app.people.permissions import COMMAND_LINE, NotAllowed, Role, Scope
from tests.translation.counting import counted

from . import field as make
from . import roll

START = date(2026, 3, 2)
HARVEST = Window("PE", "coffee", 4, 9, "G")
NONE, YELLOW, ORANGE, RED = RiskLevel


def inputs(letters: str, **told: object) -> Inputs:
    """Somebody with one session a week from the first Friday on, marked by letters."""
    met = [Meeting(START + timedelta(days=4 + 7 * n), roll.LETTERS.get(letter)) for n, letter in enumerate(letters)]
    return Inputs(met, START, **told)  # type: ignore[arg-type]


def today_of(asked: Inputs) -> date:
    """The day after the last session."""
    return asked.meetings[-1].on + timedelta(days=1)


@pytest.mark.parametrize(
    ("letters", "level", "rules"),
    [
        ("pppp", NONE, set()),
        ("pppa", YELLOW, {"absences", "attended"}),
        ("ppap", YELLOW, {"absences", "attended"}),
        ("pap", YELLOW, {"absences"}),
        ("app", NONE, set()),
        ("ppaa", ORANGE, {"in_a_row", "absences", "attended"}),
        ("pppppaa", ORANGE, {"in_a_row", "absences", "attended"}),
        ("pppaaa", RED, {"in_a_row", "absences", "attended", "silent"}),
        ("pppaeaa", RED, {"in_a_row", "absences", "attended"}),
        ("papapapp", ORANGE, {"attended"}),
        ("lhlh", NONE, set()),
        ("peep", NONE, set()),
        ("p...", NONE, set()),
    ],
)
def test_levels_follow_from_marks(letters: str, level: RiskLevel, rules: set[str]) -> None:
    found = assess(inputs(letters), today_of(inputs(letters)))
    assert (found.level, {one.rule for one in found.findings}) == (level, rules)


def test_a_share_says_nothing_before_the_fourth_session() -> None:
    found = assess(inputs("pa"), START + timedelta(days=20))
    assert (found.facts.attended.count, found.facts.attended.of) == (1, 2)
    assert "attended" not in {one.rule for one in found.findings}


def test_silence_counts_only_after_a_missed_session_and_ends_when_they_are_reached() -> None:
    late = START + timedelta(days=40)
    assert assess(inputs("pp"), late).level is NONE
    silent = assess(inputs("ppa"), late)
    assert (silent.level, silent.findings[0].rule, silent.findings[0].found) == (RED, "silent", 29)
    assert assess(inputs("ppa", reached_on=late - timedelta(days=3)), late).level is YELLOW


def test_moving_away_and_late_tasks_and_overdue_returns_are_told() -> None:
    assert assess(inputs("pppp", reported=frozenset({"migration"}), harvest=HARVEST), START).level is RED
    assert assess(inputs("pppp", task_days_late=15), today_of(inputs("pppp"))).level is ORANGE
    assert assess(inputs("pppp", task_days_late=14), today_of(inputs("pppp"))).level is NONE
    paused = inputs("paaa", state=EnrolmentState.PAUSED, returns_on=START + timedelta(days=30))
    assert assess(paused, START + timedelta(days=29)).level is NONE
    assert assess(paused, START + timedelta(days=30)).findings[0].found == 0
    assert assess(paused, START + timedelta(days=32)).findings[0].found == 2
    assert assess(inputs("paaa", state=EnrolmentState.WITHDRAWN), START + timedelta(days=40)).level is NONE


def test_in_a_harvest_the_level_is_one_step_lower_and_says_so() -> None:
    asked = inputs("pppaaa", harvest=HARVEST)
    found = assess(asked, today_of(asked))
    assert (found.level, found.findings[0].level, found.relaxed_by) == (ORANGE, RED, HARVEST)


def test_a_harvest_does_not_hush_that_somebody_is_to_be_back_from_a_break() -> None:
    away = inputs("pppp", state=EnrolmentState.PAUSED, returns_on=START + timedelta(days=30), harvest=HARVEST)
    found = assess(away, START + timedelta(days=30))
    assert (found.level, found.relaxed_by) == (YELLOW, None)


@pytest.mark.parametrize(
    ("promised", "taught", "late"),
    [
        ([], 0, 0),
        ([(START, 1)], 0, 10),
        ([(START, 1)], 1, 0),
        ([(START, 1), (START + timedelta(days=5), 2)], 1, 5),
        ([(START, 1), (START + timedelta(days=5), 2)], 3, 0),
        ([(START + timedelta(days=10), 1)], 0, 0),
    ],
)
def test_groups_are_late_from_the_day_by_which_more_were_promised_than_have_met(
    promised: list[tuple[date, int]], taught: int, late: int
) -> None:
    assert days_late(promised, taught, START + timedelta(days=10)) == late


def test_who_promised_more_groups_than_have_met_by_then_is_to_be_called(app: Flask) -> None:
    field = make.field(learners=1, meetings=1)
    roll.season(field.sessions, {field.learners[0]: "p"}, field.trainer)
    masters, today = chosen.of_cohort(COMMAND_LINE, field.masters), date(2026, 5, 1)
    cascade.promise(COMMAND_LINE, field.qualified, cohorts=1, people=10, by=date(2026, 4, 1))
    assert [one.risk.level for one in queries.of(masters, today)] == [NONE], "the one group has met"
    cascade.promise(COMMAND_LINE, field.qualified, cohorts=1, people=10, by=date(2026, 4, 11))
    [found] = queries.of(masters, today)
    assert [(one.rule, one.level, one.found) for one in found.risk.findings] == [("task", ORANGE, 20)]
    assert [one.risk.level for one in queries.of(masters, date(2026, 4, 25))] == [NONE], "fourteen days are given"


def test_on_the_day_somebody_is_to_be_back_they_are_called_although_somebody_just_spoke_with_them(app: Flask) -> None:
    field = make.field(learners=2, meetings=1)
    one, today = field.learners[0], clock.now().date()
    cohorts.change_enrolment(
        COMMAND_LINE, one, EnrolmentState.PAUSED, today - timedelta(days=3), reason="harvest", returns_on=today
    )
    follow_up.log_contact(COMMAND_LINE, one, ContactWay.CALL, reached=True, on=today - timedelta(days=1))
    wanted = chosen.of_cohort(COMMAND_LINE, field.cohort)
    assert one.id not in [call.at_risk.enrolment_id for call in queries.whom_to_call(wanted, today - timedelta(days=1))]
    assert one.id in [call.at_risk.enrolment_id for call in queries.whom_to_call(wanted, today)]
    follow_up.log_contact(COMMAND_LINE, one, ContactWay.CALL, reached=True, on=today)
    assert one.id not in [call.at_risk.enrolment_id for call in queries.whom_to_call(wanted, today)]


@pytest.mark.parametrize(
    ("region", "crops", "day", "found"),
    [
        ("PE-SAM", ["Café"], date(2026, 4, 1), True),
        ("PE-SAM", ["coffee"], date(2026, 10, 1), False),
        ("PE-SAM", ["cacao"], date(2026, 5, 1), False),
        ("PE-SAM", [], date(2026, 5, 1), False),
        ("MX-CHP", ["café"], date(2026, 12, 31), True),
        ("MX-CHP", ["café"], date(2026, 3, 31), True),
        ("MX-CHP", ["café"], date(2026, 4, 1), False),
        ("DO", ["cocoa"], date(2026, 11, 1), True),
        ("PEX", ["coffee"], date(2026, 5, 1), False),
    ],
)
def test_default_harvests(region: str, crops: list[str], day: date, found: bool) -> None:
    assert (harvest_on(known([]), region, crops, day) is not None) is found


def test_what_a_programme_knows_of_its_place_stands_before_the_default() -> None:
    own = [Window("PE-SAM", "coffee", 6, 7)]
    assert harvest_on(known(own), "PE-SAM", ["coffee"], date(2026, 5, 1)) is None
    assert harvest_on(known(own), "PE-SAM", ["coffee"], date(2026, 6, 1)) == own[0]
    assert harvest_on(known(own), "PE-CUS", ["coffee"], date(2026, 5, 1)) is not None


@pytest.mark.parametrize("own", [{"nope": 1}, {"red_in_a_row": 0}, {"yellow_attended": 2.0}, {"quiet_days": True}])
def test_thresholds_that_make_no_sense_are_refused(own: dict[str, float]) -> None:
    with pytest.raises(OddThreshold):
        thresholds(own)


def test_red_needs_more_than_orange() -> None:
    with pytest.raises(ThresholdsCross):
        thresholds({"orange_in_a_row": 3})
    assert thresholds({"red_in_a_row": 4}).red_in_a_row == 4
    assert thresholds({}) == defaults()


def test_a_trainer_sees_whom_to_call_why_and_by_which_number(app: Flask) -> None:
    field = make.field(learners=6, meetings=4)
    rows = dict(zip(field.learners, ("pppp", "paaa", "ppaa", "pppa", "pppp", "eppp"), strict=True))
    roll.season(field.sessions, rows, field.trainer)
    today = date(2026, 3, 28)
    gone = db.session.get_one(Person, field.learners[1].person_id)
    persons.add_contact(COMMAND_LINE, gone, ContactKind.PHONE, "+51 987 000 001", own=False, note="tienda")
    persons.add_contact(COMMAND_LINE, gone, ContactKind.WHATSAPP, "+51 987 000 002")
    trainer = make.as_person(field.trainer)
    listed = queries.whom_to_call(chosen.mine(trainer), today)
    assert [one.at_risk.enrolment_id for one in listed] == [field.learners[n].id for n in (1, 2, 3)]
    assert [one.at_risk.risk.level for one in listed] == [RED, ORANGE, YELLOW]
    assert [one.value for one in listed[0].reach] == ["+51987000002", "+51987000001"]

    contact = follow_up.log_contact(
        trainer, field.learners[1], ContactWay.CALL, reached=True, on=today, reason="harvest"
    )
    again = queries.whom_to_call(chosen.mine(trainer), today)
    assert field.learners[1].id not in [one.at_risk.enrolment_id for one in again]
    follow_up.agree(
        trainer, field.learners[1], field.trainer, "Vuelve el viernes", on=today, due=today, contact=contact
    )
    due = queries.whom_to_call(chosen.mine(trainer), today)
    assert [one.agreed for one in due[0].due] == ["Vuelve el viernes"]
    assert queries.whom_to_call(chosen.mine(make.as_person(gone)), today) == []


def test_risk_of_a_cohort_takes_as_many_queries_for_six_people_as_for_two(app: Flask) -> None:
    field = make.field(learners=6, meetings=3)
    roll.season(field.sessions, dict.fromkeys(field.learners, "paa"), field.trainer)
    counts = []
    for people in (field.learners[:2], field.learners):
        db.session.expire_all()
        wanted = chosen.of_cohort(COMMAND_LINE, field.cohort).where(Enrolment.id.in_([one.id for one in people]))
        with counted() as count:
            assert len(queries.whom_to_call(wanted, date(2026, 3, 21))) == len(people)
        counts.append(count())
    assert counts[0] == counts[1] <= 8


def test_a_programme_sets_its_own_thresholds_and_harvests(app: Flask) -> None:
    field = make.field(learners=2, meetings=4)
    organisations.change_organisation(
        COMMAND_LINE, field.coops[0], OrganisationDetails("ACOPAGRO", "PE-SAM", crops=("Cacao",))
    )
    roll.season(field.sessions, dict.fromkeys(field.learners, "paaa"), field.trainer)
    today = date(2026, 3, 28)
    levels = [one.risk.level for one in queries.of(chosen.of_cohort(COMMAND_LINE, field.cohort), today)]
    assert levels == [RED, RED]
    actions.add_harvest(COMMAND_LINE, field.programme, Window("PE-SAM", "cacao", 3, 3))
    found = {one.enrolment_id: one.risk for one in queries.of(chosen.of_cohort(COMMAND_LINE, field.cohort), today)}
    assert found[field.learners[0].id].level is ORANGE
    assert found[field.learners[1].id].level is RED
    actions.set_thresholds(COMMAND_LINE, field.programme, {"red_in_a_row": 4, "red_silent_days": 60})
    found = {one.enrolment_id: one.risk for one in queries.of(chosen.of_cohort(COMMAND_LINE, field.cohort), today)}
    assert found[field.learners[1].id].level is ORANGE
    with pytest.raises(NotAllowed):
        actions.set_thresholds(make.as_person(field.trainer), field.programme, {})


def test_nobody_sees_the_risk_of_others_people(app: Flask) -> None:
    field = make.field(learners=2, meetings=1)
    elsewhere = make.programme("sonsonate", "SV-SO")
    stranger = make.actor("c2", Role.COORDINATOR, Scope(programmes=frozenset({elsewhere.id})))
    with pytest.raises(NotAllowed):
        chosen.of_cohort(stranger, field.cohort)
    assert queries.of(chosen.of_programme(stranger, field.programme), START) == []
    learner = make.as_person(db.session.get_one(Person, field.learners[0].person_id))
    assert queries.of(chosen.of_programme(learner, field.programme), START) == []
    mine = make.actor("c1", Role.COORDINATOR, Scope(programmes=frozenset({field.programme.id})))
    assert len(queries.of(chosen.of_programme(mine, field.programme), START)) == 3
    cohorts.change_enrolment(mine, field.learners[0], EnrolmentState.WITHDRAWN, START, reason="care")
    assert len(queries.of(chosen.of_programme(mine, field.programme), START)) == 2
