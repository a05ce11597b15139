"""What stages ask of an edition before it goes on. Each gate answers whether it is met, in figures, and where to see.

A gate is one function in the registry; which stage asks which gates is said in processes.toml.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select

from app.core.content import ModuleKind
from app.core.errors import N_
from app.core.merge import Departure, departures
from app.curriculum.models import Act, Edition
from app.curriculum.queries import contents, editions, parents
from app.discussion.queries import comments, proposals
from app.infra.db import db
from app.study.models import Citation, Finding, NeedEdition
from app.study.queries.checks import checklist_progress
from app.translation.queries import status
from app.validation.models.workshops import WorkshopKind
from app.validation.rules.results import Standing
from app.validation.rules.stages import Asked

from . import adjustments, pilots, remarks, signing
from .states import validation_state


@dataclass(frozen=True, slots=True)
class Answer:
    """What a gate found: an English sentence with its parts, and the page where it is done."""

    gate: str
    met: bool
    text: str
    parts: Mapping[str, Any] = field(default_factory=dict)
    endpoint: str = ""
    address: Mapping[str, Any] = field(default_factory=dict)


Gate = Callable[[Edition, Mapping[str, Any]], Answer]


def ask(edition: Edition, asked: Asked) -> Answer:
    """What a gate says of an edition."""
    return GATES[asked.gate](edition, asked.told)


def _need(edition: Edition, told: Mapping[str, Any]) -> Answer:
    count = _count(select(func.count(NeedEdition.id)).where(NeedEdition.edition_id == edition.id))
    text = N_("Needs that this edition answers: %(count)s.") if count else N_("No need is tied to this edition yet.")
    return Answer("need", count > 0, text, {"count": count}, "study.study")


def _findings(edition: Edition, told: Mapping[str, Any]) -> Answer:
    count = _count(
        select(func.count(Finding.id)).where(Finding.edition_id == edition.id, Finding.archived_at.is_(None))
    )
    text = N_("Findings of the study: %(count)s.") if count else N_("The study has no finding yet.")
    return Answer("findings", count > 0, text, {"count": count}, "study.findings")


def _checklist(edition: Edition, told: Mapping[str, Any]) -> Answer:
    found = checklist_progress(edition)
    parts = {"done": found.done, "total": found.total}
    text = N_("Questions of the checklist answered: %(done)s of %(total)s.")
    return Answer("checklist", found.done == found.total, text, parts, "study.checklist")


def acts_without_ground(edition: Edition) -> list[Act]:
    """The acts behind an edition's departures that give a reason but no evidence and no finding; four queries."""
    acts, cited = _behind(_departing(edition))
    return [act for act in acts.values() if act.why.strip() and not _grounded(act, cited)]


def _departing(edition: Edition) -> list[Departure]:
    now = contents.state(editions.head_of(edition))
    base = parents.base_content(now.local)
    return departures(base, now.content, now.local.links) if base.modules else []


def _behind(found: Sequence[Departure]) -> tuple[dict[int, Act], set[int]]:
    """The acts behind departures by id, and which of them cite a finding."""
    ids = sorted({int(one.act) for one in found if one.act is not None})
    if not ids:
        return {}, set()
    acts = {act.id: act for act in db.session.scalars(select(Act).where(Act.id.in_(ids)).order_by(Act.id))}
    return acts, set(db.session.scalars(select(Citation.act_id).where(Citation.act_id.in_(ids))))


def _grounded(act: Act, cited: Collection[int]) -> bool:
    return bool(act.stems_from.strip()) or act.id in cited


def _reasons(edition: Edition, told: Mapping[str, Any]) -> Answer:
    """Every departure from the original has a reason, and evidence or a finding."""
    found = _departing(edition)
    acts, cited = _behind(found)
    bare = 0
    for one in found:
        act = acts.get(int(one.act)) if one.act is not None else None
        bare += act is None or not act.why.strip() or not _grounded(act, cited)
    text = (
        N_("Departures from the original without a reason, or without evidence or a finding: %(bare)s of %(total)s.")
        if bare
        else N_("Departures from the original, all with a reason and evidence or a finding: %(total)s.")
    )
    return Answer("reasons", not bare, text, {"bare": bare, "total": len(found)}, "curriculum.deviations")


def _translations(edition: Edition, told: Mapping[str, Any]) -> Answer:
    line = status.line_of(edition)
    totals = [line.total(language) for language in line.sources]
    missing, stale = sum(one.missing for one in totals), sum(one.stale for one in totals)
    text = (
        N_("Translations that are missing: %(missing)s; that have fallen behind: %(stale)s.")
        if missing or stale
        else N_("No translation is missing or has fallen behind.")
    )
    parts = {"missing": missing, "stale": stale}
    return Answer("translations", not (missing or stale), text, parts, "curriculum.edition")


def _proposals(edition: Edition, told: Mapping[str, Any]) -> Answer:
    count = proposals.open_count(edition)
    text = N_("Proposals that wait for an answer: %(count)s.") if count else N_("No proposal waits for an answer.")
    return Answer("proposals", not count, text, {"count": count}, "discussion.proposals")


def _comments(edition: Edition, told: Mapping[str, Any]) -> Answer:
    count = comments.open_count(edition)
    text = N_("Conversations that are not settled: %(count)s.") if count else N_("Every conversation is settled.")
    return Answer("comments", not count, text, {"count": count}, "discussion.conversation")


def _tried(edition: Edition, told: Mapping[str, Any]) -> Answer:
    """Units pass when a closed workshop of that sort says so, and no major adjustment came after."""
    kind = WorkshopKind(told["by"])
    content = contents.state(editions.head_of(edition)).content
    taught = {
        unit.uid for module, unit in content.units() if told["units"] == "all" or module.kind is ModuleKind.MODULE
    }
    state = validation_state(edition, kind)
    again = set(adjustments.to_try_again(edition))
    passed = sum(state[uid].standing is Standing.PASSED and uid not in again for uid in taught)
    parts = {"done": passed, "total": len(taught), "again": len(again & taught)}
    text = (
        N_("Units that passed: %(done)s of %(total)s; to be tried again after a major adjustment: %(again)s.")
        if again & taught
        else N_("Units that passed: %(done)s of %(total)s.")
    )
    return Answer(f"tried_{kind.value}", passed == len(taught), text, parts, "validation.workshops")


def _remarks(edition: Edition, told: Mapping[str, Any]) -> Answer:
    count = len(remarks.open_remarks(edition))
    text = (
        N_("Remarks to be decided on or carried out: %(count)s.")
        if count
        else N_("Every remark is decided on and carried out.")
    )
    return Answer("remarks", not count, text, {"count": count}, "validation.workshops")


def _pilot(edition: Edition, told: Mapping[str, Any]) -> Answer:
    least = int(told["least"])
    paired = max((closing.results["overall"]["paired"] for _, closing in pilots.closed([edition.id])), default=0)
    text = N_("Learners of a closed pilot with scores before and after: %(paired)s; asked for: %(least)s.")
    return Answer("pilot", paired >= least, text, {"paired": paired, "least": least}, "validation.pilots")


def _observations(edition: Edition, told: Mapping[str, Any]) -> Answer:
    undecided, undone = pilots.open_observations([edition.id]).get(edition.id, (0, 0))
    count = undecided + undone
    text = (
        N_("Observations to be decided on or carried out: %(count)s.")
        if count
        else N_("Every observation is decided on and carried out.")
    )
    return Answer("observations", not count, text, {"count": count}, "validation.pilots")


def _graded(edition: Edition, told: Mapping[str, Any]) -> Answer:
    count = len(adjustments.ungraded(edition))
    total, major = adjustments.counts(edition)
    text = (
        N_("Adjustments that nobody has graded: %(count)s of %(total)s.")
        if count
        else N_("Adjustments: %(total)s, of these major: %(major)s.")
    )
    parts = {"count": count, "total": total, "major": major}
    return Answer("graded", not count, text, parts, "validation.adjustments")


def _majors(edition: Edition, told: Mapping[str, Any]) -> Answer:
    count = len(adjustments.to_try_again(edition))
    text = (
        N_("Units to be tried again after a major adjustment: %(count)s.")
        if count
        else N_("No unit has to be tried again.")
    )
    return Answer("majors", not count, text, {"count": count}, "validation.adjustments")


def _signatures(edition: Edition, told: Mapping[str, Any]) -> Answer:
    head = editions.head_of(edition)
    found = signing.signatures(edition, head)
    lacking = len(signing.missing(edition, head))
    parts = {"done": 5 - lacking, "total": 5, "late": sum(one.outdated for one in found)}
    text = (
        N_("Signatures: %(done)s of %(total)s; under an earlier text: %(late)s.")
        if parts["late"]
        else N_("Signatures: %(done)s of %(total)s.")
    )
    return Answer("signatures", not lacking, text, parts, "validation.signatures")


def _count(statement: Any) -> int:
    return db.session.scalar(statement) or 0


GATES: Mapping[str, Gate] = {
    "need": _need,
    "findings": _findings,
    "checklist": _checklist,
    "reasons": _reasons,
    "translations": _translations,
    "proposals": _proposals,
    "comments": _comments,
    "tried": _tried,
    "remarks": _remarks,
    "pilot": _pilot,
    "observations": _observations,
    "graded": _graded,
    "majors": _majors,
    "signatures": _signatures,
}
