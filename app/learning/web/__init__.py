"""Pages of learning: a learner's own (`/my`), a cohort's assessments, certificates (`/certificates`)."""

from __future__ import annotations

from flask import Flask

from app.learning import words
from app.learning.actions import erasing
from app.learning.queries import told

from . import assessing, blueprints, certifying, my

PACKAGES = (my, assessing, certifying)


def install(app: Flask) -> None:
    """Add these pages, and tell the layer of people what learning holds of persons."""
    _ = words  # says what kinds are called
    erasing.install()
    told.install()
    for package in PACKAGES:
        package.install(app)
    for blueprint in (blueprints.my, blueprints.assessments, blueprints.certificates):
        app.register_blueprint(blueprint)
