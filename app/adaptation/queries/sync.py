"""Plans of a sync, with the choices people have made on them so far."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import select

from app.adaptation import rules
from app.adaptation.models import Decision
from app.core.content import Digest, Uid
from app.core.merge import (
    PLACE,
    Action,
    Answer,
    Because,
    Choice,
    Link,
    MoveOutcome,
    Outcome,
    Part,
    SyncPlan,
    TextOutcome,
    plan,
)
from app.curriculum.models import Act, ActKind, Edition, Release, Revision
from app.curriculum.queries import contents, editions, parents
from app.infra.db import db

Key = tuple[Uid, str]  # a block's uid and what is asked of it: a language, "minutes", "place", or "" for the whole


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to be decided: the outcome, the aspect of it, and the newest choice made on it."""

    outcome: Outcome
    aspect: str
    basis: str
    decision: Decision | None
    outdated: bool  # a choice was made, but on other texts than these
    overtaken: tuple[Decision, ...] = ()  # choices made without having seen the one that stands

    @property
    def subject(self) -> str:
        """How forms and rows name it."""
        return f"{self.outcome.uid}:{self.aspect}"

    @property
    def key(self) -> Key:
        return self.outcome.uid, self.aspect

    @property
    def asked(self) -> Outcome | TextOutcome | MoveOutcome:
        """What the question is about: a text, a place, or the whole thing."""
        if self.aspect == PLACE and self.outcome.place is not None:
            return self.outcome.place
        return self.outcome.texts[self.aspect] if self.aspect else self.outcome

    @property
    def answers(self) -> list[Answer]:
        """What may be said to it."""
        return rules.answers(self.outcome, self.aspect)

    @property
    def safe(self) -> bool:
        """Whether it may be answered in bulk."""
        return self.asked.safe

    @property
    def action(self) -> Action:
        return self.asked.action

    @property
    def because(self) -> Because:
        return self.asked.because

    @property
    def decided(self) -> bool:
        """Whether a choice stands that can be applied."""
        return self.decision is not None and not self.outdated and self.decision.choice != Answer.LATER

    def needs_reason(self, links: Mapping[Uid, Link]) -> bool:
        """Whether the choice that stands departs from the original, and nobody has said why."""
        if not self.decided or self.decision is None or self.decision.why:
            return False
        answer = Answer(self.decision.choice)
        return rules.needs_reason(self.outcome, self.aspect, answer, links.get(self.outcome.uid))

    @property
    def later(self) -> bool:
        """Whether somebody put it off."""
        return self.decision is not None and not self.outdated and self.decision.choice == Answer.LATER

    @property
    def waits(self) -> bool:
        """Whether it still needs a person."""
        return not (self.safe or self.decided or self.later)


@dataclass(frozen=True)
class Sync:
    """A plan against one release of a parent, and its questions in reading order."""

    edition: Edition
    release: Release
    source: parents.Source
    now: contents.State
    plan: SyncPlan
    questions: list[Question]
    texts: Mapping[Digest, str]

    @cached_property
    def asked(self) -> list[Question]:
        """The questions that people are asked: what is in a unit or module that comes or goes is asked with it."""
        whole = {q.outcome.uid for q in self.questions if q.outcome.whole}
        return [q for q in self.questions if _above(q) not in whole]

    def within(self, question: Question) -> list[Question]:
        """The questions that are asked with this one."""
        if not question.outcome.whole:
            return []
        homes, result = {question.outcome.uid}, []
        for q in self.questions:
            if _above(q) in homes:
                homes.add(q.outcome.uid)
                result.append(q)
        return result

    def question(self, subject: str) -> Question | None:
        """The question of this name, if it is still asked."""
        return next((q for q in self.questions if q.subject == subject), None)

    def choices(self) -> dict[Uid | Key, Choice]:
        """The choices that can be applied now, as the content core takes them."""
        found: dict[Uid | Key, Choice] = {}
        for q in self.questions:
            if q.decided and q.decision is not None:
                choice = Choice(Answer(q.decision.choice), q.decision.written)
                found[q.key if q.aspect else q.outcome.uid] = choice
        return found


def _above(question: Question) -> Uid | None:
    """The unit or module whose answer counts for this question too."""
    outcome = question.outcome
    return outcome.place.under if question.aspect == PLACE and outcome.place else outcome.under


def prepare(edition: Edition, release: Release, source: parents.Source | None = None) -> Sync:
    """Plan what taking in a release would do to an edition's head, with the choices made so far.

    Choices made on an earlier release of the same edition count as long as the texts are the same.
    """
    now = contents.state(editions.head_of(edition))
    if source is None:
        source = next((s for s in parents.sources(edition, now.local) if s.edition.id == release.edition_id), None)
    if source is None:
        raise editions.NoSuchRelease(name=edition.name, version=release.version)
    base, offered = parents.sides(edition, source, release, now.local)
    texts = contents.bodies(contents.differing(base, offered, now.content, links=now.local.links))
    made = plan(base, offered, now.content, now.local.links, texts.__getitem__, edition.languages)
    newest, overtaken = _open_decisions(edition, release)
    questions = []
    for outcome in made.asking:
        for aspect in outcome.aspects or [""]:
            basis, subject = fingerprint(outcome, aspect), f"{outcome.uid}:{aspect}"
            decision = newest.get(subject)
            outdated = decision is not None and decision.basis != basis
            questions.append(Question(outcome, aspect, basis, decision, outdated, overtaken.get(subject, ())))
    return Sync(edition, release, source, now, made, questions, texts)


def decisions(edition: Edition, release: Release, subject: str) -> list[Decision]:
    """Every choice made on one question, oldest first."""
    return list(
        db.session.scalars(
            select(Decision)
            .where(Decision.edition_id == edition.id, Decision.release_id == release.id, Decision.subject == subject)
            .order_by(Decision.id)
        )
    )


def fingerprint(outcome: Outcome, aspect: str) -> str:
    """Names what a person is asked about, so that an answer to something else is noticed."""
    if aspect == PLACE and outcome.place is not None:
        asked = repr((outcome.place.base, outcome.place.parent, outcome.place.child))
    elif aspect:
        text = outcome.texts[aspect]
        asked = repr((text.base, text.parent, text.child))
    else:
        asked = repr((outcome.action, sorted((k, t.base, t.parent, t.child) for k, t in outcome.texts.items())))
    return hashlib.sha256(asked.encode()).hexdigest()[:16]


def _open_decisions(edition: Edition, release: Release) -> tuple[dict[str, Decision], dict[str, tuple[Decision, ...]]]:
    """The newest choice per question, and those it overtook; those already applied count no more.

    A person's overtaken choice goes when the same person chooses again.
    """
    rows = db.session.scalars(
        select(Decision)
        .join(Release, Decision.release_id == Release.id)
        .where(Decision.edition_id == edition.id, Release.edition_id == release.edition_id, Decision.act_id.is_(None))
        .order_by(Decision.id)
    )
    newest: dict[str, Decision] = {}
    overtaken: dict[str, tuple[Decision, ...]] = {}
    for row in rows:
        others = tuple(o for o in overtaken.get(row.subject, ()) if o.account_id != row.account_id)
        overtaken[row.subject] = (*others, row) if row.overtaken else others
        if not row.overtaken:
            newest[row.subject] = row
    return newest, overtaken


def applied_by(act_id: int) -> list[Decision]:
    """The choices that a sync carried out, oldest first."""
    return list(db.session.scalars(select(Decision).where(Decision.act_id == act_id).order_by(Decision.id)))


def of_block(edition: Edition, uid: Uid) -> list[tuple[Decision, Release, int]]:
    """The choices carried out on a block, newest first, with the release taken in and the state that it led to."""
    rows = db.session.execute(
        select(Decision, Release, Revision.number)
        .join(Release, Decision.release_id == Release.id)
        .join(Revision, Revision.act_id == Decision.act_id)
        .where(
            Decision.edition_id == edition.id,
            Decision.subject.startswith(f"{uid}:", autoescape=True),
            Decision.overtaken.is_(False),
        )
        .order_by(Decision.id.desc())
    )
    return [(decision, release, number) for decision, release, number in rows]


def declined(edition: Edition) -> dict[str, Decision]:
    """The newest applied refusal of each thing the original changed, by question."""
    rows = db.session.scalars(
        select(Decision)
        .where(Decision.edition_id == edition.id, Decision.act_id.is_not(None), Decision.choice == Answer.OURS)
        .order_by(Decision.id)
    )
    return {row.subject: row for row in rows}


def is_undone(edition: Edition, number: int) -> bool:
    """Whether the sync that made this revision was taken back."""
    return (
        db.session.scalar(
            select(Act.id)
            .where(Act.edition_id == edition.id, Act.kind == ActKind.UNDO, Act.stems_from == f"revision {number}")
            .limit(1)
        )
        is not None
    )


def as_dict(prepared: Sync, *, applied: bool, left: Sequence[Question]) -> dict[str, Any]:
    """A plan as JSON: blocks by outcome, structure by outcome, and what a person has to decide."""
    return {
        "from": prepared.release.edition.name,
        "version": prepared.release.version,
        "applied": applied,
        "blocks": _by_action(prepared.plan, Part.BLOCK),
        "units": _by_action(prepared.plan, Part.UNIT),
        "modules": _by_action(prepared.plan, Part.MODULE),
        "left": [
            {
                "block": q.outcome.uid,
                "unit": q.outcome.unit,
                "aspect": q.aspect,
                "outcome": q.action,
                "safe": q.safe,
                "why": q.because.value,
            }
            for q in left
        ],
    }


def _by_action(made: SyncPlan, part: Part) -> dict[str, list[Uid]]:
    return {action.value: [o.uid for o in outcomes] for action, outcomes in made.by_action(part).items()}
