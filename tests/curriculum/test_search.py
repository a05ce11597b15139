"""Searching inside units: what is found, how it is shown, and what must never leak."""

from __future__ import annotations

import pytest
from flask import Flask

from app.adaptation import actions
from app.core.content import Kind
from app.curriculum.queries import contents, searching
from app.people.permissions import VISITOR, Actor
from tests import factories as make
from tests.curriculum.cast import DESIGNER, arrive, counted
from tests.curriculum.cast import VISITOR as NOBODY


@pytest.mark.parametrize("query", ["membresia", "MEMBRESÍA", "membr", "saco decide", "intermediario arrepintio"])
def test_words_are_found_without_accents_by_their_beginning_and_with_values(app: Flask, query: str) -> None:
    make.load()
    found = searching.search(VISITOR, query, "es")
    assert [(hit.unit, hit.language) for hit in found.hits] == [("my-coop-1-1", "es")]
    assert found.hits[0].title == "Por qué tenemos una cooperativa"
    assert any(marked for _, marked in found.hits[0].pieces)


@pytest.mark.parametrize("query", ["", "   ", "///", "embresia", "membresia inexistente", "%", "_", "activity"])
def test_what_is_not_there_is_not_found(app: Flask, query: str) -> None:
    make.load()
    assert searching.search(VISITOR, query, "es").total == 0


def test_a_unit_that_several_editions_have_is_found_once_and_names_them(app: Flask, root: Actor) -> None:
    peru = make.fork(make.load(), "PE")
    (hit,) = searching.search(root, "membresía", "es").hits
    assert [place.edition.region for place in hit.places] == ["001", "PE"]
    assert peru.head is not None


def test_nothing_is_told_of_drafts_to_those_who_may_not_read_them(app: Flask, root: Actor) -> None:
    peru = make.fork(make.load(), "PE")
    assert peru.head is not None
    block = next(b for _, _, b in contents.state(peru.head).content.blocks() if b.kind is Kind.PARAGRAPH)
    actions.edit_block(root, peru, block.uid, "es", "La palabra secreta es guanábana.", why="Prueba")
    assert searching.search(VISITOR, "guanabana", "es").total == 0
    page = arrive(app, NOBODY).get("/editions/search?q=guanabana").text
    assert "Nothing has these words" in page
    page = arrive(app, DESIGNER).get("/editions/search?q=guanabana&in=es").text
    assert "<mark>guanábana</mark>" in page
    assert "1 unit has these words." in page


def test_a_search_takes_as_many_queries_for_many_editions_as_for_one(app: Flask, root: Actor) -> None:
    world = make.load()
    searching.search(root, "membresía", "es")
    with counted() as few:
        searching.search(root, "membresía", "es")
    for region in ("PE", "BO", "EC", "CO", "MX"):
        make.fork(world, region)
    searching.search(root, "membresía", "es")
    with counted() as many:
        searching.search(root, "membresía", "es")
    assert len(many) <= len(few)


def test_a_text_that_looks_like_markup_is_shown_and_not_run(app: Flask, root: Actor) -> None:
    text = make.ES.replace("La cooperativa paga", "<script>alert(1)</script> La cooperativa paga")
    make.load(make.original(units=[make.unit("my-coop-1-1", {"en": make.EN, "es": text})]))
    page = arrive(app, NOBODY).get("/editions/search?q=alert&in=es").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("text", ["Ñandú", "ﬁn de año", "İstanbul", "Straße", "e\u0301poca", "日本", "1 234 €"])
def test_folding_keeps_every_letter_s_place(text: str) -> None:
    import unicodedata

    assert len(searching.fold(text)) == len(unicodedata.normalize("NFC", text))
