"""What was kept aside, of every cohort that somebody may put right: why, what was sent, what to do with it, and what
became of what no longer waits.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.core.errors import N_, Refused
from app.delivery.actions import repairs as actions
from app.delivery.kinds import Fault, Mark, Repair, SessionState
from app.delivery.models import Quarantined
from app.delivery.queries import desk, rollcall
from app.delivery.queries.desk import Settled
from app.delivery.rules import attendance as rules
from app.delivery.rules import incoming
from app.delivery.web.blueprints import cohorts
from app.infra.i18n import format_moment, sentence
from app.people.login import current_actor
from app.people.permissions import Permission
from app.web.errors import back, say
from app.web.pages import requires
from app.web.words import code_word, word

from . import fields
from .desk import PER_PAGE, page_number
from .fields import typed

KINDS = {
    "mark": N_("A mark of attendance"),
    "walk_in": N_("Somebody who came without being on the list"),
    "session": N_("How a session was"),
    rules.ANSWER: N_("An answer to a question of an assessment"),
}
LABELS = {
    "mark": N_("Mark"),
    "minutes": N_("Minutes"),
    "reason": N_("Why"),
    "on": N_("Day"),
    "state": N_("State"),
    "name": N_("Name"),
    "organisation": N_("Organisation"),
    "title": N_("Title"),
    "place": N_("Place"),
    "note": N_("Note"),
    "occurred_at": N_("When it was"),
    "recorded_at": N_("When it was written down"),
    "value": N_("Answer"),
}
WORDED: Mapping[str, Any] = {"mark": Mark, "state": SessionState}
MOMENTS = frozenset({"occurred_at", "recorded_at"})
ODD_ANSWER = N_("An answer does not fit its assessment")
LONGEST = 200
MOST_SETTLED = 50


class NeedsNote(Refused):
    text = N_("Please say in a few words why it is set aside.")
    status = 422


def reason_word(item: Quarantined) -> str:
    """Why something was kept aside, in the reader's words."""
    return word(Fault(item.reason)) if item.reason in set(Fault) else str(gettext(ODD_ANSWER))


def kind_word(said: Mapping[str, Any]) -> str:
    """What was sent, in the reader's words."""
    kind = said.get("kind")
    if isinstance(kind, str) and kind in KINDS:
        return str(gettext(KINDS[kind]))
    return str(gettext("Something that cannot be read"))


def lines(said: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The fields of what was sent that mean something to people, each with its word."""
    found = []
    for name, label in LABELS.items():
        value = said.get(name)
        if value in (None, "", [], {}):
            continue
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        if name in WORDED and text in set(WORDED[name]):
            text = word(WORDED[name](text))
        elif name == "reason":
            text = code_word("reason", text)
        elif name in MOMENTS and (moment := incoming.moment_of(value)) is not None:
            text = format_moment(moment)
        found.append((gettext(label), text[:LONGEST]))
    return found


def raw(item: Quarantined) -> str:
    """Everything that was sent, as it came."""
    return desk.sendable(json.dumps(item.payload, ensure_ascii=False, indent=1)[:4_000])


def became_word(settled: Settled) -> str:
    """What became of something that was kept aside, in the reader's words."""
    if settled.how == Repair.AGAIN and not settled.by:
        return str(gettext("Taken in by itself, once it fitted"))
    if settled.how == Repair.AGAIN:
        return str(gettext("Taken in as it was sent"))
    return word(Repair(settled.how)) if settled.how in set(Repair) else ""


# For the desk's templates too.
WORDS = {"reason": reason_word, "kind": kind_word, "lines": lines, "raw": raw, "became": became_word}


@cohorts.get("/quarantine")
@requires(Permission.TEACH)
def quarantine() -> ResponseReturnValue:
    """List what was kept aside and why, oldest first; below it what no longer waits, newest first."""
    actor, page = current_actor(), page_number()
    count = desk.count_aside(actor)
    settled = desk.settled(actor, limit=MOST_SETTLED + 1)
    return render_template(
        "sessions/quarantine.html",
        items=desk.aside(actor, limit=PER_PAGE, offset=(page - 1) * PER_PAGE),
        settled=settled[:MOST_SETTLED],
        more_settled=len(settled) > MOST_SETTLED,
        count=count,
        page=page,
        pages=-(-count // PER_PAGE),
    )


@cohorts.get("/quarantine/<int:item>")
@requires(Permission.TEACH)
def quarantined(item: int) -> ResponseReturnValue:
    """Show one thing that was kept aside, with what can be done about it."""
    return _page(rollcall.item(current_actor(), item), {})


@cohorts.post("/quarantine/<int:item>")
@requires(Permission.TEACH)
def repair(item: int) -> ResponseReturnValue:
    """Try it again, take it in changed, or set it aside."""
    actor = current_actor()
    found = rollcall.item(actor, item)
    try:
        how = Repair(typed("do")) if typed("do") in set(Repair) else Repair.AGAIN
        if how is Repair.SET_ASIDE and not typed("why"):
            raise NeedsNote
        changes = _changes(found) if how is Repair.CHANGED else {}
        actions.resolve(actor, found, how, changes, note=typed("why"))
    except rules.StillOdd as still:
        fault = str(still.parts.get("fault", ""))
        said = word(Fault(fault)) if fault in set(Fault) else fault
        return _page(found, request.form, gettext(rules.StillOdd.text, fault=said)), still.status
    except Refused as refused:
        return _page(found, request.form, sentence(refused)), refused.status
    say(gettext("Set aside. It is kept, with your reason.") if how is Repair.SET_ASIDE else gettext("Taken in."))
    return back(url_for(".quarantine"))


def _changes(item: Quarantined) -> dict[str, Any]:
    """The fields that the form gives, in the words of a phone; what is empty says nothing."""
    said = item.payload if isinstance(item.payload, dict) else {}
    changes: dict[str, Any] = {"uid": incoming.uid_of(said)}
    if incoming.uid_of(said) == "":
        changes.pop("uid")
    for name in ("session", "mark", "reason"):
        if name in request.form:
            changes[name] = typed(name)
    if "enrolment" in request.form and typed("enrolment"):
        changes |= {"enrolment": typed("enrolment"), "walk_in": None}
    if "minutes" in request.form:
        changes["minutes"] = fields.whole(typed("minutes")) if typed("minutes") else None
    if typed("on"):
        day = fields.day(typed("on")).isoformat()
        changes |= {"on": day} if said.get("kind") == "session" else {"occurred_at": f"{day}T12:00:00+00:00"}
    if typed("drop"):
        changes["supersedes"] = []
    return changes


def _page(item: Quarantined, values: Mapping[str, Any], fault: str = "") -> str:
    (aside,) = desk.readable([item])
    cohort = aside.cohort
    return render_template(
        "sessions/repair.html",
        aside=aside,
        item=item,
        became=next(iter(desk.became_of([item])), None),
        values=values,
        fault=fault,
        sessions=desk.sessions_taught(current_actor(), cohort),
        people=desk.people(cohort) if cohort is not None else [],
        marks=list(Mark),
        mendable=aside.said.get("kind") in list(incoming.FORMS),  # it may be anything, also what has no hash
    )
