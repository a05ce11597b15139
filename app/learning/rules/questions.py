"""Reading a unit's question: its kind, what is offered, and its key. How answers are scored is in scoring.py.

The kinds follow from how a question is written (docs/unit-files.md): a list to tick with one right choice or several;
`answer` over a numbered list, a table, or neither; and, with none of these, an open question.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from app.core.content import Uid
from app.core.markup import read_head
from app.learning.kinds import ItemKind, Moment

from . import numbers

_CHOICE = re.compile(r"^[-*+] \[([ xX])\] +(.*)$")
_NUMBERED = re.compile(r"^\d+[.)] +(.*)$")
_DIVIDER = re.compile(r"^\|?[\s:|-]+\|[\s:|-]*$")
_WHOLE = re.compile(r"\d{1,3}\Z")
USES = (Moment.PRE.value, Moment.POST.value)


@dataclass(frozen=True, slots=True)
class Question:
    """A question in one language. Choices, items and rows count from 0, as they are printed.

    `key` holds the right choices; the items in their right order; or for each row the row whose second cell is right.
    `right` and `tolerance` are of a number; the tolerance is an amount in the same unit.
    """

    uid: Uid
    kind: ItemKind
    title: str
    body: str = ""
    choices: tuple[str, ...] = ()
    matches: tuple[str, ...] = ()
    key: tuple[int, ...] = ()
    right: Fraction | None = None
    unit: str = ""
    unit_as_written: str = ""
    tolerance: Fraction = Fraction(0)
    uses: frozenset[str] = frozenset()
    feedback: str = ""


def question(uid: Uid, text: str) -> Question:
    """Read a question's text, its variables filled in. A key that does not fit what is offered leaves it open."""
    lines = text.split("\n")
    head = read_head(lines, 0)
    options = head.options if head else {}
    title = lines[0].partition("|")[2].strip()
    inner = lines[head.body : -1] if head else lines
    uses = frozenset(word.strip() for word in options.get("use", "").split(",") if word.strip())
    feedback, rest = _apart(inner)
    ticked = [found for line in rest if (found := _CHOICE.match(line))]
    body = "\n".join(line for line in rest if not _CHOICE.match(line)).strip()
    if ticked:
        key = tuple(at for at, found in enumerate(ticked) if found[1] in "xX")
        if 0 < len(key) < len(ticked) or (key and len(ticked) == 1):
            kind = ItemKind.SINGLE if len(key) == 1 else ItemKind.MULTIPLE
            choices = tuple(found[2].strip() for found in ticked)
            return Question(uid, kind, title, body, choices, key=key, uses=uses, feedback=feedback)
        return Question(uid, ItemKind.OPEN, title, "\n".join(rest).strip(), uses=uses, feedback=feedback)
    answer = options.get("answer", "").strip()
    return (_by_answer(uid, title, rest, answer, options.get("tolerance", ""), uses, feedback) if answer else None) or (
        Question(uid, ItemKind.OPEN, title, body, uses=uses, feedback=feedback)
    )


def _by_answer(
    uid: Uid, title: str, lines: list[str], answer: str, tolerance: str, uses: frozenset[str], feedback: str
) -> Question | None:
    """A question whose key stands in its options; None where the two do not fit."""
    items = [found[1].strip() for line in lines if (found := _NUMBERED.match(line))]
    rows = _rows(lines)
    offered = len(items) or len(rows)
    if offered:
        key = _permutation(answer, offered)
        if key is None or (not items and any(len(row) != 2 for row in rows)):
            return None
        if items:
            body = "\n".join(line for line in lines if not _NUMBERED.match(line)).strip()
            return Question(
                uid, ItemKind.ORDER, title, body, tuple(items), key=key, uses=uses, feedback=feedback
            )  # fmt: skip
        left, right = zip(*rows, strict=True)
        body = "\n".join(line for line in lines if not line.lstrip().startswith("|")).strip()
        return Question(uid, ItemKind.MATCH, title, body, left, right, key, uses=uses, feedback=feedback)
    amount = numbers.read(answer)
    if amount is None:
        return None
    # A point is the decimal mark of a key; where it could divide thousands too, the smaller reading is meant.
    right_value = min(amount.values)
    body = "\n".join(lines).strip()
    written = " ".join(word for word in answer.split() if not any(sign.isdecimal() for sign in word))
    return Question(
        uid, ItemKind.NUMBER, title, body, right=right_value, unit=amount.unit, unit_as_written=written or amount.unit,
        tolerance=_tolerance(tolerance, right_value), uses=uses, feedback=feedback,
    )  # fmt: skip


def _apart(lines: list[str]) -> tuple[str, list[str]]:
    """The last quotation, which is the feedback, and the other lines."""
    ends = [at for at, line in enumerate(lines) if line.startswith(">")]
    if not ends:
        return "", lines
    first = last = ends[-1]
    while first > 0 and lines[first - 1].startswith(">"):
        first -= 1
    quoted = "\n".join(line.lstrip("> ") for line in lines[first : last + 1]).strip()
    return quoted, lines[:first] + lines[last + 1 :]


def _rows(lines: list[str]) -> list[tuple[str, ...]]:
    """The rows of a table under its heading, cell by cell."""
    table = [line.strip() for line in lines if line.lstrip().startswith("|")]
    if len(table) < 3 or not _DIVIDER.match(table[1]):
        return []
    return [tuple(cell.strip() for cell in row.strip("|").split("|")) for row in table[2:]]


def _permutation(answer: str, count: int) -> tuple[int, ...] | None:
    parts = [part.strip() for part in answer.split(",")]
    if not all(_WHOLE.match(part) for part in parts):
        return None
    found = tuple(int(part) - 1 for part in parts)
    return found if count > 1 and sorted(found) == list(range(count)) else None


def _tolerance(written: str, right: Fraction) -> Fraction:
    amount = numbers.read(written) if written.strip() else None
    if amount is None:
        return Fraction(0)
    value = abs(min(amount.values, key=abs))
    return abs(right) * value / 100 if "%" in amount.units else value
