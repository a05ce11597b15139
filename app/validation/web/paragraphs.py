"""A unit as it is tried, its paragraphs numbered, to print and to write remarks at."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.core.errors import Refused
from app.curriculum.queries import reading
from app.infra.i18n import sentence
from app.people.login import current_actor
from app.people.permissions import Permission
from app.validation import actions
from app.validation.models import Workshop
from app.validation.models.workshops import RemarkKind, WorkshopState
from app.validation.queries import remarks as remark_queries
from app.validation.queries import workshops as queries
from app.validation.rules import workshops as rules
from app.web.errors import back, say
from app.web.pages import requires

from . import AT, as_row, at, bp, frame, typed, workshop_of


@bp.get(f"{AT}/units/<unit>")
@requires(Permission.ANSWER_QUESTIONNAIRE)
def paragraphs(slug: str, region: str, workshop: int, unit: str) -> ResponseReturnValue:
    """Show a unit with numbered paragraphs and the remarks on each."""
    return _page(workshop_of(slug, region, workshop, Permission.ANSWER_QUESTIONNAIRE), unit)


@bp.post(f"{AT}/units/<unit>")
@requires(Permission.ANSWER_QUESTIONNAIRE)
def add_remark(slug: str, region: str, workshop: int, unit: str) -> ResponseReturnValue:
    """Keep a remark on a paragraph, or on the unit as a whole."""
    shown = workshop_of(slug, region, workshop, Permission.ANSWER_QUESTIONNAIRE)
    kind = RemarkKind(typed("kind")) if typed("kind") in set(RemarkKind) else RemarkKind.OTHER
    try:
        remark = actions.add_remark(
            current_actor(),
            shown,
            unit,
            typed("text"),
            paragraph=_number("paragraph"),
            kind=kind,
            participant=_number("participant"),
        )
    except Refused as refused:
        return _page(shown, unit, sentence(refused)), refused.status
    say(gettext("Remark %(number)s is kept.", number=remark.number))
    anchor = f"n-{typed('paragraph').strip()}" if typed("paragraph").strip() else "whole"
    return back(url_for(".paragraphs", unit=unit, _anchor=anchor, **at(shown)))


def _number(name: str) -> int | None:
    """A number that may be left out; -1, which nobody has, for what is none."""
    text = typed(name).strip()
    if not text:
        return None
    return int(text) if as_row(text) else -1


def _page(shown: Workshop, uid: str, fault: str = "") -> str:
    unit = queries.tried_unit(shown, uid)
    view = queries.view(shown)
    numbers = {block.uid: number for number, block in remark_queries.numbered(unit)}
    entries = reading.entries(view, unit)
    runs = queries.may_run(current_actor(), shown.edition)
    on: dict[str | None, list[remark_queries.Listed]] = {}
    for one in remark_queries.listed(shown, remark_queries.Filter(unit=uid)):
        on.setdefault(one.remark.block_uid, []).append(one)
    return render_template(
        "validation/workshop_unit.html",
        **frame(shown),
        unit=unit,
        title=queries.titles(shown).get(uid, uid),
        entries=[(numbers.get(entry.uid), entry) for entry in entries if entry.html is not None],
        on=on,
        people=queries.participants(shown) if runs else [],
        kinds=list(RemarkKind),
        language_of_text=view.language,
        typed=request.form,
        fault=fault,
        takes=shown.state is not WorkshopState.CLOSED,
        longest=rules.LONGEST_TEXT,
    )
