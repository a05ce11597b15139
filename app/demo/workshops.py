"""Holds the workshop that `workshops.toml` tells of, as its facilitator would, from the list to the closing."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.curriculum.queries import editions
from app.people.permissions import Actor
from app.validation import actions
from app.validation.actions.answers import Paper
from app.validation.actions.workshops import Details
from app.validation.models import Workshop
from app.validation.models.workshops import Presence, RemarkKind, Verdict, WorkshopKind
from app.validation.queries import workshops as queries
from app.validation.rules import persons

FILE = Path(__file__).parent / "workshops.toml"


def hold(actor: Actor) -> Workshop:
    """Hold the workshop on the newest release of its edition, and close it."""
    data = tomllib.loads(FILE.read_text("utf-8"))
    edition = editions.find(data["slug"], data["region"])
    if edition is None:
        raise editions.NoSuchEdition(name=f"{data['slug']}/{data['region']}")
    details = Details(
        data["title"],
        data["starts_on"],
        kind=WorkshopKind.POPULATION,
        purpose=data["purpose"],
        place=data["place"],
        host=data["host"],
        facilitators=tuple(data["facilitators"]),
        language="es",
    )
    newest = editions.release(edition, None)
    workshop = actions.plan_workshop(actor, edition, details, list(data["answers"]), release=newest)
    _people(actor, workshop, data)
    actions.take_answers(actor, workshop, True)
    for unit, rows in data["answers"].items():
        actions.enter_papers(actor, workshop, unit, _papers(workshop, unit, rows, data["comments"]))
    for number, remark in enumerate(data["remarks"], 1):
        actions.add_remark(
            actor,
            workshop,
            remark["unit"],
            remark["text"],
            paragraph=remark["paragraph"],
            kind=RemarkKind(remark["kind"]),
            participant=remark["by"],
        )
        actions.decide_remark(actor, workshop, number, Verdict(remark["verdict"]), remark["why"])
    actions.write_notes(actor, workshop, data["notes"])
    actions.close_workshop(actor, workshop)
    return workshop


def _people(actor: Actor, workshop: Workshop, data: Mapping[str, Any]) -> None:
    """The list as it would be pasted, and who was there."""
    rows = persons.read_list(data["people"], workshop.starts_on.year, set())
    faults = [fault for row in rows for fault in row.faults]
    if faults:
        raise faults[0]
    added = actions.import_participants(actor, workshop, [row.person for row in rows if row.person is not None])
    marks = dict.fromkeys(data["partial"], Presence.PARTIAL) | dict.fromkeys(data["absent"], Presence.ABSENT)
    there: dict[int, Presence | None] = {one.number: marks.get(one.number, Presence.PRESENT) for one in added}
    actions.set_attendance(actor, workshop, 1, there)


def _papers(
    workshop: Workshop, unit: str, rows: list[str], comments: list[Mapping[str, Any]]
) -> list[Paper]:  # fmt: skip
    """The sheets on a unit, from a row of digits each."""
    asked = [question.id for question in queries.questions(workshop)]
    said = {one["number"]: one["text"] for one in comments if one["unit"] == unit}
    return [
        Paper(
            number,
            {question: None if digit == "-" else int(digit) for question, digit in zip(asked, row, strict=True)},
            {asked[0]: said[number]} if number in said else {},
        )
        for number, row in enumerate(rows, 1)
    ]
