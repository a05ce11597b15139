"""One enrolment: who, how it stands and stood, attendance, ways to reach them, what can be done about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.delivery.actions import cascade, enrolling
from app.delivery.actions import cohorts as actions
from app.delivery.kinds import CohortLevel, EnrolmentState
from app.delivery.models import Cohort, Enrolment
from app.delivery.queries import attendance, cohort_choices
from app.delivery.queries import cohorts as cohort_queries
from app.delivery.queries import enrolled as queries
from app.delivery.rules.cohorts import FOLLOWS
from app.delivery.web.blueprints import cohorts as bp
from app.people.kinds import ConsentPurpose
from app.people.login import current_actor
from app.people.permissions import Permission
from app.people.queries import consents, persons
from app.people.rules import consents as consent_rules
from app.people.rules.persons import age_on
from app.web.errors import back, say
from app.web.pages import requires
from app.web.words import word

from . import here, marks, panels
from .sent import Sent

# What is said of somebody on this page. Leaving without a word is shown by a contact first: that is follow-up's.
TOLD = (EnrolmentState.PAUSED, EnrolmentState.ACTIVE, EnrolmentState.COMPLETED, EnrolmentState.WITHDRAWN,
        EnrolmentState.OTHER)  # fmt: skip
PROMISING = frozenset({CohortLevel.MASTER, CohortLevel.TRAINERS})


@bp.get("/<slug>/people/<int:enrolment>")
@requires(Permission.SEE_PEOPLE)
def person(slug: str, enrolment: int) -> ResponseReturnValue:
    """Show somebody in a cohort."""
    cohort = here.opened(slug, Permission.SEE_PEOPLE)
    return _page(cohort, queries.get(cohort, enrolment))


@bp.post("/<slug>/people/<int:enrolment>")
@requires(Permission.RUN_COHORT)
def change_person(slug: str, enrolment: int) -> ResponseReturnValue:
    """Write down a break, a return, an end, a move to another cohort, or that somebody comes back."""
    cohort = here.opened(slug, Permission.RUN_COHORT)
    held, sent = queries.get(cohort, enrolment), Sent()
    on = sent.needed_day("on", here.today())
    deeds: Mapping[str, Callable[[], Enrolment | None]] = {
        "move": lambda: _move(sent, held, cohort, on),
        "again": lambda: sent.do(lambda: enrolling.take_in_again(current_actor(), held, on)),
    }
    deed = deeds.get(sent.text("do"), lambda: _change(sent, held, on))
    shown = deed()
    if shown is None:
        return _page(cohort, held, request.form, sent.faults), sent.status
    say(gettext("Noted."))
    to = slug if shown.cohort_id == cohort.id else cohort_choices.slug_of(shown.cohort_id)
    return back(url_for(".person", slug=to, enrolment=shown.id))


@bp.post("/<slug>/people/<int:enrolment>/promise")
@requires(Permission.TEACH)
def promise(slug: str, enrolment: int) -> ResponseReturnValue:
    """Keep how many groups and people somebody wants to teach, by when."""
    cohort = here.opened(slug, Permission.TEACH)
    held, sent = queries.get(cohort, enrolment), Sent()
    by = sent.needed_day("by", here.today())
    made = sent.do(
        lambda: cascade.promise(
            current_actor(), held, cohorts=sent.number("cohorts") or 0, people=sent.number("people") or 0, by=by,
            note=sent.text("note"),
        ),
        ends_on="by",
    )  # fmt: skip
    if made is None:
        return _page(cohort, held, request.form, sent.faults), sent.status
    say(gettext("The promise is kept."))
    return back(url_for(".person", slug=slug, enrolment=enrolment))


def _change(sent: Sent, held: Enrolment, on: date) -> Enrolment | None:
    state, returns_on = sent.member("state", EnrolmentState, held.state), sent.day("returns_on")
    if state not in TOLD:
        state = held.state  # what only a contact can show is refused as a state that does not follow
    made = sent.do(
        lambda: actions.change_enrolment(
            current_actor(), held, state, on, reason=sent.text("reason"), note=sent.text("note"),
            returns_on=returns_on if state is EnrolmentState.PAUSED else None,
        )
    )  # fmt: skip
    return held if made is not None else None


def _move(sent: Sent, held: Enrolment, cohort: Cohort, on: date) -> Enrolment | None:
    offered = {one.id: one for one in queries.moving_to(current_actor(), cohort)}
    to = sent.one_of("cohort", offered) or cohort  # none chosen is the cohort they are in, which is refused
    return sent.do(
        lambda: enrolling.move(current_actor(), held, to, on, reason=sent.text("reason"), note=sent.text("note"))
    )


def _stands_twice(held: Enrolment, others: Sequence[Enrolment]) -> bool:
    """Whether some of somebody's enrolments in one cohort do not follow from each other: two records were joined."""
    here = [held, *others]
    ids = {one.id for one in here}
    return sum(one.previous_id not in ids for one in here) > 1


def _page(
    cohort: Cohort, held: Enrolment, typed: Mapping[str, Any] | None = None,
    faults: Mapping[str, list[str]] | None = None,
) -> str:  # fmt: skip
    actor, today = current_actor(), here.today()
    people = persons.by_ids([held.person_id])
    who = persons.standing_for(people[held.person_id])
    attended, rate = attendance.of_learner(held)
    others = queries.others_of(actor, who, held)
    agreed = consents.given([who.id])[who.id]
    return render_template(
        "delivery/cohorts/person.html",
        cohort=cohort,
        enrolment=held,
        person=who,
        age=age_on(persons.born(who), today),
        organisation=queries.sent_by(held),
        history=cohort_queries.history(held),
        attended=attended,
        rate=rate,
        told=marks.told(rate),
        letter=marks.letter,
        reach=queries.reach(who),
        agreed=consent_rules.agreed(agreed, ConsentPurpose.TRAINING_RECORD, today),
        others=others,
        is_twice=_stands_twice(held, [one for one, at in others if at.id == cohort.id]),
        cohorts=[(one.id, one.name) for one in queries.moving_to(actor, cohort)],
        promises=queries.promises([held.id]).get(held.id, []),
        promising=cohort.level in PROMISING,
        may_run=here.may(cohort, Permission.RUN_COHORT),
        may_teach=here.may(cohort, Permission.TEACH),
        may_be=[(state.value, word(state)) for state in TOLD if state in FOLLOWS[held.state]],
        panels=panels.of(held),
        today=today,
        typed=typed or {},
        faults=faults or {},
    )
