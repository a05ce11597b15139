"""Licences of trainers: who holds which until when, what is missing for one, granting, renewing, taking back."""

from __future__ import annotations

from collections.abc import Callable

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from app.core.errors import Refused
from app.delivery.actions import licences as actions
from app.delivery.kinds import LicenceKind
from app.delivery.models import Programme, TrainerLicence, TrainerObservation
from app.delivery.queries import licensed as queries
from app.delivery.queries import scopes, tested
from app.delivery.rules import licences as rules
from app.delivery.rules import observing
from app.delivery.rules.licences import Asked, Standing
from app.delivery.web.blueprints import programmes
from app.infra import clock
from app.infra.i18n import language, sentence
from app.people.login import current_actor
from app.people.permissions import Permission, allows
from app.people.queries.persons import NoSuchPerson
from app.web.errors import back, say
from app.web.pages import requires

from . import typed

VIEWS = ("all", "due", "valid", "none", "quiet")


@programmes.get("/<slug>/licences")
@requires(Permission.SEE_PEOPLE)
def licences(slug: str) -> ResponseReturnValue:
    """List who teaches in a programme with the licence they hold; a list that prints."""
    actor, today = current_actor(), clock.now().date()
    programme = scopes.programme(actor, slug, Permission.SEE_PEOPLE)
    everybody = queries.teachers(actor, programme, today)
    view = request.args.get("view", "all")
    view = view if view in VIEWS else "all"
    q = " ".join(request.args.get("q", "").split())
    return render_template(
        "keeping/licences.html",
        programme=programme,
        people=[one for one in everybody if _in_view(one, view) and q.lower() in one.person.name.lower()],
        views=[(name, sum(_in_view(one, name) for one in everybody)) for name in VIEWS],
        view=view,
        q=q,
        day=today,
    )


@programmes.get("/<slug>/licences/<int:person>")
@requires(Permission.SEE_PEOPLE)
def licence(slug: str, person: int) -> ResponseReturnValue:
    """Show what somebody has to show for each licence, those they hold, and how they were observed."""
    return _page(scopes.programme(current_actor(), slug, Permission.SEE_PEOPLE), person)


@programmes.post("/<slug>/licences/<int:person>")
@requires(Permission.CERTIFY)
def grant_licence(slug: str, person: int) -> ResponseReturnValue:
    """Give somebody a licence."""

    def deed(programme: Programme) -> str:
        kind = typed.choice("kind", LicenceKind)
        found = _teacher(programme, person)
        marks = tested.of_persons([person], programme.id)
        why = typed.text("despite")
        actions.grant(current_actor(), programme, found.person, kind, on=typed.day("on"), tests=marks, despite=why)
        return str(gettext("Given. It holds three years, and can be renewed by whoever keeps teaching."))

    return _do(slug, person, "grant", deed)


@programmes.post("/<slug>/licences/<int:person>/<uid>/renew")
@requires(Permission.CERTIFY)
def renew_licence(slug: str, person: int, uid: str) -> ResponseReturnValue:
    """Renew a licence."""

    def deed(programme: Programme) -> str:
        held = _held(programme, person, uid)
        actions.renew(current_actor(), held, on=clock.now().date(), despite=typed.text("despite"))
        return str(gettext("Renewed."))

    return _do(slug, person, f"renew-{uid}", deed)


@programmes.post("/<slug>/licences/<int:person>/<uid>/revoke")
@requires(Permission.CERTIFY)
def revoke_licence(slug: str, person: int, uid: str) -> ResponseReturnValue:
    """Take a licence back, with the reason."""

    def deed(programme: Programme) -> str:
        held = _held(programme, person, uid)
        actions.revoke(current_actor(), held, on=clock.now().date(), why=typed.text("why"))
        return str(gettext("Taken back. The reason stands on record."))

    return _do(slug, person, f"revoke-{uid}", deed)


def missing(one: Asked) -> str:
    """What a demand of a gate asks and what there is, in plain words."""
    wanted, found = one.wanted, one.found
    if one.key in ("attended", "test"):
        parts = {"wanted": round(wanted * 100), "found": "–" if found is None else f"{round(found * 100)} %"}
        sentences = {
            "attended": gettext("sessions of the training of trainers: at least %(wanted)s in a hundred", **parts),
            "test": gettext("test afterwards: at least %(wanted)s in a hundred", **parts),
        }
        said = sentences[one.key]
        return str(gettext("%(asked)s (so far: %(found)s)", asked=said, found=parts["found"]))
    if one.key == "active":
        return str(gettext("has taught within the last twelve months"))
    number = int(wanted)
    asked = {
        "co_facilitated": ngettext(
            "%(num)s session taught together with somebody", "%(num)s sessions taught together with somebody", number
        ),
        "observed_solo": ngettext(
            "observed once teaching alone, with every point at least at its minimum",
            "observed %(num)s times teaching alone, with every point at least at its minimum",
            number,
        ),
    }[one.key]
    return str(gettext("%(asked)s (so far: %(found)s)", asked=asked, found=int(found or 0)))


def standing_name(standing: Standing) -> str:
    """How a licence stands, in words."""
    return str(
        {
            Standing.NOT_YET: gettext("not yet"),
            Standing.VALID: gettext("holds"),
            Standing.ENDS_SOON: gettext("ends soon"),
            Standing.ENDED: gettext("has ended"),
            Standing.REVOKED: gettext("taken back"),
        }[standing]
    )


def _in_view(one: queries.Teacher, view: str) -> bool:
    now = one.now
    return {
        "all": True,
        "due": now is not None and now.standing is Standing.ENDS_SOON,
        "valid": now is not None,
        "none": now is None,
        "quiet": not one.is_active,
    }[view]


def _teacher(programme: Programme, person: int) -> queries.Teacher:
    found = queries.teachers(current_actor(), programme, clock.now().date(), person)
    if not found:
        raise NoSuchPerson
    return found[0]


def _held(programme: Programme, person: int, uid: str) -> TrainerLicence:
    found = queries.licence(programme, uid)
    if found.person_id != person:
        raise rules.NoSuchLicence
    return found


def _do(slug: str, person: int, form: str, deed: Callable[[Programme], str]) -> ResponseReturnValue:
    programme = scopes.programme(current_actor(), slug, Permission.CERTIFY)
    try:
        said = deed(programme)
    except typed.Fault as fault:
        return _page(programme, person, {fault.field: sentence(fault.refused)}, form), fault.refused.status
    except Refused as refused:
        if refused.status == 404:
            raise
        return _page(programme, person, {form: sentence(refused)}, form), refused.status
    say(said)
    return back(url_for(".licence", slug=slug, person=person))


def to_grow(held: TrainerObservation) -> list[str]:
    """The criteria that were below their minimum when somebody was observed, in the reader's language."""
    rubric, code = observing.rubric(held.rubric), language()
    return [each.names[code] for each in observing.below_minimum(rubric, held.scores)]


def _page(programme: Programme, person: int, faults: dict[str, str] | None = None, form: str = "") -> str:
    found = _teacher(programme, person)
    watched = queries.observations([person], programme.id).get(person, [])
    return render_template(
        "keeping/licence.html",
        programme=programme,
        one=found,
        gates=rules.gates(),
        kinds=list(LicenceKind),
        watched=[(held, to_grow(held)) for held in watched],
        may_certify=allows(current_actor(), Permission.CERTIFY, scopes.of_programme(programme)),
        faults=faults or {},
        form=form,
        said=request.form,
        day=clock.now().date(),
    )
