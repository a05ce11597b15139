from __future__ import annotations

import pytest

from app.core import teaching
from app.core.teaching import pair_remarks, remarks
from app.core.unitfile import UnitFile, parse

GOOD = """---
uid: u-1
minutes: 60
---

# Selling together

/// objectives | What you will be able to do

- Work out a price.
- Choose a buyer and say why.
///

/// materials | What to bring

- Beans
///

/// plan | Minute plan

| Minutes | What |
|---:|---|
| 10 | Welcome |
| 25 | Activity 1 |
| 25 | Activity 2 |
///

/// note | Before you begin

Nobody confesses.
///

/// activity | 1. The sum
    minutes: 25
    objectives: 1

1. Read the 3 prices. *(5 min)*
2. Add. *(20 min)*
///

/// activity | 2. The choice
    minutes: 25
    objectives: 2
    lock: must_adapt

1. Choose.
///

/// case | The buyer
    lock: must_adapt

A buyer offers USD 1,200.

*This case is invented.*
///

/// handout | Prices

| Who | How much |
|---|---|
| | |
///

/// question | How much is 2 × 3?
    use: pre, post
    objective: 1

- [ ] 5
- [x] 6

> Two threes.
///

/// question | Which buyer?
    use: pre, post
    objective: 2

- [x] The one who pays
- [ ] The one who promises

> Paid is paid.
///

/// question | Why together?
    use: pre, post
    objective: 2

> A full answer names the truck.
///

/// question | Who decides?
    use: pre, post
    objective: 2

- [ ] The truck
- [x] The members

> They own it.
///

/// access | Everybody

Read aloud.
///

/// sources | Where this comes from

- Invented.
///
"""


OPEN = "/// question | Why together?\n    use: pre, post\n    objective: 2\n"


def unit(text: str = GOOD) -> UnitFile:
    return parse(text)


def told(text: str) -> list[type]:
    return [type(remark.fault) for remark in remarks(unit(text))]


def test_a_unit_with_everything_is_ready() -> None:
    assert remarks(unit()) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("/// materials |", "/// note |", teaching.Missing),
        ("/// question | Who decides?\n    use: pre, post\n    objective: 2\n", "/// note | x\n", teaching.Missing),
        ("    lock: must_adapt\n", "", teaching.NothingLocal),
        ("    minutes: 25\n    objectives: 1\n", "    minutes: 25\n    objectives: 2\n", teaching.NotExercised),
        ("post\n    objective: 1\n", "post\n    objective: 2\n", teaching.NotAsked),
        ("post\n    objective: 1\n", "post\n    objective: 1, 3\n", teaching.NoSuchObjective),
        ("    minutes: 25\n    objectives: 2\n", "    objectives: 2\n", teaching.NoMinutes),
        ("Add. *(20 min)*", "Add. *(10 min)*", teaching.StepsDoNotAddUp),
        ("    minutes: 25\n    objectives: 2\n", "    minutes: 45\n    objectives: 2\n", teaching.TooManyMinutes),
        ("    use: pre, post\n    objective: 1\n", "    use: pre\n    objective: 1\n", teaching.NotPaired),
        ("- [x] 6", "- [ ] 6", teaching.NoKey),
        ("- [ ] 5", "- [x] 5", teaching.NoKey),
        ("post\n    objective: 1\n", "post\n    objective: 1\n    answer: 6\n", teaching.AnswerFitsNothing),
        (OPEN, f"{OPEN}    answer: often\n", teaching.AnswerFitsNothing),
        (OPEN, f"{OPEN}    answer: 1, 3\n\n1. Load\n2. Drive\n", teaching.AnswerFitsNothing),
        (OPEN, f"{OPEN}    answer: 1, 2\n\n| A | B | C |\n|---|---|---|\n| 1 | 2 | 3 |\n", teaching.AnswerFitsNothing),
        ("> Two threes.\n", "", teaching.NoFeedback),
        ("> A full answer names the truck.\n", "", teaching.NoFeedback),
        ("\n*This case is invented.*\n", "", teaching.NotMarkedAsInvented),
    ],
)
def test_what_is_missing_is_named(old: str, new: str, fault: type) -> None:
    assert old in GOOD
    assert fault in told(GOOD.replace(old, new))


@pytest.mark.parametrize(
    "answer",
    [
        "    answer: 22 soles\n", "    answer: 2, 1\n\n1. Load\n2. Drive\n",
        "    answer: 2, 1\n\n| A | B |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n",
    ],
)  # fmt: skip
def test_an_answer_that_fits_its_question_needs_no_remark(answer: str) -> None:
    assert teaching.AnswerFitsNothing not in told(GOOD.replace(OPEN, OPEN + answer))


def test_a_remark_names_the_line_of_its_block() -> None:
    (found,) = remarks(unit(GOOD.replace("Add. *(20 min)*", "Add. *(10 min)*")))
    assert GOOD.split("\n")[found.line - 1] == "/// activity | 1. The sum"
    assert str(found.fault) == "The steps take 15 minutes and the activity 25."


def test_the_same_unit_in_two_languages_has_nothing_to_remark() -> None:
    assert pair_remarks(unit(), unit(GOOD.replace("Read aloud", "Lea en voz alta"))) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("USD 1,200", "USD 1,300", teaching.OtherNumbers),
        ("- Beans", "- Frijoles\n- Cinco platos", teaching.OtherShape),
        (
            "| Who | How much |\n|---|---|\n| | |",
            "| Quién | Cuánto | Cuándo |\n|---|---|---|\n| | | |",
            teaching.OtherShape,
        ),
        ("- [ ] 5\n- [x] 6", "- [x] 5\n- [ ] 6", teaching.OtherKey),
        ("    objectives: 1\n", "    objectives: 2\n", teaching.OtherOptions),
    ],
)
def test_what_differs_between_languages_is_named(old: str, new: str, fault: type) -> None:
    assert old in GOOD
    assert [type(r.fault) for r in pair_remarks(unit(), unit(GOOD.replace(old, new)))] == [fault]
