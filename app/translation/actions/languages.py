"""Taking a language up in an edition, and saying from which other it is translated."""

from __future__ import annotations

from app.core.content import Content, Language
from app.core.translating import Origin
from app.curriculum.models import Edition
from app.curriculum.queries import contents, editions
from app.infra import clock
from app.infra.audit import record
from app.infra.db import db
from app.infra.transactions import transactional
from app.people.permissions import Actor, Permission, check
from app.translation import rules
from app.translation.models import TranslationDirection
from app.translation.queries import desks, pairs

from .pairs import New, put


@transactional
def add_language(actor: Actor, edition: Edition, language: Language, source: Language | None = None) -> None:
    """Teach an edition in one more language, translated from `source` (the edition's own choice when None).

    A variant such as es-PE begins with nothing of its own and shows the wider language's texts. Raises `NotALanguage`,
    `LanguageHere`, `NoSuchSource` or `Circle`.
    """
    check(actor, Permission.EDIT_CONTENT, editions.scope_of(edition))
    editions.hold(edition)
    rules.check_new_language(language, source, edition.languages)
    if source:
        _direct(actor, edition, language, source)
    edition.languages = [*edition.languages, language]
    record(actor.account_id, "edition.language_added", edition, language=language, source=source or "")


@transactional
def set_source(actor: Actor, edition: Edition, language: Language, source: Language) -> None:
    """Translate a language of the edition from another one from now on; editions below follow unless they say else.

    What agreed with the old source, where both agree, counts as made of the new one, so that nothing turns stale by it.
    """
    check(actor, Permission.EDIT_CONTENT, editions.scope_of(edition))
    editions.hold(edition)
    rules.check_taught(language, edition.languages)
    _direct(actor, edition, language, source)
    record(actor.account_id, "edition.source_language", edition, language=language, source=source)


def _direct(actor: Actor, edition: Edition, language: Language, source: Language) -> None:
    content = contents.state(editions.head_of(edition)).content
    there = {code for _, _, block in content.blocks() for code in block.texts}
    before = desks.directions_of(edition)
    rules.check_source(language, source, there, before)
    db.session.add(
        TranslationDirection(
            edition_id=edition.id, target=language, source=source, account_id=actor.account_id, at=clock.now()
        )
    )
    db.session.flush()
    old = before.source(language)
    put(
        _agreeing(content, language, old, source),
        pairs.place_of(edition),
        edition,
        actor.account_id,
    )


def _agreeing(content: Content, language: Language, old: Language | None, new: Language) -> list[New]:
    """The pairs of the new direction: texts that were both made of the old source, or of each other."""
    found = []
    for _, _, block in content.blocks():
        target, source = block.texts.get(language), block.texts.get(new)
        if target is not None and source is not None:
            found.append((block, target, source))
    asked = set()
    for block, target, source in found:
        root = block.texts.get(old) if old is not None else None
        asked |= {(target, source), *({(root, target), (root, source)} if root is not None else ())}
    true = pairs.fresh(asked)
    result = []
    for block, target, source in found:
        root = block.texts.get(old) if old is not None else None
        if (target, source) in true or (root is not None and {(root, target), (root, source)} <= true):
            result.append(New(new, language, source, target, Origin.REDIRECTED))
    return result
