"""What people fill in about organisations and persons. Forms check that something was typed; the rest is for rules."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
)
from wtforms.validators import InputRequired, Optional

from app.infra import clock
from app.infra.i18n import language_name
from app.people.actions.organisations import OrganisationDetails
from app.people.actions.persons import PersonDetails
from app.people.kinds import Capacity, ConsentHow, ContactKind, Figure, OrganisationKind, Reading, Sex
from app.people.models import Organisation, Person
from app.people.rules import cards
from app.people.rules.persons import Born
from app.web import words

from . import filling

# The languages of the countries Vivero is used in; a person may speak another one, which stays when it is known.
SPOKEN = ("es", "en", "qu", "quy", "quz", "qvs", "ay", "agr", "cni", "shp", "quc", "mam", "kek", "tzo", "tzh", "pt")


class OrganisationForm(FlaskForm):  # type: ignore[misc]
    """What is said of an organisation."""

    name = filling.text(_("Name"), needed=_("Please write the organisation's name."))
    short_name = filling.text(_("Short name"), _("As people call it, e.g. its initials."))
    kind = SelectField(_("Kind"))
    region = SelectField(_("Region"), validate_choice=False)
    place = filling.text(_("Place"), _("The town or district where it has its seat."))
    crops = filling.text(_("What its members grow"), _("With commas between, e.g. cacao, coffee."))

    def offer(self, regions: Mapping[str, list[tuple[str, str]]]) -> None:
        """Say what can be chosen."""
        self.kind.choices = words.choices(OrganisationKind)
        self.region.choices = dict(regions)

    def fill(self, told: Organisation) -> None:
        """Show what is said today."""
        self.name.data, self.short_name.data, self.kind.data = told.name, told.short_name, told.kind.value
        self.region.data, self.place.data, self.crops.data = told.region, told.place, ", ".join(told.crops)

    @property
    def details(self) -> OrganisationDetails:
        """What was typed."""
        return OrganisationDetails(
            name=self.name.data,
            region=self.region.data or "",
            kind=OrganisationKind(self.kind.data),
            short_name=self.short_name.data,
            place=self.place.data,
            crops=tuple(self.crops.data.split(",")),
        )


class FigureForm(FlaskForm):  # type: ignore[misc]
    """How many of something there were on a day, and who says so."""

    figure = SelectField(_("What is counted"))
    value = filling.Whole(_("How many"), validators=[InputRequired(filling.NUMBER)], render_kw={"inputmode": "numeric"})
    on = filling.day(_("On which day"), needed=True)
    source = filling.text(_("Who says so"), _("E.g. the register of members, the yearly assembly."))

    def offer(self) -> None:
        """Say what can be chosen, and that it was today unless another day is written."""
        self.figure.choices = words.choices(Figure)
        if not self.is_submitted():
            self.on.data = clock.now().date()


class TieForm(FlaskForm):  # type: ignore[misc]
    """An organisation that this one belongs to, or that belongs to it."""

    way = RadioField(_("How they belong together"), default="upper")
    other = SelectField(_("The other organisation"), coerce=int)
    since = filling.day(_("Since"), _("Leave it empty if nobody knows."))

    def offer(self, name: str, others: list[Organisation]) -> None:
        """Say what can be chosen. Not lazily: a lazy sentence with a name in it stands unescaped in a page."""
        self.way.choices = [
            ("upper", gettext("%(name)s belongs to it", name=name)),
            ("lower", gettext("It belongs to %(name)s", name=name)),
        ]
        self.other.choices = [(one.id, one.name) for one in others]


class LeftForm(FlaskForm):  # type: ignore[misc]
    """The last day of something."""

    until = filling.day(_("Until"), needed=True)


class PersonForm(FlaskForm):  # type: ignore[misc]
    """What a person tells of themselves."""

    given_names = filling.text(_("Given names"), needed=_("Please write the person's name."))
    family_names = filling.text(_("Family names"))
    known_as = filling.text(_("Called"), _("As everybody calls them, if it is another name."))
    sex = RadioField(_("Sex, as the person says"), default=Sex.NOT_STATED.value)
    birth_date = filling.day(_("Day of birth"))
    birth_year = filling.Whole(
        _("Year of birth"), description=_("If the day is not known."), validators=[Optional()],
        render_kw={"inputmode": "numeric"},
    )  # fmt: skip
    age = filling.Whole(
        _("Age today"), description=_("If not even the year is known."), validators=[Optional()],
        render_kw={"inputmode": "numeric"},
    )  # fmt: skip
    languages = SelectMultipleField(_("Languages spoken"), validate_choice=False)
    reading = RadioField(_("Reading"), default=Reading.NOT_STATED.value)
    document_kind = filling.text(_("Kind of identity document"), _("E.g. DNI. Only where the programme asks for it."))
    document_number = filling.text(_("Its number"))
    region = SelectField(_("Region"), validate_choice=False)
    place = filling.text(_("Place"), _("Community, hamlet or district."))

    def offer(self, regions: Mapping[str, list[tuple[str, str]]], present: list[str]) -> None:
        """Say what can be chosen; `present` are the languages known already."""
        self.sex.choices, self.reading.choices = words.choices(Sex), words.choices(Reading)
        codes = dict.fromkeys([*present, *SPOKEN])
        self.languages.choices = [(code, language_name(code)) for code in codes]
        self.region.choices = dict(regions)

    def fill(self, told: Person) -> None:
        """Show what is written today."""
        for name in ("given_names", "family_names", "known_as", "document_kind", "document_number", "region", "place"):
            self[name].data = getattr(told, name)
        self.sex.data, self.reading.data = told.sex.value, told.reading.value
        self.birth_date.data, self.birth_year.data = told.birth_date, told.birth_year
        self.age.data, self.languages.data = told.age_told, list(told.languages)

    def details(self, today: date, before: Person | None = None) -> PersonDetails:
        """What was typed. Of day, year and age the most exact one counts; an age that was told before keeps its day."""
        return PersonDetails(
            given_names=self.given_names.data,
            family_names=self.family_names.data,
            known_as=self.known_as.data,
            sex=Sex(self.sex.data),
            born=self._born(today, before),
            languages=tuple(code for code in self.languages.data or () if code in dict(self.languages.choices)),
            reading=Reading(self.reading.data),
            document_kind=self.document_kind.data,
            document_number=self.document_number.data,
            region=self.region.data or "",
            place=self.place.data,
        )

    def _born(self, today: date, before: Person | None) -> Born:
        if self.birth_date.data is not None:
            return Born(on=self.birth_date.data)
        if self.birth_year.data is not None:
            return Born(year=self.birth_year.data)
        if self.age.data is None:
            return Born()
        same = before is not None and before.age_told == self.age.data
        return Born(age=self.age.data, age_on=before.age_told_on if same and before else today)


class NewPersonForm(PersonForm):
    """Somebody who is on no list yet, of an organisation, with a telephone."""

    organisation = SelectField(_("Organisation"), coerce=int)
    capacity = SelectField(_("What they are there"), default=Capacity.MEMBER.value)
    phone = filling.text(_("Phone"), _("Leave it empty if there is none."))

    def offer_places(self, held: list[Organisation]) -> None:
        """Say where somebody can be written down."""
        self.organisation.choices = [(one.id, one.name) for one in held]
        self.capacity.choices = words.choices(Capacity)


class AffiliationForm(FlaskForm):  # type: ignore[misc]
    """An organisation that somebody belongs to."""

    organisation = SelectField(_("Organisation"), coerce=int)
    capacity = SelectField(_("What they are there"), default=Capacity.MEMBER.value)
    since = filling.day(_("Since"), _("Leave it empty if nobody knows."))

    def offer(self, held: list[Organisation]) -> None:
        """Say what can be chosen."""
        self.organisation.choices = [(one.id, one.name) for one in held]
        self.capacity.choices = words.choices(Capacity)


class ContactForm(FlaskForm):  # type: ignore[misc]
    """A way to reach somebody."""

    kind = SelectField(_("Kind"), default=ContactKind.PHONE.value)
    value = filling.text(_("Number or address"), needed=_("Please write the number or the address."))
    own = BooleanField(_("It is their own"), default=True)
    preferred = BooleanField(_("This is the best way to reach them"))
    note = filling.text(_("Whose it is, if it is not their own"), _("E.g. a neighbour's, of the shop."))

    def offer(self) -> None:
        """Say what can be chosen."""
        self.kind.choices = words.choices(ContactKind)


class ConsentForm(FlaskForm):  # type: ignore[misc]
    """How and when somebody agreed to the text above it, and who said so for them."""

    how = RadioField(_("How they agreed"), default=ConsentHow.SIGNATURE.value)
    on = filling.day(_("On which day"), needed=True)
    guardian = filling.text(
        _("Mother, father or guardian"),
        _("Who agreed for somebody under 18. Leave it empty if they agreed themselves."),
    )
    guardian_tie = filling.text(_("What they are to the person"), _("E.g. mother."))

    def offer(self) -> None:
        """Say what can be chosen, and that it was today unless another day is written."""
        self.how.choices = words.choices(ConsentHow)
        if not self.is_submitted():
            self.on.data = clock.now().date()


class EraseForm(FlaskForm):  # type: ignore[misc]
    """The name, typed, so that nobody is erased by a slip of the finger."""

    name = filling.text(_("The person's name, as it stands above"), needed=_("Please write the name."))


def _pin(label: object) -> PasswordField:
    return PasswordField(
        label, validators=[filling.LONGEST],
        render_kw={"inputmode": "numeric", "autocomplete": "off", "maxlength": str(cards.LONGEST_PIN)},
    )  # fmt: skip


class ChangePinForm(FlaskForm):  # type: ignore[misc]
    """The present PIN, and the new one twice."""

    current = _pin(_("Your PIN now"))
    pin = _pin(_("Your new PIN"))
    again = _pin(_("The new PIN once more"))
