"""Pages of organisations and persons: who there is, contacts, consent, doubles, what is kept of somebody, cards."""

from __future__ import annotations

from flask import Flask


def install(app: Flask) -> None:
    """Add these pages and their places in the menu."""
