"""Pages where somebody is read what they agree to, and where it is taken back."""

from __future__ import annotations

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.infra import clock
from app.infra.i18n import language, language_name
from app.people import consent_texts
from app.people.actions import consents as agreeing
from app.people.actions import persons as actions
from app.people.kinds import ConsentHow, ConsentPurpose
from app.people.login import current_actor
from app.people.models import Consent, Person
from app.people.permissions import Permission
from app.people.queries import persons as queries
from app.people.rules import persons as rules
from app.web.errors import back, say
from app.web.pages import requires

from . import filling, forms
from .asking import row
from .persons import bp, managed, page

LANGUAGES = ("es", "en")


@bp.route("/<int:person>/consents/<purpose>", methods=["GET", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def consent(person: int, purpose: str) -> ResponseReturnValue:
    """Show the text to be read to somebody, in their language, and keep that they agreed."""
    if purpose not in set(ConsentPurpose):
        abort(404)
    found, wanted, form = managed(person), ConsentPurpose(purpose), forms.ConsentForm()
    form.offer()
    spoken, text = _spoken(found), consent_texts.newest(wanted)
    status = 200
    if request.method == "POST":
        status = filling.tried(
            form,
            lambda: agreeing.agree(
                current_actor(), found, wanted, ConsentHow(form.how.data), language=spoken, on=form.on.data,
                version=request.form.get("version") or None, guardian=form.guardian.data,
                guardian_tie=form.guardian_tie.data,
            ),
        )  # fmt: skip
        if status == 200:
            say(gettext("It is kept that %(name)s agreed.", name=found.name))
            return back(url_for("persons.show", person=found.id))
    age = rules.age_on(queries.born(found), clock.now().date())
    return render_template(
        "people/consent.html",
        person=found,
        purpose=wanted,
        form=form,
        text=text,
        spoken=spoken,
        tabs=[(language_name(code), f"{request.path}?in={code}", code == spoken) for code in LANGUAGES],
        needs_guardian=age is not None and age < rules.OF_AGE,
    ), status


@bp.post("/<int:person>/consents/<int:consent>/withdraw")
@requires(Permission.MANAGE_PEOPLE)
def withdraw(person: int, consent: int) -> ResponseReturnValue:
    """Keep that somebody took a consent back."""
    found, form = managed(person), forms.LeftForm()
    held = row(Consent, consent)
    if held.person_id != found.id:
        abort(404)
    status = filling.tried(form, lambda: actions.withdraw_consent(current_actor(), held, form.until.data))
    if status != 200:
        return page(found, status, left=form)
    say(gettext("It is kept that it was taken back. From that day on it does not hold any more."))
    return back(url_for("persons.show", person=found.id))


def _spoken(person: Person) -> str:
    """The language the text is read in: one that was asked for, else the first of theirs that there is a text in."""
    asked = request.values.get("in", "")
    known = [asked, *(code.partition("-")[0] for code in person.languages), language()]
    return next((code for code in known if code in LANGUAGES), LANGUAGES[0])
