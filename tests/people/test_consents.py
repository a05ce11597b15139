"""What people agree to: which text, for which purpose, who for a child, and what may not happen without it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask

from app.infra import clock
from app.people import consent_texts
from app.people.actions import consents, persons
from app.people.kinds import ConsentHow, ConsentPurpose
from app.people.permissions import COMMAND_LINE, NotAllowed
from app.people.queries import consents as queries
from app.people.rules import consents as rules
from app.people.rules.consents import Deed, Given
from app.people.rules.persons import NeedsGuardian
from tests.delivery import field as make

MARCH = date(2026, 3, 1)
MESSAGES = ConsentPurpose.MESSAGES


def test_every_deed_needs_a_purpose_that_has_a_text_in_both_languages() -> None:
    assert {rules.needs_consent(deed) for deed in Deed} <= {one.purpose for one in consent_texts.texts()}
    for purpose in ConsentPurpose:
        newest = consent_texts.newest(purpose)
        assert newest.text("es")
        assert newest.text("es") != newest.text("en")
        assert consent_texts.find(purpose, newest.version) == newest


def test_no_two_texts_of_a_purpose_have_one_version() -> None:
    told = [(one.purpose, one.version) for one in consent_texts.texts()]
    assert len(set(told)) == len(told)


@pytest.mark.parametrize(
    ("day", "held"),
    [(MARCH - timedelta(1), False), (MARCH, True), (MARCH + timedelta(9), True), (MARCH + timedelta(10), False)],
)
def test_a_consent_holds_from_its_day_until_it_is_taken_back(day: date, held: bool) -> None:
    given = [Given(MESSAGES, MARCH, MARCH + timedelta(10))]
    assert rules.agreed(given, MESSAGES, day) is held
    assert not rules.agreed(given, ConsentPurpose.PHOTOGRAPHS, day)


def test_who_came_of_age_is_asked_themselves() -> None:
    given = [Given(MESSAGES, MARCH, by_guardian=True), Given(ConsentPurpose.RESEARCH, MARCH)]
    assert rules.to_ask_again(given, 17, MARCH) == frozenset()
    assert rules.to_ask_again(given, 18, MARCH) == {MESSAGES}
    assert rules.to_ask_again([*given, Given(MESSAGES, MARCH)], 18, MARCH) == frozenset()


def test_nobody_is_written_to_who_has_not_agreed(app: Flask) -> None:
    coop = make.organisation("ACOPAGRO")
    rosa, other = make.person("Rosa Quispe", coop), make.person("Otra Persona", coop)
    given = consents.agree(COMMAND_LINE, rosa, MESSAGES, ConsentHow.VOICE, language="es", on=MARCH)
    assert given.text_version == consent_texts.newest(MESSAGES).version
    assert queries.who_allow([rosa.id, other.id], Deed.SEND_MESSAGE, MARCH) == {rosa.id}
    queries.require(rosa, Deed.SEND_MESSAGE, MARCH)
    with pytest.raises(rules.NoConsent):
        queries.require(other, Deed.SEND_MESSAGE, MARCH)
    with pytest.raises(rules.NoConsent):
        queries.require(rosa, Deed.SHOW_PHOTOGRAPH, MARCH)
    persons.withdraw_consent(COMMAND_LINE, given, MARCH + timedelta(5))
    assert queries.who_allow([rosa.id], Deed.SEND_MESSAGE, MARCH + timedelta(5)) == frozenset()
    assert queries.given([rosa.id])[rosa.id] == [Given(MESSAGES, MARCH, MARCH + timedelta(5))]


def test_for_a_child_a_guardian_agrees(app: Flask) -> None:
    child = make.person("Luz Quispe", make.organisation("ACOPAGRO"), year=2012)
    with pytest.raises(NeedsGuardian):
        consents.agree(COMMAND_LINE, child, MESSAGES, ConsentHow.SIGNATURE, language="es", on=MARCH)
    consents.agree(
        COMMAND_LINE, child, MESSAGES, ConsentHow.SIGNATURE, language="es", on=MARCH,
        guardian="Rosa Quispe", guardian_tie="madre",
    )  # fmt: skip
    assert queries.given([child.id])[child.id][0].by_guardian


@pytest.mark.parametrize(
    ("language", "days", "version", "refusal"),
    [
        ("qu", 0, None, rules.NoSuchText),
        ("es", 1, None, rules.NotYet),
        ("es", 0, "1999-01-01", rules.NoSuchText),
    ],
)
def test_nobody_agrees_to_a_text_that_does_not_exist_nor_tomorrow(
    app: Flask, language: str, days: int, version: str | None, refusal: type[Exception]
) -> None:
    rosa = make.person("Rosa Quispe", make.organisation("ACOPAGRO"))
    day = clock.now().date() + timedelta(days)
    with pytest.raises(refusal):
        consents.agree(COMMAND_LINE, rosa, MESSAGES, ConsentHow.TICK, language=language, on=day, version=version)


def test_a_trainer_of_somebody_else_writes_down_no_consent(app: Flask) -> None:
    field = make.field(learners=1, meetings=1)
    stranger = make.person("Otra Persona", field.coops[0])
    with pytest.raises(NotAllowed):
        consents.agree(
            make.as_person(field.trainer), stranger, MESSAGES, ConsentHow.TICK, language="es", on=MARCH
        )  # fmt: skip
