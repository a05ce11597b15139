"""Frozen figures: preparing them, the page on which another person approves them, two of them beside each other."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.infra import clock
from app.people.login import current_actor
from app.people.permissions import Permission
from app.reporting.actions import snapshots as actions
from app.reporting.kinds import SnapshotState
from app.reporting.queries import comparing, snapshots, views
from app.reporting.rules.periods import NoSuchYear
from app.reporting.rules.snapshots import NeedsProgramme, NotToCompare
from app.web.errors import back, say
from app.web.pages import requires
from app.web.requests import LARGEST_ROW

from . import reports
from .programme import ALL

MOST_PROGRAMMES = 200


@reports.get("/figures/new")
@requires(Permission.APPROVE_FIGURES)
def prepare() -> ResponseReturnValue:
    """Ask of which programmes figures are to be frozen, and of which year."""
    this_year = clock.now().year
    return render_template(
        "reporting/prepare.html",
        programmes=snapshots.to_freeze(current_actor(), MOST_PROGRAMMES),
        years=range(this_year, this_year - 15, -1),
    )


@reports.post("/figures/new")
@requires(Permission.APPROVE_FIGURES)
def freeze() -> ResponseReturnValue:
    """Freeze the figures of the programmes that were chosen."""
    actor, form = current_actor(), request.form
    ids = [int(one) for one in form.getlist("programme") if one.isascii() and one.isdecimal() and len(one) < 11]
    ids = [one for one in ids if one <= LARGEST_ROW][:MOST_PROGRAMMES]
    if not ids:
        raise NeedsProgramme
    found = snapshots.chosen(actor, ids)
    made = actions.prepare(actor, found, _year(form.get("year", "")), form.get("note", ""))
    say(gettext("The figures are frozen. Somebody else who looks after figures approves them."))
    return back(url_for(".snapshot", uid=made.uid))


@reports.get("/figures/<uid>/")
@requires(Permission.SEE_FIGURES)
def snapshot(uid: str) -> ResponseReturnValue:
    """Show frozen figures, with what they would be today beside them."""
    actor = current_actor()
    frozen = snapshots.opened(snapshots.get(actor, uid))
    held = snapshots.programmes_of(frozen)
    looks_after = all(views.may_look_after(actor, one) for one in held)
    kept = frozen.snapshot
    return render_template(
        "reporting/snapshot.html",
        frozen=frozen,
        kept=kept,
        today=snapshots.today(frozen, clock.now().date()),
        programmes=held,
        looks_after=looks_after,
        decides=looks_after and kept.state is SnapshotState.WAITING and kept.prepared_by_id != actor.account_id,
        youth_until=held[0].youth_until,
    )


@reports.post("/figures/<uid>/approve")
@requires(Permission.APPROVE_FIGURES)
def approve(uid: str) -> ResponseReturnValue:
    """Approve frozen figures."""
    actor = current_actor()
    actions.approve(actor, snapshots.get(actor, uid))
    say(gettext("The figures are approved. Donors of the programme see them from now on."))
    return back(url_for(".snapshot", uid=uid))


@reports.post("/figures/<uid>/turn-down")
@requires(Permission.APPROVE_FIGURES)
def turn_down(uid: str) -> ResponseReturnValue:
    """Turn frozen figures down, with the reason."""
    actor = current_actor()
    actions.turn_down(actor, snapshots.get(actor, uid), request.form.get("why", ""))
    say(gettext("The figures are turned down, and whoever prepared them reads why."))
    return back(url_for(".snapshot", uid=uid))


@reports.get("/figures/compare")
@requires(Permission.SEE_FIGURES)
def compare() -> ResponseReturnValue:
    """Show two sets of frozen figures beside each other, or ask which."""
    actor = current_actor()
    offered = snapshots.newest(actor, limit=100)
    first, second = request.args.get("first", ""), request.args.get("second", "")
    pair = None
    if first or second:
        if not first or not second or first == second:
            raise NotToCompare
        pair = comparing.beside(*(snapshots.opened(snapshots.get(actor, uid)) for uid in (first, second)))
    return render_template("reporting/compare.html", offered=offered, pair=pair, first=first, second=second)


def _year(typed: str) -> int | None:
    if typed in ("", ALL):
        return None
    if not (typed.isascii() and typed.isdecimal() and len(typed) == 4):
        raise NoSuchYear
    return int(typed)
