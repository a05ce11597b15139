"""The words people see for workshops: kinds, states, criteria, answers, roles, verdicts. What they mean is in rules."""

from __future__ import annotations

import datetime as dt

import flask_babel
from flask_babel import format_date, gettext, ngettext

from app.core.errors import N_

from .models import AgendaItem, Participant, Question, Workshop
from .models.workshops import (
    Channel,
    ItemKind,
    ParticipantRole,
    Presence,
    RemarkKind,
    Verdict,
    WorkshopKind,
    WorkshopState,
)
from .rules.agenda import clock as clock
from .rules.results import Standing
from .rules.scales import STEPS, Criterion, Scale

KINDS: dict[WorkshopKind, str] = {
    WorkshopKind.TECHNICAL: N_("Technical validation"),
    WorkshopKind.POPULATION: N_("Validation with the people it is for"),
}
STATES: dict[WorkshopState, tuple[str, str]] = {
    WorkshopState.PLANNED: ("seed", N_("being prepared")),
    WorkshopState.OPEN: ("bud", N_("taking answers")),
    WorkshopState.CLOSED: ("fruit", N_("already closed")),
}
CRITERIA: dict[Criterion, tuple[str, str]] = {
    Criterion.ATTRACTION: (N_("Attraction"), N_("Does it draw people in?")),
    Criterion.COMPREHENSION: (N_("Comprehension"), N_("Is it understood?")),
    Criterion.IDENTIFICATION: (N_("Identification"), N_("Do people see themselves in it?")),
    Criterion.ACCEPTANCE: (N_("Acceptance"), N_("Is nothing in it unwelcome?")),
    Criterion.INDUCEMENT: (N_("Inducement to act"), N_("Does it move people to do something?")),
}
SCALES: dict[Scale, str] = {
    Scale.FIVE: N_("Five answers, from 1 to 5"),
    Scale.FOUR: N_("Four answers, from 0 to 3: nothing, little, fairly, very"),
}
VALUES: dict[Scale, dict[int, str]] = {
    Scale.FIVE: {1: N_("Not at all"), 2: N_("A little"), 3: N_("More or less"), 4: N_("Quite"), 5: N_("Very much")},
    Scale.FOUR: {0: N_("Nothing"), 1: N_("Little"), 2: N_("Fairly"), 3: N_("Very")},
}
ROLES: dict[ParticipantRole, str] = {
    ParticipantRole.MEMBER: N_("member"),
    ParticipantRole.BOARD: N_("board"),
    ParticipantRole.YOUTH: N_("youth"),
    ParticipantRole.TECHNICIAN: N_("technical staff"),
    ParticipantRole.TRAINER: N_("training team"),
    ParticipantRole.OTHER: N_("another role"),
}
SEXES: dict[str, str] = {"woman": N_("woman"), "man": N_("man"), "other": N_("other"), "": N_("not said")}
AGES: dict[str, str] = {
    "-17": N_("up to 17"),
    "18-29": N_("18 to 29"),
    "30-44": N_("30 to 44"),
    "45-59": N_("45 to 59"),
    "60-": N_("60 and older"),
    "": N_("not said"),
}
PRESENCES: dict[Presence, str] = {
    Presence.PRESENT: N_("present"),
    Presence.PARTIAL: N_("part of the day"),
    Presence.ABSENT: N_("absent"),
}
CHANNELS: dict[Channel, str] = {
    Channel.LETTER: N_("letter"),
    Channel.WHATSAPP: N_("WhatsApp"),
    Channel.SMS: N_("text message"),
    Channel.EMAIL: N_("e-mail"),
}
REMARK_KINDS: dict[RemarkKind, str] = {
    RemarkKind.WORDING: N_("wording"),
    RemarkKind.EXAMPLE: N_("example"),
    RemarkKind.FIGURE: N_("figure"),
    RemarkKind.LAW: N_("law"),
    RemarkKind.TIMING: N_("timing"),
    RemarkKind.IMAGE: N_("picture"),
    RemarkKind.OTHER: N_("something else"),
}
VERDICTS: dict[Verdict, tuple[str, str]] = {
    Verdict.OPEN: ("flag", N_("waits for a decision")),
    Verdict.ACCEPTED: ("check", N_("accepted")),
    Verdict.PARTLY: ("leaf-notched", N_("accepted in part")),
    Verdict.DECLINED: ("cross", N_("declined")),
    Verdict.LATER: ("clock", N_("put off")),
}
STANDINGS: dict[Standing, tuple[str, str]] = {
    Standing.PASSED: ("flower", N_("passed")),
    Standing.FAILED: ("wilting", N_("did not pass")),
    Standing.TOO_FEW: ("seed", N_("not enough answers")),
    Standing.NOT_TRIED: ("seed", N_("not tried")),
}
ITEMS: dict[ItemKind, str] = {
    ItemKind.OPENING: N_("Opening and introductions"),
    ItemKind.ANSWERS: N_("Questionnaire"),
    ItemKind.CLOSING: N_("Agreements and closing"),
    ItemKind.BREAK: N_("Break"),
}
DIMENSIONS: dict[str, str] = {"sex": N_("By sex"), "age": N_("By age"), "role": N_("By role")}


def kind(workshop: Workshop) -> str:
    return str(gettext(KINDS[workshop.kind]))


def version(workshop: Workshop) -> str:
    """What was tried: a version's number, or the state of the draft."""
    if workshop.release:
        return str(gettext("version %(version)s", version=workshop.release.version))
    return str(gettext("draft, state %(number)s", number=workshop.revision.number))


def dates(workshop: Workshop) -> str:
    """The day or days it takes."""
    first = flask_babel.format_date(workshop.starts_on, "long")
    if workshop.days == 1:
        return str(first)
    last = workshop.starts_on + dt.timedelta(days=workshop.days - 1)
    return str(gettext("%(first)s to %(last)s", first=first, last=flask_babel.format_date(last, "long")))


def day(workshop: Workshop, number: int) -> str:
    """One of its days, with its weekday."""
    return str(format_date(workshop.starts_on + dt.timedelta(days=number - 1), "full"))


def item(line: AgendaItem, titles: dict[str, str]) -> str:
    """What a line of the agenda says."""
    if line.kind is ItemKind.ANSWERS:
        return str(gettext("Questionnaire: %(unit)s", unit=titles.get(line.unit_uid or "", line.unit_uid or "")))
    if line.unit_uid:
        return titles.get(line.unit_uid, line.unit_uid)
    return item_title(line.kind.value, line.title)


def item_title(kind: str, title: str) -> str:
    """What a line that is no unit says: its own words, else the usual ones."""
    if title == "lunch":
        return str(gettext("Lunch"))
    if title and title != "break":
        return title
    return str(gettext(ITEMS.get(ItemKind(kind), ITEMS[ItemKind.BREAK])))


def question(asked: Question, in_language: str) -> str:
    """A question in a language, else in Spanish, else in whichever there is."""
    texts = asked.texts
    main = in_language.partition("-")[0]
    return str(texts.get(main) or texts.get("es") or next(iter(texts.values()), ""))


def values(scale: Scale) -> list[tuple[int, str]]:
    """The answers of a scale with their words, lowest first."""
    return [(value, str(gettext(VALUES[scale][value]))) for value in STEPS[scale].values]


def value(scale: Scale, given: int | None) -> str:
    if given is None:
        return str(gettext("does not apply"))
    return say(VALUES[scale][given]) if given in VALUES[scale] else str(given)


def percent(share: float | None) -> str:
    """A share rounded down to a tenth of a per cent, so that what did not reach the mark never looks as if it had."""
    if share is None:
        return ""
    return str(flask_babel.format_percent(int(share * 1000 + 1e-9) / 1000, "#,##0.#%"))


def decimal(number: float | None, digits: int = 1) -> str:
    return "–" if number is None else str(flask_babel.format_decimal(number, "0." + "#" * digits))


def group(dimension: str, name: str) -> str:
    """A group of people in a breakdown."""
    if dimension == "role" and name:
        return say(ROLES[ParticipantRole(name)])
    table = AGES if dimension == "age" else SEXES
    return say(table[name]) if name in table else name


def person(participant: Participant | None) -> str:
    """Somebody on the list, for those who run the workshop."""
    if participant is None:
        return str(gettext("without a name"))
    if participant.erased_at is not None:
        return str(gettext("no. %(number)s (erased)", number=participant.number))
    return f"{participant.number} · {participant.name}"


def first_name(participant: Participant) -> str:
    """As much of a name as the phones of others may show: the first word."""
    return participant.name.split(" ")[0]


def people(number: int) -> str:
    return str(ngettext("%(num)s person", "%(num)s people", number))


def top_band(workshop: Workshop) -> str:
    """The answers that count as the top band."""
    return ", ".join(f"{value} {word}" for value, word in values(workshop.scale) if value >= workshop.top_from)


def say(word: str) -> str:
    """A word of these tables in the reader's language."""
    return str(gettext(word))
