"""Making an assessment: from the questions of the units taught, or of one's own for a survey or a rubric."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from app.core.errors import Refused
from app.delivery.models import Cohort
from app.infra.i18n import language, sentence
from app.learning.actions import assessments as actions
from app.learning.kinds import AssessmentKind, ItemKind
from app.learning.queries import desk
from app.learning.rules.assessments import FROM_UNITS, BadItems, OwnItem
from app.learning.web.blueprints import assessments
from app.people.login import current_actor
from app.people.permissions import Permission
from app.web.errors import back, say
from app.web.pages import requires

from .board import taught


@assessments.get("/assessments/new")
@requires(Permission.TEACH)
def new(slug: str) -> ResponseReturnValue:
    """Ask what is to be asked."""
    return _page(taught(slug), MultiDict({"levels": "\n".join(_levels())}))


@assessments.post("/assessments/new")
@requires(Permission.TEACH)
def create(slug: str) -> ResponseReturnValue:
    """Make it."""
    cohort, form = taught(slug), request.form
    try:
        kind = _kind(form.get("kind", ""))
        made = actions.create_assessment(
            current_actor(),
            cohort,
            kind,
            form.get("title", ""),
            units=form.getlist("unit") if kind in FROM_UNITS else (),
            own=() if kind in FROM_UNITS else _own(cohort, kind, form),
        )
    except Refused as refused:
        return _page(cohort, form, sentence(refused)), refused.status
    say(gettext("It is ready. People can answer it themselves, on paper, or while you read it to them."))
    return back(url_for(".show", slug=slug, assessment=made.id))


def _kind(text: str) -> AssessmentKind:
    if text not in set(AssessmentKind):
        raise BadItems(most=200, letters=1000)
    return AssessmentKind(text)


def _own(cohort: Cohort, kind: AssessmentKind, form: MultiDict[str, str]) -> list[OwnItem]:
    """One item a line; the levels are the same for all."""

    def lines(name: str) -> list[dict[str, str]]:
        return [{cohort.language: line.strip()} for line in form.get(name, "").splitlines() if line.strip()]

    levels = lines("levels")
    scaled = ItemKind.SCALE if kind is AssessmentKind.SURVEY else ItemKind.CRITERION
    found = [OwnItem(scaled, words, levels) for words in lines("scaled")]
    return found + [OwnItem(ItemKind.OPEN, words) for words in lines("open") if kind is AssessmentKind.SURVEY]


def _levels() -> tuple[str, ...]:
    return (
        gettext("Not at all"),
        gettext("A little"),
        gettext("Somewhat"),
        gettext("Much"),
        gettext("Very much"),
    )


def _page(cohort: Cohort, typed: MultiDict[str, str], fault: str = "") -> str:
    return render_template(
        "learning/new_assessment.html",
        cohort=cohort,
        units=desk.questions(cohort, language()),
        kinds=AssessmentKind,
        typed=typed,
        fault=fault,
    )
