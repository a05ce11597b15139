"""What people fill in about accounts. Forms check that something was typed; whether it will do is for rules.py."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from app.core.errors import Refused
from app.infra.i18n import LANGUAGES, sentence

from . import rules, words
from .permissions import Role, Scope

_LANGUAGES = [SelectChoice(code, name) for code, name in LANGUAGES.items()]
_LONGEST = Length(max=rules.LONGEST_NAME, message=_("That is too long."))

FIELDS: Mapping[type[Refused], tuple[str, ...]] = {
    rules.BadUsername: ("username",),
    rules.UsernameTaken: ("username",),
    rules.BadName: ("name",),
    rules.ShortPassword: ("wanted", "password"),
    rules.GuessablePassword: ("wanted", "password"),
    rules.NotYourPassword: ("current",),
    rules.PasswordsDiffer: ("again",),
    rules.BadCurriculum: ("curriculum",),
    rules.BadRegion: ("region",),
    rules.BadLanguage: ("language",),
}


def blame(form: FlaskForm, refused: Refused) -> None:
    """Put a refusal beside the field it is about, or above the form when it is about none of them."""
    said = sentence(refused)
    for name in FIELDS.get(type(refused), ()):
        if name in form:
            form[name].errors = [*form[name].errors, said]
            return
    form.form_errors.append(said)


def _stripped(text: str | None) -> str:
    return (text or "").strip()


class SignIn(FlaskForm):  # type: ignore[misc]
    """A user name and a password, and where to go from there."""

    username = StringField(
        _("User name"),
        filters=[_stripped],
        validators=[InputRequired(_("Please write your user name.")), _LONGEST],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    password = PasswordField(
        _("Password"),
        validators=[InputRequired(_("Please write your password.")), _LONGEST],
        render_kw={"autocomplete": "current-password"},
    )
    next = HiddenField()


class ChangePassword(FlaskForm):  # type: ignore[misc]
    """The present password, and the new one twice."""

    current = PasswordField(
        _("Current password"),
        validators=[InputRequired(_("Please write your current password.")), _LONGEST],
        render_kw={"autocomplete": "current-password"},
    )
    wanted = PasswordField(
        _("New password"),
        description=_(
            "At least %(count)s characters. Three or four words you remember make a good one.",
            count=rules.SHORTEST_PASSWORD,
        ),
        validators=[InputRequired(_("Please write a new password.")), _LONGEST],
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        _("New password, once more"),
        validators=[InputRequired(_("Please write the new password a second time."))],
        render_kw={"autocomplete": "new-password"},
    )
    next = HiddenField()


class Language(FlaskForm):  # type: ignore[misc]
    """The language a person wants the pages in."""

    language = RadioField(_("Language of the pages"), choices=_LANGUAGES)


class _Named(FlaskForm):  # type: ignore[misc]
    """Who somebody is."""

    username = StringField(
        _("User name"),
        filters=[_stripped],
        description=_("2 to 40 small letters, digits, dots, hyphens or underscores. It cannot be changed later."),
        validators=[InputRequired(_("Please write a user name.")), _LONGEST],
        render_kw={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"},
    )
    name = StringField(
        _("Name"),
        filters=[_stripped],
        description=_("The person's name; others see it beside what they change."),
        validators=[InputRequired(_("Please write the person's name.")), _LONGEST],
        render_kw={"autocomplete": "off"},
    )
    language = SelectField(_("Language of the pages"), choices=_LANGUAGES)


class _Scoped(FlaskForm):  # type: ignore[misc]
    """A role and where it holds."""

    role = RadioField(_("Role"), choices=[], validators=[InputRequired(_("Please choose a role."))])
    curriculum = StringField(
        _("Curriculum"),
        filters=[_stripped],
        description=_("Its short name, e.g. my-coop. Leave it empty for all."),
        validators=[_LONGEST],
        render_kw={"autocapitalize": "none", "spellcheck": "false"},
    )
    region = StringField(
        _("Region"),
        filters=[_stripped],
        description=_("PE for Peru, PE-SAM for San Martín, and so on. Leave it empty for everywhere."),
        validators=[_LONGEST],
        render_kw={"autocapitalize": "characters", "spellcheck": "false"},
    )

    def offer_roles(self) -> None:
        """Offer every role, in the reader's language."""
        self.role.choices = [
            SelectChoice(role.value, f"{words.role_name(role)}: {words.role_hint(role)}") for role in Role
        ]

    @property
    def scope(self) -> Scope:
        """Where the role shall hold."""
        return Scope(self.curriculum.data.lower() or None, self.region.data.upper() or None)


class Grant(_Scoped):
    """Another role for an account."""


class NewAccount(_Named, _Scoped):
    """Who gets an account, and the first role it has."""
