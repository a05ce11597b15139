"""Nobody is counted twice: by any grouping, over programmes, beside sessions, and never together with heads."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from app.delivery.actions import activities, activities_people, sessions
from app.delivery.actions.activities import ActivityDetails
from app.delivery.actions.activities_people import Came, Heads
from app.delivery.actions.sessions import Report
from app.delivery.kinds import ActivityKind, Mark, ParticipationRole, Source
from app.delivery.models import Activity, AttendanceEvent, AttendanceMark, CohortSession, Enrolment, Programme
from app.delivery.queries import counting, counting_events
from app.delivery.rules.counting import By, network_figure, reporting_year
from app.infra.db import db
from app.people.actions import erasing, merging, persons
from app.people.actions.persons import PersonDetails
from app.people.kinds import Sex
from app.people.models import Organisation, Person
from app.people.permissions import COMMAND_LINE
from app.people.queries import persons as person_queries
from app.people.rules.persons import Born, age_on

from . import field as make

DAY = date(2026, 5, 4)


def held(programme: Programme, name: str, on: date = DAY, *, session: CohortSession | None = None) -> Activity:
    """A workshop that was held."""
    details = ActivityDetails(name, ActivityKind.WORKSHOP, on)
    made = activities.plan_activity(COMMAND_LINE, programme, details, session=session)
    activities.hold_activity(COMMAND_LINE, made)
    return made


def there(activity: Activity, people: list[Person], organisation: Organisation | None = None) -> None:
    """They took part, for this organisation."""
    if organisation is not None:
        activities_people.add_organisation(COMMAND_LINE, activity, organisation)
    activities_people.add_people(COMMAND_LINE, activity, people, Came(organisation=organisation))


def mark(session: CohortSession, enrolment: Enrolment, said: Mark) -> None:
    """A mark as it stands after roll call; taking a roll is tested with attendance."""
    moment = datetime(2026, 3, 7, tzinfo=UTC)
    uid = str(uuid4())
    db.session.add(
        AttendanceEvent(
            uid=uid, session_id=session.id, enrolment_id=enrolment.id, mark=said, minutes=None, reason="",
            supersedes=[], occurred_at=moment, recorded_at=moment, received_at=moment, device="", source=Source.WEB,
        )
    )  # fmt: skip
    db.session.flush()
    db.session.add(
        AttendanceMark(
            session_id=session.id, enrolment_id=enrolment.id, event_uid=uid, mark=said, reason="", rivals=[]
        )
    )  # fmt: skip
    db.session.flush()


def test_groups_by_sex_and_age_add_up_and_by_organisation_are_at_least_the_whole(app: Flask) -> None:
    programme = make.programme()
    coops = [make.organisation(name) for name in ("ACOPAGRO", "Oro Verde")]
    people = [make.person(f"Persona{n} Ejemplo", coops[n % 2], sex=list(Sex)[n % 3], year=1980 + 3 * n)
              for n in range(9)]  # fmt: skip
    there(held(programme, "Uno", date(2025, 11, 3)), people, coops[0])
    there(held(programme, "Dos"), people[:5], coops[1])
    asked = counting.of_programme(programme)
    assert (counting.people(asked), counting.attendances(asked)) == (9, 14)
    for by in (By.SEX, By.AGE):
        assert sum(counting.people_by(asked, by).values()) == 9, by
    assert counting.people_by(asked, By.ORGANISATION) == {(coops[0].id,): 9, (coops[1].id,): 5}
    assert counting.people_by(asked, By.YEAR) == {(2025,): 9, (2026,): 5}
    by_year_and_age = counting.people_by(asked, By.YEAR, By.AGE)
    assert sum(number for (year, _), number in by_year_and_age.items() if year == 2026) == 5
    assert all(type(year) is int for year, _ in by_year_and_age)


def test_somebody_who_turns_too_old_between_two_events_is_in_one_group(app: Flask) -> None:
    programme = make.programme()
    person = persons.create_person(
        COMMAND_LINE, PersonDetails("Nélida", "Ejemplo", born=Born(on=date(1996, 3, 10))), make.organisation("Una")
    )
    there(held(programme, "Antes", date(2026, 3, 9)), [person])
    there(held(programme, "Después", date(2026, 3, 10)), [person])
    asked = counting.of_programme(programme)
    assert counting.people_by(asked, By.AGE) == {("young",): 1}
    later = counting.of_programme(programme, since=date(2026, 3, 10))
    assert counting.people_by(later, By.AGE) == {("older",): 1}


BORN = [
    Born(on=date(1996, 5, 4)),
    Born(on=date(1996, 5, 5)),
    Born(on=date(1996, 12, 31)),
    Born(on=date(2000, 2, 29)),
    Born(year=1996),
    Born(year=1997),
    Born(age=28, age_on=date(2024, 12, 1)),
    Born(age=26, age_on=date(2024, 12, 1)),
    Born(),
]


def test_the_database_reckons_ages_as_the_rule_does(app: Flask) -> None:
    programme, coop = make.programme(), make.organisation("Una")
    for number, born in enumerate(BORN):
        person = persons.create_person(COMMAND_LINE, PersonDetails(f"Persona{number}", born=born), coop)
        activity = held(programme, f"Taller {number}")
        there(activity, [person])
        age = age_on(person_queries.born(person), DAY)
        group = "not_known" if age is None else "young" if age <= programme.youth_until else "older"
        asked = counting.of_programme(programme, activities=frozenset({activity.id}))
        assert counting.people_by(asked, By.AGE) == {(group,): 1}, born


def test_a_shared_exchange_counts_once_for_each_programme_and_once_for_all(app: Flask) -> None:
    ours, theirs = make.programme(), make.programme("pot", "PE-SAM")
    coops = [make.organisation(name) for name in ("RAYEN", "POT")]
    hosts, guests = ([make.person(f"{coop.name}{n} Ejemplo", coop) for n in range(3)] for coop in coops)
    exchange = held(ours, "Intercambio")
    activities.share_activity(COMMAND_LINE, exchange, theirs)
    there(exchange, hosts, coops[0])
    role = activities_people.ActivityOrganisationRole.GUEST
    activities_people.add_organisation(COMMAND_LINE, exchange, coops[1], role, through=theirs)
    came = Came(ParticipationRole.GUEST, coops[1])
    activities_people.add_people(COMMAND_LINE, exchange, guests, came, through=theirs)
    for programme in (ours, theirs):
        asked = counting.of_programme(programme)
        assert counting_events.activities(asked) == 1
        assert counting.people(asked) == 3
        assert counting_events.organisations(asked) == 1
    both = counting.Asked(programmes=(ours.id, theirs.id))
    reach = counting_events.reach(both)
    assert (reach.activities, reach.people, reach.organisations, reach.attendances) == (1, 6, 2, 6)


def test_an_activity_that_is_a_session_is_one_event_and_its_people_are_counted_once(app: Flask) -> None:
    field = make.field(learners=4, meetings=2)
    for session in field.sessions:
        sessions.report_session(
            COMMAND_LINE, session, Report(session.planned_on, 90, trainers=(field.trainer.id,))
        )  # fmt: skip
        for enrolment, said in zip(field.learners, (Mark.PRESENT, Mark.LATE, Mark.PARTIAL, Mark.ABSENT), strict=True):
            mark(session, enrolment, said)
    asked = counting.of_programme(field.programme)
    assert (counting.people(asked), counting.attendances(asked)) == (3, 6), "who was absent was not there"
    assert counting_events.activities(asked) == 2
    same = held(field.programme, "La misma", field.sessions[0].planned_on, session=field.sessions[0])
    people = [db.session.get_one(Person, one.person_id) for one in field.learners]
    there(same, people)
    assert counting_events.activities(asked) == 2
    assert (counting.people(asked), counting.attendances(asked)) == (4, 7)
    without = counting.of_programme(field.programme, with_sessions=False)
    assert (counting_events.activities(without), counting.attendances(without)) == (1, 4)
    teaching = counting.of_programme(field.programme, roles=frozenset({ParticipationRole.TRAINER}))
    assert counting.people(teaching) == 1
    assert counting_events.activities_by(asked, By.KIND) == {"session": 1, "workshop": 1}


def test_heads_stand_beside_people_and_make_no_person(app: Flask) -> None:
    programme, coop = make.programme(), make.organisation("Una")
    activity = held(programme, "Feria")
    there(activity, [make.person("Rosa Ejemplo", coop)], coop)
    activities_people.count_heads(COMMAND_LINE, activity, [Heads(20, Sex.WOMAN, 15, 29), Heads(7, Sex.MAN)])
    activities_people.count_heads(COMMAND_LINE, activity, [Heads(21, Sex.WOMAN, 15, 29), Heads(7, Sex.MAN)])
    reach = counting_events.reach(counting.of_programme(programme))
    assert (reach.people, reach.attendances) == (1, 1)
    assert reach.heads == {"man": 7, "woman": 21}, "a new count replaces the old one"


def test_records_found_to_be_one_person_are_one_person_however_often_they_were_merged(app: Flask) -> None:
    programme, coop = make.programme(), make.organisation("Una")
    first, second, third = (make.person(f"Rosa{n} Ejemplo", coop) for n in range(3))
    there(held(programme, "Uno"), [first, second, third])
    there(held(programme, "Dos"), [second])
    merging.merge(COMMAND_LINE, second, first)
    merging.merge(COMMAND_LINE, third, second)
    asked = counting.of_programme(programme)
    assert (counting.people(asked), counting.attendances(asked)) == (1, 2)
    assert counting.people_by(asked, By.SEX, By.AGE) == {("woman", "older"): 1}


@pytest.mark.parametrize("people", [2, 12])
def test_what_is_asked_does_not_grow_with_what_is_counted(app: Flask, people: int) -> None:
    programme, coop = make.programme(), make.organisation("Una")
    there(held(programme, "Uno"), [make.person(f"Persona{n} Ejemplo", coop) for n in range(people)], coop)
    db.session.commit()
    sent: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith("SAVEPOINT"):
            sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        counting_events.reach(counting.of_programme(programme))
        counting.people_by(counting.of_programme(programme), By.YEAR, By.SEX, By.AGE, By.ORGANISATION)
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    assert len(sent) == 6, "\n".join(sent)


Attended = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(0, 3)), max_size=30)


@given(Attended)
@settings(max_examples=50)
def test_a_network_counts_every_member_once_however_it_is_tied(ties: list[tuple[int, int, int]]) -> None:
    lowers: dict[int, set[int]] = defaultdict(set)
    for upper, lower, _ in ties:
        if upper < lower:
            lowers[upper].add(lower)
    figures = {lower: 10**lower for _, lower, known in ties if known}
    found = network_figure(0, lowers, figures)
    assert found.value == sum(figures[one] for one in found.counted)
    assert not found.missing & set(found.counted)
    assert set(found.counted) <= set(figures)


def test_a_member_with_members_stands_with_theirs_or_else_with_its_own() -> None:
    found = network_figure(1, {1: {2, 3}, 2: {4, 5}}, {2: 100, 4: 30, 3: 7})
    assert (found.value, dict(found.counted), found.missing) == (37, {4: 30, 3: 7}, {5})
    found = network_figure(1, {1: {2}, 2: {4, 5}}, {2: 100, 1: 90})
    assert (found.value, found.missing, found.own) == (100, frozenset(), 90)


@pytest.mark.parametrize(
    ("day", "starts_in", "year"),
    [
        (date(2026, 1, 1), 1, 2026),
        (date(2026, 9, 30), 10, 2025),
        (date(2026, 10, 1), 10, 2026),
        (date(2026, 12, 31), 1, 2026),
    ],
)
def test_reporting_years_begin_in_the_programmes_month(day: date, starts_in: int, year: int) -> None:
    assert reporting_year(day, starts_in) == year


def test_merging_two_who_were_at_the_same_activity_leaves_one_person_there(app: Flask) -> None:
    programme, coop = make.programme(), make.organisation("Una")
    kept, doubled = make.person("Rosa Ejemplo", coop), make.person("Rosa Elvira Ejemplo", coop)
    there(held(programme, "Uno"), [kept, doubled])
    there(held(programme, "Dos"), [doubled])
    merge = merging.merge(COMMAND_LINE, kept, doubled)
    asked = counting.of_programme(programme)
    assert (counting.people(asked), counting.attendances(asked)) == (1, 2)
    merging.unmerge(COMMAND_LINE, merge)
    assert (counting.people(asked), counting.attendances(asked)) == (2, 3)


def test_erasing_somebody_changes_no_count(app: Flask) -> None:
    programme, coop = make.programme(), make.organisation("Una")
    person = make.person("Rosa Ejemplo", coop)
    there(held(programme, "Uno"), [person])
    asked = counting.of_programme(programme)
    before = counting.people_by(asked, By.SEX, By.AGE)
    erasing.erase(COMMAND_LINE, person)
    assert counting.people_by(asked, By.SEX, By.AGE) == before
