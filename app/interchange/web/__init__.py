"""Pages for taking an edition out as a file, and for bringing files in. One file per kind of file."""

from __future__ import annotations

from flask import Blueprint, Flask

bp = Blueprint("interchange", __name__, url_prefix="/editions", template_folder="../templates")


def install(app: Flask) -> None:
    """Add these pages."""
    from app.interchange import minutes

    from . import (
        exchange,
        exports,
        naming,
        originals,
        word,
    )

    _ = (exchange, naming, originals, word)
    exports.install(app)
    app.register_blueprint(bp)
    minutes.install(app)
