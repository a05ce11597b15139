"""A translator's file that came back: what of it is new, what is here already, what somebody has to decide.

Three texts are compared: the translation when the file was made, the one here now, the one in the file. Reading the
file is `formats.exchange`; the rules for a translation are `app.translation`'s.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import Any

from flask_babel import gettext

from app.core import translating
from app.core.content import Content, Digest, Language, Uid, canonical
from app.core.errors import N_, Refused
from app.curriculum.actions.commit import ChangedMeanwhile
from app.curriculum.models import Edition, Revision
from app.curriculum.queries import contents, editions
from app.discussion.actions import Idea, Saying, add_comments, propose_all
from app.discussion.models import ProposalKind, Source
from app.infra.i18n import sentence
from app.infra.transactions import transactional
from app.interchange.formats.exchange import Incoming, IncomingSegment, Problem, State, against, from_po, from_xliff
from app.people.permissions import Actor, Permission, check
from app.translation import rules
from app.translation.actions.bringing import Carried, Coming, bring_translations, refusals
from app.translation.queries import desks

from .bundles import bundle

READERS: Mapping[str, Callable[[bytes], Incoming]] = MappingProxyType(
    {".po": from_po, ".xliff": from_xliff, ".xlf": from_xliff}
)
MOST_LEFT = 1_000  # proposals made of one file; more is no conflict but another text


class Outcome(StrEnum):
    """What becomes of one text of the file."""

    SAME = "same"
    KEPT = "kept"
    TAKEN = "taken"
    CONFIRMED = "confirmed"
    CONFLICT = "conflict"
    REFUSED = "refused"


BRINGS = frozenset({Outcome.TAKEN, Outcome.CONFIRMED})
SENTENCES: Mapping[Outcome, str] = MappingProxyType(
    {
        Outcome.SAME: N_("It reads the same here."),
        Outcome.KEPT: N_("The file did not change it."),
        Outcome.TAKEN: N_("It comes in."),
        Outcome.CONFIRMED: N_("The text stays, and is marked as ready for review."),
        Outcome.CONFLICT: N_("It was changed both here and in the file. Somebody has to decide."),
        Outcome.REFUSED: N_("It cannot come in."),
    }
)


class TooManyLeft(Refused):
    text = N_(
        "%(count)s texts were changed both here and in the file, and at most %(most)s can be put before people at "
        "once. Please export again and translate in the new file."
    )


class NothingComesIn(Refused):
    text = N_("There is nothing in this file that is not here already.")


@dataclass(frozen=True, slots=True)
class Line:
    """One text of the file. `was` is the translation when the file was made, `here` the one now; None is no text."""

    segment: IncomingSegment
    unit: Uid
    outcome: Outcome
    was: str | None
    here: str | None
    seen: Digest
    theirs: str
    fault: Refused | None = None

    @property
    def uid(self) -> Uid:
        return self.segment.uid

    @property
    def line(self) -> int:
        return self.segment.line

    def coming(self) -> Coming:
        """The text as it is to be brought in."""
        states = {State.REVIEW: translating.State.IN_REVIEW, State.APPROVED: translating.State.IN_REVIEW}
        state = states.get(self.segment.state, translating.State.DRAFT)
        return Coming(self.uid, self.theirs, self.seen, state, self.segment.previous_source if self.is_stale else "")

    @property
    def is_stale(self) -> bool:
        """Whether the source has moved on since it was translated."""
        return self.segment.state is State.STALE and self.segment.previous_source == self.segment.source


@dataclass(frozen=True)
class Plan:
    """What a file would do to an edition; nothing has been done."""

    edition: Edition
    language: Language
    revision: Revision
    base: Revision | None
    lines: tuple[Line, ...]
    problems: tuple[Problem, ...]

    @cached_property
    def counts(self) -> Counter[Outcome]:
        return Counter(line.outcome for line in self.lines)

    def of(self, *outcomes: Outcome) -> list[Line]:
        """The lines with one of these outcomes."""
        return [line for line in self.lines if line.outcome in outcomes]

    @property
    def comments(self) -> list[Line]:
        """The lines that a translator wrote something beside."""
        return [line for line in self.lines if line.segment.comments]


@dataclass(frozen=True, slots=True)
class Brought:
    """What came in, what was put before people as a proposal, and how many comments were kept."""

    plan: Plan
    carried: Carried
    proposed: tuple[Uid, ...]
    comments: int


def language_in(data: bytes, extension: str, edition: Edition) -> Language:
    """The language that a file says it was translated into, spelt as the edition spells it; "" when it does not."""
    said = READERS[extension](data).header.target_language
    return next((code for code in edition.languages if code.lower() == said.lower()), said)


def plan(actor: Actor, edition: Edition, data: bytes, extension: str, language: Language) -> Plan:
    """Return what a file would do, text by text; raises `NotAllowed`, `NoSuchLanguage`, `SourceText`."""
    check(actor, Permission.TRANSLATE, editions.scope_of(edition))
    rules.check_taught(language, edition.languages)
    ours = bundle(actor, edition, language)
    incoming = against(READERS[extension](data), ours)
    at = desks.desk(edition, language)
    base = _base(edition, incoming)
    then = contents.state(base).content if base is not None else None
    here = {segment.uid: segment for segment in ours.segments}
    wanted = [segment for segment in incoming.segments if segment.uid in here]
    texts = contents.bodies(_digests(then, wanted, language))
    lines = []
    for segment in wanted:
        block = then.block(segment.uid) if then is not None else None
        was = texts.get(block.texts.get(language, "")) if block is not None else None
        now = here[segment.uid]
        theirs = canonical(segment.target.replace("\0", "")).strip("\n")
        outcome = _outcome(segment, theirs, was, now.target, now.state, known=block is not None)
        block_now = at.now.content.block(segment.uid)
        seen = block_now.texts.get(language, "") if block_now is not None else ""
        lines.append(Line(segment, now.unit, outcome, was, now.target or None, seen, theirs))
    found = refusals(at, [line.coming() for line in lines if line.outcome in (Outcome.TAKEN, Outcome.CONFLICT)])
    lines = [_refused(line, found[line.uid]) if line.uid in found else line for line in lines]
    problems = [
        *incoming.problems,
        *(Problem(line.line, line.fault) for line in lines if line.fault is not None),
    ]
    return Plan(
        edition,
        language,
        at.now.revision,
        base,
        tuple(lines),
        tuple(sorted(problems, key=lambda problem: problem.line)),
    )


def _refused(line: Line, fault: Refused) -> Line:
    return Line(line.segment, line.unit, Outcome.REFUSED, line.was, line.here, line.seen, line.theirs, fault)


def _outcome(
    segment: IncomingSegment, theirs: str, was: str | None, here: str, state: State, *, known: bool
) -> Outcome:
    """The three-way rule. `known` says whether it is known what the translation was when the file was made."""
    if not theirs:
        return Outcome.SAME if not here else Outcome.KEPT
    if theirs == here:
        ready = segment.state is State.REVIEW and state in (State.DRAFT, State.STALE)
        return Outcome.CONFIRMED if ready else Outcome.SAME
    if known and theirs == (was or ""):
        return Outcome.KEPT
    if here == ((was or "") if known else ""):
        return Outcome.TAKEN
    return Outcome.CONFLICT


def _base(edition: Edition, incoming: Incoming) -> Revision | None:
    """The state that the file was made from, where the file says it and this edition had it."""
    said = incoming.header
    if (said.slug, said.region) != (edition.slug, edition.region) or not said.revision.isdecimal():
        return None
    number = int(said.revision[:10])
    return editions.revision(edition, number) if number < 2**31 else None


def _digests(then: Content | None, wanted: Sequence[IncomingSegment], language: Language) -> list[Digest]:
    found = []
    for segment in wanted:
        block = then.block(segment.uid) if then is not None else None
        if block is not None and language in block.texts:
            found.append(block.texts[language])
    return found


@transactional
def bring(actor: Actor, made: Plan, *, filename: str, why: str = "", expected_head: int | None = None) -> Brought:
    """Bring in what a plan says comes in, as one act; what was changed on both sides becomes proposals.

    Doing it twice does nothing the second time. Raises `ChangedMeanwhile` when the edition is not as it was planned.
    """
    edition, language = made.edition, made.language
    check(actor, Permission.TRANSLATE, editions.scope_of(edition))
    editions.hold(edition)
    if edition.head_id != made.revision.id or (expected_head is not None and edition.head_id != expected_head):
        raise ChangedMeanwhile
    conflicts = made.of(Outcome.CONFLICT)
    if len(conflicts) > MOST_LEFT:
        raise TooManyLeft(count=len(conflicts), most=MOST_LEFT)
    coming = [line.coming() for line in made.of(*BRINGS)]
    if not coming and not conflicts and not made.comments:
        raise NothingComesIn
    name = shown_name(filename)
    reason = why.strip() or gettext("Translations from the file %(name)s", name=name)
    carried = bring_translations(actor, edition, language, coming, why=reason, stems_from=name)
    _all(propose_all(actor, edition, [_idea(language, line, reason) for line in conflicts], Source.FILE))
    sayings = [
        Saying(line.uid, words, language=language, key=_key(language, line.uid, words))
        for line in made.comments
        for words in line.segment.comments
    ]
    _all(add_comments(actor, edition, sayings, Source.FILE))
    return Brought(made, carried, tuple(line.uid for line in conflicts), len(sayings))


def _idea(language: Language, line: Line, why: str) -> Idea:
    """A text that is put before people as a proposal on its paragraph; the same one only once."""
    key = _key(language, line.uid, line.theirs)
    return Idea(
        line.uid, ProposalKind.CHANGE, {language: line.theirs}, language=language, why=why, base=line.was, key=key
    )


def _all(answers: Sequence[object]) -> None:
    """Raise the first thing that was refused: a file comes in whole or not at all."""
    for answer in answers:
        if isinstance(answer, Refused):
            raise answer


def shown_name(filename: str) -> str:
    """A file's name as the history names it: its last part, bounded, without what the history reads as an edition."""
    return filename.replace("\\", "/").rpartition("/")[2].replace("@", " ").replace("\0", "").strip()[:200] or "–"


def _key(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()[:32]


def as_dict(made: Plan, brought: Brought | None = None) -> dict[str, Any]:
    """A plan as JSON: how many texts by outcome, what comes in, what is open, what is wrong and in which line."""
    return {
        "edition": made.edition.name,
        "language": made.language,
        "base": made.base.number if made.base is not None else None,
        "applied": brought is not None,
        "counts": {outcome.value: made.counts[outcome] for outcome in Outcome},
        "blocks": {outcome.value: [line.uid for line in made.of(outcome)] for outcome in Outcome},
        "left": [
            {"block": line.uid, "line": line.line, "base": line.was, "ours": line.here, "theirs": line.theirs}
            for line in made.of(Outcome.CONFLICT)
        ],
        "problems": [{"line": problem.line, "problem": sentence(problem.fault)} for problem in made.problems],
        **({"proposed": list(brought.proposed), "comments": brought.comments} if brought is not None else {}),
    }
