"""An edition's translation into one language: its units, what can be done with many texts at once, its languages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from babel.core import Locale, UnknownLocaleError
from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from app.core.content import Language, Uid
from app.core.errors import Refused
from app.core.languages import base_of
from app.core.translating import Count, State, Status
from app.curriculum.models import Edition
from app.infra.i18n import language as interface_language
from app.infra.i18n import sentence
from app.people.login import current_actor
from app.people.permissions import Permission
from app.translation import actions
from app.translation.queries import axes, desks, status
from app.translation.queries import overview as queries
from app.translation.queries.overview import STALE, UnitLine
from app.web.errors import back, say
from app.web.pages import requires

from . import bp, may, opened, place, typed

BULK: Mapping[str, tuple[State, frozenset[Status]]] = {
    "in_review": (State.IN_REVIEW, frozenset({Status.DRAFT})),
    "approved": (State.APPROVED, frozenset({Status.IN_REVIEW})),
    "not_applicable": (State.NOT_APPLICABLE, frozenset({Status.MISSING})),
}
SHOWS = {"missing": {Status.MISSING}, "stale": STALE, "draft": {Status.DRAFT}, "in_review": {Status.IN_REVIEW}}
NEAR = {"PE": ("quy", "quz", "ay"), "BO": ("qu", "ay", "gn"), "GT": ("quc", "kek", "mam"), "MX": ("nah", "yua", "tzh")}


@bp.get("/<slug>/<region>/")
@requires(Permission.READ_DRAFT)
def overview(slug: str, region: str) -> ResponseReturnValue:
    """Show an edition's units with how they stand in one language, its languages, and what waits."""
    return page(opened(slug, region))


def page(edition: Edition, faults: Mapping[str, list[str]] | None = None) -> str:
    """The overview of the language that the address names, or the first that is translated."""
    found = queries.desks_of(edition)
    asked = request.args.get("in", "")
    first = next((code for code in found if code[:2] == interface_language()), next(iter(found), None))
    wanted = asked if asked in found else first
    show = request.args.get("show", "") if request.args.get("show") in SHOWS else ""
    lines = queries.units(found[wanted], [interface_language(), wanted, *edition.languages]) if wanted else []
    mine = queries.reviews(current_actor(), [edition])
    line = status.line_of(edition)
    return render_template(
        "translation/overview.html",
        edition=edition,
        wanted=wanted,
        desks=found,
        directions=desks.directions_of(edition),
        modules=_modules([one for one in lines if not show or _has(one, show)]),
        total=sum((one.count for one in lines), Count()),
        line=line,
        labels=axes.labels(),
        mine=mine,
        show=show,
        lagging=sum(one.status in STALE for unit in lines for one in unit.standings),
        translates=may(Permission.TRANSLATE, edition),
        approves=may(Permission.APPROVE_TRANSLATION, edition),
        edits=may(Permission.EDIT_CONTENT, edition),
        offered=_offered(edition),
        faults=faults or {},
        form=request.form,
    )


def _has(line: UnitLine, show: str) -> bool:
    return any(one.status in SHOWS[show] for one in line.standings)


def _modules(lines: list[UnitLine]) -> list[tuple[object, list[UnitLine]]]:
    """The units under their modules, in reading order."""
    found: dict[Uid, tuple[object, list[UnitLine]]] = {}
    for one in lines:
        found.setdefault(one.module.uid, (one.module, []))[1].append(one)
    return list(found.values())


def _offered(edition: Edition) -> list[Language]:
    """Languages that this edition might want next: variants of its country, and those spoken there."""
    country = edition.region.partition("-")[0]
    variants = [f"{base_of(code)}-{country}" for code in edition.languages if len(country) == 2 and country.isalpha()]
    known = [code for code in dict.fromkeys([*variants, *NEAR.get(country, ())]) if code not in edition.languages]
    return [code for code in known if "-" not in code or _is_locale(code)]


def _is_locale(code: Language) -> bool:
    try:
        return Locale.parse(code, sep="-") is not None
    except (ValueError, UnknownLocaleError):
        return False


@bp.post("/<slug>/<region>/languages")
@requires(Permission.EDIT_CONTENT)
def languages(slug: str, region: str) -> ResponseReturnValue:
    """Add a language to an edition, or say from which one a language is translated."""
    edition = opened(slug, region, Permission.EDIT_CONTENT)
    language, source = typed("language"), typed("source")
    try:
        if request.form.get("do") == "source":
            actions.set_source(current_actor(), edition, language, source)
            say(gettext("Noted. What agreed with the old source counts as made from the new one."))
        else:
            actions.add_language(current_actor(), edition, language, source or None)
            say(gettext("Added. Its texts can be translated now."))
    except Refused as refused:
        field = "language" if request.form.get("do") != "source" else f"source-{language}"
        return page(edition, {field: [sentence(refused)]}), refused.status
    return back(url_for(".overview", **place(edition, language)))


@bp.post("/<slug>/<region>/bulk")
@requires(Permission.APPROVE_TRANSLATION)
def bulk(slug: str, region: str) -> ResponseReturnValue:
    """Approve, send to review, or mark as not needed, the texts of the ticked units or of all."""
    edition = opened(slug, region, Permission.APPROVE_TRANSLATION)
    do, language = request.form.get("do", ""), request.args.get("in", "")
    if do not in BULK:
        abort(400)
    state, from_states = BULK[do]
    at = desks.desk(edition, language)
    ticked = set(request.form.getlist("unit"))
    if not ticked and do == "not_applicable":
        return page(edition, {"units": [gettext("Please tick the units that are not needed here.")]}), 422
    blocks = [b for _, unit, b in at.now.content.blocks() if not ticked or unit.uid in ticked]
    uids = queries.in_states(at, blocks, from_states)
    marked = actions.set_state(current_actor(), edition, uids, language, state, note=typed("note"))
    if marked.done:
        say(_told(do, len(marked.done)))
    for text, number in Counter(sentence(refused) for refused in marked.refused.values()).items():
        said = ngettext("%(num)s text was left as it is:", "%(num)s texts were left as they are:", number)
        say(f"{said} {text}", "note")
    if not uids:
        say(gettext("There was nothing of this kind, so nothing was changed."), "note")
    return back(url_for(".overview", **place(edition, language, show=request.args.get("show"))))


def _told(do: str, number: int) -> str:
    return {
        "in_review": str(ngettext("%(num)s text sent to review.", "%(num)s texts sent to review.", number)),
        "approved": str(ngettext("%(num)s text approved.", "%(num)s texts approved.", number)),
        "not_applicable": str(
            ngettext("%(num)s text is not needed here.", "%(num)s texts are not needed here.", number)
        ),
    }[do]
