"""Pages of keeping people: whom to call and why, writing it down, agreements, leaving, and what others may not see."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.delivery.actions import follow_up as actions
from app.delivery.kinds import ContactWay, EnrolmentState
from app.delivery.models import Enrolment, FollowUpContact, Intervention, TrainerLicence
from app.delivery.queries import follow_up as queries
from app.delivery.rules import observing
from app.infra import clock
from app.infra.db import db
from app.people.actions import accounts, consents, persons
from app.people.kinds import ConsentHow, ConsentPurpose, ContactKind
from app.people.models import Consent, Person
from app.people.permissions import COMMAND_LINE, Role, Scope
from tests import factories
from tests.translation.counting import counted

from . import field as make
from . import roll

Signed = FlaskClient


def sign_in(client: FlaskClient, username: str) -> None:
    """Sign in through the page."""
    client.post("/sign-out")
    answer = client.post("/sign-in", data={"username": username, "password": factories.PASSWORD})
    assert answer.status_code == 303


def coordinator(field: make.Field, username: str = "coordina") -> None:
    """An account that coordinates the programme, of a person."""
    accounts.create_account(
        COMMAND_LINE,
        username,
        factories.PASSWORD,
        name="Carla Coordina",
        role=Role.COORDINATOR,
        scope=Scope(programmes=frozenset({field.programme.id})),
        must_change_password=False,
        language="en",
        person=make.person("Carla Coordina", field.coops[0]),
    )


def reachable(enrolment: Enrolment, number: str = "+51987654321") -> Person:
    """Somebody with a telephone of their own who agreed to be called."""
    person = db.session.get_one(Person, enrolment.person_id)
    persons.add_contact(COMMAND_LINE, person, ContactKind.PHONE, number)
    day = date(2026, 3, 1)
    consents.agree(
        COMMAND_LINE, person, ConsentPurpose.MESSAGES, ConsentHow.VOICE, language="es", on=day, version="2026-11-22"
    )
    return person


@pytest.fixture
def slipping(app: Flask) -> make.Field:
    """Four sessions: the first learner missed the last three, the second came to all."""
    field = make.field(learners=3)
    one, two, three = field.learners
    roll.season(field.sessions, {one: "paaa", two: "pppp", three: "pppp"}, field.trainer)
    reachable(one)
    coordinator(field)
    return field


def test_who_slips_away_is_on_the_first_page_with_why_and_is_found_again_after_a_visit(
    client: FlaskClient, slipping: make.Field
) -> None:
    one = slipping.learners[0]
    sign_in(client, "coordina")
    page = client.get("/").text
    assert "Persona0 Ejemplo" in page
    assert "missed 3 in a row without an excuse" in page
    assert "tel:+51987654321" in page
    assert "https://wa.me/51987654321?text=Hello%20Persona0" in page
    assert "Persona1 Ejemplo" not in page

    address = f"/cohorts/lamas/follow-up/{one.id}"
    assert "Write down what came of it" in client.get(address).text
    odd = client.post(f"{address}/contacts", data={"way": "visit", "on": "2026-11-20", "note": "Va a trabajar"})
    assert odd.status_code == 422
    assert "Va a trabajar" in odd.text
    told = {"way": "visit", "reached": "yes", "reason": "distance", "on": "2026-11-20", "note": "No hay bus"}
    assert client.post(f"{address}/contacts", data=told).status_code == 303
    agreed = {"what": "La cooperativa paga el pasaje", "owner": str(slipping.trainer.id), "due": "2026-11-27"}
    assert client.post(f"{address}/agreements", data=agreed).status_code == 303
    [made] = db.session.query(Intervention).all()
    assert (made.owner_id, made.due_on) == (slipping.trainer.id, date(2026, 11, 27))
    assert "La cooperativa paga el pasaje" in client.get("/cohorts/lamas/follow-up").text
    assert "1 agreement is open" in client.get(f"/cohorts/lamas/people/{one.id}").text
    result = {"outcome": "came_back", "told_on": "2026-11-30", "result_note": "El pasaje ayudó"}
    assert client.post(f"{address}/agreements/{made.uid}", data=result).status_code == 303
    assert "El pasaje ayudó" in client.get(address).text


def test_whoever_said_no_to_calls_is_not_offered_a_number(client: FlaskClient, slipping: make.Field) -> None:
    person = db.session.get_one(Person, slipping.learners[0].person_id)
    [given] = db.session.query(Consent).filter_by(person_id=person.id).all()
    persons.withdraw_consent(COMMAND_LINE, given, date(2026, 11, 1))
    sign_in(client, "coordina")
    page = client.get("/").text
    assert "Has asked us not to call or write" in page
    assert "987654321" not in page


def test_leaving_is_verified_by_a_contact_and_coming_back_is_a_new_enrolment(
    client: FlaskClient, slipping: make.Field
) -> None:
    one = slipping.learners[0]
    address = f"/cohorts/lamas/follow-up/{one.id}"
    sign_in(client, "coordina")
    left = {"left_reason": "migration", "left_on": "2026-04-10"}
    actions.log_contact(COMMAND_LINE, one, ContactWay.CALL, reached=True, on=date(2026, 4, 1), reason="migration")
    assert client.post(f"{address}/left", data=left).status_code == 303
    assert "verified by a contact" in client.get(address).text
    db.session.refresh(one)
    assert one.state is EnrolmentState.DESERTED
    assert client.post(f"{address}/again").status_code == 303
    newer = db.session.query(Enrolment).filter_by(previous_id=one.id).one()
    assert newer.state is EnrolmentState.ACTIVE
    two = slipping.learners[1]
    assert client.post(f"/cohorts/lamas/follow-up/{two.id}/left", data=left).status_code == 303
    assert "not verified" in client.get(f"/cohorts/lamas/follow-up/{two.id}").text
    assert queries.verified(queries.of_cohort(COMMAND_LINE, slipping.cohort)) == {one.id}


def test_those_who_teach_propose_that_somebody_left_and_those_who_coordinate_decide(
    client: FlaskClient, slipping: make.Field
) -> None:
    one = slipping.learners[0]
    address = f"/cohorts/lamas/follow-up/{one.id}"
    accounts.create_account(
        COMMAND_LINE, "teresa", factories.PASSWORD, name="Teresa Instructora", role=Role.TRAINER,
        scope=Scope(teachers=frozenset({slipping.trainer.id})), must_change_password=False, language="en",
        person=slipping.trainer,
    )  # fmt: skip
    sign_in(client, "teresa")
    assert "Persona0 Ejemplo" in client.get("/").text
    left = {"left_reason": "migration", "left_on": "2026-04-10"}
    assert client.post(f"{address}/left", data=left).status_code in (403, 404)
    proposal = {"proposed_reason": "migration", "proposed_note": "Se fue a Lima"}
    assert client.post(f"{address}/proposal", data=proposal).status_code == 303
    db.session.refresh(one)
    assert one.state is EnrolmentState.ACTIVE
    sign_in(client, "coordina")
    assert "Se fue a Lima" in client.get("/cohorts/lamas/follow-up").text
    assert client.post(f"{address}/proposal/set-aside").status_code == 303
    assert "Se fue a Lima" not in client.get("/cohorts/lamas/follow-up").text


def test_other_programmes_people_are_nowhere(client: FlaskClient, slipping: make.Field) -> None:
    other = make.programme("other", "GT")
    factories.account("otra", Role.COORDINATOR, Scope(programmes=frozenset({other.id})), language="en")
    one = slipping.learners[0]
    sign_in(client, "otra")
    assert "Persona0" not in client.get("/").text
    for address in (
        "/cohorts/lamas/follow-up",
        f"/cohorts/lamas/follow-up/{one.id}",
        "/programmes/san-martin/follow-up",
    ):
        assert client.get(address).status_code == 404
    told = {"way": "visit", "reached": "yes", "on": "2026-11-20"}
    assert client.post(f"/cohorts/lamas/follow-up/{one.id}/contacts", data=told).status_code == 404
    assert db.session.query(FollowUpContact).count() == 0
    sign_in(client, "coordina")
    elsewhere = make.cohort(slipping.programme, "otros")
    assert client.get(f"/cohorts/{elsewhere.slug}/follow-up/{one.id}").status_code == 404


def test_the_number_of_queries_does_not_grow_with_people(client: FlaskClient, slipping: make.Field) -> None:
    sign_in(client, "coordina")

    def asked(address: str) -> int:
        with counted() as number:
            assert client.get(address).status_code == 200
        return number()

    pages = ("/", "/cohorts/lamas/follow-up?view=all", "/programmes/san-martin/follow-up")
    before = [asked(address) for address in pages]
    more = [
        make.cohorts.enrol(COMMAND_LINE, slipping.cohort, make.person(f"Otra{n} Persona"), make.START, source="form")
        for n in range(4)
    ]
    for number, session in enumerate(slipping.sessions):
        roll.call(session, dict.fromkeys(more, roll.LETTERS["paaa"[number]]))
    for one in more:
        actions.log_contact(
            COMMAND_LINE, one, ContactWay.CALL, reached=False, on=clock.now().date() - timedelta(days=9)
        )
        actions.agree(
            COMMAND_LINE, one, slipping.trainer, "Visita", on=date(2026, 11, 1), due=date(2026, 11, 2)
        )  # fmt: skip
    assert [asked(address) for address in pages] == before


def test_a_programme_says_its_own_harvests_and_thresholds_and_keeps_what_was_typed_wrong(
    client: FlaskClient, slipping: make.Field
) -> None:
    sign_in(client, "coordina")
    address = "/programmes/san-martin/follow-up"
    assert "Default: 3" in client.get(f"{address}/settings").text
    odd = client.post(f"{address}/thresholds", data={"red_in_a_row": "5", "yellow_attended": "doce"})
    assert odd.status_code == 422
    assert 'value="5"' in odd.text
    assert client.post(f"{address}/thresholds", data={"red_in_a_row": "1"}).status_code == 422
    assert client.post(f"{address}/thresholds", data={"red_in_a_row": "4", "red_silent_days": "400"}).status_code == 303
    assert "Call soon" in client.get(f"/cohorts/lamas/follow-up/{slipping.learners[0].id}").text
    harvest = {"crop": "cacao", "region": "PE-SAM", "from_month": "10", "until_month": "12", "source": "ACOPAGRO"}
    assert client.post(f"{address}/harvests", data={**harvest, "region": "XX"}).status_code == 422
    assert client.post(f"{address}/harvests", data=harvest).status_code == 303
    page = client.get(f"{address}/settings").text
    assert "cocoa" in page
    assert "October – December" in page


def test_who_stays_is_shown_with_its_denominator_and_small_groups_are_left_out(
    client: FlaskClient, slipping: make.Field
) -> None:
    actions.desert(COMMAND_LINE, slipping.learners[0], date(2026, 4, 10), "migration")
    sign_in(client, "coordina")
    page = client.get("/cohorts/lamas/retention").text
    assert "left without a word: 1 of 3" in page
    assert "session 1 (1 person of 3)" in page
    assert "too few to be shown" in page
    assert "under 5" in page
    assert "1 of 4, 25%" in client.get("/programmes/san-martin/retention").text


def test_the_cascade_is_drawn_and_told_and_promises_stand_beside_what_was_held(
    client: FlaskClient, slipping: make.Field
) -> None:
    sign_in(client, "coordina")
    page = client.get("/programmes/san-martin/cascade").text
    assert "Level by level" in page
    assert "2 levels deep" in page
    assert 'class="cascade"' in page
    promise = {"enrolment": str(slipping.qualified.id), "cohorts": "2", "people": "30", "by": "2026-05-01"}
    odd = client.post("/cohorts/masters/cascade/promises", data={**promise, "people": "muchas"})
    assert odd.status_code == 422
    assert "2026-05-01" in odd.text
    assert client.post("/cohorts/masters/cascade/promises", data=promise).status_code == 303
    page = client.get("/cohorts/masters/cascade").text
    assert "promised 2 groups" in page
    assert "cohorts held, of those promised: 1 of 2" in page
    assert "masters" in client.get("/cohorts/lamas/cascade").text
    elsewhere = {**promise, "enrolment": str(slipping.learners[0].id)}
    assert client.post("/cohorts/masters/cascade/promises", data=elsewhere).status_code == 404


def test_an_observation_keeps_what_was_scored_and_opens_the_gate_of_a_licence(
    client: FlaskClient, slipping: make.Field
) -> None:
    sign_in(client, "coordina")
    trainer = slipping.trainer.id
    address = f"/cohorts/lamas/observing/{trainer}"
    scores = {f"score-{one.key}": "3" for one in observing.current().criteria}
    seen = {"on": "2026-11-20", "solo": "yes", "session": "2", "note": "Llegó a tiempo"}
    odd = client.post(address, data={**scores, **seen, "score-gender": ""})
    assert odd.status_code == 422
    assert "Llegó a tiempo" in odd.text
    assert odd.text.count('value="3" checked') == len(scores) - 1
    assert client.post(address, data={**scores, **seen}).status_code == 303
    assert "every point at its minimum or above" in client.get("/cohorts/lamas/observing").text
    assert client.get(f"/cohorts/lamas/observing/{slipping.learners[0].person_id}").status_code == 404

    page = f"/programmes/san-martin/licences/{trainer}"
    assert "2 sessions taught together with somebody (so far: 0)" in client.get(page).text
    granted = {"kind": "trainer", "on": "2026-11-22"}
    shut = client.post(page, data=granted)
    assert shut.status_code == 409
    assert "Something is still missing" in shut.text
    assert client.post(page, data={**granted, "despite": "Enseña sola desde marzo"}).status_code == 303
    listed = client.get("/programmes/san-martin/licences").text
    assert "November 21, 2029" in listed
    [held] = db.session.query(TrainerLicence).all()
    assert client.post(f"{page}/{held.uid}/revoke", data={"why": ""}).status_code == 422
    assert client.post(f"{page}/{held.uid}/revoke", data={"why": "Dejó el programa"}).status_code == 303
    assert "Dejó el programa" in client.get(page).text
    other = f"/programmes/san-martin/licences/{slipping.learners[0].person_id}"
    assert client.post(f"{other}/{held.uid}/renew").status_code in (404, 409)
