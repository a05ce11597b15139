"""What is kept of one person as a text that people can read and print. What is kept is in queries/keeping.py."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from flask_babel import gettext

from app.core.errors import N_
from app.infra.i18n import format_day
from app.web import words

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:.+-]+)?\Z")

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
    "activity_participation": N_("Activities you were at"),
    "assessment_attempt": N_("Tests you took"),
    "assessment_answer": N_("Answers you gave"),
    "certificate": N_("Your certificates"),
    "contact_log": N_("Visits and calls"),
    "intervention": N_("What was agreed to help you go on"),
    "observation": N_("Observations of your teaching"),
    "output_person": N_("Works you had a part in"),
    "person_contact": N_("Whose phones and addresses they are"),
    "progress_event": N_("How you went forward"),
    "role_assignment": N_("What your account may do"),
    "session_trainer": N_("Sessions you taught"),
    "trainer_licence": N_("Your licences to teach"),
}
COLUMNS = {
    "given_names": N_("Given names"),
    "family_names": N_("Family names"),
    "known_as": N_("Called"),
    "sex": N_("Sex"),
    "birth_date": N_("Day of birth"),
    "birth_year": N_("Year of birth"),
    "age_told": N_("Age, as it was told"),
    "age_told_on": N_("Age told on"),
    "languages": N_("Languages"),
    "language": N_("Language"),
    "reading": N_("Reading"),
    "document_kind": N_("Kind of identity document"),
    "document_number": N_("Number of the document"),
    "region": N_("Region"),
    "place": N_("Place"),
    "created_at": N_("Written down on"),
    "recorded_at": N_("Written down on"),
    "capacity": N_("As what"),
    "since": N_("Since"),
    "until": N_("Until"),
    "kind": N_("Kind"),
    "value": N_("Number or address"),
    "own": N_("Their own"),
    "preferred": N_("Preferred"),
    "note": N_("Note"),
    "purpose": N_("What for"),
    "text_version": N_("Version of the text"),
    "how": N_("How"),
    "guardian_name": N_("Mother, father or guardian"),
    "guardian_tie": N_("What they are to the person"),
    "given_on": N_("Given on"),
    "withdrawn_on": N_("Taken back on"),
    "state": N_("State"),
    "reason": N_("Reason"),
    "on_date": N_("Day"),
    "at": N_("Moment"),
    "code": N_("Code"),
    "issued_at": N_("Given on"),
    "ended_at": N_("Ended on"),
    "username": N_("User name"),
    "name": N_("Name"),
    "role": N_("Role"),
    "score": N_("Points"),
    "minutes": N_("Minutes"),
    "valid_from": N_("Valid from"),
    "valid_until": N_("Valid until"),
    "active": N_("Can sign in"),
    "agreed": N_("What was agreed"),
    "assisted_by": N_("Who reads the questions?"),
    "content": N_("What it certifies"),
    "curriculum": N_("Curriculum"),
    "device": N_("Device"),
    "due_on": N_("Due by"),
    "enrolled_on": N_("Enrolled on"),
    "entered_at": N_("Written down on"),
    "granted_at": N_("Given on"),
    "granted_despite": N_("Reason"),
    "initials": N_("Initials"),
    "issued_on": N_("Given on"),
    "mark": N_("Mark"),
    "mode": N_("How"),
    "moment": N_("Before or after"),
    "must_change_password": N_("Has to choose a new password"),
    "occurred_at": N_("When it was"),
    "opened_on": N_("Written down on"),
    "part": N_("What was their part in it?"),
    "received_at": N_("Arrived on"),
    "removed_at": N_("Taken off on"),
    "removed_why": N_("Reason"),
    "returns_on": N_("Back on"),
    "revoked_at": N_("Taken back on"),
    "revoked_on": N_("Taken back on"),
    "revoked_reason": N_("Reason"),
    "serial": N_("Number of the certificate"),
    "source": N_("Source"),
    "state_since": N_("Since"),
}
NOT_READ = {"id", "uid", "event_uid", "digest", "rivals", "alike", "supersedes", "demo"}  # only the file has them
Row = list[tuple[str, str]]


def parts(kept: Mapping[str, Any]) -> list[tuple[str, list[Row]]]:
    """All of it for a page: table by table a heading and its rows, each with what is not empty.

    The numbers by which rows name each other are left out here; the file has them.
    """
    named = [name for name in TABLES if name in kept["tables"]]
    every = [*named, *(name for name in kept["tables"] if name not in TABLES)]
    found = [(_heading(name), [_row(row) for row in kept["tables"][name]]) for name in every]
    return [(heading, [row for row in rows if row]) for heading, rows in found]


def _heading(name: str) -> str:
    return str(gettext(TABLES[name])) if name in TABLES else name.replace("_", " ")


def _row(row: Mapping[str, Any]) -> Row:
    return [
        (str(gettext(COLUMNS[name])) if name in COLUMNS else name.replace("_", " "), _said(value))
        for name, value in row.items()
        if value not in (None, "", [], {}, False) and name not in NOT_READ and not name.endswith("_id")
    ]


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


def _said(value: Any) -> str:
    """A value as people say it: kinds by their word, days and moments as such, yes and no."""
    if isinstance(value, StrEnum) and words.has(type(value)):
        return words.word(value)
    if isinstance(value, bool):
        return str(gettext("yes") if value else gettext("no"))
    if isinstance(value, str) and _DAY.match(value):
        return format_day(date.fromisoformat(value[:10]))
    return _told(value)


def _told(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} {_told(inner)}" for key, inner in value.items())
    return ", ".join(map(_told, value)) if isinstance(value, list) else str(value)
