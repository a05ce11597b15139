"""A learner's own pages: where I am, what is next, attendance, quizzes, results, certificates, reading."""

from __future__ import annotations

from flask import Flask

from app.core.errors import N_
from app.web import navigation

from . import home, lessons, quiz


def install(app: Flask) -> None:
    """Add these pages, their tabs and their places in the menu."""
    _ = (lessons, quiz)  # their pages are on the blueprint now
    navigation.register(navigation.Entry("my.show", N_("My learning"), home.learns, order=15))
