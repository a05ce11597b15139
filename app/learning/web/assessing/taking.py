"""Answers that somebody else writes down: a grid from paper; the whole sheet read aloud to one, or agreed by many."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from werkzeug.datastructures import MultiDict

from app.core.errors import Refused
from app.delivery.models import Enrolment
from app.infra import clock
from app.infra.i18n import language, sentence
from app.learning.actions import assessments as actions
from app.learning.actions.assessments import Outcome, Response
from app.learning.kinds import AnswerMode, Moment
from app.learning.models import Assessment, AssessmentItem
from app.learning.queries import desk
from app.learning.queries.assessments import Held, Standing, holding
from app.learning.queries.desk import Taker
from app.learning.queries.papers import Paper
from app.learning.rules import codes, scoring
from app.learning.rules.assessments import MOMENTS, Closed, NotInCohort
from app.learning.web import answers
from app.learning.web.blueprints import assessments
from app.people.login import current_actor
from app.people.permissions import Permission
from app.web.errors import back, say
from app.web.pages import requires

from .board import asked

Cell = tuple[Enrolment, AssessmentItem, dict[str, Any], Held | None]


@assessments.get("/assessments/<int:assessment>/answers")
@requires(Permission.TEACH)
def enter(slug: str, assessment: int) -> ResponseReturnValue:
    """Show the grid of people and questions, with what stands already."""
    return _grid(slug, assessment, None)


@assessments.post("/assessments/<int:assessment>/answers")
@requires(Permission.TEACH)
def keep(slug: str, assessment: int) -> ResponseReturnValue:
    """Keep what was written into the grid; an empty cell changes nothing, a fault keeps the others."""
    _, found = asked(slug, assessment)
    cohort, moment = asked(slug, assessment)[0], _moment(found, request.form)
    paper, standing = Paper(found), holding(Paper(found), moment)
    cells: list[Cell] = []
    faults: list[str] = []
    for taker in desk.takers(cohort):
        for at, item in enumerate(paper.items, 1):
            code = request.form.get(f"c-{taker.enrolment.id}-{item.id}", "").strip()
            held = standing.get((taker.enrolment.id, item.id))
            if not code or (held is not None and code == codes.write(held.answer.value)):
                continue
            try:
                value = scoring.check_value(item.kind, codes.read(item.kind, code), paper.offered(item, language()))
            except Refused as refused:
                faults.append(
                    gettext("%(name)s, question %(at)s: %(fault)s", name=taker.name, at=at, fault=sentence(refused))
                )
                continue
            if held is None or held.answer.value != value:
                cells.append((taker.enrolment, item, value, held))
    if not _keep(found, moment, cells, AnswerMode.PAPER, request.form) and not faults:
        say(gettext("Nothing new was written into the grid."), "note")
    if faults:
        return _grid(slug, assessment, request.form, faults), 422
    return back(url_for(".show", slug=slug, assessment=assessment))


@assessments.get("/assessments/<int:assessment>/ask")
@requires(Permission.TEACH)
def ask(slug: str, assessment: int) -> ResponseReturnValue:
    """Show every question in full, to be read aloud to somebody or agreed on by a group."""
    return _sheet(slug, assessment, request.args)


@assessments.post("/assessments/<int:assessment>/ask")
@requires(Permission.TEACH)
def keep_asked(slug: str, assessment: int) -> ResponseReturnValue:
    """Keep the answers of one person, or those a group agreed on for each of its people."""
    cohort, found = asked(slug, assessment)
    moment, form, paper = _moment(found, request.form), request.form, Paper(found)
    chosen = set(form.getlist("person"))
    people = [taker.enrolment for taker in desk.takers(cohort) if taker.enrolment.uid in chosen]
    try:
        if not people:
            raise NotInCohort
        standing = holding(paper, moment, [one.id for one in people])
        cells = list(_cells(paper, people, standing, form))
    except Refused as refused:
        return _sheet(slug, assessment, form, sentence(refused)), refused.status
    if not _keep(found, moment, cells, AnswerMode.GROUP if len(people) > 1 else AnswerMode.READ_ALOUD, form):
        say(gettext("Nothing was answered yet."), "note")
        return back(url_for(".ask", slug=slug, assessment=assessment, moment=moment.value))
    return back(url_for(".show", slug=slug, assessment=assessment))


def _cells(paper: Paper, people: Iterable[Enrolment], standing: Standing, form: MultiDict[str, str]) -> Iterable[Cell]:
    """What each of these people said, of the questions that were answered."""
    given = []
    for item in paper.items:
        try:
            value = answers.given(answers.shown(paper, item, language()), form, f"i{item.id}-")
            given.append((item, scoring.check_value(item.kind, value, paper.offered(item, language()))))
        except scoring.EmptyAnswer:
            continue
    for enrolment in people:
        for item, value in given:
            held = standing.get((enrolment.id, item.id))
            if held is None or held.answer.value != value:
                yield enrolment, item, value, held


def _keep(found: Assessment, moment: Moment, cells: list[Cell], mode: AnswerMode, form: MultiDict[str, str]) -> int:
    if found.closed_at is not None:
        raise Closed
    now, spoken = clock.now(), language()
    given = [
        Response(
            uid=str(uuid.uuid4()),
            item=item.uid,
            enrolment=enrolment.uid,
            moment=moment,
            value=value,
            occurred_at=now,
            recorded_at=now,
            mode=mode,
            assisted_by=form.get("assisted_by", "")[:120] if mode is not AnswerMode.PAPER else "",
            language=spoken,
            supersedes=held.stand if held else (),
        )
        for enrolment, item, value, held in cells
    ]
    if not given:
        return 0
    kept = actions.keep_answers(current_actor(), found, given)
    number = sum(one.outcome is Outcome.KEPT for one in kept)
    if number:
        say(ngettext("%(num)s answer kept.", "%(num)s answers kept.", number))
    for fault in {sentence(one.fault) for one in kept if one.fault is not None}:
        say(fault, "fault")
    return len(kept)


def _moment(found: Assessment, form: MultiDict[str, str]) -> Moment:
    """The moment asked for; of those this assessment has, the first where it says none."""
    offered = [moment for moment in Moment if moment in MOMENTS[found.kind]]
    return next((moment for moment in offered if moment.value == form.get("moment")), offered[0])


def _grid(slug: str, assessment: int, typed: MultiDict[str, str] | None, faults: Iterable[str] = ()) -> str:
    cohort, found = asked(slug, assessment)
    moment, paper = _moment(found, typed if typed is not None else request.args), Paper(found)
    standing = holding(paper, moment)
    written = {place: codes.write(held.answer.value) for place, held in standing.items()}
    if typed is not None:
        for taker in desk.takers(cohort):
            for item in paper.items:
                name = f"c-{taker.enrolment.id}-{item.id}"
                written[taker.enrolment.id, item.id] = typed.get(name) or written.get((taker.enrolment.id, item.id), "")
    return render_template(
        "learning/grid.html",
        cohort=cohort,
        assessment=found,
        moment=moment,
        moments=_moments(found),
        items=[answers.shown(paper, item, language()) for item in paper.items],
        people=desk.takers(cohort),
        written=written,
        faults=list(faults),
        example=codes.example,
    )


def _moments(found: Assessment) -> list[Moment]:
    return [moment for moment in Moment if moment in MOMENTS[found.kind]]


def _sheet(slug: str, assessment: int, typed: MultiDict[str, str], fault: str = "") -> str:
    cohort, found = asked(slug, assessment)
    paper, moment = Paper(found), _moment(found, typed)
    people: list[Taker] = desk.takers(cohort)
    standing = holding(paper, moment)
    answered = {id_ for id_, _ in standing}
    return render_template(
        "learning/ask.html",
        cohort=cohort,
        assessment=found,
        moment=moment,
        moments=_moments(found),
        items=[answers.shown(paper, item, language()) for item in paper.items],
        people=people,
        answered=answered,
        typed=typed,
        fault=fault,
    )
