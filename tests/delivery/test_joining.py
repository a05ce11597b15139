"""Joining by a code: who asks learns nothing, a trainer decides, and guessing codes is slowed down."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.core.errors import Refused
from app.delivery.actions import joining
from app.delivery.kinds import CohortState, JoinState
from app.delivery.models import JoinRequest
from app.delivery.queries import joining as queries
from app.delivery.rules import cohorts as cohort_rules
from app.delivery.rules import joining as rules
from app.delivery.rules.joining import Wish
from app.infra import clock
from app.infra.db import db
from app.people import consent_texts
from app.people.actions import erasing, persons
from app.people.kinds import ConsentHow, ConsentPurpose, ContactKind, Sex
from app.people.models import Consent, ContactPoint, Person, PersonContact
from app.people.permissions import COMMAND_LINE, VISITOR, NotAllowed
from app.people.queries import duplicates
from app.people.rules.persons import NeedsGuardian, NeedsName, OddAge, OddPhone, TooLongLine
from tests.delivery import field as make

AGREED = consent_texts.newest(ConsentPurpose.TRAINING_RECORD).version
ROSA = Wish("Rosa", "Quispe Huamán", "987 654 321", "ACOPAGRO", "Lamas", consent=AGREED)
ADDRESS = "10.0.0.1"


def test_a_visitor_asks_and_is_enrolled_when_the_trainer_accepts(app: Flask) -> None:
    field = make.field(learners=1, meetings=1)
    trainer = make.as_person(field.trainer)
    code = joining.open_door(trainer, field.cohort)
    before = db.session.scalar(select(func.count(Person.id)))
    asked = joining.join(VISITOR, f"{code[:3]} {code[3:].lower()}", ROSA, ADDRESS)
    assert joining.join(VISITOR, code, ROSA, ADDRESS).id == asked.id
    assert db.session.scalar(select(func.count(Person.id))) == before
    assert [one.id for one in queries.waiting(field.cohort)] == [asked.id]
    enrolled = joining.accept(trainer, asked, organisation=field.coops[0])
    assert (enrolled.source, asked.state, asked.details) == ("code", JoinState.ACCEPTED, {})
    assert duplicates.phones([enrolled.person_id]) == {enrolled.person_id: frozenset({"987654321"})}
    with pytest.raises(rules.Decided):
        joining.decline(trainer, asked)


def test_somebody_signed_in_joins_as_who_they_are(app: Flask) -> None:
    field = make.field(learners=1, meetings=1)
    code = joining.open_door(COMMAND_LINE, field.cohort)
    person = make.person("Rosa Quispe", field.coops[0])
    asked = joining.join(make.as_person(person), code, None, ADDRESS)
    assert joining.join(make.as_person(person), code, None, ADDRESS).id == asked.id
    assert joining.accept(COMMAND_LINE, asked).person_id == person.id
    again = joining.join(make.as_person(person), code, None, ADDRESS)
    with pytest.raises(cohort_rules.AlreadyEnrolled):
        joining.accept(COMMAND_LINE, again)
    db.session.expire_all()
    assert again.state is JoinState.PENDING


def test_whoever_is_erased_waits_at_no_door_any_more(app: Flask) -> None:
    field = make.field(learners=1, meetings=1)
    code = joining.open_door(COMMAND_LINE, field.cohort)
    person = make.person("Rosa Quispe", field.coops[0])
    asked = joining.join(make.as_person(person), code, None, ADDRESS)
    erasing.erase(COMMAND_LINE, person)
    db.session.expire_all()
    assert (asked.state, queries.waiting(field.cohort)) == (JoinState.DECLINED, [])
    with pytest.raises(rules.Decided):
        joining.accept(COMMAND_LINE, asked)


def test_a_trainer_takes_in_somebody_known_but_only_whom_they_see(app: Flask) -> None:
    field = make.field(learners=1, meetings=1)
    trainer = make.as_person(field.trainer)
    code = joining.open_door(trainer, field.cohort)
    known = make.person("Rosa Quispe Huamán", field.coops[0])
    asked = joining.join(VISITOR, code, ROSA, ADDRESS)
    assert queries.likely(trainer, [asked]) == {asked.id: []}
    assert [one.person.id for one in queries.likely(COMMAND_LINE, [asked])[asked.id]] == [known.id]
    with pytest.raises(rules.NotAmongThem):
        joining.accept(trainer, asked, person=known)
    assert joining.accept(COMMAND_LINE, asked, person=known).person_id == known.id


def reached(person_id: int) -> list[tuple[str, bool, bool]]:
    """The telephones of somebody: the number, whether it is their own, whether it is the best way."""
    rows = db.session.execute(
        select(ContactPoint.value, PersonContact.own, PersonContact.preferred)
        .join(PersonContact, PersonContact.contact_point_id == ContactPoint.id)
        .where(PersonContact.person_id == person_id)
        .order_by(PersonContact.id)
    )
    return [(value, own, preferred) for value, own, preferred in rows]


def test_the_telephone_given_at_the_door_is_kept_of_somebody_known(app: Flask) -> None:
    field = make.field(learners=1, meetings=1)
    code = joining.open_door(COMMAND_LINE, field.cohort)
    known = make.person("Rosa Quispe Huamán", field.coops[0])
    persons.add_contact(COMMAND_LINE, known, ContactKind.PHONE, "911 111 111", preferred=True)
    joining.accept(COMMAND_LINE, joining.join(VISITOR, code, ROSA, ADDRESS), person=known)
    assert reached(known.id) == [("911111111", True, True), ("987654321", True, False)]


@pytest.mark.parametrize("kept", ["987 654 321", "+51 987 654 321"])
def test_a_telephone_that_somebody_known_has_already_stays_as_it_is(app: Flask, kept: str) -> None:
    field = make.field(learners=1, meetings=1)
    code = joining.open_door(COMMAND_LINE, field.cohort)
    known = make.person("Rosa Quispe Huamán", field.coops[0])
    persons.add_contact(COMMAND_LINE, known, ContactKind.WHATSAPP, kept, own=False, preferred=True)
    joining.accept(COMMAND_LINE, joining.join(VISITOR, code, ROSA, ADDRESS), person=known)
    assert reached(known.id) == [(kept.replace(" ", ""), False, True)]


def test_a_telephone_that_another_person_has_too_does_not_become_somebodys_own(app: Flask) -> None:
    field = make.field(learners=1, meetings=1)
    code = joining.open_door(COMMAND_LINE, field.cohort)
    known, mother = make.person("Rosa Quispe Huamán", field.coops[0]), make.person("María Huamán", field.coops[0])
    persons.add_contact(COMMAND_LINE, mother, ContactKind.PHONE, "987 654 321")
    joining.accept(COMMAND_LINE, joining.join(VISITOR, code, ROSA, ADDRESS), person=known)
    assert reached(known.id) == [("987654321", False, False)]
    assert reached(mother.id) == [("987654321", True, False)]


def test_only_those_who_teach_the_cohort_open_it_and_answer(app: Flask) -> None:
    field = make.field(learners=1, meetings=1)
    learner = make.as_person(db.session.get_one(Person, field.learners[0].person_id))
    with pytest.raises(NotAllowed):
        joining.open_door(learner, field.cohort)
    code = joining.open_door(COMMAND_LINE, field.cohort)
    asked = joining.join(VISITOR, code, ROSA, ADDRESS)
    for answer in (joining.accept, joining.decline):
        with pytest.raises(NotAllowed):
            answer(learner, asked)
    with pytest.raises(queries.NoSuchRequest):
        queries.get(field.masters, asked.id)
    joining.decline(make.as_person(field.trainer), asked)
    assert (asked.state, asked.details, asked.address) == (JoinState.DECLINED, {}, "")


WISHES = [
    (Wish(""), NeedsName),
    (Wish("Rosa"), rules.NeedsTelephoneOrPlace),
    (Wish("Rosa", phone="12"), OddPhone),
    (Wish("Rosa\x00", place="Lamas"), NeedsName),
    (Wish("Rosa", place="x" * 500), TooLongLine),
    (replace(ROSA, consent=""), rules.NeedsConsent),
    (replace(ROSA, consent="1999-01-01"), rules.NeedsConsent),
    (replace(ROSA, sex="queen"), rules.OddSex),
    (replace(ROSA, age=400), OddAge),
    (replace(ROSA, age=15), NeedsGuardian),
]


@pytest.mark.parametrize(("wish", "refusal"), WISHES)
def test_who_asks_says_who_they_are(app: Flask, wish: Wish, refusal: type[Refused]) -> None:
    code = joining.open_door(COMMAND_LINE, make.field(learners=1, meetings=1).cohort)
    with pytest.raises(refusal):
        joining.join(VISITOR, code, wish, ADDRESS)
    assert db.session.scalars(select(JoinRequest)).all() == []


def test_a_code_that_was_changed_or_of_a_cohort_that_is_over_lets_nobody_in(app: Flask) -> None:
    field = make.field(learners=1, meetings=1)
    old = joining.open_door(COMMAND_LINE, field.cohort)
    new = joining.open_door(COMMAND_LINE, field.cohort)
    field.cohort.state = CohortState.FINISHED
    for code in (old, new, "", "ABC", "O0I1LL"):
        with pytest.raises(rules.NoSuchCode):
            joining.join(VISITOR, code, ROSA, ADDRESS)
    field.cohort.state = CohortState.ACTIVE
    joining.close_door(COMMAND_LINE, field.cohort)
    with pytest.raises(rules.NoSuchCode):
        joining.join(VISITOR, new, ROSA, ADDRESS)


def test_guessing_codes_is_slowed_down_by_connection(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    code = joining.open_door(COMMAND_LINE, make.field(learners=1, meetings=1).cohort)
    for _ in range(rules.TRIES):
        with pytest.raises(rules.NoSuchCode):
            joining.join(VISITOR, "ABCDEF" if code != "ABCDEF" else "ABCDEG", ROSA, ADDRESS)
    with pytest.raises(rules.TooManyTries):
        joining.join(VISITOR, code, ROSA, ADDRESS)
    assert joining.join(VISITOR, code, ROSA, "10.0.0.2").state is JoinState.PENDING
    later = clock.now() + timedelta(minutes=rules.TRIES_MINUTES + 1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert joining.join(VISITOR, code, ROSA, ADDRESS).state is JoinState.PENDING


def test_what_was_ticked_is_kept_as_a_consent_once_somebody_is_taken_in(app: Flask) -> None:
    field = make.field(learners=1, meetings=1)
    code = joining.open_door(COMMAND_LINE, field.cohort)
    young = replace(ROSA, sex="woman", age=15, guardian="María Huamán", guardian_tie="madre", language="es")
    asked = joining.join(VISITOR, code, young, ADDRESS)
    assert db.session.scalars(select(Consent)).all() == []
    enrolled = joining.accept(make.as_person(field.trainer), asked)
    rosa = db.session.get_one(Person, enrolled.person_id)
    assert (rosa.sex, rosa.age_told, rosa.age_told_on) == (Sex.WOMAN, 15, asked.at.date())
    kept = db.session.scalars(select(Consent)).one()
    assert (kept.person_id, kept.how, kept.text_version, kept.guardian_name) == (
        rosa.id, ConsentHow.TICK, AGREED, "María Huamán",
    )  # fmt: skip


def test_a_tick_of_their_own_says_nothing_for_somebody_known_to_be_under_age(app: Flask) -> None:
    field = make.field(learners=1, meetings=1)
    code = joining.open_door(COMMAND_LINE, field.cohort)
    known = make.person("Rosa Quispe Huamán", field.coops[0], year=clock.now().year - 15)
    joining.accept(COMMAND_LINE, joining.join(VISITOR, code, ROSA, ADDRESS), person=known)
    assert db.session.scalars(select(Consent)).all() == []


def test_codes_are_not_found_by_trying_the_page(app: Flask) -> None:
    code = joining.open_door(COMMAND_LINE, make.field(learners=1, meetings=1).cohort)
    for _ in range(2 * rules.TRIES):
        assert joining.knock(VISITOR, code.lower(), ADDRESS).slug == "lamas"
    for _ in range(rules.TRIES):
        with pytest.raises(rules.NoSuchCode):
            joining.knock(VISITOR, "AAAAAA", ADDRESS)
    with pytest.raises(rules.TooManyTries):
        joining.knock(VISITOR, code, ADDRESS)
    assert joining.knock(VISITOR, code, "10.0.0.2").slug == "lamas"
