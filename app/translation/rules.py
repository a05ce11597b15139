"""Rules on translating: what is refused, who may approve, when a translation needs a reason."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from app.core import overtaken
from app.core.content import Digest, Kind, Language
from app.core.errors import N_, Refused
from app.core.languages import carried, is_language, is_variant
from app.core.translating import Directions, Staleness, State

LONGEST_TERM = 200
LONGEST_NOTE = 2_000
WRITTEN = ("concept", "term", "language", "region", "status", "definition", "note", "source")

RETRANSLATED = N_("Translated anew, because the text it is made from has changed.")


class NoSuchBlock(Refused):
    text = N_("This edition has no such unit or paragraph any more.")
    status = 404


class NoSuchLanguage(Refused):
    text = N_("This edition is not taught in %(language)s. Its languages are: %(known)s.")
    status = 404


class NotALanguage(Refused):
    text = N_("“%(language)s” is no language code. Write for example quy, or es-PE for the Spanish of Peru.")
    status = 422


class LanguageHere(Refused):
    text = N_("This edition is taught in %(language)s already.")


class NoSuchSource(Refused):
    text = N_("There are no texts in %(language)s to translate from. Choose among: %(known)s.")
    status = 422


class Circle(Refused):
    text = N_("%(source)s is itself translated from %(target)s here, so it cannot be its source.")
    status = 422


class SourceText(Refused):
    text = N_("%(language)s is the language this edition is written in. Its text is changed on the editing page.")


class NothingWritten(Refused):
    text = N_("Please write the translation, or say that it is not needed here.")
    status = 422


class NothingToTranslate(Refused):
    text = N_("This paragraph has no text in %(language)s to translate from.")


class OneParagraph(Refused):
    text = N_("A translation has as many paragraphs as its source: here one, but %(count)s were written.")
    status = 422


class OtherShape(Refused):
    text = N_("The source is a %(wanted)s, but this reads as a %(written)s. Keep the signs the source begins with.")
    status = 422


class NeedsReason(Refused):
    text = N_("The original has a translation of this very text. Please say why it reads differently here.")
    status = 422


class NeedsAnyReason(Refused):
    text = N_("Please say why, in a sentence that people will understand in two years.")
    status = 422


class NeedsAnotherPerson(Refused):
    text = N_("Whoever wrote a translation cannot approve it. Please ask another person to read it.")
    status = 403


class StaleNow(Refused):
    text = N_(
        "The source has changed since this was translated. Translate it anew, or say that the change is no matter."
    )


class NoTextYet(Refused):
    text = N_("There is no translation here yet that could be in that state.")


class HasText(Refused):
    text = N_("There is a translation here already. Remove it first if none is needed.")


class NotStale(Refused):
    text = N_("No translation of this paragraph lags behind its source, so there is nothing to overrule.")


class TooLong(Refused):
    text = N_("Please write at most %(most)s letters here.")
    status = 422


class NoTerm(Refused):
    text = N_("A glossary entry needs a concept, a language and a word.")
    status = 422


class TermExists(Refused):
    text = N_("The glossary has “%(term)s” for this concept and place already.")


class NoSuchTerm(Refused):
    text = N_("The glossary has no such entry any more.")
    status = 404


class NoRegion(Refused):
    text = N_("%(region)s is not a region. Use 001 for the world, a country such as PE, or a province such as PE-SAM.")
    status = 422


class NoPhrase(Refused):
    text = N_("Please write the words that are to stay as they are.")
    status = 422


def check_taught(language: Language, known: Sequence[Language]) -> None:
    """Raise `NoSuchLanguage` unless the edition is taught in the language."""
    if language not in known:
        raise NoSuchLanguage(language=language[:40] or "–", known=", ".join(known))


def check_new_language(language: Language, source: Language | None, taught: Sequence[Language]) -> None:
    """Raise `NotALanguage` or `LanguageHere` unless an edition may take the language up; see `check_source`."""
    if not is_language(language):
        raise NotALanguage(language=language[:40] or "–")
    if language in taught:
        raise LanguageHere(language=language)


def check_source(target: Language, source: Language, there: Collection[Language], now: Directions) -> None:
    """Raise `NoSuchSource` or `Circle` unless `target` can be translated from `source`; `there` have texts."""
    if not carried(source, there):
        raise NoSuchSource(language=source[:40] or "–", known=", ".join(sorted(there)))
    if now.circular(target, source):
        raise Circle(source=source, target=target)


def check_shape(pieces: Sequence[tuple[Kind, str]], wanted: Kind) -> str:
    """Return the one text that was written; raise unless it is one block of the source's kind."""
    if not pieces:
        raise NothingWritten
    if len(pieces) > 1:
        raise OneParagraph(count=len(pieces))
    kind, text = pieces[0]
    if kind is not wanted:
        raise OtherShape(wanted=wanted.value, written=kind.value)
    return text


def needs_reason(
    language: Language,
    before: Mapping[Language, Digest],
    parent: Mapping[Language, Digest],
    source: Language,
    new: Digest,
    staleness: Staleness,
) -> bool:
    """Whether a translation departs from the parent's while it is made of the very same source text.

    Filling what is missing or stale needs none, nor does translating what was adapted here or grew here. What a
    variant says in its own words is no departure: there is no text of the parent's that it would stand in for.
    """
    theirs = parent.get(language)
    if theirs is None or theirs == new or is_variant(language):
        return False
    same_source = parent.get(source) == before.get(source)
    return same_source and before.get(language) == theirs and staleness is Staleness.FRESH


def check_approver(writer: int | None, approver: int | None, *, command_line: bool) -> None:
    """Raise `NeedsAnotherPerson` when somebody approves what they wrote; the command line answers for itself."""
    if not command_line and writer is not None and writer == approver:
        raise NeedsAnotherPerson


def check_state(state: State, target: Digest, source: Digest, staleness: Staleness) -> None:
    """Raise unless a cell can be in this state: a text for what needs one, none for what has none, fresh to approve."""
    if state in (State.NOT_APPLICABLE, State.ORAL_ONLY):
        if target:
            raise HasText
    elif not target:
        raise NoTextYet
    elif state is State.APPROVED and source and staleness is not Staleness.FRESH:
        raise StaleNow


def written(row: object) -> dict[str, object]:
    """What an entry of the glossary says, in the parts that people can change."""
    return overtaken.written(row, WRITTEN)


def check_note(note: str, most: int = LONGEST_NOTE) -> str:
    """Return the note without space around it; raise `TooLong`."""
    if len(note) > most:
        raise TooLong(most=most)
    return note.strip().replace("\0", "")
