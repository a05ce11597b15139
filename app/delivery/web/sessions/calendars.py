"""A calendar of one's own sessions: the page that gives its secret address, and the feed that calendars fetch."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, gettext
from icalendar import Calendar, Event

from app.delivery.actions import calendars as actions
from app.delivery.kinds import SessionState
from app.delivery.models import CalendarAddress
from app.delivery.queries import calendars as queries
from app.delivery.queries.calendars import Meeting
from app.delivery.rules import calendars as rules
from app.infra import clock
from app.people.login import current_actor, current_card
from app.people.permissions import Permission
from app.web.errors import back, say
from app.web.pages import public, requires
from app.web.words import code_word, word

from . import at, words

bp = Blueprint("calendar", __name__, url_prefix="/calendar", template_folder="../../templates")
OFF = frozenset({SessionState.MOVED, SessionState.CANCELLED})


@bp.get("/")
@requires(Permission.OWN_ACCOUNT)
def mine() -> ResponseReturnValue:
    """Show the sessions I teach or attend, and the address that my telephone's calendar can follow."""
    actor = current_actor()
    found = queries.address_of(actor.account_id, current_card())
    owner = queries.person_of(actor)
    today = clock.now().date()
    return render_template(
        "sessions/calendar.html",
        address=_address(found) if found is not None else "",
        made_at=found.made_at if found is not None else None,
        meetings=[one for one in queries.meetings(owner, today) if one.session.state not in OFF] if owner else [],
        is_person=owner is not None,
        words=words,
    )


@bp.post("/")
@requires(Permission.OWN_ACCOUNT)
def renew() -> ResponseReturnValue:
    """Make the secret address, or a new one in place of the old."""
    actions.open_address(current_actor(), current_card())
    say(gettext("This is the address of your calendar. An older one shows nothing any more."))
    return back(url_for(".mine"))


@bp.get("/<token>.ics")
@public
def feed(token: str) -> Response:
    """Give whoever knows a secret address the sessions of its owner, as iCalendar."""
    secret, id_ = current_app.config["SECRET_KEY"], rules.address_of(token)
    found = queries.address(id_) if id_ is not None else None
    if found is None or not rules.is_right(secret, found.id, found.stamp, token):
        raise rules.NoSuchCalendar
    owner = queries.owner(found)
    if owner is None:
        raise rules.NoSuchCalendar
    meetings = queries.meetings(owner.person, clock.now().date() - timedelta(days=rules.PAST_DAYS))
    with force_locale(owner.language or (meetings[0].cohort.language if meetings else current_app.config["LANGUAGE"])):
        calendar = Calendar()
        calendar.add("prodid", "-//Vivero//ES")
        calendar.add("version", "2.0")
        calendar.add("x-wr-calname", gettext("Vivero: my sessions"))
        for one in meetings:
            calendar.add_component(_event(one))
    calendar.add_missing_timezones()
    response = Response(calendar.to_ical(), mimetype="text/calendar")
    response.headers["Cache-Control"] = "private, max-age=900"
    response.headers["X-Robots-Tag"] = "noindex"
    response.set_etag(hashlib.sha256(response.data).hexdigest()[:32])
    response.make_conditional(request)
    return response


def _event(meeting: Meeting) -> Event:
    session, cohort = meeting.session, meeting.cohort
    zone, day = ZoneInfo(rules.zone(cohort.region)), words.on(session)
    minutes = session.held_minutes or session.planned_minutes
    event = Event()
    event.add("uid", f"{session.uid}@vivero")
    event.add("dtstamp", meeting.changed_at.astimezone(UTC))
    event.add("last-modified", meeting.changed_at.astimezone(UTC))
    event.add("sequence", meeting.sequence)
    event.add("summary", f"{session.title} · {cohort.name}")
    if session.starts_at is None:
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
    else:
        begins = datetime.combine(day, session.starts_at, zone)
        event.add("dtstart", begins)
        event.add("dtend", begins + timedelta(minutes=minutes))
    if session.place:
        event.add("location", session.place)
    event.add("status", "CANCELLED" if session.state in OFF else "CONFIRMED")
    said = [gettext("You teach this session.") if meeting.teaches else gettext("You take part in this session.")]
    if session.state in OFF:
        off = word(session.state)
        said = [f"{off}: {code_word('reason', session.reason)}"]
    event.add("description", "\n".join(said))
    if meeting.teaches:
        event.add("url", url_for("cohorts.session", **at(cohort, session), _external=True))
    return event


def _address(found: CalendarAddress) -> str:
    token = rules.token(current_app.config["SECRET_KEY"], found.id, found.stamp)
    return url_for(".feed", token=token, _external=True)
