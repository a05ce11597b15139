"""The page that a cohort's code leads to: what this is, who asks, what they agree to. Nobody signs in here.

Whoever asks learns nothing of who is in the cohort, nor whether they are known already.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.core.errors import Refused
from app.delivery.actions import joining as actions
from app.delivery.models import Cohort
from app.delivery.queries import cohort_page
from app.delivery.rules import joining as rules
from app.delivery.rules.joining import Wish
from app.infra.i18n import language, sentence
from app.people import consent_texts
from app.people.kinds import ConsentPurpose, Sex
from app.people.login import current_actor
from app.people.rules import persons
from app.web.errors import back
from app.web.pages import public

from . import here
from .sent import Sent

bp = Blueprint("joining", __name__, url_prefix="/join", template_folder="../../templates")

FIELDS: Mapping[type[Refused], str] = {
    persons.NeedsName: "given_names",
    persons.OddPhone: "phone",
    persons.OddAge: "age",
    persons.NeedsGuardian: "guardian",
    rules.NeedsTelephoneOrPlace: "phone",
    rules.NeedsConsent: "consent",
}


@bp.get("/")
@public
def find() -> ResponseReturnValue:
    """Ask for the code."""
    typed = request.args.get("code", "").strip()[:40]
    if typed:
        return back(url_for(".show", code=typed))
    return render_template("delivery/cohorts/door_find.html", code="", fault="")


@bp.get("/<code>")
@public
def show(code: str) -> ResponseReturnValue:
    """Say what somebody would join, and ask who they are; once they have asked, what happens next."""
    try:
        cohort = actions.knock(current_actor(), code, _address())
    except Refused as refused:
        return _lost(code, refused)
    return _page(cohort, code, {}, {}, sent=request.args.get("sent") == "yes")


@bp.post("/<code>")
@public
def ask(code: str) -> ResponseReturnValue:
    """Keep the wish to join until somebody who teaches the cohort answers."""
    sent, actor = Sent(), current_actor()
    wish = None
    if actor.person_id is None:
        wish = Wish(
            sent.text("given_names"), sent.text("family_names"), sent.text("phone"), sent.text("organisation"),
            sent.text("place"), sent.text("sex"), sent.number("age"),
            consent=sent.text("consent"), language=language(),
            guardian=sent.text("guardian"), guardian_tie=sent.text("guardian_tie"),
        )  # fmt: skip
    try:
        cohort = actions.knock(actor, code, _address())
    except Refused as refused:
        return _lost(code, refused)
    if sent.faults:
        return _page(cohort, code, request.form, sent.faults), 422
    try:
        actions.join(actor, code, wish, _address())
    except Refused as refused:
        name = next((field for kind, field in FIELDS.items() if isinstance(refused, kind)), "")
        said = (
            gettext("Please write your name.") if name == "given_names" and not sent.text(name) else sentence(refused)
        )
        return _page(cohort, code, request.form, {name: [said]}), refused.status
    return back(url_for(".show", code=code, sent="yes"))


def _address() -> str:
    return request.remote_addr or ""


def _lost(code: str, refused: Refused) -> ResponseReturnValue:
    """A wrong code, or too many tries: a kind sentence, and the field to type it again."""
    shown = render_template("delivery/cohorts/door_find.html", code=code[:40], fault=sentence(refused))
    return shown, refused.status


def _page(
    cohort: Cohort, code: str, typed: Mapping[str, Any], faults: Mapping[str, list[str]], *, sent: bool = False
) -> str:
    text = consent_texts.newest(ConsentPurpose.TRAINING_RECORD)
    return render_template(
        "delivery/cohorts/door.html",
        cohort=cohort,
        code=code,
        head=cohort_page.head(cohort, here.today()),
        consent=text.text(language()),
        version=text.version,
        me=current_actor() if current_actor().person_id is not None else None,
        Sex=Sex,
        youngest=persons.OF_AGE,
        sent=sent,
        typed=typed,
        faults=faults,
    )
