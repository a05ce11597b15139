"""The pages of cohorts as people use them: one is opened, people are put in, a trainer looks, somebody asks to join."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.delivery.actions import cohorts, joining
from app.delivery.kinds import CohortState, EnrolmentState, Mark
from app.delivery.models import Enrolment, JoinRequest, RosterImport, WalkIn
from app.infra import clock
from app.infra.db import db
from app.people import consent_texts
from app.people.actions import merging
from app.people.kinds import ConsentPurpose
from app.people.models import Consent, Person
from app.people.permissions import COMMAND_LINE, Role, Scope
from tests import factories as make_edition
from tests.delivery import field as make
from tests.delivery import phones, roll
from tests.learning.test_progress import newer
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
    person = db.session.get_one(Person, field.learners[0].person_id)
    person.given_names = "=HYPERLINK(1)"
    db.session.commit()
    assert "\n'=HYPERLINK(1)" in client.get("/cohorts/lamas/attendance.csv").text


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


def test_somebody_becomes_a_trainer_with_a_licence_or_a_reason(app: Flask, sign_in: SignIn) -> None:
    field = make.field(learners=1, meetings=1)
    below = make.cohort(field.programme, "juanjui", parent=field.masters)
    client = sign_in(coordinator(field))
    assert "1 person was trained in the cohort above this one" in read(client, "/cohorts/juanjui/trainers")
    teresa: dict[str, Any] = {"person": str(field.trainer.id), "role": "lead", "since": "2026-04-01"}
    assert "No licence for a cohort like this one" in read(
        client, f"/cohorts/juanjui/trainers?person={field.trainer.id}"
    )
    refused = send(client, "/cohorts/juanjui/trainers", 422, **teresa)
    assert "holds no licence" in refused
    qualified: dict[str, Any] = {"qualified_by": str(field.qualified.id), "despite": "Is observed first"}
    send(client, "/cohorts/juanjui/trainers", **teresa, **qualified)
    page = read(client, "/cohorts/juanjui/trainers")
    assert "Is observed first" in page
    assert "Trained in: masters" in page.replace("</span>", "").replace("  ", " ")
    send(client, "/cohorts/juanjui/people/add", 409, person=str(field.trainer.id))
    send(client, "/cohorts/juanjui/trainers/end", 422, person=str(field.trainer.id), until="2030-01-01")
    send(client, "/cohorts/juanjui/trainers/end", person=str(field.trainer.id), until="2026-05-01")
    assert below.slug == "juanjui"
    assert "Ends teaching here" not in read(client, "/cohorts/juanjui/trainers")


def test_a_list_is_looked_at_then_brought_in_then_taken_back(app: Flask, sign_in: SignIn) -> None:
    field = make.field(learners=1, meetings=1)
    known = db.session.get_one(Person, field.learners[0].person_id)
    client = sign_in(coordinator(field))
    here = "/cohorts/lamas/roster"
    whole = client.get(f"{here}/list.csv").data
    assert known.uid.encode() in whole
    assert client.get(f"{here}/empty.xlsx").data.startswith(b"PK")
    assert "Woman, man or other" in read(client, here)
    assert "No file was sent" in send(client, here, 422)
    assert "cannot be read" in send(client, here, 422, file=(io.BytesIO(b"PK\x03\x04nonsense"), "roto.xlsx"))
    rows = "Nombres,Apellidos,Sexo,Nacimiento\r\nRosa,Quispe,Mujer,1990\r\n"
    rows += "Persona0,Ejemplo,,1970\r\nBerta,Ruiz,Mujer,3000\r\n"
    shown = send(client, here, 200, file=(io.BytesIO(rows.encode()), "lista.csv"))
    assert "Row 2" in shown
    assert "2 rows wait for you" in shown
    assert db.session.scalar(select(Person).where(Person.given_names == "Rosa")) is None
    kept = re.findall(r'name="kept" value="([^"]+)"', shown)
    assert kept
    assert "wait for you" in send(client, here, 422, do="bring", name="lista.csv", kept=kept)
    answered: dict[str, Any] = {"name": "lista.csv", "kept": kept, "who-3": str(known.id)}
    assert "1 row waits for you" in send(client, here, 200, do="look", **answered)
    send(client, here, do="bring", leave_out="yes", **answered)
    assert "1 row was brought in" in read(client, here)
    done = db.session.scalars(select(RosterImport)).one()
    read(client, "/cohorts/masters/roster")
    this: dict[str, Any] = {"import": str(done.id)}
    send(client, "/cohorts/masters/roster/undo", 404, **this)
    send(client, f"{here}/undo", **this)
    assert db.session.scalar(select(Person).where(Person.given_names == "Rosa")) is None
    same = send(client, here, 200, file=(io.BytesIO(whole), "igual.csv"))
    assert "As it was: 1" in same
    send(client, here, 422, do="bring", kept="!!!", name="x")


def test_a_visitor_asks_to_join_and_a_trainer_answers(app: Flask, sign_in: SignIn) -> None:
    field = make.field(learners=1, meetings=1)
    client = sign_in(trainer(field))
    assert "Open the door" in read(client, "/cohorts/lamas/joining")
    send(client, "/cohorts/lamas/joining/door", do="open")
    code = field.cohort.join_code
    assert code is not None
    assert "<svg" in read(client, "/cohorts/lamas/joining/poster")
    client.post("/sign-out")
    client.get("/join/?lang=en")
    page = read(client, f"/join/{code.lower()}")
    assert "lamas" in page
    assert "Persona0" not in page
    told: dict[str, Any] = {"given_names": "Rosa", "family_names": "Quispe", "phone": "987 654 321", "sex": "woman",
                            "age": "15", "organisation": "acopagro"}  # fmt: skip
    refused = send(client, f"/join/{code}", 422, **told)
    assert "mother, father or guardian" in refused
    assert 'value="987 654 321"' in refused
    told["guardian"] = "María Quispe"
    assert "tick that you agree" in send(client, f"/join/{code}", 422, **told)
    version = consent_texts.newest(ConsentPurpose.TRAINING_RECORD).version
    to = send(client, f"/join/{code}", consent=version, **told)
    assert "What happens next" in read(client, to)
    assert "no cohort with this code" in read(client, "/join/AAAAAA", 404)
    sign_in("teresa")
    page = read(client, "/cohorts/lamas/joining")
    assert "Rosa Quispe" in page
    assert f'value="{field.coops[0].id}" selected' in page
    wish = db.session.scalars(select(JoinRequest)).one()
    send(client, "/cohorts/lamas/joining", wish=str(wish.id), who="new", organisation=str(field.coops[0].id))
    rosa = db.session.scalars(select(Person).where(Person.given_names == "Rosa")).one()
    assert [one.guardian_name for one in db.session.scalars(select(Consent))] == ["María Quispe"]
    assert "Rosa Quispe" in read(client, "/cohorts/lamas/people/")
    send(client, "/cohorts/lamas/joining", 409, wish=str(wish.id), do="decline")
    send(client, "/cohorts/lamas/joining", 404, wish="999999", do="decline")
    assert rosa.age_told == 15


def test_the_door_says_that_those_who_coordinate_see_it_too(app: Flask, client: FlaskClient) -> None:
    field = make.field(learners=1, meetings=1)
    code = joining.open_door(COMMAND_LINE, field.cohort)
    client.get("/join/?lang=en")
    assert "those who coordinate its programme see it" in read(client, f"/join/{code}")
    assert "those who coordinate the programme see your name" in read(client, f"/join/{code}?sent=yes")


def test_what_a_visitor_told_is_carried_to_the_form_of_a_new_person_and_not_in_its_address(
    app: Flask, sign_in: SignIn
) -> None:
    field = make.field(learners=1, meetings=1)
    elsewhere = make.cohort(field.programme, "juanjui")
    told = {"organisation": "oro verde", "sex": "woman", "age": 34, "phone": "955 123 456"}
    phones.send(COMMAND_LINE, phones.walk_in(field.sessions[0], "Luz Marina Tapullima", **told))
    visitor = db.session.scalars(select(WalkIn)).one()
    client = sign_in(coordinator(field))
    desk = read(client, "/cohorts/lamas/desk")
    for said in ("Luz Marina Tapullima", "Woman", "34 years", "955 123 456"):
        assert said in desk, said
    (to,) = re.findall(r'href="(/cohorts/lamas/people/new[^"]*)"', desk)
    assert to == f"/cohorts/lamas/people/new?walk_in={visitor.id}"
    form = read(client, to)
    for kept in ('value="Luz"', 'value="Marina Tapullima"', 'value="34"', 'value="955 123 456"',
                 'value="woman" checked', f'value="{field.coops[1].id}" selected'):  # fmt: skip
        assert kept in form, kept
    assert elsewhere.slug == "juanjui"
    for strange in (f"juanjui/people/new?walk_in={visitor.id}", "lamas/people/new?walk_in=99999999999999999999",
                    "lamas/people/new?walk_in=x"):  # fmt: skip
        read(client, f"/cohorts/{strange}", 404)


def test_too_many_wrong_codes_get_a_kind_sentence(app: Flask, client: FlaskClient) -> None:
    client.get("/join/?lang=en")
    for _ in range(30):
        read(client, "/join/AAAAAA", 404)
    assert "Please wait" in read(client, "/join/AAAAAA", 429)


def test_a_newer_version_is_offered_and_taken(app: Flask, sign_in: SignIn) -> None:
    field = make.field(learners=1, meetings=1)
    client = sign_in(coordinator(field))
    assert "A newer version is out" not in read(client, "/cohorts/lamas/")
    found = newer(field, "El precio se fija cada mes en asamblea.")
    assert f"A newer version is out: {found.version}" in read(client, "/cohorts/lamas/")
    send(client, "/cohorts/lamas/release", 422, release="999999")
    send(client, "/cohorts/lamas/release", release=str(found.id))
    page = read(client, "/cohorts/lamas/")
    assert "A newer version is out" not in page
    assert found.version in page


def test_two_records_that_were_joined_are_told_apart_from_somebody_who_came_back(app: Flask, sign_in: SignIn) -> None:
    field = make.field(learners=2, meetings=1)
    one, two = field.learners
    first, second = (db.session.get_one(Person, each.person_id) for each in (one, two))
    cohorts.change_enrolment(COMMAND_LINE, two, EnrolmentState.WITHDRAWN, date(2026, 4, 1), reason="study")
    for day in (date(2026, 5, 1), date(2026, 6, 1)):
        again = cohorts.enrol(COMMAND_LINE, field.cohort, second, day)
        cohorts.change_enrolment(COMMAND_LINE, again, EnrolmentState.WITHDRAWN, day, reason="study")
    client = sign_in(coordinator(field))
    said = "Two records of this person were joined"
    assert said not in read(client, f"/cohorts/lamas/people/{again.id}")
    merging.merge(COMMAND_LINE, first, second)
    assert said in read(client, f"/cohorts/lamas/people/{one.id}")


def test_who_is_enrolled_ahead_agrees_today(app: Flask, sign_in: SignIn) -> None:
    field = make.field(learners=1, meetings=1)
    client = sign_in(coordinator(field))
    later = (TODAY + timedelta(days=40)).isoformat()
    send(client, "/cohorts/new", programme="san-martin", name="Más tarde", level="cascade", starts_on=later)
    send(client, "/cohorts/mas-tarde/people/new", given_names="Rosa", sex="woman", capacity="member", reading="well",
         consent="signature", on=later)  # fmt: skip
    assert db.session.scalars(select(Consent)).one().given_on == TODAY
