"""Grafting an edition of one's own: which country, then which part of it, in which languages, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.adaptation import actions, rules
from app.core.errors import N_, Refused
from app.curriculum.models import Edition, Release
from app.curriculum.queries import editions as queries
from app.infra.i18n import countries, is_region, region_name, subdivisions
from app.people.login import current_actor
from app.people.permissions import Permission, Scope, allows
from app.study.models import Need
from app.study.queries import needs
from app.web.errors import back, say
from app.web.pages import requires
from app.web.requests import LARGEST_ROW

from . import bp, faults, opened, place, why_given


class NoReason(Refused):
    text = N_("Please say in a sentence why this edition is needed.")
    status = 422


class NoRegion(Refused):
    text = N_("Choose the part of the country that it is for.")
    status = 422


FIELDS: dict[type[Refused], str] = {
    NoRegion: "region",
    rules.UnknownRegion: "region",
    rules.EditionExists: "region",
    rules.NoSuchLanguage: "languages",
}


@bp.get("/<slug>/<region>/fork")
@requires(Permission.FORK_EDITION)
def fork(slug: str, region: str) -> ResponseReturnValue:
    """Ask for the country first, then for the rest."""
    edition = opened(slug, region, Permission.READ_RELEASE)
    return _page(edition, request.args.get("country", ""), {})


@bp.post("/<slug>/<region>/fork")
@requires(Permission.FORK_EDITION)
def graft(slug: str, region: str) -> ResponseReturnValue:
    """Make the edition."""
    edition = opened(slug, region, Permission.READ_RELEASE)
    wanted, country = request.form.get("region", ""), request.form.get("country", "")
    try:
        release = queries.release(edition, request.form.get("version") or None)
        if not wanted:
            raise NoRegion
        if not why_given():
            raise NoReason
        made = actions.fork(
            current_actor(),
            release,
            wanted,
            languages=request.form.getlist("languages"),
            why=why_given(),
            need=_need(),
        )
    except Refused as refused:
        return _page(edition, country or wanted[:2], faults(refused, FIELDS, "why")), refused.status
    say(gettext("The edition for %(region)s has been grafted. It follows the original until you change it.",
                region=region_name(made.region)))  # fmt: skip
    return back(url_for("curriculum.edition", **place(made)))


def _need() -> Need | None:
    """The need that the new edition answers, when the form or the address names one that this person may see."""
    number = request.values.get("need", 0, type=int)
    return needs.get(current_actor(), number) if 0 < number <= LARGEST_ROW else None


def _page(edition: Edition, country: str, errors: dict[str, list[str]]) -> str:
    need = _need()
    releases = queries.releases(edition)
    taken = {e.region for e in queries.family(edition.slug)}
    offered = _countries(edition)
    if not country and need is not None and need.region[:2] in {code for code, _ in offered}:
        country = need.region[:2]
    if not country:
        country = _evident(edition, [code for code, _ in offered])
    chosen = country if is_region(country) and len(country) == 2 else ""
    return render_template(
        "adaptation/fork.html",
        edition=edition,
        releases=releases,
        release=_chosen(releases),
        countries=offered,
        country=chosen,
        regions=_regions(edition, chosen, taken) if chosen else [],
        typed=_typed(edition, need),
        need=need,
        errors=errors,
    )


def _evident(edition: Edition, offered: Sequence[str]) -> str:
    """The country there is no need to ask for: the edition's own, or the only one where this person may graft."""
    own = edition.region[:2]
    if own in offered and edition.region != "001":
        return own
    return offered[0] if len(offered) == 1 else ""


def _countries(edition: Edition) -> list[tuple[str, str]]:
    """The countries in which this person may graft an edition, or one of whose parts."""
    actor = current_actor()
    held = [one for one in actor.scopes(Permission.FORK_EDITION) if one.curriculum in (None, edition.slug)]
    parts = {scope.region[:2] for scope in held if scope.region is not None}
    return [
        (code, name)
        for code, name in countries()
        if _may(edition, code) or (code in parts and any(_may(edition, part) for part, _ in subdivisions(code)))
    ]


def _regions(edition: Edition, country: str, taken: set[str]) -> list[tuple[str, str]]:
    """The country as a whole and its parts, as far as this person may and nobody has yet."""
    whole = [(country, gettext("the whole country"))]
    return [
        (code, name) for code, name in [*whole, *subdivisions(country)] if code not in taken and _may(edition, code)
    ]


def _may(edition: Edition, region: str) -> bool:
    return allows(current_actor(), Permission.FORK_EDITION, Scope(edition.slug, region))


def _chosen(releases: Sequence[Release]) -> Release | None:
    wanted = request.values.get("version") or request.values.get("v")
    return next((r for r in releases if r.version == wanted), releases[0] if releases else None)


def _typed(edition: Edition, need: Need | None) -> dict[str, Any]:
    """What was filled in so far; at first all languages of the original, and what the need says."""
    sent = request.method == "POST"
    return {
        "region": request.form.get("region", need.region if need else ""),
        "languages": request.form.getlist("languages") if sent else list(edition.languages),
        "why": request.form.get("why", need.conclusion if need else ""),
    }
