"""Pages of the study behind an edition: needs, sources, statute review, surveys, findings, case studies, checklist."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Flask, request

from app.core.content import Uid
from app.core.errors import N_, Refused
from app.curriculum.models import Edition
from app.curriculum.queries import citing, editions
from app.curriculum.web import panels
from app.infra.i18n import sentence
from app.people.login import current_actor
from app.people.permissions import Permission
from app.study import words
from app.study.queries import findings as queries
from app.study.queries import rows
from app.study.rules import Faults
from app.web.requests import LARGEST_ROW

bp = Blueprint("study", __name__, url_prefix="/editions", template_folder="../templates")


def install(app: Flask) -> None:
    """Add these pages, the tab that leads to them, and what they tell on the pages of an edition."""
    from . import checklist, findings, needs, overview, panelled, placing, records

    _ = (checklist, findings, needs, overview, placing, records)
    app.register_blueprint(bp)
    app.context_processor(lambda: {"study_word": words.word, "study_options": words.options})
    citing.register("study", queries.cited)
    panels.register_tab(
        panels.Tab("study", N_("Study"), "study.study", lambda e: editions.may_read_draft(current_actor(), e), order=30)
    )
    panelled.install()


def opened(slug: str, region: str, permission: Permission = Permission.READ_DRAFT) -> Edition:
    """The edition of the address, for somebody who has this permission on it."""
    return editions.get(current_actor(), slug, region, permission)


def place(edition: Edition) -> dict[str, Any]:
    """The parts of every address of an edition."""
    return {"slug": edition.slug, "region": edition.region}


def frame(edition: Edition) -> dict[str, Any]:
    """What every page of a study is given."""
    return {"edition": edition, "may_keep": rows.may_keep(current_actor(), edition), "at": place(edition)}


def faults_of(refused: Refused, otherwise: str) -> dict[str, str]:
    """Each field's fault as a sentence; a refusal that names no field stands at `otherwise`."""
    if isinstance(refused, Faults):
        return {name: sentence(one) for name, one in refused.fields.items()}
    return {otherwise: sentence(refused)}


def ticked() -> list[int]:
    """The findings a form ticks; what cannot be the number of a row is left out."""
    found = [value for value in request.values.getlist("findings") if value.isascii() and value.isdecimal()]
    return [int(value) for value in found if len(value) < 11 and int(value) <= LARGEST_ROW][:200]


def offer(edition: Edition, *, block: Uid = "", unit: Uid = "", before: Sequence[int] = ()) -> queries.Offer:
    """The findings that a form offers for citing, with what this request ticked and searched for.

    `before` are those ticked when it was last sent, for a form that is opened again.
    """
    chosen = ticked() if request.method == "POST" else [*ticked(), *before]
    words = request.values.get("find", "").strip()
    return queries.offered(current_actor(), edition, block=block, unit=unit, ticked=chosen, words=words)
