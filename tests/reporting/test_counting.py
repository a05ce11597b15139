"""The reports' one reading of all marks against the field's own counting, which asks the database for each figure."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from app.delivery.actions import (
    activities,
    activities_people,
    attendance,
    cohorts,
    milestones,
    programmes,
    sessions,
)
from app.delivery.actions.activities import ActivityDetails
from app.delivery.actions.activities_people import Came
from app.delivery.actions.attendance import Marked
from app.delivery.actions.programmes import ProgrammeDetails
from app.delivery.actions.sessions import Report as Held
from app.delivery.kinds import ActivityKind, EnrolmentState, Mark, TargetIndicator
from app.delivery.models import Cohort, Programme
from app.delivery.queries import attendance as marks
from app.delivery.queries import cascade, cohort_page, counting, counting_events, retention, rosters
from app.delivery.queries.retention import Retention
from app.delivery.rules import cohorts as cohort_rules
from app.delivery.rules.counting import By
from app.demo.programmes import lay
from app.infra.db import db
from app.people.actions import merging
from app.people.models import Person
from app.people.permissions import COMMAND_LINE
from app.reporting.kinds import Split
from app.reporting.queries import asking, reports
from app.reporting.queries.desk import Desk
from app.reporting.queries.measures import computed
from app.reporting.queries.standing import Standing
from app.reporting.queries.views import View
from app.reporting.rules import definitions
from tests.delivery import field as make

TODAY = date(2026, 11, 22)


def desk(programme: Programme, year: int | None) -> Desk:
    """All of a programme's figures in a year, or in all of them."""
    return Desk(asking.of_view(View(programme), year, TODAY))


def check_as_counted(programme: Programme, year: int | None) -> Desk:
    """Fail unless people, attendances and their groups are those that the field counts."""
    found = desk(programme, year)
    summed, asked = found.everybody, found.question.asked()
    assert len(summed.first) == counting.people(asked)
    assert summed.attendances == counting.attendances(asked)
    for split, by in ((Split.SEX, By.SEX), (Split.AGE, By.AGE), (Split.ORGANISATION, By.ORGANISATION)):
        counted = {"" if key is None else str(key): number for (key,), number in counting.people_by(asked, by).items()}
        assert {key: len(held) for key, held in summed.people_by[split].items()} == counted, split
    by_region = {str(key): number for (key,), number in counting.people_by(asked, By.REGION).items()}
    assert {key: len(held) for key, held in summed.people_by[Split.COUNTRY].items()} == by_region
    assert found.reached == counting_events.organisation_ids(asked)
    return found


@pytest.mark.parametrize("name", ["s3-women-school", "s4-soconusco", "s7-finance", "s9-youth"])
def test_people_and_their_groups_are_those_that_the_field_counts(app: Flask, name: str) -> None:
    programme = lay(COMMAND_LINE, name).programme
    for year in (None, *asking.years_of(programme, TODAY)[:3]):
        check_as_counted(programme, year)


def test_desertion_and_coming_back_are_those_of_retention(app: Flask) -> None:
    check_standing(lay(COMMAND_LINE, "s4-soconusco").programme)


def check_standing(programme: Programme) -> tuple[Standing, Retention]:
    """Fail unless how people stand is what retention says of them."""
    found = desk(programme, None).standing
    told = retention.retention(retention.listed(Cohort.programme_id == programme.id, TODAY), TODAY)
    gone, back = told.desertion.deserted, told.desertion.came_back
    assert (len(found.deserted), len(found.people)) == (gone.count, gone.of)
    assert (len(found.back), len(found.ever_left)) == (back.count, back.of)
    return found, told


@pytest.mark.parametrize("state", [EnrolmentState.DESERTED, EnrolmentState.COMPLETED])
def test_who_was_on_a_list_twice_stands_as_the_record_that_was_kept(app: Flask, state: EnrolmentState) -> None:
    field = make.field(learners=6, meetings=2)
    kept = db.session.get_one(Person, field.learners[0].person_id)
    again = make.person("Persona0 Ejemplo", field.coops[1])
    double = cohorts.enrol(COMMAND_LINE, field.cohort, again, make.START, organisation=field.coops[1])
    for session in field.sessions:
        sessions.report_session(COMMAND_LINE, session, Held(session.planned_on, 90))
    attendance.roll_call(COMMAND_LINE, field.sessions[0], [Marked(double.id, Mark.PRESENT)])
    done = merging.merge(COMMAND_LINE, kept, again)
    reason = "unknown" if state is EnrolmentState.DESERTED else ""
    cohorts.put_state(COMMAND_LINE, field.learners[0], state, date(2026, 6, 1), reason=reason)
    found, told = check_standing(field.programme)
    assert (found.deserted | found.completed, found.back) == ({kept.id}, set())
    assert (told.curve.people, told.standing.total(), told.standing[state]) == (7, 7, 1)
    assert told.curve.steps[1].left == (state is EnrolmentState.DESERTED), "gone after the session the double came to"
    assert cohort_page.standing(field.cohort) == {EnrolmentState.ACTIVE: 5, state: 1}
    picture = cascade.picture_of([field.programme.id], TODAY)
    assert (picture.people, picture.enrolments) == (7, 7)
    assert [one.enrolment for one in rosters.members(field.cohort) if one.person.id == kept.id] == [field.learners[0]]
    with pytest.raises(cohort_rules.NotAfterThat):
        cohorts.change_enrolment(COMMAND_LINE, double, EnrolmentState.COMPLETED, date(2026, 5, 1))
    db.session.expire_all()
    merging.unmerge(COMMAND_LINE, done)
    assert (double.state, double.reason, double.person_id) == (EnrolmentState.ACTIVE, "", again.id)
    assert check_standing(field.programme)[1].curve.people == 8


def test_a_share_of_women_is_told_of_a_year_and_never_of_all_years_from_which_one_could_be_subtracted(
    app: Flask,
) -> None:
    field = make.field(learners=12, meetings=2)
    programmes.change_programme(
        COMMAND_LINE, field.programme, ProgrammeDetails("San Martín", "PE-SAM", date(2025, 1, 1))
    )
    milestones.set_target(COMMAND_LINE, field.programme, TargetIndicator.WOMEN, 10)
    marked = [[*field.learners[:10]], [*field.learners[:10], field.learners[10]]]
    for session, day, came in zip(field.sessions, (date(2025, 12, 20), date(2026, 3, 6)), marked, strict=True):
        sessions.report_session(COMMAND_LINE, session, Held(day, 90))
        attendance.roll_call(COMMAND_LINE, session, [Marked(one.id, Mark.PRESENT) for one in came])
    women = definitions.now("women", TODAY)
    told = {year: computed(desk(field.programme, year), women) for year in (2025, 2026, None)}
    assert {year: one and (one.value, one.of) for year, one in told.items()} == {
        2025: (5, 10), 2026: (6, 11), None: (None, 11),
    }  # fmt: skip
    whole = reports.of_view(View(field.programme), None, TODAY)
    assert [one.reached for one in whole.promises] == [None], "six women of eleven, where five of ten were there before"
    attendance.roll_call(COMMAND_LINE, field.sessions[0], [Marked(field.learners[10].id, Mark.PRESENT)])
    assert [one.reached for one in reports.of_view(View(field.programme), None, TODAY).promises] == [6]


def test_merged_records_in_one_cohort_and_an_activity_that_is_a_session_count_once(app: Flask) -> None:
    field = make.field(learners=6, meetings=2)
    for session in field.sessions:
        sessions.report_session(COMMAND_LINE, session, Held(session.planned_on, 90))
        attendance.roll_call(COMMAND_LINE, session, [Marked(one.id, Mark.PRESENT) for one in field.learners])
    people = [db.session.get_one(Person, one.person_id) for one in field.learners]
    first = field.sessions[0]
    details = ActivityDetails("Apertura", ActivityKind.WORKSHOP, first.planned_on)
    opening = activities.plan_activity(COMMAND_LINE, field.programme, details, session=first)
    activities.hold_activity(COMMAND_LINE, opening)
    for coop in field.coops:
        activities_people.add_organisation(COMMAND_LINE, opening, coop)
    activities_people.add_people(COMMAND_LINE, opening, people[:4:2], Came(organisation=field.coops[0]))
    before = check_as_counted(field.programme, 2026)
    assert (len(before.everybody.first), before.everybody.attendances) == (6, 12)
    merging.merge(COMMAND_LINE, people[0], people[1])
    after = check_as_counted(field.programme, 2026)
    assert (len(after.everybody.first), after.everybody.attendances) == (5, 10)


def test_the_attendance_rate_is_that_of_the_sheets(app: Flask) -> None:
    field = make.field(learners=6, meetings=2)
    said = (Mark.PRESENT, Mark.LATE, Mark.ABSENT, Mark.EXCUSED, Mark.NOT_EXPECTED)
    for session in field.sessions:
        sessions.report_session(COMMAND_LINE, session, Held(session.planned_on, 90))
        marked = [Marked(one.id, mark) for one, mark in zip(field.learners, said, strict=False)]
        attendance.roll_call(COMMAND_LINE, session, [*marked, Marked(field.learners[5].id, Mark.PARTIAL, minutes=30)])
    rates = marks.rates([one.id for one in field.learners]).values()
    figure = computed(desk(field.programme, 2026), definitions.now("attendance-rate", TODAY))
    assert figure is not None
    assert figure.value == pytest.approx(sum(one.attended for one in rates), abs=0.06)
    assert figure.of == sum(one.expected for one in rates) == 8
