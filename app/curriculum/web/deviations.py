"""The deviation register: to read, to print, and as a table for a spreadsheet."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import NamedTuple

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.core.content import LinkState
from app.curriculum import words
from app.curriculum.models import Act
from app.curriculum.queries import deviations as queries
from app.curriculum.queries import editions, reading
from app.curriculum.queries.citing import Cited
from app.infra.i18n import format_day
from app.people.login import current_actor
from app.web.pages import public
from app.web.sheets import csv_file

from . import bp, citing, text_language

FEW = 10  # are shown at once; more are folded by unit
MOST_CITED = 12  # findings that are named in front; each departure names its own
SHOWN = tuple(state for state in LinkState if state is not LinkState.FOLLOW)


class Ground(NamedTuple):
    """A finding or a need with how many of the departures it stands behind."""

    cited: Cited
    departures: int


@bp.get("/<slug>/<region>/deviations")
@public
def deviations(slug: str, region: str) -> ResponseReturnValue:
    """Show every departure from the parent edition with its reason, in one language, for reading and for print.

    `unit` and `state` choose some, `in` the language of the texts, `whole` shows texts in full; `format=csv` sends a
    table. Whoever may read a release reads the register of it; who wrote what is for those who work on the edition.
    """
    actor = current_actor()
    seen = reading.view(actor, slug, region, version=request.args.get("v"), language=text_language())
    if not queries.may_read(actor, seen):
        raise editions.NoSuchEdition(name=f"{slug}/{region}")
    wanted = request.args.get("state", "")
    state = LinkState(wanted) if wanted in SHOWN else None
    entries = queries.register(seen, unit=request.args.get("unit") or None, state=state)
    citing.read_for(entry.act for entry in entries)
    if request.args.get("format") == "csv":
        return _table(seen, entries, named=editions.may_read_draft(actor, seen.edition))
    kept = {name: request.args[name] for name in ("unit", "state", "v", "open", "whole") if request.args.get(name)}
    numbered = {entry.uid: number for number, entry in enumerate(entries, 1)}
    grounds = _grounds(entries)
    return render_template(
        "curriculum/deviations.html",
        seen=seen,
        entries=entries,
        numbered=numbered,
        contents=reading.lines(seen),
        states_shown=SHOWN,
        state=state,
        words=words,
        unit=request.args.get("unit", ""),
        tallies=queries.tallies(seen, entries),
        modules=[
            (module, [(unit, list(few)) for unit, few in groupby(some, key=lambda entry: entry.unit)])
            for module, some in groupby(entries, key=lambda entry: entry.module)
        ],
        grounds=grounds[:MOST_CITED],
        other_grounds=grounds[MOST_CITED:],
        uncited=sum(not (entry.act and citing.cited_by(entry.act)) for entry in entries),
        unexplained=sum(not (entry.act and entry.act.why) for entry in entries),
        bases=list(editions.releases_by_id(sorted(set(seen.state.local.bases.values()))).values()),
        few=FEW,
        unfolded="open" in request.args,
        whole="whole" in request.args,
        kept={**kept, "slug": slug, "region": region},
        may_draft=editions.may_read_draft(actor, seen.edition),
    )


def _grounds(entries: list[queries.Entry]) -> list[Ground]:
    """What the departures cite, what stands behind most of them first."""
    cited = [(one.code, one.statement) for entry in entries if entry.act for one in citing.cited_by(entry.act)]
    known = {(one.code, one.statement): one for entry in entries if entry.act for one in citing.cited_by(entry.act)}
    return [Ground(known[name], number) for name, number in Counter(cited).most_common()]


def _cited(act: Act) -> str:
    """What an act cites, in one cell."""
    return "; ".join(one.words for one in citing.cited_by(act))


def _table(seen: reading.View, entries: list[queries.Entry], *, named: bool) -> ResponseReturnValue:
    heads = [
        gettext("Unit"), gettext("Paragraph"), gettext("Kind"), gettext("State"), gettext("Moved"),
        gettext("Language"), gettext("The original's"), gettext("Ours"),
        gettext("Why"), gettext("Who"), gettext("When"), gettext("Evidence"), gettext("Findings"),
    ]  # fmt: skip
    rows = []
    for entry in entries:
        act = entry.act
        who = act.actor_name if act and named else ""
        why = [act.why, who, format_day(act.at), act.stems_from, _cited(act)] if act else [""] * 5
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
