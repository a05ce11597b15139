"""How an enrolment stands follows from the days of what is told of it; who leads a cohort has a licence or a reason."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask

from app.delivery.actions import cohorts, licences
from app.delivery.kinds import EnrolmentState as S
from app.delivery.kinds import LicenceKind, TeachingRole
from app.delivery.models import EnrolmentChange
from app.delivery.queries import cohorts as queries
from app.delivery.rules import cohorts as rules
from app.infra import clock
from app.infra.db import db
from app.people.actions import merging
from app.people.models import Person
from app.people.permissions import COMMAND_LINE, Role, Scope
from tests import factories
from tests.delivery import field as make
from tests.reporting.readers import browser

MARCH, APRIL, MAY = date(2026, 3, 20), date(2026, 4, 10), date(2026, 5, 2)


def change(enrolment: object, state: S, on: date, **more: object) -> EnrolmentChange:
    return cohorts.change_enrolment(COMMAND_LINE, enrolment, state, on, **{"reason": "harvest", **more})  # type: ignore[arg-type]


def test_what_is_told_late_takes_its_place_by_its_day(app: Flask) -> None:
    one, other = make.field(learners=2, meetings=1).learners
    change(one, S.WITHDRAWN, APRIL, reason="study")
    change(one, S.PAUSED, MARCH, returns_on=MAY)
    assert (one.state, one.state_since, one.reason, one.returns_on) == (S.WITHDRAWN, APRIL, "study", None)
    change(other, S.PAUSED, APRIL, returns_on=MAY)
    change(other, S.WITHDRAWN, MARCH)
    assert (other.state, other.state_since, other.returns_on) == (S.WITHDRAWN, MARCH, None)
    assert [change.state for change in queries.history(other)] == [S.ACTIVE, S.PAUSED, S.WITHDRAWN]
    with pytest.raises(rules.NotAfterThat):
        change(other, S.PAUSED, MAY, returns_on=MAY)


def test_a_pause_shows_when_somebody_comes_back_and_ends_when_they_do(app: Flask) -> None:
    one = make.field(learners=1, meetings=1).learners[0]
    change(one, S.PAUSED, MARCH, returns_on=APRIL)
    assert (one.state, one.returns_on) == (S.PAUSED, APRIL)
    with pytest.raises(rules.HoldsOnThatDay):
        change(one, S.ACTIVE, MARCH, reason="")
    change(one, S.ACTIVE, APRIL, reason="")
    assert (one.state, one.reason, one.returns_on) == (S.ACTIVE, "", None)


def test_nothing_happens_before_somebody_is_enrolled_nor_tomorrow(app: Flask) -> None:
    one = make.field(learners=1, meetings=1).learners[0]
    with pytest.raises(rules.BeforeEnrolled):
        change(one, S.WITHDRAWN, make.START - timedelta(days=1))
    with pytest.raises(rules.NotInTheFuture):
        change(one, S.WITHDRAWN, clock.now().date() + timedelta(days=1))
    assert one.state is S.ACTIVE


def test_who_leads_a_cohort_has_a_licence_or_somebody_says_why_not(app: Flask) -> None:
    field = make.field(learners=1, meetings=1)
    partner = make.person("Pedro Compañero", field.coops[1])
    with pytest.raises(rules.NoLicence):
        cohorts.add_trainer(COMMAND_LINE, field.cohort, partner, TeachingRole.LEAD, since=MAY)
    held = cohorts.add_trainer(COMMAND_LINE, field.cohort, partner, TeachingRole.CO_FACILITATOR, since=MARCH)
    licences.grant(COMMAND_LINE, field.programme, partner, LicenceKind.TRAINER, on=APRIL, despite="Teaches since 2011")
    with pytest.raises(rules.NoLicence):
        cohorts.add_trainer(COMMAND_LINE, field.cohort, partner, TeachingRole.LEAD, since=MARCH)
    assert cohorts.add_trainer(COMMAND_LINE, field.cohort, partner, TeachingRole.LEAD, since=MAY).id == held.id
    cohorts.end_teaching(COMMAND_LINE, field.cohort, partner, MAY)
    assert held.until == MAY
    with pytest.raises(rules.TeachesNotHere):
        cohorts.end_teaching(COMMAND_LINE, field.cohort, partner, MAY)


def test_no_cohort_stands_above_itself(app: Flask) -> None:
    field = make.field(learners=1, meetings=1)
    below = make.cohort(field.programme, "juanjui", parent=field.cohort)
    elsewhere = make.cohort(make.programme("otro"), "lejos")
    for parent in (field.cohort, below, elsewhere):
        with pytest.raises(rules.OwnParent):
            cohorts.place_cohort(COMMAND_LINE, field.cohort, host=None, parent=parent)
    cohorts.place_cohort(COMMAND_LINE, below, host=field.coops[1], parent=field.masters)
    assert (below.parent_id, below.host_id) == (field.masters.id, field.coops[1].id)


def test_a_second_record_of_one_person_says_why_it_ended_and_no_form_can_say_so(app: Flask) -> None:
    field = make.field(learners=2, meetings=1)
    one, double = field.learners
    merging.merge(COMMAND_LINE, *(db.session.get_one(Person, each.person_id) for each in (one, double)))
    scope = Scope(programmes=frozenset({field.programme.id}))
    runs = browser(app, factories.account("coordina", Role.COORDINATOR, scope, language="en"))
    said, here = "It was a second record of the same person", f"/cohorts/{field.cohort.slug}/people"
    assert said in runs.get(f"{here}/{double.id}?lang=en").text
    page = runs.get(f"{here}/{one.id}?lang=en").text
    assert 'value="distance"' in page
    assert f'value="{rules.DOUBLED}"' not in page
    sent = runs.post(f"{here}/{one.id}", data={"state": "other", "on": APRIL.isoformat(), "reason": rules.DOUBLED})
    assert sent.status_code == 422
    db.session.expire_all()
    assert (one.state, double.state, double.reason) == (S.ACTIVE, S.OTHER, rules.DOUBLED)
    back = cohorts.enrol(COMMAND_LINE, field.masters, db.session.get_one(Person, one.person_id), MAY)
    assert back.previous_id is None
    cohorts.change_enrolment(COMMAND_LINE, one, S.WITHDRAWN, APRIL, reason="study")
    again = cohorts.enrol(COMMAND_LINE, field.cohort, db.session.get_one(Person, one.person_id), MAY)
    assert again.previous_id == one.id, "who comes back follows their own enrolment, and not the second record"
