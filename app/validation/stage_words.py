"""The words people see on the way to a release: processes, stages, gates, pilots, adjustments, signatures."""

from __future__ import annotations

import flask_babel
from flask_babel import gettext, ngettext

from app.core.errors import N_

from .models import Pilot, PilotLearner
from .models.pilots import Moment, PilotState, Severity
from .models.workshops import Verdict
from .queries.stages import Place
from .rules.adjustments import Grade, Reason
from .rules.stages import MoveKind, SignRole

PROCESSES: dict[str, tuple[str, str]] = {
    "direct": (N_("Direct"), N_("Written and released, without anything being asked before.")),
    "validated": (
        N_("Validated with people"),
        N_("From a need over study, adaptation, workshops, pilot and adjustments to signatures and release."),
    ),
}
STAGES: dict[str, str] = {
    "need": N_("Need"),
    "study": N_("Background study"),
    "adaptation": N_("Adaptation"),
    "technical": N_("Technical validation"),
    "workshop": N_("Validation workshop"),
    "pilot": N_("Pilot"),
    "adjustments": N_("Adjustments"),
    "sign_off": N_("Signatures"),
    "release": N_("Release"),
}
PLACES: dict[Place, tuple[str, str]] = {
    Place.DONE: ("check", N_("done")),
    Place.SKIPPED: ("leaf-gone", N_("left out")),
    Place.HERE: ("sprout", N_("here now")),
    Place.AHEAD: ("seed", N_("to come")),
}
MOVES: dict[MoveKind, tuple[str, str]] = {
    MoveKind.CHOSEN: ("graft", N_("Way chosen: %(to)s")),
    MoveKind.INHERITED: ("graft", N_("Way taken over from the original: %(to)s")),
    MoveKind.FORWARD: ("arrow", N_("Moved on to: %(to)s")),
    MoveKind.SKIPPED: ("leaf-gone", N_("Left out: %(from)s; moved on to: %(to)s")),
    MoveKind.BACK: ("move", N_("Sent back to: %(to)s")),
}
GRADES: dict[Grade, tuple[str, str]] = {
    Grade.MINOR: ("leaf", N_("minor")),
    Grade.MAJOR: ("flag", N_("major")),
}
REASONS: dict[str, str] = {
    Reason.OBJECTIVES: N_("objectives"),
    Reason.ASSESSMENT: N_("questions"),
    Reason.ORDER: N_("order or session plan"),
    Reason.LEGAL: N_("law or sources"),
    Reason.STRUCTURE: N_("activities or units that came or went"),
    Reason.TIMING: N_("more than 15 minutes"),
    Reason.LITTLE_TIME: N_("up to 15 minutes"),
    Reason.EXAMPLE: N_("example"),
    Reason.IMAGE: N_("picture"),
    Reason.WORDING: N_("wording"),
    Reason.TRANSLATION: N_("translation alone"),
}
SIGN_ROLES: dict[SignRole, str] = {
    SignRole.CONTENT: N_("Content"),
    SignRole.LEGAL: N_("Law"),
    SignRole.LANGUAGE: N_("Inclusive language"),
    SignRole.REPRESENTATIVE: N_("Co-operative"),
    SignRole.LICENCE: N_("Licence"),
}
STATEMENTS: dict[SignRole, str] = {
    SignRole.CONTENT: N_("I have read this edition and answer for what it teaches."),
    SignRole.LEGAL: N_("I have checked the laws and figures it names against those in force here."),
    SignRole.LANGUAGE: N_("I have read its language: it speaks to women and men and offends nobody."),
    SignRole.REPRESENTATIVE: N_("The co-operative knows this edition and agrees that it is taught to its members."),
    SignRole.LICENCE: N_("Sources are named, and the licences of all the words and pictures in it are respected."),
}
PILOT_STATES: dict[PilotState, tuple[str, str]] = {
    PilotState.OPEN: ("bud", N_("being held")),
    PilotState.CLOSED: ("fruit", N_("already closed")),
}
MOMENTS: dict[Moment, str] = {Moment.PRE: N_("before"), Moment.POST: N_("after")}
SEVERITIES: dict[Severity, str] = {
    Severity.SLIGHT: N_("slight"),
    Severity.HINDERED: N_("hindered the sitting"),
    Severity.STOPPED: N_("stopped the sitting"),
}
VERDICTS: dict[Verdict, tuple[str, str]] = {
    Verdict.OPEN: ("flag", N_("waits for a decision")),
    Verdict.ACCEPTED: ("check", N_("to be adjusted")),
    Verdict.PARTLY: ("leaf-notched", N_("to be adjusted in part")),
    Verdict.DECLINED: ("cross", N_("stays as it is")),
    Verdict.LATER: ("clock", N_("put off")),
}


def stage(key: str) -> str:
    """The name of a stage; its key where the file has one that nobody named."""
    return str(gettext(STAGES[key])) if key in STAGES else key


def process(key: str) -> str:
    return str(gettext(PROCESSES[key][0])) if key in PROCESSES else key


def move(kind: MoveKind, key: str, before: str, to: str) -> str:
    """What a move did, in a sentence."""
    chose = kind in (MoveKind.CHOSEN, MoveKind.INHERITED)
    return str(gettext(MOVES[kind][1]) % {"to": process(key) if chose else stage(to), "from": stage(before)})


def answer(text: str, parts: dict[str, object]) -> str:
    """What a gate found, in the reader's language."""
    return str(gettext(text)) % parts if parts else str(gettext(text))


def statement(role: SignRole) -> str:
    """The sentence that is signed in a role."""
    return str(gettext(STATEMENTS[role]))


def version(pilot: Pilot) -> str:
    """What was taught: a version's number, or the state of the draft."""
    if pilot.release:
        return str(gettext("version %(version)s", version=pilot.release.version))
    return str(gettext("draft, state %(number)s", number=pilot.revision.number))


def dates(pilot: Pilot) -> str:
    """The day or days it takes."""
    first, last = (flask_babel.format_date(day, "long") for day in (pilot.starts_on, pilot.ends_on))
    if pilot.starts_on == pilot.ends_on:
        return str(first)
    return str(gettext("%(first)s to %(last)s", first=first, last=last))


def learners(number: int) -> str:
    return str(ngettext("%(num)s learner", "%(num)s learners", number))


def learner(one: PilotLearner) -> str:
    """Somebody on the list, for those who run the pilot."""
    if one.erased_at is not None:
        return str(gettext("no. %(number)s (erased)", number=one.number))
    return f"{one.number} · {one.name}"


def percent(share: float | None) -> str:
    """A share as a percentage with a tenth; a dash where nothing is said."""
    return "–" if share is None else str(flask_babel.format_percent(share, "#,##0.#%"))


def points(share: float | None) -> str:
    """A difference of shares in percentage points, with its sign."""
    return "–" if share is None else str(flask_babel.format_decimal(share * 100, "+#,##0.#;-#,##0.#"))


def hundredth(number: float | None) -> str:
    return "–" if number is None else str(flask_babel.format_decimal(number, "0.##"))
