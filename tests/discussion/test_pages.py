"""The pages on which people talk, propose, decide, offer, borrow and warn: who may, what they show, what they keep."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.adaptation import actions as adaptation
from app.discussion import actions
from app.discussion.models import Comment, Proposal, ProposalKind, ProposalState
from app.discussion.queries import comments, proposals
from app.infra.db import db
from app.people import queries as people
from app.people.permissions import COMMAND_LINE, Role, Scope
from tests import factories as make
from tests.curriculum.cast import counted

from . import valley
from .valley import MEETING, PRICE, STATUTE

SAM, PERU = "/editions/my-coop/PE-SAM", "/editions/my-coop/PE"
OURS = "La cooperativa paga 28 soles por cada quintal."
SCRIPT = "<script>alert(1)</script> & [x](javascript:alert(1))"


def come(app: Flask, username: str, role: Role, region: str | None = "PE-SAM") -> FlaskClient:
    """A browser of somebody with this role."""
    account = people.account_by_username(username) or make.account(username, role, Scope("my-coop", region))
    browser = app.test_client()
    with browser.session_transaction() as session:
        session["_user_id"] = f"{account.id}:{account.stamp}"
        session["_fresh"] = True
    return browser


def only(kind: type) -> object:
    """The one row of a table."""
    db.session.expire_all()
    (row,) = db.session.query(kind).all()
    return row


def test_a_paragraph_is_talked_about_answered_put_better_and_settled(app: Flask) -> None:
    _, _, province = valley.tree()
    block = valley.uid(province, PRICE)
    rosa, luis = (come(app, name, Role.REPRESENTATIVE) for name in ("rosa", "luis"))
    page = rosa.get(f"{SAM}/blocks/{block}")
    assert "Nobody has anything open here." in page.text
    sent = {"text": "Aquí no se paga por saco.", "quote": "por cada saco"}
    assert rosa.post(f"{SAM}/blocks/{block}/comments", data=sent).status_code == 303
    first = comments.of_block(province, block)[0].first
    assert "Aquí no se paga" in luis.get(f"{SAM}/blocks/{block}").text
    luis.post(f"{SAM}/blocks/{block}/comments", data={"text": "Es cierto.", "reply_to": first.id})
    rosa.post(f"{SAM}/conversation/{first.id}", data={"do": "edit", "text": "Aquí se paga por quintal."})
    talk = luis.get(f"{SAM}/blocks/{block}/comments").text
    assert "Aquí se paga por quintal." in talk
    assert "What it said before" in talk
    assert "Aquí no se paga por saco." in talk
    assert "these words are not there any more" not in talk
    luis.post(f"{SAM}/conversation/{first.id}", data={"do": "resolve"})
    assert "Settled by Luis" in rosa.get(f"{SAM}/blocks/{block}/comments").text
    assert "Nobody has anything open here." in rosa.get(f"{SAM}/blocks/{block}").text
    rosa.post(f"{SAM}/conversation/{first.id}", data={"do": "reopen"})
    assert "Opened again by Rosa" in rosa.get(f"{SAM}/blocks/{block}/comments").text
    valley.edit(province, PRICE, OURS, "Aquí")
    assert "these words are not there any more" in rosa.get(f"{SAM}/blocks/{block}/comments").text


def test_words_of_comments_and_reasons_are_words_and_never_markup(app: Flask) -> None:
    _, _, province = valley.tree()
    block = valley.uid(province, PRICE)
    rosa = come(app, "rosa", Role.DESIGNER)
    rosa.post(f"{SAM}/blocks/{block}/comments", data={"text": SCRIPT, "quote": SCRIPT})
    sent = {"kind": "change", "text": OURS, "why": SCRIPT, "evidence": SCRIPT}
    assert rosa.post(f"{SAM}/blocks/{block}/propose", data=sent).status_code == 303
    number = proposals.of_block(province, block)[0].id
    for address in ("conversation", f"blocks/{block}/comments", f"blocks/{block}", "proposals", f"proposals/{number}"):
        text = rosa.get(f"{SAM}/{address}").text
        assert "<script>alert" not in text
        assert 'href="javascript' not in text
        assert "&lt;script&gt;" in text


def test_what_was_typed_is_kept_when_it_is_refused(app: Flask) -> None:
    _, _, province = valley.tree()
    block = valley.uid(province, PRICE)
    rosa = come(app, "rosa", Role.DESIGNER)
    answer = rosa.post(f"{SAM}/blocks/{block}/comments", data={"text": " ", "quote": "por cada saco"})
    assert answer.status_code == 422
    assert 'value="por cada saco"' in answer.text
    long = "x" * 20_001
    answer = rosa.post(f"{SAM}/blocks/{block}/comments", data={"text": long})
    assert (answer.status_code, long in answer.text) == (422, True)
    answer = rosa.post(f"{SAM}/blocks/{block}/propose", data={"kind": "change", "text": OURS, "evidence": "Acta 3"})
    assert answer.status_code == 422
    assert OURS in answer.text
    assert 'value="Acta 3"' in answer.text
    answer = rosa.post(f"{SAM}/blocks/{block}/propose", data={"kind": "change", "text": "{{nada}}", "why": "x"})
    assert (answer.status_code, "{{nada}}" in answer.text) == (422, True)
    answer = rosa.post(f"{SAM}/blocks/{block}/offer", data={"text": OURS})
    assert (answer.status_code, OURS in answer.text) == (422, True)


@pytest.mark.parametrize(
    ("address", "data", "status"),
    [
        ("blocks/nowhere/comments", {"text": "x"}, 404),
        ("blocks/{block}/comments", {"text": "x", "reply_to": "999999"}, 404),
        ("blocks/{block}/comments", {"text": "x", "reply_to": "99999999999999999999"}, 404),
        ("blocks/{block}/comments", {"text": "x", "reply_to": "nadie"}, 404),
        ("blocks/{block}/comments", {"text": "x", "reply_to": "{foreign}"}, 404),
        ("conversation/{foreign}", {"do": "resolve"}, 404),
        ("conversation/99999999999", {"do": "resolve"}, 404),
        ("proposals/999", {"choice": "accept"}, 404),
        ("proposals/{proposal}", {"choice": "accept"}, 404),
        ("blocks/nowhere/propose", {"kind": "change", "text": "x", "why": "x"}, 404),
        ("blocks/{block}/propose", {"kind": "steal"}, 422),
        ("blocks/{block}/propose", {}, 422),
        ("blocks/{block}/propose", {"kind": "move", "after": "nowhere", "why": "x"}, 422),
        ("blocks/{block}/others", {"take": "0" * 64}, 409),
        ("blocks/nowhere/offer", {"why": "x"}, 404),
        ("proposals", {"clean": ["x", "1@", "99999999999999@x", "{proposal}@0"]}, 303),
        ("notices", {"version": "9.9.9", "why": "x", "deadline": "2030-01-01"}, 422),
        ("notices", {"version": "1.0.0", "why": "x", "deadline": "mañana"}, 422),
        ("notices/1", {"do": "withdraw"}, 404),
    ],
)
def test_what_is_strange_or_somebody_elses_is_refused_and_nothing_changes(
    app: Flask, address: str, data: dict[str, object], status: int
) -> None:
    _, peru, province = valley.tree()
    bolivia = make.fork(valley.world(), "BO")
    foreign = actions.add_comment(COMMAND_LINE, bolivia, valley.uid(bolivia, PRICE), "de Bolivia")
    theirs = actions.propose(COMMAND_LINE, bolivia, valley.uid(bolivia, PRICE), ProposalKind.CHANGE, OURS, why="x")
    block, names = valley.uid(province, PRICE), {"foreign": foreign.id, "proposal": theirs.id}
    rosa = come(app, "rosa", Role.DESIGNER)
    sent = {
        name: [one.format(**names) for one in value] if isinstance(value, list) else str(value).format(**names)
        if "{" in str(value) and "nada" not in str(value) else value
        for name, value in data.items()
    }  # fmt: skip
    answer = rosa.post(f"{SAM}/{address}".format(block=block, **names), data=sent)
    assert answer.status_code == status
    db.session.expire_all()
    assert not db.session.get(Comment, foreign.id).resolved  # type: ignore[union-attr]
    assert db.session.get(Proposal, theirs.id).state is ProposalState.OPEN  # type: ignore[union-attr]
    assert (comments.open_count(province), proposals.open_count(province)) == (0, 0)
    assert valley.text(valley.fresh(peru), block) == valley.text(valley.fresh(province), block)


WAYS = (
    "conversation",
    "proposals",
    "notices",
    "offer",
    "blocks/{b}/comments",
    "blocks/{b}/propose",
    "blocks/{b}/others",
)


@pytest.mark.parametrize(
    ("role", "region", "seen"),
    [
        (Role.DESIGNER, "PE", [200] * 7),
        (Role.REPRESENTATIVE, "PE-SAM", [200] * 7),
        (Role.READER, "PE-SAM", [403] * 7),
        (Role.DESIGNER, "BO", [403] * 7),
    ],
)
def test_who_may_open_the_pages(app: Flask, role: Role, region: str, seen: list[int]) -> None:
    _, _, province = valley.tree()
    block = valley.uid(province, PRICE)
    browser = come(app, "rosa", role, region)
    assert [browser.get(f"{SAM}/{way}".format(b=block)).status_code for way in WAYS] == seen
    assert [app.test_client().get(f"{SAM}/{way}".format(b=block)).status_code for way in WAYS] == [302] * 7


def test_a_representative_proposes_and_a_designer_decides_in_a_letter(app: Flask) -> None:
    _, _, province = valley.tree()
    block = valley.uid(province, PRICE)
    rosa, ana = come(app, "rosa", Role.REPRESENTATIVE), come(app, "ana", Role.DESIGNER)
    rosa.post(
        f"{SAM}/blocks/{block}/propose", data={"kind": "change", "text": OURS, "why": "Así pagan", "evidence": "Acta 3"}
    )
    number = only(Proposal).id  # type: ignore[attr-defined]
    assert "1 proposal waits for an answer" in ana.get(f"{SAM}/").text
    assert "1 proposal waits for an answer" in ana.get("/").text
    letter = ana.get(f"{SAM}/proposals/{number}").text
    assert "Así pagan" in letter
    assert "evidence: Acta 3" in letter
    assert 'value="accept"' in letter
    assert 'value="accept"' not in rosa.get(f"{SAM}/proposals/{number}").text
    mark = re.search(r'name="seen" value="(\w+)"', letter)[1]  # type: ignore[index]
    assert rosa.post(f"{SAM}/proposals/{number}", data={"choice": "accept", "seen": mark}).status_code == 403
    assert ana.post(f"{SAM}/proposals/{number}", data={"choice": "decline", "seen": mark}).status_code == 422
    assert ana.post(f"{SAM}/proposals/{number}", data={"choice": "accept", "seen": mark}).status_code == 303
    assert valley.text(valley.fresh(province), block) == OURS
    history = ana.get(f"{SAM}/blocks/{block}").text
    assert "Proposed by Rosa." in history
    assert "evidence: Acta 3" in history
    assert "accepted" in rosa.get(f"{SAM}/proposals?show=mine").text
    late = ana.post(f"{SAM}/proposals/{number}", data={"choice": "decline", "why": "no", "seen": mark})
    assert late.status_code == 409
    assert "Ana has decided on this proposal already." in late.text


def test_a_decision_on_what_was_not_seen_is_asked_again(app: Flask) -> None:
    _, _, province = valley.tree()
    block = valley.uid(province, STATUTE)
    text = "El estatuto se lee en voz alta. Después se vota a mano alzada."
    made = actions.propose(COMMAND_LINE, province, block, ProposalKind.CHANGE, text, why="Costumbre")
    ana = come(app, "ana", Role.DESIGNER)
    mark = re.search(r'name="seen" value="(\w+)"', ana.get(f"{SAM}/proposals/{made.id}").text)[1]  # type: ignore[index]
    valley.edit(province, STATUTE, "El estatuto se lee despacio. Después se vota.", "Lo pidieron")
    answer = ana.post(f"{SAM}/proposals/{made.id}", data={"choice": "accept", "seen": mark, "why": "sí"})
    assert answer.status_code == 409
    assert "changed after you opened this page" in answer.text
    assert "joined" in answer.text


def test_accepting_with_changes_keeps_what_was_written(app: Flask) -> None:
    _, _, province = valley.tree()
    block = valley.uid(province, PRICE)
    made = actions.propose(COMMAND_LINE, province, block, ProposalKind.CHANGE, OURS, why="Así pagan")
    ana = come(app, "ana", Role.DESIGNER)
    assert ana.post(f"{SAM}/proposals/{made.id}", data={"choice": "write"}).status_code == 303
    letter = ana.get(f"{SAM}/proposals/{made.id}?write=1").text
    mark = re.search(r'name="seen" value="(\w+)"', letter)[1]  # type: ignore[index]
    bad = ana.post(f"{SAM}/proposals/{made.id}", data={"choice": "written", "seen": mark, "written-es": "{{nada}} x"})
    assert (bad.status_code, "{{nada}} x" in bad.text) == (422, True)
    sent = {"choice": "written", "seen": mark, "written-es": "La cooperativa paga 30 soles.", "why": "Ahora son 30"}
    assert ana.post(f"{SAM}/proposals/{made.id}", data=sent).status_code == 303
    assert valley.text(valley.fresh(province), block) == "La cooperativa paga 30 soles."
    assert only(Proposal).state is ProposalState.CHANGED  # type: ignore[attr-defined]


def test_many_clean_ones_are_accepted_together_and_the_history_takes_them_back(app: Flask) -> None:
    _, _, province = valley.tree()
    for beginning in (PRICE, STATUTE, MEETING):
        block = valley.uid(province, beginning)
        text = f"{valley.text(province, block)} Y ya."
        actions.propose(COMMAND_LINE, province, block, ProposalKind.CHANGE, text, why="Suena mejor")
    before = province.head.number  # type: ignore[union-attr]
    other = valley.uid(province, MEETING)
    actions.propose(COMMAND_LINE, province, other, ProposalKind.REMOVE, why="Sobra")
    ana = come(app, "ana", Role.DESIGNER)
    page = ana.get(f"{SAM}/proposals").text
    ticks = re.findall(r'name="clean" id="clean-\d+" value="([^"]+)"', page)
    assert len(ticks) == 2, "of two on one paragraph none is taken in bulk"
    assert ana.post(f"{SAM}/proposals", data={"clean": ticks}).status_code == 303
    assert "2 proposals were accepted." in ana.get(f"{SAM}/proposals").text
    assert (valley.text(valley.fresh(province), valley.uid(province, PRICE)) or "").endswith("Y ya.")
    again = ana.post(f"{SAM}/history/{before}/restore", data={"why": "Mejor no"})
    assert again.status_code == 303
    province = valley.fresh(province)
    assert not (valley.text(province, valley.uid(province, PRICE)) or "").endswith("Y ya.")
    assert proposals.open_count(province) == 4, "what was accepted and taken back waits again"
    assert "look again" in ana.get(f"{SAM}/proposals").text


def test_the_number_of_queries_does_not_grow_with_what_was_said_and_proposed(app: Flask) -> None:
    _, _, province = valley.tree()
    ana = come(app, "ana", Role.DESIGNER)
    block = valley.uid(province, PRICE)
    pages = (
        "conversation",
        "conversation?sort=place",
        "proposals",
        f"blocks/{block}/comments",
        f"blocks/{block}",
        "offer",
    )

    def cost() -> list[int]:
        result = []
        for page in pages:
            ana.get(f"{SAM}/{page}")
            with counted() as statements:
                assert ana.get(f"{SAM}/{page}").status_code == 200
            result.append(len(statements))
        return result

    def more(times: int) -> None:
        for n in range(times):
            first = actions.add_comment(COMMAND_LINE, province, block, f"Dicho {n}")
            actions.add_comment(COMMAND_LINE, province, block, "Respuesta", reply_to=first)
            actions.propose(COMMAND_LINE, province, block, ProposalKind.CHANGE, f"Paga {n} soles.", why="x")

    more(2)
    few = cost()
    more(12)
    assert cost() == few


def test_offering_several_at_once_says_what_could_not_be_offered(app: Flask) -> None:
    _, peru, province = valley.tree()
    adaptation.set_variables(COMMAND_LINE, province, {"quintal": {"*": "46 kg"}}, why="Medida", new=True)
    good = valley.edit(province, PRICE, OURS, "Aquí se paga por quintal")
    bad = valley.edit(province, STATUTE, "El estatuto pesa {{quintal}}.", "Broma")
    rosa = come(app, "rosa", Role.REPRESENTATIVE)
    page = rosa.get(f"{SAM}/offer").text
    assert (f'value="{good}"' in page, f'value="{bad}"' in page) == (True, True)
    answer = rosa.post(f"{SAM}/offer", data={"offer": [good, bad]})
    assert answer.status_code == 422
    assert "{{quintal}}, and Peru has no variable of that name" in answer.text
    assert proposals.open_count(peru) == 1
    assert rosa.post(f"{SAM}/offer", data={}).status_code == 422
    assert "waits for an answer" in rosa.get(f"{SAM}/proposals?show=sent").text


def test_who_sent_an_offer_reads_the_answer_and_nothing_of_the_draft_above(app: Flask) -> None:
    _, peru, province = valley.tree()
    block = valley.edit(province, PRICE, OURS, "Aquí se paga por quintal")
    made = actions.offer(COMMAND_LINE, province, block)
    valley.edit(peru, PRICE, "Secreto del borrador de Perú.", "Secreto")
    rosa = come(app, "rosa", Role.REPRESENTATIVE)
    page = rosa.get(f"{SAM}/proposals/{made.id}").text
    assert "Offered to Peru" in page
    assert rosa.get(f"{PERU}/proposals/{made.id}").status_code == 403
    actions.decline(COMMAND_LINE, made, "Aquí es por saco")
    page = rosa.get(f"{SAM}/proposals/{made.id}").text
    assert "Aquí es por saco" in page
    assert "Secreto" not in page
    assert "Secreto" not in rosa.get(f"{SAM}/proposals?show=sent").text
