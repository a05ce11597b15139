"""Roles within an organisation or a programme, accounts of persons, and signing in by one's own telephone."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.infra.db import db
from app.people import actions, queries, rules
from app.people.actions import merging, persons
from app.people.kinds import ContactKind
from app.people.models import Person, RoleAssignment
from app.people.permissions import COMMAND_LINE, NotAllowed, Permission, Role, Scope, allows
from app.people.queries import persons as person_queries
from tests import factories
from tests.delivery import field

from .conftest import SignIn

PHONE = "+51987654321"


def administer(sign_in: SignIn, region: str | None = None) -> None:
    factories.account("ana.admin", Role.ADMINISTRATOR, Scope(region=region))
    assert sign_in("ana.admin", factories.PASSWORD).status_code == 303


def phone(person: Person, number: str = PHONE, *, own: bool = True) -> None:
    persons.add_contact(COMMAND_LINE, person, ContactKind.PHONE, number, own=own)


def comes_in(sign_in: SignIn, name: str) -> bool:
    return sign_in(name, factories.PASSWORD).status_code == 303


def test_a_role_is_given_within_an_organisation_and_a_programme_and_named(
    app: Flask, client: FlaskClient, sign_in: SignIn
) -> None:
    coop, programme = field.organisation("ACOPAGRO"), field.programme()
    administer(sign_in)
    sent = {"username": "rita.coordina", "name": "Rita", "language": "es", "role": "coordinator",
            "organisation": coop.id, "programme": programme.id}  # fmt: skip
    assert "ACOPAGRO" in client.get("/accounts/new").text
    assert client.post("/accounts/new", data={**sent, "organisation": 9999}).status_code == 422
    assert client.post("/accounts/new", data={**sent, "programme": "²"}).status_code == 422
    assert client.post("/accounts/new", data=sent).status_code == 200
    made = queries.account_by_username("rita.coordina")
    assert made is not None
    scope = queries.scope_of_role(made.roles[0])
    assert scope == Scope(organisations=frozenset({coop.id}), programmes=frozenset({programme.id}))
    page = client.get(f"/accounts/{made.id}").text
    assert "ACOPAGRO · San Martín" in page
    assert "Role given: Coordinator of programmes, ACOPAGRO · San Martín" in page


def test_who_administers_a_country_gives_roles_in_organisations_and_people_of_it_only(
    app: Flask, client: FlaskClient, sign_in: SignIn
) -> None:
    here, there = field.organisation("ACOPAGRO"), field.organisation("Kallari", "EC")
    rosa = field.person("Rosa Quispe", here)
    abroad = persons.create_person(COMMAND_LINE, persons.PersonDetails("Alfa", region="EC"), there)
    administer(sign_in, "PE")
    page = client.get("/accounts/new").text
    assert "ACOPAGRO" in page
    assert "Kallari" not in page
    sent = {"username": "rita.coordina", "name": "Rita", "language": "es", "role": "coordinator"}
    assert client.post("/accounts/new", data={**sent, "organisation": there.id}).status_code == 422
    assert client.get(f"/accounts/new?person={abroad.id}").status_code == 404
    for odd in ("x", "9" * 30, "-1"):
        assert client.get(f"/accounts/new?person={odd}").status_code == 404
    assert f'value="{rosa.id}"' in client.get(f"/accounts/new?person={rosa.id}").text
    assert client.post("/accounts/new", data={**sent, "organisation": here.id, "person": rosa.id}).status_code == 200
    made = queries.account_by_username("rita.coordina")
    assert made is not None
    assert (made.person_id, made.roles[0].region) == (rosa.id, "PE-SAM")
    assert "Make an account for them" not in client.get(f"/people/{rosa.id}/").text
    again = client.post("/accounts/new", data={**sent, "username": "otra.vez", "region": "PE", "person": rosa.id})
    assert again.status_code == 409


def test_an_account_is_tied_to_a_person_once_by_who_manages_both(
    app: Flask, client: FlaskClient, sign_in: SignIn
) -> None:
    coop = field.organisation("ACOPAGRO")
    rosa, other = field.person("Rosa Quispe", coop), field.person("Elena Tapullima", coop)
    theirs = factories.account("rosa.quispe", Role.READER, Scope(region="PE"))
    administer(sign_in, "PE")
    there = f"/accounts/{theirs.id}"
    assert "Rosa Quispe" in client.get(there + "?who=quispe").text
    assert client.post(there + "/person", data={"person": "x"}).status_code == 404
    assert client.post(there + "/person", data={"person": rosa.id}).status_code == 303
    assert client.post(there + "/person", data={"person": other.id}).status_code == 409
    db.session.expire_all()
    assert queries.actor_of(theirs).person_id == rosa.id


def test_nobody_takes_over_the_account_of_a_person_who_is_not_theirs_to_manage(app: Flask) -> None:
    coop = field.organisation("Kallari", "EC")
    abroad = persons.create_person(COMMAND_LINE, persons.PersonDetails("Alfa", region="EC"), coop)
    theirs = factories.account("alfa.ec", Role.READER, Scope(region="PE"), person=abroad)
    peru = queries.actor_of(factories.account("ana.admin", Role.ADMINISTRATOR, Scope(region="PE")))
    with pytest.raises(NotAllowed):
        actions.reset_password(peru, theirs)
    with pytest.raises(NotAllowed):
        actions.link_person(peru, factories.account("vacia", Role.READER, Scope(region="PE")), abroad)
    with pytest.raises(rules.NoSuchPlace):
        actions.grant_role(peru, theirs, Role.COORDINATOR, Scope(region="PE", organisations=frozenset({coop.id})))
    assert db.session.query(RoleAssignment).filter_by(account_id=theirs.id).count() == 1


def test_somebody_signs_in_by_their_own_telephone_and_by_no_shared_one(
    app: Flask, client: FlaskClient, sign_in: SignIn
) -> None:
    coop = field.organisation("ACOPAGRO")
    rosa, son = field.person("Rosa Quispe", coop), field.person("Luis Quispe", coop)
    factories.account("rosa.quispe", Role.READER, person=rosa)
    assert not comes_in(sign_in, PHONE)
    phone(rosa, own=False)
    assert not comes_in(sign_in, PHONE)
    phone(rosa)
    for typed in (PHONE, "987 654 321", "51-987-654-321"):
        assert comes_in(sign_in, typed), typed
        client.post("/sign-out")
    assert not comes_in(sign_in, "654321")
    phone(son)
    assert not comes_in(sign_in, PHONE)


def test_tries_by_telephone_and_by_name_lock_one_account_together(app: Flask, sign_in: SignIn) -> None:
    rosa = field.person("Rosa Quispe", field.organisation("ACOPAGRO"))
    factories.account("rosa.quispe", Role.READER, person=rosa)
    phone(rosa)
    allowed = app.config["LOCKOUT_FAILURES"]
    for n in range(allowed):
        assert sign_in(("rosa.quispe", PHONE)[n % 2], "wrong").status_code == 422
    assert sign_in(PHONE, factories.PASSWORD).status_code == 429
    assert sign_in("rosa.quispe", factories.PASSWORD).status_code == 429


def test_both_accounts_of_one_person_see_the_same_until_the_records_are_taken_apart(app: Flask) -> None:
    field_ = field.field(learners=1, meetings=1)
    again = field.person("Teresa Instructor", field_.coops[0])
    first = factories.account("teresa", Role.READER, person=field_.trainer)
    second = factories.account("tere", Role.READER, person=again)
    learner = person_queries.scopes_of([field_.learners[0].person_id])[field_.learners[0].person_id]
    assert not allows(queries.actor_of(second), Permission.TEACH, learner)
    done = merging.merge(COMMAND_LINE, field_.trainer, again)
    for account in (first, second):
        actor = queries.actor_of(account)
        assert actor.person_id == field_.trainer.id
        assert allows(actor, Permission.TEACH, learner)
    merging.unmerge(COMMAND_LINE, done)
    assert queries.actor_of(second).person_id == again.id
    assert not allows(queries.actor_of(second), Permission.TEACH, learner)
