"""The whole way of an edition from a need to its release, and what refuses it on the way, on both databases."""

from __future__ import annotations

import pytest
from flask import Flask

from app.adaptation import actions as adaptation
from app.core.content import Kind
from app.curriculum import actions as curriculum
from app.curriculum.actions.release import NotReady
from app.curriculum.models import Edition
from app.curriculum.queries import contents, editions
from app.curriculum.queries.gates import unmet
from app.people.permissions import COMMAND_LINE, Role
from app.validation.actions import stages
from app.validation.models.workshops import WorkshopKind
from app.validation.queries import adjustments, signing
from app.validation.queries import stages as queries
from app.validation.rules import stages as rules
from app.validation.rules.stages import MoveKind
from tests import factories as make

from . import pilot_room as room
from .workshop_room import UNIT, peru


def block_of(edition: Edition, kind: Kind) -> str:
    """The first block of a kind in the draft."""
    content = contents.state(editions.head_of(edition)).content
    return next(block.uid for _, _, block in content.blocks() if block.kind is kind)


def adapted(edition: Edition) -> None:
    """Answer what the original asks to adapt, with a reason and what speaks for it, in both languages."""
    uid = block_of(edition, Kind.CASE)
    for language, text in (
        ("es", "/// case | Quien compraba en abril\n\nRosa vendió cacao.\n///"),
        ("en", "/// case | The buyer in April\n\nRosa sold cocoa.\n///"),
    ):
        adaptation.edit_block(COMMAND_LINE, edition, uid, language, text, why="Aquí es cacao", evidence="Acta 3")


def go_on(edition: Edition) -> None:
    """Move it to the next stage."""
    following = queries.road(COMMAND_LINE, edition).following
    assert following is not None
    stages.move_stage(COMMAND_LINE, edition, following.key)


def at(edition: Edition) -> str:
    return queries.stage_of(edition)[1].key


def ready(edition: Edition) -> None:
    """Everything that the long way asks for, signatures included."""
    room.with_need(edition)
    room.with_study(edition)
    adapted(edition)
    room.tried(edition, WorkshopKind.TECHNICAL)
    room.tried(edition, WorkshopKind.POPULATION)
    room.held(edition)
    room.signed(edition)


def test_an_edition_goes_all_the_way_from_a_need_to_its_release(app: Flask) -> None:
    edition = room.validated(peru())
    deeds = {
        "need": room.with_need,
        "study": room.with_study,
        "adaptation": adapted,
        "technical": lambda e: room.tried(e, WorkshopKind.TECHNICAL),
        "workshop": lambda e: room.tried(e, WorkshopKind.POPULATION),
        "pilot": room.held,
        "adjustments": None,
        "sign_off": room.signed,
    }
    for stage, deed in deeds.items():
        assert at(edition) == stage
        with pytest.raises(NotReady):
            curriculum.release(COMMAND_LINE, edition, "Primera")
        if deed is not None and stage != "adaptation":
            with pytest.raises(rules.GatesUnmet):
                go_on(edition)
        if deed is not None:
            deed(edition)
        go_on(edition)
    assert at(edition) == "release"
    assert unmet(edition) == []
    assert curriculum.release(COMMAND_LINE, edition, "Primera").version == "1.0.0"
    kinds = [move.kind for move in reversed(queries.moves(edition))]
    assert kinds == [MoveKind.CHOSEN] + [MoveKind.FORWARD] * 8


def test_a_release_is_refused_with_a_list_of_what_is_missing_and_where(app: Flask) -> None:
    edition = room.validated(peru())
    adapted(edition)
    with pytest.raises(NotReady) as refused:
        curriculum.release(COMMAND_LINE, edition, "Primera")
    endpoints = {one.endpoint for one in refused.value.unmet}
    assert {"study.study", "study.findings", "study.checklist", "validation.workshops"} <= endpoints
    assert {"validation.pilots", "validation.signatures", "validation.stages"} <= endpoints
    client = room.browser(app, "disena", Role.DESIGNER)
    page = client.get("/editions/my-coop/PE/release").text
    assert 'href="/validation/my-coop/PE/signatures"' in page


def test_editions_are_released_directly_unless_somebody_chose_otherwise(app: Flask) -> None:
    edition = peru()
    adapted(edition)
    assert unmet(edition) == []
    assert curriculum.release(COMMAND_LINE, edition, "Primera").version == "1.0.0"


def test_an_edition_grown_from_a_validated_one_takes_the_same_way(app: Flask) -> None:
    world = make.load()
    edition = room.validated(make.fork(world, "PE"))
    ready(edition)
    for _ in range(8):
        go_on(edition)
    curriculum.release(COMMAND_LINE, edition, "Primera")
    below = adaptation.fork(COMMAND_LINE, make.newest(edition), "PE-SAM", why="Provincia")
    assert queries.stage_of(below)[0].key == "validated"
    (move,) = queries.moves(below)
    assert move.kind is MoveKind.INHERITED
    beside = make.fork(world, "EC")
    assert queries.stage_of(beside)[0].key == "direct"


def test_a_stage_is_left_out_with_a_reason_alone_and_taken_up_again_when_sent_back(app: Flask) -> None:
    edition = room.validated(peru())
    with pytest.raises(rules.NeedsWhy):
        stages.move_stage(COMMAND_LINE, edition, "study", skip=True)
    stages.move_stage(COMMAND_LINE, edition, "study", skip=True, why="La pidió la asamblea")
    assert "study.study" not in {one.endpoint for one in unmet(edition)}
    with pytest.raises(rules.NeedsWhy):
        stages.move_stage(COMMAND_LINE, edition, "need")
    stages.move_stage(COMMAND_LINE, edition, "need", why="Falta el acta")
    assert "study.study" in {one.endpoint for one in unmet(edition)}
    stages.move_stage(COMMAND_LINE, edition, "study", skip=True, why="otra vez")
    stages.move_stage(COMMAND_LINE, edition, "adaptation", skip=True, why="sin estudio")
    with pytest.raises(rules.NotSkippable):
        stages.move_stage(COMMAND_LINE, edition, "technical", skip=True, why="prisa")
    with pytest.raises(rules.NoSuchStage):
        stages.move_stage(COMMAND_LINE, edition, "sign_off")
    with pytest.raises(rules.MovedMeanwhile):
        stages.move_stage(COMMAND_LINE, edition, "need", why="x", seen="need")


def test_a_major_adjustment_asks_for_validating_again_until_the_unit_passes_anew(app: Flask) -> None:
    edition = room.validated(peru())
    ready(edition)
    for _ in range(8):
        go_on(edition)
    assert adjustments.to_try_again(edition) == []
    uid = block_of(edition, Kind.PARAGRAPH)
    adaptation.edit_block(COMMAND_LINE, edition, uid, "es", "La cooperativa paga 30 soles.", why="precio", evidence="x")
    assert adjustments.to_try_again(edition) == [], "wording is minor"
    adaptation.move_block(COMMAND_LINE, edition, uid, 1, why="mejor después")
    assert adjustments.to_try_again(edition) == [UNIT]
    said = [one.text for one in unmet(edition)]
    assert any("to be tried again" in text for text in said)
    client = room.browser(app, "disena", Role.DESIGNER)
    page = client.get("/validation/my-coop/PE/stages").text
    assert "To be validated again" in page
    back = {"to": "workshop", "seen": "release", "why": "Cambio mayor"}
    assert client.post("/validation/my-coop/PE/stages", data=back).status_code == 303
    assert at(edition) == "workshop"
    room.tried(edition, WorkshopKind.POPULATION)
    assert adjustments.to_try_again(edition) == []


def test_a_signature_is_outdated_by_an_edit_and_says_where(app: Flask) -> None:
    edition = room.validated(peru())
    room.signed(edition)
    assert signing.missing(edition, editions.head_of(edition)) == []
    uid = block_of(edition, Kind.PARAGRAPH)
    adaptation.edit_block(COMMAND_LINE, edition, uid, "es", "Otro texto.", why="porque sí")
    found = signing.signatures(edition, editions.head_of(edition))
    assert len(found) == 5
    assert all(one.outdated for one in found)
    changed = signing.changed_since(edition, found)
    assert {change.uid for some in changed.values() for change in some} == {uid}
    client = room.browser(app, "disena", Role.DESIGNER)
    assert f"#b-{uid}" in client.get("/validation/my-coop/PE/signatures").text
