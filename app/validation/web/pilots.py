"""Pilots of an edition: planning one, its learners and sittings, its report, closing and opening it again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from app.core import overtaken
from app.core.errors import Refused
from app.curriculum.models import Edition
from app.curriculum.queries import contents, editions, reading
from app.curriculum.web import panels
from app.infra.i18n import sentence
from app.people.login import current_actor
from app.people.permissions import Permission
from app.validation.actions import pilots as actions
from app.validation.actions.pilots import PilotDetails, Sitting
from app.validation.models import Pilot
from app.validation.queries import gains, workshops
from app.validation.queries import pilots as queries
from app.validation.rules import persons
from app.validation.rules import pilots as rules
from app.validation.rules import workshops as workshop_rules
from app.web.errors import back, say
from app.web.pages import requires

from . import bp, opened, place, typed

AT = "/<slug>/<region>/pilots/<int:pilot>"
FIELDS: dict[type[Refused], str] = {
    workshop_rules.NeedsTitle: "title",
    workshop_rules.NeedsDate: "starts_on",
    rules.BadDates: "ends_on",
    workshop_rules.NoUnits: "units",
}


def pilot_of(slug: str, region: str, pilot: int, permission: Permission = Permission.RUN_VALIDATION) -> Pilot:
    """The pilot of the address, for somebody who has this permission on its edition."""
    return queries.get(opened(slug, region, permission), pilot)


def at(pilot: Pilot) -> dict[str, Any]:
    """The parts of every address of a pilot."""
    return {**place(pilot.edition), "pilot": pilot.id}


def frame(pilot: Pilot) -> dict[str, Any]:
    """What every page of a pilot shows: which it is, and whether this person runs it."""
    return {
        "edition": pilot.edition,
        "pilot": pilot,
        "at": at(pilot),
        "runs": workshops.may_run(current_actor(), pilot.edition),
    }


def below_panel(subject: panels.Subject) -> Mapping[str, Any] | None:
    """What an edition's own page says of pilots further down."""
    if not editions.may_read_draft(current_actor(), subject.edition):
        return None
    found = queries.below(current_actor(), subject.edition)
    return {"below": found} if found else None


@bp.get("/<slug>/<region>/pilots")
@requires(Permission.READ_DRAFT)
def pilots(slug: str, region: str) -> ResponseReturnValue:
    """List the pilots of an edition, and what those further down report."""
    edition = opened(slug, region, Permission.READ_DRAFT)
    return render_template(
        "validation/pilots.html",
        edition=edition,
        at=place(edition),
        runs=workshops.may_run(current_actor(), edition),
        listed=queries.of_edition(edition),
        below=queries.below(current_actor(), edition),
    )


@bp.get("/<slug>/<region>/pilots/new")
@requires(Permission.RUN_VALIDATION)
def new_pilot(slug: str, region: str) -> ResponseReturnValue:
    """Ask who is taught what, when and where."""
    return _form(opened(slug, region), {}, set(), {})


@bp.post("/<slug>/<region>/pilots/new")
@requires(Permission.RUN_VALIDATION)
def plan_pilot(slug: str, region: str) -> ResponseReturnValue:
    """Plan a pilot."""
    edition = opened(slug, region)
    units = request.form.getlist("units")
    try:
        release = editions.release(edition, typed("version")) if typed("version") else None
        planned = actions.plan_pilot(current_actor(), edition, _details(), units, release=release)
    except Refused as refused:
        return _form(edition, request.form, set(units), _faults(refused)), refused.status
    say(gettext("The pilot is planned. Write down who takes part."))
    return back(url_for(".learners", **at(planned)))


@bp.get(f"{AT}/")
@requires(Permission.READ_DRAFT)
def pilot(slug: str, region: str, pilot: int) -> ResponseReturnValue:
    """Show a pilot: what is to do next, and the way to everything."""
    shown = pilot_of(slug, region, pilot, Permission.READ_DRAFT)
    return _overview(shown)


def _overview(shown: Pilot, fault: str = "") -> str:
    return render_template(
        "validation/pilot.html",
        **frame(shown),
        sessions=queries.sessions(shown),
        titles=queries.titles(shown),
        people=len(queries.learners(shown)),
        waiting=len(queries.observations(shown, waiting=True)),
        closing=queries.closing(shown),
        fault=fault,
    )


@bp.get(f"{AT}/edit")
@requires(Permission.RUN_VALIDATION)
def edit_pilot(slug: str, region: str, pilot: int) -> ResponseReturnValue:
    """Offer what is said of a pilot for changing."""
    shown = pilot_of(slug, region, pilot)
    return _form(shown.edition, _values(shown), set(), {}, shown)


@bp.post(f"{AT}/edit")
@requires(Permission.RUN_VALIDATION)
def change_pilot(slug: str, region: str, pilot: int) -> ResponseReturnValue:
    """Keep what is said of a pilot now."""
    shown = pilot_of(slug, region, pilot)
    try:
        actions.change_pilot(current_actor(), shown, _details(), seen=typed("seen"))
    except Refused as refused:
        return _form(shown.edition, request.form, set(), _faults(refused), shown), refused.status
    say(gettext("Saved."))
    return back(url_for(".pilot", **at(shown)))


@bp.post(f"{AT}/<any(close, reopen):wanted>")
@requires(Permission.RUN_VALIDATION)
def close_pilot(slug: str, region: str, pilot: int, wanted: str) -> ResponseReturnValue:
    """Close a pilot with its results, or open it again with the reason."""
    shown = pilot_of(slug, region, pilot)
    try:
        if wanted == "close":
            actions.close_pilot(current_actor(), shown)
            say(gettext("The pilot is closed. Its results stay as they are now."))
        else:
            actions.reopen_pilot(current_actor(), shown, typed("why"))
            say(gettext("The pilot is open again; what was kept counts no more."))
    except Refused as refused:
        return _overview(shown, sentence(refused)), refused.status
    return back(url_for(".pilot_report" if wanted == "close" else ".pilot", **at(shown)))


@bp.get(f"{AT}/report")
@requires(Permission.READ_DRAFT)
def pilot_report(slug: str, region: str, pilot: int) -> ResponseReturnValue:
    """Show what was found, to be read and printed."""
    shown = pilot_of(slug, region, pilot, Permission.READ_DRAFT)
    framed = frame(shown)
    return render_template(
        "validation/pilot_report.html",
        **framed,
        results=gains.shown(shown, running=framed["runs"]),
        closing=queries.closing(shown),
        seen=queries.observations(shown),
    )


@bp.get(f"{AT}/learners")
@requires(Permission.RUN_VALIDATION)
def learners(slug: str, region: str, pilot: int) -> ResponseReturnValue:
    """List who is taught, with the way to add more."""
    return _learners(pilot_of(slug, region, pilot))


@bp.post(f"{AT}/learners")
@requires(Permission.RUN_VALIDATION)
def change_learners(slug: str, region: str, pilot: int) -> ResponseReturnValue:
    """Read a pasted list and answer line by line, keep it when nothing is wrong, or erase somebody."""
    shown = pilot_of(slug, region, pilot)
    known = {persons.same_name(one.name, one.organisation) for one in queries.learners(shown) if one.name}
    rows: list[persons.Row] = []
    try:
        if typed("do") == "erase":
            wanted = typed("learner")
            number = int(wanted) if wanted.isascii() and wanted.isdecimal() and len(wanted) < 6 else 0
            actions.erase_learner(current_actor(), shown, number)
            say(gettext("Erased. The counts stay; nobody can tell any more who it was."))
            return back(url_for(".learners", **at(shown)))
        rows = persons.read_list(typed("text"), shown.starts_on.year, known)
        good = [row.person for row in rows if row.person is not None]
        if typed("do") != "keep" or len(good) < len(rows) or not good:
            return _learners(shown, typed("text"), rows), 200 if good and len(good) == len(rows) else 422
        actions.add_learners(current_actor(), shown, good, all_new=True)
    except Refused as refused:
        return _learners(shown, typed("text"), rows, sentence(refused)), refused.status
    say(ngettext("%(num)s person is on the list now.", "%(num)s people are on the list now.", len(good)))
    return back(url_for(".learners", **at(shown)))


def _learners(shown: Pilot, text: str = "", rows: list[persons.Row] | None = None, fault: str = "") -> str:
    return render_template(
        "validation/pilot_learners.html",
        **frame(shown),
        people=queries.learners(shown),
        text=text,
        rows=rows,
        all_good=bool(rows) and all(row.person is not None for row in rows or ()),
        fault=fault,
    )


@bp.get(f"{AT}/sittings")
@requires(Permission.RUN_VALIDATION)
def sittings(slug: str, region: str, pilot: int) -> ResponseReturnValue:
    """Ask how the sitting of every unit went."""
    return _sittings(pilot_of(slug, region, pilot))


@bp.post(f"{AT}/sittings")
@requires(Permission.RUN_VALIDATION)
def tell_sittings(slug: str, region: str, pilot: int) -> ResponseReturnValue:
    """Keep how the sittings went."""
    shown = pilot_of(slug, region, pilot)
    try:
        told = {
            one.unit_uid: Sitting(
                rules.minutes(typed(f"used-{one.id}")),
                rules.attended(typed(f"attended-{one.id}")),
                typed(f"left-{one.id}"),
                workshop_rules.day(typed(f"day-{one.id}")) if typed(f"day-{one.id}").strip() else None,
            )
            for one in queries.sessions(shown)
        }
        actions.tell_sittings(current_actor(), shown, told, seen=typed("seen"))
    except Refused as refused:
        return _sittings(shown, sentence(refused)), refused.status
    say(gettext("Saved."))
    return back(url_for(".sittings", **at(shown)))


def _sittings(shown: Pilot, fault: str = "") -> str:
    return render_template(
        "validation/pilot_sittings.html",
        **frame(shown),
        seen=overtaken.mark_of(queries.told(shown)),
        sessions=queries.sessions(shown),
        titles=queries.titles(shown),
        typed=request.form if fault else {},
        fault=fault,
    )


def _details() -> PilotDetails:
    starts = workshop_rules.day(typed("starts_on"))
    return PilotDetails(
        title=typed("title"),
        starts_on=starts,
        ends_on=workshop_rules.day(typed("ends_on")) if typed("ends_on").strip() else starts,
        place=typed("place"),
        host=typed("host"),
        facilitators=tuple(typed("facilitators").splitlines()),
        language=typed("language"),
        notes=typed("notes"),
    )


def _values(pilot: Pilot) -> dict[str, str]:
    return {
        "title": pilot.title,
        "starts_on": pilot.starts_on.isoformat(),
        "ends_on": pilot.ends_on.isoformat(),
        "place": pilot.place,
        "host": pilot.host,
        "facilitators": "\n".join(pilot.facilitators),
        "language": pilot.language,
        "notes": pilot.notes,
    }


def _faults(refused: Refused) -> dict[str, list[str]]:
    name = next((field for kind, field in FIELDS.items() if isinstance(refused, kind)), "title")
    return {name: [sentence(refused)]}


def _form(
    edition: Edition, values: Any, chosen: set[str], errors: dict[str, list[str]], pilot: Pilot | None = None
) -> str:
    draft = reading.View(edition, None, contents.state(editions.head_of(edition)), edition.languages[0])
    return render_template(
        "validation/pilot_form.html",
        edition=edition,
        at=place(edition),
        pilot=pilot,
        seen=overtaken.mark_as(pilot, PilotDetails) if pilot else "",
        values=values,
        chosen=chosen,
        errors=errors,
        contents=reading.lines(draft),
        releases=editions.releases(edition),
    )
