"""`/api/v1/sync/attendance`: what phones send and fetch, as JSON; refusals as `application/problem+json`.

Events are not checked against a schema here: one that does not fit must be kept, not turned down with its batch.
"""

from __future__ import annotations

import hashlib
import json
import logging
import math
from collections.abc import Iterable
from typing import Any

from flask import Blueprint, Response, request
from flask_babel import gettext
from flask_wtf.csrf import CSRFError, generate_csrf
from sqlalchemy.exc import IntegrityError
from werkzeug.exceptions import HTTPException

from app.core.errors import N_, Refused
from app.delivery.actions import attendance as actions
from app.delivery.actions.attendance import Batch, Said
from app.delivery.kinds import Source
from app.delivery.queries import notebook, rollcall, scopes
from app.delivery.rules.incoming import LONGEST_TEXT, MOST_EVENTS, NoBatch, moment_of
from app.infra import clock
from app.infra.i18n import sentence
from app.people.login import current_actor
from app.people.permissions import Permission
from app.web.errors import SENTENCES
from app.web.pages import requires

log = logging.getLogger("vivero")
sync = Blueprint("sync", __name__, url_prefix="/api/v1/sync")
DEEPEST = 50  # lists and objects within each other
STALE = N_("This page had been open for too long. Reload it while you have a connection; what you noted is kept.")


@sync.post("/attendance")
@requires(Permission.TEACH)
def receive() -> Response:
    """Take in a batch of attendance events and say of each what became of it."""
    sent = _parsed(request.get_data())
    if not isinstance(sent, dict) or not isinstance(sent.get("events"), list):
        raise NoBatch
    source = sent.get("source")
    batch = Batch(
        uid=_short(sent.get("batch")),
        events=sent["events"],
        device=_short(sent.get("device")),
        device_clock=moment_of(sent.get("device_clock")),
        source=Source(source) if isinstance(source, str) and source in set(Source) else Source.PHONE,
    )
    answer = actions.receive(current_actor(), batch)
    said = [_told(one) for one in answer.said]
    return _json({"events": said, "clock_off_seconds": round(answer.off_by.total_seconds())})


def _told(said: Said) -> dict[str, Any]:
    """Return what became of an event; with the marks that stand beside it, which a correction of it has to supersede.

    They are the `rivals` of a `conflict`; `alike` where all of them say the same.
    """
    told: dict[str, Any] = {"uid": said.uid, "status": said.receipt.value}
    if said.fault:
        told["reason"] = said.fault.value
    if said.rivals:
        told["rivals"] = said.rivals
    if said.alike:
        told["alike"] = said.alike
    return told


@sync.get("/attendance")
@requires(Permission.TEACH)
def begin() -> Response:
    """Tell a phone who is signed in, with what token they may send, what time it is, and which cohorts are theirs."""
    actor = current_actor()
    response = _json(
        {
            "holder": str(actor.account_id or 0),
            "token": generate_csrf(),
            "now": clock.now().isoformat(),
            "most_events": MOST_EVENTS,
            "cohorts": [{"slug": one.slug, "name": one.name} for one in notebook.cohorts(actor)],
        }
    )
    response.headers["Cache-Control"] = "no-store"
    return response


@sync.get("/attendance/<slug>")
@requires(Permission.TEACH)
def fetch(slug: str) -> Response:
    """Give a phone what it needs to take roll with no connection; 304 where it has that already."""
    cohort = scopes.cohort(current_actor(), slug, Permission.TEACH)
    response = _json(rollcall.for_phone(cohort) | notebook.beside(cohort) | {"most_events": MOST_EVENTS})
    response.set_etag(hashlib.sha256(response.data).hexdigest()[:32])
    response.headers["Cache-Control"] = "private, no-cache"
    response.vary.add("Cookie")
    response.make_conditional(request)
    return response


def problem(status: int, text: str) -> Response:
    """A refusal that a program can read (RFC 9457); its title is for people, in their language."""
    response = _json({"type": "about:blank", "status": status, "title": text}, status)
    response.mimetype = "application/problem+json"
    return response


@sync.errorhandler(Refused)
def _refused(refused: Refused) -> Response:
    return problem(refused.status, sentence(refused))


@sync.errorhandler(CSRFError)
def _stale(_error: CSRFError) -> Response:
    return problem(400, gettext(STALE))


@sync.errorhandler(HTTPException)
def _http(error: HTTPException) -> Response:
    code = error.code or 500
    return problem(code, gettext(SENTENCES.get(code, SENTENCES[400])))


@sync.errorhandler(IntegrityError)
def _overtaken(error: IntegrityError) -> Response:
    """Two phones brought the same at the same moment; the second keeps it and sends it again."""
    log.warning("overtaken at %s: %s", request.path, error.orig)
    return problem(409, gettext(SENTENCES[409]))


@sync.errorhandler(Exception)
def _mistake(error: Exception) -> Response:
    log.exception("unexpected error at %s", request.path, exc_info=error)
    return problem(500, gettext(SENTENCES[500]))


def _parsed(data: bytes) -> Any:
    """The JSON that was sent; numbers that no database takes stay as they were written.

    What is nested deeper than anything we could write down again is no batch.
    """
    try:
        found = json.loads(data, parse_constant=str, parse_float=_number)
    except (ValueError, RecursionError):
        raise NoBatch from None
    level: list[Any] = [found]
    for _ in range(DEEPEST):
        level = [part for one in level for part in _parts(one)]
    if level:
        raise NoBatch
    return found


def _parts(one: Any) -> Iterable[Any]:
    return one.values() if isinstance(one, dict) else one if isinstance(one, list) else ()


def _number(text: str) -> float | str:
    found = float(text)
    return found if math.isfinite(found) else text


def _short(text: Any) -> str:
    """A name of a device or batch, shortened to what a column is for."""
    return "".join(letter for letter in text if letter.isprintable())[:LONGEST_TEXT] if isinstance(text, str) else ""


def _json(said: Any, status: int = 200) -> Response:
    return Response(json.dumps(said, ensure_ascii=False) + "\n", status, mimetype="application/json")
