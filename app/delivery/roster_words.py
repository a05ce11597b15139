"""The words people see for what became of the rows of a list, and for its columns."""

from __future__ import annotations

from app.core.errors import N_
from app.delivery.rules.rosters import COLUMNS, LANGUAGES, Outcome
from app.infra.i18n import language

OUTCOMES: dict[Outcome, str] = {
    Outcome.NEW: N_("Written down and enrolled"),
    Outcome.ENROLLED: N_("Known, and enrolled"),
    Outcome.CHANGED: N_("Changed"),
    Outcome.SAME: N_("As it was"),
    Outcome.ASK: N_("Is this somebody we know?"),
    Outcome.FAULTY: N_("Cannot be brought in"),
}

# What goes into each column, for those who fill in an empty list.
HINTS: dict[str, str] = {
    "cohort": N_("The cohort's short name, or nothing."),
    "person": N_("Vivero's number of somebody it knows. Leave it empty for somebody new."),
    "given_names": N_("Needed for somebody new."),
    "family_names": N_("As the person writes them."),
    "known_as": N_("What people call them, if it is something else."),
    "sex": N_("Woman, man or other, as the person says; or nothing."),
    "birth": N_("A day (1990-05-17), a year (1990) or an age (36)."),
    "document_kind": N_("For example DNI, DUI, CURP."),
    "document_number": N_("With its zeros in front."),
    "phone": N_("It may be shared by a family."),
    "organisation": N_("One that takes part in this programme, by its name or short name."),
    "place": N_("The community or neighbourhood."),
    "enrolled_on": N_("The day somebody was put on the list; nothing means today."),
    "state": N_("For reading only: states are changed on a person's page."),
}


def column_name(column: str) -> str:
    """A column's head in the reader's language."""
    heads = COLUMNS.get(column, COLUMNS["given_names"])
    return heads[LANGUAGES.index(language()) if language() in LANGUAGES else 0]
