"""A change cites findings, and one sees it everywhere: at the paragraph, in register and history, at the finding."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.adaptation import actions as adaptation
from app.adaptation import rules as adapting
from app.core.content import Kind as BlockKind
from app.core.errors import Refused
from app.curriculum import actions as curriculum
from app.curriculum.models import Act, Edition
from app.curriculum.queries import contents
from app.infra.db import db
from app.people.permissions import COMMAND_LINE, VISITOR
from app.study import actions, rules
from app.study.kinds import FindingStatus
from app.study.models import Citation
from app.study.queries import findings as queries
from app.study.sheets import Kind
from tests import factories as make
from tests.adaptation.desks import Queries

from .people import PERU, STATEMENT, block, finding, person

TEXT = "Pagamos 28 soles por cada quintal."


@pytest.fixture
def peru(app: Flask) -> Edition:
    return make.fork(make.load(), "PE")


@pytest.fixture
def designer(app: Flask, peru: Edition) -> FlaskClient:
    return person(app, "ana")


@pytest.mark.parametrize(
    ("kind", "deed", "data"),
    [
        (BlockKind.PARAGRAPH, "edit", {"text": TEXT}),
        (BlockKind.PARAGRAPH, "insert", {"text": "Algo nuestro."}),
        (BlockKind.LIST, "remove", {}),
        (BlockKind.LIST, "move", {"steps": "-1", "do": "move"}),
        (BlockKind.LIST, "link", {"do": "freeze"}),
        (BlockKind.CASE, "link", {"do": "confirm"}),
    ],
)
def test_a_ticked_finding_is_reason_enough_wherever_a_reason_is_asked(
    designer: FlaskClient, peru: Edition, kind: BlockKind, deed: str, data: Mapping[str, str]
) -> None:
    made = finding(peru)
    address, sent = f"{PERU}/blocks/{block(peru, kind)}/{deed}?in=es", {**data, "why": "", "findings": str(made.id)}
    searched = designer.post(address, data={**sent, "look": "1", "find": "saco"})
    assert searched.text.count(f'value="{made.id}" checked') == 1, "ticked in the form that was sent, in no other"
    answer = designer.post(address, data=sent)
    assert answer.status_code == 303
    act = db.session.scalars(select(Act).order_by(Act.id.desc())).first()
    assert act is not None
    assert act.why == STATEMENT
    assert f"/study/findings/{made.id}" in designer.get(f"{PERU}/history").text
    became = designer.get(f"{PERU}/study/findings/{made.id}").text
    assert "1 change cites it" in became
    assert deed in ("remove", "move") or 'class="extract"' in became, "the paragraph that was changed is named"
    assert f"{PERU}/history/2" in became
    db.session.expire_all()
    assert made.status is FindingStatus.ACTED_ON


def test_a_whole_unit_and_a_variable_cite_findings_too(designer: FlaskClient, peru: Edition) -> None:
    made = finding(peru)
    text = make.ES.replace("25 soles por cada saco", "28 soles por cada quintal")
    unit = {"text": text, "findings": str(made.id)}
    assert designer.post(f"{PERU}/units/my-coop-1-1/edit?in=es", data=unit).status_code == 303
    variable = {"value-es": "acopiador", "value-en": "trader", "findings": str(made.id)}
    assert designer.post(f"{PERU}/variables/buyer", data=variable).status_code == 303
    db.session.expire_all()
    assert len(queries.became_of(COMMAND_LINE, made)) == 2


def test_the_minutes_of_units_and_modules_cite_findings_too(designer: FlaskClient, peru: Edition) -> None:
    made = finding(peru)
    minutes = {"minutes-my-coop-1-1": "75", "findings": str(made.id)}
    assert designer.post(f"{PERU}/minutes", data={**minutes, "look": "1"}).status_code == 200
    assert designer.post(f"{PERU}/minutes", data=minutes).status_code == 303
    assert peru.head is not None
    module = contents.state(peru.head).content.modules[0].uid
    address = f"{PERU}/modules/{module}/remove"
    assert "checked" in designer.post(address, data={"findings": str(made.id), "look": "1"}).text
    assert designer.post(address, data={"findings": str(made.id)}).status_code == 303
    db.session.expire_all()
    assert [deed.act.kind.value for deed in queries.became_of(COMMAND_LINE, made)] == ["compose", "edit"]
    assert made.status is FindingStatus.ACTED_ON


def test_the_register_tells_the_findings_on_screen_and_as_a_table(designer: FlaskClient, peru: Edition) -> None:
    made = finding(peru)
    uid = block(peru)
    adaptation.edit_block(COMMAND_LINE, peru, uid, "es", TEXT, why="Se pesa así", findings=[made.id])
    register = designer.get(f"{PERU}/deviations").text
    assert f'href="{PERU}/study/findings/{made.id}">H1</a><span> {STATEMENT}</span>' in register
    assert f"H1: {STATEMENT}" in designer.get(f"{PERU}/deviations?format=csv").text
    assert f"/study/findings/{made.id}" in designer.get(f"{PERU}/blocks/{uid}?in=es").text


def test_a_release_tells_its_findings_only_to_those_who_read_drafts(app: Flask, peru: Edition) -> None:
    made = finding(peru)
    adaptation.edit_block(COMMAND_LINE, peru, block(peru), "es", TEXT, why="Se pesa así", findings=[made.id])
    adaptation.confirm(COMMAND_LINE, peru, block(peru, BlockKind.CASE), why="Se usa igual")
    curriculum.release(COMMAND_LINE, peru, "Primera versión")
    page = f"{PERU}/releases/1.0.0"
    assert STATEMENT in person(app, "ana").get(page).text
    visitor = app.test_client().get(page)
    assert visitor.status_code == 200
    assert STATEMENT not in visitor.text
    assert queries.cited(VISITOR, [act.id for act in db.session.scalars(select(Act))]) == {}


@pytest.mark.parametrize("where", ["elsewhere", "nowhere"])
def test_a_finding_of_another_edition_is_refused_and_nothing_is_written(
    designer: FlaskClient, peru: Edition, where: str
) -> None:
    stranger = finding(make.fork(peru.parent, "EC")).id if where == "elsewhere" and peru.parent else 999_999
    before = peru.head_id
    answer = designer.post(
        f"{PERU}/blocks/{block(peru)}/edit?in=es", data={"text": TEXT, "why": "Así", "findings": str(stranger)}
    )
    assert answer.status_code == 422
    assert "not of this edition" in answer.text
    assert TEXT in answer.text
    db.session.expire_all()
    assert peru.head_id == before
    assert db.session.scalar(select(func.count()).select_from(Citation)) == 0


def test_without_a_reason_and_with_a_foreign_finding_a_reason_is_still_asked(app: Flask, peru: Edition) -> None:
    with pytest.raises(adapting.NeedsReason):
        adaptation.edit_block(COMMAND_LINE, peru, block(peru), "es", TEXT, findings=[12345])


def test_a_finding_of_the_edition_above_is_cited_by_whoever_reads_it_there(app: Flask, peru: Edition) -> None:
    made = finding(peru)
    adaptation.confirm(COMMAND_LINE, peru, block(peru, BlockKind.CASE), why="Se usa igual")
    curriculum.release(COMMAND_LINE, peru, "Primera versión")
    below = make.fork(peru, "PE-SAM")
    address = f"/editions/my-coop/PE-SAM/blocks/{block(below)}/edit?in=es"
    sent = {"text": TEXT, "why": "También aquí", "findings": str(made.id)}
    assert person(app, "sol", scope="my-coop/PE-SAM").post(address, data=sent).status_code == 422
    national = person(app, "ana")
    assert STATEMENT in national.get(address).text
    assert national.post(address, data=sent).status_code == 303
    assert "San Martín" in national.get(f"{PERU}/study/findings/{made.id}").text
    db.session.expire_all()
    assert made.status is FindingStatus.OPEN, "what a province does settles nothing for the country"


def test_the_findings_of_a_paragraph_are_offered_first_and_the_others_are_found_by_searching(
    designer: FlaskClient, peru: Edition
) -> None:
    uid = block(peru)
    for number in range(30):
        finding(peru, f"Hallazgo {number} sobre la báscula")
    near = finding(peru, "Aquí se dice quintal")
    actions.attach(COMMAND_LINE, peru, near, [uid])
    page = designer.get(f"{PERU}/blocks/{uid}/edit?in=es").text
    assert page.index("Aquí se dice quintal") < page.index("Hallazgo 0 sobre")
    assert "Hallazgo 29 sobre" not in page
    sent = {"text": TEXT, "why": "Por eso", "look": "1", "find": "bascula 29", "findings": str(near.id)}
    found = designer.post(f"{PERU}/blocks/{uid}/edit?in=es", data=sent)
    assert found.status_code == 200
    assert "Hallazgo 29 sobre" in found.text
    assert f'value="{near.id}" checked' in found.text
    assert TEXT in found.text
    assert "Por eso" in found.text


def test_an_act_of_long_ago_can_be_tied_to_findings_once(app: Flask, peru: Edition) -> None:
    revision = adaptation.edit_block(COMMAND_LINE, peru, block(peru), "es", TEXT, why="Así")
    made = finding(peru)
    assert actions.cite(COMMAND_LINE, revision.act, [made.id, made.id]) == 1
    assert actions.cite(COMMAND_LINE, revision.act, [made.id]) == 0
    assert [deed.act.id for deed in queries.became_of(COMMAND_LINE, made)] == [revision.act_id]


def test_what_was_put_away_is_not_cited_any_more(app: Flask, peru: Edition) -> None:
    revision = adaptation.edit_block(COMMAND_LINE, peru, block(peru), "es", TEXT, why="Así")
    made = finding(peru)
    actions.put_away(COMMAND_LINE, peru, Kind.FINDINGS, made.id)
    with pytest.raises(rules.UnknownFinding):
        actions.cite(COMMAND_LINE, revision.act, [made.id])


@pytest.mark.parametrize("page", ["deviations", "history", "study/findings"])
def test_the_queries_of_a_page_do_not_grow_with_what_is_cited(designer: FlaskClient, peru: Edition, page: str) -> None:
    def cost() -> int:
        db.session.expire_all()
        with Queries() as asked:
            assert designer.get(f"{PERU}/{page}").status_code == 200
        return len(asked.statements)

    def change(number: int) -> None:
        made = [finding(peru, f"Hallazgo {number}.{part}").id for part in range(3)]
        adaptation.insert_block(COMMAND_LINE, peru, block(peru), "es", f"Nota {number}.", why="Así", findings=made)

    change(1)
    cost()
    few = cost()
    for number in range(2, 8):
        change(number)
    cost()
    assert cost() <= few


def test_a_refused_change_cites_nothing(app: Flask, peru: Edition) -> None:
    made = finding(peru)
    with pytest.raises(Refused):
        adaptation.edit_block(
            COMMAND_LINE, peru, block(peru, BlockKind.QUESTION), "es", TEXT, why="Así", findings=[made.id]
        )
    assert db.session.scalar(select(func.count()).select_from(Citation)) == 0
    db.session.expire_all()
    assert made.status is FindingStatus.OPEN
