"""Which modules an edition has and where each comes from: taking one in from another edition, letting one go."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.adaptation import actions
from app.adaptation.queries import modules as queries
from app.core.errors import Refused
from app.curriculum.models import Edition
from app.curriculum.queries import contents
from app.curriculum.queries import editions as editions_queries
from app.infra.i18n import sentence
from app.people.login import current_actor
from app.people.permissions import Permission
from app.study.web import offer, ticked
from app.web.errors import back
from app.web.pages import requires

from . import bp, opened, place, row_number, saved, why_given


@bp.get("/<slug>/<region>/modules")
@requires(Permission.READ_DRAFT)
def modules(slug: str, region: str) -> ResponseReturnValue:
    """List an edition's modules with their origin, and those it could take in."""
    return _page(opened(slug, region, Permission.READ_DRAFT))


@bp.post("/<slug>/<region>/modules")
@requires(Permission.EDIT_CONTENT)
def add_module(slug: str, region: str) -> ResponseReturnValue:
    """Take in a module of another edition's release."""
    edition, actor = opened(slug, region), current_actor()
    module = request.form.get("module", "")
    if "look" in request.form:
        return _page(edition, about=module)
    try:
        release = queries.offered_release(actor, row_number("release"))
        revision = actions.add_module(actor, edition, release, module, why=why_given(), findings=ticked())
    except Refused as refused:
        return _page(edition, sentence(refused), module), refused.status
    saved(edition, gettext("The module is in. It follows the edition it comes from."), revision.number)
    return back(url_for(".modules", **place(edition)))


@bp.post("/<slug>/<region>/modules/<module>/remove")
@requires(Permission.EDIT_CONTENT)
def remove_module(slug: str, region: str, module: str) -> ResponseReturnValue:
    """Let a module go."""
    edition = opened(slug, region)
    if "look" in request.form:
        return _page(edition, about=module)
    try:
        revision = actions.remove_module(current_actor(), edition, module, why=why_given(), findings=ticked())
    except Refused as refused:
        return _page(edition, sentence(refused), module), refused.status
    saved(edition, gettext("The module is gone from this edition."), revision.number)
    return back(url_for(".modules", **place(edition)))


def _page(edition: Edition, fault: str = "", about: str = "") -> str:
    now = contents.state(editions_queries.head_of(edition))
    may_edit = editions_queries.may_edit(current_actor(), edition)
    given = offer(edition)
    return render_template(
        "adaptation/modules.html",
        edition=edition,
        modules=now.content.modules,
        origins=editions_queries.releases_by_id(sorted(set(now.local.bases.values()))),
        bases=now.local.bases,
        offers=queries.offers(current_actor(), edition) if may_edit else [],
        may_edit=may_edit,
        fault=fault,
        about=about,
        why=why_given(),
        offer=given,
        bare=given.untouched(),
    )
