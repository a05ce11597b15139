"""Keeping the glossary: adding, changing and taking out words, each noted with who did it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

from sqlalchemy import select

from app.core import overtaken
from app.core.checks.terms import Status, Term
from app.core.languages import is_language
from app.infra import clock, i18n
from app.infra.audit import record
from app.infra.db import db
from app.infra.transactions import transactional
from app.people.permissions import Actor, Permission, Scope, check
from app.translation import rules
from app.translation.models import GlossaryTerm


@transactional
def add_term(actor: Actor, term: Term, *, curriculum: str = "", source: str = "") -> GlossaryTerm:
    """Add a word to the glossary of a region, for a curriculum or for all; it holds in the regions within too.

    For whoever may translate in that region. Raises `NoTerm`, `NoRegion`, `NotALanguage`, `TooLong`, `TermExists`.
    """
    _check(actor, curriculum, term.region)
    row = _read(GlossaryTerm(curriculum=curriculum, source=rules.check_note(source)), term)
    if _find(row) is not None:
        raise rules.TermExists(term=row.term)
    row.account_id, row.at = actor.account_id, clock.now()
    db.session.add(row)
    record(actor.account_id, "glossary.added", row, **_told(row))
    return row


@transactional
def change_term(
    actor: Actor, row: GlossaryTerm, term: Term, *, source: str | None = None, seen: str = ""
) -> GlossaryTerm:
    """Change an entry; its place stays unless the actor may keep the glossary of the new place as well.

    `seen` is the mark of what the form showed; raises `Overtaken` when somebody wrote something else since.
    """
    _hold(row)
    _check(actor, row.curriculum, row.region)
    now = rules.written(row)
    overtaken.check(seen, now, {**now, **asdict(term), **({} if source is None else {"source": source})})
    if term.region != row.region:
        _check(actor, row.curriculum, term.region)
    before = _told(row)
    with db.session.no_autoflush:
        wanted = _read(GlossaryTerm(curriculum=row.curriculum, source=row.source), term)
        other = _find(wanted)
        if other is not None and other.id != row.id:
            raise rules.TermExists(term=wanted.term)
    _read(row, term)
    if source is not None:
        row.source = rules.check_note(source)
    row.account_id, row.at = actor.account_id, clock.now()
    record(actor.account_id, "glossary.changed", row, before=before, after=_told(row))
    return row


@transactional
def remove_term(actor: Actor, row: GlossaryTerm, *, seen: str = "") -> None:
    """Take an entry out of the glossary; the record keeps what it said.

    `seen` is the mark of what the form showed; raises `Overtaken` when somebody wrote something else since.
    """
    _hold(row)
    _check(actor, row.curriculum, row.region)
    overtaken.check(seen, rules.written(row), dict.fromkeys(rules.WRITTEN))
    record(actor.account_id, "glossary.removed", row, **_told(row))
    db.session.delete(row)


@transactional
def import_terms(actor: Actor, terms: Iterable[Term], *, curriculum: str = "", source: str = "") -> tuple[int, int]:
    """Add or bring up to date the entries of a file; return how many are new and how many changed."""
    added = changed = 0
    for term in terms:
        probe = _read(GlossaryTerm(curriculum=curriculum, source=source), term)
        row = _find(probe)
        if row is None:
            add_term(actor, term, curriculum=curriculum, source=source)
            added += 1
        elif (row.status, row.note, row.definition) != (probe.status, probe.note, probe.definition):
            change_term(actor, row, term, source=source or None)
            changed += 1
    return added, changed


def _hold(row: GlossaryTerm) -> None:
    """Read an entry anew and let nobody else change it until the transaction ends; `NoSuchTerm` when it is gone."""
    statement = select(GlossaryTerm).where(GlossaryTerm.id == row.id).with_for_update(of=GlossaryTerm)
    if db.session.scalar(statement.execution_options(populate_existing=True)) is None:
        raise rules.NoSuchTerm


def _check(actor: Actor, curriculum: str, region: str) -> None:
    """Raise `NotAllowed` unless the actor translates in all of the entry's place."""
    check(actor, Permission.TRANSLATE, Scope(curriculum or None, region or None))


def _read(row: GlossaryTerm, term: Term) -> GlossaryTerm:
    """Put a term's values into a row, checked."""
    concept, word = term.concept.strip().replace("\0", ""), term.term.strip().replace("\0", "")
    if not concept or not word or not term.language:
        raise rules.NoTerm
    if max(len(concept), len(word)) > rules.LONGEST_TERM:
        raise rules.TooLong(most=rules.LONGEST_TERM)
    if not is_language(term.language):
        raise rules.NotALanguage(language=term.language[:40])
    if term.region and not i18n.is_region(term.region):
        raise rules.NoRegion(region=term.region[:40])
    row.concept, row.term, row.language, row.region = concept, word, term.language, term.region
    row.status, row.note = Status(term.status), rules.check_note(term.note)
    row.definition = rules.check_note(term.definition)
    return row


def _find(row: GlossaryTerm) -> GlossaryTerm | None:
    """The entry of the same word for the same concept and place."""
    return db.session.scalar(
        select(GlossaryTerm).where(
            GlossaryTerm.curriculum == row.curriculum,
            GlossaryTerm.region == row.region,
            GlossaryTerm.language == row.language,
            GlossaryTerm.concept == row.concept,
            GlossaryTerm.term == row.term,
        )
    )


def _told(row: GlossaryTerm) -> dict[str, str]:
    """An entry as the record keeps it."""
    term = Term(row.concept, row.language, row.region, row.term, row.status, row.note, row.definition)
    return {**{name: str(value) for name, value in asdict(term).items()}, "curriculum": row.curriculum}
