"""The pages that phones open: answering without an account, and what they do not let anybody do."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, func, select

from app.infra.db import db
from app.people.permissions import COMMAND_LINE, Role
from app.validation import actions
from app.validation.models import Answer, Participant, Phone, Remark, Sheet, Workshop
from app.validation.queries import results
from app.validation.queries import workshops as queries
from app.validation.rules import phones
from app.validation.rules import workshops as rules
from app.web.assets import bundle

from .workshop_room import UNIT, answered, asked, person, peru, planned, with_people
from .workshop_room import address as address_of

COMMENT = "No se entiende la palabra quintal"


def opened() -> Workshop:
    """A workshop with twelve people that takes answers."""
    workshop = with_people(planned(peru()))
    actions.take_answers(COMMAND_LINE, workshop, True)
    return workshop


def joined(app: Flask, workshop: Workshop, number: int = 1) -> FlaskClient:
    """A phone that answers for this number."""
    phone = app.test_client()
    assert phone.post(f"/w/{workshop.token}", data={"number": str(number)}).status_code == 303
    return phone


def given(workshop: Workshop, value: object = 5, comment: str = "") -> dict[str, str]:
    """A form with this answer to every question."""
    form = {f"q{q}": str(value) for q in asked(workshop)}
    return form | ({f"c{q}": comment for q in asked(workshop)} if comment else {})


def count(table: type[Sheet | Answer | Remark]) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_somebody_answers_goes_on_later_and_corrects(client: FlaskClient, app: Flask) -> None:
    workshop = opened()
    phone = app.test_client()
    door = phone.get(f"/w/{workshop.token}?lang=es")
    assert "1 · Persona" in door.text
    assert "Persona 1 (demo)" not in door.text, "only first words of names are shown to the phones of others"
    phone = joined(app, workshop)
    here = f"/w/{workshop.token}/{UNIT}"
    low = phone.post(here, data=given(workshop, 1))
    assert low.status_code == 422
    assert "checked" in low.text, "what was answered is kept"
    assert count(Sheet) == 0
    assert phone.post(here, data=given(workshop, 1, COMMENT)).status_code == 303
    assert "checked" in phone.get(here).text
    assert COMMENT in phone.get(here).text
    assert phone.post(here, data=given(workshop, 4)).status_code == 303
    assert (count(Sheet), count(Answer)) == (1, len(asked(workshop)))
    assert set(db.session.scalars(select(Answer.value))) == {4}
    assert phone.post(here, data=given(workshop, "na")).status_code == 303
    assert set(db.session.scalars(select(Answer.value))) == {None}
    assert phone.post(here, data={"do": "remark", "remark": "Otra foto", "paragraph": "2"}).status_code == 303
    remark = db.session.scalars(select(Remark)).one()
    assert (remark.text, remark.participant_id) == ("Otra foto", queries.participant(workshop, 1).id)
    assert phone.post(f"/w/{workshop.token}", data={"do": "leave"}).status_code == 303
    assert phone.get(here).status_code == 303


def test_without_a_name_the_code_is_needed_and_guessing_is_slowed_down(client: FlaskClient, app: Flask) -> None:
    workshop = opened()
    phone = app.test_client()
    assert phone.get(f"/w/{workshop.token}/{UNIT}").status_code == 303
    for n in range(rules.TRIES):
        assert phone.post(f"/w/{workshop.token}", data={"code": f"x{n}"}).status_code == 422
    assert phone.post(f"/w/{workshop.token}", data={"code": workshop.code}).status_code == 429
    other = app.test_client()
    elsewhere = {"REMOTE_ADDR": "203.0.113.9"}
    assert other.post(f"/w/{workshop.token}", data={"code": workshop.code}, environ_base=elsewhere).status_code == 303
    assert other.post(f"/w/{workshop.token}/{UNIT}", data=given(workshop)).status_code == 303
    assert other.post(f"/w/{workshop.token}/{UNIT}", data=given(workshop, 4)).status_code == 303
    sheet = db.session.scalars(select(Sheet)).one()
    assert sheet.participant_id is None
    assert sheet.respondent
    assert results.live(workshop).units[0].people == 1


@pytest.mark.parametrize("token", ["x", "abcdefghjkmnpqrst", "%00", "..%2f..", "a" * 500, "%F0%9F%98%80"])
def test_a_guessed_token_is_nowhere(client: FlaskClient, app: Flask, token: str) -> None:
    opened()
    for address in (f"/w/{token}", f"/w/{token}/{UNIT}"):
        assert client.get(address).status_code in (400, 404)
        assert client.post(address, data={"number": "1"}).status_code in (400, 404)


def test_a_phone_cannot_answer_for_a_number_another_phone_holds(client: FlaskClient, app: Flask) -> None:
    workshop = opened()
    joined(app, workshop)
    thief = app.test_client()
    assert thief.post(f"/w/{workshop.token}", data={"number": "1"}).status_code == 409
    assert thief.post(f"/w/{workshop.token}/{UNIT}", data=given(workshop)).status_code == 303
    assert count(Sheet) == 0
    actions.free_number(COMMAND_LINE, workshop, 1)
    first = joined(app, workshop)
    actions.free_number(COMMAND_LINE, workshop, 1)
    joined(app, workshop)
    assert first.post(f"/w/{workshop.token}/{UNIT}", data=given(workshop)).status_code == 409, "its number was freed"
    assert "Which number" in first.get(f"/w/{workshop.token}?lang=en").text
    assert count(Sheet) == 0


@pytest.mark.parametrize("number", ["99", "-1", "0", "9" * 30, "1.5", "uno", "2147483648"])
def test_a_number_that_nobody_has_is_refused(client: FlaskClient, app: Flask, number: str) -> None:
    workshop = opened()
    assert client.post(f"/w/{workshop.token}", data={"number": number}).status_code in (409, 422)


def test_a_phone_of_one_workshop_is_nobody_in_another(client: FlaskClient, app: Flask) -> None:
    one = opened()
    other = planned(one.edition, "Otro (demo)")
    actions.take_answers(COMMAND_LINE, other, True)
    phone = joined(app, one, 12)
    assert phone.post(f"/w/{other.token}/{UNIT}", data=given(other)).status_code == 303
    assert phone.post(f"/w/{other.token}", data={"number": "12"}).status_code == 422, "that list is empty"
    foreign = {f"q{q}": "5" for q in asked(other)}
    assert phone.post(f"/w/{one.token}/{UNIT}", data=foreign).status_code == 422, "questions of another workshop"
    assert count(Sheet) == 0


@pytest.mark.parametrize(
    ("value", "comment", "status"),
    [
        (6, "", 422), (0, "", 422), (-1, "", 422), ("5; DROP TABLE workshop", "", 422), ("٣", "", 422),
        (10**20, "", 422), (1, "x" * 1_000_000, 422), (1, "x" * 700, 422), (5, "\0", 400),
    ],
)  # fmt: skip
def test_strange_answers_are_refused_and_nothing_is_written(
    client: FlaskClient, app: Flask, value: object, comment: str, status: int
) -> None:
    workshop = opened()
    phone = joined(app, workshop)
    assert phone.post(f"/w/{workshop.token}/{UNIT}", data=given(workshop, value, comment)).status_code == status
    assert count(Sheet) == count(Answer) == 0


@pytest.mark.parametrize("form", [{"do": "remark", "remark": ""}, {"do": "remark", "remark": "x" * 1_000_000},
    {"do": "remark", "remark": "a", "paragraph": "99"}, {"do": "remark", "remark": "a", "paragraph": "-1"},
    {"do": "remark", "remark": "a", "paragraph": "9" * 40}, {}])  # fmt: skip
def test_strange_remarks_are_refused(client: FlaskClient, app: Flask, form: dict[str, str]) -> None:
    workshop = opened()
    phone = joined(app, workshop)
    assert phone.post(f"/w/{workshop.token}/{UNIT}", data=form).status_code == 422
    assert count(Remark) == count(Sheet) == 0


def test_units_that_are_not_tried_are_refused(client: FlaskClient, app: Flask) -> None:
    workshop = opened()
    phone = joined(app, workshop)
    for unit in ("my-coop-9", "x" * 300, "%2e%2e"):
        assert phone.get(f"/w/{workshop.token}/{unit}").status_code == 422
        assert phone.post(f"/w/{workshop.token}/{unit}", data=given(workshop)).status_code == 422


def test_a_closed_workshop_takes_no_answer(client: FlaskClient, app: Flask) -> None:
    workshop = opened()
    phone = joined(app, workshop)
    answered(workshop, [5])
    actions.close_workshop(COMMAND_LINE, workshop)
    assert phone.post(f"/w/{workshop.token}/{UNIT}", data=given(workshop, 4)).status_code == 409
    assert phone.post(f"/w/{workshop.token}", data={"number": "2"}).status_code == 409
    assert phone.post(f"/w/{workshop.token}", data={"code": workshop.code}).status_code == 409
    assert phone.post(f"/w/{workshop.token}/{UNIT}", data={"do": "remark", "remark": "tarde"}).status_code == 409
    assert phone.get(f"/w/{workshop.token}/{UNIT}").status_code == 303
    assert "Persona" not in phone.get(f"/w/{workshop.token}").text
    assert set(db.session.scalars(select(Answer.value))) == {5}


def test_the_pages_are_light_have_no_script_and_speak_spanish_first(client: FlaskClient, app: Flask) -> None:
    workshop = opened()
    phone = joined(app, workshop)
    for address in (f"/w/{workshop.token}", f"/w/{workshop.token}/{UNIT}"):
        page = phone.get(address, headers={"Accept-Language": "es, en"})
        assert "<script" not in page.text
        assert 'lang="es"' in page.text
    asked_page = phone.get(f"/w/{workshop.token}/{UNIT}", headers={"Accept-Encoding": "br"})
    style = bundle()["vivero.css"]
    assert len(asked_page.data) < 30_000 - 12_000, "the style sheet takes up to 12 KB of the 30"
    assert style
    assert len(re.findall(r'<label class="choice">', phone.get(f"/w/{workshop.token}/{UNIT}").text)) == 6 * 6


def test_queries_of_the_door_do_not_grow_with_people(client: FlaskClient, app: Flask) -> None:
    workshop = opened()

    def asked_for() -> int:
        seen: list[str] = []

        def note(*args: object) -> None:
            seen.append(str(args[2]))

        event.listen(db.engine, "before_cursor_execute", note)
        try:
            assert client.get(f"/w/{workshop.token}").status_code == 200
        finally:
            event.remove(db.engine, "before_cursor_execute", note)
        return len(seen)

    asked_for()
    few = asked_for()
    with_people(workshop, 40, 40)
    assert len(db.session.scalars(select(Participant)).all()) == 92
    assert asked_for() == few


def took(phone: FlaskClient, workshop: Workshop, numbers: range) -> list[int]:
    """What a phone hears that takes these numbers one after the other, leaving each for the next."""
    door = f"/w/{workshop.token}"
    answers = []
    for number in numbers:
        answers.append(phone.post(door, data={"number": str(number)}).status_code)
        phone.post(f"{door}/{UNIT}", data=given(workshop))
        phone.post(door, data={"do": "leave"})
    return answers


def test_one_phone_answers_for_a_family_and_not_for_a_village(client: FlaskClient, app: Flask) -> None:
    workshop = opened()
    phone = app.test_client()
    assert took(phone, workshop, range(1, 13)) == [303] * phones.FAMILY + [409] * (12 - phones.FAMILY)
    assert count(Sheet) == phones.FAMILY
    page = phone.get(f"/w/{workshop.token}?lang=en").text
    assert "Go on as 1, Persona" in page, "each of the family comes back to their own"
    assert "12 · Persona" in page, "a refused number is still there for another phone"
    assert phone.post(f"/w/{workshop.token}", data={"code": workshop.code}).status_code == 409
    facilitator = person(app, "faci.litates")
    assert "Let more people answer on phone 1" in facilitator.get(address_of(workshop, "phones?lang=en")).text
    assert facilitator.post(address_of(workshop, "phones"), data={"do": "more", "phone": "1"}).status_code == 303
    assert phone.post(f"/w/{workshop.token}", data={"number": "12"}).status_code == 303


def test_people_without_a_name_share_a_phone_and_each_counts_once(client: FlaskClient, app: Flask) -> None:
    workshop = opened()
    phone, door = app.test_client(), f"/w/{workshop.token}"
    heard = []
    for _ in range(phones.FAMILY + 2):
        heard.append(phone.post(door, data={"code": workshop.code}).status_code)
        phone.post(f"{door}/{UNIT}", data=given(workshop))
        phone.post(f"{door}/{UNIT}", data=given(workshop, 4))
        phone.post(door, data={"do": "leave"})
    assert heard == [303] * phones.FAMILY + [409] * 2
    assert count(Sheet) == results.live(workshop).units[0].people == phones.FAMILY


def test_a_number_taken_by_mistake_is_given_back_and_one_that_was_answered_for_is_not(
    client: FlaskClient, app: Flask
) -> None:
    workshop = opened()
    phone, other, door = joined(app, workshop), app.test_client(), f"/w/{workshop.token}"
    phone.post(door, data={"do": "leave"})
    assert other.post(door, data={"number": "1"}).status_code == 303
    other.post(f"{door}/{UNIT}", data=given(workshop))
    other.post(door, data={"do": "leave"})
    assert phone.post(door, data={"number": "1"}).status_code == 409


def test_nobody_reads_or_changes_what_was_answered_on_paper_or_on_another_phone(
    client: FlaskClient, app: Flask
) -> None:
    workshop = opened()
    first, here = joined(app, workshop, 2), f"/w/{workshop.token}/{UNIT}"
    assert first.post(here, data=given(workshop, 1, COMMENT)).status_code == 303
    answered(workshop, [3])  # number 1, on paper
    actions.free_number(COMMAND_LINE, workshop, 2)
    for number in (1, 2):
        thief = joined(app, workshop, number)
        page = thief.get(here)
        assert page.status_code == 409
        assert COMMENT not in page.text
        assert thief.post(here, data=given(workshop, 5)).status_code == 409
    assert set(db.session.scalars(select(Answer.value))) == {1, 3}
    assert COMMENT not in first.get(here).text, "the first phone lost its number"


def test_phones_join_no_faster_than_people_in_a_room(client: FlaskClient, app: Flask) -> None:
    workshop = with_people(opened(), 20, 20)
    heard = [
        app.test_client().post(f"/w/{workshop.token}", data={"number": str(number)}).status_code
        for number in range(1, phones.JOINS + 5)
    ]
    assert heard == [303] * phones.JOINS + [429] * 4
    elsewhere = {"REMOTE_ADDR": "203.0.113.9"}
    other = app.test_client().post(f"/w/{workshop.token}", data={"number": "40"}, environ_base=elsewhere)
    assert other.status_code == 303
    answered(workshop, [5])
    actions.close_workshop(COMMAND_LINE, workshop)
    assert set(db.session.scalars(select(Phone.address))) == {""}, "addresses are kept while it runs and no longer"


def test_those_who_facilitate_shut_a_phone_out_and_free_what_it_took(client: FlaskClient, app: Flask) -> None:
    workshop = opened()
    thief, door = app.test_client(), f"/w/{workshop.token}"
    took(thief, workshop, range(1, 4))
    thief.post(door, data={"number": "3"})
    thief.post(f"{door}/{UNIT}", data={"do": "remark", "remark": "No sirve"})
    honest = joined(app, workshop, 4)
    assert honest.post(f"{door}/{UNIT}", data=given(workshop)).status_code == 303
    screen = address_of(workshop, "phones")
    facilitator = person(app, "faci.litates")
    assert facilitator.post(screen, data={"do": "shut", "phone": "1"}).status_code == 303
    assert count(Sheet) == 1
    remark = db.session.scalars(select(Remark)).one()
    assert (remark.text, remark.participant_id) == ("No sirve", None)
    assert thief.post(door, data={"number": "5"}).status_code == 403
    assert thief.post(f"{door}/{UNIT}", data=given(workshop)).status_code == 403
    assert thief.post(f"{door}/{UNIT}", data={"do": "remark", "remark": "Otra"}).status_code == 403
    assert joined(app, workshop, 1).post(f"{door}/{UNIT}", data=given(workshop)).status_code == 303
    for form in ({"do": "shut", "phone": "99"}, {"do": "more", "phone": "x"}, {"number": "9" * 30}, {}):
        assert facilitator.post(screen, data=form).status_code == 422
    assert person(app, "rea.der", Role.READER).get(screen).status_code == 403
    assert person(app, "faci.elsewhere", scope="other/PE").post(screen, data={"number": "4"}).status_code in (403, 404)
