"""Needs: the list, one need, writing one down, what became of it, and the way to an edition that answers it."""

from __future__ import annotations

from typing import Any

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.core.errors import Refused
from app.curriculum.queries import editions
from app.curriculum.web import page_number
from app.infra.i18n import countries, format_day, is_region, region_name, subdivisions
from app.people.login import current_actor
from app.people.permissions import WORLD, Permission, allows
from app.study import actions, words
from app.study.kinds import NeedStatus
from app.study.models import Need
from app.study.queries import needs as queries
from app.study.rules import mark_of
from app.study.sheets import NEED
from app.web.errors import back, say
from app.web.pages import requires
from app.web.sheets import csv_file

from . import bp, faults_of

ALL = 100_000


@bp.get("/needs")
@requires(Permission.READ_DRAFT)
def needs() -> ResponseReturnValue:
    """List the needs this person may see; search, order, one status; `format=csv` sends a table."""
    asked = request.args
    wanted = asked.get("status", "")
    status = NeedStatus(wanted) if wanted in set(NeedStatus) else None
    sort = asked.get("sort", "new")
    table = asked.get("format") == "csv"
    found = queries.listed(
        current_actor(),
        words=asked.get("q", ""),
        status=status,
        sort=sort,
        page=1 if table else page_number(),
        put_away="away" in asked,
        per_page=ALL if table else queries.PER_PAGE,
    )
    if table:
        return _table(found)
    return render_template(
        "study/needs.html",
        found=found,
        q=asked.get("q", ""),
        status=status,
        sort=sort if sort in queries.SORTS else "new",
        sorts=queries.SORTS,
        statuses=list(NeedStatus),
        away="away" in asked,
        may_keep=allows(current_actor(), Permission.KEEP_STUDY),
    )


def _table(found: queries.Page) -> ResponseReturnValue:
    heads = [
        gettext("What is needed"), gettext("Region"), gettext("What was concluded"), gettext("Who said it"),
        gettext("At which forum or workshop"), gettext("On which day"), gettext("Organisations"), gettext("Women"),
        gettext("Men"), gettext("Young women"), gettext("Young men"), gettext("How urgent is it?"),
        gettext("What became of it"), gettext("Why"), gettext("Editions"),
    ]  # fmt: skip
    lines = [
        [
            need.title, region_name(need.region), need.conclusion, need.said_by, need.event,
            need.held_on.isoformat() if need.held_on else "", need.organisations, need.women, need.men,
            need.young_women, need.young_men, words.word(need.priority), words.word(need.status), need.status_why,
            ", ".join(edition.name for edition in found.led_to.get(need.id, [])),
        ]
        for need in found.needs
    ]  # fmt: skip
    return csv_file("needs.csv", heads, [["" if cell is None else cell for cell in line] for line in lines])


@bp.get("/needs/new")
@requires(Permission.KEEP_STUDY)
def new_need() -> ResponseReturnValue:
    """Ask for a need."""
    return _form(None, {}, {})


@bp.post("/needs/new")
@requires(Permission.KEEP_STUDY)
def keep_new_need() -> ResponseReturnValue:
    """Write a need down."""
    return _keep(None)


@bp.get("/needs/<int:need>")
@requires(Permission.READ_DRAFT)
def need(need: int) -> ResponseReturnValue:
    """Show one need: what was said, by whom, what became of it, and the way to an edition."""
    found = queries.get(current_actor(), need)
    return _page(found)


@bp.get("/needs/<int:need>/edit")
@requires(Permission.KEEP_STUDY)
def edit_need(need: int) -> ResponseReturnValue:
    """Offer a need for changing."""
    found = _mine(need)
    typed = {field.name: _typed(getattr(found, field.name)) for field in NEED}
    return _form(found, {**typed, "region": found.region}, {})


@bp.post("/needs/<int:need>/edit")
@requires(Permission.KEEP_STUDY)
def change_need(need: int) -> ResponseReturnValue:
    """Save a changed need."""
    return _keep(_mine(need))


@bp.post("/needs/<int:need>/status")
@requires(Permission.KEEP_STUDY)
def settle_need(need: int) -> ResponseReturnValue:
    """Say what became of a need."""
    found, wanted = _mine(need), request.form.get("status", "")
    if wanted not in set(NeedStatus):
        abort(400)
    try:
        actions.settle_need(current_actor(), found, NeedStatus(wanted), why=request.form.get("why", ""))
    except Refused as refused:
        return _page(found, faults_of(refused, "why"), wanted), refused.status
    say(gettext("Noted."))
    return back(url_for(".need", need=need))


@bp.post("/needs/<int:need>/away")
@requires(Permission.KEEP_STUDY)
def put_need_away(need: int) -> ResponseReturnValue:
    """Put a need away, or bring it back."""
    found = _mine(need)
    if request.form.get("do") == "back":
        actions.unarchive_need(current_actor(), found)
        say(gettext("It is back in the list."))
    else:
        actions.archive_need(current_actor(), found)
        say(gettext("Put away. It can be brought back from its own page."))
    return back(url_for(".need", need=need))


@bp.post("/needs/<int:need>/editions")
@requires(Permission.KEEP_STUDY)
def tie_need(need: int) -> ResponseReturnValue:
    """Tie a need to an edition there is already."""
    found = queries.get(current_actor(), need)
    slug, _, region = request.form.get("edition", "").partition("/")
    edition = editions.get(current_actor(), slug, region, Permission.KEEP_STUDY)
    actions.take_up(current_actor(), found, edition)
    say(gettext("Noted: that edition takes it up."))
    return back(url_for(".need", need=need))


def _mine(need_id: int) -> Need:
    """The need, for somebody who may change it."""
    found = queries.get(current_actor(), need_id)
    if not queries.may_keep(current_actor(), found.region):
        abort(403)
    return found


def _keep(found: Need | None) -> ResponseReturnValue:
    typed = {field.name: request.form.get(field.name, "") for field in NEED}
    region = request.form.get("region", "")
    try:
        kept = actions.keep_need(current_actor(), region, typed, need=found, seen=request.form.get("seen", ""))
    except Refused as refused:
        return _form(found, {**typed, "region": region}, faults_of(refused, "title")), refused.status
    say(gettext("Written down.") if found is None else gettext("Saved."))
    return back(url_for(".need", need=kept.id))


def _form(found: Need | None, typed: dict[str, str], faults: dict[str, str]) -> str:
    return render_template(
        "study/need_form.html",
        need=found,
        seen=mark_of(NEED, found) if found else "",
        fields=NEED,
        typed=typed,
        faults=faults,
        regions=_regions(found),
    )


def _regions(found: Need | None) -> list[tuple[str, str]]:
    """The regions this person may write needs down for: those of the roles, and the countries or parts within."""
    held = queries.regions(current_actor())
    codes: list[tuple[str, str]] = []
    for region in held:
        codes.append((region, region_name(region)))
        codes += countries() if region == WORLD else subdivisions(region) if len(region) == 2 else []
    if found is not None and is_region(found.region):
        codes.append((found.region, region_name(found.region)))
    return list(dict.fromkeys(codes))


def _typed(value: Any) -> str:
    return "" if value is None else str(value)


def _page(found: Need, faults: dict[str, str] | None = None, wanted: str = "") -> str:
    actor = current_actor()
    visible = editions.visible(actor)
    released = editions.latest_releases([edition.id for edition in visible])
    tied = queries.led_to(actor, [found.id]).get(found.id, [])
    keeping = queries.may_keep(actor, found.region)
    return render_template(
        "study/need.html",
        need=found,
        tied=tied,
        may_keep=keeping,
        may_fork=allows(actor, Permission.FORK_EDITION),
        stocks=[edition for edition in visible if edition.id in released],
        others=[
            edition
            for edition in visible
            if edition not in tied and allows(actor, Permission.KEEP_STUDY, editions.scope_of(edition))
        ],
        statuses=list(NeedStatus),
        wanted=wanted or found.status.value,
        faults=faults or {},
        day=format_day(found.held_on) if found.held_on else "",
        why=request.form.get("why", found.status_why),
    )
