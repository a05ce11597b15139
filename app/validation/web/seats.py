"""Who answers on which phone: for those who facilitate, while a line of people waits. Phones' own pages: `joining`."""

from __future__ import annotations

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.core.errors import Refused
from app.infra.i18n import sentence
from app.people.login import current_actor
from app.people.permissions import Permission
from app.validation import actions
from app.validation.models import Workshop
from app.validation.queries import phones as queries
from app.web.errors import back, say
from app.web.pages import requires

from . import AT, at, bp, frame, number, typed, workshop_of


@bp.get(f"{AT}/phones")
@requires(Permission.RUN_VALIDATION)
def seats(slug: str, region: str, workshop: int) -> ResponseReturnValue:
    """List the phones that joined with the numbers they hold, the newest first."""
    return _page(workshop_of(slug, region, workshop))


@bp.post(f"{AT}/phones")
@requires(Permission.RUN_VALIDATION)
def change_seats(slug: str, region: str, workshop: int) -> ResponseReturnValue:
    """Free a number, let more people answer on a phone, or shut a phone out."""
    shown = workshop_of(slug, region, workshop)
    actor, phone = current_actor(), number("phone", -1)
    try:
        if typed("do") == "more":
            allowed = actions.allow_more(actor, shown, phone)
            say(gettext("Up to %(most)s people can answer on phone %(number)s now.", most=allowed.most, number=phone))
        elif typed("do") == "shut":
            actions.shut_out(actor, shown, phone)
            say(gettext("Phone %(number)s is shut out. Its numbers are free and its answers gone.", number=phone))
        else:
            actions.free_number(actor, shown, number("number", -1))
            say(gettext("The number is free: another phone can take it now."))
    except Refused as refused:
        return _page(shown, sentence(refused)), refused.status
    return back(url_for(".seats", **at(shown)))


def _page(shown: Workshop, fault: str = "") -> str:
    return render_template(
        "validation/workshop_phones.html",
        **frame(shown),
        phones=queries.listed(shown),
        fault=fault,
        typed_number=typed("number"),
    )
