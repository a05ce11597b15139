"""An edition as a book: what is taken from the database into a manual, in the book's own language."""

from __future__ import annotations

import pytest
from flask import Flask
from flask_babel import force_locale

from app.curriculum.queries import reading
from app.interchange.formats.arrangement import front_matter
from app.interchange.formats.document import Audience, Manual
from app.interchange.queries import manual
from app.people.permissions import COMMAND_LINE
from tests import factories

WORLD_IN = {"en": "World original", "es": "Original mundial"}
TURKEY_IN = {"en": "Türkiye", "es": "Turquía"}


def book(region: str, language: str, interface: str) -> Manual:
    """A manual in one language, made for somebody who has the pages in another."""
    with force_locale(interface):
        return manual(reading.view(COMMAND_LINE, "my-coop", region, language=language), Audience.FACILITATOR)


@pytest.mark.parametrize(("language", "interface"), [("en", "es"), ("es", "en")])
def test_a_book_names_places_in_its_own_language(app: Flask, language: str, interface: str) -> None:
    factories.fork(factories.load(), "TR")
    original, turkish = (book(region, language, interface) for region in ("001", "TR"))
    assert original.edition == WORLD_IN[language]
    assert TURKEY_IN[language] in dict(front_matter(turkish)).values()
    assert [TURKEY_IN[language] in turkish.credits[0], WORLD_IN[language] in turkish.credits[1]] == [True, True]


def test_the_title_page_names_a_place_once_and_never_by_its_code(app: Flask) -> None:
    factories.fork(factories.load(), "PE")
    original, peruvian = (dict(front_matter(book(region, "es", "es"))) for region in ("001", "PE"))
    assert "Región" not in original
    assert "001" not in original.values()
    assert peruvian["Región"] == "Perú"
    assert list(peruvian.values()).count("Perú") == 1
