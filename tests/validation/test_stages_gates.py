"""Every gate both ways, on both databases."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask, url_for

from app.adaptation import actions as adaptation
from app.core.content import Kind
from app.curriculum.models import Edition
from app.curriculum.queries import contents, editions
from app.discussion.actions import add_comment, propose
from app.discussion.models import ProposalKind
from app.people.permissions import COMMAND_LINE, Role
from app.validation import actions
from app.validation.actions import adjustments as grading
from app.validation.actions import observations, pilots
from app.validation.models.workshops import Verdict, WorkshopKind
from app.validation.queries import gates
from app.validation.rules.stages import Asked, process
from tests import factories as make

from . import pilot_room as room
from .workshop_room import UNIT, peru, planned

ASKED = {
    asked.gate if asked.gate != "tried" else f"tried_{asked.told['by']}": asked
    for stage in process("validated").stages
    for asked in stage.gates
}


def uid_of(edition: Edition, kind: Kind = Kind.PARAGRAPH) -> str:
    content = contents.state(editions.head_of(edition)).content
    return next(block.uid for _, _, block in content.blocks() if block.kind is kind)


def bare(edition: Edition) -> None:
    """A departure without evidence."""
    adaptation.edit_block(COMMAND_LINE, edition, uid_of(edition), "es", "Otro texto.", why="porque sí")


def behind(edition: Edition) -> None:
    """A translation that falls behind its source."""
    uid = uid_of(edition)
    text = "A co-operative never pays anything at all; the state decides instead of its members."
    adaptation.edit_block(COMMAND_LINE, edition, uid, "en", text, why="x", evidence="y")


def proposed(edition: Edition) -> None:
    propose(COMMAND_LINE, edition, uid_of(edition), ProposalKind.CHANGE, "Otra cosa.", language="es", why="suena mejor")


def talked(edition: Edition) -> None:
    add_comment(COMMAND_LINE, edition, uid_of(edition), "¿Seguro?")


def remarked(edition: Edition) -> None:
    actions.add_remark(COMMAND_LINE, planned(edition), UNIT, "No se entiende")


def observed(edition: Edition) -> None:
    pilot = room.planned_pilot(edition, 0)
    observations.observe(COMMAND_LINE, pilot, UNIT, "No se entiende")
    observations.decide_observation(COMMAND_LINE, pilot, 1, Verdict.ACCEPTED, "")


def few(edition: Edition) -> None:
    """A pilot that is too small."""
    pilot = room.planned_pilot(edition, 9)
    room.scored(pilot, [0] * 9, [1] * 9)
    pilots.close_pilot(COMMAND_LINE, pilot)


def stemming(edition: Edition) -> None:
    """An adjustment that stems from an observation and that nobody graded."""
    room.planned_pilot(edition, 0)
    adaptation.edit_block(COMMAND_LINE, edition, uid_of(edition), "es", "Otro.", why="x", evidence="Piloto (P1-1)")


def graded(edition: Edition) -> None:
    stemming(edition)
    grading.confirm_grades(COMMAND_LINE, edition)


def major(edition: Edition) -> None:
    room.tried(edition, WorkshopKind.POPULATION)
    adaptation.move_block(COMMAND_LINE, edition, uid_of(edition), 1, why="orden")


def nothing(edition: Edition) -> None:
    """Leave it as it is."""


def failed(edition: Edition) -> None:
    room.tried(edition, WorkshopKind.POPULATION, [1, 1, 1, 5, 5, 5])


def technical(edition: Edition) -> None:
    room.tried(edition, WorkshopKind.TECHNICAL)


def population(edition: Edition) -> None:
    room.tried(edition, WorkshopKind.POPULATION)


Deed = Callable[[Edition], object]


@pytest.mark.parametrize(
    ("gate", "unmet", "met"),
    [
        ("need", nothing, room.with_need),
        ("findings", nothing, room.with_study),
        ("checklist", nothing, room.with_study),
        ("reasons", bare, nothing),
        ("translations", behind, nothing),
        ("proposals", proposed, nothing),
        ("comments", talked, nothing),
        ("tried_technical", population, technical),
        ("tried_population", technical, population),
        ("tried_population", failed, population),
        ("tried_population", major, population),
        ("remarks", remarked, nothing),
        ("pilot", few, room.held),
        ("observations", observed, nothing),
        ("graded", stemming, graded),
        ("majors", major, population),
        ("signatures", nothing, room.signed),
    ],
)
def test_each_gate_is_met_and_unmet(app: Flask, gate: str, unmet: Deed, met: Deed) -> None:
    world = make.load()
    shut, opened = make.fork(world, "PE"), make.fork(world, "EC")
    if met is room.signed:
        room.signed(shut)
        assert gates.ask(shut, ASKED[gate]).met
        bare(shut)
        answer = gates.ask(shut, ASKED[gate])
        assert not answer.met
        assert answer.parts["late"] == 5
        return
    unmet(shut)
    met(opened)
    answer = gates.ask(shut, ASKED[gate])
    assert not answer.met
    assert answer.text % answer.parts
    assert gates.ask(opened, ASKED[gate]).met


def test_every_gate_leads_to_a_page_that_opens(app: Flask) -> None:
    edition = room.validated(peru())
    client = room.browser(app, "disena", Role.DESIGNER)
    for asked in ASKED.values():
        answer = gates.ask(edition, asked)
        with app.test_request_context():
            url = url_for(answer.endpoint, slug="my-coop", region="PE", **answer.address)
        assert client.get(url).status_code == 200, answer.gate


def test_a_pilot_with_fewer_than_asked_for_says_both_numbers(app: Flask) -> None:
    edition = peru()
    few(edition)
    answer = gates.ask(edition, Asked("pilot", {"least": 10}))
    assert (answer.met, answer.parts) == (False, {"paired": 9, "least": 10})
    assert gates.ask(edition, Asked("pilot", {"least": 9})).met
