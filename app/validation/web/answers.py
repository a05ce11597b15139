"""Typing in what was answered elsewhere: paper sheets, a row each, and hands that went up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from app.core.errors import Refused
from app.infra.i18n import sentence
from app.people.login import current_actor
from app.people.permissions import Permission
from app.validation import actions
from app.validation.actions.answers import Paper
from app.validation.models import Workshop
from app.validation.queries import answers as answer_queries
from app.validation.queries import workshops as queries
from app.validation.rules import workshops as rules
from app.validation.rules.scales import STEPS
from app.web.errors import back, say
from app.web.pages import requires

from . import AT, at, bp, frame, workshop_of

ROWS = 12
NOT_APPLICABLE = frozenset({"-", "n", "x"})


@bp.get(f"{AT}/papers/<unit>")
@requires(Permission.RUN_VALIDATION)
def papers(slug: str, region: str, workshop: int, unit: str) -> ResponseReturnValue:
    """Offer a table for typing in the papers on a unit, numbers only."""
    return _papers(workshop_of(slug, region, workshop), unit)


@bp.post(f"{AT}/papers/<unit>")
@requires(Permission.RUN_VALIDATION)
def enter_papers(slug: str, region: str, workshop: int, unit: str) -> ResponseReturnValue:
    """Keep the rows that were typed in; all of them or none."""
    shown = workshop_of(slug, region, workshop)
    try:
        read = [paper for row in range(ROWS) if (paper := _paper(shown, row)) is not None]
        if not read:
            raise rules.NothingAnswered
        actions.enter_papers(current_actor(), shown, unit, read, correcting=request.form.get("correcting") == "yes")
    except Refused as refused:
        return _papers(shown, unit, sentence(refused)), refused.status
    say(ngettext("%(num)s sheet was kept.", "%(num)s sheets were kept.", len(read)))
    return back(url_for(".papers", unit=unit, **at(shown)))


def _paper(shown: Workshop, row: int) -> Paper | None:
    """One row of the form; None when nothing was typed in it."""
    values: dict[int, int | None] = {}
    for question in queries.questions(shown):
        typed = request.form.get(f"r{row}-{question.id}", "").strip().lower()
        if typed in NOT_APPLICABLE:
            values[question.id] = None
        elif typed:
            values[question.id] = _small(typed)
    who = request.form.get(f"r{row}-who", "").strip()
    said = rules.line(request.form.get(f"r{row}-said", ""), 600)
    if not values:
        if who or said:
            raise rules.NothingAnswered
        return None
    lowest = min(values, key=lambda q: 99 if values[q] is None else values[q] or 0)
    return Paper(_small(who) if who else None, values, {lowest: said} if said else {})


def _small(typed: str) -> int:
    """A small number as typed; -1, which nothing is, for anything else."""
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 5 else -1


def _papers(shown: Workshop, unit: str, fault: str = "") -> str:
    queries.tried_unit(shown, unit)
    names = {one.id: one.number for one in queries.participants(shown)}
    done = sorted(
        names[sheet.participant_id] for sheet in answer_queries.sheets(shown, unit) if sheet.participant_id in names
    )
    return render_template(
        "validation/workshop_papers.html",
        **frame(shown),
        unit=unit,
        title=queries.titles(shown).get(unit, unit),
        asked=queries.questions(shown),
        rows=ROWS,
        steps=STEPS[shown.scale],
        typed=request.form,
        done=done,
        nameless=answer_queries.counts(shown).get(unit, 0) - len(done),
        fault=fault,
        others=[(uid, queries.titles(shown).get(uid, uid)) for uid in queries.unit_uids(queries.agenda(shown))],
    )


@bp.get(f"{AT}/hands/<unit>")
@requires(Permission.RUN_VALIDATION)
def hands(slug: str, region: str, workshop: int, unit: str) -> ResponseReturnValue:
    """Offer a table for counting hands when the questions are read aloud."""
    shown = workshop_of(slug, region, workshop)
    counted = answer_queries.tallies(shown, unit)
    return _hands(shown, unit, {f"{q}-{value}": str(count) for (_, q, value), count in counted.items()})


@bp.post(f"{AT}/hands/<unit>")
@requires(Permission.RUN_VALIDATION)
def count_hands(slug: str, region: str, workshop: int, unit: str) -> ResponseReturnValue:
    """Keep how many hands went up."""
    shown = workshop_of(slug, region, workshop)
    counted: dict[tuple[int, int], int] = {}
    for question in queries.questions(shown):
        for value in STEPS[shown.scale].values:
            typed = request.form.get(f"{question.id}-{value}", "").strip()
            if typed:
                counted[question.id, value] = _small(typed)
    try:
        actions.tally(current_actor(), shown, unit, counted)
    except Refused as refused:
        return _hands(shown, unit, request.form, sentence(refused)), refused.status
    say(gettext("The hands are counted."))
    return back(url_for(".hands", unit=unit, **at(shown)))


def _hands(shown: Workshop, unit: str, typed: Mapping[str, Any], fault: str = "") -> str:
    queries.tried_unit(shown, unit)
    return render_template(
        "validation/workshop_hands.html",
        **frame(shown),
        unit=unit,
        title=queries.titles(shown).get(unit, unit),
        asked=queries.questions(shown),
        typed=typed,
        fault=fault,
    )
