"""Messages to people of a cohort: e-mail that leaves by itself, texts to send from one's own phone, and the log."""

from __future__ import annotations

from collections.abc import Mapping

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, format_date, gettext, ngettext

from app.core.errors import Refused
from app.delivery.actions import messages as actions
from app.delivery.kinds import MessageState, MessageWay
from app.delivery.models import Cohort, Message
from app.delivery.queries import follow_up, scopes
from app.delivery.queries import messages as queries
from app.delivery.queries.messages import Reader
from app.delivery.rules import messages as rules
from app.delivery.web.blueprints import cohorts
from app.infra import clock, mail
from app.infra.i18n import language, sentence
from app.people.login import current_actor
from app.people.permissions import Permission
from app.web.errors import back, say
from app.web.pages import requires
from app.web.words import word

from . import typed


@cohorts.get("/<slug>/messages")
@requires(Permission.TEACH)
def messages(slug: str) -> ResponseReturnValue:
    """Show whom a message may go to, what is ready to be sent, and what was sent by whom."""
    return _page(_cohort(slug))


@cohorts.post("/<slug>/messages")
@requires(Permission.TEACH)
def prepare_messages(slug: str) -> ResponseReturnValue:
    """Prepare a message for each person that was ticked; e-mail leaves at once."""
    cohort = _cohort(slug)
    wanted = {int(one) for one in request.form.getlist("to") if one.isascii() and one.isdigit() and len(one) < 10}
    try:
        kind = typed.one_of("kind", queries.KINDS)
        way = typed.choice("way", MessageWay)
        made = actions.prepare(current_actor(), cohort, kind, way, wanted, _parts(cohort), language())
    except typed.Fault as fault:
        return _page(cohort, {fault.field: sentence(fault.refused)}), fault.refused.status
    except Refused as refused:
        return _page(cohort, {"to": sentence(refused)}), refused.status
    if way is MessageWay.EMAIL:
        say(ngettext("%(num)s e-mail is on its way.", "%(num)s e-mails are on their way.", len(made)))
    else:
        say(
            ngettext(
                "%(num)s message is ready: tap it, send it, and say that you did.",
                "%(num)s messages are ready: tap each, send it, and say that you did.",
                len(made),
            )
        )
    return back(url_for(".messages", slug=slug))


@cohorts.post("/<slug>/messages/<uid>/sent")
@requires(Permission.TEACH)
def message_sent(slug: str, uid: str) -> ResponseReturnValue:
    """Note that a prepared message was sent from somebody's phone."""
    cohort = _cohort(slug)
    actions.say_sent(current_actor(), queries.message(cohort, uid))
    say(gettext("Noted as sent."))
    return back(url_for(".messages", slug=slug))


@cohorts.post("/<slug>/messages/<uid>/drop")
@requires(Permission.TEACH)
def drop_message(slug: str, uid: str) -> ResponseReturnValue:
    """Say that a prepared message will not be sent."""
    cohort = _cohort(slug)
    actions.drop(current_actor(), queries.message(cohort, uid))
    say(gettext("It will not be sent."))
    return back(url_for(".messages", slug=slug))


@cohorts.post("/<slug>/messages/stop/<int:enrolment>")
@requires(Permission.TEACH)
def stop_messages(slug: str, enrolment: int) -> ResponseReturnValue:
    """Keep that somebody wants no more messages."""
    cohort = _cohort(slug)
    actions.stop(current_actor(), follow_up.enrolment(cohort, enrolment), clock.now().date())
    say(gettext("Noted: no more calls and messages. Ask them in person if they change their mind."))
    return back(url_for(".messages", slug=slug))


def _cohort(slug: str) -> Cohort:
    return scopes.cohort(current_actor(), slug, Permission.TEACH)


def link(held: Message, region: str) -> str:
    """Where tapping a prepared message leads; empty where the number's country is not known."""
    if held.way is MessageWay.WHATSAPP:
        return rules.whatsapp(held.address, region, held.text) or ""
    return rules.sms(held.address, region, held.text)


def problem(held: Message) -> str:
    """Why a message was not sent, in words."""
    known = {
        "consent": gettext("they want no more messages"),
        "dropped": gettext("whoever prepared it did not send it"),
    }
    return str(known.get(held.problem, held.problem))


def _parts(cohort: Cohort) -> actions.Parts:
    planned = queries.next_session(cohort, clock.now().date())

    def parts(_one: Reader, code: str) -> Mapping[str, str]:
        address = url_for("home.show", _external=True)
        if planned is None:
            return {"address": address}
        with force_locale(code):
            day = str(format_date(planned.planned_on, "full"))
            if planned.starts_at:
                day += f", {planned.starts_at.isoformat('minutes')}"
        place = planned.place or cohort.place
        return {"day": day, "place": f", {place}" if place else "", "address": address}

    return parts


def _page(cohort: Cohort, faults: dict[str, str] | None = None) -> str:
    today = clock.now().date()
    asked = request.form if request.method == "POST" else request.args
    kind = asked.get("kind", queries.REMINDER)
    kind = kind if kind in queries.KINDS else queries.REMINDER
    way = asked.get("way", MessageWay.WHATSAPP.value)
    chosen = MessageWay(way) if way in set(MessageWay) else MessageWay.WHATSAPP
    people = queries.readers(cohort, kind, today)
    can = [one for one in people if one.agreed and chosen in one.addresses]
    meant = [one for one in can if one.is_meant]
    ticked = set(request.form.getlist("to")) if request.method == "POST" else {str(one.enrolment_id) for one in meant}
    page = min(max(request.args.get("page", 1, type=int), 1), 10_000)
    logged, pages = queries.log(cohort, page)
    return render_template(
        "keeping/messages.html",
        cohort=cohort,
        kind=kind,
        kinds=queries.KINDS,
        way=chosen,
        ways=[(one.value, word(one)) for one in MessageWay if one is not MessageWay.EMAIL or mail.is_set_up()],
        can=can,
        cannot=[one for one in people if one.is_meant and one not in can],
        ticked=ticked,
        example=_example(cohort, kind, (meant or can)[:1]),
        planned=queries.next_session(cohort, today),
        ready=queries.ready(cohort),
        link=lambda held: link(held, cohort.region),
        problem=problem,
        logged=logged,
        page=page,
        pages=pages,
        states=MessageState,
        has_mail=mail.is_set_up(),
        faults=faults or {},
    )


def _example(cohort: Cohort, kind: str, people: list[Reader]) -> str:
    """The text as it will reach the first of them."""
    if not people:
        return ""
    planned = queries.next_session(cohort, clock.now().date())
    if planned is None and kind == queries.REMINDER:
        return ""
    text = "missed_without_date" if planned is None and kind == queries.MISSED else kind
    code = rules.language_for(people[0].language, language())
    told = {"name": people[0].called, "sender": current_actor().name, "cohort": cohort.name}
    return rules.filled(text, code, **{**told, **_parts(cohort)(people[0], code)})
