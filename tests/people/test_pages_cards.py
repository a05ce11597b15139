"""Cards: handing them out, printing sheets of them, and signing in with one on a cheap phone."""

from __future__ import annotations

import re

from flask import Flask
from flask.testing import FlaskClient

from app.infra.db import db
from app.people.actions import cards
from app.people.models import LearnerCard, Person
from app.people.permissions import COMMAND_LINE, Role, Scope
from app.people.rules import cards as rules
from tests import factories
from tests.delivery import field

from .conftest import SignIn

LIGHT = 30 * 1024


def card_of(person: Person) -> LearnerCard:
    return db.session.query(LearnerCard).filter_by(person_id=person.id, ended_at=None).one()


def test_a_learner_chooses_a_pin_comes_in_changes_it_and_comes_in_again(app: Flask, client: FlaskClient) -> None:
    rosa = field.person("Rosa Quispe", field.organisation("ACOPAGRO"), year=1990)
    card = cards.issue_card(COMMAND_LINE, rosa)
    assert "I have a card" in client.get("/sign-in").text
    first = client.get(f"/card?card={card.code.lower()}").text
    assert "Choose your PIN" in first
    assert first.count('inputmode="numeric"') == 2
    sent = {"step": "choose", "card": card.code}
    for pin, again in (("2580", "2581"), ("1234", "1234"), ("1990", "1990"), ("25", "25"), ("", "")):
        refused = client.post("/card", data={**sent, "pin": pin, "again": again})
        assert refused.status_code == 422
        assert "Choose your PIN" in refused.text
    assert client.post("/card", data={**sent, "pin": "2580", "again": "2580"}).headers["Location"] == "/"
    assert "Rosa Quispe" in client.get("/account").text
    assert "Change my PIN" in client.get("/account").text
    assert client.get(f"/people/{rosa.id}/kept").status_code == 200
    for page in ("/people/", "/organisations/", "/accounts/", "/cohorts/"):
        assert client.get(page).status_code in (403, 404)
    wrong = client.post("/card/pin", data={"current": "0000", "pin": "3691", "again": "3691"})
    assert wrong.status_code == 422
    differ = client.post("/card/pin", data={"current": "2580", "pin": "3691", "again": "3692"})
    assert differ.status_code == 422
    changed = {"current": "2580", "pin": "3691", "again": "3691"}
    assert client.post("/card/pin", data=changed).status_code == 303
    assert client.get("/account").status_code == 200
    client.post("/sign-out")
    assert client.post("/card", data={"step": "code", "card": rules.shown(card.code)}).text.count("inputmode") == 1
    told = {"step": "pin", "card": card.code, "next": "//elsewhere.example"}
    assert client.post("/card", data={**told, "pin": "2580"}).status_code == 422
    assert client.post("/card", data={**told, "pin": "3691"}).headers["Location"] == "/"


def test_codes_that_are_none_too_many_tries_and_ended_cards_are_told_in_a_sentence(
    app: Flask, client: FlaskClient
) -> None:
    rosa = field.person("Rosa Quispe", field.organisation("ACOPAGRO"))
    card = cards.issue_card(COMMAND_LINE, rosa, pin="2580")
    for odd in ("x", "ABCDEFGHJKM" * 40, "ß" * 11, "Ω"):
        assert "That is not the code of a card" in client.get("/card", query_string={"card": odd}).text
        assert client.post("/card", data={"step": "pin", "card": odd, "pin": "1"}).status_code == 422
    assert client.post("/card", data={}).status_code == 422
    assert client.post("/card", data={"step": "nonsense", "card": card.code, "pin": "²²²²"}).status_code == 422
    assert client.post("/card", data={"step": "pin", "card": "\0"}).status_code == 400
    answers = [client.post("/card", data={"step": "pin", "card": card.code, "pin": "0001"}) for _ in range(10)]
    assert answers[-1].status_code == 429
    assert "Too many wrong PINs" in answers[-1].text
    cards.forget_pin(COMMAND_LINE, card, pin="2580")
    cards.end_card(COMMAND_LINE, card)
    assert client.post("/card", data={"step": "pin", "card": card.code, "pin": "2580"}).status_code in (422, 429)


def test_the_page_of_a_card_is_light_and_has_no_script(app: Flask, client: FlaskClient) -> None:
    page = client.get("/card?card=x", headers={"Accept-Encoding": "identity"})
    assert "<script" not in page.text
    sheets = re.findall(r'href="(/assets/[^"]+)"', page.text)
    assert sheets
    sent = [client.get(sheet, headers={"Accept-Encoding": "gzip"}) for sheet in sheets]
    assert len(page.data) + sum(len(one.data) for one in sent) < LIGHT


def test_who_teaches_hands_out_prints_and_ends_cards_of_their_own_people_only(
    app: Flask, client: FlaskClient, sign_in: SignIn
) -> None:
    mine, theirs = field.organisation("ACOPAGRO"), field.organisation("Oro Verde")
    rosa, elena = field.person("Rosa Quispe", mine), field.person("Elena Tapullima", mine)
    hidden = field.person("Otra Persona", theirs)
    cards.issue_card(COMMAND_LINE, hidden)
    factories.account("rita.capacita", Role.TRAINER, Scope(organisations=frozenset({mine.id})))
    sign_in("rita.capacita", factories.PASSWORD)
    there = f"/people/cards?person={rosa.id}&person={hidden.id}&person={elena.id}&person=999999999999"
    assert "2 people have no card yet" in client.get(there).text
    assert client.post(there).status_code == 303
    sheet = client.get(there).text
    assert "Otra" not in sheet
    assert sheet.count("<svg") >= 2
    for person in (rosa, elena):
        assert rules.shown(card_of(person).code) in sheet
    assert "Su clave es solo suya" in sheet
    lost = card_of(rosa)
    assert client.post(f"/people/{elena.id}/cards/{lost.id}/end").status_code == 404
    assert client.post(f"/people/{hidden.id}/cards/{card_of(hidden).id}/end").status_code == 404
    assert client.post(f"/people/{rosa.id}/cards/{lost.id}/pin").status_code == 303
    assert client.post(f"/people/{rosa.id}/cards/{lost.id}/end").status_code == 303
    assert re.search("ended on", client.get(f"/people/{rosa.id}/").text)
    assert client.post(f"/people/{rosa.id}/cards").status_code == 303
    assert card_of(rosa).code != lost.code
