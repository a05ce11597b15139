"""Pages of sessions: the plan, one session and how it was, roll call, what to print, the repair desk, the calendar."""

from __future__ import annotations

from flask import Flask


def install(app: Flask) -> None:
    """Add these pages, their tabs and their places in the menu."""
