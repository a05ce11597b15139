"""What departs from the edition above as a Word file: accepting gives ours, rejecting theirs, each with its why."""

from __future__ import annotations

import io
import zipfile

import pytest
from flask import Flask
from lxml import etree

from app.adaptation import actions as adaptation
from app.curriculum.queries import editions, reading
from app.interchange import queries
from app.interchange.exporting import Wish, make
from app.interchange.formats.document import Audience
from app.interchange.formats.write import write
from app.people.permissions import COMMAND_LINE, NotAllowed, Role
from tests.discussion import valley
from tests.discussion.test_pages import SAM, come

from .tracked import W, body_of, described, settled

WISH = Wish("my-coop", "PE-SAM", "draft", "es", "docx-redline", since="parent")


def departing() -> bytes:
    """The departures of San Martín from Peru: a changed, a new, a dropped and a moved paragraph, and a new unit."""
    _, _, province = valley.tree()
    rosa = valley.person("rosa", Role.DESIGNER, "PE-SAM")
    block = valley.uid(province, valley.PRICE)
    adaptation.edit_block(
        rosa, province, block, "es", "La cooperativa paga 28 soles.", why="Aquí es así", evidence="Art. 13"
    )
    adaptation.insert_block(COMMAND_LINE, province, block, "es", "Se pesa dos veces.", why="Duda de peso")
    adaptation.remove_block(COMMAND_LINE, province, valley.uid(province, valley.STATUTE), why="Ya no se lee")
    text = "# La feria\\n\\nSe vende cacao.".replace("\\n", "\n")
    adaptation.add_unit(COMMAND_LINE, province, "my-coop-1", "es", text, minutes=45, after=valley.UNIT, why="Hay feria")
    return make(COMMAND_LINE, WISH)


def without_links(value: object) -> str:
    """Names of relationships differ between files."""
    return repr(value).replace("rIdLink2", "rIdLink1").replace("rIdLink3", "rIdLink1")


def test_accepting_all_gives_ours_and_rejecting_all_the_originals_text(app: Flask) -> None:
    data = departing()
    seen = reading.view(COMMAND_LINE, "my-coop", "PE-SAM", version="draft", language="es")
    ours = queries.manual(seen, Audience.FACILITATOR)
    above = reading.view(COMMAND_LINE, "my-coop", "PE", version="1.0.0", language="es")
    theirs = queries.manual(above, Audience.FACILITATOR)
    assert without_links(settled(data, accept=True)) == without_links(described(body_of(write(ours, "docx"))))
    assert without_links(settled(data, accept=False)) == without_links(described(body_of(write(theirs, "docx"))))


def test_a_change_names_who_made_it_and_its_comment_says_why(app: Flask) -> None:
    with zipfile.ZipFile(io.BytesIO(departing())) as found:
        comments = etree.fromstring(found.read("word/comments.xml"))
        body = etree.fromstring(found.read("word/document.xml"))
    said = {"".join(c.itertext()): c.get(f"{W}author") for c in comments}
    assert {"Rosa", "vivero"} <= set(said.values())
    price = next(text for text in said if text.startswith("Aquí es así"))
    assert said[price] == "Rosa"
    assert "Sustento: Art. 13" in price
    assert {"Duda de peso", "Ya no se lee", "Hay feria"} <= {text.partition("Sustento")[0] for text in said}
    by = {mark.get(f"{W}author") for mark in body.iter(f"{W}ins", f"{W}del")}
    assert {"Rosa", "vivero"} <= by


def test_an_edition_without_an_original_and_a_reader_without_drafts_are_told_so(app: Flask) -> None:
    departing()
    with pytest.raises(queries.departures.NoParent):
        make(COMMAND_LINE, Wish("my-coop", "001", "1.0.0", "es", "docx-redline", since="parent"))
    reader = valley.person("luis", Role.READER, "BO")
    with pytest.raises((NotAllowed, editions.NoSuchEdition)):
        make(reader, WISH)


def test_the_export_page_offers_it(app: Flask) -> None:
    departing()
    rosa = come(app, "rosa", Role.DESIGNER)
    assert 'value="parent"' in rosa.get(f"{SAM}/exports").text
    asked = {"version": "draft", "language": "es", "format": "docx-redline", "audience": "facilitator"}
    assert rosa.post(f"{SAM}/exports", data={**asked, "since": "parent"}).status_code == 303
    assert 'value="parent"' not in rosa.get("/editions/my-coop/001/exports").text
