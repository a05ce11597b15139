"""Naming a manual made in Word: what it is called, whose it is, how long its units take; then it becomes a draft."""

from __future__ import annotations

import re
from typing import NamedTuple

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.core.errors import Refused
from app.curriculum.actions.load import SlugTaken
from app.infra import storage
from app.infra.i18n import countries, language_name, region_name, sentence, subdivisions
from app.interchange import actions, drafts, rules
from app.interchange.models import Import, ImportKind, ImportState
from app.interchange.queries import imports
from app.people.login import current_actor
from app.people.permissions import Permission, Scope, allows
from app.web.errors import back, say
from app.web.pages import requires

from . import bp

LANGUAGES = ("es", "en", "pt", "fr", "qu", "quy", "ay", "gn", "nah", "quc", "kek", "mam", "arn", "ht")
LICENCES = ("CC-BY-SA-4.0", "CC-BY-4.0", "CC-BY-NC-SA-4.0", "CC-BY-NC-4.0", "CC0-1.0")


class Slip(NamedTuple):
    """A sentence and the field that it is about."""

    field: str
    text: str


FIELDS: dict[type[Refused], str] = {
    rules.NeedsTitle: "title",
    rules.BadSlug: "slug",
    SlugTaken: "slug",
    rules.NeedsRegion: "region",
    rules.NeedsLanguage: "language",
    rules.NeedsLicence: "licence",
    rules.NeedsCredits: "credits",
    rules.NeedsRight: "right",
    rules.BadMinutes: "minutes-0-0",
}


@bp.get("/imports/<int:number>/name")
@requires(Permission.IMPORT_CONTENT)
def name_manual(number: int) -> ResponseReturnValue:
    """Ask what the manual is called, whose it is, and how long its units take."""
    return _naming(opened(number, ImportState.PREVIEWED))


@bp.post("/imports/<int:number>/name")
@requires(Permission.IMPORT_CONTENT)
def make_manual(number: int) -> ResponseReturnValue:
    """Make the draft of an original of it."""
    row = opened(number, ImportState.PREVIEWED)
    try:
        edition = actions.make_draft(current_actor(), row, _named())
    except Refused as refused:
        if refused.status in (403, 404):
            raise
        field = next((name for kind, name in FIELDS.items() if isinstance(refused, kind)), "title")
        return _naming(row, Slip(field, sentence(refused))), refused.status
    say(gettext("The manual is a draft now. Nobody but the people who work on it can read it until it is released."))
    return back(url_for("curriculum.edition", slug=edition.slug, region=edition.region))


def opened(number: int, state: ImportState | None = None) -> Import:
    """The manual of the address, of the person who sent it; `NotNow` unless it is in that state."""
    row = imports.get(current_actor(), number, ImportKind.DRAFT)
    if state is not None and row.state is not state:
        raise rules.NotNow
    return row


def regions() -> list[tuple[str, str]]:
    """Where this person may start a manual: the places of roles that hold for every curriculum."""
    actor = current_actor()
    places = {scope.region for scope in actor.scopes(Permission.IMPORT_CONTENT) if scope.curriculum is None}
    if None in places or "001" in places:
        offered = [("001", region_name("001")), *countries()]
    else:
        wide = sorted(region for region in places if region)
        parts = [(code, f"{region_name(region)} · {name}") for region in wide for code, name in subdivisions(region)]
        offered = [*((region, region_name(region)) for region in wide), *parts]
    return [(c, n) for c, n in offered if allows(actor, Permission.IMPORT_CONTENT, Scope("", c))]


def _named() -> drafts.Named:
    form = request.form
    language = form.get("language", "")
    lengths = {}
    for name, value in form.items():
        parts = re.fullmatch(r"minutes-(\d{1,5})-(\d{1,5})", name, re.ASCII)
        if parts:
            lengths[int(parts[1]), int(parts[2])] = rules.minutes(value)
    return drafts.Named(
        title=rules.bounded(form.get("title", ""), rules.LONGEST_TITLE),
        slug=form.get("slug", "").strip(),
        region=form.get("region", ""),
        language=language,
        languages=tuple(code for code in dict.fromkeys(form.getlist("languages")) if code != language),
        licence=rules.bounded(form.get("licence", ""), rules.LONGEST_TITLE),
        credits=tuple(line for line in rules.bounded(form.get("credits", "")).split("\n") if line.strip()),
        right=rules.bounded(form.get("right", "")),
        minutes=lengths,
    )


def _naming(row: Import, fault: Slip | None = None) -> str:
    document = drafts.loaded(storage.get(row.found)).document
    corrections, level = drafts.corrections_in(row.settings), drafts.level_in(row.settings)
    title = document.title or row.filename.rpartition(".")[0]
    typed = {"title": title, "slug": rules.slug_of(title), "language": document.language, **request.form.to_dict()}
    codes = dict.fromkeys([*([document.language] if document.language else []), *LANGUAGES])
    return render_template(
        "interchange/manual_name.html",
        row=row,
        typed=typed,
        fault=fault,
        regions=regions(),
        spoken=[(code, language_name(code)) for code in codes],
        more=request.form.getlist("languages"),
        licences=LICENCES,
        modules=drafts.as_modules(document, corrections, level, title),
        guessed=rules.GUESSED_MINUTES,
    )
