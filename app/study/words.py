"""The words people see for the states and kinds of a study. What they mean is in kinds.py."""

from __future__ import annotations

from enum import StrEnum

import flask_babel

from app.core.errors import N_

from . import kinds as m

WORDS: dict[type[StrEnum], dict[StrEnum, str]] = {
    m.Priority: {
        m.Priority.HIGH: N_("urgent"),
        m.Priority.MIDDLE: N_("this year"),
        m.Priority.LOW: N_("can wait"),
    },
    m.NeedStatus: {
        m.NeedStatus.OPEN: N_("open"),
        m.NeedStatus.TAKEN_UP: N_("taken up"),
        m.NeedStatus.ANSWERED: N_("answered"),
        m.NeedStatus.SET_ASIDE: N_("set aside"),
    },
    m.SourceKind: {
        m.SourceKind.LAW: N_("law"),
        m.SourceKind.REGULATION: N_("regulation"),
        m.SourceKind.STATUTE: N_("statutes"),
        m.SourceKind.STUDY: N_("study"),
        m.SourceKind.INTERVIEW: N_("interview"),
        m.SourceKind.RECORD: N_("minutes or records"),
        m.SourceKind.WEBSITE: N_("website"),
        m.SourceKind.OTHER: N_("something else"),
    },
    m.Gap: {
        m.Gap.NONE: N_("they say the same"),
        m.Gap.MINOR: N_("small gap"),
        m.Gap.MAJOR: N_("large gap"),
    },
    m.InstrumentKind: {
        m.InstrumentKind.SURVEY: N_("survey"),
        m.InstrumentKind.FOCUS_GROUP: N_("focus group"),
    },
    m.Strength: {
        m.Strength.WEAK: N_("one voice"),
        m.Strength.FAIR: N_("several voices"),
        m.Strength.STRONG: N_("well supported"),
    },
    m.FindingStatus: {
        m.FindingStatus.OPEN: N_("open"),
        m.FindingStatus.ACTED_ON: N_("acted on"),
        m.FindingStatus.NO_CHANGE: N_("no change needed"),
        m.FindingStatus.PASSED_UP: N_("passed on to the original"),
    },
    m.Answer: {
        m.Answer.YES: N_("yes"),
        m.Answer.NO: N_("no"),
        m.Answer.UNASKED: N_("not asked yet"),
    },
    m.CheckState: {
        m.CheckState.OPEN: N_("not looked at yet"),
        m.CheckState.DONE: N_("looked at and settled"),
        m.CheckState.NOT_NEEDED: N_("not needed here"),
    },
}


def word(of: StrEnum) -> str:
    """What a state or a kind is called, in the reader's language."""
    return str(flask_babel.gettext(WORDS[type(of)][of]))


def options(of: type[StrEnum]) -> list[tuple[str, str]]:
    """Every state or kind of this sort with its word, for a list to choose from."""
    return [(one.value, word(one)) for one in of]
