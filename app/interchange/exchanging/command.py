"""What `vivero import` does with files of other tools: planned, brought in unless it is only tried, told as JSON."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from app.core.content import Language
from app.core.errors import N_, Refused
from app.curriculum.models import Edition
from app.curriculum.queries import editions
from app.infra.i18n import sentence
from app.interchange.formats.exchange import Problem
from app.people.permissions import Actor

from . import carrying, memories, packages, terms, translations


class NeedsLanguage(Refused):
    text = N_("The file does not say into which language it was translated. Please name the language.")
    status = 422


@dataclass(frozen=True, slots=True)
class Order:
    """A file that somebody wants brought into an edition; `dry` only says what would come of it."""

    actor: Actor
    edition: Edition
    filename: str
    extension: str
    data: bytes
    language: Language = ""
    why: str = ""
    dry: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What came of a file: as JSON, as lines for people, and whether something is left for a person."""

    json: dict[str, Any]
    lines: list[str] = field(default_factory=list)
    left: bool = False


def translation(order: Order) -> Told:
    """Bring PO or XLIFF in."""
    language = order.language or translations.language_in(order.data, order.extension, order.edition)
    if not language:
        raise NeedsLanguage
    made = translations.plan(order.actor, order.edition, order.data, order.extension, language)
    conflicts = made.of(translations.Outcome.CONFLICT)
    brought = None
    if not order.dry and (made.of(*translations.BRINGS) or conflicts or made.comments):
        brought = translations.bring(order.actor, made, filename=order.filename, why=order.why)
    lines = [
        _counted({outcome.value: count for outcome, count in made.counts.items()}),
        *_problems(order, made.problems),
        *(f"{order.filename}:{line.line}: {line.outcome.value}: {line.uid}" for line in conflicts),
    ]
    unread = not made.lines and bool(made.problems)
    return Told(translations.as_dict(made, brought), lines, bool(conflicts) or unread)


def package(order: Order) -> Told:
    """Bring an offline package in: what is safe, the rest as proposals."""
    made = packages.plan(order.actor, order.edition, order.data)
    applied = not order.dry and not made.is_empty
    proposed: tuple[str, ...] = ()
    if applied:
        proposed = carrying.bring(order.actor, made, filename=order.filename, why=order.why).proposed
    told = packages.as_dict(made, applied=applied, proposed=proposed)
    lines = [
        _counted({name: len(uids) for name, uids in told["blocks"].items()}),
        *(f"{line.name}: {line.action.value}" for line in (*made.values, *made.pictures)),
        *(f"{p.file}:{p.line}: {sentence(p.fault)}" for p in made.problems),
        *(f"{q.action.value}: {q.outcome.uid} {q.aspect}".rstrip() for q in made.open),
    ]
    return Told(told, lines, made.needs_a_person)


def memory(order: Order) -> Told:
    """Bring TMX in, for the edition's curriculum and place."""
    made = memories.plan(order.data)
    kept = 0
    if not order.dry and made.pairs:
        scope = editions.scope_of(order.edition)
        kept = memories.bring(order.actor, made, filename=order.filename, scope=scope)
    told = {
        "edition": order.edition.name,
        "pairs": len(made.pairs),
        "applied": bool(kept),
        "problems": _as_json(made.problems),
    }
    lines = [_counted({"pairs": len(made.pairs)}), *_problems(order, made.problems)]
    return Told(told, lines, not made.pairs and bool(made.problems))


def glossary(order: Order) -> Told:
    """Bring CSV or TBX in, with an answer for each row."""
    made = terms.plan(order.actor, order.edition, order.data, order.extension)
    applied = not order.dry and bool(made.coming)
    if applied:
        terms.bring(order.actor, order.edition, made, filename=order.filename)
    counts = {fate.value: made.counts[fate] for fate in terms.Fate}
    told = {
        "edition": order.edition.name,
        "counts": counts,
        "rows": [{"term": r.term.term, "language": r.term.language, "outcome": r.fate.value} for r in made.rows],
        "applied": applied,
        "problems": _as_json(made.problems),
    }
    left = bool(counts[terms.Fate.REFUSED]) or (not made.rows and bool(made.problems))
    return Told(told, [_counted(counts), *_problems(order, made.problems)], left)


def _counted(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.items() if count) or "–"


def _problems(order: Order, problems: tuple[Problem, ...]) -> list[str]:
    return [f"{order.filename}:{problem.line}: {sentence(problem.fault)}" for problem in problems]


def _as_json(problems: tuple[Problem, ...]) -> list[dict[str, object]]:
    return [{"line": problem.line, "problem": sentence(problem.fault)} for problem in problems]
