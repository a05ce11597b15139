"""Pages of programmes: organisations in them, activities, diagnoses, coverage, milestones, outputs, the map."""

from __future__ import annotations

from flask import Flask


def install(app: Flask) -> None:
    """Add these pages, their tabs and their places in the menu."""
