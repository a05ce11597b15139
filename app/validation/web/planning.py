"""Planning a workshop and changing what is said of it; its own page, from which all others are reached."""

from __future__ import annotations

import io
from typing import Any

import segno
from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from markupsafe import Markup

from app.core import overtaken
from app.core.errors import Refused
from app.curriculum.models import Edition
from app.curriculum.queries import contents, editions, reading
from app.infra import clock
from app.infra.i18n import sentence
from app.people.login import current_actor
from app.people.permissions import Permission
from app.validation import actions
from app.validation.actions.workshops import Details
from app.validation.models import Workshop
from app.validation.models.workshops import WorkshopKind
from app.validation.queries import answers, remarks
from app.validation.queries import workshops as queries
from app.validation.rules import agenda
from app.validation.rules import workshops as rules
from app.web.errors import back, say
from app.web.pages import requires

from . import AT, at, bp, frame, number, opened, place, typed, workshop_of

FIELDS: dict[type[Refused], str] = {
    rules.NeedsTitle: "title",
    rules.NeedsDate: "starts_on",
    rules.BadDays: "days",
    rules.NoUnits: "units",
    agenda.BadClock: "starts_at",
}


@bp.get("/<slug>/<region>/workshops/new")
@requires(Permission.RUN_VALIDATION)
def new_workshop(slug: str, region: str) -> ResponseReturnValue:
    """Ask what is tried, when, where and with whom."""
    edition = opened(slug, region)
    chosen = {uid for uid in request.args.getlist("units") if len(uid) < 200}
    return _form(edition, {"days": "1", "starts_at": "08:30", "kind": "population", "threshold": "70"}, chosen, {})


@bp.post("/<slug>/<region>/workshops/new")
@requires(Permission.RUN_VALIDATION)
def plan_workshop(slug: str, region: str) -> ResponseReturnValue:
    """Plan a workshop; its agenda and its questionnaire are made at once."""
    edition = opened(slug, region)
    try:
        release = editions.release(edition, typed("version")) if typed("version") else None
        planned = actions.plan_workshop(
            current_actor(), edition, details(), request.form.getlist("units"), release=release
        )
    except Refused as refused:
        return _form(edition, request.form, set(request.form.getlist("units")), _faults(refused)), refused.status
    say(gettext("The workshop is planned. Its agenda and its questionnaire are ready; change what you like."))
    return back(url_for(".workshop", **at(planned)))


@bp.get(f"{AT}/")
@requires(Permission.READ_DRAFT)
def workshop(slug: str, region: str, workshop: int) -> ResponseReturnValue:
    """Show a workshop: what is to do next, and the way to everything."""
    shown = workshop_of(slug, region, workshop, Permission.READ_DRAFT)
    items = queries.agenda(shown)
    runs = queries.may_run(current_actor(), shown.edition)
    address = url_for("phones.join", token=shown.token, _external=True) if runs else ""
    return render_template(
        "validation/workshop.html",
        **frame(shown),
        units=queries.unit_uids(items),
        titles=queries.titles(shown),
        counts=answers.counts(shown),
        people=len(queries.participants(shown)),
        verdicts=remarks.verdicts(shown),
        closing=queries.closing(shown),
        address=address,
        drawing=drawing(address) if runs else "",
    )


def drawing(address: str) -> Markup:
    """An address as a drawing for phones, with a quiet border, as SVG without styles."""
    page = io.BytesIO()
    segno.make(address, error="m").save(
        page, kind="svg", scale=6, border=4, xmldecl=False, svgns=False, light="#fff", svgclass=None, lineclass=None
    )
    return Markup(page.getvalue().decode())  # noqa: S704 - a drawing of squares that our own library makes


@bp.get(f"{AT}/edit")
@requires(Permission.RUN_VALIDATION)
def edit_workshop(slug: str, region: str, workshop: int) -> ResponseReturnValue:
    """Offer what is said of a workshop for changing."""
    shown = workshop_of(slug, region, workshop)
    return _form(shown.edition, _values(shown), set(), {}, shown)


@bp.post(f"{AT}/edit")
@requires(Permission.RUN_VALIDATION)
def change_workshop(slug: str, region: str, workshop: int) -> ResponseReturnValue:
    """Keep what is said of a workshop now."""
    shown = workshop_of(slug, region, workshop)
    try:
        actions.change_workshop(current_actor(), shown, details(), seen=typed("seen"))
    except Refused as refused:
        return _form(shown.edition, request.form, set(), _faults(refused), shown), refused.status
    say(gettext("Saved."))
    return back(url_for(".workshop", **at(shown)))


@bp.post(f"{AT}/answers")
@requires(Permission.RUN_VALIDATION)
def take_answers(slug: str, region: str, workshop: int) -> ResponseReturnValue:
    """Let phones answer, or no more."""
    shown = workshop_of(slug, region, workshop)
    taking = typed("taking") == "yes"
    actions.take_answers(current_actor(), shown, taking)
    say(gettext("Phones can answer now.") if taking else gettext("Phones cannot answer any more."))
    return back(url_for(".workshop", **at(shown)))


def details() -> Details:
    """What the form says of a workshop; raises what is wrong with it."""
    return Details(
        title=typed("title"),
        starts_on=rules.day(typed("starts_on")),
        kind=WorkshopKind(typed("kind")) if typed("kind") in set(WorkshopKind) else WorkshopKind.POPULATION,
        purpose=typed("purpose"),
        place=typed("place"),
        host=typed("host"),
        facilitators=tuple(typed("facilitators").splitlines()),
        days=number("days", 1),
        starts_minute=agenda.read_clock(typed("starts_at") or "08:30"),
        language=typed("language"),
        threshold=number("threshold", 70),
    )


def _values(workshop: Workshop) -> dict[str, str]:
    return {
        "title": workshop.title,
        "starts_on": workshop.starts_on.isoformat(),
        "kind": workshop.kind.value,
        "purpose": workshop.purpose,
        "place": workshop.place,
        "host": workshop.host,
        "facilitators": "\n".join(workshop.facilitators),
        "days": str(workshop.days),
        "starts_at": agenda.clock(workshop.starts_minute),
        "language": workshop.language,
        "threshold": str(workshop.threshold),
    }


def _faults(refused: Refused) -> dict[str, list[str]]:
    name = next((field for kind, field in FIELDS.items() if isinstance(refused, kind)), "title")
    return {name: [sentence(refused)]}


def _form(
    edition: Edition, values: Any, chosen: set[str], errors: dict[str, list[str]], workshop: Workshop | None = None
) -> str:
    state = contents.state(editions.head_of(edition))
    draft = reading.View(edition, None, state, edition.languages[0])
    return render_template(
        "validation/workshop_form.html",
        edition=edition,
        at=place(edition),
        workshop=workshop,
        seen=overtaken.mark_as(workshop, Details) if workshop else "",
        values=values,
        chosen=chosen,
        errors=errors,
        contents=reading.lines(draft),
        releases=editions.releases(edition),
        today=clock.now().date().isoformat(),
    )
