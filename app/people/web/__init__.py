"""Pages of accounts and signing in, and of organisations (`/organisations`) and persons (`/people`)."""

from __future__ import annotations

from flask import Flask

from app.people import kind_words

from . import accounts, managing, records

PACKAGES = (accounts, records)


def install(app: Flask) -> None:
    """Add these pages and their places in the menu."""
    _ = kind_words, managing  # say what kinds are called, and add pages to those of accounts
    for package in PACKAGES:
        package.install(app)
