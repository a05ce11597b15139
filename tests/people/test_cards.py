"""Learners' cards: the code, the PIN, signing in with them, and what a card may never do."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.errors import Refused
from app.infra import clock
from app.people.actions import cards, merging
from app.people.card_print import card_print
from app.people.models import LearnerCard, Person
from app.people.permissions import COMMAND_LINE, NotAllowed, Permission, Role, Scope, allows
from app.people.queries import cards as queries
from app.people.queries import persons
from app.people.rules import cards as rules
from tests.delivery import field as make

PIN, ADDRESS = "2580", "10.0.0.1"
CODES = st.integers().map(lambda seed: rules.new_code(random.Random(seed).choice))  # noqa: S311 -- made-up codes
GUESSED = [("0000", None), ("1234", None), ("987654", None), ("1990", 1990)]
NO_PINS = ["", "123", "1234567", "12a4", "١٢٣٥", "12 45"]


@settings(max_examples=50)
@given(CODES, st.data())
def test_one_wrong_letter_or_two_exchanged_ones_are_noticed(code: str, data: st.DataObject) -> None:
    assert rules.code(rules.shown(code).lower()) == code
    place = data.draw(st.integers(0, len(code) - 1))
    other = data.draw(st.sampled_from([letter for letter in rules.LETTERS if letter != code[place]]))
    with pytest.raises(rules.NotACard):
        rules.code(code[:place] + other + code[place + 1 :])
    first = data.draw(st.integers(0, len(code) - 3))
    if code[first] != code[first + 1]:
        with pytest.raises(rules.NotACard):
            rules.code(code[:first] + code[first + 1] + code[first] + code[first + 2 :])


@pytest.mark.parametrize(("pin", "year"), GUESSED)
def test_a_pin_that_is_the_first_guess_is_turned_down(pin: str, year: int | None) -> None:
    with pytest.raises(rules.GuessablePin):
        rules.check_pin(pin, year)


@pytest.mark.parametrize("pin", NO_PINS)
def test_a_pin_has_four_to_six_digits(pin: str) -> None:
    with pytest.raises(rules.BadPin):
        rules.check_pin(pin)


def rosa() -> Person:
    """A learner with no account."""
    return make.person("Rosa Quispe", make.organisation("ACOPAGRO"))


def tried(card: LearnerCard, pin: str, *, chosen: bool = False) -> type[Refused] | None:
    """Try a PIN; returns what it was refused for."""
    try:
        cards.sign_in_with_card(card.code, pin, ADDRESS, chosen=chosen)
    except Refused as refused:
        return type(refused)
    return None


def test_a_card_signs_its_owner_in_as_a_learner_and_as_nothing_more(app: Flask) -> None:
    field = make.field(learners=1, meetings=1)
    card = cards.issue_card(COMMAND_LINE, field.trainer, PIN)
    assert tried(card, PIN) is None
    actor = queries.actor_of(card)
    assert allows(actor, Permission.LEARN, persons.scopes_of([field.trainer.id])[field.trainer.id])
    assert not allows(
        actor, Permission.LEARN, persons.scopes_of([field.learners[0].person_id])[field.learners[0].person_id]
    )
    assert not allows(actor, Permission.TEACH)
    assert not actor.is_visitor
    assert PIN not in card.pin_hash


def test_the_pin_is_chosen_at_first_use_and_holds_from_then_on(app: Flask) -> None:
    card = cards.issue_card(COMMAND_LINE, rosa())
    assert tried(card, "") is rules.NeedsPin
    assert tried(card, "1234", chosen=True) is rules.GuessablePin
    assert tried(card, PIN, chosen=True) is None
    assert tried(card, "9753", chosen=True) is rules.WrongPin
    assert tried(card, PIN) is None


def test_guessing_is_slowed_down_and_then_ended_until_a_new_pin(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    card = cards.issue_card(COMMAND_LINE, rosa(), PIN)
    allowed, start = app.config["LOCKOUT_FAILURES"], clock.now()
    assert [tried(card, "9753") for _ in range(allowed)] == [rules.WrongPin] * allowed
    assert tried(card, PIN) is rules.CardLocked
    for hour in range(1, rules.MOST_FAILURES // allowed + 2):
        monkeypatch.setattr(clock, "now", lambda hour=hour: start + timedelta(hours=hour))
        for _ in range(allowed):
            tried(card, "9753")
    monkeypatch.setattr(clock, "now", lambda: start + timedelta(days=2))
    assert tried(card, PIN) is rules.CardBlocked
    cards.forget_pin(COMMAND_LINE, card, "8642")
    assert tried(card, "8642") is None


def test_codes_that_nobody_has_are_counted_against_the_connection(app: Flask) -> None:
    most = app.config["LOCKOUT_FAILURES"] * 10
    seen = {type(refusal(n)).__name__ for n in range(most + 1)}
    assert seen == {"WrongPin", "AddressLockedOut"}


def refusal(seed: int) -> Refused:
    """What is said of a card that does not exist."""
    code = rules.new_code(random.Random(seed).choice)  # noqa: S311 -- a test's made-up code
    with pytest.raises(Refused) as raised:
        cards.sign_in_with_card(code, PIN, ADDRESS)
    return raised.value


def test_a_lost_card_ends_and_so_does_every_session_with_it(app: Flask) -> None:
    person = rosa()
    lost = cards.issue_card(COMMAND_LINE, person, PIN)
    stamp = lost.stamp
    assert queries.for_session(lost.id, stamp) is lost
    new = cards.issue_card(COMMAND_LINE, person, PIN)
    assert tried(lost, PIN) is rules.WrongPin
    assert queries.for_session(lost.id, stamp) is None
    assert tried(new, PIN) is None
    cards.end_card(COMMAND_LINE, new)
    with pytest.raises(rules.CardEnded):
        cards.end_card(COMMAND_LINE, new)


def test_a_trainer_hands_cards_to_their_own_learners_only(app: Flask) -> None:
    field = make.field(learners=1, meetings=1)
    trainer, stranger = make.as_person(field.trainer), make.person("Otra Persona", field.coops[0])
    learner = persons.get(COMMAND_LINE, field.learners[0].person_id, Permission.SEE_PEOPLE)
    card = cards.issue_card(trainer, learner)
    assert queries.get(trainer, card.id) is card
    with pytest.raises(NotAllowed):
        cards.issue_card(trainer, stranger)
    with pytest.raises(NotAllowed):
        cards.issue_card(make.as_person(learner), learner)
    monitoring = make.actor("m1", Role.MONITORING, Scope())
    with pytest.raises(queries.NoSuchCard):
        queries.get(monitoring, card.id)


def test_the_card_of_a_record_that_was_merged_signs_in_who_stayed(app: Flask) -> None:
    coop = make.organisation("ACOPAGRO")
    kept, merged = make.person("Rosa Quispe", coop), make.person("Roza Quispe", coop)
    card = cards.issue_card(COMMAND_LINE, merged, PIN)
    merging.merge(COMMAND_LINE, kept, merged)
    assert queries.actor_of(queries.by_code(card.code) or card).person_id == kept.id


def test_a_printed_card_shows_code_and_address_and_never_the_pin(app: Flask) -> None:
    person = rosa()
    card = cards.issue_card(COMMAND_LINE, person, PIN)
    printed = card_print(card, person, "https://example.org/card")
    assert rules.code(printed.code) == card.code
    assert printed.address == f"https://example.org/card?card={card.code}"
    assert printed.picture.startswith("<svg")
    assert PIN not in printed.address
