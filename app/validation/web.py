"""Pages of validating: workshops and their questionnaires, pilots, adjustments, sign-off, what is missing and where."""

from __future__ import annotations

from flask import Blueprint, Flask

bp = Blueprint("validation", __name__, url_prefix="/validation", template_folder="templates")


def install(app: Flask) -> None:
    """Add these pages."""
    app.register_blueprint(bp)
