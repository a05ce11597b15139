"""What units, splits and states of figures are called, and groups by them."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

from flask_babel import gettext

from app.core.errors import N_
from app.delivery.kinds import ActivityKind, CohortLevel, TargetIndicator
from app.delivery.rules.counting import AgeGroup
from app.infra.i18n import region_name
from app.people.kinds import OrganisationKind, Sex
from app.web import words

from . import kinds as k
from .rules.hiding import Told

K = TypeVar("K", bound=StrEnum)

words.register(
    {
        k.Unit.PEOPLE: N_("people"),
        k.Unit.ATTENDANCES: N_("attendances"),
        k.Unit.ORGANISATIONS: N_("organisations"),
        k.Unit.FAMILIES: N_("families"),
        k.Unit.EVENTS: N_("events"),
        k.Unit.RELEASES: N_("releases"),
        k.Unit.MILESTONES: N_("milestones"),
        k.Unit.HECTARES: N_("hectares"),
    },
    {
        k.Split.SEX: N_("By sex"),
        k.Split.AGE: N_("By age"),
        k.Split.ORGANISATION: N_("By organisation"),
        k.Split.COUNTRY: N_("By country"),
        k.Split.LEVEL: N_("By level"),
        k.Split.KIND: N_("By kind"),
    },
    {
        k.SnapshotState.WAITING: N_("Waiting for approval"),
        k.SnapshotState.APPROVED: N_("Approved"),
        k.SnapshotState.TURNED_DOWN: N_("Turned down"),
    },
    {k.ReportFormat.XLSX: N_("Excel"), k.ReportFormat.DOCX: N_("Word")},
)

_AGES = {
    AgeGroup.YOUNG: N_("Up to %(age)s years"),
    AgeGroup.OLDER: N_("Over %(age)s years"),
    AgeGroup.NOT_KNOWN: N_("Age not known"),
}
_SPECIAL = {
    "session": N_("Session of a cohort"),
    "activity": N_("Activities, outside of cohorts"),
}
_NOT_STATED = {
    k.Split.ORGANISATION: N_("Sent by no organisation"),
    k.Split.COUNTRY: N_("Region not stated"),
}


def group(split: k.Split, told: Told, youth_until: int) -> str:
    """What a group is called: the name it was frozen with, or the word for what it stands for."""
    if told.label:
        return told.label
    if not told.key:
        return str(gettext(_NOT_STATED.get(split, N_("Not stated"))))
    if split is k.Split.AGE:
        return str(gettext(_AGES[AgeGroup(told.key)])) % {"age": youth_until}
    if split is k.Split.COUNTRY:
        return region_name(told.key)
    if told.key in _SPECIAL:
        return str(gettext(_SPECIAL[told.key]))
    for kind in (Sex, OrganisationKind, CohortLevel, ActivityKind):
        if (found := _member(kind, told.key)) is not None:
            return words.word(found)
    return told.key


def target(indicator: str) -> str:
    """What a promised number is a number of."""
    found = _member(TargetIndicator, indicator)
    return indicator if found is None else words.word(found)


def _member(kind: type[K], value: str) -> K | None:
    return kind(value) if value in set(kind) else None
