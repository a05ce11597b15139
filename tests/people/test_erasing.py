"""Everything kept of one person, and erasing them: what goes, what stays, and that it is done once."""

from __future__ import annotations

import json
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from app.infra.db import Base, db
from app.people.actions import cards, consents, erasing, merging, persons
from app.people.actions.persons import PersonDetails
from app.people.keeping_text import readable
from app.people.kinds import ConsentHow, ConsentPurpose, ContactKind, Sex
from app.people.models import Account, ContactPoint, Person
from app.people.permissions import COMMAND_LINE, NotAllowed, Role, Scope
from app.people.queries import duplicates, keeping
from app.people.rules.persons import Born, age_on
from tests import factories
from tests.delivery import field as make

SAID = ("Rosalinda", "Quispetest", "Chana", "73645182", "987654321", "rosalinda", "Alto Mayo", "Guardiana")


def rosa(field: make.Field) -> Person:
    """Somebody of whom much is kept, in two records that were joined."""
    details = PersonDetails(
        "Rosalinda", "Quispetest", known_as="Chana", sex=Sex.WOMAN, born=Born(on=date(1990, 4, 5)),
        document_kind="DNI", document_number="73645182", region="PE-SAM", place="Alto Mayo",
    )  # fmt: skip
    made = persons.create_person(COMMAND_LINE, details, field.coops[0])
    again = persons.create_person(COMMAND_LINE, PersonDetails("Rosalinda", "Quispetest"), field.coops[0])
    persons.add_contact(COMMAND_LINE, made, ContactKind.PHONE, "987654321")
    persons.add_contact(COMMAND_LINE, again, ContactKind.EMAIL, "rosalinda@example.org")
    consents.agree(
        COMMAND_LINE, made, ConsentPurpose.MESSAGES, ConsentHow.TICK, language="es", on=date(2026, 3, 1),
        guardian="Guardiana Quispetest",
    )  # fmt: skip
    cards.issue_card(COMMAND_LINE, made, "2580")
    account = factories.account("rosalinda.q", Role.READER, Scope())
    account.person_id, account.name = again.id, "Rosalinda Quispetest"
    merging.merge(COMMAND_LINE, made, again)
    return made


def whole() -> str:
    """Every word of every table but the record of deeds."""
    db.session.flush()
    tables = [table for table in Base.metadata.sorted_tables if table.name != "audit_entry"]
    return repr([tuple(row) for table in tables for row in db.session.execute(select(table))])


def test_all_that_is_kept_is_told_but_no_secret(app: Flask) -> None:
    field = make.field(learners=1, meetings=1)
    person = rosa(field)
    told = keeping.everything(make.as_person(person), person)
    text = json.dumps(told, ensure_ascii=False)
    assert all(word in text for word in SAID)
    assert {"account", "affiliation", "consent", "contact_point", "learner_card", "person", "role_assignment"} <= set(
        told["tables"]
    )
    assert len(told["tables"]["person"]) == 2
    assert "argon2" not in text
    shown = readable(told)
    assert all(word in shown for word in SAID)


def test_attendance_and_states_are_told_with_the_enrolment(app: Flask) -> None:
    field = make.field(learners=1, meetings=1)
    person = db.session.get_one(Person, field.learners[0].person_id)
    told = keeping.everything(COMMAND_LINE, person)
    assert [row["state"] for row in told["tables"]["enrolment_change"]] == ["active"]


def test_nobody_reads_what_is_kept_of_somebody_else(app: Flask) -> None:
    field = make.field(learners=2, meetings=1)
    first, second = (db.session.get_one(Person, one.person_id) for one in field.learners)
    for actor in (make.as_person(second), make.as_person(field.trainer)):
        with pytest.raises(NotAllowed):
            keeping.everything(actor, first)
        with pytest.raises(NotAllowed):
            erasing.erase(actor, first)


def test_nothing_that_tells_who_somebody_was_is_left(app: Flask) -> None:
    field = make.field(learners=1, meetings=1)
    person = rosa(field)
    assert all(word in whole() for word in SAID)
    erasing.erase(COMMAND_LINE, person)
    left = whole()
    assert [word for word in SAID if word in left] == []
    assert (person.sex, person.birth_year, person.uid != "") == (Sex.WOMAN, 1990, True)
    account = db.session.scalars(select(Account).where(Account.username.like("erased-%"))).one()
    assert not account.active
    with pytest.raises(keeping.NothingKept):
        keeping.everything(COMMAND_LINE, person)


def test_erasing_somebody_again_changes_nothing(app: Flask) -> None:
    field = make.field(learners=1, meetings=1)
    person = rosa(field)
    erasing.erase(COMMAND_LINE, person)
    before, at = whole(), person.erased_at
    erasing.erase(COMMAND_LINE, person)
    assert (whole(), person.erased_at) == (before, at)


def test_a_family_s_telephone_stays_with_who_else_gave_it(app: Flask) -> None:
    coop = make.organisation("ACOPAGRO")
    mother, daughter = make.person("Rosa Quispe", coop), make.person("Luz Quispe", coop)
    for one in (mother, daughter):
        persons.add_contact(COMMAND_LINE, one, ContactKind.PHONE, "987654321")
    erasing.erase(COMMAND_LINE, mother)
    assert duplicates.phones([mother.id, daughter.id]) == {daughter.id: frozenset({"987654321"})}
    erasing.erase(COMMAND_LINE, daughter)
    assert db.session.scalars(select(ContactPoint)).all() == []


def test_an_age_that_was_told_is_the_same_after_erasing(app: Flask) -> None:
    details = PersonDetails("Rosa", "Quispe", born=Born(age=40, age_on=date(2026, 3, 1)))
    person = persons.create_person(COMMAND_LINE, details, make.organisation("ACOPAGRO"))
    before = age_on(details.born, date(2030, 6, 1))
    erasing.erase(COMMAND_LINE, person)
    assert age_on(Born(year=person.birth_year), date(2030, 6, 1)) == before
    assert (person.age_told, person.given_names) == (None, "")
