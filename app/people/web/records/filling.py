"""Filling in forms: what becomes of one that was sent, and the kinds of fields that several of them have."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import DateField, Field, IntegerField, StringField
from wtforms.validators import InputRequired, Length, Optional

from app.core.errors import Refused
from app.infra.i18n import sentence
from app.people.rules import accounts, cards, consents, organisations, persons

LONGEST = Length(max=persons.LONGEST_LINE, message=_("That is too long."))
NUMBER = _("Please write a whole number.")
_DAY = _("Please write a day, e.g. 2026-03-15.")

FIELDS: Mapping[type[Refused], tuple[str, ...]] = {
    organisations.NeedsOrganisationName: ("name",),
    organisations.OrganisationKnown: ("name",),
    organisations.OddFigure: ("value",),
    organisations.DayAhead: ("on", "until", "since"),
    organisations.LeftBefore: ("until",),
    organisations.BelongsToItself: ("other",),
    accounts.BadRegion: ("region",),
    persons.NeedsName: ("given_names",),
    persons.OddAge: ("birth_year",),
    persons.OddPhone: ("value", "phone"),
    persons.OddEmail: ("value",),
    persons.NeedsGuardian: ("guardian",),
    persons.OutOfReach: ("organisation", "region"),
    consents.NotYet: ("on",),
    cards.BadPin: ("pin",),
    cards.GuessablePin: ("pin",),
    cards.PinsDiffer: ("again",),
    cards.WrongPin: ("current",),
}


def faulty(*filled: FlaskForm | None) -> FlaskForm | None:
    """The one of the forms on a page that had a fault."""
    return next((form for form in filled if form is not None and (form.errors or form.form_errors)), None)


def tried(form: FlaskForm, deed: Callable[[], object]) -> int:
    """Do what a filled-in form asks for; 200 when done, else the status to show the form again with, faults marked."""
    if not form.validate_on_submit():
        return 422
    try:
        deed()
    except Refused as refused:
        _blame(form, refused)
        return refused.status
    return 200


def _blame(form: FlaskForm, refused: Refused) -> None:
    said = sentence(refused)
    for name in FIELDS.get(type(refused), ()):
        if name in form:
            form[name].errors = [*form[name].errors, said]
            return
    form.form_errors.append(said)


def _stripped(text: str | None) -> str:
    return (text or "").strip()


def text(label: object, description: object = "", *, needed: object = None) -> StringField:
    validators = [LONGEST] if needed is None else [InputRequired(needed), LONGEST]
    return StringField(
        label, description=description, filters=[_stripped], validators=validators, render_kw={"autocomplete": "off"}
    )


class _Day(DateField):  # type: ignore[misc]
    """A day that says what it wants when something else was typed."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(str(_DAY)) from None


class Whole(IntegerField):  # type: ignore[misc]
    """A whole number; dots and spaces between thousands do not matter."""

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = "".join(ch for ch in (valuelist or [""])[0] if ch not in " .,\u00a0\u202f")
        if len(typed) > 9 or (typed and not (typed.isascii() and typed.lstrip("-").isdigit())):
            self.data = None
            raise ValueError(str(NUMBER))
        self.data = int(typed) if typed else None


def day(label: object, description: object = "", *, needed: bool = False) -> Field:
    return _Day(label, description=description, validators=[InputRequired(_DAY) if needed else Optional()])
