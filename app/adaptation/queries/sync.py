"""Plans of a sync, with the choices people have made on them so far."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.adaptation.models import Decision
from app.core.content import Digest, Uid
from app.core.merge import (
    PLACE,
    Action,
    Answer,
    Because,
    Choice,
    MoveOutcome,
    Outcome,
    Part,
    SyncPlan,
    TextOutcome,
    plan,
)
from app.curriculum.models import Edition, Release
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


@dataclass(frozen=True, slots=True)
class Sync:
    """A plan against one release of a parent, and its questions in reading order."""

    edition: Edition
    release: Release
    plan: SyncPlan
    questions: list[Question]
    texts: Mapping[Digest, str]

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


def prepare(edition: Edition, release: Release) -> Sync:
    """Plan what taking in a release would do to an edition's head, with the choices made so far."""
    now = contents.state(editions.head_of(edition))
    source = next((s for s in parents.sources(edition, now.local) if s.edition.id == release.edition_id), None)
    if source is None:
        raise editions.NoSuchRelease(name=edition.name, version=release.version)
    offered = parents.offered(edition, source, release)
    texts = contents.bodies(contents.differing(source.base, offered, now.content, links=now.local.links))
    made = plan(source.base, offered, now.content, now.local.links, texts.__getitem__, edition.languages)
    newest = _newest_decisions(edition, release)
    questions = []
    for outcome in made.asking:
        for aspect in outcome.aspects or [""]:
            basis = fingerprint(outcome, aspect)
            decision = newest.get(f"{outcome.uid}:{aspect}")
            questions.append(
                Question(outcome, aspect, basis, decision, decision is not None and decision.basis != basis)
            )
    return Sync(edition, release, made, questions, texts)


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


def _newest_decisions(edition: Edition, release: Release) -> dict[str, Decision]:
    """The newest choice per question; those already applied count no more."""
    rows = db.session.scalars(
        select(Decision)
        .where(Decision.edition_id == edition.id, Decision.release_id == release.id, Decision.act_id.is_(None))
        .where(~Decision.overtaken)
        .order_by(Decision.id)
    )
    return {row.subject: row for row in rows}


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
