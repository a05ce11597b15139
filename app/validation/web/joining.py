"""The pages that phones open with a workshop's token: choose one's number, answer unit by unit. Nobody signs in.

Which phone this is stands in the session, as a secret that the database knows the fingerprint of; who answers on it
just now stands beside it. The secret stays when somebody leaves, for several may answer on one phone and one phone is
not to be a whole village. What the pages show of others are numbers and first words of names.
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
from app.validation.models import Participant, Sheet, Workshop
from app.validation.models.workshops import WorkshopState
from app.validation.queries import answers as answer_queries
from app.validation.queries import workshops as queries
from app.validation.rules import phones
from app.validation.rules import workshops as rules
from app.web.errors import back, say
from app.web.pages import public

from . import number, typed
from . import phones as handsets

KEPT = 3  # workshops that one phone remembers
JOINED = "workshops"


@handsets.get("/<token>")
@public
def join(token: str) -> ResponseReturnValue:
    """Ask who answers on this phone; once that is known, show which units are still to answer."""
    workshop = _workshop(token)
    if not _secret(workshop):
        _remember(workshop, {"secret": secrets.token_urlsafe(24)})  # before it is sent: who taps twice stays one phone
    return _door(workshop)


@handsets.post("/<token>")
@public
def enter(token: str) -> ResponseReturnValue:
    """Take a number from the list, or the code that lets one answer without a name; or leave the phone to somebody."""
    workshop = _workshop(token)
    actor, address, secret = current_actor(), request.remote_addr or "", _secret(workshop)
    secret = secret or secrets.token_urlsafe(24)
    try:
        if typed("do") == "leave":
            if (me := _me(workshop)) and me["number"] is not None and workshop.state is WorkshopState.OPEN:
                actions.leave_number(actor, workshop, me["number"], secret)
            _remember(workshop, {"secret": secret})
        elif typed("number"):
            actions.claim_number(actor, workshop, number("number", -1), secret, address)
            _remember(workshop, {"secret": secret, "number": number("number", -1)})
        else:
            seat = actions.join_nameless(actor, workshop, typed("code"), secret, address)
            if seat is None:
                raise rules.WrongCode
            _remember(workshop, {"secret": secret, "number": None, "seat": seat})
    except Refused as refused:
        return _door(workshop, sentence(refused)), refused.status
    return back(url_for(".join", token=token))


@handsets.get("/<token>/<unit>")
@public
def answer(token: str, unit: str) -> ResponseReturnValue:
    """Ask about one unit; what was answered before is there to be corrected."""
    workshop = _workshop(token)
    me = _me(workshop)
    if me is None or workshop.state is not WorkshopState.OPEN:
        return back(url_for(".join", token=token))
    sheet = _sheet(workshop, unit, me)
    if sheet is not None and sheet.key != phones.fingerprint(me["secret"]):
        refused = phones.AnsweredElsewhere()
        return _door(workshop, sentence(refused)), refused.status
    given = {one.question_id: one for one in sheet.answers} if sheet else {}
    values = {q: "na" if one.value is None else str(one.value) for q, one in given.items()}
    return _questions(workshop, unit, values, {q: one.comment for q, one in given.items()})


@handsets.post("/<token>/<unit>")
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
    except (rules.NotOpen, phones.AnsweredElsewhere, phones.ShutOut) as refused:
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


def _remember(workshop: Workshop, me: dict[str, Any]) -> None:
    """Keep on this phone its secret, and who answers here."""
    known = {key: value for key, value in session.get(JOINED, {}).items() if key != workshop.token}
    session[JOINED] = dict(list(known.items())[-KEPT + 1 :]) | {workshop.token: me}


def _secret(workshop: Workshop) -> str:
    """What this phone is known by in this workshop; empty for one that has not joined."""
    return str(session.get(JOINED, {}).get(workshop.token, {}).get("secret", ""))


def _me(workshop: Workshop) -> dict[str, Any] | None:
    """Who answers on this phone just now: its secret, and a number on the list or a seat without a name."""
    found = session.get(JOINED, {}).get(workshop.token)
    return found if isinstance(found, dict) and "number" in found else None


def _mine(workshop: Workshop, me: dict[str, Any]) -> Participant | None:
    """The person on the list whose number this phone still holds."""
    if me["number"] is None:
        return None
    found = queries.participant(workshop, me["number"])
    return found if found.key == phones.fingerprint(me["secret"]) else None


def _nameless(me: dict[str, Any]) -> str:
    """How somebody without a name on this phone is known."""
    return phones.respondent(me["secret"], me.get("seat", 0))


def _sheet(workshop: Workshop, unit: str, me: dict[str, Any]) -> Sheet | None:
    mine = _mine(workshop, me)
    if me["number"] is None:
        return answer_queries.sheet(workshop, unit, respondent=_nameless(me))
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
    known = {"participant_id": mine.id} if mine else {"respondent": _nameless(me)} if me else None
    key = phones.fingerprint(_secret(workshop))
    people = [] if me else [one for one in queries.participants(workshop) if one.erased_at is None]
    return render_template(
        "validation/workshop_join.html",
        workshop=workshop,
        me=me,
        mine=mine,
        free=[(one.number, words.first_name(one)) for one in people if one.key is None],
        here=[(one.number, words.first_name(one)) for one in people if one.key == key],
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
