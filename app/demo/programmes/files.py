"""Lays a programme from its file, part after part: later ones speak of what earlier ones laid."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from app.delivery.actions import diagnosis, milestones
from app.delivery.kinds import TargetIndicator
from app.people.permissions import Actor

from . import groups, laying
from .laying import Laid

FOLDER = Path(__file__).parent
Part = Mapping[str, Any]


def lay(actor: Actor, name: str) -> Laid:
    """Lay the programme of a file, named without its ending; all of it."""
    data = tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))
    laid = Laid(laying.lay_programme(actor, data["programme"]))
    for kind, lay_one in PARTS.items():
        for part in data.get(kind, []):
            lay_one(actor, laid, part)
    return laid


def _area(actor: Actor, laid: Laid, name: str) -> None:
    laid.areas.append(milestones.add_area(actor, laid.programme, name))


def _line(actor: Actor, laid: Laid, part: Part) -> None:
    answers = [laid.limitations[number - 1] for number in part.get("answers", [])]
    purpose = part.get("purpose", "")
    laid.lines.append(diagnosis.add_line(actor, laid.programme, part["name"], purpose=purpose, answers=answers))


def _target(actor: Actor, laid: Laid, part: Part) -> None:
    indicator = TargetIndicator(part["indicator"])
    milestones.set_target(actor, laid.programme, indicator, part["value"], by=part.get("by"))


PARTS: Mapping[str, Callable[[Actor, Laid, Any], object]] = {
    "organisations": laying.lay_organisation,
    "figures": laying.lay_figure,
    "areas": _area,
    "people": laying.lay_group,
    "diagnoses": laying.lay_diagnosis,
    "lines": _line,
    "cohorts": groups.lay_cohort,
    "activities": laying.lay_activity,
    "series": groups.lay_series,
    "milestones": laying.lay_milestone,
    "targets": _target,
    "places": laying.lay_place,
    "outputs": laying.lay_output,
}
