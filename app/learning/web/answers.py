"""Questions as they are asked on a page, and answers as they come from its form or are told in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from app.core.content import Language
from app.core.errors import N_, Refused
from app.core.plain import plain
from app.core.rendering import render
from app.learning.kinds import ItemKind
from app.learning.models import AssessmentItem
from app.learning.queries.papers import Paper
from app.learning.rules.items import Worth
from app.learning.rules.questions import Question
from app.learning.rules.scoring import EmptyAnswer

WORTHS = (N_("Not yet"), N_("In part"), N_("Fully"))
"""What an open answer can be worth: nothing, half, all."""


class NotAnOrder(Refused):
    text = N_("Give each step a place of its own: 1 for the first, and so on.")
    status = 422


@dataclass(frozen=True, slots=True)
class Shown:
    """One item as it is asked: what it says, what can be chosen, in plain words; `body` is safe HTML."""

    item: AssessmentItem
    kind: ItemKind
    title: str
    body: Markup
    choices: tuple[str, ...]
    matches: tuple[str, ...]
    feedback: Markup
    right: str

    @property
    def has_key(self) -> bool:
        return bool(self.right)


def shown(paper: Paper, item: AssessmentItem, language: Language) -> Shown:
    """An item in a language."""
    if not item.texts:
        words, levels = paper.words(item, language)
        return Shown(item, item.kind, words, Markup(), levels, (), Markup(), "")
    question = paper.question(item, language)
    return Shown(
        item,
        item.kind,
        plain(question.title),
        Markup(render(question.body, "participant")) if question.body else Markup(),  # noqa: S704 - cleaned
        tuple(plain(choice) for choice in question.choices),
        tuple(plain(match) for match in question.matches),
        Markup(render(question.feedback, "participant")) if question.feedback else Markup(),  # noqa: S704 - cleaned
        _key(question),
    )


def _key(question: Question) -> str:
    choices = [plain(choice) for choice in question.choices]
    if question.kind is ItemKind.NUMBER and question.right is not None:
        return f"{float(question.right):g} {question.unit_as_written}".strip()
    if question.kind is ItemKind.MATCH:
        pairs = zip(choices, question.key, strict=True)
        return "; ".join(f"{left} → {plain(question.matches[at])}" for left, at in pairs)
    joined = " → " if question.kind is ItemKind.ORDER else "; "
    return joined.join(choices[at] for at in question.key)


def level_of(worth: Worth) -> int:
    """The place in `WORTHS` that is nearest to what was given for an open answer."""
    return round(worth.points * (len(WORTHS) - 1))


def said(one: Shown, value: Mapping[str, Any]) -> str:
    """An answer in words."""
    if "text" in value:
        return str(value["text"])
    if "level" in value:
        return one.choices[int(value["level"])]
    if "pairs" in value:
        pairs = [(left, at) for left, at in zip(one.choices, value["pairs"], strict=True) if at >= 0]
        return "; ".join(f"{left} → {one.matches[at]}" for left, at in pairs)
    if "order" in value:
        return " → ".join(one.choices[at] for at in value["order"])
    return "; ".join(one.choices[at] for at in value["ticked"]) or str(gettext("nothing"))


def given(one: Shown, form: MultiDict[str, str], prefix: str = "") -> dict[str, Any]:
    """The answer that a form holds for an item, to be checked by who keeps it; raises `EmptyAnswer`."""

    def numbers(name: str) -> list[int]:
        return [int(text) for text in form.getlist(f"{prefix}{name}") if text.isdecimal() and len(text) < 4]

    if one.kind in (ItemKind.SINGLE, ItemKind.MULTIPLE):
        return {"ticked": numbers("ticked")}
    if one.kind in (ItemKind.SCALE, ItemKind.CRITERION):
        if not (levels := numbers("level")):
            raise EmptyAnswer
        return {"level": levels[0]}
    if one.kind is ItemKind.MATCH:
        found = [numbers(f"pair-{at}") for at in range(len(one.choices))]
        return {"pairs": [places[0] if places else -1 for places in found]}
    if one.kind is ItemKind.ORDER:
        return {"order": _order([numbers(f"place-{at}") for at in range(len(one.choices))])}
    return {"text": form.get(f"{prefix}text", "")}


def _order(places: list[list[int]]) -> list[int]:
    """Which item stands at each place, from the place of each item, counted from 1."""
    if not any(places):
        raise EmptyAnswer
    flat = [place[0] - 1 if place else -1 for place in places]
    if sorted(flat) != list(range(len(flat))):
        raise NotAnOrder
    return [flat.index(at) for at in range(len(flat))]
