"""One session: what is planned, how it was, who came; the report of it, and what was said of one person's mark."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.core.errors import Refused
from app.core.plain import plain, shortened
from app.delivery.actions import sessions as actions
from app.delivery.actions.sessions import Report, Taught
from app.delivery.kinds import Extent, Mark, SessionState
from app.delivery.models import Cohort, CohortSession
from app.delivery.queries import plan, rollcall
from app.delivery.queries import sessions as queries
from app.delivery.queries.attendance import enrolment_of
from app.delivery.rules.attendance import TOOK_PART
from app.delivery.web.blueprints import cohorts
from app.infra import clock
from app.people.login import current_actor
from app.people.permissions import Permission
from app.web.errors import back, say
from app.web.pages import requires

from . import AT, at, fields, frame, session_of, words
from .fields import typed

MORE_UNITS = 2
SHORT = 60


@cohorts.get(f"{AT}/")
@requires(Permission.SEE_COHORT)
def session(slug: str, number: int) -> ResponseReturnValue:
    """Show a session: what to do next, what is planned, how it was, who came."""
    cohort, shown = session_of(slug, number, Permission.SEE_COHORT)
    called = rollcall.called(shown)
    marks = [one.mark for one in called if one.mark is not None]
    by_mark = {mark: sum(one.mark is mark for one in marks) for mark in Mark}
    return render_template(
        "sessions/session.html",
        **frame(cohort),
        session=shown,
        at=at(cohort, shown),
        units=plan.units_of([shown.id]).get(shown.id, []),
        titles=plan.titles(cohort),
        taught_by=plan.taught_by(shown),
        teachers=plan.teachers(cohort),
        called=called,
        by_mark=by_mark,
        took_part=sum(by_mark[mark] for mark in TOOK_PART),
        marked=len(marks),
        disputed=sum(bool(one.rivals) for one in marks),
        walk_ins=rollcall.walk_ins_of(shown),
        follow_up=queries.by_id(shown.follow_up_id),
        findings=queries.findings_of(shown),
        today=clock.now().date(),
    )


@cohorts.get(f"{AT}/report")
@requires(Permission.TEACH)
def report(slug: str, number: int) -> ResponseReturnValue:
    """Ask how a session was."""
    cohort, shown = session_of(slug, number)
    day = shown.held_on or min(shown.planned_on, clock.now().date())
    values: dict[str, str] = {
        "on": day.isoformat(),
        "minutes": str(shown.held_minutes or shown.planned_minutes),
        "place": shown.place,
        "mode": shown.mode.value,
        "note": shown.note if shown.state is SessionState.HELD else "",
    }
    units = plan.units_of([shown.id]).get(shown.id, [])
    usual = "" if shown.state is SessionState.HELD else Extent.FULLY.value  # most are taught as planned
    for n, unit in enumerate(units):
        values |= {f"unit-{n}": unit.unit_uid, f"extent-{n}": unit.extent.value if unit.extent else usual,
                   f"minutes-{n}": "" if unit.minutes is None else str(unit.minutes), f"note-{n}": unit.note,
                   f"block-{n}": unit.block_uid or ""}  # fmt: skip
    trainers = {one.id for one in plan.taught_by(shown)} or {
        person.id for person, trainer in plan.teachers(cohort) if trainer.until is None
    }
    return _report(cohort, shown, values, trainers)


@cohorts.post(f"{AT}/report")
@requires(Permission.TEACH)
def report_session(slug: str, number: int) -> ResponseReturnValue:
    """Keep how a session was; what was changed in the field goes to those who design the curriculum."""
    cohort, shown = session_of(slug, number)
    trainers = fields_of_people("trainers")
    try:
        said = Report(
            on=fields.day(typed("on")),
            minutes=fields.whole(typed("minutes"), shown.planned_minutes),
            taught=_taught(),
            trainers=tuple(sorted(trainers)),
            note=request.form.get("note", ""),
            place=typed("place"),
            mode=fields.mode(typed("mode")),
        )
        actions.report_session(current_actor(), shown, said)
    except Refused as refused:
        return _report(cohort, shown, request.form, trainers, fields.errors(refused)), refused.status
    if any(one.note for one in said.taught or ()):
        say(gettext("Saved. What you changed goes to those who design the curriculum, as a finding from the field."))
    else:
        say(gettext("Saved: this session was held."))
    return back(url_for(".session", **at(cohort, shown)))


def fields_of_people(name: str) -> set[int]:
    """The ids of people that were ticked."""
    return {int(one) for one in request.form.getlist(name) if one.isascii() and one.isdecimal() and len(one) < 10}


def _taught() -> tuple[Taught, ...]:
    found: dict[str, Taught] = {}
    for n in range(actions.MOST_UNITS):
        uid, extent = typed(f"unit-{n}"), typed(f"extent-{n}")
        if uid and extent in set(Extent):
            minutes = typed(f"minutes-{n}")
            found[uid] = Taught(
                uid,
                Extent(extent),
                fields.whole(minutes) if minutes else None,
                request.form.get(f"note-{n}", ""),
                typed(f"block-{n}")[:100] or None,
            )
    return tuple(found.values())


def _report(
    cohort: Cohort, shown: CohortSession, values: Mapping[str, Any], trainers: set[int],
    errors: Mapping[str, list[str]] | None = None,
) -> str:  # fmt: skip
    planned = queries.units_planned(shown)
    rows = [uid for n in range(actions.MOST_UNITS) if (uid := values.get(f"unit-{n}", "")) in planned]
    rows += [uid for uid in planned if uid not in rows]
    offered = plan.offered(cohort)
    known = {one.uid: one.release_id for one in offered} | planned
    blocks = {
        uid: [(block, shortened(plain(text), SHORT)) for block, text in found]
        for uid, found in plan.first_words(cohort, {uid: known[uid] for uid in rows}).items()
    }
    return render_template(
        "sessions/report.html",
        **frame(cohort),
        session=shown,
        at=at(cohort, shown),
        values=values,
        errors=errors or {},
        rows=rows,
        titles=plan.titles(cohort),
        blocks=blocks,
        others=[one for one in offered if one.uid not in rows],
        more=range(len(rows), len(rows) + MORE_UNITS),
        teachers=plan.teachers(cohort),
        trainers=trainers,
        today=clock.now().date(),
    )


@cohorts.get(f"{AT}/people/<int:enrolment>")
@requires(Permission.TEACH)
def history(slug: str, number: int, enrolment: int) -> ResponseReturnValue:
    """Show who said what, when, of one person in one session, and what was put in its place."""
    cohort, shown = session_of(slug, number)
    whom, person = enrolment_of(cohort, enrolment)
    said = rollcall.history(shown, whom)
    replaced = {uid for one in said for uid in one.event.supersedes}
    return render_template(
        "sessions/history.html",
        **frame(cohort),
        session=shown,
        at=at(cohort, shown),
        person=person,
        enrolment=whom,
        said=said,
        replaced=replaced,
        standing=[one for one in said if one.event.uid not in replaced],
        words=words,
    )
