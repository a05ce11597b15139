"""What came of an assessment: gain with both numbers, how each question did, by group, and answers to be read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_decimal, gettext

from app.core.errors import N_, Refused
from app.infra.i18n import language, sentence
from app.learning.actions import assessments as actions
from app.learning.kinds import AssessmentKind, ItemKind, Moment
from app.learning.models import Assessment
from app.learning.queries import assessments as queries
from app.learning.queries import desk
from app.learning.queries.assessments import Held
from app.learning.queries.papers import Paper
from app.learning.rules.assessments import FROM_UNITS, MOMENTS
from app.learning.rules.items import ItemFigures
from app.learning.web import answers
from app.learning.web.answers import Shown
from app.learning.web.blueprints import assessments
from app.people.login import current_actor
from app.people.permissions import Permission
from app.web.errors import back, say
from app.web.pages import requires
from app.web.words import word

from .board import asked

LONGEST_COMMENT, LONGEST_SEEN = 500, 2_000
HARD, EASY, TELLS = 0.3, 0.9, 0.1
_TELLING: tuple[tuple[Callable[[ItemFigures], bool], str], ...] = (
    (lambda one: one.difficulty is None, N_("fewer than five answered")),
    (lambda one: (one.discrimination or 0) < 0, N_("look at its key: those who knew more had it wrong")),
    (lambda one: (one.difficulty or 0) < HARD, N_("hard for this group")),
    (lambda one: one.discrimination is not None and one.discrimination < TELLS, N_("tells little apart")),
    (lambda one: (one.difficulty or 0) > EASY, N_("easy for this group")),
)  # the first that holds is said


@dataclass(frozen=True, slots=True)
class Written:
    """Somebody's answer in their own words, and what the form about it holds."""

    held: Held
    shown: Shown
    name: str
    points: str
    comment: str


@assessments.get("/assessments/<int:assessment>/")
@requires(Permission.TEACH)
def show(slug: str, assessment: int) -> ResponseReturnValue:
    """Show what came of an assessment."""
    return _page(slug, assessment)


@assessments.post("/assessments/<int:assessment>/close")
@requires(Permission.TEACH)
def close(slug: str, assessment: int) -> ResponseReturnValue:
    """Take no more answers, or take them again."""
    _, found = asked(slug, assessment)
    again = request.form.get("again") == "1"
    actions.close_assessment(current_actor(), found, again=again)
    say(gettext("It takes answers again.") if again else gettext("It takes no more answers."))
    return back(url_for(".show", slug=slug, assessment=assessment))


@assessments.post("/assessments/<int:assessment>/score")
@requires(Permission.TEACH)
def score(slug: str, assessment: int) -> ResponseReturnValue:
    """Say what an open answer is worth."""
    _, found = asked(slug, assessment)
    given = queries.answer_in(found, request.form.get("answer", "")[:64])
    points, comment = request.form.get("points", ""), request.form.get("comment", "")[:LONGEST_COMMENT]
    worth = int(points) if points.isdecimal() and len(points) < 4 else -1
    seen = [uid for uid in request.form.get("seen", "")[:LONGEST_SEEN].split(",") if uid]
    try:
        actions.give_points(
            current_actor(), given, worth, len(answers.WORTHS) - 1, comment=comment, supersedes=seen
        )  # fmt: skip
    except Refused as refused:
        return _page(slug, assessment, sentence(refused)), refused.status
    say(gettext("Noted."))
    return back(url_for(".show", slug=slug, assessment=assessment, _anchor="to-read"))


def _page(slug: str, assessment: int, fault: str = "") -> str:
    cohort, found = asked(slug, assessment)
    paper, people = Paper(found), desk.takers(cohort)
    moments = [moment for moment in Moment if moment in MOMENTS[found.kind]]
    names = {taker.enrolment.id: taker.name for taker in people}
    shown = {item.id: answers.shown(paper, item, language()) for item in paper.items}
    scored = found.kind in FROM_UNITS or found.kind is AssessmentKind.RUBRIC
    answered = _takers(found)
    last = next((moment for moment in reversed(moments) if answered.get(moment)), moments[-1])
    written = [_written(one, shown, names) for one in queries.open_answers(paper)] if scored else []
    return render_template(
        "learning/assessment.html",
        cohort=cohort,
        assessment=found,
        items=list(shown.values()),
        people=people,
        moments=moments,
        takers=answered,
        shares={moment: queries.shares(found, moment) for moment in moments} if scored else {},
        gained=queries.gain(found) if found.kind is AssessmentKind.PAIR else None,
        groups=_groups(found, people),
        figures=_figures(paper, last) if scored else {},
        scales=queries.scale_figures(paper) if found.kind is AssessmentKind.SURVEY else {},
        said=_open_answers(paper) if found.kind is AssessmentKind.SURVEY else {},
        waiting=[one for one in written if one.held.worth is None],
        read=[one for one in written if one.held.worth is not None],
        worths=answers.WORTHS,
        format_decimal=format_decimal,
        fault=fault,
    )


def _written(held: Held, shown: Mapping[int, Shown], names: Mapping[int, str]) -> Written:
    """An open answer with its form: as it was sent if it was turned down, else as it was filled in last."""
    answer, worth = held.answer, held.worth
    points, comment = (str(answers.level_of(worth)), worth.comment) if worth else ("", "")
    if request.form.get("answer") == answer.uid:
        points, comment = request.form.get("points", ""), request.form.get("comment", "")
    return Written(held, shown[answer.item_id], names.get(answer.enrolment_id, ""), points, comment)


def _takers(found: Assessment) -> Mapping[Moment, int]:
    cohort = queries.cohort_of(found)
    return next((one.takers for one in desk.of_cohort(cohort) if one.assessment.id == found.id), {})


def _groups(found: Assessment, people: list[desk.Taker]) -> list[tuple[str, Any]]:
    if found.kind is not AssessmentKind.PAIR:
        return []
    before, after = (queries.shares(found, moment) for moment in (Moment.PRE, Moment.POST))
    by_sex = desk.gain_by(people, lambda taker: word(taker.sex), before, after)
    return by_sex + desk.gain_by(people, lambda taker: taker.organisation, before, after)


def _figures(paper: Paper, moment: Moment) -> dict[int, tuple[ItemFigures, str]]:
    """The figures of each item, with what they say in words."""
    found = queries.item_figures(paper, moment)
    return {item.id: (found[item.uid], _telling(found[item.uid])) for item in paper.scored if item.uid in found}


def _telling(one: ItemFigures) -> str:
    said = next((words for holds, words in _TELLING if holds(one)), "")
    return str(gettext(said)) if said else ""


def _open_answers(paper: Paper) -> dict[int, list[str]]:
    """What was said in one's own words, in no order of people."""
    found: dict[int, list[str]] = {}
    for (_, item_id), held in queries.holding(paper, Moment.ONCE).items():
        if paper.by_id[item_id].kind is ItemKind.OPEN:
            found.setdefault(item_id, []).append(str(held.answer.value["text"]))
    return {item_id: sorted(said) for item_id, said in found.items()}
