"""Whole units and new orders that are offered upward come back as the original's own, and follow again."""

from __future__ import annotations

import pytest
from flask import Flask

from app.adaptation import actions as adaptation
from app.adaptation.queries import sync
from app.core.content import LinkState
from app.core.editing import NoTitle
from app.core.merge import state as standing
from app.curriculum.models import Edition
from app.curriculum.queries import contents, credits, editions, parents
from app.discussion import actions, rules
from app.discussion.models import ProposalKind, ProposalState
from app.discussion.queries import offers, proposals
from app.people.permissions import COMMAND_LINE, NotAllowed, Role
from tests import factories as make

from . import valley
from .test_pages import PERU, SAM, come
from .valley import MEETING, STATUTE, UNIT

HERE = """\
# La feria de San Martín

La feria se hace en {{place}}.

Se vende cacao y café.

/// activity | El puesto
    minutes: 20

1. Formen grupos de cuatro.
///
"""
TITLE, FAIR, SOLD, STALL = "# La feria", "La feria se hace", "Se vende cacao", "/// activity"
WHY = "Aquí se vende en la feria"


def written(edition: Edition, text: str = HERE, after: str | None = UNIT) -> str:
    """A unit written in this edition; its uid."""
    before = {unit.uid for _, unit in contents.state(editions.head_of(edition)).content.units()}
    adaptation.add_unit(
        COMMAND_LINE, edition, "my-coop-1", "es", text, minutes=45, after=after, why=WHY, evidence="Grupo focal 2"
    )
    return next(uid for uid in units(edition) if uid not in before)


def units(edition: Edition) -> list[str]:
    """The units of an edition in their order."""
    return [unit.uid for _, unit in contents.state(editions.head_of(edition)).content.units()]


def follows(edition: Edition, unit: str) -> list[LinkState]:
    """How the blocks of a unit stand to the edition above."""
    now = contents.state(editions.head_of(edition))
    base = parents.base_content(now.local)
    found = next(one for _, one in now.content.units() if one.uid == unit)
    return [standing(block.uid, base, now.content, now.local.links.get(block.uid)) for block in found.blocks]


def test_a_unit_written_here_climbs_two_levels_and_follows_again_at_each(app: Flask) -> None:
    top, peru, province = valley.tree()
    province.credits = ["Cooperativa de prueba (demo)"]
    unit = written(province)
    assert follows(province, unit) == [LinkState.LOCAL] * 4
    valley.release(province)
    for below, above in ((province, peru), (peru, top)):
        made = actions.offer(COMMAND_LINE, below, unit)
        assert (made.kind, made.edition_id) == (ProposalKind.UNIT, above.id)
        assert WHY in made.why
        assert "Grupo focal 2" in made.evidence
        assert unit not in units(above), "nothing is there before somebody decides"
        revision = actions.accept(COMMAND_LINE, made)
        assert (made.state, made.act_id) == (ProposalState.ACCEPTED, revision.act_id)
        assert units(above) == [UNIT, unit]
        assert "PE-SAM" in [one.edition.region for one in credits.chain(above, editions.head_of(above)).above]
        valley.release(above)
        valley.sync(below)
        assert follows(below, unit) == [LinkState.FOLLOW] * 4
        assert not offers.listed(below)
    assert units(province) == units(peru) == units(top)
    chain = credits.chain(province, editions.head_of(province))
    assert chain.own.edition.id == province.id
    assert {"001", "PE"} & {one.edition.region for one in chain.above}


def test_a_unit_can_be_taken_in_partly_or_with_other_words(app: Flask) -> None:
    _, peru, province = valley.tree()
    unit = written(province)
    title, fair, sold, stall = (valley.uid(province, one) for one in (TITLE, FAIR, SOLD, STALL))
    made = actions.offer(COMMAND_LINE, province, unit)
    with pytest.raises(rules.NoPartChosen):
        actions.accept(COMMAND_LINE, made, parts=[title, "anything"])
    actions.accept(COMMAND_LINE, made, parts=[fair, stall], why="El cacao no es de todas partes")
    assert made.state is ProposalState.CHANGED
    assert [valley.text(peru, one) is not None for one in (title, fair, sold, stall)] == [True, True, False, True]
    valley.release(peru)
    valley.sync(province)
    assert follows(province, unit) == [LinkState.FOLLOW, LinkState.FOLLOW, LinkState.LOCAL, LinkState.FOLLOW]
    assert [one.uid for one in offers.listed(province)] == [sold], "what they left out can be offered by itself"


def test_other_words_than_those_offered_come_back_as_a_question(app: Flask) -> None:
    _, peru, province = valley.tree()
    unit = written(province)
    made = actions.offer(COMMAND_LINE, province, unit)
    actions.accept(COMMAND_LINE, made, texts={"es": HERE.replace("cacao y café", "cacao, café y fruta").strip()})
    sold = valley.uid(peru, "Se vende cacao, café")
    assert sold == valley.uid(province, SOLD), "the paragraph is the same one in other words"
    valley.edit(province, SOLD, "Se vende cacao y café, y plátano.", "También hay plátano")
    valley.release(peru)
    asked = sync.prepare(province, make.newest(peru)).asked
    assert [q.outcome.uid for q in asked] == [sold], "changed on both sides: one person decides"
    adaptation.decide(COMMAND_LINE, province, make.newest(peru), asked[0].subject, "theirs")
    valley.sync(province)
    assert follows(province, unit) == [LinkState.FOLLOW] * 4


def test_a_new_order_is_offered_and_taken_in_as_a_move(app: Flask) -> None:
    _, peru, province = valley.tree()
    block = valley.uid(province, MEETING)
    adaptation.move_block(COMMAND_LINE, province, block, -2, why="Primero se reúnen")
    assert [(one.key, one.kind) for one in offers.listed(province)] == [(f"{block}@place", ProposalKind.MOVE)]
    made = actions.offer(COMMAND_LINE, province, block, place=True)
    assert made.why == "Primero se reúnen"
    assert not offers.listed(province)
    revision = actions.accept(COMMAND_LINE, made)
    assert "my-coop/PE-SAM@" in revision.act.stems_from
    assert valley.order(peru) == valley.order(province)
    assert not offers.listed(province), "it comes with their next release"
    with pytest.raises(rules.TakenAlready):
        actions.offer(COMMAND_LINE, province, block, place=True)
    valley.release(peru)
    valley.sync(province)
    assert valley.link(province, block) is None


def test_words_and_place_of_a_paragraph_are_two_offers(app: Flask) -> None:
    _, peru, province = valley.tree()
    block = valley.edit(province, MEETING, "Se reúnen el martes en {{place}}.", "Es día de feria")
    adaptation.move_block(COMMAND_LINE, province, block, -2, why="Primero se reúnen")
    for place in (True, False):
        actions.accept(COMMAND_LINE, actions.offer(COMMAND_LINE, province, block, place=place))
    assert valley.order(peru) == valley.order(province)
    assert valley.text(peru, block) == "Se reúnen el martes en {{place}}."


def test_a_place_that_both_changed_has_a_clear_answer(app: Flask) -> None:
    _, peru, province = valley.tree()
    block, statute = valley.uid(province, MEETING), valley.uid(province, STATUTE)
    adaptation.move_block(COMMAND_LINE, province, block, -2, why="Primero se reúnen")
    moved = actions.offer(COMMAND_LINE, province, block, place=True)
    adaptation.move_block(COMMAND_LINE, peru, block, -2, why="Lo mismo pensamos")
    assert moved.state is ProposalState.OVERTAKEN, "they had the same idea"
    with pytest.raises(rules.NotMoved):
        actions.offer(COMMAND_LINE, province, statute, place=True)


def test_what_goes_while_a_unit_is_offered_has_a_clear_answer(app: Flask) -> None:
    _, peru, province = valley.tree()
    unit = written(province, HERE.replace("# La feria de San Martín", "# Otra feria"))
    made = actions.offer(COMMAND_LINE, province, unit)
    adaptation.remove_module(COMMAND_LINE, peru, "my-coop-1", why="Se reescribe")
    assert proposals.judged(peru, [made])[0].gone
    with pytest.raises(rules.PlaceGone):
        actions.accept(COMMAND_LINE, made)
    actions.decline(COMMAND_LINE, made, "El módulo se reescribe")
    assert proposals.get(province, made.id).decision_why == "El módulo se reescribe"


def test_a_unit_of_many_offers_and_faults_is_refused_in_a_sentence(app: Flask) -> None:
    top, _, province = valley.tree()
    unit = written(province)
    adaptation.set_variables(COMMAND_LINE, province, {"feria": {"*": "Tarapoto"}}, why="Lugar", new=True)
    adaptation.edit_block(COMMAND_LINE, province, valley.uid(province, SOLD), "es", "Se vende en {{feria}}.", why="x")
    with pytest.raises(rules.LacksVariable):
        actions.offer(COMMAND_LINE, province, unit)
    typed = HERE.replace("Se vende cacao y café.", "Se vende en Tarapoto.").strip()
    made = actions.offer(COMMAND_LINE, province, unit, texts={"es": typed})
    assert "Tarapoto" in made.texts["es"]
    with pytest.raises(rules.OfferedAlready):
        actions.offer(COMMAND_LINE, province, unit)
    with pytest.raises(rules.WholeUnit):
        actions.offer(COMMAND_LINE, province, valley.uid(province, FAIR))
    with pytest.raises(rules.NoParent):
        actions.offer(COMMAND_LINE, top, UNIT)
    with pytest.raises(NoTitle):
        written(province, "Sin título")
    with pytest.raises(NotAllowed):
        actions.offer(valley.person("rosa", Role.DESIGNER, "BO"), province, unit)
    actions.withdraw(COMMAND_LINE, made)


def test_a_unit_and_a_place_are_offered_seen_in_place_and_taken_in_partly_on_the_screen(app: Flask) -> None:
    _, peru, province = valley.tree()
    unit = written(province)
    block, fair, sold = (valley.uid(province, one) for one in (MEETING, FAIR, SOLD))
    adaptation.move_block(COMMAND_LINE, province, block, -2, why="Primero se reúnen")
    rosa, ana = come(app, "rosa", Role.DESIGNER), come(app, "ana", Role.DESIGNER, "PE")
    listed = rosa.get(f"{SAM}/offer").text
    assert all(one in listed for one in ("La feria de San Martín", "a whole unit", "another place", WHY))
    assert "La feria se hace" in rosa.get(f"{SAM}/units/{unit}/offer").text
    assert rosa.get(f"{SAM}/units/{UNIT}/offer").status_code == 409, "what is not theirs alone is no unit to offer"
    assert rosa.get(f"{SAM}/units/nowhere/offer").status_code == 404
    sent = rosa.post(f"{SAM}/offer", data={"offer": [unit, f"{block}@place", "@place", "nowhere"]})
    assert sent.status_code == 422
    made = {one.kind: one for one in proposals.listing(COMMAND_LINE, peru, proposals.Show.OPEN, page=1).proposals}
    assert set(made) == {ProposalKind.UNIT, ProposalKind.MOVE}
    letter = f"{PERU}/proposals/{made[ProposalKind.UNIT].id}"
    page = ana.get(letter).text
    assert all(one in page for one in ("Should this unit come in?", "La asamblea", FAIR, WHY))
    assert ana.get(f"{letter}?write=1").status_code == 200
    assert "La feria de San Martín" in ana.get(f"{PERU}/proposals").text
    empty = ana.post(letter, data={"choice": "accept", "parts": "1", "seen": ""})
    assert empty.status_code == 409
    seen = proposals.judged(peru, [made[ProposalKind.UNIT]])[0].mark
    none = ana.post(letter, data={"choice": "accept", "parts": "1", "seen": seen, "why": "Cabe"})
    assert none.status_code == 422
    assert "Cabe" in none.text
    taken = ana.post(letter, data={"choice": "accept", "parts": "1", "part": [fair, "x"], "seen": seen, "why": "Cabe"})
    assert taken.status_code == 303
    assert valley.text(valley.fresh(peru), fair)
    assert valley.text(peru, sold) is None
    assert rosa.get(f"{SAM}/proposals/{made[ProposalKind.MOVE].id}").status_code == 200
    answer = rosa.get(f"{SAM}/proposals/{made[ProposalKind.UNIT].id}").text
    assert "La feria de San Martín" in answer
    assert "Cabe" in answer
    assert ana.get(letter).status_code == 200
    assert come(app, "luis", Role.READER).post(f"{SAM}/offer", data={"offer": unit}).status_code == 403


def test_a_unit_is_written_on_the_screen_and_can_be_offered_from_then_on(app: Flask) -> None:
    _, _, province = valley.tree()
    rosa = come(app, "rosa", Role.DESIGNER)
    address = f"{SAM}/units/{UNIT}/new"
    assert address in rosa.get(f"{SAM}/units/{UNIT}").text
    assert rosa.get(address).status_code == 200
    typed = {"text": HERE, "minutes": "45", "why": "", "evidence": "Acta 2"}
    for change, said in (
        ({}, '#why"'),
        ({"minutes": "x"}, '#minutes"'),
        ({"why": WHY, "text": "Sin título"}, '#text"'),
    ):
        bad = rosa.post(address, data={**typed, **change})
        assert bad.status_code in (409, 422)
        assert said in bad.text
        assert "Acta 2" in bad.text
    done = rosa.post(address, data={**typed, "why": WHY})
    assert done.status_code == 303
    assert "La feria de San Martín" in rosa.get(done.location).text
    assert "La feria de San Martín" in rosa.get(f"{SAM}/offer").text
    assert rosa.get(f"{SAM}/units/nowhere/new").status_code == 404
    assert come(app, "luis", Role.READER).get(address).status_code == 403
    assert len(units(valley.fresh(province))) == 2
