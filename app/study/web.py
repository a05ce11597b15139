"""Pages of the study behind an edition: needs, sources, statute review, surveys, findings, case studies, checklist."""

from __future__ import annotations

from flask import Blueprint, Flask

bp = Blueprint("study", __name__, url_prefix="/editions", template_folder="templates")


def install(app: Flask) -> None:
    """Add these pages."""
    app.register_blueprint(bp)
