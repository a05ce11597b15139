"""Pages of translating: the workbench of a unit, its progress, the memory, the glossary, the rules of language."""

from __future__ import annotations

from flask import Blueprint, Flask

from app.translation.actions import pairs

bp = Blueprint("translation", __name__, url_prefix="/translate", template_folder="templates")


def install(app: Flask) -> None:
    """Add these pages, and have what changes texts write down which was made of which."""
    pairs.install()
    app.register_blueprint(bp)
