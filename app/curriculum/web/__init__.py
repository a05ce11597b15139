"""Pages of curricula: editions and their units to read, history and comparison, releases, lineage, search."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import flask_babel
from flask import Blueprint, Flask, request, url_for

from app.core.content import Language, ModuleKind
from app.core.errors import N_
from app.curriculum import words
from app.curriculum.models import Edition
from app.curriculum.queries import editions as queries
from app.curriculum.queries import overview
from app.infra.i18n import language, language_name
from app.people.login import current_actor
from app.people.permissions import Permission, allows
from app.web import navigation

bp = Blueprint("curriculum", __name__, url_prefix="/editions", template_folder="../templates")


@dataclass(frozen=True, slots=True)
class May:
    """What this person may do with an edition, for showing the doors that open."""

    read_draft: bool
    edit: bool
    sync: bool
    release: bool
    fork: bool


def install(app: Flask) -> None:
    """Add these pages and their place in the menu."""
    from . import citing, deviations, editions, facts, history, lineage, panels, release, search, units

    _ = (deviations, editions, history, lineage, release, search, units)
    app.register_blueprint(bp)
    app.context_processor(
        lambda: {
            "title_of": title_of,
            "language_tabs": language_tabs,
            "module_title": module_title,
            "module_icons": {ModuleKind.MODULE: "bud", ModuleKind.MANUAL: "book"},
            "may_do": may_do,
            "edition_tabs": panels.tabs,
            "format_hours": format_hours,
            "cited_by": citing.cited_by,
        }
    )
    app.jinja_env.filters.update(labelled=facts.label, with_pictures=facts.with_pictures, as_source=words.source)
    app.jinja_env.tests["release"] = words.is_release
    navigation.register(
        navigation.Entry(
            "curriculum.editions",
            N_("Editions"),
            lambda: True,
            order=20,
            also=("study", "adaptation", "discussion", "interchange"),
        )
    )


def title_of(edition: Edition) -> str:
    """A curriculum's title in the reader's language."""
    return overview.title_of(edition, language())


def module_title(titles: dict[Language, str], wanted: Language) -> str:
    """A module's title in a language, else in the first there is."""
    return titles.get(wanted) or titles.get(wanted.partition("-")[0]) or next(iter(titles.values()), "")


def format_hours(minutes: int) -> str:
    """Minutes as hours for people, with at most one decimal: 90 → 1.5."""
    return str(flask_babel.format_decimal(round(minutes / 60, 1)))


def may_do(edition: Edition) -> May:
    """What the person of this request may do with an edition."""
    actor, scope = current_actor(), queries.scope_of(edition)
    return May(
        read_draft=queries.may_read_draft(actor, edition),
        edit=queries.may_edit(actor, edition),
        sync=allows(actor, Permission.SYNC_EDITION, scope),
        release=allows(actor, Permission.RELEASE_EDITION, scope),
        fork=allows(actor, Permission.FORK_EDITION),
    )


def text_language() -> str:
    """The language a text is wanted in: as asked for in the address, else the reader's own."""
    return request.args.get("in") or language()


def asked(edition: Edition) -> dict[str, Any]:
    """The parts of an address that lead to the same edition at the same version, in the same language."""
    kept = {name: value for name in ("v", "in") if (value := request.args.get(name))}
    return {"slug": edition.slug, "region": edition.region, **kept}


def page_number() -> int:
    """The page asked for, from 1."""
    return min(max(request.args.get("page", 1, type=int), 1), 100_000)


def language_tabs(
    edition: Edition, current: str, endpoint: str, values: Mapping[str, Any]
) -> list[tuple[str, str, bool]]:
    """The edition's languages as views of a page: label, address, whether it is the one shown."""
    return [
        (language_name(code), url_for(endpoint, **{**values, "in": code}), code == current)
        for code in edition.languages
    ]
