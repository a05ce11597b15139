"""The words people see for deeds on persons and organisations, and for what speaks for two records being one."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext

from app.core.errors import N_
from app.infra.i18n import format_day, language_name, region_name
from app.people.models import Person
from app.people.rules.duplicates import Known, Sign, plain
from app.web import words

from .keeping_text import TABLES

DEEDS: dict[str, str] = {
    "person.made": N_("Written down"),
    "person.changed": N_("Details changed"),
    "person.affiliated": N_("Belongs to an organisation"),
    "person.left": N_("Left an organisation"),
    "person.contact": N_("Contact written down"),
    "person.contact_forgotten": N_("Contact taken away"),
    "person.consent": N_("Agreed to something"),
    "person.consent_withdrawn": N_("Took back what they agreed to"),
    "person.merged": N_("Another record joined to this one"),
    "person.unmerged": N_("Two records taken apart"),
    "person.told_apart": N_("Said to be somebody else than another record"),
    "person.erased": N_("Erased"),
    "card.issued": N_("Card given"),
    "card.ended": N_("Card ended"),
    "card.pin_forgotten": N_("PIN taken off the card"),
    "card.pin_chosen": N_("PIN chosen by its owner"),
    "card.pin_changed": N_("PIN changed by its owner"),
    "card.signed_in": N_("Signed in with the card"),
    "organisation.made": N_("Put on the list"),
    "organisation.changed": N_("Details changed"),
    "organisation.tied": N_("Belongs to another organisation"),
    "organisation.untied": N_("Left another organisation"),
    "organisation.figure": N_("Figure written down"),
}
SIGNS: dict[Sign, str] = {
    Sign.SAME_NAME: N_("the same name"),
    Sign.SIMILAR_NAME: N_("names that sound alike"),
    Sign.SAME_DOCUMENT: N_("the same identity document"),
    Sign.NEAR_DOCUMENT: N_("identity documents that differ in one digit"),
    Sign.SAME_PHONE: N_("the same phone"),
    Sign.SAME_BIRTH: N_("born at the same time"),
    Sign.OTHER_DOCUMENT: N_("another identity document"),
    Sign.OTHER_BIRTH: N_("born at another time"),
    Sign.OTHER_SEX: N_("another sex"),
}


def record_deed(action: str) -> str:
    """A deed from the record in the reader's language."""
    return str(gettext(DEEDS[action])) if action in DEEDS else action


def sign_name(sign: Sign) -> str:
    """What speaks for, or against, two records being one person."""
    return str(gettext(SIGNS[sign]))


def table_name(name: str) -> str:
    """What the rows of a table are to the person they name."""
    return str(gettext(TABLES[name])) if name in TABLES else name


def born_words(person: Person) -> str:
    """When somebody was born, as exactly as it is known; empty where it is not."""
    if person.birth_date is not None:
        return format_day(person.birth_date)
    if person.birth_year is not None:
        return str(person.birth_year)
    if person.age_told is not None and person.age_told_on is not None:
        return str(gettext("%(age)s years old on %(day)s", age=person.age_told, day=format_day(person.age_told_on)))
    return ""


def spoken_words(person: Person) -> str:
    """The languages somebody speaks."""
    return ", ".join(language_name(code) for code in person.languages)


def side_by_side(one: Person, other: Person, known: Mapping[int, Known]) -> list[tuple[str, str, str, bool | None]]:
    """What two records say: of what, the one, the other, and whether they agree (None where one says nothing)."""
    lines = [
        (gettext("Given names"), one.given_names, other.given_names),
        (gettext("Family names"), one.family_names, other.family_names),
        (gettext("Called"), one.known_as, other.known_as),
        (gettext("Sex"), words.word(one.sex), words.word(other.sex)),
        (gettext("Born"), born_words(one), born_words(other)),
        (gettext("Identity document"), _document(one), _document(other)),
        (gettext("Phone"), _phones(known[one.id]), _phones(known[other.id])),
        (gettext("Languages"), spoken_words(one), spoken_words(other)),
        (gettext("Region"), _region(one), _region(other)),
        (gettext("Place"), one.place, other.place),
        (gettext("Written down on"), format_day(one.created_at), format_day(other.created_at)),
    ]
    return [(str(of), a, b, plain(a) == plain(b) if a and b else None) for of, a, b in lines if a or b]


def _document(person: Person) -> str:
    return f"{person.document_kind} {person.document_number}".strip()


def _phones(known: Known) -> str:
    return ", ".join(sorted(known.phones))


def _region(person: Person) -> str:
    return region_name(person.region) if person.region else ""
