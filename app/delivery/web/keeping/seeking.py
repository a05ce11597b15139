"""Seeking one person out: why, how to reach them, what came of it, what was agreed, and how their enrolment goes on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.core.errors import Refused
from app.delivery.actions import cohorts as deeds
from app.delivery.actions import follow_up as actions
from app.delivery.actions import leaving as proposing
from app.delivery.kinds import ContactWay, EnrolmentState, Outcome
from app.delivery.models import Cohort, Enrolment
from app.delivery.queries import follow_up as queries
from app.delivery.queries import keeping, leaving, risk, scopes
from app.delivery.rules import follow_up as rules
from app.delivery.rules.cohorts import OPEN, REASONS
from app.delivery.web.blueprints import cohorts
from app.infra import clock
from app.infra.i18n import sentence
from app.people.login import current_actor
from app.people.permissions import Permission, allows
from app.web.errors import back, say
from app.web.pages import requires

from . import asking, reaching, typed

DUE_DAYS = 7
BREAK_DAYS = 30


@cohorts.get("/<slug>/follow-up/<int:enrolment>")
@requires(Permission.SEE_PEOPLE)
def seek(slug: str, enrolment: int) -> ResponseReturnValue:
    """Show why somebody is being sought out, and take what came of it."""
    return _page(*_found(slug, enrolment, Permission.SEE_PEOPLE))


@cohorts.post("/<slug>/follow-up/<int:enrolment>/contacts")
@requires(Permission.TEACH)
def seek_contact(slug: str, enrolment: int) -> ResponseReturnValue:
    """Write down a visit, a call, a message or a meeting."""

    def deed(held: Enrolment) -> str:
        way = typed.choice("way", ContactWay)
        reached = typed.one_of("reached", ("yes", "no")) == "yes"
        reason = typed.text("reason")
        actions.log_contact(
            current_actor(),
            held,
            way,
            reached=reached,
            on=typed.day("on"),
            reason=reason,
            note=typed.text("note"),
            answer=asking.answered(),
        )
        return str(
            gettext("Written down. Agree now on what happens next, so that it does not stay at this.")
            if reached
            else gettext("Written down. Nobody was reached; try another way, or visit.")
        )

    return _do(slug, enrolment, Permission.TEACH, "contact", deed)


@cohorts.post("/<slug>/follow-up/<int:enrolment>/agreements")
@requires(Permission.TEACH)
def seek_agree(slug: str, enrolment: int) -> ResponseReturnValue:
    """Keep what was agreed, who sees to it and by when."""

    cohort, _ = _found(slug, enrolment, Permission.TEACH)

    def deed(held: Enrolment) -> str:
        offered = {str(one.id): one for one in keeping.owners(cohort, current_actor().person_id)}
        owner = offered[typed.one_of("owner", list(offered))]
        made = queries.contacts(queries.one(held)).get(held.id, [])
        actions.agree(
            current_actor(),
            held,
            owner,
            typed.text("what"),
            on=clock.now().date(),
            due=typed.day("due"),
            contact=made[0] if made else None,
        )
        return str(gettext("Agreed. It stands on the list until somebody tells what came of it."))

    return _do(slug, enrolment, Permission.TEACH, "agree", deed)


@cohorts.post("/<slug>/follow-up/<int:enrolment>/agreements/<uid>")
@requires(Permission.TEACH)
def seek_result(slug: str, enrolment: int, uid: str) -> ResponseReturnValue:
    """Tell what came of an agreement."""

    def deed(held: Enrolment) -> str:
        made = queries.intervention(current_actor(), uid)
        if made.enrolment_id != held.id:
            raise rules.NoSuchContact
        outcome = typed.choice("outcome", Outcome)
        actions.tell_result(current_actor(), made, outcome, on=typed.day("told_on"), note=typed.text("result_note"))
        return str(
            gettext("Written down. It stands beside the agreement, for those who teach and coordinate this cohort.")
        )

    return _do(slug, enrolment, Permission.TEACH, f"result-{uid}", deed)


@cohorts.post("/<slug>/follow-up/<int:enrolment>/break")
@requires(Permission.RUN_COHORT)
def seek_break(slug: str, enrolment: int) -> ResponseReturnValue:
    """Let somebody take a break until a day."""

    def deed(held: Enrolment) -> str:
        deeds.change_enrolment(
            current_actor(),
            held,
            EnrolmentState.PAUSED,
            clock.now().date(),
            reason=typed.one_of("break_reason", REASONS),
            returns_on=typed.day("returns_on"),
        )
        return str(gettext("On a break. Vivero speaks up on the day they are to come back."))

    return _do(slug, enrolment, Permission.RUN_COHORT, "break", deed)


@cohorts.post("/<slug>/follow-up/<int:enrolment>/back")
@requires(Permission.RUN_COHORT)
def seek_back(slug: str, enrolment: int) -> ResponseReturnValue:
    """End a break."""

    def deed(held: Enrolment) -> str:
        deeds.change_enrolment(current_actor(), held, EnrolmentState.ACTIVE, clock.now().date())
        return str(gettext("Back in the group."))

    return _do(slug, enrolment, Permission.RUN_COHORT, "back", deed)


@cohorts.post("/<slug>/follow-up/<int:enrolment>/left")
@requires(Permission.RUN_COHORT)
def seek_left(slug: str, enrolment: int) -> ResponseReturnValue:
    """Keep that somebody has left; verified when a contact at which somebody answered shows it."""

    def deed(held: Enrolment) -> str:
        reason = typed.one_of("left_reason", REASONS)
        on = typed.day("left_on")
        proof = _proof(held)
        actions.desert(current_actor(), held, on, reason, contact=proof, note=typed.text("left_note"))
        if proof is None:
            return str(gettext("Noted that they have left; not verified, for nobody has spoken with them since."))
        return str(gettext("Noted that they have left, verified by the last contact. They may come back at any time."))

    return _do(slug, enrolment, Permission.RUN_COHORT, "left", deed)


@cohorts.post("/<slug>/follow-up/<int:enrolment>/proposal")
@requires(Permission.TEACH)
def seek_propose(slug: str, enrolment: int) -> ResponseReturnValue:
    """Propose to those who coordinate that somebody has left."""

    def deed(held: Enrolment) -> str:
        proposing.propose(
            current_actor(), held, typed.one_of("proposed_reason", REASONS), note=typed.text("proposed_note")
        )
        return str(gettext("Proposed. Those who coordinate decide; until then nothing changes."))

    return _do(slug, enrolment, Permission.TEACH, "propose", deed)


@cohorts.post("/<slug>/follow-up/<int:enrolment>/proposal/set-aside")
@requires(Permission.RUN_COHORT)
def seek_set_aside(slug: str, enrolment: int) -> ResponseReturnValue:
    """Say that somebody has not left, although it was proposed."""

    def deed(held: Enrolment) -> str:
        proposing.set_aside(current_actor(), held)
        return str(gettext("Set aside. They stay on the list."))

    return _do(slug, enrolment, Permission.RUN_COHORT, "aside", deed)


@cohorts.post("/<slug>/follow-up/<int:enrolment>/again")
@requires(Permission.RUN_COHORT)
def seek_again(slug: str, enrolment: int) -> ResponseReturnValue:
    """Take somebody back who had left: a new enrolment that names the old one."""
    actor = current_actor()
    cohort, held = _found(slug, enrolment, Permission.RUN_COHORT)
    who = keeping.named(held)
    try:
        made = deeds.enrol(actor, cohort, who.person, clock.now().date(), organisation=who.sent_by, previous=held)
    except Refused as refused:
        return _page(cohort, held, {"again": sentence(refused)}), refused.status
    say(gettext("%(name)s is back: enrolled anew, and the first time stays on record.", name=who.person.name))
    return back(url_for(".seek", slug=slug, enrolment=made.id))


def _found(slug: str, enrolment: int, permission: Permission) -> tuple[Cohort, Enrolment]:
    cohort = scopes.cohort(current_actor(), slug, permission)
    return cohort, queries.enrolment(cohort, enrolment)


def _proof(held: Enrolment) -> Any:
    """The newest contact at which somebody answered and after which they came to no session; None without one."""
    last = queries.last_attended(held)
    made = queries.contacts(queries.one(held)).get(held.id, [])
    return next((one for one in made if one.reached and (last is None or one.on_date >= last)), None)


def _do(
    slug: str, enrolment: int, permission: Permission, form: str, deed: Callable[[Enrolment], str]
) -> ResponseReturnValue:  # fmt: skip
    """Do what a form of this page asks for; what was refused is shown beside its field, with all that was typed."""
    cohort, held = _found(slug, enrolment, permission)
    try:
        said = deed(held)
    except typed.Fault as fault:
        return _page(cohort, held, {fault.field: sentence(fault.refused)}, form), fault.refused.status
    except Refused as refused:
        if refused.status == 404:
            raise
        return _page(cohort, held, {form: sentence(refused)}, form), refused.status
    say(said)
    return back(url_for(".seek", slug=slug, enrolment=enrolment))


def _page(cohort: Cohort, held: Enrolment, faults: dict[str, str] | None = None, form: str = "") -> str:
    actor, today = current_actor(), clock.now().date()
    scope = scopes.of_cohort(cohort)
    mine = queries.one(held)
    who = keeping.named(held)
    found = risk.of(mine, today)
    made = queries.contacts(mine).get(held.id, [])
    agreed = keeping.agreements(mine, today)
    changed = keeping.changes(held)
    return render_template(
        "keeping/seek.html",
        cohort=cohort,
        person=who.person,
        enrolment=held,
        one=found[0] if found else None,
        ways=reaching.ways(found, risk.reach([held.person_id]), actor.name, today).get(held.id),
        contacts=made,
        agreed=agreed,
        changes=changed,
        writers=keeping.names_of_accounts([one.account_id for one in made] + [one.account_id for one in changed]),
        is_open=held.state in OPEN,
        asking=asking.of(who.person, today) if held.state in OPEN else None,
        is_verified=held.id in queries.verified(mine),
        proof=_proof(held) if held.state in OPEN else None,
        later=who.later,
        proposal=leaving.of(held),
        owners=keeping.owners(cohort, actor.person_id),
        may_write=allows(actor, Permission.TEACH, scope),
        may_run=allows(actor, Permission.RUN_COHORT, scope),
        enums={"ContactWay": ContactWay, "Outcome": Outcome},
        faults=faults or {},
        form=form,
        said=request.form,
        day=today,
        due=today + timedelta(days=DUE_DAYS),
        returns=today + timedelta(days=BREAK_DAYS),
        longest=rules.LONGEST_NOTE,
    )
