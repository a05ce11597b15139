"""The glossary as CSV or TBX, both ways; a file is answered row by row before anything of it is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType

from app.core.checks.terms import Term
from app.core.errors import N_, Refused
from app.curriculum.models import Edition
from app.curriculum.queries import editions
from app.infra.transactions import transactional
from app.interchange.formats.exchange import Problem, from_csv, from_tbx
from app.people.permissions import Actor, Permission, Scope, allows, check
from app.translation.actions import import_terms
from app.translation.queries import glossary

from .translations import shown_name

READERS: Mapping[str, Callable[[bytes], tuple[tuple[Term, ...], tuple[Problem, ...]]]] = MappingProxyType(
    {".csv": from_csv, ".tbx": from_tbx}
)
MOST_TERMS = 20_000


class TooManyTerms(Refused):
    text = N_("The file has more than %(most)s words of a glossary. Please send it in parts.")
    status = 422


class Fate(StrEnum):
    """What becomes of one row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REFUSED = "refused"


SENTENCES: Mapping[Fate, str] = MappingProxyType(
    {
        Fate.NEW: N_("It is new here."),
        Fate.CHANGED: N_("It changes what the glossary says."),
        Fate.SAME: N_("The glossary says so already."),
        Fate.REFUSED: N_("It belongs to another place and is left out."),
    }
)


@dataclass(frozen=True, slots=True)
class Row:
    """One term of the file, and what becomes of it."""

    term: Term
    fate: Fate


@dataclass(frozen=True)
class TermPlan:
    """What a glossary file would do; nothing has been done."""

    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]

    @cached_property
    def counts(self) -> Counter[Fate]:
        return Counter(row.fate for row in self.rows)

    @property
    def coming(self) -> list[Term]:
        """The terms that are new or say something else."""
        return [row.term for row in self.rows if row.fate in (Fate.NEW, Fate.CHANGED)]


def terms_of(actor: Actor, edition: Edition) -> list[Term]:
    """The terms that hold in an edition, those of wider regions included."""
    check(actor, Permission.EXPORT_EDITION, editions.scope_of(edition))
    return [entry.term for entry in glossary.holding(edition)]


def plan(actor: Actor, edition: Edition, data: bytes, extension: str) -> TermPlan:
    """Compare a file with the glossary of an edition; a term that names no region is meant for the edition's."""
    check(actor, Permission.TRANSLATE, editions.scope_of(edition))
    found, problems = READERS[extension](data)
    if len(found) > MOST_TERMS:
        raise TooManyTerms(most=MOST_TERMS)
    here = {_name(e.term): e.term for e in glossary.holding(edition)}
    rows = []
    for term in found:
        placed = term if term.region or _name(term) in here else replace(term, region=edition.region)
        rows.append(Row(placed, _fate(actor, edition, placed, here.get(_name(placed)))))
    return TermPlan(tuple(rows), problems)


def _name(term: Term) -> tuple[str, str, str, str]:
    return (term.concept.strip(), term.language, term.region, term.term.strip())


def _fate(actor: Actor, edition: Edition, term: Term, known: Term | None) -> Fate:
    said = (term.status, term.note.strip(), term.definition.strip())
    if known is not None and said == (known.status, known.note, known.definition):
        return Fate.SAME
    if not allows(actor, Permission.TRANSLATE, Scope(edition.slug, term.region or None)):
        return Fate.REFUSED
    return Fate.NEW if known is None else Fate.CHANGED


@transactional
def bring(actor: Actor, edition: Edition, made: TermPlan, *, filename: str) -> tuple[int, int]:
    """Keep what is new or changed, for this curriculum; return how many are new and how many changed."""
    check(actor, Permission.TRANSLATE, editions.scope_of(edition))
    return import_terms(actor, made.coming, curriculum=edition.slug, source=shown_name(filename))
