"""Writing down that somebody agreed to the text that is read to people today. Taking it back is in persons.py."""

from __future__ import annotations

from datetime import date

from app.infra import clock
from app.infra.transactions import transactional
from app.people import consent_texts
from app.people.kinds import ConsentHow, ConsentPurpose
from app.people.models import Consent, Person
from app.people.permissions import Actor
from app.people.rules import consents as rules

from .persons import give_consent, put_consent


@transactional
def agree(
    actor: Actor, person: Person, purpose: ConsentPurpose, how: ConsentHow, *, language: str, on: date,
    version: str | None = None, guardian: str = "", guardian_tie: str = "",
) -> Consent:  # fmt: skip
    """Keep that somebody, or their guardian, agreed to a text that exists, in a language it exists in; the newest one
    unless `version` names another, e.g. from a paper that was signed a year ago.
    """
    return give_consent(
        actor, person, purpose, how, text_version=_text(purpose, version, language, on), language=language, on=on,
        guardian=guardian, guardian_tie=guardian_tie,
    )  # fmt: skip


def put_agreement(
    actor: Actor, person: Person, purpose: ConsentPurpose, how: ConsentHow, *, language: str, on: date,
    version: str | None = None, guardian: str = "", guardian_tie: str = "",
) -> Consent:  # fmt: skip
    """The same within an action that has checked why it may."""
    return put_consent(
        actor, person, purpose, how, text_version=_text(purpose, version, language, on), language=language, on=on,
        guardian=guardian, guardian_tie=guardian_tie,
    )  # fmt: skip


def _text(purpose: ConsentPurpose, version: str | None, language: str, on: date) -> str:
    """The version of a text that exists in the language; raises `NotYet`, `NoSuchText`."""
    if on > clock.now().date():
        raise rules.NotYet
    text = consent_texts.newest(purpose) if version is None else consent_texts.find(purpose, version)
    text.text(language)
    return text.version
