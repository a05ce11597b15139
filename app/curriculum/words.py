"""The words people see for blocks, their standing, acts, versions and licences. What they mean is in core and rules."""

from __future__ import annotations

import re

import flask_babel

from app.core.content import Kind, LinkState
from app.core.errors import N_
from app.core.versions import Level
from app.infra.i18n import region_name

from .models import ActKind
from .rules import Terms

_RELEASE = re.compile(r"[\w-]+/([\w-]+)@([\w.]+)(?:; need \d+)?")
_AMONG = re.compile(r"(?<![\w/-])[\w-]+/(001|[A-Z]{2}(?:-[A-Z0-9]{1,3})?)@(r?\d+(?:\.\d+)*)(?![\w.@])")  # in evidence

KINDS: dict[Kind, str] = {
    Kind.HEADING: N_("Heading"),
    Kind.PARAGRAPH: N_("Paragraph"),
    Kind.LIST: N_("List"),
    Kind.TABLE: N_("Table"),
    Kind.FIGURE: N_("Picture"),
    Kind.CODE: N_("Example"),
    Kind.QUOTE: N_("Quotation"),
    Kind.RULE: N_("Dividing line"),
    Kind.OBJECTIVES: N_("Objectives"),
    Kind.PLAN: N_("Plan"),
    Kind.MATERIALS: N_("Materials"),
    Kind.ACTIVITY: N_("Activity"),
    Kind.CASE: N_("Case study"),
    Kind.NOTE: N_("For the facilitator"),
    Kind.HANDOUT: N_("Handout"),
    Kind.QUESTION: N_("Question"),
    Kind.ACCESS: N_("For everybody to take part"),
    Kind.SOURCES: N_("Sources"),
}
STATES: dict[LinkState, str] = {
    LinkState.FOLLOW: N_("as the original"),
    LinkState.ADAPTED: N_("adapted"),
    LinkState.FROZEN: N_("kept as it was"),
    LinkState.LOCAL: N_("grown here"),
    LinkState.DROPPED: N_("left out"),
}
DEEDS: dict[ActKind, tuple[str, str]] = {
    ActKind.LOAD: ("book", N_("Taken from files")),
    ActKind.FORK: ("graft", N_("Grafted")),
    ActKind.EDIT: ("pencil", N_("Texts changed")),
    ActKind.VARIABLES: ("pencil", N_("Local words and figures set")),
    ActKind.LOCK: ("lock", N_("What other editions may change was set")),
    ActKind.LINK: ("leaf-notched", N_("Relation to the original settled")),
    ActKind.COMPOSE: ("graft", N_("Modules put together")),
    ActKind.SYNC: ("leaf", N_("Changes of the original taken in")),
    ActKind.IMPORT: ("arrow", N_("Brought in from a file")),
    ActKind.UNDO: ("arrow", N_("Changes of the original taken back")),
    ActKind.RESTORE: ("arrow", N_("An earlier state brought back")),
    ActKind.RELEASE: ("fruit", N_("Released")),
}
LEVELS: dict[Level, tuple[str, str]] = {
    Level.X: (N_("Large"), N_("Objectives, questions or whole units changed: courses have to look at it again.")),
    Level.Y: (N_("Medium"), N_("Something was added.")),
    Level.Z: (N_("Small"), N_("Wording, local words and figures, translations.")),
}


def gettext(text: str) -> str:
    """A sentence in the reader's language."""
    return str(flask_babel.gettext(text))


def kind(of: Kind) -> str:
    """What a block is."""
    return gettext(KINDS[of])


def state(of: LinkState) -> str:
    """How a block stands to the original."""
    return gettext(STATES[of])


def deed(of: ActKind) -> tuple[str, str]:
    """What somebody did: its drawing and its words."""
    picture, text = DEEDS[of]
    return picture, gettext(text)


def source(stems_from: str) -> str:
    """What an act stems from: a release by its region and number, other evidence as it was written.

    A need that stands behind a graft is told by what the act cites.
    """
    found = _RELEASE.fullmatch(stems_from)
    if found:
        return f"{region_name(found[1])} {found[2]}"
    return _AMONG.sub(lambda one: f"{region_name(one[1])} {one[2]}", stems_from)


def is_release(stems_from: str) -> bool:
    """Whether an act stems from a release rather than from evidence that a person named."""
    return _RELEASE.fullmatch(stems_from) is not None


def level(of: Level) -> tuple[str, str]:
    """How large a release is, and what that means."""
    name, hint = LEVELS[of]
    return gettext(name), gettext(hint)


def terms(of: Terms) -> list[str]:
    """What a licence asks of whoever passes the edition on."""
    asked = [
        (of.attribution, N_("Name everybody listed here.")),
        (of.noncommercial, N_("No commercial use.")),
        (of.sharealike, N_("What is made from it goes under the same licence.")),
        (of.noderivatives, N_("It may not be adapted.")),
    ]
    return [gettext(text) for holds, text in asked if holds]
