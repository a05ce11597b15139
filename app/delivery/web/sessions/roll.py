"""Taking roll on a page: one line a person, works without a script, keeps what was chosen when something is refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from app.core.errors import N_, Refused
from app.delivery.actions import attendance as actions
from app.delivery.actions.attendance import Came, Marked
from app.delivery.kinds import Mark, SessionState, Source
from app.delivery.models import Cohort, CohortSession
from app.delivery.queries import rollcall
from app.delivery.queries.rollcall import Called
from app.delivery.rules import attendance as rules
from app.delivery.rules import cohorts as cohort_rules
from app.delivery.web.blueprints import cohorts
from app.infra import clock
from app.infra.i18n import sentence
from app.people.kinds import Sex
from app.people.login import current_actor
from app.people.permissions import Permission
from app.web.errors import back, say
from app.web.pages import requires
from app.web.words import code_choices

from . import AT, at, fields, frame, session_of
from .fields import typed

BLANK_LINES = 3  # for those who came without being on the list
AWAY = frozenset({Mark.ABSENT, Mark.EXCUSED})
MOST_LINES = cohort_rules.MOST_LEARNERS


class UnknownReason(Refused):
    text = N_("“%(word)s” is not on the list of reasons. Choose one of those the field offers, or leave it empty.")
    status = 422


@cohorts.get(f"{AT}/roll")
@requires(Permission.TEACH)
def roll(slug: str, number: int) -> ResponseReturnValue:
    """Show the list with what was marked, for marking it."""
    cohort, session = session_of(slug, number)
    return _page(cohort, session, {"source": request.args.get("source", "web")})


@cohorts.post(f"{AT}/roll")
@requires(Permission.TEACH)
def take_roll(slug: str, number: int) -> ResponseReturnValue:
    """Keep who took part; or set everybody without a mark to present, to be looked at before it is kept."""
    cohort, session = session_of(slug, number)
    if typed("do") == "everybody":
        return _page(cohort, session, request.form, everybody=True)
    try:
        source = Source.PAPER if typed("source") == Source.PAPER.value else Source.WEB
        marks, came = _marks(session), _came()
        took_part = bool(came) or any(one.mark in rules.TOOK_PART for one in marks)
        held = bool(typed("held")) and took_part and session.planned_on <= clock.now().date()
        new = actions.take(current_actor(), session, marks, came, source=source, as_planned=held)
    except Refused as refused:
        return _page(cohort, session, request.form, fault=sentence(refused)), refused.status
    say(ngettext("Saved: %(num)s mark is new.", "Saved: %(num)s marks are new.", new) if new else
        gettext("Nothing was changed: everything was noted already."))  # fmt: skip
    return back(url_for(".session", **at(cohort, session)))


def _marks(session: CohortSession) -> list[Marked]:
    """The lines of the form, as they were chosen."""
    found = []
    reasons = {text.casefold(): code for code, text in code_choices("reason")}
    for one in rollcall.called(session):
        id_ = one.enrolment.id
        said = typed(f"m{id_}")
        if said not in set(Mark):
            continue
        mark, minutes = Mark(said), typed(f"n{id_}")
        found.append(
            Marked(
                enrolment_id=id_,
                mark=mark,
                minutes=fields.whole(minutes) if minutes and mark in rules.TAKES_MINUTES else None,
                reason=_reason(typed(f"r{id_}"), reasons) if mark in AWAY else "",
                seen=tuple(uid for uid in typed(f"s{id_}").split(",") if uid)[:50],
            )
        )
    return found


def _reason(text: str, reasons: Mapping[str, str]) -> str:
    """The code of a reason, from its code, its words or a part of them that only one has."""
    if not text or text in cohort_rules.REASONS:
        return text
    wanted = text.casefold()
    if wanted in reasons:
        return reasons[wanted]
    close = {code for words, code in reasons.items() if wanted in words}
    if len(close) != 1:
        raise UnknownReason(word=text[:60])
    return close.pop()


def _came() -> list[Came]:
    form = request.form
    rows = zip(form.getlist("came"), form.getlist("came_from"), form.getlist("came_sex"), strict=False)
    return [
        Came(name.strip(), organisation.strip(), Sex(sex) if sex in set(Sex) else Sex.NOT_STATED)
        for name, organisation, sex in list(rows)[:50]
        if name.strip()
    ]


def _page(
    cohort: Cohort, session: CohortSession, values: Mapping[str, Any], *, fault: str = "", everybody: bool = False
) -> str:
    called = rollcall.called(session)
    form = request.form
    rows = list(zip(form.getlist("came"), form.getlist("came_from"), form.getlist("came_sex"), strict=False))[:50]
    came = [row for row in rows if any(part.strip() for part in row[:2])]
    return render_template(
        "sessions/roll.html",
        **frame(cohort),
        session=session,
        at=at(cohort, session),
        lines=[_line(one, values, everybody) for one in called],
        marks=list(Mark),
        reasons=code_choices("reason"),
        walk_ins=rollcall.walk_ins_of(session),
        came=[*came, *[("", "", "")] * max(1, BLANK_LINES - len(came))],
        source=values.get("source", "web"),
        fault=fault,
        everybody=everybody,
        asks_held=session.state is SessionState.PLANNED and session.planned_on <= clock.now().date(),
        held=request.method == "GET" or bool(values.get("held")),
        is_off=session.state in (SessionState.MOVED, SessionState.CANCELLED),
        ahead=session.planned_on > clock.now().date() and session.held_on is None,
    )


def _line(one: Called, values: Mapping[str, Any], everybody: bool) -> dict[str, Any]:
    """A line of the page: what was chosen in a form that was refused, else what holds."""
    id_, mark = one.enrolment.id, one.mark
    posted = f"s{id_}" in values
    if posted:
        said = str(values.get(f"m{id_}", ""))
        minutes, reason, seen = (str(values.get(f"{kind}{id_}", "")) for kind in "nrs")
    else:
        said = mark.mark.value if mark is not None else ""
        minutes = str(mark.minutes or "") if mark is not None else ""
        reason, seen = (mark.reason if mark is not None else ""), one.seen
    words = dict(code_choices("reason"))
    return {
        "id": id_,
        "name": one.person.name,
        "organisation": one.organisation,
        "mark": said or (Mark.PRESENT.value if everybody else ""),
        "minutes": minutes,
        "reason": words.get(reason, reason),
        "seen": seen,
        "is_disputed": bool(mark is not None and mark.rivals),
    }
