"""How somebody is reached with one tap: to dial, or with a text that is ready to send. Who has said no has no links."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.delivery.queries.risk import AtRisk, Reach
from app.delivery.rules import messages as rules
from app.infra.i18n import language
from app.people.kinds import ConsentPurpose, ContactKind
from app.people.queries import consents
from app.people.rules.consents import Given, agreed

NUMBERS = (ContactKind.PHONE, ContactKind.WHATSAPP)


class Answer(StrEnum):
    """What somebody said when asked whether we may call and write."""

    AGREED = "agreed"
    NOT_ASKED = "not_asked"
    SAID_NO = "said_no"


@dataclass(frozen=True, slots=True)
class Way:
    """A number and where tapping it leads; empty links are not offered. `note` says whose a shared number is."""

    number: str
    dial: str
    whatsapp: str
    sms: str
    own: bool
    note: str


@dataclass(frozen=True, slots=True)
class Ways:
    """How somebody is reached, and whether they agreed to it."""

    answer: Answer
    numbers: tuple[Way, ...] = ()


def answer(given: Sequence[Given], today: date) -> Answer:
    """What holds of what somebody said about calls and messages."""
    if agreed(given, ConsentPurpose.MESSAGES, today):
        return Answer.AGREED
    asked = any(one.purpose is ConsentPurpose.MESSAGES for one in given)
    return Answer.SAID_NO if asked else Answer.NOT_ASKED


def ways(
    people: Sequence[AtRisk], reach: Mapping[int, Sequence[Reach]], sender: str, today: date
) -> dict[int, Ways]:  # fmt: skip
    """How each of these people is reached, by enrolment; one query. A text is offered only to those who agreed to it,
    and on a number of their own: others would read it.
    """
    given = consents.given([one.person_id for one in people])
    found = {}
    for one in people:
        said = answer(given.get(one.person_id, []), today)
        numbers = [] if said is Answer.SAID_NO else [r for r in reach.get(one.person_id, ()) if r.kind in NUMBERS]
        text = _text(one, sender) if said is Answer.AGREED else ""
        found[one.enrolment_id] = Ways(said, tuple(_way(each, one.region, text) for each in numbers))
    return found


def _text(one: AtRisk, sender: str) -> str:
    code = rules.language_for(one.language, language())
    return rules.filled("calling", code, name=one.called, sender=sender, cohort=one.cohort)


def _way(reach: Reach, region: str, text: str) -> Way:
    prepared = text if reach.own else ""
    return Way(
        number=reach.value,
        dial=rules.tel(reach.value, region),
        whatsapp=(rules.whatsapp(reach.value, region, prepared) or "") if prepared else "",
        sms=rules.sms(reach.value, region, prepared) if prepared else "",
        own=reach.own,
        note=reach.note,
    )
