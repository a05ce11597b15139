"""A learner's own pages: home, reading in two languages, answering; small, without scripts, each person's own."""

from __future__ import annotations

import gzip
from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.delivery.actions import attendance, sessions
from app.delivery.actions.attendance import Marked
from app.delivery.actions.sessions import Report, Taught
from app.delivery.kinds import Extent, Mark
from app.infra.db import db
from app.learning.actions import assessments, certificates
from app.learning.kinds import AssessmentKind, CertificateKind, Moment
from app.learning.models import Answer, Assessment, UnitReading
from app.learning.queries.papers import Paper
from app.people.actions import cards, persons
from app.people.kinds import ContactKind
from app.people.models import LearnerCard, Person
from app.people.permissions import COMMAND_LINE, Role, Scope
from app.web import assets
from tests import factories
from tests.delivery import field as delivery
from tests.translation.counting import counted, forget

from . import paper as make

PIN = "4821"


def card_of(person: Person) -> LearnerCard:
    """A new card with a PIN."""
    return cards.issue_card(COMMAND_LINE, person, PIN)


def arrive(app: Flask, card: LearnerCard, language: str = "en") -> FlaskClient:
    """A browser in which this card is signed in."""
    client = app.test_client()
    with client.session_transaction() as held:
        held["_user_id"], held["_fresh"] = f"card:{card.id}:{card.stamp}", True
        held["language"] = language
    return client


def signed_in(app: Flask, username: str) -> FlaskClient:
    """A browser in which this account is signed in, in English."""
    client = app.test_client()
    client.post("/sign-in", data={"username": username, "password": factories.PASSWORD})
    client.get("/account?lang=en")
    return client


@pytest.fixture
def field(app: Flask) -> delivery.Field:
    return make.field(2)


def learner(field: delivery.Field, at: int = 0) -> Person:
    return db.session.get_one(Person, field.learners[at].person_id)


def lived(field: delivery.Field) -> Assessment:
    """Two sessions held, one of them missed, a test before and after, a certificate, a trainer with a telephone."""
    persons.add_contact(COMMAND_LINE, field.trainer, ContactKind.WHATSAPP, "+51 987 654 321")
    one = field.learners[0]
    for session, mark in zip(field.sessions[:2], (Mark.PRESENT, Mark.ABSENT), strict=True):
        report = Report(session.planned_on, 90, taught=(Taught(make.UNIT, Extent.FULLY),))
        sessions.report_session(COMMAND_LINE, session, report)
        attendance.roll_call(COMMAND_LINE, session, [Marked(one.id, mark)])
    pair = make.pair(field.cohort)
    for moment, right in ((Moment.PRE, 1), (Moment.POST, 4)):
        assessments.keep_answers(COMMAND_LINE, pair, make.sheet(Paper(pair), one, right, moment))
    certificates.issue(COMMAND_LINE, one, CertificateKind.PARTICIPATION, date(2026, 6, 19))
    return pair


def test_the_home_says_where_i_am_how_i_did_and_whom_to_call(app: Flask, field: delivery.Field) -> None:
    lived(field)
    page = arrive(app, card_of(learner(field))).get("/my/")
    assert page.status_code == 200
    for said in (
        "Hello, Persona0", "1 of 2 units done", "You came to 1 of 2 sessions.", "1 of 5 right", "4 of 5 right",
        "tel:+51987654321", "https://wa.me/51987654321", "Certificate of participation", "You are here",
        "/my/read/lamas/my-coop-1-2",
    ):  # fmt: skip
        assert said in page.text, said
    assert "<script" not in page.text
    assert 'href="/cohorts/"' not in page.text
    sheets = sum(len(asset.packed["gzip"]) for name, asset in assets.bundle().items() if name.endswith(".css"))
    assert len(gzip.compress(page.data)) + sheets <= 30_000


def test_somebody_in_no_group_is_told_what_to_do(app: Flask) -> None:
    alone = delivery.person("Sola Ejemplo")
    assert "You are in no group yet" in arrive(app, card_of(alone)).get("/my/").text


def test_the_home_asks_the_same_number_of_times_however_much_there_is(app: Flask, field: delivery.Field) -> None:
    client = arrive(app, card_of(learner(field)))
    client.get("/my/")
    with counted() as count:
        client.get("/my/")
        before = count()
    lived(field)
    forget()
    with counted() as count:
        client.get("/my/")
        first = count()
    with counted() as count:
        client.get("/my/")
        after = count()
    assert before == after <= 12
    assert first <= 16


def test_a_unit_is_read_in_two_languages_at_one_address_and_noted_once(app: Flask, field: delivery.Field) -> None:
    client = arrive(app, card_of(learner(field)))
    address = f"/my/read/lamas/{make.UNIT}"
    spanish, english = client.get(f"{address}?lang=es").text, client.get(f"{address}?lang=en").text
    assert "El precio se fija en asamblea." in spanish
    assert "The price is set in the assembly." in english
    assert "The members decide." not in english  # the key is not told
    assert 'class="notebook reading reading-3"' in client.get(f"{address}?size=3").text
    assert 'class="notebook reading reading-3"' in client.get(address).text
    answer = client.post(address)
    assert (answer.status_code, answer.location) == (303, "/my/read/lamas/my-coop-1-2")
    client.post(address)
    assert [row.language for row in db.session.query(UnitReading)] == ["en"]
    assert f'action="{address}"' not in client.get(f"{address}?lang=es").text  # read in one language is read


@pytest.mark.parametrize(
    "path", ["/my/read/masters/my-coop-1-1", "/my/read/lamas/nothing", "/my/read/none/x", "/my/assessments/99999/"]
)
def test_what_is_not_mine_is_not_there(app: Flask, field: delivery.Field, path: str) -> None:
    client = arrive(app, card_of(learner(field)))
    assert client.get(path).status_code == 404
    assert client.post(path).status_code == 404


def test_a_quiz_is_answered_one_question_at_a_time_and_told_at_the_end(app: Flask, field: delivery.Field) -> None:
    quiz = assessments.create_assessment(COMMAND_LINE, field.cohort, AssessmentKind.QUIZ, "Precios", units=[make.UNIT])
    client = arrive(app, card_of(learner(field)))
    address = f"/my/assessments/{quiz.id}/"
    assert address in client.get("/my/").text
    items = [item.uid for item in Paper(quiz).items]
    page = client.get(address).text
    assert "Who decides?" in page
    assert "The members decide." not in page
    empty = client.post(address, data={"item": items[0]})
    assert (empty.status_code, "Nothing was answered here." in empty.text) == (422, True)
    twice = client.post(address, data={"item": items[2], "place-0": "1", "place-1": "1", "place-2": "2"})
    assert twice.status_code == 422
    assert "<option selected>2</option>" in twice.text  # what was chosen is kept
    given: tuple[dict[str, Any], ...] = (
            {"ticked": "0"}, {"ticked": ["0", "2"]}, {"place-0": "3", "place-1": "1", "place-2": "2"},
            {"pair-0": "1", "pair-1": "0"}, {"text": "22"}, {"text": "Porque sí"},
    )  # fmt: skip
    for item, data in zip(items, given, strict=True):
        answer = client.post(address, data={"item": item, **data})
        assert answer.status_code == 303, item
    assert db.session.query(Answer).count() == len(items)
    page = client.get(address).text
    assert "3.5 of 5 right" in page
    assert "The members decide." in page
    assert "A person reads this answer" in page
    assert client.post(address, data={"item": items[0], "ticked": "1"}).status_code == 303
    assert db.session.query(Answer).count() == len(items)  # after the end nothing is changed


def test_a_test_before_the_course_tells_no_answers(app: Flask, field: delivery.Field) -> None:
    pair = make.pair(field.cohort)
    client = arrive(app, card_of(learner(field)))
    address = f"/my/assessments/{pair.id}/"
    for item in Paper(pair).items:
        places = {"place-0": "1", "place-1": "2", "place-2": "3"}
        client.post(address, data={"item": item.uid, "ticked": "0", "text": "3", "pair-0": "0", **places})
    page = client.get(address).text
    assert "you will be asked the same" in page
    assert "Right would be" not in page
    assert address not in client.get("/my/").text
    other = arrive(app, card_of(learner(field, 1)))
    assert other.post(address, data={"item": "none"}).status_code == 422


def test_a_test_before_the_course_that_is_closed_half_way_tells_no_answers_either(
    app: Flask, field: delivery.Field
) -> None:
    pair = make.pair(field.cohort)
    client = arrive(app, card_of(learner(field)))
    address = f"/my/assessments/{pair.id}/"
    client.post(address, data={"item": Paper(pair).items[0].uid, "ticked": "1"})
    assessments.close_assessment(COMMAND_LINE, pair)
    page = client.get(address).text
    assert "It takes no more answers." in page
    assert "you will be asked the same" in page
    assert "Right would be" not in page


def test_an_account_of_somebody_who_learns_has_this_home_too(app: Flask, field: delivery.Field) -> None:
    lived(field)
    factories.account("maestra", Role.DESIGNER, person=learner(field))
    factories.account("otra", Role.DESIGNER)
    client = signed_in(app, "maestra")
    client.get("/my/")
    with counted() as count:
        page = client.get("/my/")
        assert count() <= 12
    assert "1 of 2 units done" in page.text
    assert 'href="/my/"' in client.get("/account").text
    assert 'href="/my/"' not in signed_in(app, "otra").get("/account").text


def test_who_teaches_sees_on_the_page_of_an_enrolment_what_was_learned(app: Flask, field: delivery.Field) -> None:
    pair = lived(field)
    factories.account("coordina", Role.COORDINATOR, Scope(region="PE-SAM"))
    client = signed_in(app, "coordina")
    page = client.get(f"/cohorts/lamas/people/{field.learners[0].id}?lang=en").text
    for said in ("1 of 2 units done", "4 of 5 right", f"/cohorts/lamas/assessments/{pair.id}/", "/certificates/"):
        assert said in page, said
    person = client.get(f"/people/{field.learners[0].person_id}/").text
    assert "Certificate of participation" in person


def test_what_is_kept_on_a_phone_names_nobody_and_stands_at_one_address(app: Flask, field: delivery.Field) -> None:
    client = arrive(app, card_of(learner(field)))
    assert '/my/keep/lamas/"' in client.get("/my/").text
    for path in ("/my/keep/lamas/", f"/my/keep/lamas/{make.UNIT}"):
        page = client.get(path)
        assert page.status_code == 200
        assert "Persona0" not in page.text
        assert client.get(path.replace("lamas", "masters")).status_code == 404
    assert "The price is set in the assembly." in page.text
    assert client.get("/my/keep/lamas/media/none.png").status_code == 404


@pytest.mark.parametrize("at", ["100", "99", "-1", "x", "٣", "9" * 30])
def test_a_question_that_is_not_there_is_not_asked_for(app: Flask, field: delivery.Field, at: str) -> None:
    quiz = assessments.create_assessment(COMMAND_LINE, field.cohort, AssessmentKind.QUIZ, "Precios", units=[make.UNIT])
    client = arrive(app, card_of(learner(field)))
    address = f"/my/assessments/{quiz.id}/"
    assert client.get(f"{address}?at={at}").status_code == 200
    assert client.get(f"{address}?after={at}").status_code == 200
    item = Paper(quiz).items[0].uid
    assert client.post(address, data={"item": item, "ticked": at}).status_code == 422
