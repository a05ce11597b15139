"""Pages of translating: the workbench of a unit, its progress, the memory, the glossary, the rules of language."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Flask, request

from app.core.content import Language
from app.core.errors import N_
from app.curriculum.models import Edition
from app.curriculum.queries import editions
from app.curriculum.web import panels, waiting
from app.discussion.queries import comments
from app.people.login import current_actor
from app.people.permissions import Permission, allows
from app.translation import words
from app.translation.actions import pairs
from app.translation.queries import workbench
from app.web import navigation

bp = Blueprint("translation", __name__, url_prefix="/translate", template_folder="../templates")


def install(app: Flask) -> None:
    """Add these pages, and have what changes texts write down which was made of which."""
    from . import bench, board, cells, changed, glossary, memory, overview, policy, status

    _ = (bench, cells, changed, glossary, memory, overview, policy, status)
    pairs.install()
    app.register_blueprint(bp)
    app.jinja_env.globals.update(translation_words=words)
    workbench.count_comments(comments.open_by_block)
    panels.register_tab(panels.Tab("translation", N_("Translation"), "translation.overview", _reads, 36))
    panels.register(panels.Panel("translation/_unit.html", board.of_unit, panels.Place.UNIT, 30))
    waiting.register("translation", board.waiting_for, order=40)
    navigation.register(navigation.Entry("translation.matrix", N_("Translate"), _works, order=25))


def opened(slug: str, region: str, permission: Permission = Permission.READ_DRAFT) -> Edition:
    """The edition of the address, for somebody who has this permission on it."""
    return editions.get(current_actor(), slug, region, permission)


def may(permission: Permission, edition: Edition) -> bool:
    """Whether the person of this request may do this with an edition."""
    return allows(current_actor(), permission, editions.scope_of(edition))


def place(edition: Edition, language: Language | None = None, **more: Any) -> dict[str, Any]:
    """The parts of every address of an edition, and of the language that is translated into where one is named."""
    named = {"in": language} if language else {}
    return {"slug": edition.slug, "region": edition.region, **named, **{k: v for k, v in more.items() if v}}


def typed(name: str) -> str:
    """What a form says under a name, without white space around it."""
    return request.form.get(name, "").strip()


def _reads(edition: Edition) -> bool:
    return editions.may_read_draft(current_actor(), edition)


def _works() -> bool:
    actor = current_actor()
    return allows(actor, Permission.TRANSLATE) or allows(actor, Permission.APPROVE_TRANSLATION)
