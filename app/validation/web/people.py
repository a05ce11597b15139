"""Who takes part: the list, pasting it, one person, attendance and the sheet to sign."""

from __future__ import annotations

import json
from typing import Any

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from app.core import overtaken
from app.core.errors import Refused
from app.infra.i18n import sentence
from app.people.login import current_actor
from app.people.permissions import Permission
from app.validation import actions
from app.validation.models import Participant, Workshop
from app.validation.models.workshops import Presence
from app.validation.queries import portrait
from app.validation.queries import workshops as queries
from app.validation.rules import persons
from app.validation.rules import workshops as rules
from app.web.errors import back, say
from app.web.pages import requires

from . import AT, at, bp, frame, number, typed, workshop_of

FIELDS: dict[type[Refused], str] = {
    rules.NeedsName: "name",
    persons.BadSex: "sex",
    persons.BadAge: "age",
    persons.BadRole: "role",
    persons.BadYesNo: "reads",
    persons.BadPhone: "phone",
    persons.BadEmail: "email",
}


@bp.get(f"{AT}/people")
@requires(Permission.RUN_VALIDATION)
def people(slug: str, region: str, workshop: int) -> ResponseReturnValue:
    """List who takes part, with the ways to add more."""
    return _list(workshop_of(slug, region, workshop))


@bp.post(f"{AT}/people")
@requires(Permission.RUN_VALIDATION)
def paste_people(slug: str, region: str, workshop: int) -> ResponseReturnValue:
    """Read a pasted list and answer line by line; keep it when asked to and nothing is wrong with it."""
    shown = workshop_of(slug, region, workshop)
    known = {persons.same_name(one.name, one.organisation) for one in queries.participants(shown)}
    try:
        rows = persons.read_list(typed("text"), shown.starts_on.year, known)
        good = [row.person for row in rows if row.person is not None]
        if typed("do") != "keep" or len(good) < len(rows) or not good:
            return _list(shown, typed("text"), rows), 200 if good and len(good) == len(rows) else 422
        actions.import_participants(current_actor(), shown, good, all_new=True)
    except Refused as refused:
        return _list(shown, typed("text"), fault=sentence(refused)), refused.status
    say(ngettext("%(num)s person is on the list now.", "%(num)s people are on the list now.", len(good)))
    return back(url_for(".people", **at(shown)))


@bp.get(f"{AT}/people/new")
@requires(Permission.RUN_VALIDATION)
def new_person(slug: str, region: str, workshop: int) -> ResponseReturnValue:
    """Ask who somebody is."""
    return _form(workshop_of(slug, region, workshop), {"role": "member"}, {})


@bp.post(f"{AT}/people/new")
@requires(Permission.RUN_VALIDATION)
def add_person(slug: str, region: str, workshop: int) -> ResponseReturnValue:
    """Put somebody on the list."""
    shown = workshop_of(slug, region, workshop)
    person, faults = persons.read_person(dict(request.form), shown.starts_on.year)
    if person is None:
        return _form(shown, request.form, _faults(faults)), 422
    try:
        added = actions.add_participant(current_actor(), shown, person)
    except Refused as refused:
        return _form(shown, request.form, _faults((refused,))), refused.status
    say(gettext("On the list as number %(number)s.", number=added.number))
    return back(url_for(".people", **at(shown)))


@bp.get(f"{AT}/people/<int:participant>")
@requires(Permission.RUN_VALIDATION)
def person(slug: str, region: str, workshop: int, participant: int) -> ResponseReturnValue:
    """Show what is known of one person, by their number, to change it, hand it over or erase it."""
    shown = workshop_of(slug, region, workshop)
    found = queries.participant(shown, participant)
    return _form(shown, _values(found), {}, found)


@bp.post(f"{AT}/people/<int:participant>")
@requires(Permission.RUN_VALIDATION)
def change_person(slug: str, region: str, workshop: int, participant: int) -> ResponseReturnValue:
    """Keep what somebody says of themselves now."""
    shown = workshop_of(slug, region, workshop)
    found = queries.participant(shown, participant)
    person, faults = persons.read_person(dict(request.form), shown.starts_on.year)
    if person is None:
        return _form(shown, request.form, _faults(faults), found), 422
    try:
        actions.change_participant(current_actor(), shown, participant, person, seen=typed("seen"))
    except Refused as refused:
        return _form(shown, request.form, _faults((refused,)), found), refused.status
    say(gettext("Saved."))
    return back(url_for(".people", **at(shown)))


@bp.post(f"{AT}/people/<int:participant>/<any(erase, free):wanted>")
@requires(Permission.RUN_VALIDATION)
def do_with_person(slug: str, region: str, workshop: int, participant: int, wanted: str) -> ResponseReturnValue:
    """Erase what is known of somebody, or free their number for another phone."""
    shown = workshop_of(slug, region, workshop)
    if wanted == "erase":
        actions.erase_participant(current_actor(), shown, participant)
        say(gettext("Erased. The counts stay; nobody can tell any more who it was."))
    else:
        actions.free_number(current_actor(), shown, participant)
        say(gettext("The number is free: another phone can take it now."))
    return back(url_for(".people", **at(shown)))


@bp.get(f"{AT}/people/<int:participant>/file")
@requires(Permission.RUN_VALIDATION)
def person_file(slug: str, region: str, workshop: int, participant: int) -> ResponseReturnValue:
    """Send everything that is kept of one person, for handing it to them."""
    shown = workshop_of(slug, region, workshop)
    data = portrait.of(shown, queries.participant(shown, participant))
    response = Response(json.dumps(data, ensure_ascii=False, indent=2), mimetype="application/json")
    response.headers.set("Content-Disposition", "attachment", filename=f"participant-{participant}.json")
    return response


@bp.get(f"{AT}/attendance")
@requires(Permission.RUN_VALIDATION)
def attendance(slug: str, region: str, workshop: int) -> ResponseReturnValue:
    """Show who was there on a day, for marking it."""
    shown = workshop_of(slug, region, workshop)
    day = max(1, min(shown.days, request.args.get("day", 1, type=int)))
    return render_template(
        "validation/workshop_attendance.html",
        **frame(shown),
        day=day,
        people=[one for one in queries.participants(shown) if one.erased_at is None],
        marks=queries.attendance(shown),
        presences=list(Presence),
    )


@bp.post(f"{AT}/attendance")
@requires(Permission.RUN_VALIDATION)
def mark_attendance(slug: str, region: str, workshop: int) -> ResponseReturnValue:
    """Keep who was there on a day: what this form changed, so that two may mark at two doors."""
    shown = workshop_of(slug, region, workshop)
    marks: dict[int, Presence | None] = {}
    for one in queries.participants(shown):
        said = request.form.get(f"p-{one.number}")
        if said is not None and said != request.form.get(f"was-{one.number}"):
            marks[one.number] = Presence(said) if said in set(Presence) else None
    actions.set_attendance(current_actor(), shown, number("day", 1), marks)
    say(gettext("Attendance is saved."))
    return back(url_for(".attendance", day=number("day", 1), **at(shown)))


@bp.get(f"{AT}/sign-in-sheet")
@requires(Permission.RUN_VALIDATION)
def sign_in_sheet(slug: str, region: str, workshop: int) -> ResponseReturnValue:
    """Show the sheet that people sign, with room for those who come unannounced."""
    shown = workshop_of(slug, region, workshop)
    return render_template(
        "validation/workshop_sign_in.html",
        **frame(shown),
        next_number=queries.next_number(shown),
        people=[one for one in queries.participants(shown) if one.erased_at is None],
    )


def _list(shown: Workshop, text: str = "", rows: list[persons.Row] | None = None, fault: str = "") -> str:
    everybody = queries.participants(shown)
    words = request.args.get("q", "").strip().lower()[:100]
    return render_template(
        "validation/workshop_people.html",
        **frame(shown),
        everybody=len(everybody),
        people=[
            one for one in everybody
            if not words or words in f"{one.number} {one.name} {one.organisation} {one.locality}".lower()
        ],
        words_sought=words,
        text=text,
        rows=rows,
        all_good=bool(rows) and all(row.person is not None for row in rows or []),
        fault=fault,
    )  # fmt: skip


def _values(found: Participant) -> dict[str, Any]:
    age = found.age if found.age is not None else found.birth_year
    return {
        "name": found.name,
        "sex": found.sex,
        "age": "" if age is None else str(age),
        "role": found.role.value,
        "organisation": found.organisation,
        "locality": found.locality,
        "reads": {True: "yes", False: "no", None: ""}[found.reads],
        "phone": found.phone,
        "email": found.email,
        "consent": "yes" if found.consent else "",
    }


def _faults(faults: tuple[Refused, ...]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for refused in faults:
        name = next((field for kind, field in FIELDS.items() if isinstance(refused, kind)), "name")
        found.setdefault(name, []).append(sentence(refused))
    return found


def _form(shown: Workshop, values: Any, errors: dict[str, list[str]], found: Participant | None = None) -> str:
    return render_template(
        "validation/workshop_person.html",
        **frame(shown),
        values=values,
        errors=errors,
        participant=found,
        seen=overtaken.mark_as(found, persons.Person) if found else "",
    )
