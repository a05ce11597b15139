"""Proposals: what they need, how they meet what changed meanwhile, two who decide at once, files read twice."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.adaptation import actions as adaptation
from app.adaptation import rules as adapting
from app.core.editing import UnknownVariable
from app.curriculum.models import Act, ActKind
from app.discussion import actions, rules
from app.discussion.models import Proposal, ProposalKind, ProposalState, Source
from app.discussion.queries import proposals
from app.infra.db import db
from app.people.permissions import COMMAND_LINE, NotAllowed, Role

from . import valley
from .test_pages import come
from .valley import MEETING, PRICE, STATUTE

OURS = "La cooperativa paga 28 soles por cada quintal."
MAY = datetime(2026, 5, 2, 9, 30, tzinfo=UTC)


def propose(edition: object, beginning: str, text: str = OURS, **more: object) -> Proposal:
    """Another text for the paragraph that begins so."""
    uid = valley.uid(edition, beginning)  # type: ignore[arg-type]
    values = {"why": "Así se dice", **more}
    return actions.propose(COMMAND_LINE, edition, uid, ProposalKind.CHANGE, text, **values)  # type: ignore[arg-type]


def test_each_kind_is_carried_out_with_its_reason(app: Flask) -> None:
    _, _, province = valley.tree()
    price, statute, meeting = (valley.uid(province, one) for one in (PRICE, STATUTE, MEETING))
    for uid, kind, text, after in (
        (price, ProposalKind.INSERT, "Se pesa dos veces.\n\nY se anota.", ""),
        (meeting, ProposalKind.MOVE, "", price),
        (statute, ProposalKind.REMOVE, "", ""),
        (price, ProposalKind.CHANGE, OURS, ""),
    ):
        made = actions.propose(
            COMMAND_LINE,
            province,
            uid,
            kind,
            text,
            why=f"Por {kind}",
            evidence="Acta 3",
            after=after,
            author_name="Rosa",
        )
        revision = actions.accept(COMMAND_LINE, made)
        assert revision.act.why == f"Por {kind}\nProposed by Rosa."
        assert revision.act.stems_from == "Acta 3"
    assert valley.order(province) == [
        "# La asamblea",
        OURS[:14],
        MEETING + " el l",
        "Se pesa dos ve",
        "Y se anota.",
        "/// question |",
    ]


@pytest.mark.parametrize(
    ("text", "more", "fault"),
    [
        ("La cooperativa paga 25 soles por cada saco.", {}, rules.NothingProposed),
        ("", {}, rules.NothingSaid),
        ("x" * 200_001, {}, rules.TooLong),
        (OURS, {"why": " "}, rules.NeedsWhy),
        (OURS, {"language": "quy"}, rules.NoSuchLanguage),
        ("{{nada}}", {}, UnknownVariable),
    ],
)
def test_what_is_no_proposal_is_refused(app: Flask, text: str, more: dict[str, str], fault: type[Exception]) -> None:
    _, _, province = valley.tree()
    with pytest.raises(fault):
        propose(province, PRICE, text, **more)
    assert proposals.open_count(province) == 0


def test_a_reviewed_file_read_twice_proposes_once_and_is_joined_with_what_changed_since(app: Flask) -> None:
    _, _, province = valley.tree()
    exported = valley.text(province, valley.uid(province, STATUTE)) or ""
    valley.edit(province, STATUTE, "El estatuto se lee despacio. Después se vota.", "Lo pidieron")
    typed = exported.replace("se vota.", "se vota a mano alzada.")
    for _ in range(2):
        made = propose(
            province,
            STATUTE,
            typed,
            why="",
            base=exported,
            author_name="Luis",
            said_at=MAY,
            source=Source.WORD,
            key="f:1",
        )
    assert (made.author_name, made.proposed_at, made.account_id) == ("Luis", MAY, None)
    assert proposals.open_count(province) == 1
    (judged,) = proposals.judged(province, [made])
    assert (judged.moved, judged.clashes) == (True, False)
    actions.accept(COMMAND_LINE, made)
    assert valley.text(province, made.block_uid) == "El estatuto se lee despacio. Después se vota a mano alzada."


def test_the_same_words_changed_on_both_sides_need_somebody_who_writes(app: Flask) -> None:
    _, _, province = valley.tree()
    made = propose(province, PRICE)
    valley.edit(province, PRICE, "La cooperativa paga 31 soles por cada lata.", "Otra medida")
    (judged,) = proposals.judged(province, [made])
    assert not judged.clean
    if judged.clashes:
        with pytest.raises(rules.NotClean):
            actions.accept(COMMAND_LINE, made)
    with pytest.raises(adapting.NothingWritten):
        actions.accept(COMMAND_LINE, made, texts={"es": " "})
    actions.accept(COMMAND_LINE, made, texts={"es": "La cooperativa paga 31 soles por cada quintal."})
    assert made.state is ProposalState.CHANGED


def test_accepting_one_marks_the_others_and_overtakes_those_that_say_the_same(app: Flask) -> None:
    _, _, province = valley.tree()
    one, same, other = (propose(province, PRICE, text) for text in (OURS, OURS, "Paga 27 soles."))
    actions.look_later(COMMAND_LINE, other)
    actions.accept(COMMAND_LINE, one)
    assert (one.state, same.state, other.state) == (ProposalState.ACCEPTED, ProposalState.OVERTAKEN, ProposalState.OPEN)
    assert (other.look_again, other.put_off) == (True, False)
    actions.look_later(COMMAND_LINE, other)
    assert not other.look_again
    actions.decline(COMMAND_LINE, other, "Ya son 28")
    with pytest.raises(rules.Decided):
        actions.accept(COMMAND_LINE, other)


def test_an_edit_that_says_what_was_proposed_overtakes_it(app: Flask) -> None:
    _, _, province = valley.tree()
    made = propose(province, PRICE)
    valley.edit(province, PRICE, OURS, "Lo mismo")
    assert made.state is ProposalState.OVERTAKEN


def test_a_paragraph_that_is_gone_cannot_be_changed_and_the_proposal_can_be_declined(app: Flask) -> None:
    _, _, province = valley.tree()
    made = propose(province, PRICE)
    adaptation.remove_block(COMMAND_LINE, province, made.block_uid, why="Fuera")
    with pytest.raises(rules.PlaceGone):
        actions.accept(COMMAND_LINE, made)
    with pytest.raises(rules.NeedsDecline):
        actions.decline(COMMAND_LINE, made, " ")
    actions.decline(COMMAND_LINE, made, "Ya no está")


@pytest.mark.parametrize("role", [Role.TRANSLATOR, Role.REPRESENTATIVE, Role.REVIEWER, Role.FACILITATOR])
def test_who_takes_part_proposes_and_does_not_decide(app: Flask, role: Role) -> None:
    _, _, province = valley.tree()
    actor, other = valley.person("rosa", role, "PE-SAM"), valley.person("luis", role, "PE-SAM")
    uid = valley.uid(province, PRICE)
    made = actions.propose(actor, province, uid, ProposalKind.CHANGE, OURS, why="Así")
    for decide in (actions.accept, lambda a, p: actions.decline(a, p, "no"), actions.look_later):
        with pytest.raises(NotAllowed):
            decide(actor, made)
    with pytest.raises(rules.NotYours):
        actions.withdraw(other, made)
    actions.withdraw(actor, made)
    assert made.state is ProposalState.WITHDRAWN


def test_of_two_who_accept_at_once_one_is_told(committed_app: Flask) -> None:
    committed_app.config["WTF_CSRF_ENABLED"] = False
    with committed_app.app_context():
        _, _, province = valley.tree()
        number, edition_id = propose(province, PRICE).id, province.id
        people = [come(committed_app, name, Role.DESIGNER) for name in ("ana", "eva")]
        address = f"/editions/my-coop/PE-SAM/proposals/{number}"
        mark = re.search(r'name="seen" value="(\w+)"', people[0].get(address).text)[1]  # type: ignore[index]
        db.session.remove()
    together = Barrier(2)

    def accept(client: FlaskClient) -> int:
        together.wait()
        return client.post(address, data={"choice": "accept", "seen": mark}).status_code

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(accept, people)) == [303, 409]
    with committed_app.app_context():
        edits = select(func.count()).select_from(Act).where(Act.edition_id == edition_id, Act.kind == ActKind.EDIT)
        assert db.session.scalar(edits) == 1
