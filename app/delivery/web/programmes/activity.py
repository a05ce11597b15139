"""One activity: what it is, whom it counts for, and how it went. Who was there is in activity_people.py."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from app.delivery.actions import activities as actions
from app.delivery.kinds import ActivityOrganisationRole, ParticipationRole, ProgrammeRole, SessionState
from app.delivery.models import Activity, Programme
from app.delivery.queries import activities as queries
from app.delivery.queries import activity_lists, diagnosis, milestones, outputs, programmes, scopes
from app.delivery.rules.activities import FOLLOWS, LEARNING
from app.delivery.web.blueprints import programmes as bp
from app.infra import clock
from app.people.kinds import Sex
from app.people.login import current_actor
from app.people.models import Organisation
from app.people.permissions import Permission, allows
from app.web.errors import back, say
from app.web.pages import requires

from .activities import details_in, form_of
from .reading import Reading
from .seen import Seen, activity_of, known, seen


@bp.get("/<slug>/activities/<uid>/")
@requires(Permission.SEE_FIGURES)
def activity(slug: str, uid: str) -> ResponseReturnValue:
    """Show an activity: what it is, whom it counts for, who was there, what it left behind."""
    found = seen(slug)
    return page(found, activity_of(found, uid), Reading(MultiDict()))


@bp.get("/<slug>/activities/<uid>/change")
@requires(Permission.RUN_PROGRAMME)
def edit_activity(slug: str, uid: str) -> ResponseReturnValue:
    """Offer an activity for changing; a guest's programme says only where it stands in its own plan."""
    found, one = _writable(slug, uid)
    areas, lines = queries.areas_and_lines([one.id])[one.id]
    typed = MultiDict(
        [
            ("name", one.name), ("kind", one.kind.value), ("mode", one.mode.value), ("place", one.place),
            ("on", one.planned_on.isoformat()),
            ("until", one.planned_until.isoformat() if one.planned_until != one.planned_on else ""),
            ("region", one.region if one.region != found.programme.region else ""),
            ("stage", activity_lists.counts_for(one, found.programme).stage),
            *[("area", str(id_)) for id_ in areas], *[("line", str(id_)) for id_ in lines],
        ]
    )  # fmt: skip
    return form_of(found.programme, Reading(typed), activity=one, guest=one.programme_id != found.programme.id)


@bp.post("/<slug>/activities/<uid>/change")
@requires(Permission.RUN_PROGRAMME)
def change_activity(slug: str, uid: str) -> ResponseReturnValue:
    """Change what is planned or said of an activity."""
    found, one = _writable(slug, uid)
    read = Reading(request.form)
    guest = one.programme_id != found.programme.id
    if guest:
        read.do(
            lambda: actions.classify_activity(
                current_actor(), one, found.programme, read.rows("area"), read.rows("line"), stage=read.text("stage")
            )
        )
    else:
        details = details_in(read)
        read.do(lambda: actions.change_activity(current_actor(), one, details))
    if read.faults:
        return form_of(found.programme, read, activity=one, guest=guest), read.status
    say(gettext("Saved."))
    return back(url_for(".activity", slug=slug, uid=uid))


@bp.post("/<slug>/activities/<uid>/share")
@requires(Permission.RUN_PROGRAMME)
def share_activity(slug: str, uid: str) -> ResponseReturnValue:
    """Let another programme take part; the activity counts once for it too."""
    found, one = _writable(slug, uid)
    read = Reading(request.form)
    guest = scopes.programme(current_actor(), read.text("programme"), Permission.RUN_PROGRAMME)
    read.do(lambda: actions.share_activity(current_actor(), one, guest))
    if read.faults:
        return page(found, one, read, "share"), read.status
    say(gettext("Shared. It counts once for each of these programmes."))
    return back(url_for(".activity", slug=slug, uid=uid))


@bp.post("/<slug>/activities/<uid>/state")
@requires(Permission.RUN_PROGRAMME)
def report_activity(slug: str, uid: str) -> ResponseReturnValue:
    """Say that an activity was held, is moved, is cancelled, or is planned again."""
    found, one = _writable(slug, uid)
    read, actor = Reading(request.form), current_actor()
    state = read.member("state", SessionState)
    leads_to = uid
    if state is SessionState.HELD:
        on, until = read.day("held"), read.day_or_none("until")
        read.do(lambda: actions.hold_activity(actor, one, on=on, until=until, note=read.text("note")))
        text = gettext("Noted: it was held. Write down who was there.")
    elif state is SessionState.MOVED:
        day = read.day("to")
        moved = read.do(lambda: actions.move_activity(actor, one, day, read.text("why")), why="why_moved")
        leads_to = moved.uid if moved is not None else uid
        text = gettext("Moved. The day that was planned before stays in the record.")
    elif state is SessionState.CANCELLED:
        read.do(lambda: actions.cancel_activity(actor, one, read.text("why")), why="why_cancelled")
        text = gettext("Cancelled. It can be planned again from its own page.")
    else:
        read.do(lambda: actions.plan_again(actor, one))
        text = gettext("It is in the plan again.")
    if read.faults:
        return page(found, one, read, state.value), read.status
    say(text)
    return back(url_for(".activity", slug=slug, uid=leads_to))


def _writable(slug: str, uid: str) -> tuple[Seen, Activity]:
    """The activity in a programme that this person runs."""
    scopes.programme(current_actor(), slug, Permission.RUN_PROGRAMME)
    found = seen(slug)
    return found, activity_of(found, uid)


def page(found: Seen, one: Activity, read: Reading, form: str = "") -> str:
    """An activity's page; `form` is the one that is open because something in it is at fault."""
    programme, actor = found.programme, current_actor()
    counts = activity_lists.counts_for(one, programme)
    areas, lines = queries.areas_and_lines([one.id])[one.id]
    given: dict[str, Any] = {
        "areas": [area for area in milestones.areas(programme) if area.id in areas],
        "lines": [line for line in diagnosis.lines_of(programme) if line.id in lines],
        "organisations": queries.organisations_in(one),
        "listed": [one_ for one_ in queries.list_of(actor, one) if found.own is None or _is_theirs(found, one_)],
        "outputs": outputs.of(actor, one) if found.whole else [],
    }
    given |= _counted(found, one)
    if found.runs:
        given |= {"may_share_with": activity_lists.may_share_with(actor, one), "parts_there": _offered(programme)}
    return render_template(
        "delivery/programmes/activity.html",
        seen=found,
        programme=programme,
        activity=one,
        counts=counts,
        before=activity_lists.before(one),
        after=activity_lists.after(one),
        session=activity_lists.session_of(one),
        guest=one.programme_id != programme.id,
        decides=found.runs and allows(actor, Permission.RUN_PROGRAMME, scopes.of_programme(counts.host)),
        follows=FOLLOWS[one.state],
        today=clock.now().date(),
        roles=ActivityOrganisationRole,
        known=known,
        typed=read.given,
        faults=read.faults,
        form=form,
        **given,
    )


def _offered(programme: Programme) -> list[Organisation]:
    """The organisations of a programme, each once, by name; those that only pay are left out."""
    held = [part for part in programmes.parts(programme) if part.part.role is not ProgrammeRole.DONOR]
    return list({part.organisation.id: part.organisation for part in held}.values())


def _is_theirs(found: Seen, present: queries.Present) -> bool:
    return present.organisation is not None and found.own is not None and present.organisation.id in found.own


def _counted(found: Seen, one: Activity) -> dict[str, Any]:
    """How many were there, by role for those with names; a representative sees those of their organisations."""
    heads = [head for head in queries.headcounts(one) if found.own is None or head.organisation_id in found.own]
    return {
        "people": activity_lists.people_in(one) if found.whole else None,
        "heads": heads,
        "learning": LEARNING,
        "participation": ParticipationRole,
        "sexes": Sex,
    }
