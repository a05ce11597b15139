"""Certificates: giving and revoking them, and the public page that checks one."""

from __future__ import annotations

from flask import Flask

from app.learning.web import panels

from . import checking


def install(app: Flask) -> None:
    """Add these pages, their tabs and their places in the menu."""
    panels.install()
    app.add_url_rule("/.well-known/jwks.json", "certificates.keys", checking.keys)
