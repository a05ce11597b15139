"""Choosing the paragraph that a finding, a row of the review or a case is about: its unit first."""

from __future__ import annotations

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.core.errors import Refused
from app.curriculum.models import Edition
from app.curriculum.queries import contents, editions, reading
from app.infra.i18n import language
from app.people.login import current_actor
from app.people.permissions import Permission
from app.study import actions
from app.study.models import Article, CaseRecord, Finding
from app.study.queries import findings as queries
from app.study.queries import rows
from app.study.sheets import Kind
from app.web.errors import back, say
from app.web.pages import requires

from . import bp, faults_of, frame, opened, place


@bp.get("/<slug>/<region>/study/<any(articles, findings, cases):kind>/<int:row>/place")
@requires(Permission.KEEP_STUDY)
def choose_place(slug: str, region: str, kind: str, row: int) -> ResponseReturnValue:
    """Offer the units, then the paragraphs of one, with their first words."""
    return _page(opened(slug, region, Permission.KEEP_STUDY), Kind(kind), row, {})


@bp.post("/<slug>/<region>/study/<any(articles, findings, cases):kind>/<int:row>/place")
@requires(Permission.KEEP_STUDY)
def place_row(slug: str, region: str, kind: str, row: int) -> ResponseReturnValue:
    """Keep the paragraphs that were chosen, or let one go."""
    edition, actor = opened(slug, region, Permission.KEEP_STUDY), current_actor()
    found = rows.get(edition, Kind(kind), row)
    chosen = request.form.getlist("block")
    try:
        if not isinstance(found, Finding):
            actions.place(actor, edition, Kind(kind), row, chosen[0] if chosen else "")
        elif request.form.get("drop"):
            actions.detach(actor, edition, found, request.form["drop"])
        else:
            actions.attach(actor, edition, found, chosen)
    except Refused as refused:
        return _page(edition, Kind(kind), row, faults_of(refused, "block")), refused.status
    say(gettext("Saved."))
    if isinstance(found, Finding):
        return back(url_for(".finding", row=row, _anchor="blocks", **place(edition)))
    return back(url_for(f".{kind}", _anchor=f"r-{row}", **place(edition)))


def _page(edition: Edition, kind: Kind, row: int, faults: dict[str, str]) -> str:
    found = rows.get(edition, kind, row)
    if not isinstance(found, Article | CaseRecord | Finding):
        abort(404)
    seen = reading.view(current_actor(), edition.slug, edition.region, version=reading.DRAFT, language=language())
    unit = rows.unit_of(edition, request.args.get("unit", ""))
    if isinstance(found, Finding):
        chosen, name, many = [block.block_uid for block in queries.blocks_of(found)], found.statement, True
    else:
        name, many = found.topic if isinstance(found, Article) else found.title, False
        chosen = [found.block_uid] if found.block_uid else []
    uids = [block.uid for block in unit.blocks] if unit else []
    return render_template(
        "study/place.html",
        **frame(edition),
        kind=kind.value,
        row=found,
        name=name,
        many=many,
        modules=reading.lines(seen),
        language_of_text=seen.language,
        unit=unit,
        blocks=[(uid, words) for uid, (_, words) in rows.first_words(edition, uids, language()).items()],
        kinds={block.uid: block.kind for block in unit.blocks} if unit else {},
        chosen=chosen,
        faults=faults,
        empty=not contents.state(editions.head_of(edition)).content.modules,
    )
