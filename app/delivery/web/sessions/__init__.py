"""Pages of sessions: the plan, one session and how it was, roll call, what to print, the repair desk, the calendar."""

from __future__ import annotations

from typing import Any

from flask import Flask

from app.core.errors import N_
from app.delivery.kinds import Extent, Mode, SessionState
from app.delivery.models import Cohort, CohortSession
from app.delivery.queries import scopes
from app.delivery.web import tabs
from app.delivery.web.tabs import Tab
from app.people.kinds import Sex
from app.people.login import current_actor
from app.people.permissions import Permission, allows
from app.web import navigation, today
from app.web.navigation import Entry
from app.web.words import choices

from . import words

AT = "/<slug>/sessions/<int:number>"


def install(app: Flask) -> None:
    """Add these pages, their tabs and their places in the menu."""
    from . import calendars, desk, first, one, papers, planning, repairs, roll

    _ = (desk, one, papers, planning, repairs, roll)
    app.register_blueprint(calendars.bp)
    app.jinja_env.globals.update(session_words=words, aside_words=repairs.WORDS)
    under = {"plan_sessions", "session", "change_session", "report", "call_off", "roll", "sign_in_sheet", "lesson",
             "history"}  # fmt: skip
    tabs.of_cohort(
        Tab("cohorts.sessions", N_("Sessions"), Permission.SEE_COHORT, 20,
            frozenset(f"cohorts.{name}" for name in under)),
        Tab("cohorts.desk", N_("To put right"), Permission.TEACH, 80),
    )  # fmt: skip
    navigation.register_own(Entry("calendar.mine", N_("My calendar"), lambda: current_actor().person_id is not None))
    today.register(today.Panel("sessions/_today.html", first.fill, today.NOW))


def cohort_of(slug: str, permission: Permission = Permission.TEACH) -> Cohort:
    """The cohort of the address, for somebody who has this permission on it."""
    return scopes.cohort(current_actor(), slug, permission)


def session_of(slug: str, number: int, permission: Permission = Permission.TEACH) -> tuple[Cohort, CohortSession]:
    """The cohort and the session of the address, for somebody who has this permission on it."""
    cohort = cohort_of(slug, permission)
    return cohort, scopes.session(cohort, number)


def frame(cohort: Cohort) -> dict[str, Any]:
    """What every page of a cohort's sessions shows: the cohort, what this person may do, what fields offer."""
    scope = scopes.of_cohort(cohort)
    return {
        "cohort": cohort,
        "teaches": allows(current_actor(), Permission.TEACH, scope),
        "sees_people": allows(current_actor(), Permission.SEE_PEOPLE, scope),
        "runs": allows(current_actor(), Permission.RUN_COHORT, scope),
        "mode_choices": choices(Mode),
        "state_choices": choices(SessionState),
        "extent_choices": choices(Extent),
        "sex_choices": choices(Sex),
    }


def at(cohort: Cohort, session: CohortSession) -> dict[str, Any]:
    """The parts of every address of a session."""
    return {"slug": cohort.slug, "number": session.number}
