"""Rules on consent: what may not happen without it, and whether one that was given still holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.core.errors import N_, Refused
from app.people.kinds import ConsentPurpose

from .persons import OF_AGE


class Deed(StrEnum):
    """Something that is done with what we know of a person."""

    KEEP_RECORD = "keep_record"
    SEND_MESSAGE = "send_message"
    SHOW_PHOTOGRAPH = "show_photograph"
    PUBLISH_CERTIFICATE = "publish_certificate"
    USE_ANSWERS_IN_STUDY = "use_answers_in_study"


# What may not happen without which consent. What is not listed needs none.
NEEDS: Mapping[Deed, ConsentPurpose] = {
    Deed.KEEP_RECORD: ConsentPurpose.TRAINING_RECORD,
    Deed.SEND_MESSAGE: ConsentPurpose.MESSAGES,
    Deed.SHOW_PHOTOGRAPH: ConsentPurpose.PHOTOGRAPHS,
    Deed.PUBLISH_CERTIFICATE: ConsentPurpose.PUBLIC_CERTIFICATE,
    Deed.USE_ANSWERS_IN_STUDY: ConsentPurpose.RESEARCH,
}


class NoConsent(Refused):
    text = N_("%(name)s has not agreed to this, or has taken it back. Ask before you do it.")


class NoSuchText(Refused):
    text = N_("There is no such text to agree to.")
    status = 422


class NotYet(Refused):
    text = N_("That day lies ahead: a consent is written down once it was given.")
    status = 422


@dataclass(frozen=True, slots=True)
class Given:
    """A consent as it was given. `by_guardian`: by a mother, father or guardian."""

    purpose: ConsentPurpose
    on: date
    withdrawn_on: date | None = None
    by_guardian: bool = False


def needs_consent(deed: Deed) -> ConsentPurpose:
    """Return what somebody must have agreed to before this is done with what we know of them."""
    return NEEDS[deed]


def holds(given: Given, day: date) -> bool:
    """Whether a consent holds on a day: given by then, and not taken back by then."""
    return given.on <= day and (given.withdrawn_on is None or day < given.withdrawn_on)


def agreed(given: Iterable[Given], purpose: ConsentPurpose, day: date) -> bool:
    """Whether somebody agreed to a purpose on a day."""
    return any(one.purpose is purpose and holds(one, day) for one in given)


def to_ask_again(given: Iterable[Given], age: int | None, day: date) -> frozenset[ConsentPurpose]:
    """What somebody who has come of age should be asked themselves: so far only a guardian agreed to it."""
    if age is None or age < OF_AGE:
        return frozenset()
    standing = [one for one in given if holds(one, day)]
    return frozenset(one.purpose for one in standing) - {one.purpose for one in standing if not one.by_guardian}
