"""The pages of cohorts as people use them: one is opened, people are put in, a trainer looks, somebody asks to join."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.delivery.actions import cohorts
from app.delivery.kinds import CohortState, EnrolmentState, Mark
from app.delivery.models import Enrolment
from app.infra import clock
from app.infra.db import db
from app.people.models import Consent, Person
from app.people.permissions import COMMAND_LINE, Role, Scope
from tests import factories as make_edition
from tests.delivery import field as make
from tests.delivery import roll
from tests.translation.counting import counted

SignIn = Callable[[str], FlaskClient]
TODAY = clock.now().date()


@pytest.fixture
def sign_in(client: FlaskClient) -> SignIn:
    """Sign in through the page, in English."""

    def do(username: str) -> FlaskClient:
        client.get("/sign-in?lang=en")
        answer = client.post("/sign-in", data={"username": username, "password": make_edition.PASSWORD})
        assert answer.status_code == 303
        return client

    return do


def coordinator(field: make.Field) -> str:
    """Somebody who coordinates the programme."""
    make_edition.account("coordina", Role.COORDINATOR, Scope(programmes=frozenset({field.programme.id})), language="en")
    return "coordina"


def trainer(field: make.Field) -> str:
    """The account of who teaches the cohort."""
    make_edition.account("teresa", Role.LEARNER, Scope(persons=frozenset({field.trainer.id})), person=field.trainer,
                         language="en")  # fmt: skip
    return "teresa"


def read(client: FlaskClient, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, (path, answer.status_code)
    return answer.text


def send(client: FlaskClient, path: str, status: int = 303, **fields: Any) -> str:
    answer = client.post(path, data=fields)
    db.session.expire_all()
    assert answer.status_code == status, (path, answer.status_code, answer.text[-3000:])
    return answer.text if status != 303 else answer.headers["Location"]


def test_a_coordinator_opens_a_cohort_and_puts_people_in(app: Flask, sign_in: SignIn) -> None:
    field = make.field(learners=2, meetings=2)
    client = sign_in(coordinator(field))
    assert "masters" in read(client, "/cohorts/?q=MAS")
    assert "lamas" not in read(client, "/cohorts/?level=trainers")
    assert "Open a cohort" in read(client, "/cohorts/new?programme=san-martin")
    kept = send(client, "/cohorts/new", 422, programme="san-martin", name="Juanjuí 2026", level="cascade",
                starts_on="2026-13-01", place="Casa comunal", capacity="2")  # fmt: skip
    assert 'value="Casa comunal"' in kept
    assert "year, month, day" in kept
    release = field.release.id
    to = send(client, "/cohorts/new", programme="san-martin", name="Juanjuí 2026", level="cascade",
              starts_on="2026-03-02", capacity="2", parent=str(field.masters.id), host=str(field.coops[0].id),
              release=str(release))  # fmt: skip
    assert to == "/cohorts/juanjui-2026/people/"
    assert "Nobody is on the list yet" in read(client, to)
    known = db.session.get_one(Person, field.learners[0].person_id)
    assert known.name in read(client, "/cohorts/juanjui-2026/people/add?q=persona0")
    send(client, "/cohorts/juanjui-2026/people/add", person=str(known.id))
    wrong: dict[str, Any] = {
        "given_names": "Rosa",
        "family_names": "Quispe",
        "sex": "woman",
        "birth": "15",
        "phone": "987 654 321",
        "organisation": str(field.coops[0].id),
        "capacity": "member",
        "reading": "not_yet",
        "consent": "tick",
        "on": TODAY.isoformat(),
    }
    assert "guardian" in send(client, "/cohorts/juanjui-2026/people/new", 422, **wrong)
    assert db.session.scalar(select(Person).where(Person.given_names == "Rosa")) is None
    send(client, "/cohorts/juanjui-2026/people/new", **wrong, guardian="María Quispe", guardian_tie="mother")
    rosa = db.session.scalars(select(Person).where(Person.given_names == "Rosa")).one()
    consent = db.session.scalars(select(Consent)).one()
    assert (consent.person_id, consent.guardian_name, consent.how.value) == (rosa.id, "María Quispe", "tick")
    full = send(client, "/cohorts/juanjui-2026/people/new", 409, given_names="Otra", sex="woman", capacity="member",
                reading="well", on=TODAY.isoformat())  # fmt: skip
    assert "is full" in full
    assert 'value="Otra"' in full
    page = read(client, "/cohorts/juanjui-2026/")
    assert "Rosa Quispe" not in page or "No sessions are planned yet" in page


def test_whoever_is_like_somebody_known_is_shown_before_they_stand_here_twice(app: Flask, sign_in: SignIn) -> None:
    field = make.field(learners=1, meetings=1)
    other = make.cohort(field.programme, "juanjui")
    client = sign_in(coordinator(field))
    told: dict[str, Any] = {
        "given_names": "Persona0",
        "family_names": "Ejemplo",
        "sex": "woman",
        "birth": "1970",
        "capacity": "member",
        "reading": "well",
        "on": TODAY.isoformat(),
    }
    shown = send(client, "/cohorts/juanjui/people/new", 409, **told)
    assert "Is it one of them?" in shown
    send(client, "/cohorts/juanjui/people/new", who=str(field.learners[0].person_id), **told)
    assert [one.person_id for one in db.session.scalars(select(Enrolment).where(Enrolment.cohort_id == other.id))] == [
        field.learners[0].person_id
    ]
    send(client, "/cohorts/juanjui/people/new", who="new", **told)
    assert len(db.session.scalars(select(Person).where(Person.given_names == "Persona0")).all()) == 2


def test_an_enrolment_pauses_ends_moves_and_begins_again(app: Flask, sign_in: SignIn) -> None:
    field = make.field(learners=3, meetings=2)
    one, two, three = field.learners
    other = make.cohort(field.programme, "juanjui")
    client = sign_in(coordinator(field))
    here = f"/cohorts/lamas/people/{one.id}"
    assert "Back on" in send(client, here, 422, state="paused", on="2026-04-01", reason="harvest")
    send(client, here, state="paused", on="2026-04-01", reason="harvest", returns_on="2026-05-01")
    assert (one.state, one.returns_on) == (EnrolmentState.PAUSED, date(2026, 5, 1))
    assert "Harvest work" in read(client, here)
    assert "Look at it once more" in send(client, here, 409, state="deserted", on="2026-06-01", reason="harvest")
    send(client, here, state="withdrawn", on="2026-06-01", reason="study")
    send(client, here, do="again", on="2026-07-01")
    again = db.session.scalars(select(Enrolment).where(Enrolment.previous_id == one.id)).one()
    assert (again.cohort_id, again.state, one.state) == (one.cohort_id, EnrolmentState.ACTIVE, EnrolmentState.WITHDRAWN)
    assert "this one follows it" in read(client, f"/cohorts/lamas/people/{again.id}")
    to = send(client, f"/cohorts/lamas/people/{two.id}", do="move", cohort=str(other.id), on="2026-06-01",
              reason="distance")  # fmt: skip
    assert to.startswith("/cohorts/juanjui/people/")
    assert two.state is EnrolmentState.TRANSFERRED
    send(client, f"/cohorts/lamas/people/{three.id}", 422, do="move", cohort="999999", on="2026-06-01", reason="other")
    assert three.state is EnrolmentState.ACTIVE
    read(client, f"/cohorts/juanjui/people/{three.id}", 404)


def test_a_trainer_sees_their_cohort_its_sheet_and_nothing_to_change(app: Flask, sign_in: SignIn) -> None:
    field = make.field(learners=3, meetings=2)
    roll.hold(field.sessions[0])
    roll.call(field.sessions[0], {field.learners[0]: Mark.PRESENT, field.learners[1]: Mark.ABSENT})
    client = sign_in(trainer(field))
    page = read(client, "/cohorts/lamas/")
    assert "Persona0 Ejemplo" in page
    assert page.count('class="mark mark-present"') == 2  # one in the legend
    assert "1/1" in page
    assert "Pause this cohort?" not in page
    assert "masters" not in read(client, "/cohorts/")
    for path in (
        "/cohorts/masters/",
        "/cohorts/masters/attendance.csv",
        "/cohorts/lamas/settings",
        "/cohorts/nowhere/",
    ):
        assert client.get(path).status_code in (403, 404), path
    send(client, "/cohorts/lamas/state", 403, state="finished")
    file = client.get("/cohorts/lamas/attendance.csv")
    assert file.text.startswith("\ufeffName,State")
    assert "Persona0 Ejemplo,Taking part,Present" in file.text


def test_who_only_learns_is_not_offered_cohorts(app: Flask, sign_in: SignIn) -> None:
    field = make.field(learners=1, meetings=1)
    person = db.session.get_one(Person, field.learners[0].person_id)
    make_edition.account("persona", Role.LEARNER, Scope(persons=frozenset({person.id})), person=person, language="en")
    client = sign_in("persona")
    assert 'href="/cohorts/"' not in read(client, "/account")
    assert "lamas" not in read(client, "/cohorts/")
    read(client, "/cohorts/lamas/", 404)


def test_a_cohort_goes_from_state_to_state_and_takes_a_newer_version(app: Flask, sign_in: SignIn) -> None:
    field = make.field(learners=1, meetings=1)
    client = sign_in(coordinator(field))
    send(client, "/cohorts/lamas/state", state="paused")
    assert field.cohort.state is CohortState.PAUSED
    send(client, "/cohorts/lamas/state", 409, state="planned")
    send(client, "/cohorts/lamas/state", 422, state="nonsense")
    assert "comes from" not in read(client, "/cohorts/lamas/settings")
    send(client, "/cohorts/lamas/settings", name="Lamas de nuevo", level="cascade", starts_on="2026-03-02",
         planned_learners="30")  # fmt: skip
    assert (field.cohort.name, field.cohort.planned_learners) == ("Lamas de nuevo", 30)
    kept = send(client, "/cohorts/lamas/settings", 422, name="Otra", level="cascade", starts_on="2026-03-02",
                ends_on="2026-01-01")  # fmt: skip
    assert 'value="Otra"' in kept
    assert field.cohort.name == "Lamas de nuevo"


def test_lists_and_the_sheet_ask_no_more_for_more_rows(app: Flask, sign_in: SignIn) -> None:
    field = make.field(learners=2, meetings=2)
    client = sign_in(coordinator(field))

    def queries(path: str) -> int:
        with counted() as count:
            read(client, path)
            return count()

    paths = ("/cohorts/", "/cohorts/lamas/", "/cohorts/lamas/people/?state=all")
    for path in paths:
        queries(path)
    few = [queries(path) for path in paths]
    for n in range(4):
        make.cohort(field.programme, f"otra-{n}", host=field.coops[0])
    for n in range(5):
        person = make.person(f"Más{n} Gente", field.coops[1])
        enrolled = cohorts.enrol(COMMAND_LINE, field.cohort, person, make.START, organisation=field.coops[1])
        roll.hold(field.sessions[n % 2])
        roll.call(field.sessions[n % 2], {enrolled: Mark.PRESENT})
    many = [queries(path) for path in paths]
    assert all(later <= before for later, before in zip(many, few, strict=True)), (few, many)
    assert max(few) <= 45, few
