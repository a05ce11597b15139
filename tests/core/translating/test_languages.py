"""Which language speaks for another."""

from __future__ import annotations

import pytest

from app.core.languages import base_of, carried, chain, digest_in, is_language, is_variant, spoken


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("es-PE", ("es-PE", "es-419", "es")),
        ("es-419", ("es-419", "es")),
        ("es-ES", ("es-ES", "es")),
        ("es", ("es",)),
        ("en-GB", ("en-GB", "en-001", "en")),
        ("pt-BR", ("pt-BR", "pt")),
        ("quy", ("quy",)),
        ("zh-Hant-HK", ("zh-Hant-HK", "zh-Hant")),
        ("", ("",)),
    ],
)
def test_a_language_leans_on_wider_ones(language: str, expected: tuple[str, ...]) -> None:
    assert chain(language) == expected
    assert is_variant(language) == (len(expected) > 1)
    assert base_of(language) == expected[-1]


@pytest.mark.parametrize(
    ("texts", "language", "speaks"),
    [
        ({"es": "a", "es-PE": "b"}, "es-PE", "es-PE"),
        ({"es": "a", "es-419": "b"}, "es-PE", "es-419"),
        ({"es": "a"}, "es-PE", "es"),
        ({"es-PE": "a"}, "es", None),
        ({"en": "a"}, "es-PE", None),
        ({}, "es", None),
    ],
)
def test_the_nearest_language_that_has_a_text_speaks(texts: dict[str, str], language: str, speaks: str | None) -> None:
    assert spoken(texts, language) == speaks
    assert digest_in(texts, language) == (texts[speaks] if speaks else "")


@pytest.mark.parametrize(
    ("code", "is_one"),
    [("es", True), ("quy", True), ("es-PE", True), ("es-419", True), ("zh-Hant-HK", True), ("xx", False),
     ("es-ZZ", False), ("ES", False), ("es_PE", False), ("español", False), ("", False), ("es-PE\n", False)],
)  # fmt: skip
def test_language_codes_are_told_from_other_words(code: str, is_one: bool) -> None:
    assert is_language(code) is is_one


def test_an_edition_carries_the_variants_of_its_languages() -> None:
    assert carried("es-PE", ["en", "es"])
    assert not carried("es", ["es-PE"])
