"""Both catalogues hold every sentence of the program, and no translation loses or invents a part of one."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from babel.messages.catalog import Catalog, Message

from app.infra.i18n import LANGUAGES

from .catalogues import HOW_TO_UPDATE, SOURCE_LANGUAGE, catalogue, source

TRANSLATED = [language for language in LANGUAGES if language != SOURCE_LANGUAGE]

_PLACEHOLDER = re.compile(r"%\((\w+)\)([sd])|%(?!\()(.?)|\{(\w*)\}")
_TAG = re.compile(r"</?([a-z][a-z0-9]*)\b[^>]*>|&(\w+);")


def sentences(messages: Catalog) -> dict[tuple[str, str | None], Message]:
    """The messages by source sentence and context, without the header."""
    return {(_singular(message), message.context): message for message in messages if message.id}


def _singular(message: Message) -> str:
    return str(message.id if isinstance(message.id, str) else message.id[0])


def forms(message: Message) -> list[str]:
    """What a message is translated to: one text, or one per plural form."""
    return [message.string] if isinstance(message.string, str) else list(message.string)


def parts(text: str) -> Counter[str]:
    """The named parts of a sentence, each as often as it occurs."""
    return Counter(match[0] for match in _PLACEHOLDER.finditer(text))


def tags(text: str) -> Counter[str]:
    """The markup in a sentence."""
    return Counter(match[0] for match in _TAG.finditer(text))


def lost(message: Message, form: str) -> str:
    """What this translation loses or invents, in words; empty when nothing.

    A plural form may leave the number out ("one account"), so only the form for many has to hold every part.
    """
    originals = [message.id] if isinstance(message.id, str) else list(message.id)
    if not any(tags(form) == tags(original) for original in originals):
        return f"markup differs: {form!r}"
    wanted = [parts(original) for original in originals]
    if isinstance(message.id, str) or form == forms(message)[-1]:
        return "" if parts(form) == wanted[-1] else f"parts differ: {form!r}"
    return "" if parts(form) <= wanted[-1] else f"parts were invented: {form!r}"


def test_the_source_has_sentences_of_templates_and_of_code() -> None:
    places = {path.rpartition(".")[2] for message in source() for path, _ in message.locations}
    assert {"py", "html"} <= places
    assert len(sentences(source())) > 150


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_in_the_catalogue_and_nothing_else(language: str) -> None:
    ours, theirs = sentences(source()).keys(), sentences(catalogue(language)).keys()
    missing, stale = [key[0] for key in ours - theirs], [key[0] for key in theirs - ours]
    assert not missing, f"run `{HOW_TO_UPDATE}`; new sentences: {missing}"
    assert not stale, f"run `{HOW_TO_UPDATE}`; nobody says this any more: {stale}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_is_a_guess(language: str) -> None:
    guesses = [_singular(message) for message in catalogue(language) if message.id and message.fuzzy]
    assert not guesses
    assert not catalogue(language).obsolete


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_sentence_is_translated_in_every_form(language: str) -> None:
    plurals = catalogue(language).num_plurals
    open_ones = [
        _singular(message)
        for message in sentences(catalogue(language)).values()
        if not all(form.strip() for form in forms(message))
        or (not isinstance(message.id, str) and len(forms(message)) != plurals)
    ]
    assert not open_ones, f"{len(open_ones)} sentences wait for their {LANGUAGES[language]}: {open_ones}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_loses_a_part_of_its_sentence(language: str) -> None:
    faults = [
        f"{_singular(message)!r}: {fault}"
        for message in sentences(catalogue(language)).values()
        for form in forms(message)
        if form and (fault := lost(message, form))
    ]
    assert not faults


@pytest.mark.parametrize("language", TRANSLATED)
def test_spaces_ends_and_breaks_stay_as_they_are(language: str) -> None:
    faults = [
        f"{_singular(message)!r}: {form!r}"
        for message in sentences(catalogue(language)).values()
        for form in forms(message)
        if form
        and (
            (form[:1].isspace(), form[-1:].isspace())
            != (_singular(message)[:1].isspace(), _singular(message)[-1:].isspace())
            or ("\n" in form) != ("\n" in _singular(message))
            or (form.rstrip()[-1:] in ".:…") != (_singular(message).rstrip()[-1:] in ".:…")
        )
    ]
    assert not faults


def test_spanish_opens_what_it_closes() -> None:
    faults = [
        form
        for message in sentences(catalogue("es")).values()
        for form in forms(message)
        if form.count("?") != form.count("¿") or form.count("!") != form.count("¡")
    ]
    assert not faults


@pytest.mark.parametrize(
    ("original", "translation", "fault"),
    [
        ("%(count)s conflicts", "%(count)s conflictos", False),
        ("%(count)s conflicts", "conflictos", True),
        ("%(count)s conflicts", "%(cuenta)s conflictos", True),
        ("%(a)s of %(b)s", "%(b)s: %(a)s", False),
        ("100 %% of %(a)s", "100 % de %(a)s", True),
        ("{n} rows", "{m} filas", True),
        ("Read <b>this</b>", "Lea <b>esto</b>", False),
        ("Read <b>this</b>", "Lea esto", True),
        (("%(num)s account", "%(num)s accounts"), ("una cuenta", "%(num)s cuentas"), False),
        (("%(num)s account", "%(num)s accounts"), ("%(num)s cuenta", "cuentas"), True),
        (("%(num)s account", "%(num)s accounts"), ("%(name)s cuenta", "%(num)s cuentas"), True),
    ],
)
def test_a_lost_part_would_be_seen(
    original: str | tuple[str, str], translation: str | tuple[str, str], fault: bool
) -> None:
    message = Message(original, translation)
    assert any(lost(message, form) for form in forms(message)) is fault
