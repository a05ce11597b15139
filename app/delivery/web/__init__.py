"""Pages of programmes (`/programmes`), cohorts (`/cohorts`) and the trainer's notebook: who takes part in what."""

from __future__ import annotations

from flask import Flask

from app.delivery import words
from app.delivery.actions import activities_erasing, merging
from app.delivery.api import sync
from app.delivery.queries import activities, scopes

from . import blueprints, cohorts, keeping, notebook, programmes, sessions, tabs

PACKAGES = (programmes, cohorts, sessions, keeping, notebook)


def install(app: Flask) -> None:
    """Add these pages, and tell the layer of people where organisations and persons lie."""
    _ = words  # says what kinds are called
    scopes.install()
    activities.install()
    activities_erasing.install()
    merging.install()
    for package in PACKAGES:
        package.install(app)
    app.register_blueprint(blueprints.programmes)
    app.register_blueprint(blueprints.cohorts)
    app.register_blueprint(sync)
    app.jinja_env.globals.update(programme_tabs=tabs.for_programme, cohort_tabs=tabs.for_cohort)
