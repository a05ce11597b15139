"""The life of an activity: planned, held, moved, cancelled; who writes down whom; who sees which and whom."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.core.errors import Refused
from app.delivery.actions import activities, activities_people, milestones
from app.delivery.actions.activities import ActivityDetails
from app.delivery.actions.activities_people import ActivityOrganisationRole, Came, Heads
from app.delivery.kinds import ActivityKind, Mode, ParticipationRole, SessionState
from app.delivery.models import Activity, Programme
from app.delivery.queries import activities as queries
from app.delivery.queries import counting, counting_events
from app.delivery.rules import activities as rules
from app.delivery.rules.cohorts import EndsBeforeStart
from app.infra import clock
from app.infra.db import db
from app.people.actions.persons import PersonDetails
from app.people.kinds import Capacity, Sex
from app.people.models import Person
from app.people.permissions import COMMAND_LINE, VISITOR, Actor, NotAllowed, Permission, Role, Scope, allows
from app.people.queries import persons
from app.people.queries.persons import NoSuchPerson

from . import field as make

DAY = date(2026, 5, 4)


def plan(programme: Programme, **changes: object) -> Activity:
    """A workshop of two days, planned."""
    values: dict[str, object] = {"name": "Taller de costos", "kind": ActivityKind.WORKSHOP, "on": DAY}
    values |= {"until": DAY + timedelta(days=1), "place": "Lamas"}
    return activities.plan_activity(COMMAND_LINE, programme, ActivityDetails(**{**values, **changes}))  # type: ignore[arg-type]


def test_an_activity_is_moved_and_held_and_the_old_day_stays_on_record(app: Flask) -> None:
    programme = make.programme()
    area = milestones.add_area(COMMAND_LINE, programme, "Acceso a financiamiento")
    first = plan(programme, areas=(area.id,), stage="Primera etapa", mode=Mode.FIELD)
    second = activities.move_activity(COMMAND_LINE, first, DAY + timedelta(days=7), "  El puente está cerrado ")
    assert (first.state, first.reason, first.follow_up_id) == (SessionState.MOVED, "El puente está cerrado", second.id)
    assert (second.planned_on, second.planned_until) == (date(2026, 5, 11), date(2026, 5, 12))
    assert queries.areas_and_lines([second.id])[second.id] == (frozenset({area.id}), frozenset())
    activities.hold_activity(COMMAND_LINE, second)
    assert (second.held_on, second.held_until, second.mode) == (date(2026, 5, 11), date(2026, 5, 12), Mode.FIELD)
    asked = counting.of_programme(programme, stage="Primera etapa", area=area.id)
    assert counting_events.activities(asked) == 1
    assert queries.of_programme(programme) == [first, second]
    with pytest.raises(rules.NotFromThere):
        activities.hold_activity(COMMAND_LINE, first)
    with pytest.raises(rules.NotFromThere):
        activities.cancel_activity(COMMAND_LINE, second, "ya no")


def test_a_cancelled_activity_says_why_and_may_be_planned_again(app: Flask) -> None:
    activity = plan(make.programme())
    with pytest.raises(rules.NeedsWhy):
        activities.cancel_activity(COMMAND_LINE, activity, "   ")
    activities.cancel_activity(COMMAND_LINE, activity, "Lluvias")
    activities.plan_again(COMMAND_LINE, activity)
    assert (activity.state, activity.reason) == (SessionState.PLANNED, "")


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"until": DAY - timedelta(days=1)}, EndsBeforeStart),
        ({"until": DAY + timedelta(days=61)}, rules.TooLongActivity),
        ({"areas": (10**9,)}, rules.AreaOfAnother),
        ({"lines": (-1,)}, rules.AreaOfAnother),
        ({"name": " \n "}, Refused),
        ({"name": "a\x00b"}, Refused),
        ({"place": "x" * 201}, Refused),
        ({"region": "XX-NO"}, Refused),
    ],
)
def test_what_cannot_be_planned_is_refused_and_nothing_is_kept(
    app: Flask, changes: dict[str, object], refused: type[Refused]
) -> None:
    programme = make.programme()
    with pytest.raises(refused):
        plan(programme, **changes)
    assert db.session.scalars(select(Activity)).all() == []


def test_nobody_was_at_an_activity_that_was_not_held_nor_at_one_that_lies_ahead(app: Flask) -> None:
    programme, coop = make.programme(), make.organisation("Una")
    person = make.person("Rosa Ejemplo", coop)
    activity = plan(programme)
    with pytest.raises(rules.NotHeldYet):
        activities_people.add_person(COMMAND_LINE, activity, person)
    with pytest.raises(rules.NotHeldYet):
        activities_people.count_heads(COMMAND_LINE, activity, [Heads(3)])
    with pytest.raises(rules.HeldAhead):
        activities.hold_activity(COMMAND_LINE, activity, on=clock.now().date() + timedelta(days=1))


def test_somebody_is_on_a_list_once_in_one_role_and_what_they_were_then_is_kept(app: Flask) -> None:
    programme, coop = make.programme(), make.organisation("Una")
    activity = plan(programme)
    activities.hold_activity(COMMAND_LINE, activity)
    person = make.person("Rosa Ejemplo", coop)
    with pytest.raises(rules.OrganisationNotThere):
        activities_people.add_person(COMMAND_LINE, activity, person, Came(organisation=coop))
    activities_people.add_organisation(COMMAND_LINE, activity, coop)
    activities_people.add_organisation(COMMAND_LINE, activity, coop)
    came = activities_people.add_person(COMMAND_LINE, activity, person, Came(organisation=coop))
    assert came.capacity is Capacity.MEMBER
    expert = Came(ParticipationRole.EXPERT)
    assert activities_people.add_person(COMMAND_LINE, activity, person, expert).id == came.id
    assert queries.roles_of(activity) == {ParticipationRole.EXPERT: 1}
    assert counting.people(counting.of_programme(programme)) == 0, "an expert does not learn"
    activities_people.take_off(COMMAND_LINE, activity, person, "Era otra Rosa")
    assert queries.list_of(COMMAND_LINE, activity) == []
    assert came.removed_why == "Era otra Rosa"
    with pytest.raises(NoSuchPerson):
        activities_people.take_off(COMMAND_LINE, activity, person, "otra vez")
    activities_people.add_person(COMMAND_LINE, activity, person)
    assert [one.person for one in queries.list_of(COMMAND_LINE, activity)] == [person]


@pytest.mark.parametrize(
    ("heads", "refused"),
    [
        ([Heads(0)], rules.OddHeadcount),
        ([Heads(10**12)], rules.OddHeadcount),
        ([Heads(3, age_from=30, age_to=15)], rules.OddHeadcount),
        ([Heads(3, age_from=-1)], rules.OddHeadcount),
        ([Heads(3, Sex.MAN), Heads(4, Sex.MAN)], rules.CountedTwice),
    ],
)
def test_odd_headcounts_are_refused_and_the_earlier_ones_stay(
    app: Flask, heads: list[Heads], refused: type[Refused]
) -> None:
    activity = plan(make.programme())
    activities.hold_activity(COMMAND_LINE, activity)
    activities_people.count_heads(COMMAND_LINE, activity, [Heads(12, Sex.WOMAN)])
    with pytest.raises(refused):
        activities_people.count_heads(COMMAND_LINE, activity, heads)
    assert [one.people for one in queries.headcounts(activity)] == [12]


def test_a_programme_is_shared_with_by_somebody_who_runs_both_and_each_keeps_its_own_people(app: Flask) -> None:
    ours, theirs = make.programme(), make.programme("pot")
    us = make.actor("uu1", Role.COORDINATOR, Scope(programmes=frozenset({ours.id})))
    them = make.actor("tt1", Role.COORDINATOR, Scope(programmes=frozenset({theirs.id})))
    both = make.actor("bb1", Role.COORDINATOR, Scope(region="PE"))
    exchange = activities.plan_activity(us, ours, ActivityDetails("Intercambio", ActivityKind.EXCHANGE, DAY))
    with pytest.raises(NotAllowed):
        activities.share_activity(us, exchange, theirs)
    with pytest.raises(NotAllowed):
        activities.hold_activity(them, exchange)
    activities.share_activity(both, exchange, theirs, stage="Segunda etapa")
    activities.hold_activity(us, exchange)
    area = milestones.add_area(them, theirs, "Calidad")
    activities.classify_activity(them, exchange, theirs, [area.id])
    with pytest.raises(rules.AreaOfAnother):
        activities.classify_activity(us, exchange, ours, [area.id])
    came = activities_people.add_newcomer(them, exchange, PersonDetails("Nélida", "Ejemplo"), through=theirs)
    assert came.programme_id == theirs.id
    stranger = make.person("Ajena Persona", make.organisation("Ajena", "SV"))
    with pytest.raises(NotAllowed):
        activities_people.add_person(them, exchange, stranger, through=theirs)
    with pytest.raises(NotAllowed):
        activities_people.add_newcomer(them, exchange, PersonDetails("Otra"))
    with pytest.raises(rules.NotOfItsProgrammes):
        activities_people.add_newcomer(both, exchange, PersonDetails("Otra"), through=make.programme("tercera"))
    nelida = db.session.get_one(Person, came.person_id)
    assert [one.person for one in queries.list_of(them, exchange)] == [nelida]
    assert queries.list_of(us, exchange) == [], "who came through the other programme is not ours to see"
    with pytest.raises(NotAllowed):
        activities_people.take_off(us, exchange, nelida, "no")


@pytest.mark.parametrize("permission", [Permission.SEE_COHORT, Permission.SEE_PEOPLE, Permission.SEE_FIGURES])
def test_lists_hold_what_each_may_see_one_by_one(app: Flask, permission: Permission) -> None:
    ours, theirs, far = make.programme(), make.programme("pot"), make.programme("lejos", "SV")
    coops = [make.organisation(name) for name in ("RAYEN", "POT")]
    for programme, coop in ((ours, coops[0]), (theirs, coops[1]), (far, coops[1])):
        activity = plan(programme)
        activities.hold_activity(COMMAND_LINE, activity)
        activities_people.add_organisation(COMMAND_LINE, activity, coop, ActivityOrganisationRole.GUEST)
        somebody = make.person("Persona Ejemplo", coop)
        activities_people.add_person(COMMAND_LINE, activity, somebody, Came(organisation=coop))
    activities.share_activity(COMMAND_LINE, plan(ours), theirs)
    plan(far)
    actors: dict[str, Actor] = {
        "visitor": VISITOR,
        "command line": COMMAND_LINE,
        "ours": make.actor("aa1", Role.COORDINATOR, Scope(programmes=frozenset({ours.id}))),
        "theirs": make.actor("bb1", Role.MONITORING, Scope(programmes=frozenset({theirs.id}))),
        "country": make.actor("cc1", Role.COORDINATOR, Scope(region="SV")),
        "co-operative": make.actor("dd1", Role.REPRESENTATIVE, Scope(organisations=frozenset({coops[1].id}))),
        "donor": make.actor("ee1", Role.DONOR, Scope(programmes=frozenset({far.id}))),
        "somebody there": make.as_person(somebody),
    }
    everything = db.session.scalars(select(Activity)).all()
    everybody = list(db.session.scalars(select(Person.id)))
    for who, actor in actors.items():
        listed = set(db.session.scalars(select(Activity.id).where(queries.visible(actor, permission))))
        assert listed == {one.id for one in everything if allows(actor, permission, queries.of_activity(one))}, who
        seen = set(db.session.scalars(select(Person.id).where(persons.visible(actor, permission))))
        one_by_one = {i for i, scope in persons.scopes_of(everybody).items() if allows(actor, permission, scope)}
        assert seen == one_by_one, who


def test_an_activity_of_others_is_not_there(app: Flask) -> None:
    activity = plan(make.programme())
    stranger = make.actor("ss1", Role.COORDINATOR, Scope(region="SV"))
    with pytest.raises(queries.NoSuchActivity):
        queries.get(stranger, activity.uid, Permission.SEE_COHORT)
    with pytest.raises(queries.NoSuchActivity):
        queries.get(COMMAND_LINE, "\x00", Permission.SEE_COHORT)
    assert queries.get(COMMAND_LINE, activity.uid, Permission.SEE_COHORT) is activity
