"""The reasons that choices on the original's changes leave with paragraphs, each with what it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.adaptation.models import Decision
from app.adaptation.queries.sync import Sync
from app.core.content import Uid
from app.core.merge import Answer, Link
from app.curriculum.actions import ActSpec
from app.curriculum.actions.commit import begin
from app.curriculum.models import Act, ActKind, Edition
from app.curriculum.queries import history
from app.people.permissions import Actor
from app.study import actions as study
from app.study.models import Finding
from app.study.queries import findings

_STAYS = frozenset({Answer.OURS, Answer.WRITTEN, Answer.BOTH, Answer.PROPOSAL})


@dataclass(frozen=True, slots=True)
class _Reason:
    """Why a paragraph stays different, and what speaks for it; the same reason is one act."""

    why: str
    stems_from: str
    findings: tuple[int, ...]


def has_reason(links: Mapping[Uid, Link], uid: Uid) -> bool:
    """Whether somebody has said already why a paragraph departs."""
    link = links.get(uid)
    return link is not None and link.act is not None


def with_own_reasons(
    actor: Actor, edition: Edition, prepared: Sync, links: Mapping[Uid, Link], act: Act
) -> dict[Uid, Link]:
    """The links, with an act of its own for each reason that was given for one paragraph, or for a unit with its own.

    A new reason stands in the place of an older one; findings alone are added to what the older one rests on. What a
    choice cites is cited by the act behind its paragraph: its own one, else that of the whole.
    """
    result = dict(links)
    made = [(q, q.decision) for q in prepared.questions if q.decided and q.decision is not None]
    said = [(q, choice) for q, choice in made if choice.why or choice.cites]
    if not said:
        return result
    before = _acts_behind(edition, prepared.now.local.links)
    grounds = findings.behind(before)
    acts: dict[_Reason, Act] = {}
    own: dict[Uid, Act] = {}
    for question, choice in said:
        uids = [question.outcome.uid, *(one.outcome.uid for one in prepared.within(question))]
        cites = [one.finding for one in choice.cites]
        behind = next((own[uid] for uid in uids if uid in own), act)
        for uid in uids:
            link = result.get(uid)
            if link is None or link.act is None or uid in own:
                continue
            older = before.get(int(link.act)) if int(link.act) != act.id else None
            if int(link.act) != act.id and (older is None or Answer(choice.choice) not in _STAYS):
                continue
            reason, rests = _reason(choice, cites, act, older, grounds)
            if not reason.why:
                continue
            if reason not in acts:
                acts[reason] = begin(actor, edition, ActSpec(ActKind.SYNC, reason.why, reason.stems_from))
                study.cite_decided(actor, acts[reason], rests)
            own[uid] = behind = acts[reason]
            result[uid] = replace(link, act=behind.id)
        study.cite_decided(actor, behind, cites)
    return result


def _reason(
    choice: Decision, cites: Sequence[Finding], act: Act, older: Act | None, grounds: Mapping[int, Sequence[Finding]]
) -> tuple[_Reason, list[Finding]]:
    """The reason a choice gives, and the findings it rests on: with those of the older one where that one stays."""
    if choice.why or older is None:
        rests = list(cites)
        return _Reason(choice.why, act.stems_from, _ids(rests)), rests
    rests = [*grounds.get(older.id, ()), *cites]
    return _Reason(older.why, older.stems_from, _ids(rests)), rests


def _ids(found: Iterable[Finding]) -> tuple[int, ...]:
    return tuple(sorted({one.id for one in found}))


def _acts_behind(edition: Edition, links: Mapping[Uid, Link]) -> dict[int, Act]:
    """The acts that gave the reasons that stand now; one query."""
    return history.acts(edition, {int(link.act) for link in links.values() if link.act is not None})
