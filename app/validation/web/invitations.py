"""Invitations: a letter per person to print, messages ready to send from one's own phone, and what was sent."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.people.login import current_actor
from app.people.permissions import Permission
from app.validation import actions, words
from app.validation.models import Participant, Workshop
from app.validation.models.workshops import Channel
from app.validation.queries import workshops as queries
from app.validation.rules import agenda
from app.web.errors import back, say
from app.web.pages import requires

from . import AT, at, bp, frame, typed, workshop_of


@bp.get(f"{AT}/invitations")
@requires(Permission.RUN_VALIDATION)
def invitations(slug: str, region: str, workshop: int) -> ResponseReturnValue:
    """List who is invited, with messages ready to send and what went out already; on paper it is every letter."""
    shown = workshop_of(slug, region, workshop)
    people = [one for one in queries.participants(shown) if one.erased_at is None]
    return render_template(
        "validation/workshop_invitations.html",
        **frame(shown),
        **_letter(shown),
        people=[(one, links(shown, one)) for one in people],
        sent=queries.sent(shown),
    )


@bp.get(f"{AT}/invitations/<int:participant>")
@requires(Permission.RUN_VALIDATION)
def invitation(slug: str, region: str, workshop: int, participant: int) -> ResponseReturnValue:
    """Show one person's letter, to print."""
    shown = workshop_of(slug, region, workshop)
    found = queries.participant(shown, participant)
    if found.erased_at is not None:
        abort(404)
    return render_template("validation/workshop_invitation.html", **frame(shown), **_letter(shown), participant=found)


@bp.post(f"{AT}/invitations/<int:participant>")
@requires(Permission.RUN_VALIDATION)
def note_sent(slug: str, region: str, workshop: int, participant: int) -> ResponseReturnValue:
    """Note that an invitation went out."""
    shown = workshop_of(slug, region, workshop)
    if typed("channel") not in set(Channel):
        abort(400)
    actions.note_sent(current_actor(), shown, participant, Channel(typed("channel")))
    say(gettext("Noted as sent."))
    return back(url_for(".invitations", _anchor=f"p-{participant}", **at(shown)))


def _letter(shown: Workshop) -> dict[str, Any]:
    """What every letter of a workshop says."""
    titles = queries.titles(shown)
    units = [titles.get(uid, uid) for uid in queries.unit_uids(queries.agenda(shown))]
    return {"units": units, "begins": agenda.clock(shown.starts_minute)}


def message(shown: Workshop, participant: Participant) -> str:
    """The invitation as a message."""
    return str(
        gettext(
            "Dear %(name)s: we invite you to “%(title)s”, %(dates)s at %(time)s, %(place)s. "
            "We want to know what you think of our training materials before they are published. %(host)s",
            name=participant.name,
            title=shown.title,
            dates=words.dates(shown),
            time=agenda.clock(shown.starts_minute),
            place=shown.place or "–",
            host=shown.host,
        )
    ).strip()


def links(shown: Workshop, participant: Participant) -> list[tuple[Channel, str]]:
    """The ways to send it that this person's data allows, each as an address that opens it ready to send."""
    text = quote(message(shown, participant))
    digits = re.sub(r"\D", "", participant.phone)
    found: list[tuple[Channel, str]] = []
    if digits and participant.phone.startswith("+"):
        found.append((Channel.WHATSAPP, f"https://wa.me/{digits}?text={text}"))
    if digits:
        plus = "+" if participant.phone.startswith("+") else ""
        found.append((Channel.SMS, f"sms:{plus}{digits}?body={text}"))
    if participant.email:
        subject = quote(shown.title)
        found.append((Channel.EMAIL, f"mailto:{quote(participant.email, safe='@')}?subject={subject}&body={text}"))
    return found
