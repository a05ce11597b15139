"""How long units take: set on one page, with a reason where that departs from the original."""

from __future__ import annotations

import pytest
from flask import Flask

from app.adaptation import actions, rules
from app.curriculum.models import Edition
from app.curriculum.queries import contents, editions
from app.people.permissions import COMMAND_LINE
from tests import factories
from tests.curriculum.cast import DESIGNER, ELSEWHERE, REVIEWER, arrive, fresh

PAGE = "/editions/my-coop/PE/minutes"
UNIT = "my-coop-1-1"


def lengths(edition: Edition) -> dict[str, int]:
    """How long each unit takes."""
    content = contents.state(editions.head_of(fresh(edition))).content
    return {unit.uid: unit.minutes for _, unit in content.units()}


def test_a_length_is_set_with_a_reason_and_can_be_taken_back(app: Flask) -> None:
    peru = factories.fork(factories.load(), "PE")
    designer = arrive(app, DESIGNER)
    assert 'value="90"' in designer.get(PAGE).text
    assert designer.post(PAGE, data={f"minutes-{UNIT}": "75"}).status_code == 422
    assert lengths(peru) == {UNIT: 90}
    answer = designer.post(PAGE, data={f"minutes-{UNIT}": "75", "why": "Aquí empezamos más tarde"})
    assert answer.status_code == 303
    assert lengths(peru) == {UNIT: 75}
    assert "take it back" in designer.get(PAGE).text
    assert designer.post(PAGE, data={f"minutes-{UNIT}": "90"}).status_code == 303, "as the original needs no reason"
    assert lengths(peru) == {UNIT: 90}


@pytest.mark.parametrize("typed", ["0", "-5", "", "an hour", "9" * 300, "10001", "٤٥"])
def test_a_length_that_is_none_is_refused_and_kept_on_the_page(app: Flask, typed: str) -> None:
    peru = factories.fork(factories.load(), "PE")
    answer = arrive(app, DESIGNER).post(PAGE, data={f"minutes-{UNIT}": typed, "why": "Porque sí"})
    assert answer.status_code == 422
    assert "length in minutes" in answer.text
    assert "Porque sí" in answer.text
    assert lengths(peru) == {UNIT: 90}


def test_nothing_typed_is_nothing_saved_and_a_strange_unit_is_refused(app: Flask) -> None:
    peru = factories.fork(factories.load(), "PE")
    number = editions.head_of(peru).number
    assert arrive(app, DESIGNER).post(PAGE, data={}).status_code == 303
    assert editions.head_of(fresh(peru)).number == number
    with pytest.raises(rules.NoSuchUnit):
        actions.set_minutes(COMMAND_LINE, peru, {"nowhere": 30}, why="x")


def test_only_who_may_change_the_edition_sets_lengths(app: Flask) -> None:
    peru = factories.fork(factories.load(), "PE")
    for name in (REVIEWER, ELSEWHERE):
        browser = arrive(app, name)
        assert browser.get(PAGE).status_code in (403, 404)
        assert browser.post(PAGE, data={f"minutes-{UNIT}": "5", "why": "x"}).status_code in (403, 404)
    assert lengths(peru) == {UNIT: 90}
