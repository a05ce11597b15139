"""Joining a cohort with a code: opening the door, its poster, answering those who ask."""

from __future__ import annotations

import io

import segno
from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from markupsafe import Markup

from app.core.errors import Refused
from app.delivery.actions import joining as actions
from app.delivery.models import Cohort
from app.delivery.queries import cohort_choices, cohort_page, enrolled
from app.delivery.queries import joining as queries
from app.delivery.web.blueprints import cohorts as bp
from app.delivery.web.faults import is_row
from app.infra.i18n import sentence
from app.people.kinds import Sex
from app.people.login import current_actor
from app.people.permissions import Permission
from app.people.queries import persons
from app.people.rules.duplicates import plain
from app.web.errors import back, say
from app.web.pages import requires
from app.web.words import choices

from . import here
from .sent import Sent


@bp.get("/<slug>/joining")
@requires(Permission.TEACH)
def joining(slug: str) -> ResponseReturnValue:
    """Show whether people can ask to join, with the code, and who waits for an answer."""
    return _page(here.opened(slug, Permission.TEACH))


@bp.post("/<slug>/joining/door")
@requires(Permission.TEACH)
def door(slug: str) -> ResponseReturnValue:
    """Open the door with a new code, or close it."""
    cohort = here.opened(slug, Permission.TEACH)
    if request.form.get("do") == "close":
        actions.close_door(current_actor(), cohort)
        say(gettext("Nobody can ask to join any more. Whoever asked still waits for your answer."))
    else:
        actions.open_door(current_actor(), cohort)
        say(gettext("Whoever has this code can ask to join now."))
    return back(url_for(".joining", slug=slug))


@bp.post("/<slug>/joining")
@requires(Permission.TEACH)
def answer(slug: str) -> ResponseReturnValue:
    """Take somebody in who asked, as somebody known or as somebody new, or turn them down."""
    cohort = here.opened(slug, Permission.TEACH)
    sent, actor = Sent(), current_actor()
    wanted, who = sent.text("wish"), sent.text("who")
    wish = queries.get(cohort, int(wanted) if is_row(wanted) else 0)
    name = _name(wish.details)
    try:
        if sent.text("do") == "decline":
            actions.decline(actor, wish)
            say(gettext("Declined. What they told of themselves is not kept."), "note")
            return back(url_for(".joining", slug=slug))
        person = persons.get(actor, int(who), Permission.SEE_PEOPLE) if is_row(who) else None
        organisation = sent.one_of("organisation", {one.id: one for one in enrolled.organisations(cohort)})
        made = actions.accept(actor, wish, person=person, organisation=organisation)
    except Refused as refused:
        return _page(cohort, sentence(refused)), refused.status
    said = gettext("%(name)s is on the list.", name=name) if name else gettext("They are on the list.")
    say(Markup('{} <a href="{}">{}</a>').format(
        said, url_for(".person", slug=slug, enrolment=made.id), gettext("See them"),
    ))  # fmt: skip
    return back(url_for(".joining", slug=slug))


@bp.get("/<slug>/joining/poster")
@requires(Permission.TEACH)
def poster(slug: str) -> ResponseReturnValue:
    """Show the code as a sheet to print and hang up."""
    cohort = here.opened(slug, Permission.TEACH)
    if cohort.join_code is None:
        return back(url_for(".joining", slug=slug))
    return render_template(
        "delivery/cohorts/poster.html",
        cohort=cohort,
        programme=cohort_choices.programme_of(cohort),
        trainers=cohort_page.trainers(cohort),
        drawing=_drawing(_address(cohort)),
        address=_address(cohort).partition("://")[2],
    )


def _address(cohort: Cohort) -> str:
    return url_for("joining.show", code=cohort.join_code, _external=True)


def _drawing(address: str) -> Markup:
    """An address as a drawing for phones, white and black in every theme, as SVG without styles."""
    page = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        page,
        kind="svg",
        border=4,
        xmldecl=False,
        svgns=False,
        light="#fff",
        svgclass=None,
        lineclass=None,
        omitsize=True,
    )  # fmt: skip
    return Markup(page.getvalue().decode())  # noqa: S704 - a drawing of squares that our own library makes


def _name(details: dict[str, str]) -> str:
    return f"{details.get('given_names', '')} {details.get('family_names', '')}".strip()


def _page(cohort: Cohort, fault: str = "") -> str:
    waiting = queries.waiting(cohort)
    organisations = enrolled.organisations(cohort)
    by_name = {plain(name): one.id for one in organisations for name in (one.name, one.short_name) if name}
    known = persons.by_ids([one.person_id for one in waiting if one.person_id is not None])
    return render_template(
        "delivery/cohorts/joining.html",
        cohort=cohort,
        waiting=waiting,
        names={one.id: known[one.person_id].name if one.person_id else _name(one.details) for one in waiting},
        likely=queries.likely(current_actor(), waiting),
        organisations=[(one.id, one.name) for one in organisations],
        meant={one.id: by_name.get(plain(str(one.details.get("organisation", ""))), "") for one in waiting},
        sexes=dict(choices(Sex)),
        address=_address(cohort) if cohort.join_code else "",
        drawing=_drawing(_address(cohort)) if cohort.join_code else "",
        fault=fault,
    )
