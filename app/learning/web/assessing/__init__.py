"""Pages for those who teach: assessments of a cohort, answers on paper or read aloud, results, who has completed."""

from __future__ import annotations

from flask import Flask


def install(app: Flask) -> None:
    """Add these pages, their tabs and their places in the menu."""
