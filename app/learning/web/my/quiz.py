"""Answering by oneself: one question at a time, whatever was answered is kept; then how it went, with a kind word."""

from __future__ import annotations

import uuid
from fractions import Fraction

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from app.core.errors import Refused
from app.infra import clock
from app.infra.i18n import language, sentence
from app.learning.actions import assessments as actions
from app.learning.actions.assessments import Response
from app.learning.models import AssessmentItem
from app.learning.queries import answering
from app.learning.queries.answering import Sitting
from app.learning.queries.assessments import Held
from app.learning.rules import assessments as rules
from app.learning.rules.scoring import points as score
from app.learning.web import answers
from app.learning.web.answers import Shown
from app.learning.web.blueprints import my
from app.people.login import current_actor
from app.people.permissions import Permission
from app.web.errors import back, say
from app.web.pages import requires


@my.get("/assessments/<int:assessment>/")
@requires(Permission.LEARN)
def quiz(assessment: int) -> ResponseReturnValue:
    """Ask the next question; after the last one, tell how it went."""
    sitting = answering.sitting(current_actor(), assessment, language())
    if not sitting.asks or sitting.finished:
        return _end(sitting)
    return _ask(sitting, _wanted(sitting))


@my.post("/assessments/<int:assessment>/")
@requires(Permission.LEARN)
def reply(assessment: int) -> ResponseReturnValue:
    """Keep an answer and go on to the next question."""
    actor = current_actor()
    sitting = answering.sitting(actor, assessment, language())
    item = sitting.paper.by_uid.get(request.form.get("item", ""))
    if not sitting.asks or item is None:
        raise rules.NotAskedThen if item else rules.NoSuchItem
    held = sitting.held.get(item.id)
    if sitting.finished:
        return back(url_for(".quiz", assessment=assessment))
    try:
        value = answers.given(answers.shown(sitting.paper, item, sitting.language), request.form)
        if held is None or held.answer.value != value:
            now = clock.now()
            one = Response(
                uid=str(uuid.uuid4()),
                item=item.uid,
                enrolment=sitting.enrolment.uid,
                moment=sitting.moment,
                value=value,
                occurred_at=now,
                recorded_at=now,
                language=sitting.language,
                supersedes=held.stand if held else (),
            )
            actions.answer(actor, sitting.assessment, one)
    except Refused as refused:
        if refused.status != rules.NotAskedThen.status:
            raise
        return _ask(sitting, item, fault=sentence(refused), typed=request.form), refused.status
    return back(url_for(".quiz", assessment=assessment, after=item.position))


def _wanted(sitting: Sitting) -> AssessmentItem:
    """The question asked for by its place; else the next open one behind the last answered."""
    items = list(sitting.paper.items)
    at, after = (request.args.get(name, "") for name in ("at", "after"))
    if at.isdecimal() and len(at) < 4 and 0 < int(at) <= len(items):
        return items[int(at) - 1]
    behind = int(after) if after.isdecimal() and len(after) < 4 else -1
    return next((item for item in sitting.open if item.position > behind), sitting.open[0])


def _ask(sitting: Sitting, item: AssessmentItem, *, fault: str = "", typed: MultiDict[str, str] | None = None) -> str:
    held = sitting.held.get(item.id)
    return render_template(
        "learning/question.html",
        sitting=sitting,
        one=answers.shown(sitting.paper, item, sitting.language),
        at=item.position + 1,
        all=len(sitting.paper.items),
        done=len(sitting.held),
        fault=fault,
        typed=typed if typed is not None else _typed(held.answer.value if held else {}),
    )


def _typed(value: dict[str, object]) -> MultiDict[str, str]:
    """An answer as its form would hold it."""
    found: list[tuple[str, str]] = []
    for name, held in value.items():
        if name in ("text", "level"):
            found.append((name, str(held)))
        elif isinstance(held, list) and name == "ticked":
            found += [("ticked", str(place)) for place in held]
        elif isinstance(held, list) and name == "pairs":
            found += [(f"pair-{row}", str(place)) for row, place in enumerate(held)]
        elif isinstance(held, list):
            found += [(f"place-{place}", str(row + 1)) for row, place in enumerate(held)]
    return MultiDict(found)


def _end(sitting: Sitting) -> ResponseReturnValue:
    if not sitting.held:
        say(gettext("This is not asked now. Who trains you will tell you when."), "note")
        return back(url_for(".show"))
    told: list[tuple[Shown, str, Held, str]] = []
    for item in sitting.paper.items if sitting.tells else []:
        held, one = sitting.held.get(item.id), answers.shown(sitting.paper, item, sitting.language)
        if held is None:
            continue
        why = ""
        if one.has_key:
            found = score(sitting.paper.question(item, held.answer.language), held.answer.value)
            why = gettext(found.why) % found.parts if found.parts else gettext(found.why)
        elif held.worth is not None:
            why = gettext(answers.WORTHS[answers.level_of(held.worth)])
        told.append((one, answers.said(one, held.answer.value), held, why))
    scored = [held.points for one, _, held, _ in told if one.has_key and held.points is not None]
    return render_template(
        "learning/answered.html",
        sitting=sitting,
        told=told,
        right=float(sum(scored, Fraction(0))),
        out_of=sum(one.has_key for one, *_ in told),
    )
