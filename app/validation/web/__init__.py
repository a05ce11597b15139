"""Pages of validating: workshops and their questionnaires, pilots, adjustments, sign-off, what is missing and where."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Flask, request

from app.core.errors import N_
from app.curriculum.actions.commit import listen
from app.curriculum.models import Edition
from app.curriculum.queries import editions as edition_queries
from app.curriculum.web import panels, waiting
from app.people.login import current_actor
from app.people.permissions import Permission, allows
from app.validation import actions, words
from app.validation.models import Workshop
from app.validation.queries import workshops as queries
from app.web import navigation
from app.web.requests import LARGEST_ROW

bp = Blueprint("validation", __name__, url_prefix="/validation", template_folder="../templates")
phones = Blueprint("phones", __name__, url_prefix="/w", template_folder="../templates")

AT = "/<slug>/<region>/workshops/<int:workshop>"


def install(app: Flask) -> None:
    """Add these pages, their place in the menu, their tab on editions; follow edits that answer remarks."""
    from . import (
        agenda,
        answers,
        board,
        invitations,
        joining,
        minutes,
        paragraphs,
        people,
        planning,
        questions,
        remarks,
        results,
        seats,
        stages,
    )

    _ = (
        agenda,
        answers,
        invitations,
        joining,
        minutes,
        paragraphs,
        people,
        planning,
        questions,
        remarks,
        results,
        seats,
    )
    stages.install(app)
    app.register_blueprint(bp)
    app.register_blueprint(phones)
    app.jinja_env.globals.update(validation_words=words)
    panels.register(panels.Panel("validation/_workshops_below.html", board.below_panel, order=70))
    panels.register_tab(panels.Tab("validation", N_("Validation"), "validation.workshops", _offered, order=60))
    waiting.register("validation.remarks", board.waiting_for, order=35)
    listen("validation.remarks", actions.remarks.follow_edit)
    navigation.register(
        navigation.Entry(
            "validation.board", N_("Validation"), lambda: allows(current_actor(), Permission.READ_DRAFT), order=40
        )
    )


def _offered(edition: Edition) -> bool:
    return edition_queries.may_read_draft(current_actor(), edition)


def opened(slug: str, region: str, permission: Permission = Permission.RUN_VALIDATION) -> Edition:
    """The edition of the address, for somebody who has this permission on it."""
    return edition_queries.get(current_actor(), slug, region, permission)


def workshop_of(
    slug: str, region: str, workshop: int, permission: Permission = Permission.RUN_VALIDATION
) -> Workshop:  # fmt: skip
    """The workshop of the address, for somebody who has this permission on its edition."""
    return queries.get(opened(slug, region, permission), workshop)


def place(edition: Edition) -> dict[str, Any]:
    """The parts of every address of an edition."""
    return {"slug": edition.slug, "region": edition.region}


def at(workshop: Workshop) -> dict[str, Any]:
    """The parts of every address of a workshop."""
    return {**place(workshop.edition), "workshop": workshop.id}


def frame(workshop: Workshop) -> dict[str, Any]:
    """What every page of a workshop shows: which it is, and whether this person runs it."""
    return {
        "edition": workshop.edition,
        "workshop": workshop,
        "at": at(workshop),
        "runs": queries.may_run(current_actor(), workshop.edition),
    }


def number(name: str, otherwise: int = 0) -> int:
    """A whole number that the form gives; `otherwise` where it gives nothing, -1 for what is no number to be kept."""
    text = typed(name).strip()
    if not text:
        return otherwise
    return int(text) if as_row(text) else -1


def as_row(text: str) -> bool:
    """Whether a text is a number that a row can have; digits without end are none."""
    return text.isascii() and text.isdecimal() and len(text) < 11 and int(text) <= LARGEST_ROW


def typed(name: str) -> str:
    """A text that the form gives."""
    return request.form.get(name, "")
