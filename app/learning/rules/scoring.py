"""What an answer is worth, from 0 to 1, and why, in one sentence. Every number here can be explained to who answered.

| Kind | Points |
|---|---|
| single | 1 for the right choice |
| multiple | right ones ticked, less wrong ones ticked, of the right ones; never below 0 |
| order | neighbours that follow each other as they should, of all neighbours |
| match | right pairs, of all pairs |
| number | 1 within the tolerance in the unit asked for, or in one that turns into it; ½ where the unit is missing |
| open | what a person gives |
| criterion | the level, of the highest one |
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from typing import Any

from app.core.errors import N_, Refused
from app.learning.kinds import ItemKind

from . import numbers
from .questions import Question

LONGEST_ANSWER = 10_000
WITHOUT_UNIT = Fraction(1, 2)


class NotAnAnswer(Refused):
    text = N_("That does not answer this question: it asks for something else.")
    status = 422


class EmptyAnswer(Refused):
    text = N_("Nothing was answered here. An empty answer is not kept and takes none away.")
    status = 422


class LongAnswer(Refused):
    text = N_("That is too long: at most %(most)s letters.")
    status = 422


@dataclass(frozen=True, slots=True)
class Points:
    """Points from 0 to 1, None while a person has to give them; `why` is a sentence with its `parts`."""

    points: Fraction | None
    why: str
    parts: Mapping[str, Any] = field(default_factory=dict)


RIGHT = N_("Right.")
WRONG = N_("Not right.")
TICKED = N_("%(right)s of %(all)s right ones ticked, and %(wrong)s wrong ones, which are taken off.")
FOLLOWING = N_("%(right)s of %(all)s steps follow the one before them as they should.")
PAIRED = N_("%(right)s of %(all)s pairs are right.")
NOT_A_NUMBER = N_("No single number could be read in this.")
OTHER_UNIT = N_("The number is in another unit than %(unit)s.")
NO_UNIT = N_("The number is right; its unit, %(unit)s, is missing, which counts half.")
BY_A_PERSON = N_("A person reads this answer and says what it is worth.")
LEVEL = N_("Level %(level)s of %(highest)s.")


def check_value(kind: ItemKind, value: Mapping[str, Any], offered: int = 0) -> dict[str, Any]:
    """Return an answer in its one form; raise unless it answers an item of this kind.

    `offered` counts what can be chosen, ordered or matched, or the highest level. The forms: `{"ticked": [0, 2]}`,
    `{"order": [2, 0, 1]}`, `{"pairs": [1, 0]}` (−1 where none was chosen), `{"text": "…"}`, `{"level": 3}`.
    """
    if not value or value.get("text") == "" or value.get("ticked") == []:
        raise EmptyAnswer
    form, check = _FORMS[kind]
    if set(value) != {form}:
        raise NotAnAnswer
    return {form: check(value[form], offered)}


def _ticked(given: Any, offered: int) -> list[int]:
    places = _places(given, range(offered))
    if len(set(places)) != len(places):
        raise NotAnAnswer
    return sorted(places)


def _one(given: Any, offered: int) -> list[int]:
    if len(found := _ticked(given, offered)) != 1:
        raise NotAnAnswer
    return found


def _order(given: Any, offered: int) -> list[int]:
    if sorted(found := _places(given, range(offered))) != list(range(offered)):
        raise NotAnAnswer
    return found


def _pairs(given: Any, offered: int) -> list[int]:
    if len(found := _places(given, range(-1, offered))) != offered:
        raise NotAnAnswer
    if all(place == -1 for place in found):
        raise EmptyAnswer
    return found


def _places(given: Any, known: range) -> list[int]:
    if not isinstance(given, list) or not all(type(place) is int and place in known for place in given):
        raise NotAnAnswer
    return list(given)


def _text(given: Any, offered: int) -> str:
    if not isinstance(given, str):
        raise NotAnAnswer
    found = given.replace("\r\n", "\n").replace("\x00", "").strip()
    if not found:
        raise EmptyAnswer
    if len(found) > LONGEST_ANSWER:
        raise LongAnswer(most=LONGEST_ANSWER)
    return found


def _level(given: Any, offered: int) -> int:
    if type(given) is not int or not 0 <= given <= offered:
        raise NotAnAnswer
    return given


_FORMS: Mapping[ItemKind, tuple[str, Callable[[Any, int], Any]]] = {
    ItemKind.SINGLE: ("ticked", _one),
    ItemKind.MULTIPLE: ("ticked", _ticked),
    ItemKind.ORDER: ("order", _order),
    ItemKind.MATCH: ("pairs", _pairs),
    ItemKind.NUMBER: ("text", _text),
    ItemKind.OPEN: ("text", _text),
    ItemKind.SCALE: ("level", _level),
    ItemKind.CRITERION: ("level", _level),
}


def points(question: Question, value: Mapping[str, Any]) -> Points:
    """Return what an answer to a unit's question is worth; it has the form that `check_value` returns."""
    return _SCORED[question.kind](question, value)


def level_points(level: int, highest: int) -> Points:
    """Return what a level of a rubric's criterion is worth."""
    return Points(Fraction(level, highest), LEVEL, {"level": level, "highest": highest})


def _score_single(question: Question, value: Mapping[str, Any]) -> Points:
    right = tuple(value["ticked"]) == question.key
    return Points(Fraction(int(right)), RIGHT if right else WRONG)


def _score_multiple(question: Question, value: Mapping[str, Any]) -> Points:
    ticked, key = set(value["ticked"]), set(question.key)
    right, wrong = len(ticked & key), len(ticked - key)
    share = max(Fraction(right - wrong, len(key)), Fraction(0))
    return Points(share, TICKED, {"right": right, "all": len(key), "wrong": wrong})


def _score_order(question: Question, value: Mapping[str, Any]) -> Points:
    order, key = value["order"], question.key
    wanted = set(pairwise(key))
    right = sum(pair in wanted for pair in pairwise(order))
    return Points(Fraction(right, len(wanted)), FOLLOWING, {"right": right, "all": len(wanted)})


def _score_match(question: Question, value: Mapping[str, Any]) -> Points:
    right = sum(given == wanted for given, wanted in zip(value["pairs"], question.key, strict=True))
    return Points(Fraction(right, len(question.key)), PAIRED, {"right": right, "all": len(question.key)})


def _score_number(question: Question, value: Mapping[str, Any]) -> Points:
    amount = numbers.read(value["text"])
    if amount is None or question.right is None:
        return Points(Fraction(0), NOT_A_NUMBER)

    def fits(unit: str) -> bool:
        turned = (numbers.in_unit(one, unit, question.unit) for one in amount.values)
        return any(one is not None and abs(one - wanted) <= question.tolerance for one in turned)

    wanted, asked = question.right, {"unit": question.unit_as_written or question.unit}
    if not question.unit or question.unit in amount.units:
        right = fits(question.unit)
        return Points(Fraction(int(right)), RIGHT if right else WRONG)
    named = [unit for unit in sorted(amount.units) if numbers.is_unit(unit)]
    if any(fits(unit) for unit in named):
        return Points(Fraction(1), RIGHT)
    if named:
        return Points(Fraction(0), OTHER_UNIT, asked)
    return Points(WITHOUT_UNIT, NO_UNIT, asked) if fits(question.unit) else Points(Fraction(0), WRONG)


def _score_open(_question: Question, _value: Mapping[str, Any]) -> Points:
    return Points(None, BY_A_PERSON)


_SCORED: Mapping[ItemKind, Callable[[Question, Mapping[str, Any]], Points]] = {
    ItemKind.SINGLE: _score_single,
    ItemKind.MULTIPLE: _score_multiple,
    ItemKind.ORDER: _score_order,
    ItemKind.MATCH: _score_match,
    ItemKind.NUMBER: _score_number,
    ItemKind.OPEN: _score_open,
}
