"""Rules on what is written down of a study: what each field takes, what is refused, when a reason is due."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from app.core import overtaken
from app.core.errors import N_, Refused

LONGEST_LINE = 300
LONGEST_TEXT = 20_000
LARGEST_COUNT = 1_000_000
MOST_ANSWERS = 60
_CODE = re.compile(r"H([1-9]\d{0,5})\Z")


class Form(StrEnum):
    """How a field is written."""

    LINE = "line"
    TEXT = "text"
    DAY = "day"
    COUNT = "count"
    CHOICE = "choice"
    TICK = "tick"
    ROW = "row"
    ANSWERS = "answers"


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to write down. `label` and `hint` are English sentences; `more` ones are folded away at first."""

    name: str
    label: str
    form: Form = Form.LINE
    hint: str = ""
    required: bool = False
    more: bool = False
    choices: type[StrEnum] | None = None


class Missing(Refused):
    text = N_("Please fill this in.")
    status = 422


class TooLong(Refused):
    text = N_("This has more than %(count)s letters. Please shorten it.")
    status = 422


class NotACount(Refused):
    text = N_("Please write a whole number from 0 to 1,000,000, or leave it empty.")
    status = 422


class NotADay(Refused):
    text = N_("Please write the day as year, month, day, for example 2026-03-15.")
    status = 422


class NotOffered(Refused):
    text = N_("Please choose one of those shown.")
    status = 422


class EndsBeforeItBegins(Refused):
    text = N_("This day lies before the one it begins with.")
    status = 422


class BadAnswerLine(Refused):
    text = N_("Line %(line)s: write the answer, then the numbers, like this: yes; 24; 13; 11")
    status = 422


class TooManyAnswers(Refused):
    text = N_("These are more than %(count)s answers. Please write the rest as another question.")
    status = 422


class UnknownRegion(Refused):
    text = N_("Please choose a country or a part of one.")
    status = 422


class Faults(Refused):
    """Several fields at fault; `fields` has each one's refusal by the field's name."""

    text = N_("Please look at the marked fields again. Everything you wrote is still here.")
    status = 422

    def __init__(self, fields: Mapping[str, Refused]) -> None:
        self.fields = dict(fields)
        super().__init__()


class NoSuchNeed(Refused):
    text = N_("There is no such need, or you may need to sign in to see it.")
    status = 404


class NoSuchRow(Refused):
    text = N_("The study of this edition has no such entry.")
    status = 404


class NeedsWhy(Refused):
    text = N_("Please say why in a sentence: whoever said this will ask.")
    status = 422


class NothingToRestOn(Refused):
    text = N_("Please choose what the finding rests on.")
    status = 422


class UnknownFinding(Refused):
    text = N_("One of the chosen findings is not of this edition, nor of one it comes from. Please choose again.")
    status = 422


class PutAway(Refused):
    text = N_("This was put away. Bring it back first.")


class NoSuchPlace(Refused):
    text = N_("This edition has no such paragraph any more. Please choose another one.")
    status = 422


def read(fields: Iterable[Field], given: Mapping[str, str]) -> dict[str, Any]:
    """The values of these fields as they are kept, or `Faults` with what is wrong with each.

    A row's number comes back as a number; whether there is such a row is for the caller to see.
    """
    values: dict[str, Any] = {}
    faults: dict[str, Refused] = {}
    for field in fields:
        try:
            values[field.name] = _value(field, given.get(field.name, "").replace("\r\n", "\n").strip())
        except Refused as refused:
            faults[field.name] = refused
    for begins, ends in (("valid_from", "valid_to"), ("began_on", "ended_on")):
        if values.get(begins) and values.get(ends) and values[ends] < values[begins]:
            faults[ends] = EndsBeforeItBegins()
    if faults:
        raise Faults(faults)
    return values


def _value(field: Field, typed: str) -> Any:
    if field.form is Form.TICK:
        return bool(typed)
    if field.form is Form.CHOICE and field.choices is not None:
        if typed not in set(field.choices):
            raise NotOffered
        return field.choices(typed)
    if field.required and not typed:
        raise Missing
    if field.form in (Form.LINE, Form.TEXT):
        limit = LONGEST_LINE if field.form is Form.LINE else LONGEST_TEXT
        if len(typed) > limit:
            raise TooLong(count=limit)
        return typed
    if field.form is Form.ANSWERS:
        return answers(typed)
    return None if not typed else _READERS[field.form](typed)


def count(typed: str) -> int:
    """The number that was typed; `NotACount` unless it is one of people or of answers."""
    plain = typed.strip()
    if not (plain.isascii() and plain.isdecimal() and len(plain) < 8 and int(plain) <= LARGEST_COUNT):
        raise NotACount
    return int(plain)


def day(typed: str) -> date:
    """The day that was typed, as browsers send it; `NotADay` for anything else."""
    try:
        found = date.fromisoformat(typed) if len(typed) == 10 else None
    except ValueError:
        found = None
    if found is None or not 1500 <= found.year <= 2200:
        raise NotADay
    return found


def _row(typed: str) -> int:
    if not (typed.isascii() and typed.isdecimal() and len(typed) < 10):
        raise NotOffered
    return int(typed)


_READERS = {Form.DAY: day, Form.COUNT: count, Form.ROW: _row}


def answers(typed: str) -> list[dict[str, Any]]:
    """The answers to a question, one on a line: `label; total; women; men`. Numbers that are left out are None."""
    lines = [(number, line) for number, line in enumerate(typed.splitlines(), 1) if line.strip()]
    if len(lines) > MOST_ANSWERS:
        raise TooManyAnswers(count=MOST_ANSWERS)
    found: list[dict[str, Any]] = []
    for number, line in lines:
        label, *numbers = (part.strip() for part in line.rsplit(";", min(3, line.count(";"))))
        try:
            counts = [count(n) if n else None for n in numbers]
        except NotACount as wrong:
            raise BadAnswerLine(line=number) from wrong
        if not label or len(label) > LONGEST_LINE:
            raise BadAnswerLine(line=number)
        found.append(dict(zip(("label", "total", "women", "men"), [label, *counts, None, None, None], strict=False)))
    return found


def answers_typed(kept: Sequence[Mapping[str, Any]]) -> str:
    """Kept answers as a person types them."""
    lines = []
    for answer in kept:
        numbers = [answer.get(name) for name in ("total", "women", "men")]
        while numbers and numbers[-1] is None:
            numbers.pop()
        lines.append("; ".join([str(answer["label"]), *("" if n is None else str(n) for n in numbers)]))
    return "\n".join(lines)


def next_code(known: Collection[str]) -> str:
    """The code of an edition's next finding: H1, H2 and so on; a number is never given twice."""
    numbers = [int(found[1]) for code in known if (found := _CODE.match(code))]
    return f"H{max(numbers, default=0) + 1}"


def folded(words: str) -> str:
    """Small letters without accents, as people search."""
    return "".join(c for c in unicodedata.normalize("NFD", words.lower()) if not unicodedata.combining(c))


def found_in(words: str, *texts: str) -> bool:
    """Whether every word that was searched for stands in one of the texts; true when nothing was searched for."""
    whole = folded(" ".join(texts))
    return all(word in whole for word in folded(words).split())


def reason(why: str, statements: Sequence[str]) -> str:
    """Why something was done: as written, else what the cited findings say."""
    return why.strip() or " · ".join(statements)


def answered(given: object | None) -> dict[str, object]:
    """What an answer of the checklist says; nothing where nobody has given one."""
    return {} if given is None else overtaken.written(given, ("state", "note", "units"))


def mark_of(fields: Sequence[Field], row: object) -> str:
    """A short name for what is written in a row, by which a form tells whether it still is what it showed."""
    return overtaken.mark_of(overtaken.written(row, [one.name for one in fields]))


def check_seen(fields: Sequence[Field], row: object, values: Mapping[str, Any], seen: str) -> None:
    """Raise `Faults` with what somebody else wrote, unless a form showed the row as it is; none says what it saw."""
    theirs = overtaken.others(seen, overtaken.written(row, [one.name for one in fields]), values)
    if theirs:
        raise Faults(
            {name: overtaken.Overtaken(words=words[: overtaken.LONGEST_WORDS] or "–") for name, words in theirs.items()}
        )
