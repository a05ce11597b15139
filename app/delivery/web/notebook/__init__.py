"""The trainer's notebook: the page that takes roll with no connection, and what makes it installable."""

from __future__ import annotations

from flask import Flask


def install(app: Flask) -> None:
    """Add these pages, their tabs and their places in the menu."""
