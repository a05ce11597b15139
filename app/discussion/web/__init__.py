"""Pages of comments on paragraphs and of proposals: those that wait, one to decide on, those sent upward."""

from __future__ import annotations

from flask import Blueprint, Flask

from app.discussion.actions import following

bp = Blueprint("discussion", __name__, url_prefix="/editions", template_folder="../templates")


def install(app: Flask) -> None:
    """Add these pages."""
    app.register_blueprint(bp)
    following.install()
