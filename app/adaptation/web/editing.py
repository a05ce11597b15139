"""Writing a whole unit as Markdown: preview, drafts, and what to do when somebody else was faster."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from markupsafe import Markup

from app.adaptation import actions, queries, rules
from app.adaptation.actions.edit import read_pieces
from app.core.content import Language, Uid, Unit, canonical
from app.core.errors import Refused
from app.core.prose import merge_text
from app.core.rendering import check_text, fill, render
from app.curriculum.actions.commit import ChangedMeanwhile
from app.curriculum.models import Edition
from app.curriculum.queries import contents, reading
from app.curriculum.queries import editions as editions_queries
from app.curriculum.web import facts, redlines
from app.people.login import current_actor
from app.people.permissions import Permission
from app.study.rules import UnknownFinding
from app.study.web import offer, ticked
from app.web.errors import back, say
from app.web.pages import requires

from . import bp, faults, opened, place, row_number, saved, why_given

FIELDS: dict[type[Refused], str] = {rules.NeedsReason: "why", UnknownFinding: "findings"}


@dataclass(slots=True)
class Writing:
    """A unit being written: what is typed and why, what it started from, and what stands in the way of saving it."""

    edition: Edition
    unit: Unit
    language: Language
    text: str
    why: str
    basis: int
    errors: Mapping[str, list[str]] = field(default_factory=dict)
    stale: Stale | None = None
    from_draft: bool = False


@dataclass(frozen=True, slots=True)
class Stale:
    """Somebody saved the unit meanwhile: what they changed, and both together where that can be had."""

    theirs: list[Markup]
    merged: str | None
    merged_shown: list[Markup]
    careful: bool


@bp.get("/<slug>/<region>/units/<unit>/edit")
@requires(Permission.EDIT_CONTENT)
def edit_unit(slug: str, region: str, unit: str) -> ResponseReturnValue:
    """Offer a unit's text for writing, and a draft that was left."""
    edition = opened(slug, region)
    found, language = _unit(edition, unit), _language(edition)
    draft = queries.draft(current_actor(), edition, unit, language)
    head = editions_queries.head_of(edition)
    if draft is not None and "draft" in request.args:
        return _page(Writing(edition, found, language, draft.body, draft.why, draft.based_on_id, from_draft=True))
    return _page(Writing(edition, found, language, text_of(found, language), "", head.id), draft=draft)


@bp.post("/<slug>/<region>/units/<unit>/edit")
@requires(Permission.EDIT_CONTENT)
def save_unit(slug: str, region: str, unit: str) -> ResponseReturnValue:
    """Save a unit's text, keep it as a draft, or only show how it will look."""
    edition = opened(slug, region)
    found, language = _unit(edition, unit), _language(edition)
    head = editions_queries.head_of(edition)
    basis = row_number("basis", head.id)
    writing = Writing(edition, found, language, request.form.get("text", ""), why_given(), basis)
    wanted = request.form.get("do", "save")
    if wanted == "preview" or "look" in request.form:
        return _page(writing)
    actor = current_actor()
    if wanted == "draft":
        actions.keep_draft(
            actor, edition, unit, language, writing.text, why=writing.why, based_on=_known(edition, basis)
        )
        say(gettext("Kept as your draft. Only you can see it; it waits here and on the edition's page."))
        return back(url_for(".edit_unit", unit=unit, draft=1, **place(edition, language)))
    try:
        revision = actions.edit_unit(
            actor,
            edition,
            unit,
            language,
            canonical(writing.text).strip("\n"),
            why=writing.why,
            findings=ticked(),
            seen_head=basis,
        )
    except rules.NothingChanged:
        actions.throw_draft_away(actor, edition, unit, language)
        say(gettext("Nothing was changed, so nothing was saved."), "note")
        return back(url_for("curriculum.unit", unit=unit, **place(edition, language)))
    except ChangedMeanwhile as refused:
        writing.errors = faults(refused, FIELDS)
        writing.stale = _stale(writing)
        actions.keep_draft(
            actor, edition, unit, language, writing.text, why=writing.why, based_on=_known(edition, basis)
        )
        writing.basis = head.id
        return _page(writing), refused.status
    except Refused as refused:
        writing.errors = faults(refused, FIELDS)
        return _page(writing), refused.status
    saved(edition, gettext("Saved."), revision.number)
    return back(url_for("curriculum.unit", unit=unit, **place(edition, language)))


@bp.post("/<slug>/<region>/units/<unit>/draft/drop")
@requires(Permission.EDIT_CONTENT)
def drop_draft(slug: str, region: str, unit: str) -> ResponseReturnValue:
    """Throw a person's draft of a unit away."""
    edition = opened(slug, region)
    language = _language(edition)
    actions.throw_draft_away(current_actor(), edition, unit, language)
    say(gettext("The draft is gone. The unit stands as it was last saved."), "note")
    return back(url_for(".edit_unit", unit=unit, **place(edition, language)))


@bp.post("/<slug>/<region>/preview")
@requires(Permission.EDIT_CONTENT)
def preview(slug: str, region: str) -> ResponseReturnValue:
    """Return a text as safe HTML, with the edition's variables in it; nothing is kept."""
    edition = opened(slug, region)
    return str(shown(edition, _language(edition), request.form.get("text", "")))


def shown(edition: Edition, language: Language, text: str) -> Markup:
    """A text as it will look: rendered piece by piece as pages do, variables filled in, pictures in their place."""
    try:
        pieces = read_pieces(text)
    except Refused:
        return Markup(render(text))  # noqa: S704 - what cannot be parsed is shown as it was typed, escaped
    values = contents.state(editions_queries.head_of(edition)).local.values(language)
    html = "\n".join(fill(render(piece), values) for _, piece in pieces)
    return facts.with_pictures(facts.label(html, language), edition)


def text_of(unit: Unit, language: Language) -> str:
    """A unit's whole text in a language, as people write it."""
    return "\n\n".join(text for text in contents.texts_of(unit.blocks, language) if text)


def drafts_of(seen: reading.View) -> dict[str, Any] | None:
    """A person's drafts in an edition, for its page."""
    if seen.release is not None or not editions_queries.may_edit(current_actor(), seen.edition):
        return None
    found = [draft for draft in queries.drafts(current_actor()) if draft.edition_id == seen.edition.id]
    if not found:
        return None
    return {"drafts": found, "titles": redlines.unit_titles([seen.state.content], seen.edition.languages)}


def _unit(edition: Edition, uid: Uid) -> Unit:
    found = reading.unit_of(contents.state(editions_queries.head_of(edition)).content, uid)
    if found is None:
        abort(404)
    return found[1]


def _language(edition: Edition) -> Language:
    """The language of the text, as the address says; the edition's first when it says none."""
    wanted = request.args.get("in", "")
    return wanted if wanted in edition.languages else edition.languages[0]


def _known(edition: Edition, basis: int) -> int:
    """The revision a form says it started from, if it is one of this edition's, else the newest."""
    found = editions_queries.revision_by_id(edition, basis)
    return (found or editions_queries.head_of(edition)).id


def _stale(writing: Writing) -> Stale:
    """What changed since the person began, and both texts together where the content core can join them."""
    seen = editions_queries.revision_by_id(writing.edition, writing.basis)
    then = reading.unit_of(contents.state(seen).content, writing.unit.uid) if seen else None
    base = text_of(then[1], writing.language) if then else ""
    theirs = text_of(writing.unit, writing.language)
    try:
        check_text(writing.text)
        merge = merge_text(base, canonical(writing.text).strip("\n"), theirs)
        merged, careful = merge.proposed(), merge.careful
    except Refused:
        merged, careful = None, True
    local = contents.state(editions_queries.head_of(writing.edition)).local
    return Stale(
        redlines.of_pieces(base, theirs, writing.language, local),
        merged,
        redlines.of_pieces(theirs, merged, writing.language, local) if merged is not None else [],
        careful,
    )


def _page(writing: Writing, draft: Any = None) -> str:
    edition, unit = writing.edition, writing.unit
    titles = redlines.unit_titles([contents.state(editions_queries.head_of(edition)).content], [writing.language])
    return render_template(
        "adaptation/edit_unit.html",
        writing=writing,
        edition=edition,
        unit=unit,
        title=titles.get(unit.uid, unit.uid),
        html=shown(edition, writing.language, writing.text),
        draft=draft,
        offer=offer(edition, unit=unit.uid),
        errors=writing.errors,
        needs_why=bool(contents.state(editions_queries.head_of(edition)).local.bases),
    )
