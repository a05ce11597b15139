"""The words people see for what a sync asks: outcomes, questions, answers. Which answers there are is in rules.py."""

from __future__ import annotations

from flask_babel import ngettext

from app.core.errors import N_
from app.core.merge import MINUTES, PLACE, Action, Answer, Because, Outcome, Part
from app.curriculum.words import KINDS, gettext

ACTIONS: dict[Action, tuple[str, str]] = {
    Action.TAKEN: ("leaf", N_("changed in the original")),
    Action.INSERTED: ("sprout", N_("new in the original")),
    Action.DELETED: ("leaf-gone", N_("taken out of the original")),
    Action.MOVED: ("move", N_("moved in the original")),
    Action.PROPOSAL: ("graft", N_("both changed it, joined")),
    Action.CAREFUL: ("flag", N_("joined, read carefully")),
    Action.CONFLICT: ("flag", N_("needs your decision")),
}
ANSWERS: dict[Answer, str] = {
    Answer.THEIRS: N_("Original"),
    Answer.OURS: N_("Ours"),
    Answer.BOTH: N_("Both"),
    Answer.WRITTEN: N_("Write it"),
    Answer.PROPOSAL: N_("Take the joined text"),
    Answer.LATER: N_("Later"),
}
CHOSEN: dict[Answer, str] = {
    Answer.THEIRS: N_("the original's"),
    Answer.OURS: N_("ours"),
    Answer.BOTH: N_("both"),
    Answer.WRITTEN: N_("written anew"),
    Answer.PROPOSAL: N_("the joined text"),
    Answer.LATER: N_("left for later"),
}
_CARRIED_OUT: dict[Answer, str] = {
    Answer.THEIRS: N_("What the original changed was taken as it was."),
    Answer.OURS: N_("The original changed it; ours was kept."),
    Answer.BOTH: N_("Both texts were kept."),
    Answer.WRITTEN: N_("A text of our own was written."),
    Answer.PROPOSAL: N_("The original's change was joined with ours."),
    Answer.LATER: N_("It was left for later."),
}
_PLACED = _CARRIED_OUT | {
    Answer.THEIRS: N_("It was moved as in the original."),
    Answer.OURS: N_("The original moved it; here it kept its place."),
}
KEYS: dict[Answer, str] = {
    Answer.PROPOSAL: "p",
    Answer.THEIRS: "o",
    Answer.OURS: "n",
    Answer.BOTH: "a",
    Answer.WRITTEN: "e",
    Answer.LATER: "l",
}
_PARTS: dict[Part, str] = {Part.MODULE: N_("Module"), Part.UNIT: N_("Unit"), Part.BLOCK: N_("Paragraph")}

_WHOLE: dict[tuple[Because, Part], str] = {
    (Because.NEW, Part.BLOCK): N_("The original has a new paragraph. Should it come in?"),
    (Because.NEW, Part.UNIT): N_("The original has a new unit. Should it come in?"),
    (Because.NEW, Part.MODULE): N_("The original has a new module. Should it come in?"),
    (Because.REMOVED, Part.BLOCK): N_("The original took this paragraph out. Should it go here too?"),
    (Because.REMOVED, Part.UNIT): N_("The original took this unit out. Should it go here too?"),
    (Because.REMOVED, Part.MODULE): N_("The original took this module out. Should it go here too?"),
    (Because.REMOVED_CHANGED, Part.BLOCK): N_("The original took this paragraph out; you had adapted it. Keep yours?"),
    (Because.REMOVED_CHANGED, Part.UNIT): N_("The original took this unit out; you had worked on it. Keep yours?"),
    (Because.REMOVED_CHANGED, Part.MODULE): N_("The original took this module out; you had worked on it. Keep yours?"),
    (Because.DROPPED_CHANGED, Part.BLOCK): N_("You took this paragraph out; the original changed it. Bring it back?"),
    (Because.DROPPED_CHANGED, Part.UNIT): N_("You took this unit out; the original changed it. Bring it back?"),
    (Because.DROPPED_CHANGED, Part.MODULE): N_("You took this module out; the original changed it. Bring it back?"),
    (Because.FIXED_DROPPED, Part.BLOCK): N_("This paragraph has to stand in every edition. Bring it back?"),
    (Because.HOME_REMOVED, Part.BLOCK): N_("The unit that this paragraph of yours is in was taken out. Keep it?"),
    (Because.HOME_REMOVED, Part.UNIT): N_("The module that this unit of yours is in was taken out. Keep it?"),
}
_TEXTS: dict[Action, str] = {
    Action.TAKEN: N_("Should this change of the original's come in?"),
    Action.PROPOSAL: N_("Is this joined text right?"),
    Action.CAREFUL: N_("Is this joined text right? Please read it carefully."),
    Action.CONFLICT: N_("Which text should stand here?"),
}
_COMES = frozenset({Because.NEW, Because.DROPPED_CHANGED, Because.FIXED_DROPPED})


def question(outcome: Outcome, aspect: str) -> str:
    """What is asked, as one sentence."""
    if outcome.whole:
        return gettext(_WHOLE.get((outcome.because, outcome.part), N_("Should this stand here?")))
    if aspect == PLACE:
        if outcome.place is not None and outcome.place.action is Action.MOVED:
            return gettext("The original moved this. Should it move here too?")
        return gettext("Where should this stand?")
    if aspect == MINUTES:
        return gettext("How many minutes should this unit take?")
    if outcome.part is Part.MODULE:
        return gettext("What should this module be called?")
    text = outcome.texts[aspect]
    if text.because is Because.FIXED_DIFFERS:
        return gettext("The original keeps this text the same everywhere. Take it?")
    if text.parent is None:
        return gettext("The original took this text out in this language. Keep yours?")
    return gettext(_TEXTS.get(text.action, _TEXTS[Action.CONFLICT]))


def answer(outcome: Outcome, aspect: str, given: Answer) -> str:
    """The word on an answer's button, for what is asked."""
    if outcome.whole:
        comes = outcome.because in _COMES
        if given is Answer.THEIRS:
            return gettext("Take it in") if comes else gettext("Take it out")
        if given is Answer.OURS:
            return gettext("Leave it out") if comes else gettext("Keep it")
    if aspect == PLACE:
        if given is Answer.THEIRS:
            return gettext("Move it")
        if given is Answer.OURS:
            return gettext("Leave it here")
    return gettext(ANSWERS[given])


def summary(given: str, number: int) -> tuple[str, str]:
    """How often an answer was given, for the list of what applying does: its drawing and its words."""
    said = {
        Answer.PROPOSAL: ("graft", ngettext("%(num)s joined text", "%(num)s joined texts", number)),
        Answer.THEIRS: ("leaf", ngettext("%(num)s change of the original", "%(num)s changes of the original", number)),
        Answer.OURS: (
            "leaf-notched",
            ngettext("%(num)s place where ours stays", "%(num)s places where ours stays", number),
        ),
        Answer.BOTH: ("graft", ngettext("%(num)s place with both texts", "%(num)s places with both texts", number)),
        Answer.WRITTEN: ("pencil", ngettext("%(num)s text written here", "%(num)s texts written here", number)),
        Answer.LATER: ("clock", ngettext("%(num)s left for later", "%(num)s left for later", number)),
    }
    picture, text = said[Answer(given)]
    return picture, str(text)


def chosen(outcome: Outcome, aspect: str, given: str) -> str:
    """An answer that was given, in a few words."""
    if outcome.whole or aspect == PLACE:
        return answer(outcome, aspect, Answer(given)) if given != Answer.LATER else gettext(CHOSEN[Answer.LATER])
    return gettext(CHOSEN[Answer(given)])


def carried_out(given: str, aspect: str) -> str:
    """A choice that was carried out, as one sentence, long after what was asked is gone."""
    return gettext(_PLACED[Answer(given)] if aspect == PLACE else _CARRIED_OUT[Answer(given)])


def kind(outcome: Outcome) -> str:
    """What the thing is."""
    return gettext(KINDS[outcome.kind]) if outcome.kind is not None else gettext(_PARTS[outcome.part])


def because(reason: Because) -> str:
    """Why an outcome is what it is."""
    return gettext(reason.value)


def picture(action: Action) -> str:
    """The drawing that stands for an outcome."""
    return ACTIONS.get(action, ("leaf", ""))[0]


def action(outcome: Action) -> str:
    """An outcome in a few words."""
    return gettext(ACTIONS[outcome][1]) if outcome in ACTIONS else outcome.value
