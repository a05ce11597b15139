"""A learner's own pages: where I am, what is next, attendance, quizzes, results, certificates, reading."""

from __future__ import annotations

from flask import Flask


def install(app: Flask) -> None:
    """Add these pages, their tabs and their places in the menu."""
