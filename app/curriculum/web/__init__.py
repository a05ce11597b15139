"""Pages of curricula: editions and their units to read, history and comparison, releases, lineage, search."""

from __future__ import annotations

from flask import Blueprint, Flask, url_for

from app.core.errors import N_
from app.curriculum.models import Edition
from app.curriculum.queries import overview
from app.infra.i18n import language, language_name
from app.web import navigation

bp = Blueprint("curriculum", __name__, url_prefix="/editions", template_folder="../templates")


def install(app: Flask) -> None:
    """Add these pages and their place in the menu."""
    from . import deviations, editions, release, units

    _ = (deviations, editions, release, units)
    app.register_blueprint(bp)
    app.context_processor(lambda: {"title_of": _title_of, "language_tabs": language_tabs})
    navigation.register(navigation.Entry("curriculum.editions", N_("Editions"), lambda: True, order=20))


def _title_of(edition: Edition) -> str:
    """A curriculum's title in the reader's language."""
    return overview.title_of(edition, language())


def language_tabs(edition: Edition, current: str, endpoint: str, values: dict[str, str]) -> list[tuple[str, str, bool]]:
    """The edition's languages as views of a page: label, address, whether it is the one shown."""
    return [
        (language_name(code), url_for(endpoint, **{**values, "in": code}), code == current)
        for code in edition.languages
    ]
