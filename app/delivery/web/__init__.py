"""Pages of programmes (`/programmes`), cohorts (`/cohorts`), organisations and people: who takes part in what."""

from __future__ import annotations

from flask import Blueprint, Flask

from app.delivery.actions import activities_erasing, merging
from app.delivery.api import sync
from app.delivery.queries import activities, scopes

programmes = Blueprint("programmes", __name__, url_prefix="/programmes", template_folder="../templates")
cohorts = Blueprint("cohorts", __name__, url_prefix="/cohorts", template_folder="../templates")


def install(app: Flask) -> None:
    """Add these pages, and tell the layer of people where organisations and persons lie."""
    scopes.install()
    activities.install()
    activities_erasing.install()
    merging.install()
    app.register_blueprint(programmes)
    app.register_blueprint(cohorts)
    app.register_blueprint(sync)
