"""Lays a programme from its file, part after part: later ones speak of what earlier ones laid."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from app.delivery.actions import diagnosis, milestones
from app.delivery.kinds import TargetIndicator
from app.infra import clock
from app.people.permissions import Actor

from . import groups, keeping, laying, learning
from .laying import Laid

FOLDER = Path(__file__).parent
Part = Mapping[str, Any]


def lay(actor: Actor, name: str) -> Laid:
    """Lay the programme of a file, named without its ending; all of it.

    A file that says `as_of` is always under way: its days move along, so that that day is today.
    """
    data = tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))
    if "as_of" in data:
        data = _moved(data, clock.now().date() - data.pop("as_of"))
    laid = Laid(laying.lay_programme(actor, data["programme"]))
    for kind, lay_one in PARTS.items():
        for part in data.get(kind, []):
            lay_one(actor, laid, part)
    return laid


def _moved(value: Any, by: timedelta) -> Any:
    """The same with every day in it later by as much."""
    if isinstance(value, dict):
        return {key: _moved(part, by) for key, part in value.items()}
    if isinstance(value, list):
        return [_moved(part, by) for part in value]
    return value + by if isinstance(value, date) else value


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
    "guests": laying.lay_guest,
    "series": groups.lay_series,
    "milestones": laying.lay_milestone,
    "targets": _target,
    "places": laying.lay_place,
    "outputs": laying.lay_output,
    "needs": laying.lay_need,
    "harvests": keeping.lay_harvest,
    "promises": keeping.lay_promise,
    "observations": keeping.lay_observation,
    "contacts": keeping.lay_contact,
    "changes": keeping.lay_change,
    "licences": keeping.lay_licence,
    "assessments": learning.lay_assessment,
    "completions": learning.lay_completion,
    "readings": learning.lay_reading,
}
