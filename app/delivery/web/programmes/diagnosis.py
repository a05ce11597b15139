"""Diagnoses of needs, the lines of action that answer them, and the activities that carry these out; read both ways."""

from __future__ import annotations

from typing import Any

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from app.delivery.actions import diagnosis as actions
from app.delivery.actions.diagnosis import DiagnosisDetails
from app.delivery.models import Diagnosis, Limitation, LineOfAction, Programme
from app.delivery.queries import diagnosis as queries
from app.delivery.queries import programmes
from app.delivery.rules.diagnosis import MOST
from app.delivery.web.blueprints import programmes as bp
from app.delivery.web.faults import NotOffered
from app.people.login import current_actor
from app.people.models import Organisation
from app.people.permissions import Permission
from app.web.errors import back, say
from app.web.pages import requires

from .reading import Reading
from .seen import opened, seen

MOST_APART = 20


@bp.get("/<slug>/diagnosis")
@requires(Permission.SEE_FIGURES)
def diagnosis(slug: str) -> ResponseReturnValue:
    """Show what was found, what answers it, and what does not yet."""
    return _page(opened(slug), Reading(MultiDict()))


@bp.post("/<slug>/diagnosis")
@requires(Permission.RUN_PROGRAMME)
def keep_diagnosis(slug: str) -> ResponseReturnValue:
    """Write a diagnosis down; each line of what was found is a limitation."""
    programme = opened(slug, Permission.RUN_PROGRAMME)
    read = Reading(request.form)
    group, found = _group(read, programme), read.lines("found")
    details = _details(read, found)
    read.do(lambda: actions.keep_diagnosis(current_actor(), programme, details, organisation=group))
    return _done(programme, read, gettext("Written down. Say next which lines of action answer it."))


@bp.get("/<slug>/diagnosis/<uid>")
@requires(Permission.RUN_PROGRAMME)
def edit_diagnosis(slug: str, uid: str) -> ResponseReturnValue:
    """Offer a diagnosis for changing."""
    programme, one = _diagnosis(slug, uid)
    typed = {"name": one.name, "on": one.on_date.isoformat(), "place": one.place, "how": one.how,
             "organisation": str(one.organisation_id or "")}  # fmt: skip
    texts = {f"found-{n}": found.text for n, found in enumerate(queries.limitations_of(one))}
    return _form(programme, one, Reading(MultiDict(typed | texts)))


@bp.post("/<slug>/diagnosis/<uid>")
@requires(Permission.RUN_PROGRAMME)
def change_diagnosis(slug: str, uid: str) -> ResponseReturnValue:
    """Change a diagnosis, reword what it found, add to it."""
    programme, one = _diagnosis(slug, uid)
    read = Reading(request.form)
    group = _group(read, programme)
    texts = [read.text(f"found-{n}") for n in range(MOST + 1) if f"found-{n}" in request.form]
    details = _details(read, (*texts, *read.lines("found")))
    read.do(lambda: actions.change_diagnosis(current_actor(), one, details, organisation=group))
    if read.faults:
        return _form(programme, one, read), read.status
    say(gettext("Saved."))
    return back(url_for(".diagnosis", slug=slug))


@bp.post("/<slug>/diagnosis/lines")
@requires(Permission.RUN_PROGRAMME)
def add_line(slug: str) -> ResponseReturnValue:
    """Open a line of action."""
    programme = opened(slug, Permission.RUN_PROGRAMME)
    read = Reading(request.form)
    answers = _answers(read, programme)
    read.do(
        lambda: actions.add_line(
            current_actor(), programme, read.text("name"), purpose=read.text("purpose"), answers=answers
        )
    )
    return _done(programme, read, gettext("The line of action is there. Plan its activities next."))


@bp.get("/<slug>/diagnosis/lines/<int:line>")
@requires(Permission.RUN_PROGRAMME)
def edit_line(slug: str, line: int) -> ResponseReturnValue:
    """Offer a line of action for changing."""
    programme, one = _line(slug, line)
    trace = queries.trace(programme)
    answers = [("answers", str(id_)) for id_, of in trace.limitation_lines if of == one.id]
    return _line_form(programme, one, Reading(MultiDict([("name", one.name), ("purpose", one.purpose), *answers])))


@bp.post("/<slug>/diagnosis/lines/<int:line>")
@requires(Permission.RUN_PROGRAMME)
def change_line(slug: str, line: int) -> ResponseReturnValue:
    """Change a line of action and what it answers."""
    programme, one = _line(slug, line)
    read = Reading(request.form)
    answers = _answers(read, programme)
    read.do(
        lambda: actions.change_line(
            current_actor(), one, read.text("name"), purpose=read.text("purpose"), answers=answers
        )
    )
    if read.faults:
        return _line_form(programme, one, read), read.status
    say(gettext("Saved."))
    return back(url_for(".diagnosis", slug=slug, _anchor=f"line-{one.id}"))


def _details(read: Reading, found: tuple[str, ...]) -> DiagnosisDetails:
    return DiagnosisDetails(read.text("name"), read.day("on"), found, read.text("place"), read.text("how"))


def _group(read: Reading, programme: Programme) -> Organisation | None:
    """The organisation of the programme that a form names; None where it names none."""
    chosen = read.number_or_none("organisation")
    there = _organisations(programme)
    if chosen is not None and chosen not in there:
        read.blame("organisation", NotOffered())
    return None if chosen is None else there.get(chosen)


def _organisations(programme: Programme) -> dict[int, Organisation]:
    return {part.organisation.id: part.organisation for part in programmes.parts(programme)}


def _answers(read: Reading, programme: Programme) -> list[Limitation]:
    there = {one.id: one for one in queries.limitations(programme)}
    chosen = read.rows("answers")
    if not there.keys() >= set(chosen):
        read.blame("answers", NotOffered())
    return [there[id_] for id_ in chosen if id_ in there]


def _diagnosis(slug: str, uid: str) -> tuple[Programme, Diagnosis]:
    programme = opened(slug, Permission.RUN_PROGRAMME)
    return programme, queries.get(programme, uid) or abort(404)


def _line(slug: str, number: int) -> tuple[Programme, LineOfAction]:
    programme = opened(slug, Permission.RUN_PROGRAMME)
    return programme, queries.line(programme, number) or abort(404)


def _done(programme: Programme, read: Reading, text: str) -> ResponseReturnValue:
    if read.faults:
        return _page(programme, read), read.status
    say(text)
    return back(url_for(".diagnosis", slug=programme.slug))


def _page(programme: Programme, read: Reading) -> str:
    trace = queries.trace(programme)
    limitations, apart = queries.limitations(programme), queries.without_line(programme)
    of_diagnosis: dict[int, list[Limitation]] = {}
    for one in limitations:
        of_diagnosis.setdefault(one.diagnosis_id, []).append(one)
    return render_template(
        "delivery/programmes/diagnosis.html",
        seen=seen(programme.slug),
        programme=programme,
        diagnoses=queries.diagnoses(programme),
        of_diagnosis=of_diagnosis,
        texts={one.id: one for one in limitations},
        lines=queries.lines_of(programme),
        trace=trace,
        unanswered=trace.unanswered([one.id for one in limitations]),
        activities=queries.activities_in(trace),
        groups=queries.groups(programme),
        apart=apart[:MOST_APART],
        number_apart=len(apart),
        **_for_forms(programme, read),
    )


def _form(programme: Programme, one: Diagnosis, read: Reading) -> str:
    there = len(queries.limitations_of(one))
    return render_template(
        "delivery/programmes/diagnosis_form.html",
        programme=programme,
        diagnosis=one,
        there=there,
        **_for_forms(programme, read),
    )


def _line_form(programme: Programme, one: LineOfAction, read: Reading) -> str:
    return render_template(
        "delivery/programmes/line_form.html",
        programme=programme,
        line=one,
        limitations=queries.limitations(programme),
        **_for_forms(programme, read),
    )


def _for_forms(programme: Programme, read: Reading) -> dict[str, Any]:
    return {
        "organisations": list(_organisations(programme).values()),
        "typed": read.given,
        "faults": read.faults,
    }
