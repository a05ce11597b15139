"""Pages of keeping people: whom to call and why, writing it down, agreements, leaving, and what others may not see."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.delivery.actions import cohorts as deeds
from app.delivery.actions import follow_up as actions
from app.delivery.actions import leaving as proposing
from app.delivery.kinds import ContactWay, EnrolmentState, Outcome
from app.delivery.models import Enrolment, FollowUpContact, Intervention, TrainerLicence
from app.delivery.queries import follow_up as queries
from app.delivery.rules import observing
from app.infra import clock
from app.infra.audit import AuditEntry
from app.infra.db import db
from app.people.actions import accounts, consents, erasing, persons
from app.people.kinds import ConsentHow, ConsentPurpose, ContactKind
from app.people.models import Consent, Person
from app.people.permissions import COMMAND_LINE, Role, Scope
from tests import factories
from tests.translation.counting import counted

from . import field as make
from . import roll
from .phones import signed_in

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
    assert "Why people left" not in page, "three people are not told apart"
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
    assert "Enseña sola desde marzo" in listed
    [held] = db.session.query(TrainerLicence).all()
    assert client.post(f"{page}/{held.uid}/revoke", data={"why": ""}).status_code == 422
    assert client.post(f"{page}/{held.uid}/revoke", data={"why": "Dejó el programa"}).status_code == 303
    assert "Dejó el programa" in client.get(page).text
    other = f"/programmes/san-martin/licences/{slipping.learners[0].person_id}"
    assert client.post(f"{other}/{held.uid}/renew").status_code in (404, 409)

    signed_in(slipping.trainer, "teresa")
    sign_in(client, "teresa")
    own = client.get("/").text
    assert "Dejó el programa" in own, "why it was taken back is told to who held it"
    assert "Llegó a tiempo" in own
    assert "Enseña sola desde marzo" in own


def watcher(field: make.Field) -> None:
    """An account that follows the programme and writes nothing."""
    factories.account(
        "mirna", Role.MONITORING, Scope(programmes=frozenset({field.programme.id})), language="en"
    )  # fmt: skip


def test_what_was_said_and_agreed_is_read_only_by_those_who_may_write_it(
    client: FlaskClient, slipping: make.Field
) -> None:
    one, day = slipping.learners[0], date(2026, 11, 20)
    actions.log_contact(
        COMMAND_LINE, one, ContactWay.VISIT, reached=True, on=day, reason="migration", note="Se va a Lima"
    )
    made = actions.agree(COMMAND_LINE, one, slipping.trainer, "Pagar el pasaje", on=day, due=day)
    actions.tell_result(COMMAND_LINE, made, Outcome.STILL_AWAY, on=day, note="No alcanzó")
    actions.agree(COMMAND_LINE, one, slipping.trainer, "Visita en casa", on=day, due=day)
    proposing.propose(make.as_person(slipping.trainer), one, "migration", note="Ya no vive aquí")
    watcher(slipping)
    seek = f"/cohorts/lamas/follow-up/{one.id}"
    lists = ("/cohorts/lamas/follow-up", "/programmes/san-martin/follow-up", f"/cohorts/lamas/people/{one.id}")
    words = ("Se va a Lima", "Pagar el pasaje", "No alcanzó", "Visita en casa", "Ya no vive aquí")
    told = ("moving away", "migration", "Migration")
    sign_in(client, "mirna")
    for address in (seek, *lists):
        page = client.get(address).text
        assert [word for word in (*words, *told) if word in page] == [], address
        assert "last contact" in page
    page = client.get(seek).text
    assert "Visit" in page
    assert "November 20, 2026" in page or "Nov 20, 2026" in page
    sign_in(client, "coordina")
    page = client.get(seek).text
    assert [word for word in words if word not in page] == []
    assert "moving away" in page


def test_those_who_decide_find_what_is_proposed_on_the_list_of_the_programme(
    client: FlaskClient, slipping: make.Field
) -> None:
    one = slipping.learners[0]
    proposing.propose(make.as_person(slipping.trainer), one, "migration")
    watcher(slipping)
    address = "/programmes/san-martin/follow-up"
    sign_in(client, "mirna")
    assert "may have left" not in client.get(address).text
    sign_in(client, "coordina")
    page = client.get(address).text
    assert "Persona0 Ejemplo may have left" in page
    assert f'href="/cohorts/lamas/follow-up/{one.id}">Look and decide' in page
    deeds.change_enrolment(COMMAND_LINE, one, EnrolmentState.WITHDRAWN, date(2026, 11, 1), reason="care")
    assert "may have left" not in client.get(address).text
    assert "may have left" not in client.get("/cohorts/lamas/follow-up").text


def test_who_seeks_somebody_out_notes_what_they_say_to_calls_and_messages(
    client: FlaskClient, slipping: make.Field
) -> None:
    one, two, _ = slipping.learners
    for each in (one, two):
        person = db.session.get_one(Person, each.person_id)
        if each is two:
            persons.add_contact(COMMAND_LINE, person, ContactKind.PHONE, "+51987111222")
    signed_in(slipping.trainer, "teresa")
    sign_in(client, "teresa")
    address = f"/cohorts/lamas/follow-up/{two.id}"
    page = client.get(address).text
    assert "Has not been asked yet" in page
    assert "We may call you or write to you" in page
    asked = {"answer_version": "2026-11-22", "answer_language": "en"}
    told = {"way": "visit", "reached": "yes", "on": "2026-11-20", **asked}
    assert client.post(f"{address}/contacts", data={**told, "answer": "maybe"}).status_code == 422
    assert client.post(f"{address}/contacts", data={**told, "answer": "voice", "reached": "no"}).status_code == 422
    wrong = {**told, "answer": "no", "answer_version": "1999-01-01"}
    assert client.post(f"{address}/contacts", data=wrong).status_code == 422
    assert db.session.query(FollowUpContact).count() == 0, "nothing is kept of what was refused"
    assert client.post(f"{address}/contacts", data={**told, "answer": "no"}).status_code == 303
    page = client.get(address).text
    assert "Has asked us not to call or write" in page
    assert "987111222" not in page
    [kept] = db.session.query(Consent).filter_by(person_id=two.person_id).all()
    assert kept.given_on == kept.withdrawn_on == date(2026, 11, 20)
    yes = {**told, "on": "2026-11-21", "answer": "voice"}
    assert client.post(f"{address}/contacts", data=yes).status_code == 303
    assert "tel:+51987111222" in client.get(address).text
    early = {**told, "on": "2026-11-19", "answer": "signature"}
    assert client.post(f"{address}/contacts", data=early).status_code == 303
    held = db.session.query(Consent).filter_by(person_id=two.person_id, given_on=date(2026, 11, 19)).one()
    assert held.withdrawn_on == date(2026, 11, 20), "the no that came after it stands"
    first = f"/cohorts/lamas/follow-up/{one.id}"
    assert client.post(f"{first}/contacts", data={**told, "answer": "no"}).status_code == 303
    [ended] = db.session.query(Consent).filter_by(person_id=one.person_id).all()
    assert (ended.given_on, ended.withdrawn_on) == (date(2026, 3, 1), date(2026, 11, 20))


def test_for_a_child_a_guardian_says_whether_we_may_call(client: FlaskClient, slipping: make.Field) -> None:
    child = db.session.get_one(Person, slipping.learners[1].person_id)
    child.birth_year = 2013
    db.session.commit()
    sign_in(client, "coordina")
    address = f"/cohorts/lamas/follow-up/{slipping.learners[1].id}"
    assert "a mother, father or guardian has to agree" in client.get(address).text
    told = {
        "way": "visit", "reached": "yes", "on": "2026-11-20", "answer": "voice", "answer_version": "2026-11-22",
        "answer_language": "es",
    }  # fmt: skip
    assert client.post(f"{address}/contacts", data=told).status_code == 422
    assert client.post(f"{address}/contacts", data={**told, "guardian": "Rosa Madre"}).status_code == 303
    assert db.session.query(Consent).filter_by(person_id=child.id).one().guardian_name == "Rosa Madre"


def test_why_somebody_leads_without_a_licence_is_read_by_those_who_run_the_cohort_until_they_are_erased(
    client: FlaskClient, slipping: make.Field
) -> None:
    watcher(slipping)
    sign_in(client, "mirna")
    assert make.OBSERVED not in client.get("/cohorts/lamas/trainers").text
    sign_in(client, "coordina")
    assert make.OBSERVED in client.get("/cohorts/lamas/trainers").text
    erasing.erase(COMMAND_LINE, slipping.trainer)
    assert make.OBSERVED not in client.get("/cohorts/lamas/trainers").text
    kept = [one.details for one in db.session.query(AuditEntry).filter_by(action="cohort.trainer")]
    assert [one["role"] for one in kept] == ["lead"]
    assert "despite" not in kept[0]
