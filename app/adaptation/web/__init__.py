"""Pages of adapting: forking, writing, variables, modules, and taking in the original's changes."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Flask, request, url_for
from flask_babel import gettext
from markupsafe import Markup

from app.core.content import Language
from app.core.errors import Refused
from app.curriculum.models import Edition
from app.curriculum.queries import editions as queries
from app.curriculum.web import panels
from app.infra.i18n import sentence
from app.people.login import current_actor
from app.people.permissions import Permission
from app.web.errors import say
from app.web.requests import LARGEST_ROW

bp = Blueprint("adaptation", __name__, url_prefix="/editions", template_folder="../templates")


def install(app: Flask) -> None:
    """Add these pages, and what they put on an edition's own page."""
    from . import applying, blocks, compose, decided, editing, fork, links, minutes, settings, sync, units, variables

    _ = (applying, blocks, compose, fork, links, sync, units, variables)
    app.register_blueprint(bp)
    panels.register_tab(settings.TAB)
    panels.register(minutes.PANEL)
    panels.register(decided.PANEL)
    panels.register(panels.Panel("adaptation/_drafts.html", lambda subject: editing.drafts_of(subject.seen)))


def opened(slug: str, region: str, permission: Permission = Permission.EDIT_CONTENT) -> Edition:
    """The edition of the address, for somebody who has this permission on it."""
    return queries.get(current_actor(), slug, region, permission)


def place(edition: Edition, language: Language | None = None) -> dict[str, Any]:
    """The parts of every address of an edition, and of the text's language where one is named."""
    return {"slug": edition.slug, "region": edition.region, **({"in": language} if language else {})}


def why_given() -> str:
    """The reason typed into the form."""
    return request.form.get("why", "").strip()


def evidence_given() -> str:
    """What the form names that anybody can look up: a finding, an article, minutes."""
    return request.form.get("evidence", "").strip()


def row_number(name: str, otherwise: int = 0) -> int:
    """A number of a row that a form names; `otherwise` for what cannot be one."""
    found = request.form.get(name, otherwise, type=int)
    return found if 0 <= found <= LARGEST_ROW else otherwise


def saved(edition: Edition, text: str, number: int) -> None:
    """Say on the next page that something was done, with the way to see it and to take it back."""
    address = url_for("curriculum.change", number=number, **place(edition))
    said = Markup('{} <a href="{}">{}</a>').format(text, address, gettext("See it, or take it back"))
    say(said)


def faults(refused: Refused, fields: dict[type[Refused], str], otherwise: str = "text") -> dict[str, list[str]]:
    """A refusal's sentence under the name of the field it is about."""
    name = next((field for kind, field in fields.items() if isinstance(refused, kind)), otherwise)
    return {name: [sentence(refused)]}
