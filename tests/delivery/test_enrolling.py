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
from app.people.permissions import COMMAND_LINE
from tests.delivery import field as make

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
