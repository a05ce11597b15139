"""A file of another tool that came through the browser: kept, planned anew at every look, brought in once.

Planning it anew is what keeps the preview true when the edition changes meanwhile.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath
from typing import TypeAlias

from app.core.content import Language
from app.core.merge import Choice
from app.curriculum.models import Edition
from app.curriculum.queries import editions
from app.infra import clock, storage
from app.infra.audit import record
from app.infra.transactions import transactional
from app.interchange import rules
from app.interchange.actions.keeping import keep
from app.interchange.models import Import, ImportKind, ImportState
from app.interchange.queries import imports
from app.people.permissions import Actor, Permission, allows, check

from . import carrying, memories, packages, terms, translations
from .command import NeedsLanguage

Planned: TypeAlias = translations.Plan | packages.PackagePlan | memories.MemoryPlan | terms.TermPlan
ENDINGS = (*translations.READERS, ".tmx", *terms.READERS, ".zip")
LONGEST_REASON = 2_000


def ending_of(filename: str) -> str:
    """What a file's name ends in; `UnknownEnding` when no tool of ours reads that."""
    ending = PurePath(filename).suffix.lower()
    if ending not in ENDINGS:
        raise rules.UnknownEnding(file=rules.named(filename), known=", ".join(ENDINGS))
    return ending


def may_send(actor: Actor, edition: Edition) -> bool:
    """Whether there is any file that this person may bring into the edition."""
    scope = editions.scope_of(edition)
    return allows(actor, Permission.TRANSLATE, scope) or allows(actor, Permission.IMPORT_CONTENT, scope)


@transactional
def send(actor: Actor, edition: Edition, filename: str, data: bytes, language: Language = "") -> Import:
    """Keep a file for its preview; raises what is wrong with the file as a whole."""
    ending = ending_of(filename)
    if ending in translations.READERS:
        language = language or translations.language_in(data, ending, edition)
        if not language:
            raise NeedsLanguage
    look(actor, edition, filename, data, language)
    kind = ImportKind.PACKAGE if ending == ".zip" else ImportKind.TRANSLATION
    row = keep(actor, kind, edition, rules.named(filename), data, language)
    row.state = ImportState.PREVIEWED
    return row


def look(actor: Actor, edition: Edition, filename: str, data: bytes, language: Language) -> Planned:
    """Return what a file would do now; nothing is done."""
    ending = ending_of(filename)
    if ending == ".zip":
        return packages.plan(actor, edition, data)
    if ending == ".tmx":
        check(actor, Permission.IMPORT_CONTENT, editions.scope_of(edition))
        return memories.plan(data)
    if ending in terms.READERS:
        return terms.plan(actor, edition, data, ending)
    return translations.plan(actor, edition, data, ending, language)


@transactional
def bring_in(
    actor: Actor,
    row: Import,
    *,
    why: str = "",
    answers: Mapping[str, Choice] | None = None,
    expected_head: int | None = None,
) -> None:
    """Bring a kept file in, once; `NotNow` when it was already."""
    edition = row.edition
    if edition is None or row.account_id != actor.account_id:
        raise rules.NoSuchImport
    imports.hold(row)
    if row.state is not ImportState.PREVIEWED:
        raise rules.NotNow
    reason = rules.bounded(why, LONGEST_REASON).replace("\0", "")
    made = look(actor, edition, row.filename, storage.get(row.digest), row.language)
    if isinstance(made, packages.PackagePlan):
        carrying.bring(actor, made, filename=row.filename, why=reason, answers=answers, expected_head=expected_head)
    elif isinstance(made, translations.Plan):
        translations.bring(actor, made, filename=row.filename, why=reason, expected_head=expected_head)
    elif isinstance(made, terms.TermPlan):
        terms.bring(actor, edition, made, filename=row.filename)
    else:
        memories.bring(actor, made, filename=row.filename, scope=editions.scope_of(edition))
    row.state, row.finished_at = ImportState.BROUGHT, clock.now()
    record(actor.account_id, "import.brought", row)
