"""The questionnaire: what is asked, on which scale, what counts as good; and its paper form."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.core.errors import Refused
from app.infra.i18n import sentence
from app.people.login import current_actor
from app.people.permissions import Permission
from app.validation import actions
from app.validation.actions.workshops import Asked
from app.validation.models import Workshop
from app.validation.queries import workshops as queries
from app.validation.rules import scales
from app.validation.rules.scales import Criterion, Scale
from app.web.errors import back, say
from app.web.pages import requires

from . import AT, at, bp, frame, number, typed, workshop_of

LANGUAGES = ("es", "en")


@bp.get(f"{AT}/questions")
@requires(Permission.RUN_VALIDATION)
def questions(slug: str, region: str, workshop: int) -> ResponseReturnValue:
    """Offer the questions and the scale for changing; once somebody answered, they are only shown."""
    return _page(workshop_of(slug, region, workshop))


@bp.post(f"{AT}/questions")
@requires(Permission.RUN_VALIDATION)
def change_questions(slug: str, region: str, workshop: int) -> ResponseReturnValue:
    """Keep the questions as they are written now."""
    shown = workshop_of(slug, region, workshop)
    asked = [one for one in _asked() if any(text.strip() for text in one.texts.values())]
    try:
        actions.set_questions(current_actor(), shown, asked)
    except Refused as refused:
        return _page(shown, sentence(refused), _asked()), refused.status
    say(gettext("The questions are saved."))
    return back(url_for(".questions", **at(shown)))


@bp.post(f"{AT}/scale")
@requires(Permission.RUN_VALIDATION)
def change_scale(slug: str, region: str, workshop: int) -> ResponseReturnValue:
    """Keep the scale, the top band and the share to reach."""
    shown = workshop_of(slug, region, workshop)
    scale = Scale(typed("scale")) if typed("scale") in set(Scale) else shown.scale
    top = number("top_from", -1)
    if scale is not shown.scale and top not in scales.STEPS[scale].values:
        top = scales.STEPS[scale].top_from
    try:
        actions.set_scale(current_actor(), shown, scale, top, number("threshold", 0))
    except Refused as refused:
        return _page(shown, sentence(refused)), refused.status
    say(gettext("Saved."))
    return back(url_for(".questions", **at(shown)))


def _asked() -> list[Asked]:
    """The questions as the form gives them."""
    found = []
    for key in request.form.getlist("question")[: scales.MOST_QUESTIONS + 10]:
        criterion = request.form.get(f"criterion-{key}", "")
        if criterion in set(Criterion):
            texts = {language: request.form.get(f"{language}-{key}", "") for language in LANGUAGES}
            found.append(Asked(Criterion(criterion), texts))
    return found


def _page(shown: Workshop, fault: str = "", asked: list[Asked] | None = None) -> str:
    listed = asked or [Asked(one.criterion, dict(one.texts)) for one in queries.questions(shown)]
    return render_template(
        "validation/workshop_questions.html",
        **frame(shown),
        asked=listed,
        criteria=list(Criterion),
        scales=list(Scale),
        languages_asked=LANGUAGES,
        locked=queries.has_answers(shown),
        fault=fault,
    )


@bp.get(f"{AT}/paper")
@requires(Permission.RUN_VALIDATION)
def paper(slug: str, region: str, workshop: int) -> ResponseReturnValue:
    """Show the questionnaire of every unit as sheets to print."""
    shown = workshop_of(slug, region, workshop)
    return render_template(
        "validation/workshop_paper.html",
        **frame(shown),
        units=queries.unit_uids(queries.agenda(shown)),
        titles=queries.titles(shown),
        asked=queries.questions(shown),
    )
