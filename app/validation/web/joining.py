"""The pages that phones open with a workshop's token: choose one's number, answer unit by unit. Nobody signs in.

Who somebody is on their phone stands in the session, as a secret that the database knows the fingerprint of. What the
pages show of others are numbers and first words of names.
"""

from __future__ import annotations

import secrets
from typing import Any

from flask import abort, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.core.errors import Refused
from app.infra.i18n import language, sentence
from app.people.login import current_actor
from app.validation import actions, words
from app.validation.models import Participant, Workshop
from app.validation.models.workshops import WorkshopState
from app.validation.queries import answers as answer_queries
from app.validation.queries import workshops as queries
from app.validation.rules import workshops as rules
from app.web.errors import back, say
from app.web.pages import public

from . import number, phones, typed

KEPT = 3  # workshops that one phone remembers
JOINED = "workshops"


@phones.get("/<token>")
@public
def join(token: str) -> ResponseReturnValue:
    """Ask who answers on this phone; once that is known, show which units are still to answer."""
    workshop = _workshop(token)
    return _door(workshop)


@phones.post("/<token>")
@public
def enter(token: str) -> ResponseReturnValue:
    """Take a number from the list, or the code that lets one answer without a name; or leave."""
    workshop = _workshop(token)
    actor, secret = current_actor(), secrets.token_urlsafe(24)
    try:
        if typed("do") == "leave":
            _remember(workshop, None)
        elif typed("number"):
            actions.claim_number(actor, workshop, number("number", -1), secret)
            _remember(workshop, {"secret": secret, "number": number("number", -1)})
        elif actions.join_nameless(actor, workshop, typed("code"), request.remote_addr or ""):
            _remember(workshop, {"secret": secret, "number": None})
        else:
            raise rules.WrongCode
    except Refused as refused:
        return _door(workshop, sentence(refused)), refused.status
    return back(url_for(".join", token=token))


@phones.get("/<token>/<unit>")
@public
def answer(token: str, unit: str) -> ResponseReturnValue:
    """Ask about one unit; what was answered before is there to be corrected."""
    workshop = _workshop(token)
    me = _me(workshop)
    if me is None or workshop.state is not WorkshopState.OPEN:
        return back(url_for(".join", token=token))
    sheet = _sheet(workshop, unit, me)
    given = {one.question_id: one for one in sheet.answers} if sheet else {}
    values = {q: "na" if one.value is None else str(one.value) for q, one in given.items()}
    return _questions(workshop, unit, values, {q: one.comment for q, one in given.items()})


@phones.post("/<token>/<unit>")
@public
def keep_answers(token: str, unit: str) -> ResponseReturnValue:
    """Keep the answers on a unit, and what the person would change in it."""
    workshop = _workshop(token)
    me = _me(workshop)
    if me is None:
        return back(url_for(".join", token=token))
    asked = [question.id for question in queries.questions(workshop)]
    given = {q: request.form[f"q{q}"] for q in asked if request.form.get(f"q{q}")}
    comments = {q: request.form.get(f"c{q}", "") for q in given}
    values = {q: None if text == "na" else _value(text) for q, text in given.items()}
    try:
        if typed("do") == "remark":
            actions.remark_by_phone(
                current_actor(), workshop, unit, typed("remark"), paragraph=_paragraph(), **me
            )  # fmt: skip
            say(gettext("Thank you. Those who run the workshop will read it and decide."))
            return back(url_for(".answer", token=token, unit=unit))
        actions.answer_by_phone(current_actor(), workshop, unit, values, comments, **me)
    except rules.NotOpen as refused:
        return _door(workshop, sentence(refused)), refused.status
    except Refused as refused:
        return _questions(workshop, unit, given, comments, sentence(refused)), refused.status
    say(gettext("Your answers are kept. Thank you!"))
    return back(url_for(".join", token=token))


def _workshop(token: str) -> Workshop:
    """The workshop of a token; not found for anything else."""
    found = queries.by_token(token) if len(token) < 60 else None
    if found is None:
        abort(404)
    return found


def _remember(workshop: Workshop, me: dict[str, Any] | None) -> None:
    """Keep on this phone who answers here, or forget it."""
    known = {key: value for key, value in session.get(JOINED, {}).items() if key != workshop.token}
    kept = dict(list(known.items())[-KEPT + 1 :])
    session[JOINED] = kept | ({workshop.token: me} if me else {})


def _me(workshop: Workshop) -> dict[str, Any] | None:
    """Who answers on this phone: the secret, and the number on the list if there is one."""
    found = session.get(JOINED, {}).get(workshop.token)
    return found if isinstance(found, dict) else None


def _mine(workshop: Workshop, me: dict[str, Any]) -> Participant | None:
    """The person on the list whose number this phone still holds."""
    if me["number"] is None:
        return None
    found = queries.participant(workshop, me["number"])
    return found if found.key == rules.fingerprint(me["secret"]) else None


def _sheet(workshop: Workshop, unit: str, me: dict[str, Any]) -> Any:
    mine = _mine(workshop, me)
    if me["number"] is None:
        return answer_queries.sheet(workshop, unit, respondent=rules.fingerprint(me["secret"]))
    return answer_queries.sheet(workshop, unit, participant_id=mine.id) if mine else None


def _value(text: str) -> int:
    """A value as sent; one that no scale has for what is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 3 else -1


def _paragraph() -> int | None:
    text = typed("paragraph").strip()
    return (int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else -1) if text else None


def _door(workshop: Workshop, fault: str = "") -> str:
    me = _me(workshop)
    mine = _mine(workshop, me) if me else None
    if me and me["number"] is not None and mine is None:
        me = None  # the number was freed for another phone
    known = {"participant_id": mine.id} if mine else {"respondent": rules.fingerprint(me["secret"])} if me else None
    free = [] if me else [one for one in queries.participants(workshop) if one.key is None and one.erased_at is None]
    return render_template(
        "validation/workshop_join.html",
        workshop=workshop,
        me=me,
        mine=mine,
        free=[(one.number, words.first_name(one)) for one in free],
        units=queries.unit_uids(queries.agenda(workshop)),
        titles=queries.titles(workshop),
        answered=answer_queries.answered(workshop, **known) if known else set(),
        fault=fault,
        open=workshop.state is WorkshopState.OPEN,
    )


def _questions(
    workshop: Workshop, unit: str, values: dict[int, str], comments: dict[int, str], fault: str = ""
) -> str:  # fmt: skip
    queries.tried_unit(workshop, unit)
    return render_template(
        "validation/workshop_answer.html",
        workshop=workshop,
        unit=unit,
        title=queries.titles(workshop).get(unit, unit),
        asked=queries.questions(workshop),
        values=values,
        comments=comments,
        fault=fault,
        spoken=language(),
        scale=words.values(workshop.scale),
        remark=typed("remark"),
        paragraph=typed("paragraph"),
    )
