"""What people had right before and after: keys of questions, scores as typed, paired gain, how hard questions were."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from app.core.cells import as_meant
from app.core.content import Kind, Unit
from app.core.errors import N_, Refused
from app.core.gains import Gain as Gain
from app.core.gains import facility as facility
from app.core.gains import gain as gain
from app.core.markup import read_head

MOST_POINTS = 1_000
MOST_LETTERS = 200_000
MOST_LINES = 1_500
_CHOICE = re.compile(r"^[-*+] \[([ xX])\] ", re.MULTILINE)
LETTERS = "abcdefghij"
MOMENTS = {"pre": "pre", "antes": "pre", "before": "pre", "post": "post", "después": "post", "despues": "post",
           "after": "post"}  # fmt: skip


class NoSuchLearner(Refused):
    text = N_("This pilot has nobody with that number.")
    status = 422


class BadScore(Refused):
    text = N_("“%(cell)s” is not understood. Write 1 for right, 0 for wrong, or the letters that were ticked.")
    status = 422


class BadTotal(Refused):
    text = N_("“%(cell)s” is not understood. Write the points and out of how many, for example 7/10.")
    status = 422


class BadMoment(Refused):
    text = N_("“%(cell)s” is not understood. Write pre or post.")
    status = 422


class MixedScores(Refused):
    text = N_("Write either the questions or the total of a person, not both.")
    status = 422


class TwiceScored(Refused):
    text = N_("This person stands in line %(line)s already for the same moment.")
    status = 422


class TooLongScores(Refused):
    text = N_("That is too long for the scores of one unit. Bring it in parts.")
    status = 422


@dataclass(frozen=True, slots=True)
class Question:
    """A question asked before and after: which choices are right (letters from a), nothing where it is open."""

    uid: str
    title: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of scores as it was brought: whose, when, points by question (key "" is the total), or what is wrong."""

    line: int
    typed: str
    learner: int = 0
    moment: str = ""
    points: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    faults: tuple[Refused, ...] = ()


def questions(unit: Unit, texts: Mapping[str, str]) -> list[Question]:
    """The questions of a unit that are asked before and after, with their keys; `texts` by block uid."""
    found = []
    for block in unit.blocks:
        text = texts.get(block.uid, "")
        if block.kind is not Kind.QUESTION or not text:
            continue
        head = read_head(text.split("\n"), 0)
        uses = {use.strip() for use in head.options.get("use", "pre, post").split(",")} if head else set()
        if {"pre", "post"} <= uses:
            ticked = _CHOICE.findall(text)
            key = "".join(LETTERS[i] for i, mark in enumerate(ticked[: len(LETTERS)]) if mark in "xX")
            title = text.split("\n", 1)[0].partition("|")[2].strip()
            found.append(Question(block.uid, title, key))
    return found


def read_cell(cell: str, question: Question) -> int | None:
    """What somebody had right on a question: 1, 0, or None where they did not answer; raises `BadScore`."""
    text = cell.strip().lower()
    if text in ("", "-", "–"):
        return None
    if text in ("0", "1"):
        return int(text)
    letters = text.replace(",", "").replace(" ", "")
    if question.key and len(letters) <= len(LETTERS) and all(letter in LETTERS for letter in letters):
        return int(set(letters) == set(question.key))
    raise BadScore(cell=cell.strip()[:40])


def read_total(cell: str) -> tuple[int, int] | None:
    """Points and out of how many, `7/10`; None where nothing stands; raises `BadTotal`."""
    text = cell.strip()
    if not text:
        return None
    got, slash, of = (part.strip() for part in text.partition("/"))
    if slash and all(n.isascii() and n.isdecimal() and len(n) < 5 for n in (got, of)):
        points, out_of = int(got), int(of)
        if 0 <= points <= out_of and 1 <= out_of <= MOST_POINTS:
            return points, out_of
    raise BadTotal(cell=text[:40])


def read_row(cells: Sequence[str], total: str, asked: Sequence[Question]) -> dict[str, tuple[int, int]]:
    """The points of one person at one moment by question, or under "" their total; raises what is wrong.

    A question left open by somebody who answered another one counts as wrong when results are worked out.
    """
    found = {}
    for question, cell in zip(asked, cells, strict=False):
        points = read_cell(cell, question)
        if points is not None:
            found[question.uid] = (points, 1)
    whole = read_total(total)
    if whole is not None and found:
        raise MixedScores
    return {"": whole} if whole is not None else found


def read_list(text: str, asked: Sequence[Question], numbers: set[int]) -> list[Line]:
    """An answer per line of `number; pre or post; question 1; question 2 …; total`; raises `TooLongScores`.

    Columns are divided by tabs, semicolons or commas; a first line that begins with no number is a heading.
    """
    if len(text) > MOST_LETTERS:
        raise TooLongScores
    lines = [(at, line) for at, line in enumerate(text.lstrip("\ufeff").splitlines(), 1) if line.strip()]
    if len(lines) > MOST_LINES:
        raise TooLongScores
    mark = next((m for m in ("\t", ";", ",") if lines and m in lines[0][1]), ";")
    found: list[Line] = []
    seen: dict[tuple[int, str], int] = {}
    for place, (at, line) in enumerate(lines):
        cells = [as_meant(cell).strip() for cell in _cells(line, mark)]
        if place == 0 and not cells[0].isdecimal():
            continue
        try:
            learner, moment, points = _read(cells, asked, numbers)
            if (learner, moment) in seen:
                raise TwiceScored(line=seen[learner, moment])
            seen[learner, moment] = at
            found.append(Line(at, line[:200], learner, moment, points))
        except Refused as refused:
            found.append(Line(at, line[:200], faults=(refused,)))
    return found


def _read(
    cells: Sequence[str], asked: Sequence[Question], numbers: set[int]
) -> tuple[int, str, dict[str, tuple[int, int]]]:
    first = cells[0]
    if not (first.isascii() and first.isdecimal() and len(first) < 6 and int(first) in numbers):
        raise NoSuchLearner
    moment = MOMENTS.get(cells[1].lower() if len(cells) > 1 else "")
    if moment is None:
        raise BadMoment(cell=(cells[1] if len(cells) > 1 else "")[:40])
    rest = list(cells[2:])
    answers, total = rest[: len(asked)], "".join(rest[len(asked) : len(asked) + 1])
    if len(rest) == 1 and "/" in rest[0]:
        answers, total = [], rest[0]
    if any(rest[len(asked) + 1 :]):
        raise BadScore(cell=rest[-1][:40])
    return int(first), moment, read_row(answers, total, asked)


def _cells(line: str, mark: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=mark), [""]) or [""]
    except csv.Error:
        return [line]


def share(points: Mapping[str, tuple[int, int]], asked: int) -> Fraction | None:
    """What a person had right of what was asked, from 0 to 1; questions left open are wrong; None without a score."""
    if not points:
        return None
    if "" in points:
        got, of = points[""]
        return Fraction(got, of)
    return Fraction(sum(got for got, _ in points.values()), max(asked, len(points)))
