"""The words people see for how translations stand, where suggestions come from and what became of remarks."""

from __future__ import annotations

from app.core.checks import Advice
from app.core.checks.terms import Status as TermStatus
from app.core.content import Kind
from app.core.errors import N_
from app.core.language import RULES, Style
from app.core.translating import Status
from app.curriculum.words import KINDS, gettext
from app.translation.models import Verdict
from app.translation.queries.suggestions import From, Suggestion

STATES: dict[Status, tuple[str, str, str]] = {
    Status.MISSING: ("seed", N_("to translate"), "blocking"),
    Status.STALE_MAJOR: ("clock", N_("out of date"), "conflict"),
    Status.STALE_MINOR: ("clock", N_("a little out of date"), "stale"),
    Status.DRAFT: ("pencil", N_("draft translation"), "adapted"),
    Status.IN_REVIEW: ("bud", N_("translation in review"), "review"),
    Status.APPROVED: ("check", N_("approved translation"), ""),
    Status.NOT_APPLICABLE: ("cross", N_("not needed here"), ""),
    Status.ORAL_ONLY: ("person", N_("only spoken"), ""),
    Status.CARRIED: ("leaf", N_("as in the wider language"), ""),
    Status.WRITTEN: ("sprout", N_("written here first"), "local"),
}
ORIGINS: dict[From, str] = {
    From.OWN: N_("what stands here now"),
    From.REPAIRED: N_("what stands here now, with the figures as they are now"),
    From.PARENT: N_("the original, of the same text"),
    From.FAMILY: N_("another edition, of the same text"),
    From.LANGUAGE: N_("the wider language"),
    From.EXACT: N_("the memory, of the same text"),
    From.ALIKE: N_("the memory, of a text much like it"),
}
ALIKE: dict[From, str] = {
    From.OWN: N_("what stands here now, made of the earlier text"),
    From.PARENT: N_("the original, of a text much like it"),
    From.FAMILY: N_("another edition, of a text much like it"),
}
TERMS: dict[TermStatus, tuple[str, str]] = {
    TermStatus.PREFERRED: ("check", N_("preferred")),
    TermStatus.ADMITTED: ("leaf", N_("may be used")),
    TermStatus.FORBIDDEN: ("cross", N_("not to be used")),
    TermStatus.KEEP: ("lock", N_("stays as it is")),
}
STYLES: dict[Style, tuple[str, str]] = {
    Style.NEUTRAL: (N_("In neutral words first"), N_("For example: the membership, those who grow, the team.")),
    Style.SPLIT: (N_("Both forms first"), N_("For example: women and men members, women and men growers.")),
    Style.OFF: (N_("Not looked at"), N_("Nothing is said about how people are named.")),
}
VERDICTS: dict[Verdict, tuple[str, str]] = {
    Verdict.ACCEPTED: ("check", N_("suggestion taken")),
    Verdict.REJECTED: ("cross", N_("remark turned down")),
    Verdict.EXCEPTED: ("leaf", N_("made an exception")),
}


def state(status: Status) -> tuple[str, str, str]:
    """How a cell stands: its drawing, its word, its colour."""
    picture, text, colour = STATES[status]
    return picture, gettext(text), colour


def origin(suggestion: Suggestion) -> str:
    """Where a suggestion comes from, in a few words."""
    table = ALIKE if suggestion.changes and suggestion.origin in ALIKE else ORIGINS
    return gettext(table[suggestion.origin])


def term(status: TermStatus) -> tuple[str, str]:
    """How a word of the glossary is to be used: its drawing and its word."""
    picture, text = TERMS[status]
    return picture, gettext(text)


def style(found: Style) -> tuple[str, str]:
    """A style of naming people, with examples."""
    name, hint = STYLES[found]
    return gettext(name), gettext(hint)


def verdict(found: Verdict) -> tuple[str, str]:
    """What became of a remark: its drawing and its word."""
    picture, text = VERDICTS[found]
    return picture, gettext(text)


def kind(found: Kind) -> str:
    """What a block is."""
    return gettext(KINDS[found])


def advice(found: Advice) -> str:
    """What a check has to say, as a sentence."""
    text = gettext(found.text)
    return text % found.values if found.values else text


def rule(name: str) -> str:
    """What a rule of wording remarks; its name where it is not known any more."""
    return gettext(RULES[name]) if name in RULES else name
