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


def column_name(column: str) -> str:
    """A column's head in the reader's language."""
    heads = COLUMNS.get(column, COLUMNS["given_names"])
    return heads[LANGUAGES.index(language()) if language() in LANGUAGES else 0]
