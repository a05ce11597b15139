"""Pages of what is said about paragraphs, of proposals and offers, of how others solved it, and of urgent notices."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Flask, request

from app.adaptation.web import place
from app.core.content import Language
from app.core.errors import N_, Refused
from app.curriculum.actions.commit import listen
from app.curriculum.models import Edition
from app.curriculum.queries import editions
from app.curriculum.web import panels, waiting
from app.discussion.actions import following
from app.infra.i18n import sentence
from app.people.login import current_actor
from app.people.permissions import Permission, allows

bp = Blueprint("discussion", __name__, url_prefix="/editions", template_folder="../templates")

TABS = (
    ("conversation", N_("Conversation"), "discussion.conversation", 30),
    ("proposals", N_("Proposals"), "discussion.proposals", 32),
    ("notices", N_("Urgent notices"), "discussion.notices", 34),
)


def install(app: Flask) -> None:
    """Add these pages, what they put on pages of editions, and what they ask on the first page."""
    from . import boards, conversation, deciding, notices, offers, others, proposals

    _ = (conversation, offers, others, proposals)
    app.register_blueprint(bp)
    listen("discussion", following.follow)
    for name, label, endpoint, order in TABS:
        panels.register_tab(panels.Tab(name, label, endpoint, _reads, order))
    panels.register(panels.Panel("discussion/_block.html", boards.of_block, panels.Place.BLOCK, 20))
    panels.register(panels.Panel("discussion/_unit.html", boards.of_unit, panels.Place.UNIT, 20))
    panels.register(panels.Panel("discussion/_edition.html", boards.of_edition, panels.Place.EDITION, 10))
    waiting.register("notices", notices.waiting_for, order=10)
    waiting.register("proposals", deciding.waiting_for, order=30)


def opened(slug: str, region: str, permission: Permission = Permission.READ_DRAFT) -> Edition:
    """The edition of the address, for somebody who has this permission on it."""
    return editions.get(current_actor(), slug, region, permission)


def may(permission: Permission, edition: Edition) -> bool:
    """Whether the person of this request may do this with an edition."""
    return allows(current_actor(), permission, editions.scope_of(edition))


def decides(edition: Edition) -> bool:
    """Whether the person of this request may decide on proposals to an edition."""
    return may(Permission.DECIDE_PROPOSAL, edition) and may(Permission.EDIT_CONTENT, edition)


def typed(name: str) -> str:
    """What a form says under a name, without white space around it."""
    return request.form.get(name, "").strip()


def language_of(edition: Edition) -> Language:
    """The language of the text, as the address says; the edition's first when it says none."""
    wanted = request.args.get("in", "")
    return wanted if wanted in edition.languages else edition.languages[0]


def faults(refused: Refused, name: str) -> dict[str, list[str]]:
    """A refusal's sentence under the name of a field."""
    return {name: [sentence(refused)]}


def address(edition: Edition, language: Language | None = None) -> dict[str, Any]:
    """The parts of every address of an edition."""
    return place(edition, language)


def _reads(edition: Edition) -> bool:
    return editions.may_read_draft(current_actor(), edition)
