"""Pages for those who teach: assessments of a cohort, answers on paper or read aloud, results, who has completed."""

from __future__ import annotations

from flask import Flask

from app.core.errors import N_
from app.delivery.web import tabs
from app.delivery.web.tabs import Tab
from app.people.permissions import Permission

from . import board, completion, making, papers, results, taking

_ASSESSMENTS = ("new", "create", "show", "close", "enter", "keep", "ask", "keep_asked", "score", "sheet")


def install(app: Flask) -> None:
    """Add these pages, their tabs and their places in the menu."""
    _ = (board, completion, making, papers, results, taking)  # their pages are on the blueprint now
    also = frozenset(f"assessments.{name}" for name in _ASSESSMENTS)
    tabs.of_cohort(
        Tab("assessments.board", N_("Assessments"), Permission.TEACH, 60, also),
        Tab("assessments.completion", N_("Completion"), Permission.TEACH, 65, frozenset({"assessments.printing"})),
    )
