"""The public check of a certificate, its sheet and its badge."""

from __future__ import annotations

import json

import pytest
from flask import Flask

from app.infra import clock
from app.infra.db import db
from app.learning.actions import certificates
from app.learning.certificates import badges
from app.learning.rules import certificates as rules
from app.learning.rules.guessing import Misses
from app.learning.web.certifying import checking
from app.people.actions import cards, erasing
from app.people.models import Person
from app.people.permissions import COMMAND_LINE

from .test_certificates import ON, agree, certified
from .test_pages_mine import PIN, arrive


def test_anybody_sees_all_that_is_printed_and_only_the_first_letters_of_the_name(app: Flask) -> None:
    _, made, person = certified()
    client = app.test_client()
    assert client.get(f"/certificates/?serial={made.serial.lower()}").location == f"/certificates/{made.serial}"
    page = client.get(f"/certificates/{made.serial}?lang=en").text
    for said in ("This certificate is valid", "P. E.", "San Martín", "my-coop/001 1.0.0", "Teresa Instructora", "jwks"):
        assert said in page, said
    assert person.name not in page
    assert "<script" not in page
    agree(person)
    assert person.name in client.get(f"/certificates/{made.serial}").text


def test_revoked_and_replaced_say_why_and_erased_can_still_be_compared(app: Flask) -> None:
    _, made, person = certified()
    name, code = person.name, made.code
    new = certificates.reissue(COMMAND_LINE, made, ON, "El nombre estaba mal escrito.")
    client = app.test_client()
    page = client.get(f"/certificates/{made.serial}?lang=en").text
    assert "replaced by a newer one" in page
    assert "El nombre estaba mal escrito." in page
    assert f"/certificates/{new.serial}" in page
    certificates.revoke(COMMAND_LINE, new, "Fue un error.")
    assert "Fue un error." in client.get(f"/certificates/{new.serial}").text
    erasing.erase(COMMAND_LINE, db.session.get_one(Person, person.id))
    page = client.post(f"/certificates/{made.serial}", data={"name": name.upper(), "code": code}).text
    assert "belong to this certificate" in page
    assert "taken off this page" in page
    assert "Look once more" in client.post(f"/certificates/{made.serial}", data={"name": "x", "code": code}).text


def test_the_sheet_and_the_badge_are_for_whose_they_are(app: Flask) -> None:
    field, made, person = certified()
    mine = arrive(app, cards.issue_card(COMMAND_LINE, person, PIN))
    other_person = db.session.get_one(Person, field.learners[1].person_id)
    other = arrive(app, cards.issue_card(COMMAND_LINE, other_person, PIN))
    for client, status in ((mine, 200), (other, 404), (app.test_client(), 302)):
        assert client.get(f"/certificates/{made.serial}/sheet.pdf").status_code == status
        assert client.post(f"/certificates/{made.serial}/badge").status_code == status
    assert mine.get(f"/certificates/{made.serial}/sheet.pdf?paper=letter").data.startswith(b"%PDF-")
    token = mine.post(f"/certificates/{made.serial}/badge").text
    published = json.loads(app.test_client().get("/.well-known/jwks.json").data)["keys"]
    assert badges.read(token, published)["id"].endswith(f"/certificates/{made.serial}")


def test_numbers_that_belong_to_nothing_get_a_kind_sentence_and_are_counted(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "_misses", Misses(clock.now))
    client = app.test_client()
    unknown = rules.serial(lambda signs: signs[3])
    for _ in range(30):
        answer = client.get(f"/certificates/{unknown}?lang=en")
        assert answer.status_code == 404
    assert "no certificate with this number" in answer.text
    assert client.get(f"/certificates/{unknown}").status_code == 429
