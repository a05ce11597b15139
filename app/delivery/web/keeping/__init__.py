"""Pages of the cascade and of keeping people: licences, observation, risk, contacts, retention, messages."""

from __future__ import annotations

from flask import Flask


def install(app: Flask) -> None:
    """Add these pages, their tabs and their places in the menu."""
