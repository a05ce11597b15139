"""Pages of adapting: forking, writing, variables, modules, and taking in the original's changes."""

from __future__ import annotations

from flask import Blueprint, Flask

bp = Blueprint("adaptation", __name__, url_prefix="/editions", template_folder="../templates")


def install(app: Flask) -> None:
    """Add these pages."""
    from . import sync

    _ = sync
    app.register_blueprint(bp)
