"""Pages of persons: lists, one person's page, contacts, consent, doubles, erasing; nothing of others is shown."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.infra.db import db
from app.people.actions import persons
from app.people.kinds import Capacity, ConsentPurpose, ContactKind
from app.people.models import Affiliation, Consent, Organisation, Person, PersonContact, PersonMerge
from app.people.permissions import COMMAND_LINE, Role, Scope
from tests import factories
from tests.delivery import field
from tests.translation.counting import counted

from .conftest import SignIn

PHONE = "+51987654321"


def enter(sign_in: SignIn, role: Role, *held: Organisation, name: str = "rita.coordina") -> None:
    """Sign in as somebody with one role within these organisations, or in Peru."""
    scope = Scope(organisations=frozenset(one.id for one in held)) if held else Scope(region="PE")
    factories.account(name, role, scope)
    assert sign_in(name, factories.PASSWORD).status_code == 303


def phone(person: Person, number: str = PHONE) -> None:
    persons.add_contact(COMMAND_LINE, person, ContactKind.PHONE, number)


def test_somebody_is_written_down_found_changed_and_belongs(app: Flask, client: FlaskClient, sign_in: SignIn) -> None:
    coop, other = field.organisation("ACOPAGRO"), field.organisation("Oro Verde")
    enter(sign_in, Role.COORDINATOR)
    assert "Nobody in your list yet" in client.get("/people/").text
    sent = {"given_names": "Rosa", "family_names": "Quispe Huamán", "organisation": coop.id, "capacity": "member",
            "phone": PHONE, "sex": "woman", "age": "34", "reading": "well"}  # fmt: skip
    assert client.post("/people/new", data={**sent, "phone": "12"}).status_code == 422
    assert db.session.query(Person).count() == 0
    page = client.post("/people/new", data=sent, follow_redirects=True).text
    assert "34 years old" in page
    assert PHONE in page
    rosa = db.session.query(Person).one()
    again = client.post("/people/new", data={**sent, "given_names": "Roza"})
    assert again.status_code == 409
    assert f"/people/{rosa.id}/" in again.text
    client.post("/people/new", data={**sent, "given_names": "Roza", "sure": "yes"})
    assert db.session.query(Person).count() == 2
    for search in ("huaman rosa", "987 654", "ROSA"):
        assert "Rosa Quispe Huamán" in client.get("/people/", query_string={"q": search}).text
    assert "Rosa" not in client.get("/people/?q=987655").text
    assert "Rosa" not in client.get(f"/people/?organisation={other.id}").text
    told = {"given_names": "Rosa María", "birth_date": "1990-02-01", "sex": "woman", "region": "PE-SAM",
            "reading": "not_yet", "languages": ["quy", "es"]}  # fmt: skip
    assert client.post(f"/people/{rosa.id}/change", data={**told, "birth_date": "1800-01-01"}).status_code == 422
    page = client.post(f"/people/{rosa.id}/change", data=told, follow_redirects=True).text
    assert "Rosa María" in page
    assert "Does not read yet" in page
    there = f"/people/{rosa.id}/affiliations"
    client.post(there, data={"organisation": other.id, "capacity": "board", "since": "2025-01-01"})
    held = db.session.query(Affiliation).filter_by(organisation_id=other.id).one()
    assert held.capacity is Capacity.BOARD
    assert client.post(f"{there}/{held.id}/end", data={"until": "2024-01-01"}).status_code == 422
    assert client.post(f"{there}/{held.id}/end", data={"until": "2026-01-01"}).status_code == 303
    contact = db.session.query(PersonContact).filter_by(person_id=rosa.id).one()
    client.post(f"/people/{rosa.id}/contacts/{contact.id}/forget")
    assert "No phone or address" in client.get(f"/people/{rosa.id}/").text


def test_nobody_of_another_organisation_is_listed_counted_named_or_changed(
    app: Flask, client: FlaskClient, sign_in: SignIn
) -> None:
    mine, theirs = field.organisation("ACOPAGRO"), field.organisation("Oro Verde")
    rosa, hidden = field.person("Rosa Quispe Huamán", mine), field.person("Rosa Quispe Huaman", theirs)
    near = field.person("Elena Tapullima", mine)
    persons.affiliate(COMMAND_LINE, rosa, theirs, Capacity.BOARD)
    for one in (rosa, near, hidden):
        phone(one)
    enter(sign_in, Role.COORDINATOR, mine)
    board = client.get("/people/").text
    assert "2 people" in board
    assert "Oro Verde" not in board
    assert "2 people" in client.get(f"/people/?q={PHONE[1:]}").text
    assert "0 people" in client.get(f"/people/?organisation={theirs.id}").text
    page = client.get(f"/people/{rosa.id}/").text
    assert "shared with 1 other" in page  # and nobody learns how many more there are
    assert "Elena Tapullima" in page
    assert "Oro Verde" not in page
    assert "Huaman" not in page
    assert "Nobody is written down twice" in client.get("/people/duplicates").text
    alike = {"given_names": "Rosa", "family_names": "Quispi Huaman", "organisation": mine.id, "capacity": "member"}
    assert f"/people/{hidden.id}/" not in client.post("/people/new", data={**alike, "phone": PHONE}).text
    foreign = db.session.query(Affiliation).filter_by(person_id=rosa.id, organisation_id=theirs.id).one()
    contact = db.session.query(PersonContact).filter_by(person_id=hidden.id).one()
    refused = {
        f"/people/{hidden.id}/change": {"given_names": "X"},
        f"/people/{hidden.id}/contacts": {"kind": "phone", "value": "123456"},
        f"/people/{rosa.id}/contacts/{contact.id}/forget": {},
        f"/people/{rosa.id}/affiliations/{foreign.id}/end": {"until": "2026-01-01"},
        f"/people/{rosa.id}/affiliations": {"organisation": theirs.id, "capacity": "member"},
        f"/people/duplicates/{rosa.id}/{hidden.id}": {"keep": rosa.id},
        f"/people/duplicates/{rosa.id}/{hidden.id}/apart": {},
        f"/people/{hidden.id}/erase": {"name": hidden.name},
        f"/people/{hidden.id}/cards": {},
    }
    for address, sent in refused.items():
        assert client.post(address, data=sent).status_code in (403, 404, 422), address
    for address in (f"/people/{hidden.id}/", f"/people/{hidden.id}/kept", f"/people/{hidden.id}/kept.json",
                    f"/people/cards?person={hidden.id}", f"/people/duplicates/{rosa.id}/{hidden.id}",
                    f"/people/{hidden.id}/consents/messages"):  # fmt: skip
        assert client.get(address).status_code == 404, address
    db.session.expire_all()
    assert (hidden.given_names, foreign.until) == ("Rosa", None)
    for odd in ("?organisation=99999999999", "?organisation=%C3%A9", "?page=-1", "?region=x", "?q=%25_"):
        assert client.get("/people/" + odd).status_code == 200
    assert client.get("/people/?q=%00").status_code == 400
    assert client.get(f"/people/{rosa.id}/consents/nonsense").status_code == 404


def test_consent_is_asked_in_their_language_by_a_guardian_under_age_and_taken_back(
    app: Flask, client: FlaskClient, sign_in: SignIn
) -> None:
    coop = field.organisation("ACOPAGRO")
    child = field.person("Luz Niña", coop, year=2012)
    enter(sign_in, Role.COORDINATOR, coop)
    there = f"/people/{child.id}/consents/messages"
    assert "We may call you" in client.get(there).text
    assert "Podemos llamarle" in client.get(there + "?in=es").text
    sent = {"how": "voice", "on": "2026-10-01", "in": "es", "version": "2026-11-22"}
    assert client.post(there, data=sent).status_code == 422
    assert client.post(there, data={**sent, "guardian": "Ana", "version": "1999"}).status_code == 422
    assert client.post(there, data={**sent, "guardian": "Ana", "on": "2031-01-01"}).status_code == 422
    assert client.post(there, data={**sent, "guardian": "Ana Madre", "guardian_tie": "madre"}).status_code == 303
    given = db.session.query(Consent).one()
    assert (given.purpose, given.language, given.guardian_name) == (ConsentPurpose.MESSAGES, "es", "Ana Madre")
    page = client.get(f"/people/{child.id}/").text
    assert "by Ana Madre (madre)" in page
    assert "Spanish" in page
    taken = f"/people/{child.id}/consents/{given.id}/withdraw"
    assert client.post(taken, data={"until": "2026-01-01"}).status_code == 422
    assert client.post(taken, data={"until": "2026-11-01"}).status_code == 303
    assert "taken back on November 1, 2026" in client.get(f"/people/{child.id}/").text


def test_two_records_become_one_person_and_two_again(app: Flask, client: FlaskClient, sign_in: SignIn) -> None:
    coop = field.organisation("ACOPAGRO")
    rosa, twin = field.person("Rosa Quispe Huamán", coop), field.person("Rosa Quispe Huaman", coop)
    phone(twin)
    enter(sign_in, Role.COORDINATOR, coop)
    there = f"/people/duplicates/{rosa.id}/{twin.id}"
    assert there in client.get("/people/duplicates").text
    page = client.get(there).text
    assert "How you are reached (1)" in page or "Whose phones and addresses they are (1)" in page
    client.post(there, data={"keep": "7777"})
    assert db.session.query(PersonMerge).count() == 0
    kept = client.post(there, data={"keep": rosa.id}, follow_redirects=True).text
    assert PHONE in kept
    assert client.get(f"/people/{twin.id}/").headers["Location"] == f"/people/{rosa.id}/"
    assert "1 person" in client.get("/people/").text
    merge = db.session.query(PersonMerge).one()
    assert client.post(there, data={"keep": rosa.id}).status_code == 404
    assert client.post(f"/people/merges/{merge.id}/undo").headers["Location"] == f"/people/{twin.id}/"
    assert "2 people" in client.get("/people/").text
    client.post(there + "/apart")
    assert there not in client.get("/people/duplicates").text


def test_a_copy_is_handed_out_and_somebody_is_erased_by_their_name(
    app: Flask, client: FlaskClient, sign_in: SignIn
) -> None:
    coop = field.organisation("ACOPAGRO")
    rosa = field.person("Rosa Quispe Huamán", coop)
    phone(rosa)
    enter(sign_in, Role.COORDINATOR, coop)
    there = f"/people/{rosa.id}"
    told = client.get(there + "/kept.json")
    assert told.headers["Cache-Control"] == "no-store"
    assert told.get_json()["tables"]["contact_point"][0]["value"] == PHONE
    assert PHONE in client.get(there + "/kept").text
    assert client.post(there + "/erase", data={"name": "Somebody else"}).status_code == 422
    assert client.post(there + "/erase", data={"name": "rosa quispe huaman"}).status_code == 303
    db.session.expire_all()
    assert rosa.erased_at is not None
    assert "0 people" in client.get("/people/").text
    assert "was erased" in client.get(there + "/").text
    assert client.post(there + "/change", data={"given_names": "X"}).status_code == 404
    assert client.get(there + "/kept").status_code == 404


def test_somebody_sees_what_is_kept_of_themselves_and_of_nobody_else(
    app: Flask, client: FlaskClient, sign_in: SignIn
) -> None:
    coop = field.organisation("ACOPAGRO")
    rosa, other = field.person("Rosa Quispe", coop), field.person("Elena Tapullima", coop)
    factories.account("rosa.quispe", Role.READER, person=rosa)
    sign_in("rosa.quispe", factories.PASSWORD)
    assert f"/people/{rosa.id}/kept" in client.get("/account").text
    assert client.get(f"/people/{rosa.id}/kept").status_code == 200
    assert client.get(f"/people/{other.id}/kept").status_code == 404
    assert 'href="/people/"' not in client.get("/account").text


def test_who_teaches_sees_their_own_learners_and_changes_nothing_of_them(
    app: Flask, client: FlaskClient, sign_in: SignIn
) -> None:
    taught = field.field(learners=2, meetings=1)
    learner = db.session.get_one(Person, taught.learners[0].person_id)
    stranger = field.person("Otra Persona", taught.coops[0])
    persons.change_person(
        COMMAND_LINE, learner, persons.PersonDetails("Rosa", document_number="01234567", region="PE-SAM")
    )
    factories.account("teresa", Role.READER, person=taught.trainer)
    sign_in("teresa", factories.PASSWORD)
    board = client.get("/people/").text
    assert "2 people" in board
    assert 'href="/people/"' in board
    assert stranger.name not in board
    page = client.get(f"/people/{learner.id}/").text
    assert "Give a card" in page
    assert "01234567" not in page
    assert "ACOPAGRO" not in page
    assert client.get(f"/people/{stranger.id}/").status_code == 404
    for deed in ("change", "erase", "consents/messages"):
        assert client.get(f"/people/{learner.id}/{deed}").status_code == 403
    assert client.get(f"/people/{learner.id}/kept").status_code == 404
    assert client.post(f"/people/{learner.id}/cards").status_code == 303
    assert client.post(f"/people/{stranger.id}/cards").status_code == 404


def test_the_list_of_people_asks_no_more_for_many(app: Flask, client: FlaskClient, sign_in: SignIn) -> None:
    coop = field.organisation("ACOPAGRO")
    enter(sign_in, Role.COORDINATOR, coop)
    counts = []
    for n in range(30):
        person = field.person(f"Persona{n} Ejemplo", coop)
        if n in (12, 29):  # by then two names sound alike
            for address in ("/people/", f"/organisations/{coop.id}/", "/people/duplicates", f"/people/{person.id}/"):
                with counted() as number:
                    assert client.get(address).status_code == 200
                counts.append(number())
    assert counts[:3] == counts[4:7]


Sent = dict[str, object]


@pytest.mark.parametrize("sent", [{}, {"given_names": "x" * 5_000}, {"given_names": "R", "birth_year": "9" * 40},
                                  {"given_names": "R", "sex": "nonsense"}, {"given_names": "R", "birth_date": "0"},
                                  {"given_names": "R", "age": "²"}, {"given_names": "R", "region": "XX"},
                                  {"given_names": "\u202eR"}])  # fmt: skip
def test_what_cannot_be_is_said_and_changes_nothing(
    app: Flask, client: FlaskClient, sign_in: SignIn, sent: Sent
) -> None:
    coop = field.organisation("ACOPAGRO")
    rosa = field.person("Rosa Quispe", coop)
    enter(sign_in, Role.COORDINATOR, coop)

    def post(address: str) -> TestResponse:
        return client.post(address, data={"sex": "woman", "reading": "well", **sent})

    assert post(f"/people/{rosa.id}/change").status_code == 422
    assert post("/people/new").status_code == 422
    assert [one.given_names for one in db.session.query(Person)] == ["Rosa"]
