"""The deviation register: to read, to print, and as a table for a spreadsheet."""

from __future__ import annotations

from itertools import groupby

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.core.content import LinkState
from app.curriculum import words
from app.curriculum.models import Act
from app.curriculum.queries import deviations as queries
from app.curriculum.queries import editions, reading
from app.infra.i18n import format_day, language
from app.people.login import current_actor
from app.people.permissions import Permission
from app.web.pages import requires
from app.web.sheets import csv_file

from . import bp, citing

FEW = 10  # are shown with all their words; more are folded
SHOWN = tuple(state for state in LinkState if state is not LinkState.FOLLOW)


@bp.get("/<slug>/<region>/deviations")
@requires(Permission.READ_DRAFT)
def deviations(slug: str, region: str) -> ResponseReturnValue:
    """Show every departure from the parent edition with its reason; by unit or state; `format=csv` sends a table."""
    actor = current_actor()
    editions.get(actor, slug, region, Permission.READ_DRAFT)
    seen = reading.view(actor, slug, region, version=request.args.get("v"), language=language())
    wanted = request.args.get("state", "")
    state = LinkState(wanted) if wanted in SHOWN else None
    entries = queries.register(seen, unit=request.args.get("unit") or None, state=state)
    citing.read_for(entry.act for entry in entries)
    if request.args.get("format") == "csv":
        return _table(seen, entries)
    return render_template(
        "curriculum/deviations.html",
        seen=seen,
        entries=entries,
        contents=reading.lines(seen),
        states_shown=SHOWN,
        state=state,
        words=words,
        unit=request.args.get("unit", ""),
        chapters=[(unit, list(some)) for unit, some in groupby(entries, key=lambda entry: entry.unit)],
        few=FEW,
        unfolded="open" in request.args,
    )


def _cited(act: Act) -> str:
    """What an act cites, in one cell."""
    return "; ".join(one.words for one in citing.cited_by(act))


def _table(seen: reading.View, entries: list[queries.Entry]) -> ResponseReturnValue:
    heads = [
        gettext("Unit"), gettext("Paragraph"), gettext("Kind"), gettext("State"), gettext("Moved"),
        gettext("Language"), gettext("The original's"), gettext("Ours"),
        gettext("Why"), gettext("Who"), gettext("When"), gettext("Evidence"), gettext("Findings"),
    ]  # fmt: skip
    rows = []
    for entry in entries:
        act = entry.act
        why = [act.why, act.actor_name, format_day(act.at), act.stems_from, _cited(act)] if act else [""] * 5
        for code in entry.texts or {"": ("", "")}:
            rows.append(
                [
                    entry.unit_title,
                    entry.uid,
                    words.kind(entry.kind),
                    words.state(entry.state),
                    gettext("yes") if entry.moved else "",
                    code,
                    *(entry.words(code) if code else ("", "")),
                    *why,
                ]
            )
    return csv_file(f"{seen.edition.slug}-{seen.edition.region}-{seen.version}.csv", heads, rows)
