"""All of a sync at a glance: what came with which release and why, a row per question, and how far people are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from app.adaptation.models import Decision
from app.core.content import Language, Uid
from app.core.diff import Change, word_diff
from app.core.merge import MINUTES, PLACE, Part
from app.core.merge.sides import values
from app.core.plain import excerpt
from app.curriculum.models import Edition, Release
from app.curriculum.queries import contents, editions, parents, steps

from . import sync
from .naming import Names
from .sync import Question, Sync


class Show(StrEnum):
    """Which questions are shown."""

    ALL = "all"
    WAITS = "waits"
    SAFE = "safe"
    DECIDED = "decided"
    LATER = "later"


def group(question: Question) -> Show:
    """The one group a question is in."""
    if question.decided:
        return Show.DECIDED
    if question.later:
        return Show.LATER
    return Show.SAFE if question.safe else Show.WAITS


@dataclass(frozen=True, slots=True)
class Row:
    """A question in the list. `changes` says in words what the original changed; empty where no text changed."""

    question: Question
    group: Show
    extract: str
    language: Language | None
    changes: list[Change]
    within: int  # how many more things come or go with it
    why: str  # the original's newest reason for it


@dataclass(frozen=True, slots=True)
class Chapter:
    """The rows of one unit."""

    uid: Uid | None
    title: str
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Arrival:
    """A release that is to be taken in, and the reasons of what it changed."""

    release: Release
    whys: list[str]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something of the original's that was declined, and is not asked again as long as it stays the same."""

    extract: str
    decision: Decision | None


def waiting(edition: Edition) -> list[parents.Source]:
    """Every edition that changes could come from, those with something new first."""
    found = parents.sources(edition, contents.state(editions.head_of(edition)).local)
    return sorted(found, key=lambda source: not source.waits)


def arrivals(prepared: Sync, listed: Sequence[steps.Step], releases: Sequence[Release]) -> list[Arrival]:
    """The releases after the one last taken in, oldest first, each with its own reason and those of its acts."""
    base = base_number(prepared, releases)
    result = []
    for release in releases:
        if base < release.revision.number <= prepared.release.revision.number:
            whys = [
                s.act.why
                for s in listed
                if s.act.why and s.revision.number > base and steps.came_with(s, releases) is release
            ]
            result.append(Arrival(release, [why for why in dict.fromkeys(whys) if why != release.act.why]))
    return result


def base_number(prepared: Sync, releases: Sequence[Release]) -> int:
    """The revision of the source's that was last taken in; of several modules the oldest."""
    taken = set(prepared.now.local.bases.values())
    return min((r.revision.number for r in releases if r.id in taken), default=0)


def chapters(prepared: Sync, names: Names, listed: Sequence[steps.Step]) -> list[Chapter]:
    """The rows by unit in reading order; `listed` are the original's steps, for its reasons."""
    rows = [(q, _row(prepared, names, q, listed)) for q in prepared.asked]
    result = []
    for uid, some in groupby(rows, key=lambda pair: pair[0].outcome.unit or pair[0].outcome.module):
        result.append(Chapter(uid, names.title(uid), [row for _, row in some]))
    return result


def _row(prepared: Sync, names: Names, question: Question, listed: Sequence[steps.Step]) -> Row:
    outcome, aspect = question.outcome, question.aspect
    language = None if aspect in ("", PLACE, MINUTES) else aspect
    text = outcome.texts.get(aspect)
    changes: list[Change] = []
    if outcome.part is Part.BLOCK and text is not None:
        changes = excerpt(word_diff(names.words(text.child, aspect), names.words(text.parent, aspect)))
    extract = names.extract(outcome.uid)
    if text is not None and language is not None:
        extract = names.words(text.child or text.parent, aspect)[:200] if outcome.part is Part.BLOCK else extract
    whys = [step.act.why for step in listed if step.act.why and step.bears_on(outcome.uid, aspect)]
    inside = len(prepared.within(question))
    return Row(question, group(question), extract, language, changes, inside, whys[-1] if whys else "")


def refusals(prepared: Sync, names: Names) -> list[Refusal]:
    """What was declined before and is not asked again."""
    parent = {uid: values(item) for items in prepared.plan.parent.items.values() for uid, item in items.items()}
    quiet = [
        (uid, aspect)
        for uid, link in prepared.now.local.links.items()
        for aspect, name in link.declined.items()
        if parent.get(uid, {}).get(aspect) == name
    ]
    if not quiet:
        return []
    made = sync.declined(prepared.edition)
    found = {
        uid: Refusal(names.extract(uid), made.get(f"{uid}:{aspect}") or made.get(f"{uid}:")) for uid, aspect in quiet
    }
    return list(found.values())
