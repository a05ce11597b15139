"""What there is to say of a translation: checks, wording, and the words of the glossary that its source speaks of.

All of it is advice. What is looked for is app/core/checks and app/core/language; here it gets an edition's policy,
glossary and variables.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.core.checks import Advice, Context, Glossary, Side, Status, Term, run
from app.core.content import Kind, Language, Uid
from app.core.language import Policy, Remark, inclusive, plain_language
from app.core.languages import base_of, chain
from app.core.translating.glossary import WORLD
from app.curriculum.models import Edition
from app.translation.models import RemarkVerdict, Verdict

from . import glossary as words
from .policy import fingerprint, policy_of, verdicts


@dataclass(frozen=True, slots=True)
class Spoken:
    """A word of the glossary in the source, as it stands there, with how it is to be said; `keep`: as it stands."""

    found: str
    preferred: str
    admitted: tuple[str, ...]
    forbidden: tuple[str, ...]
    keep: bool
    note: str


@dataclass(frozen=True, slots=True)
class Wording:
    """A remark on a text's wording, by which it is known again, with a few words on either side."""

    remark: Remark
    fingerprint: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Looked:
    """What there is to say of one text. `settled` counts the remarks that somebody turned down already."""

    advice: list[Advice]
    wording: list[Wording]
    spoken: list[Spoken]
    settled: int

    @property
    def count(self) -> int:
        """How many things a person may want to look at."""
        return len(self.advice) + len(self.wording)


class Adviser:
    """Looks at translations of an edition from one language into another; three queries for any number of texts."""

    def __init__(
        self, edition: Edition, source: Language, target: Language, variables: frozenset[str], uids: Sequence[Uid]
    ) -> None:
        self._source, self._target = source, target
        self._policy = policy_of(edition).policy
        self._verdicts: Mapping[tuple[Uid, str], RemarkVerdict] = verdicts(edition, target, uids)
        languages = sorted({*chain(source), *chain(target)})
        terms = [_everywhere(entry.term) for entry in words.holding(edition, languages)]
        self._glossary = Glossary(terms, source, target, edition.region)
        self._forbidden: dict[str, list[str]] = {}
        for term in terms:
            if term.status is Status.FORBIDDEN and term.language in chain(target):
                self._forbidden.setdefault(term.concept, []).append(term.term)
        self._context = Context(source, target, glossary=self._glossary, variables=variables, policy=str(self._policy))

    def look(self, uid: Uid, kind: Kind, source: str, target: str) -> Looked:
        """Everything there is to say of a text; `source` is "" where it is translated from nothing."""
        advice = run(source, target, replace(self._context, kind=kind)) if source else []
        wording, settled = [], 0
        for remark in remarks(target, self._target, self._policy):
            name = fingerprint(target, remark)
            said = self._verdicts.get((uid, name))
            if said is not None and said.verdict is Verdict.REJECTED:
                settled += 1
            else:
                wording.append(Wording(remark, name, _before(target, remark.start), _after(target, remark.end)))
        return Looked(advice, wording, self.spoken(source, kind), settled)

    def spoken(self, source: str, kind: Kind) -> list[Spoken]:
        """The words of the glossary that a source speaks of, each once, in the order in which they come."""
        side, found = Side(source, self._source, kind), dict[str, Spoken]()
        for terms, (start, end) in self._glossary.in_source.find(side):
            for term in terms:
                found.setdefault(term.concept, self._said(source[start:end], term))
        for terms, (start, end) in self._glossary.kept.find(side):
            for term in terms:
                found.setdefault(f"keep {term.term}", Spoken(source[start:end], term.term, (), (), True, term.note))
        return list(found.values())

    def _said(self, word: str, term: Term) -> Spoken:
        allowed = self._glossary.allowed(term.concept)
        best = self._glossary.preferred(term.concept) or allowed[0]
        return Spoken(
            word,
            best.term,
            tuple(one.term for one in allowed if one.term != best.term),
            tuple(self._forbidden.get(term.concept, ())),
            False,
            best.note or term.note,
        )


def remarks(text: str, language: Language, policy: Policy) -> list[Remark]:
    """What a text's wording gives to remark: how people are named first, then how plain it is."""
    if not text:
        return []
    found = inclusive(text, policy) if base_of(language) == "es" else []
    return [*found, *plain_language(text, language)]


def _everywhere(term: Term) -> Term:
    """A term of the world as one of no region, which is how checks know what holds everywhere."""
    return replace(term, region="") if term.region == WORLD else term


_AROUND = 30


def _before(text: str, start: int) -> str:
    found = text[max(0, start - _AROUND) : start]
    return ("… " + found.partition(" ")[2] if start > _AROUND else found).replace("\n", " ")


def _after(text: str, end: int) -> str:
    found = text[end : end + _AROUND]
    return (found.rpartition(" ")[0] + " …" if end + _AROUND < len(text) else found).replace("\n", " ")
