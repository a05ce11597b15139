"""What people fill in about accounts. Forms check that something was typed; whether it will do is for rules.py."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from app.core.errors import Refused
from app.infra.i18n import LANGUAGES, sentence

from . import rules, words
from .permissions import Actor, Permission, Role, Scope, allows

Place = tuple[int, str, str]

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
    rules.NoSuchPlace: ("organisation",),
}


def blame(form: FlaskForm, refused: Refused) -> None:
    """Put a refusal beside the field it is about, or above the form when it is about none of them."""
    said = sentence(refused)
    for name in FIELDS.get(type(refused), ()):
        if name in form:
            form[name].errors = [*form[name].errors, said]
            return
    form.form_errors.append(said)


def _number(value: object) -> int:
    """A choice as a row's number; what is none was not offered."""
    text = str(value or 0)
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 10 else -1


def _stripped(text: str | None) -> str:
    return (text or "").strip()


class SignIn(FlaskForm):  # type: ignore[misc]
    """A user name and a password, and where to go from there."""

    username = StringField(
        _("User name"),
        description=_("Or your own phone number, if it is written down here."),
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

    organisation = SelectField(
        _("Organisation"),
        description=_("The role then holds for what is this organisation's: its people, its cohorts, its figures."),
        coerce=_number,
        default=0,
    )
    programme = SelectField(
        _("Programme"),
        description=_("The role then holds for what is done in this programme."),
        coerce=_number,
        default=0,
    )

    def offer_places(self, organisations: Sequence[Place], programmes: Sequence[Place]) -> None:
        """Offer the organisations and programmes within which the reader gives roles, as (id, name, region)."""
        every = SelectChoice(0, gettext("Not limited to one"))
        self._regions = {("organisation", id_): region for id_, _name, region in organisations}
        self._regions |= {("programme", id_): region for id_, _name, region in programmes}
        self.organisation.choices = [every, *(SelectChoice(id_, name) for id_, name, _region in organisations)]
        self.programme.choices = [every, *(SelectChoice(id_, name) for id_, name, _region in programmes)]

    def offer_roles(self) -> None:
        """Offer every role, in the reader's language."""
        self.role.choices = [
            SelectChoice(role.value, f"{words.role_name(role)}: {words.role_hint(role)}") for role in Role
        ]

    def scope(self, actor: Actor) -> Scope:
        """Where the role shall hold. Somebody who gives roles in one region only, and chose an organisation or a
        programme there without writing the region, means that region.
        """
        organisation, programme = self.organisation.data or None, self.programme.data or None
        region = self.region.data.upper() or None
        wanted = Scope(
            self.curriculum.data.lower() or None,
            region,
            organisations=None if organisation is None else frozenset({organisation}),
            programmes=None if programme is None else frozenset({programme}),
        )
        if region is None and not wanted.is_regional and not allows(actor, Permission.MANAGE_ACCOUNTS, wanted):
            named = ("organisation", organisation) if organisation is not None else ("programme", programme or 0)
            return replace(wanted, region=self._regions.get(named))
        return wanted


class Grant(_Scoped):
    """Another role for an account."""


class NewAccount(_Named, _Scoped):
    """Who gets an account, and the first role it has."""
