"""What is offered to the edition above comes back as the original's own words, and the paragraph follows again."""

from __future__ import annotations

import pytest
from flask import Flask

from app.adaptation import actions as adaptation
from app.core.editing import BrokenLink, FixedBlock
from app.curriculum import words
from app.curriculum.queries import credits, editions
from app.discussion import actions, rules
from app.discussion.models import ProposalKind, ProposalState
from app.discussion.queries import offers, proposals
from app.people.permissions import COMMAND_LINE, NotAllowed, Role
from app.study import actions as study
from app.study.models import Finding
from app.study.sheets import Kind

from . import valley
from .valley import PRICE, QUESTION, STATUTE

OURS = "La cooperativa paga 28 soles por cada quintal."


def test_an_adapted_text_climbs_two_levels_and_follows_again_at_each(app: Flask) -> None:
    top, peru, province = valley.tree()
    block = valley.edit(province, PRICE, OURS, "Aquí se paga por quintal", "Grupo focal 2")
    valley.release(province)
    for below, above in ((province, peru), (peru, top)):
        proposal = actions.offer(COMMAND_LINE, below, block)
        assert proposal.edition_id == above.id
        assert (proposal.kind, proposal.texts) == (ProposalKind.CHANGE, {"es": OURS})
        assert "Aquí se paga por quintal" in proposal.why
        assert "Grupo focal 2" in proposal.evidence
        assert valley.link(below, block) is not None
        revision = actions.accept(COMMAND_LINE, proposal)
        assert proposal.state is ProposalState.ACCEPTED
        assert proposal.act_id == revision.act_id
        assert f"Proposed by vivero, {'San Martín' if below is province else 'Peru'} " in revision.act.why
        assert valley.text(above, block) == OURS
        valley.release(above)
        valley.sync(below)
        assert valley.link(below, block) is None, "the words are the original's now, so it follows by itself"
    assert valley.text(province, block) == OURS


def test_a_local_paragraph_keeps_its_name_and_its_place_on_the_way_up(app: Flask) -> None:
    _, peru, province = valley.tree()
    adaptation.insert_block(COMMAND_LINE, province, valley.uid(province, PRICE), "es", "Se pesa dos veces.", why="Duda")
    first = valley.uid(province, "Se pesa")
    adaptation.insert_block(COMMAND_LINE, province, first, "es", "Se anota el peso.", why="Más duda")
    second = valley.uid(province, "Se anota")
    for block in (second, first):
        actions.accept(COMMAND_LINE, actions.offer(COMMAND_LINE, province, block))
    assert valley.order(peru) == valley.order(province)
    assert (valley.text(peru, first), valley.text(peru, second)) == ("Se pesa dos veces.", "Se anota el peso.")
    valley.release(peru)
    valley.sync(province)
    assert (valley.link(province, first), valley.link(province, second)) == (None, None)
    assert valley.order(peru) == valley.order(province)


def test_what_was_left_out_can_be_offered_to_be_left_out_above(app: Flask) -> None:
    _, peru, province = valley.tree()
    block = valley.uid(province, STATUTE)
    adaptation.remove_block(COMMAND_LINE, province, block, why="Ya no se lee")
    proposal = actions.offer(COMMAND_LINE, province, block)
    assert proposal.kind is ProposalKind.REMOVE
    actions.accept(COMMAND_LINE, proposal)
    assert valley.text(peru, block) is None
    valley.release(peru)
    valley.sync(province)
    assert valley.link(province, block) is None


def test_what_the_original_changed_meanwhile_is_joined(app: Flask) -> None:
    _, peru, province = valley.tree()
    block = valley.edit(
        province, STATUTE, "El estatuto se lee en voz alta. Después se vota a mano alzada.", "Costumbre"
    )
    proposal = actions.offer(COMMAND_LINE, province, block)
    valley.edit(peru, STATUTE, "El estatuto se lee despacio. Después se vota.", "Lo pidieron")
    judged = proposals.judged(peru, [proposal])[0]
    assert judged.moved
    assert judged.texts["es"].merged == "El estatuto se lee despacio. Después se vota a mano alzada."
    actions.accept(COMMAND_LINE, proposal)
    assert valley.text(peru, block) == judged.texts["es"].merged


def test_who_offered_reads_the_state_and_the_reason_and_nothing_of_the_draft_above(app: Flask) -> None:
    _, _, province = valley.tree()
    block = valley.edit(province, PRICE, OURS, "Aquí se paga por quintal")
    proposal = actions.offer(COMMAND_LINE, province, block)
    actions.decline(COMMAND_LINE, proposal, "En el resto del país se paga por saco")
    assert proposals.get(province, proposal.id).decision_why == "En el resto del país se paga por saco"
    assert block not in offers.offered(province)
    actions.offer(COMMAND_LINE, province, block, why="Ahora con la encuesta")


def test_a_variable_that_the_edition_above_lacks_is_named(app: Flask) -> None:
    _, _, province = valley.tree()
    adaptation.set_variables(COMMAND_LINE, province, {"quintal": {"*": "46 kg"}}, why="Medida", new=True)
    block = valley.edit(province, PRICE, "Paga 28 soles por quintal ({{quintal}}) en {{place}}.", "Medida")
    with pytest.raises(rules.LacksVariable, match=r"\{\{quintal\}\}, and Peru has no variable"):
        actions.offer(COMMAND_LINE, province, block)
    typed = "Paga 28 soles por quintal (46 kg) en {{place}}."
    proposal = actions.offer(COMMAND_LINE, province, block, texts={"es": typed})
    assert proposal.texts == {"es": typed}, "its own variables stay variables"


def test_a_picture_that_the_edition_above_lacks_is_named(app: Flask) -> None:
    _, _, province = valley.tree()
    with pytest.raises(BrokenLink):
        actions.offer(COMMAND_LINE, province, valley.uid(province, PRICE), texts={"es": "![x](media/x.png)"}, why="x")


def test_a_fixed_paragraph_is_corrected_by_the_edition_that_fixed_it(app: Flask) -> None:
    top, peru, _ = valley.tree()
    block = valley.uid(peru, QUESTION)
    typed = (valley.text(peru, block) or "").replace("Quien compra", "La gerencia")
    with pytest.raises(FixedBlock):
        actions.propose(COMMAND_LINE, peru, block, ProposalKind.CHANGE, typed, why="La clave está mal")
    proposal = actions.offer(COMMAND_LINE, peru, block, texts={"es": typed}, why="La clave está mal")
    actions.accept(COMMAND_LINE, proposal)
    assert "La gerencia" in (valley.text(top, block) or "")


def test_offers_that_make_no_sense_are_refused(app: Flask) -> None:
    top, peru, province = valley.tree()
    block = valley.uid(province, PRICE)
    with pytest.raises(rules.SameAsParent):
        actions.offer(COMMAND_LINE, province, block, why="x")
    with pytest.raises(rules.NoParent):
        actions.offer(COMMAND_LINE, top, block, why="x")
    with pytest.raises(rules.NoSuchBlock):
        actions.offer(COMMAND_LINE, province, "nowhere", why="x")
    with pytest.raises(rules.NoSuchLanguage):
        actions.offer(COMMAND_LINE, province, block, texts={"quy": "x"}, why="x")
    with pytest.raises(rules.NeedsWhy):
        actions.offer(COMMAND_LINE, province, block, texts={"es": OURS})
    valley.edit(province, PRICE, OURS, "Aquí")
    actions.offer(COMMAND_LINE, province, block)
    with pytest.raises(rules.OfferedAlready):
        actions.offer(COMMAND_LINE, province, block)
    assert proposals.open_count(peru) == 1


@pytest.mark.parametrize(("role", "region", "may"), [
    (Role.REPRESENTATIVE, "PE-SAM", True), (Role.READER, "PE-SAM", False), (Role.DESIGNER, "BO", False),
])  # fmt: skip
def test_who_may_propose_in_an_edition_may_offer_its_words(app: Flask, role: Role, region: str, may: bool) -> None:
    _, peru, province = valley.tree()
    block = valley.edit(province, PRICE, OURS, "Aquí")
    actor = valley.person("rosa", role, region)
    if not may:
        with pytest.raises(NotAllowed):
            actions.offer(actor, province, block)
        return
    proposal = actions.offer(actor, province, block)
    with pytest.raises(NotAllowed):
        actions.accept(actor, proposal)
    actions.withdraw(actor, proposal)
    assert proposal.state is ProposalState.WITHDRAWN
    assert proposals.open_count(peru) == 0


def test_the_province_whose_words_went_up_is_thanked_above(app: Flask) -> None:
    top, peru, province = valley.tree()
    province.credits = ["Cooperativa de prueba (demo)"]
    block = valley.edit(province, PRICE, OURS, "Aquí", "Grupo focal 2")
    valley.release(province)
    actions.accept(COMMAND_LINE, actions.offer(COMMAND_LINE, province, block))
    found = credits.chain(peru, editions.head_of(peru))
    assert [(one.edition.region, one.paragraphs) for one in found.above] == [("001", 4), ("PE-SAM", 1)]
    assert found.own.paragraphs == 0
    actions.accept(COMMAND_LINE, actions.offer(COMMAND_LINE, peru, block))
    above = credits.chain(top, editions.head_of(top)).above
    assert "PE-SAM" in [one.edition.region for one in above], "an original has no links, and thanks all the same"


def test_everything_that_could_be_of_use_above_is_listed(app: Flask) -> None:
    _, _, province = valley.tree()
    changed = valley.edit(province, PRICE, OURS, "Aquí")
    gone = valley.uid(province, STATUTE)
    adaptation.remove_block(COMMAND_LINE, province, gone, why="Ya no")
    adaptation.insert_block(COMMAND_LINE, province, changed, "es", "Se pesa dos veces.", why="Duda")
    new = valley.uid(province, "Se pesa")
    found = {one.uid: one.kind for one in offers.listed(province)}
    assert found == {changed: ProposalKind.CHANGE, new: ProposalKind.INSERT, gone: ProposalKind.REMOVE}
    actions.offer(COMMAND_LINE, province, new)
    assert {one.uid for one in offers.listed(province)} == {changed, gone}


def test_evidence_names_an_edition_as_people_do(app: Flask) -> None:
    with app.test_request_context("/?lang=en"):
        assert words.source("Acta 3; my-coop/PE-SAM@1.0.1") == "Acta 3; San Martín 1.0.1"
        assert words.source("my-coop/PE@1.0.0") == "Peru 1.0.0"
        assert words.source("correo ana/rosa@coop.example, 2026") == "correo ana/rosa@coop.example, 2026"


def test_what_the_study_says_of_it_goes_along_as_it_stands(app: Flask) -> None:
    _, _, province = valley.tree()
    block = valley.edit(province, PRICE, OURS, "Aquí se paga por quintal")
    found = study.keep(
        COMMAND_LINE, province, Kind.FINDINGS, {"statement": "Nadie vende por saco", "strength": "strong"}
    )
    assert isinstance(found, Finding)
    study.attach(COMMAND_LINE, province, found, [block])
    made = actions.offer(COMMAND_LINE, province, block)
    found.statement = "Ya no"
    assert made.findings == f"{found.code}: Nadie vende por saco"
