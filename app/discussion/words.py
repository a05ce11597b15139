"""The words people see for what was said, proposed and asked urgently. What they mean is in models and rules."""

from __future__ import annotations

from flask_babel import gettext, ngettext

from app.core.errors import N_

from .models import ProposalKind, ProposalState, Source

STATES: dict[ProposalState, tuple[str, str]] = {
    ProposalState.OPEN: ("bud", N_("waits for an answer")),
    ProposalState.ACCEPTED: ("check", N_("accepted")),
    ProposalState.CHANGED: ("check", N_("accepted with changes")),
    ProposalState.DECLINED: ("cross", N_("declined")),
    ProposalState.WITHDRAWN: ("arrow", N_("taken back")),
    ProposalState.OVERTAKEN: ("clock", N_("stands there already")),
}
KINDS: dict[ProposalKind, tuple[str, str]] = {
    ProposalKind.CHANGE: ("pencil", N_("another text")),
    ProposalKind.INSERT: ("sprout", N_("a new paragraph")),
    ProposalKind.REMOVE: ("leaf-gone", N_("to take it out")),
    ProposalKind.MOVE: ("move", N_("another place")),
    ProposalKind.UNIT: ("seed", N_("a whole unit")),
}
SOURCES: dict[Source, str] = {
    Source.SCREEN: "",
    Source.WORD: N_("from a Word file"),
    Source.FILE: N_("from a file that came back"),
    Source.WORKSHOP: N_("from the workshop"),
    Source.PILOT: N_("from the pilot"),
    Source.UPWARD: N_("from an edition below"),
    Source.SIBLING: N_("from another edition"),
}


def state(of: ProposalState) -> tuple[str, str]:
    """What became of a proposal: its drawing and its words."""
    picture, text = STATES[of]
    return picture, gettext(text)


def kind(of: ProposalKind) -> tuple[str, str]:
    """What is proposed: its drawing and its words."""
    picture, text = KINDS[of]
    return picture, gettext(text)


def source(of: Source) -> str:
    """Where it was said; empty for the screen, which needs no telling."""
    return str(gettext(SOURCES[of])) if SOURCES[of] else ""


def days(left: int) -> str:
    """How long there is still time, or for how long it is overdue."""
    if left == 0:
        return str(gettext("due today"))
    if left > 0:
        return str(ngettext("%(num)s day left", "%(num)s days left", left))
    return str(ngettext("%(num)s day overdue", "%(num)s days overdue", -left))
