"""Rules on adapting an edition: what a fork needs, when a reason is due, what may be composed, what is refused."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from app.core.content import Content, LinkState, Lock, Uid
from app.core.errors import N_, Refused
from app.core.languages import carried, is_language
from app.core.merge import PLACE, Action, Answer, Link, Outcome, Part, state
from app.core.merge.order import Level, moved
from app.core.merge.outcomes import ONLY_THEIRS

VARIABLE_NAME = re.compile(r"[a-z][a-z0-9_]{0,59}\Z")


class UnknownRegion(Refused):
    text = N_("%(region)s is not a region. Use 001 for the world, a country such as PE, or a province such as PE-SAM.")
    status = 422


class EditionExists(Refused):
    text = N_("There is an edition %(name)s already.")


class NoSuchLanguage(Refused):
    text = N_("The original has no %(language)s. Choose among: %(known)s.")
    status = 422


class NeedsReason(Refused):
    text = N_("This departs from the original. Please say why: whoever reads it in two years will want to know.")
    status = 422


class NothingChanged(Refused):
    text = N_("Nothing was changed, so there is nothing to save.")


class NoSuchUnit(Refused):
    text = N_("This edition has no such unit or paragraph any more.")
    status = 404


class Cycle(Refused):
    text = N_("%(name)s descends from this edition, so this edition cannot take modules from it.")


class HasModule(Refused):
    text = N_("This edition has that module already.")


class NoParent(Refused):
    text = N_("This paragraph belongs to this edition alone; there is no original to follow.")


class NotMustAdapt(Refused):
    text = N_("Only paragraphs that the original asks you to adapt can be confirmed as they are.")


class LockedByParent(Refused):
    text = N_("The original fixed this paragraph, so its lock cannot be changed here.")


class BadVariableName(Refused):
    text = N_("“%(name)s” cannot name a variable: use small letters, digits and underscores, and begin with a letter.")
    status = 422


class VariableExists(Refused):
    text = N_("This edition has a variable “%(name)s” already.")


class NoValue(Refused):
    text = N_("Please write what is to stand there; an empty variable would leave a gap in the text.")
    status = 422


class VariableInUse(Refused):
    text = N_("{{%(name)s}} stands in %(count)s paragraphs, so it needs a value.")


class NothingToUndo(Refused):
    text = N_("That step brought this edition no changes of the original, or it has been undone already.")


class UndoConflicts(Refused):
    """A sync that cannot be taken back whole; `uids` names what was changed since."""

    text = N_("%(count)s of the paragraphs it brought were changed since then. Restore those first, then undo.")

    def __init__(self, uids: Sequence[Uid]) -> None:
        self.uids = list(uids)
        super().__init__(count=len(self.uids))


class NothingDecided(Refused):
    text = N_("Nothing has been decided yet, so there is nothing to apply.")


class UnknownAnswer(Refused):
    text = N_("Please choose one of the answers.")
    status = 422


class NoLongerAsked(Refused):
    text = N_("This is not asked any more: it was settled, or the original changed again. Look at the list once more.")


class NotOffered(Refused):
    text = N_("That answer does not fit this question. Please choose one of those shown.")
    status = 422


class SettledByFiles(Refused):
    text = N_("An original says this in its files. Change curriculum.toml and load it again.")


class TooLong(Refused):
    text = N_("This is too long: at most %(longest)s characters on a line.")
    status = 422


class BadMinutes(Refused):
    text = N_("Please write the length in minutes as a number, for example 90.")
    status = 422


class NothingWritten(Refused):
    text = N_("Please write the text that should stand here.")
    status = 422


def check_languages(wanted: Sequence[str], known: Sequence[str]) -> None:
    """Raise `NoSuchLanguage` unless at least one language is wanted and the parent has texts for each.

    A regional variant (es-PE) is there where its wider language (es) is: it begins with that one's texts.
    """
    for language in wanted or [""]:
        if language not in known and not (is_language(language) and carried(language, known)):
            raise NoSuchLanguage(language=language[:40] or "–", known=", ".join(known))


LONGEST_LINE = 200


def check_lengths(lines: Iterable[str]) -> None:
    """Raise `TooLong` unless each line can stand in a title or a list of credits."""
    if any(len(line) > LONGEST_LINE for line in lines):
        raise TooLong(longest=LONGEST_LINE)


def check_variable_name(name: str) -> None:
    """Raise `BadVariableName` unless this can stand in `{{…}}`."""
    if not VARIABLE_NAME.match(name):
        raise BadVariableName(name=name)


def check_new_variable(name: str, known: Collection[str]) -> None:
    """Raise `BadVariableName` or `VariableExists` unless this can be the name of a new variable."""
    check_variable_name(name)
    if name in known:
        raise VariableExists(name=name)


def mark_of(values: Mapping[str, str]) -> str:
    """A short name for a variable's values, by which a form tells whether they are still those it showed."""
    return hashlib.sha256(json.dumps(dict(values), sort_keys=True).encode()).hexdigest()[:16]


def departures(changed: Collection[Uid], base: Content, content: Content, links: Mapping[Uid, Link]) -> set[Uid]:
    """Those of the changed blocks that now differ from the parent edition; none where there is no parent."""
    if not base.modules:
        return set()
    return {uid for uid in changed if state(uid, base, content, links.get(uid)) is not LinkState.FOLLOW}


def relink(
    links: Mapping[Uid, Link], changed: Collection[Uid], base: Content, content: Content, act: int
) -> dict[Uid, Link]:
    """The links after an edit: what departs is tied to the act that says why, what equals the parent again follows.

    Of a unit whose order was changed, those that then stand elsewhere than the parent has them are tied to it too.
    """
    after = dict(links)
    departing = departures(changed, base, content, links)
    kept = [uid for uid in changed if uid not in departing]
    shifted = _shifted(kept, base, content)
    for uid in [*changed, *shifted]:
        link = after.get(uid, Link())
        if uid in departing or (uid in shifted and (uid in changed or link == Link())):
            after[uid] = replace(link, act=act)
        elif replace(link, act=None) == Link() and uid not in shifted:
            after.pop(uid, None)
    return after


def _shifted(changed: Collection[Uid], base: Content, content: Content) -> frozenset[Uid]:
    """The blocks out of the parent's order in the units of these blocks, which say what it says."""
    found: set[Uid] = set()
    places = [(content.find(uid), base.find(uid)) for uid in changed]
    for here, there in {
        (here[1].uid, there[1].uid): (here[1], there[1]) for here, there in places if here and there
    }.values():
        order, above = ([block.uid for block in unit.blocks] for unit in (here, there))
        found |= moved(Level({"": above}), Level({"": order}))
        found |= {uid for uid in changed if uid in order and uid not in above}
    return frozenset(found)


LONGEST_MINUTES = 1_440


def answers(outcome: Outcome, aspect: str) -> list[Answer]:
    """The answers that one question of a sync takes, the proposal first; `later` is always among them."""
    if outcome.whole or aspect == PLACE:
        fixed = outcome.because in ONLY_THEIRS
        return [Answer.THEIRS, Answer.LATER] if fixed else [Answer.THEIRS, Answer.OURS, Answer.LATER]
    if outcome.lock is Lock.FIXED:
        return [Answer.THEIRS, Answer.LATER]
    text = outcome.texts[aspect]
    found = [Answer.THEIRS, Answer.OURS]
    if text.merge is not None and text.merge.proposed() is not None:
        found.insert(0, Answer.PROPOSAL)
    if outcome.part is Part.BLOCK and text.action is not Action.TAKEN and None not in (text.parent, text.child):
        found.append(Answer.BOTH)
    return [*found, Answer.WRITTEN, Answer.LATER]


def check_answer(outcome: Outcome, aspect: str, answer: Answer, written: str) -> None:
    """Raise `NotOffered`, `NothingWritten` or `BadMinutes` unless this answers what is asked."""
    if answer not in answers(outcome, aspect):
        raise NotOffered
    if answer is Answer.WRITTEN:
        if outcome.part is Part.UNIT:
            if not written.strip().isdecimal() or not 0 < int(written.strip()[:9]) <= LONGEST_MINUTES:
                raise BadMinutes
        elif not written.strip():
            raise NothingWritten


def needs_reason(outcome: Outcome, aspect: str, answer: Answer, link: Link | None) -> bool:
    """Whether an answer makes a paragraph depart from the original while nobody has said why yet."""
    departing = answer in (Answer.OURS, Answer.WRITTEN, Answer.BOTH)
    return departing and outcome.part is Part.BLOCK and aspect != PLACE and (link is None or link.act is None)
