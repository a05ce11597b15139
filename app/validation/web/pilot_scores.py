"""Scores before and after a unit, by grid or from a file; and what was observed while it was taught."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from app.core import overtaken
from app.core.errors import Refused
from app.curriculum.queries import contents, editions, reading
from app.curriculum.web import redlines
from app.infra.i18n import sentence
from app.people.login import current_actor
from app.people.permissions import Permission
from app.validation.actions import observations as observing
from app.validation.actions import pilots as actions
from app.validation.models import Pilot, PilotObservation
from app.validation.models.pilots import Moment, PilotState, Severity
from app.validation.models.workshops import Verdict
from app.validation.queries import pilots as queries
from app.validation.queries.remarks import numbered
from app.validation.rules import pilots as rules
from app.validation.rules import scores as score_rules
from app.validation.rules import workshops as workshop_rules
from app.web.errors import back, say
from app.web.pages import requires

from . import bp, number, typed
from .pilots import AT, at, frame, pilot_of


@bp.get(f"{AT}/scores/<unit>")
@requires(Permission.RUN_VALIDATION)
def scores(slug: str, region: str, pilot: int, unit: str) -> ResponseReturnValue:
    """Show the grid of a unit: a row per person and moment, a column per question."""
    return _grid(pilot_of(slug, region, pilot), unit)


@bp.post(f"{AT}/scores/<unit>")
@requires(Permission.RUN_VALIDATION)
def enter_scores(slug: str, region: str, pilot: int, unit: str) -> ResponseReturnValue:
    """Keep the grid, or read a pasted or sent list line by line and keep it when asked to."""
    shown = pilot_of(slug, region, pilot)
    lines: list[score_rules.Line] | None = None
    text = typed("text")
    try:
        asked = queries.questions(shown, [queries.unit(shown, unit)])[unit]
        people = queries.learners(shown)
        if typed("do") in ("read", "keep"):
            sent = request.files.get("file")
            if sent is not None and sent.filename:
                text = sent.read(score_rules.MOST_LETTERS * 4).decode("utf-8-sig", "replace").replace("\0", "")
            lines = score_rules.read_list(text, asked, {one.number for one in people})
            good = [line for line in lines if not line.faults]
            if typed("do") != "keep" or len(good) < len(lines) or not good:
                return _grid(shown, unit, text, lines), 200 if good and len(good) == len(lines) else 422
            rows = {(line.learner, Moment(line.moment)): line.points for line in good}
        else:
            rows = {
                (one.number, moment): score_rules.read_row(
                    [typed(f"{moment.value}-{one.number}-{at}") for at in range(len(asked))],
                    typed(f"{moment.value}-{one.number}-total"),
                    asked,
                )
                for one in people
                for moment in Moment
            }
        kept = actions.enter_scores(current_actor(), shown, unit, rows, seen=typed("seen"))
    except Refused as refused:
        return _grid(shown, unit, text, lines, sentence(refused)), refused.status
    say(ngettext("%(num)s row of scores is kept.", "%(num)s rows of scores are kept.", kept))
    return back(url_for(".scores", unit=unit, **at(shown)))


def _grid(shown: Pilot, unit: str, text: str = "", lines: list[score_rules.Line] | None = None, fault: str = "") -> str:
    taught = queries.unit(shown, unit)
    asked = queries.questions(shown, [taught])[unit]
    people = queries.learners(shown)
    return render_template(
        "validation/pilot_scores.html",
        **frame(shown),
        unit=unit,
        title=queries.titles(shown).get(unit, unit),
        asked=asked,
        people=people,
        cells=_cells(shown, unit, [one.uid for one in asked]),
        seen=overtaken.mark_of(queries.scored(shown, unit)),
        typed=request.form if fault and lines is None else {},
        moments=list(Moment),
        text=text,
        lines=lines,
        all_good=bool(lines) and not any(line.faults for line in lines or ()),
        fault=fault,
    )


def _cells(shown: Pilot, unit: str, asked: list[str]) -> dict[str, str]:
    """What stands in the fields of the grid, by their names."""
    numbers = {one.id: one.number for one in queries.learners(shown)}
    found = {}
    for (learner, _, moment), points in queries.points(shown, unit).items():
        for question, (got, of) in points.items():
            name = f"{moment}-{numbers[learner]}"
            if not question:
                found[f"{name}-total"] = f"{got}/{of}"
            elif question in asked:
                found[f"{name}-{asked.index(question)}"] = str(got)
    return found


@bp.get(f"{AT}/observations")
@requires(Permission.READ_DRAFT)
def observations(slug: str, region: str, pilot: int) -> ResponseReturnValue:
    """List what was observed with what was decided; who saw it is for those who run the pilot."""
    return _observations(pilot_of(slug, region, pilot, Permission.READ_DRAFT))


@bp.post(f"{AT}/observations")
@requires(Permission.RUN_VALIDATION)
def observe(slug: str, region: str, pilot: int) -> ResponseReturnValue:
    """Keep what somebody saw."""
    shown = pilot_of(slug, region, pilot)
    try:
        unit, _, block = typed("where").partition("|")
        severity = Severity(typed("severity")) if typed("severity") in set(Severity) else Severity.SLIGHT
        observing.observe(
            current_actor(),
            shown,
            unit,
            typed("text"),
            block=block or None,
            observer=typed("observer"),
            severity=severity,
        )
    except Refused as refused:
        return _observations(shown, sentence(refused)), refused.status
    say(gettext("Written down."))
    return back(url_for(".observations", **at(shown)))


def _observations(shown: Pilot, fault: str = "") -> str:
    titles = queries.titles(shown)
    content = queries.taught(shown)
    places: list[tuple[str, str]] = []
    for session in queries.sessions(shown):
        found = reading.unit_of(content, session.unit_uid)
        if found is not None:
            title = titles.get(session.unit_uid, session.unit_uid)
            places.append((session.unit_uid, title))
            for at_number, block in numbered(found[1]):
                said = gettext("%(unit)s, paragraph %(number)s", unit=title, number=at_number)
                places.append((f"{session.unit_uid}|{block.uid}", said))
    return render_template(
        "validation/pilot_observations.html",
        **frame(shown),
        seen=queries.observations(shown),
        titles=titles,
        places=places,
        severities=list(Severity),
        typed=request.form if fault else {},
        fault=fault,
    )


@bp.get(f"{AT}/observations/<int:observation>")
@requires(Permission.RUN_VALIDATION)
def observation(slug: str, region: str, pilot: int, observation: int) -> ResponseReturnValue:
    """Show an observation beside its paragraph, for deciding."""
    shown = pilot_of(slug, region, pilot)
    return _one(shown, queries.observation(shown, observation))


@bp.post(f"{AT}/observations/<int:observation>")
@requires(Permission.RUN_VALIDATION)
def decide_observation(slug: str, region: str, pilot: int, observation: int) -> ResponseReturnValue:
    """Keep what was decided, or which step of the history answers the observation."""
    shown = pilot_of(slug, region, pilot)
    found = queries.observation(shown, observation)
    try:
        if typed("do") == "link":
            observing.link_observation(current_actor(), shown, observation, number("step", -1))
            say(gettext("The observation is tied to that step."))
        else:
            if typed("verdict") not in set(Verdict):
                raise workshop_rules.UnknownVerdict
            verdict, why = Verdict(typed("verdict")), typed("why")
            observing.decide_observation(current_actor(), shown, observation, verdict, why, seen=typed("seen"))
            say(gettext("Decided."))
    except Refused as refused:
        return _one(shown, found, sentence(refused)), refused.status
    return back(url_for(".observation", observation=observation, **at(shown)))


def _one(shown: Pilot, found: PilotObservation, fault: str = "") -> str:
    was = contents.bodies([found.text_digest]).get(found.text_digest, "") if found.text_digest else ""
    revision = next((one.revision for one in queries.observations(shown) if one.observation.id == found.id), None)
    return render_template(
        "validation/pilot_observation.html",
        **frame(shown),
        one=found,
        seen=workshop_rules.mark_of_decision(found.decided_at),
        revision=revision,
        title=queries.titles(shown).get(found.unit_uid, found.unit_uid),
        html=redlines.page(was, shown.language, contents.state(shown.revision).local) if was else "",
        edit=_edit(shown, found),
        may_edit=editions.may_edit(current_actor(), shown.edition),
        decidable=shown.state is not PilotState.CLOSED or found.verdict is Verdict.LATER,
        answers=[Verdict.ACCEPTED, Verdict.PARTLY, Verdict.DECLINED, Verdict.LATER],
        typed=request.form,
        fault=fault,
    )


def _edit(shown: Pilot, found: PilotObservation) -> dict[str, Any] | None:
    """What the editor of the paragraph is opened with; None when the paragraph is not in the draft any more."""
    if found.block_uid is None:
        return None
    block = contents.state(editions.head_of(shown.edition)).content.block(found.block_uid)
    if block is None:
        return None
    mark = rules.mark(shown.id, found.number)
    return {
        "block": block.uid,
        "text": contents.texts_of([block], shown.language)[0] or "",
        "seen": block.texts.get(shown.language, ""),
        "why": found.reason or found.text,
        "evidence": gettext(
            "Pilot “%(title)s”, observation %(number)s (%(mark)s)", title=shown.title, number=found.number, mark=mark
        ),
    }
