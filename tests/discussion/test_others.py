"""How others solved a paragraph: what one may read of them, taking their words, and thanking them for it."""

from __future__ import annotations

import pytest
from flask import Flask

from app.adaptation import actions as adaptation
from app.curriculum.models import Edition
from app.curriculum.queries import credits, editions, reading
from app.discussion import actions, rules
from app.discussion.queries import others
from app.interchange import queries as printing
from app.people.permissions import COMMAND_LINE, NotAllowed, Role
from tests import factories as make

from . import valley
from .test_pages import SAM, come
from .valley import PRICE

OURS = "La cooperativa paga 28 soles por cada quintal."


def neighbours() -> tuple[Edition, Edition, str]:
    """San Martín and Cusco, both grown from Peru; San Martín has adapted a paragraph and released it."""
    _, peru, province = valley.tree()
    block = valley.edit(province, PRICE, OURS, "Aquí se paga por quintal", "Grupo focal 2")
    valley.release(province)
    return province, make.fork(peru, "PE-CUS"), block


def test_a_neighbour_s_released_text_is_taken_with_its_reason_and_credit(app: Flask) -> None:
    province, cusco, block = neighbours()
    province.credits = ["Cooperativa de prueba (demo)"]
    ana = valley.person("ana", Role.DESIGNER, "PE-CUS")
    (found,) = others.of_block(ana, cusco, block, "es")
    assert (found.text, found.first.name) == (OURS, "my-coop/PE-SAM@1.0.1")
    assert found.first.act is not None
    assert found.first.act.why == "Aquí se paga por quintal"
    revision = actions.take_text(ana, cusco, block, "es", found.digest)
    assert valley.text(cusco, block) == OURS
    assert revision.act.why == "Aquí se paga por quintal\nTaken from San Martín 1.0.1."
    assert revision.act.stems_from == "my-coop/PE-SAM@1.0.1"
    chain = credits.chain(cusco, editions.head_of(cusco))
    assert [(one.edition.region, one.paragraphs, one.borrowed) for one in chain.above] == [
        ("001", 4, False), ("PE-SAM", 1, True),
    ]  # fmt: skip
    assert chain.own.paragraphs == 0
    printed = printing.manual(reading.view(ana, "my-coop", "PE-CUS"), "facilitator").credits
    assert any("Cooperativa de prueba (demo)" in line for line in printed)
    assert others.of_block(ana, cusco, block, "es") == []


def test_an_edition_grown_from_the_one_that_borrowed_thanks_the_neighbour_too(app: Flask) -> None:
    _, cusco, block = neighbours()
    (found,) = others.of_block(COMMAND_LINE, cusco, block, "es")
    actions.take_text(COMMAND_LINE, cusco, block, "es", found.digest, why="Sirve aquí")
    valley.release(cusco)
    below = make.fork(cusco, "PE-MDD")
    assert "PE-SAM" in [one.edition.region for one in credits.chain(below, editions.head_of(below)).above]
    adaptation.edit_block(COMMAND_LINE, cusco, block, "es", "Otra cosa.", why="Ya no")
    assert "PE-SAM" not in [one.edition.region for one in credits.chain(cusco, editions.head_of(cusco)).above]


def test_drafts_of_others_are_seen_by_those_who_may_read_them_and_by_nobody_else(app: Flask) -> None:
    province, cusco, block = neighbours()
    valley.edit(province, OURS[:14], "Secreto en borrador.", "Secreto")
    stranger, insider = valley.person("ana", Role.DESIGNER, "PE-CUS"), valley.person("eva", Role.DESIGNER, "PE")
    assert [one.text for one in others.of_block(stranger, cusco, block, "es")] == [OURS]
    found = others.of_block(insider, cusco, block, "es")
    assert [one.text for one in found] == [OURS, "Secreto en borrador."]
    with pytest.raises(rules.SeenOther):
        actions.take_text(stranger, cusco, block, "es", found[1].digest)
    actions.take_text(insider, cusco, block, "es", found[1].digest)
    assert [one.edition.region for one in credits.chain(cusco, editions.head_of(cusco)).above] == ["001", "PE-SAM"]


def test_what_is_not_public_is_not_shown_to_those_who_may_not_read_it(app: Flask) -> None:
    province, cusco, block = neighbours()
    province.public = False
    stranger = valley.person("ana", Role.DESIGNER, "PE-CUS")
    assert others.of_block(stranger, cusco, block, "es") == []


def test_a_text_with_a_variable_that_we_lack_is_not_taken(app: Flask) -> None:
    province, cusco, block = neighbours()
    adaptation.set_variables(COMMAND_LINE, province, {"quintal": {"*": "46 kg"}}, why="Medida", new=True)
    valley.edit(province, OURS[:14], "Paga 28 por quintal ({{quintal}}).", "Medida")
    valley.release(province)
    (found,) = others.of_block(COMMAND_LINE, cusco, block, "es")
    assert found.lacking == ["quintal"]
    with pytest.raises(rules.LacksVariable):
        actions.take_text(COMMAND_LINE, cusco, block, "es", found.digest)


def test_only_who_edits_takes_a_text(app: Flask) -> None:
    _, cusco, block = neighbours()
    rosa = valley.person("rosa", Role.REPRESENTATIVE, "PE-CUS")
    (found,) = others.of_block(rosa, cusco, block, "es")
    with pytest.raises(NotAllowed):
        actions.take_text(rosa, cusco, block, "es", found.digest)


def test_the_page_shows_them_and_takes_one(app: Flask) -> None:
    _, cusco, block = neighbours()
    ana = come(app, "ana", Role.DESIGNER, "PE-CUS")
    address = f"/editions/my-coop/PE-CUS/blocks/{block}/others"
    page = ana.get(address).text
    assert "28 soles por cada quintal" in page
    assert "Grupo focal 2" in page
    digest = others.of_block(COMMAND_LINE, cusco, block, "es")[0].digest
    stale = ana.post(address, data={"take": digest, "seen": "0" * 64})
    assert stale.status_code == 409
    assert ana.post(address, data={"take": digest}).status_code == 303
    assert valley.text(valley.fresh(cusco), block) == OURS
    assert "Nobody has another text here" in ana.get(address).text
    assert "Nobody has another text here" not in come(app, "eva", Role.DESIGNER, "PE").get(f"{SAM}/blocks/{block}").text
