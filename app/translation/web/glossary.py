"""The glossary: what things are called in a region, what they are not called, and what stays as it is."""

from __future__ import annotations

from collections.abc import Mapping

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.core.checks.terms import Status, Term
from app.core.errors import Refused
from app.core.overtaken import mark_of
from app.curriculum.web import page_number
from app.infra.i18n import is_region, sentence
from app.people.login import current_actor
from app.people.permissions import Permission, Scope, allows
from app.translation import actions, rules
from app.translation.models import GlossaryTerm
from app.translation.queries import glossary as queries
from app.web.errors import back, say
from app.web.pages import requires

from . import bp, typed

PER_PAGE = 50
FIELDS: Mapping[type[Refused], str] = {rules.NotALanguage: "language", rules.NoRegion: "region"}


@bp.get("/glossary")
@requires(Permission.READ_DRAFT)
def glossary() -> ResponseReturnValue:
    """List the words of the glossary, of a region or of all, with search; and the form for one more."""
    return _page({})


@bp.post("/glossary")
@requires(Permission.TRANSLATE)
def add_word() -> ResponseReturnValue:
    """Add a word to the glossary."""
    try:
        row = actions.add_term(current_actor(), _term(), curriculum=typed("curriculum"), source=typed("source"))
    except Refused as refused:
        return _page(_faults(refused)), refused.status
    say(gettext("Added. It stands beside every text that speaks of it."))
    return back(url_for(".glossary", region=row.region or None, q=row.concept))


@bp.get("/glossary/<int:number>")
@requires(Permission.READ_DRAFT)
def word(number: int) -> ResponseReturnValue:
    """Show one entry of the glossary, to be changed by those who keep it."""
    return _one(_row(number), {})


@bp.post("/glossary/<int:number>")
@requires(Permission.TRANSLATE)
def change_word(number: int) -> ResponseReturnValue:
    """Change an entry, or take it out."""
    row = _row(number)
    region = row.region or None
    try:
        if request.form.get("do") == "remove":
            actions.remove_term(current_actor(), row, seen=typed("seen"))
            say(gettext("Taken out of the glossary."))
        else:
            actions.change_term(current_actor(), row, _term(), source=typed("source"), seen=typed("seen"))
            say(gettext("Saved."))
    except Refused as refused:
        if refused.status == 403:
            raise
        return _one(_row(number), _faults(refused)), refused.status
    return back(url_for(".glossary", region=region))


def _row(number: int) -> GlossaryTerm:
    found = queries.term(current_actor(), number)
    if found is None:
        raise rules.NoSuchTerm
    return found


def _term() -> Term:
    """The entry that the form describes."""
    status = request.form.get("status", "")
    return Term(
        typed("concept"),
        typed("language"),
        typed("region"),
        typed("term"),
        Status(status) if status in set(Status) else Status.PREFERRED,
        typed("note"),
        typed("definition"),
    )


def _faults(refused: Refused) -> dict[str, list[str]]:
    name = next((field for kind, field in FIELDS.items() if isinstance(refused, kind)), "term")
    return {name: [sentence(refused)]}


def _page(faults: dict[str, list[str]]) -> str:
    region, language = request.args.get("region", ""), request.args.get("language", "")
    search, page = request.args.get("q", "").strip()[:100], page_number()
    here = request.args.get("view") == "here" and is_region(region)
    if here:
        found = queries.rows_holding_in(region)
    else:
        found = queries.listed(
            current_actor(), search=search, region=region or None, language=language or None, limit=PER_PAGE, page=page
        )
    return render_template(
        "translation/glossary.html",
        found=found[:PER_PAGE] if not here else found,
        more=len(found) > PER_PAGE and not here,
        region=region,
        language_wanted=language,
        search=search,
        here=here,
        page=page,
        kept={name: value for name in ("region", "language", "q") if (value := request.args.get(name))},
        may_keep=allows(current_actor(), Permission.TRANSLATE),
        statuses=list(Status),
        faults=faults,
        typed=request.form if faults else {"region": region, "language": language},
        is_region=is_region,
    )


def _one(row: GlossaryTerm, faults: dict[str, list[str]]) -> str:
    kept = {name: getattr(row, name) for name in ("concept", "language", "region", "term", "definition", "note")}
    return render_template(
        "translation/word.html",
        row=row,
        seen=mark_of(rules.written(row)),
        typed=request.form if faults else {**kept, "status": row.status.value, "source": row.source},
        may_keep=allows(current_actor(), Permission.TRANSLATE, Scope(row.curriculum or None, row.region or None)),
        statuses=list(Status),
        faults=faults,
    )
