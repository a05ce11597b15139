"""What is printed for a session: the sheet that people sign, and the session plan (carta didáctica)."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.core.content import Kind
from app.delivery.models import CohortSession
from app.delivery.queries import attendance, lessons, plan
from app.delivery.web.blueprints import cohorts
from app.infra.i18n import LANGUAGES
from app.people.consent_texts import newest
from app.people.kinds import ConsentPurpose
from app.people.permissions import Permission
from app.web.pages import requires

from . import AT, at, frame, session_of

MOST_COLUMNS = 6  # sessions on one sheet
BLANK_LINES = 6


@cohorts.get(f"{AT}/sign-in")
@requires(Permission.TEACH)
def sign_in_sheet(slug: str, number: int) -> ResponseReturnValue:
    """Show the sheet that people sign, for one session or, with `with`, for several as columns."""
    cohort, session = session_of(slug, number)
    near = [one.session for one in plan.listed(cohort)]
    wanted = {
        session.number,
        *(int(text) for text in request.args.getlist("with") if text.isdecimal() and len(text) < 6),
    }
    chosen: list[CohortSession] = [one for one in near if one.number in wanted][:MOST_COLUMNS]
    if session not in chosen:
        chosen = [session, *chosen][:MOST_COLUMNS]
    place = next(n for n, one in enumerate(near) if one.id == session.id)
    return render_template(
        "sessions/sign_in_sheet.html",
        **frame(cohort),
        session=session,
        at=at(cohort, session),
        columns=chosen,
        offered=near[max(0, place - 2) : place + 8],
        most=MOST_COLUMNS,
        people=attendance.sign_in_sheet(cohort),
        blank=BLANK_LINES,
        teachers=[person for person, trainer in plan.teachers(cohort) if trainer.until is None],
        consent=newest(ConsentPurpose.TRAINING_RECORD).text(cohort.language if cohort.language in LANGUAGES else "es"),
    )


@cohorts.get(f"{AT}/plan")
@requires(Permission.SEE_COHORT)
def lesson(slug: str, number: int) -> ResponseReturnValue:
    """Show the session plan: time, objective, activity, method, materials, who does it."""
    cohort, session = session_of(slug, number, Permission.SEE_COHORT)
    units = plan.units_of([session.id]).get(session.id, [])
    return render_template(
        "sessions/lesson.html",
        **frame(cohort),
        session=session,
        at=at(cohort, session),
        lessons=lessons.of_units(cohort, units, session.starts_at),
        teachers=[person for person, trainer in plan.teachers(cohort) if trainer.until is None],
        Kind=Kind,
    )
