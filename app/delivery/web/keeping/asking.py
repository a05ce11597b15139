"""Asking somebody who is sought out whether we may call and write: the text to be read aloud, and what they said."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.delivery.actions.messages import Answered
from app.infra.i18n import language
from app.people import consent_texts
from app.people.kinds import ConsentHow, ConsentPurpose
from app.people.models import Person
from app.people.queries import persons
from app.people.rules.persons import OF_AGE, age_on

from . import typed

NO = "no"
ANSWERS = (*(one.value for one in ConsentHow), NO)
LANGUAGES = ("es", "en")


def of(person: Person, today: date) -> dict[str, Any]:
    """What is read to somebody, in a language of theirs if there is, and whether a guardian has to answer."""
    text = consent_texts.newest(ConsentPurpose.MESSAGES)
    known = [*(code.partition("-")[0] for code in person.languages), language()]
    spoken = next((code for code in known if code in LANGUAGES), LANGUAGES[0])
    age = age_on(persons.born(person), today)
    return {
        "text": text.text(spoken),
        "version": text.version,
        "language": spoken,
        "how": ConsentHow,
        "needs_guardian": age is not None and age < OF_AGE,
    }


def answered() -> Answered | None:
    """What they said to the text that stood on the page; None where they were not asked. Raises `typed.Fault`."""
    if not typed.text("answer"):
        return None
    said = typed.one_of("answer", ANSWERS)
    return Answered(
        None if said == NO else ConsentHow(said),
        typed.text("answer_language"),
        typed.text("answer_version"),
        typed.text("guardian"),
        typed.text("guardian_tie"),
    )
