"""Pages of cohorts: all of them, one, who is in it, who teaches it, lists as files, joining by code."""

from __future__ import annotations

from flask import Flask


def install(app: Flask) -> None:
    """Add these pages, their tabs and their places in the menu."""
