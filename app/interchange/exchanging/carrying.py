"""Bringing a package in: what is safe and what was answered as one act, everything else put before people.

Nothing of a file is lost: what could be a proposal on a paragraph becomes one, and the rest a comment beside it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from flask_babel import gettext

from app.adaptation import rules as adapting
from app.adaptation.actions.saving import opened
from app.adaptation.queries.sync import Question
from app.core.content import Block, Content, Language, Uid
from app.core.errors import N_, Refused
from app.core.merge import MINUTES, PLACE, Action, Answer, Choice, Part, apply
from app.core.merge.order import Level, moved
from app.curriculum.actions import ActSpec, commit
from app.curriculum.actions.commit import ChangedMeanwhile, begin, put_media
from app.curriculum.manifests import Local
from app.curriculum.models import ActKind, Edition, Revision
from app.curriculum.queries import contents, editions, parents
from app.discussion.actions import Idea, Saying, add_comments, propose_all
from app.discussion.models import ProposalKind, Source
from app.infra.transactions import transactional
from app.people.permissions import Actor, Permission, check

from .local_values import with_values
from .packages import PackagePlan
from .translations import NothingComesIn, shown_name


@dataclass(frozen=True, slots=True)
class Brought:
    """What came of a package: the new state if there is one, and the subjects that were put before people."""

    revision: Revision | None
    proposed: tuple[str, ...]


@transactional
def bring(
    actor: Actor,
    made: PackagePlan,
    *,
    filename: str,
    why: str = "",
    answers: Mapping[str, Choice] | None = None,
    expected_head: int | None = None,
) -> Brought:
    """Bring a package in as one act with one reason; doing it twice does nothing the second time.

    `answers` are a person's, by the subject of the question; a variable's is `{name}:variable`. Answered with "ours",
    nothing is asked again. Raises `ChangedMeanwhile` when the draft is not the one that the plan was made for, and
    `NothingComesIn`.
    """
    edition = made.edition
    check(actor, Permission.IMPORT_CONTENT, editions.scope_of(edition))
    now = opened(actor, edition)
    if edition.head_id != made.head.id or (expected_head is not None and edition.head_id != expected_head):
        raise ChangedMeanwhile
    if made.is_empty:
        raise NothingComesIn
    answers = answers or {}
    choices = made.choices(answers)
    applied = apply(made.plan, choices)
    local = _local(made, now.local, answers)
    name = shown_name(filename)
    reason = why.strip() or gettext("Worked on without a connection, in the file %(name)s", name=name)
    revision = None
    if applied.content != now.content or local != now.local:
        changed = _changed(now.content, applied.content)
        base = parents.base_content(now.local)
        act = begin(actor, edition, ActSpec(ActKind.EDIT, reason, name))
        links = adapting.relink(local.links, changed, base, applied.content, act.id)
        texts = {**made.returned.texts, **applied.texts}
        revision = commit(actor, edition, act, content=applied.content, local=replace(local, links=links), texts=texts)
    left = [q for q in made.open if (q.key if q.aspect else q.outcome.uid) not in choices]
    asked = [q for q in left if q.subject not in answers or answers[q.subject].answer is Answer.LATER]
    proposed, sayings = _propose_all(actor, made, asked, reason)
    for line in made.values:
        subject = f"{line.name}:variable"
        if line.action is Action.CONFLICT and subject not in answers:
            words = gettext(
                "The file %(file)s gives {{%(name)s}} the value “%(there)s”; here it is “%(here)s”.",
                file=name,
                name=line.name,
                there=line.there,
                here=line.here,
            )
            sayings += _saying(edition, None, words, f"{line.name}\n{line.there}")
            proposed.append(subject)
    for answer in add_comments(actor, edition, sayings, Source.FILE) if sayings else ():
        if isinstance(answer, Refused):
            raise answer
    return Brought(revision, tuple(proposed))


def _local(made: PackagePlan, now: Local, answers: Mapping[str, Choice]) -> Local:
    """The link table with the variables and pictures that come in."""
    taken = {line.name for line in made.values if line.action is Action.TAKEN}
    for line in made.values:
        answer = answers.get(f"{line.name}:variable")
        if line.action is Action.CONFLICT and answer is not None and answer.answer is Answer.THEIRS:
            taken.add(line.name)
    own = with_values(made.returned, now, taken) if taken else dict(now.variables)
    new = {line.name for line in made.pictures if line.action is Action.TAKEN}
    media = {**now.media, **put_media({name: made.returned.media[name] for name in new})}
    return replace(now, variables=own, resolved={**now.resolved, **own}, media=media)


def _changed(before: Content, after: Content) -> list[Uid]:
    """The blocks that are new, gone, other than they were, or elsewhere."""
    was, now = ({b.uid: b for _, _, b in content.blocks()} for content in (before, after))
    orders = [Level({u.uid: [b.uid for b in u.blocks] for _, u in content.units()}) for content in (before, after)]
    elsewhere = moved(*orders)
    return [uid for uid in {**was, **now} if was.get(uid) != now.get(uid) or uid in elsewhere]


def _propose_all(
    actor: Actor, made: PackagePlan, asked: Sequence[Question], why: str
) -> tuple[list[str], list[Saying]]:
    """Put questions before people: as proposals on paragraphs where they can be; what is left, to be said as comments.

    Returns the subjects of those that are put so or so.
    """
    ideas = [_idea(made, q, why) for q in asked]
    wanted = [idea for idea in ideas if idea]
    answers = iter(propose_all(actor, made.edition, wanted, Source.FILE) if wanted else ())
    proposed, sayings = [], []
    head = contents.state(made.edition.head) if made.edition.head is not None else None
    for q, idea in zip(asked, ideas, strict=True):
        is_proposed = idea is not None and not isinstance(next(answers), Refused)
        if not is_proposed and head is not None:
            is_here = head.content.block(q.outcome.uid) is not None
            anchor = q.outcome.uid if is_here else _first_of(head.content, q.outcome.unit)
            sayings += _saying(made.edition, anchor, _said(made, q), q.subject + q.basis)
        if is_proposed or head is not None:
            proposed.append(q.subject)
    return proposed, sayings


def _idea(made: PackagePlan, q: Question, why: str) -> Idea | None:
    """What a question proposes; None where it is about no paragraph, or about one that has nothing to stand behind."""
    outcome, key = q.outcome, _key(q.subject, q.basis, str(made.base.number))
    if outcome.part is not Part.BLOCK:
        return None
    here = made.plan.child.items[Part.BLOCK].get(outcome.uid)
    there = made.plan.parent.items[Part.BLOCK].get(outcome.uid)
    if q.aspect == PLACE:
        after = made.plan.parent.levels[Part.BLOCK].before(outcome.uid)
        if after is None:
            return None
        return Idea(outcome.uid, ProposalKind.MOVE, _nothing(made), why=why, key=key, after=after)
    if q.aspect:
        text = outcome.texts[q.aspect]
        if text.parent is None:
            return None
        texts = {q.aspect: made.texts[text.parent]}
        base = made.texts[text.base] if text.base is not None else None
        return Idea(outcome.uid, ProposalKind.CHANGE, texts, q.aspect, why, base=base, key=key)
    if here is not None and there is None:
        return Idea(outcome.uid, ProposalKind.REMOVE, _nothing(made), why=why, key=key)
    anchor = _anchor(made, outcome.uid)
    if not isinstance(there, Block) or anchor is None:
        return None
    texts = {code: made.texts[name] for code, name in there.texts.items() if code in made.edition.languages}
    return Idea(anchor, ProposalKind.INSERT, texts, why=why, key=key)


def _nothing(made: PackagePlan) -> dict[Language, str]:
    """The texts of a proposal that has none, as `propose` gives them."""
    return {made.edition.languages[0]: ""}


def _anchor(made: PackagePlan, uid: Uid) -> Uid | None:
    """The nearest paragraph before this one in the file that stands in the draft."""
    head = contents.state(editions.head_of(made.edition)).content
    level = made.plan.parent.levels[Part.BLOCK]
    at = level.before(uid)
    while at is not None and head.block(at) is None:
        at = level.before(at)
    return at


def _said(made: PackagePlan, q: Question) -> str:
    """What the file says, in words, for a comment that keeps it."""
    outcome = q.outcome
    there = made.plan.parent.items[outcome.part].get(outcome.uid)
    parts: dict[str, object] = {"name": outcome.uid}
    if q.aspect == MINUTES:
        sentence = N_("A file that came back says that this unit lasts %(there)s minutes; here it is %(here)s.")
        parts = {"there": outcome.texts[MINUTES].parent, "here": outcome.texts[MINUTES].child}
    elif q.aspect == PLACE:
        sentence = N_("In a file that came back this stands in another place. It was moved here as well.")
    elif there is None:
        sentence = N_("In a file that came back this was taken out: %(name)s. It was changed here since.")
    else:
        sentence = N_("A file that came back says here: %(text)s")
        words = "\n\n".join(made.texts[d] for d in there.texts.values()) if isinstance(there, Block) else ""
        title = outcome.texts[q.aspect].parent if q.aspect in outcome.texts else None
        parts = {"text": (words or title or outcome.uid)[:8_000]}
    return str(gettext(sentence, **parts))


def _first_of(content: Content, unit: Uid | None) -> Uid | None:
    return next((b.uid for _, u, b in content.blocks() if u.uid == unit), None)


def _saying(edition: Edition, uid: Uid | None, words: str, about: str) -> list[Saying]:
    """What a file says as a comment, once; on the edition's first paragraph when no other is meant."""
    content = contents.state(editions.head_of(edition)).content
    anchor = uid or next((b.uid for _, _, b in content.blocks()), None)
    return [Saying(anchor, words, key=_key(about))] if anchor is not None else []


def _key(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()[:32]
