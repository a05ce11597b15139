"""One question of a sync as a letter with margin notes: what would stand there, both voices, and the reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select

from app.adaptation.models import Decision
from app.core.content import Kind, Language, Uid
from app.core.merge import PLACE, Answer, Because, Part, TextOutcome
from app.core.merge.writing import both
from app.core.prose import TextMerge
from app.core.redline import redline
from app.core.rendering import fill, render
from app.curriculum.models import Act, Release
from app.curriculum.queries import steps
from app.infra.db import db

from . import sync
from .naming import Names, Standing
from .sync import Question, Sync


class Middle(StrEnum):
    """What the middle of the letter shows."""

    PROPOSAL = "proposal"  # our text with the joined one over it
    CHANGE = "change"  # our text with the original's change in it
    BOTH = "both"  # ours and the original's over each other
    NEW = "new"
    GONE = "gone"
    OURS = "ours"  # our text, which the original has no more
    PLACE = "place"
    VALUE = "value"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why somebody changed something: who, when, in which version it came out, and what it stems from."""

    why: str
    who: str
    at: datetime
    version: str | None
    stems_from: str


@dataclass(frozen=True, slots=True)
class Voice:
    """One side's text as HTML: against what both had before, where it changed; and the reasons for it."""

    html: str
    changed: bool
    reasons: list[Reason] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Inside:
    """Something that comes or goes with a unit."""

    kind: Kind | None
    extract: str
    ours: bool  # this edition changed or added it


@dataclass(frozen=True, slots=True)
class Letter:
    """Everything a person needs to decide one question."""

    question: Question
    middle: Middle
    html: str
    theirs: Voice
    ours: Voice
    careful: bool
    whys: list[str]  # sentences of the merge, in English, to be translated where they are shown
    language: Language | None
    others: list[tuple[Language, str]]  # a new or removed paragraph in the other languages
    written: str
    inside: list[Inside]
    places: Mapping[str, Standing]
    declined: Decision | None


def letter(prepared: Sync, names: Names, question: Question, listed: Sequence[steps.Step]) -> Letter:
    """Write the letter of one question. `listed` are the steps of the original, newest last."""
    declined = sync.declined(prepared.edition).get(question.subject)
    theirs, ours = _their_reasons(prepared, question, listed), _our_reasons(prepared, question)
    whole = _Page(names, question)
    middle, page, voices = whole.parts()
    return Letter(
        question=question,
        middle=middle,
        html=page,
        theirs=Voice(*voices[0], theirs),
        ours=Voice(*voices[1], ours),
        careful=not question.safe and not _calm(question),
        whys=_whys(question),
        language=whole.language,
        others=whole.others(),
        written=whole.to_write(question.decision),
        inside=[_inside(names, q) for q in prepared.within(question)],
        places=_places(names, question) if question.aspect == PLACE else {},
        declined=declined,
    )


def _calm(question: Question) -> bool:
    return question.because is Because.APART


def _whys(question: Question) -> list[str]:
    """Why the open places are or are not careful, each sentence once; where some are, only those speak."""
    asked = question.asked
    merge = asked.merge if isinstance(asked, TextOutcome) else None
    places = merge.places if merge else ()
    speaking = [place for place in places if place.careful or place.proposal is None] or places
    return list(dict.fromkeys(place.why.value for place in speaking))


def _inside(names: Names, question: Question) -> Inside:
    outcome = question.outcome
    ours = outcome.because in (Because.REMOVED_CHANGED, Because.HOME_REMOVED, Because.LOCAL)
    return Inside(outcome.kind, names.extract(outcome.uid, 90), ours)


def _places(names: Names, question: Question) -> dict[str, Standing]:
    place = question.outcome.place
    if place is None:
        return {}
    return {
        "base": names.standing(place.base),
        "theirs": names.standing(place.parent),
        "ours": names.standing(place.child),
    }


def _their_reasons(prepared: Sync, question: Question, listed: Sequence[steps.Step]) -> list[Reason]:
    """The acts of the original that touched this, newest last, with the version each came out in."""
    releases = steps.releases(prepared.source.edition)
    outcome, aspect = question.outcome, question.aspect
    around = {outcome.uid} if not outcome.under else {outcome.uid, outcome.under}
    found = [s for s in listed if any(s.bears_on(uid, aspect) for uid in around)]
    return [_reason(s.act, steps.came_with(s, releases)) for s in found]


def _our_reasons(prepared: Sync, question: Question) -> list[Reason]:
    """Why ours is as it is: the acts that the links of this paragraph, or of what is in this unit, name."""
    links = prepared.now.local.links
    uids: list[Uid] = [question.outcome.uid, *(q.outcome.uid for q in prepared.within(question))]
    ids = {int(link.act) for uid in uids if (link := links.get(uid)) is not None and link.act is not None}
    acts = db.session.scalars(select(Act).where(Act.id.in_(ids)).order_by(Act.id)).all() if ids else []
    return [_reason(act, None) for act in acts]


def _reason(act: Act, release: Release | None) -> Reason:
    why = act.why or (release.act.why if release else "")
    return Reason(why, act.actor_name, act.at, release.version if release else None, act.stems_from)


class _Page:
    """The texts of one question as HTML, with this edition's values filled in."""

    def __init__(self, names: Names, question: Question) -> None:
        self.names, self.question, self.outcome = names, question, question.outcome
        self.text = self.outcome.texts.get(question.aspect)
        self.language: Language | None = None
        if self.outcome.part is Part.BLOCK and question.aspect != PLACE:
            self.language = question.aspect or next((one for one in names.order if one in self.outcome.texts), None)
            if not question.aspect and self.language is not None:
                self.text = self.outcome.texts[self.language]

    def parts(self) -> tuple[Middle, str, list[tuple[str, bool]]]:
        """What the middle is and shows, and the two voices: HTML and whether it changed."""
        if self.question.aspect == PLACE:
            return Middle.PLACE, self._block(), [("", True), ("", False)]
        if self.outcome.part is not Part.BLOCK or self.text is None:
            return self._without_text()
        base, theirs, ours = (self.names.text(d) for d in (self.text.base, self.text.parent, self.text.child))
        voices = [self._voice(base, theirs), self._voice(base, ours)]
        if self.outcome.whole:
            if ours:
                gone = self.outcome.because is Because.REMOVED
                return (Middle.GONE, self._over(ours, ""), voices) if gone else (Middle.OURS, self._plain(ours), voices)
            return Middle.NEW, self._over("", theirs), voices
        merge = self.text.merge
        proposal = merge.proposed() if merge else None
        if proposal is not None:
            return Middle.PROPOSAL, self._over(ours, proposal), voices
        if self.text.base == self.text.child or not ours or not theirs:
            return Middle.CHANGE, self._over(ours, theirs), voices
        if merge is not None:
            return Middle.BOTH, self._over(*_both_sides(merge)), voices
        return Middle.BOTH, self._over(ours, theirs), voices

    def _without_text(self) -> tuple[Middle, str, list[tuple[str, bool]]]:
        text = self.text
        if text is None:  # a unit or a module that comes or goes
            comes = self.outcome.because in (Because.NEW, Because.DROPPED_CHANGED)
            return (Middle.NEW if comes else Middle.GONE), "", [("", comes), ("", not comes)]
        return Middle.VALUE, "", [("", text.base != text.parent), ("", text.base != text.child)]

    def _voice(self, base: str, text: str) -> tuple[str, bool]:
        if not text:
            return "", bool(base)
        return (self._over(base, text), True) if base and base != text else (self._plain(text), base != text)

    def _block(self) -> str:
        """The paragraph whose place is asked about."""
        blocks = self.names.sync.plan.child.blocks
        found = self.names.spoken(blocks[self.outcome.uid]) if self.outcome.uid in blocks else None
        return fill(render(self.names.text(found[1])), self.names.values(found[0])) if found else ""

    def others(self) -> list[tuple[Language, str]]:
        """A paragraph that comes or goes, in the languages not shown in the middle."""
        if not self.outcome.whole or self.outcome.part is not Part.BLOCK:
            return []
        texts = {one: text.child or text.parent for one, text in self.outcome.texts.items() if one != self.language}
        return [(one, self._plain(self.names.text(name), one)) for one, name in texts.items() if name]

    def to_write(self, decision: Decision | None) -> str:
        """What a person who writes begins with: what was written before, the joined text, or ours."""
        if decision is not None and decision.choice == Answer.WRITTEN:
            return decision.written or ""
        if self.text is None:
            return ""
        if self.outcome.part is not Part.BLOCK:
            return self.text.child or ""
        proposal = self.text.merge.proposed() if self.text.merge else None
        return proposal or self.names.text(self.text.child) or self.names.text(self.text.parent)

    def _over(self, before: str, after: str) -> str:
        return fill(redline(render(before), render(after)), self._values())

    def _plain(self, text: str, language: Language | None = None) -> str:
        return fill(render(text), self._values(language))

    def _values(self, language: Language | None = None) -> Mapping[str, str]:
        return self.names.values(language or self.language or self.names.language)


def _both_sides(merge: TextMerge) -> tuple[str, str]:
    """The merged text with ours in each open place, and with the original's."""
    return merge.text(lambda place: place.ours), merge.text(lambda place: place.theirs)


def as_answered(names: Names, question: Question, decision: Decision, against: Decision | None = None) -> str:
    """What a choice would make of a paragraph, as HTML; empty where it is not about a text.

    With another choice, what differs from that one is marked.
    """
    page = _Page(names, question)
    if page.text is None or page.language is None or question.outcome.whole:
        return ""
    made = render(_made(names, page.text, decision))
    before = _made(names, page.text, against) if against else ""
    return fill(redline(render(before), made) if before else made, names.values(page.language))


def _made(names: Names, text: TextOutcome, decision: Decision) -> str:
    merge = text.merge
    return {
        Answer.THEIRS: names.text(text.parent),
        Answer.OURS: names.text(text.child),
        Answer.BOTH: both(merge) if merge else "",
        Answer.WRITTEN: decision.written or "",
        Answer.PROPOSAL: (merge.proposed() or "") if merge else "",
        Answer.LATER: "",
    }[Answer(decision.choice)]
