"""Certificates: giving and revoking them, and the public page that checks one."""

from __future__ import annotations

from flask import Flask


def install(app: Flask) -> None:
    """Add these pages, their tabs and their places in the menu."""
