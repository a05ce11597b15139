"""What is kept of one person as a text that people can read and print. What is kept is in queries/keeping.py."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext

from app.core.errors import N_

TABLES = {
    "person": N_("Who you are"),
    "account": N_("Your account"),
    "affiliation": N_("Organisations you belong to"),
    "attendance_event": N_("Attendance as it was noted"),
    "attendance_mark": N_("Your attendance"),
    "cohort_trainer": N_("Cohorts you teach"),
    "consent": N_("What you agreed to"),
    "contact_point": N_("How you are reached"),
    "enrolment": N_("Cohorts you take part in"),
    "enrolment_change": N_("How you took part"),
    "learner_card": N_("Your cards"),
}


def readable(kept: Mapping[str, Any]) -> str:
    """All of it, table by table, one line for each thing that is not empty."""
    parts = [gettext("Everything kept of one person, on %(day)s", day=kept["told_on"])]
    named = [name for name in TABLES if name in kept["tables"]]
    for name in [*named, *(name for name in kept["tables"] if name not in TABLES)]:
        heading = gettext(TABLES[name]) if name in TABLES else name
        parts.append(f"\n{heading}\n{'-' * len(heading)}")
        for row in kept["tables"][name]:
            parts.append(
                "; ".join(f"{key}: {_told(value)}" for key, value in row.items() if value not in (None, "", []))
            )
    return "\n".join(parts) + "\n"


def _told(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} {_told(inner)}" for key, inner in value.items())
    return ", ".join(map(_told, value)) if isinstance(value, list) else str(value)
