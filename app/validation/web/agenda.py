"""The agenda: to read, to print, and to put in another order."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.core.errors import Refused
from app.infra.i18n import sentence
from app.people.login import current_actor
from app.people.permissions import Permission
from app.validation import actions
from app.validation.actions.workshops import Change
from app.validation.models import Workshop
from app.validation.queries import workshops as queries
from app.validation.rules import agenda as rules
from app.web.errors import back, say
from app.web.pages import requires

from . import AT, as_row, at, bp, frame, typed, workshop_of


@bp.get(f"{AT}/agenda")
@requires(Permission.READ_DRAFT)
def agenda(slug: str, region: str, workshop: int) -> ResponseReturnValue:
    """Show the agenda as a sheet that can be printed and hung up."""
    shown = workshop_of(slug, region, workshop, Permission.READ_DRAFT)
    items = queries.agenda(shown)
    begins = rules.begins(items, shown.starts_minute)
    return render_template(
        "validation/workshop_agenda.html",
        **frame(shown),
        lines=list(zip(items, begins, strict=True)),
        titles=queries.titles(shown),
    )


@bp.get(f"{AT}/agenda/edit")
@requires(Permission.RUN_VALIDATION)
def edit_agenda(slug: str, region: str, workshop: int) -> ResponseReturnValue:
    """Offer the agenda for changing."""
    return _form(workshop_of(slug, region, workshop))


@bp.post(f"{AT}/agenda/edit")
@requires(Permission.RUN_VALIDATION)
def change_agenda(slug: str, region: str, workshop: int) -> ResponseReturnValue:
    """Keep the agenda as it is written now."""
    shown = workshop_of(slug, region, workshop)
    try:
        actions.set_agenda(current_actor(), shown, _changes(), seen=typed("seen"))
    except Refused as refused:
        return _form(shown, sentence(refused)), refused.status
    say(gettext("The agenda is saved."))
    return back(url_for(".agenda", **at(shown)))


@bp.post(f"{AT}/agenda/units")
@requires(Permission.RUN_VALIDATION)
def replan(slug: str, region: str, workshop: int) -> ResponseReturnValue:
    """Make the agenda anew for other units."""
    shown = workshop_of(slug, region, workshop)
    try:
        actions.replan(current_actor(), shown, request.form.getlist("units"))
    except Refused as refused:
        return _form(shown, sentence(refused)), refused.status
    say(gettext("The agenda was made anew."))
    return back(url_for(".agenda", **at(shown)))


def _changes() -> list[Change]:
    """The lines as the form gives them; a line whose minutes are empty goes."""
    form, found = request.form, []
    for key in form.getlist("line")[: rules.MOST_ITEMS + 1]:
        minutes = form.get(f"minutes-{key}", "").strip()
        if key == "new" and not minutes:
            continue
        found.append(
            Change(
                item=int(key) if as_row(key) else None,
                day=form.get(f"day-{key}", 1, type=int),
                place=form.get(f"place-{key}", 0, type=int),
                title=form.get(f"title-{key}", ""),
                minutes=rules.read_minutes(minutes) if minutes else None,
            )
        )
    return found


def _form(shown: Workshop, fault: str = "") -> str:
    items = queries.agenda(shown)
    begins = rules.begins(items, shown.starts_minute)
    titles = queries.titles(shown)
    said: dict[str, Any] = dict(request.form)
    return render_template(
        "validation/workshop_agenda_edit.html",
        **frame(shown),
        lines=list(zip(items, begins, strict=True)),
        seen=rules.mark_of(items),
        titles=titles,
        units=queries.unit_uids(items),
        contents=[(unit.uid, titles.get(unit.uid, unit.uid)) for _, unit in queries.tried(shown).units()],
        locked=queries.has_answers(shown),
        typed=said,
        fault=fault,
    )
