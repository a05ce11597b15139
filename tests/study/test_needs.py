"""Needs: written down and found again, seen in their region alone, taken up, answered, set aside, put away."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.infra.db import db
from app.people.permissions import COMMAND_LINE, VISITOR, Role
from app.study import actions
from app.study.kinds import NeedStatus
from app.study.models import Need
from app.study.queries import needs as queries
from tests import factories as make
from tests.adaptation.desks import Queries

from .people import NEED, need, person

NEEDS = "/editions/needs"


@pytest.fixture
def designer(app: Flask) -> FlaskClient:
    return person(app, "ana")


def test_a_need_is_written_down_changed_put_away_and_brought_back(designer: FlaskClient) -> None:
    assert designer.get(f"{NEEDS}/new").status_code == 200
    written = designer.post(f"{NEEDS}/new", data={**NEED, "region": "PE-SAM"})
    assert written.status_code == 303
    page = designer.get(written.location).text
    for said in (NEED["title"], NEED["conclusion"], NEED["event"], "women: 21", "(young: 7)", "San Martín"):
        assert said in page
    assert NEED["title"] in designer.get(NEEDS).text
    changed = designer.post(f"{written.location}/edit", data={**NEED, "title": "Otro título", "region": "PE-SAM"})
    assert changed.status_code == 303
    assert designer.post(f"{written.location}/away").status_code == 303
    assert "Otro título" not in designer.get(NEEDS).text
    assert "Otro título" in designer.get(f"{NEEDS}?away=1").text
    assert designer.post(f"{written.location}/away", data={"do": "back"}).status_code == 303
    assert "Otro título" in designer.get(NEEDS).text


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"conclusion": " "}, "conclusion"),
        ({"women": "muchas"}, "women"),
        ({"held_on": "ayer"}, "held_on"),
        ({"region": "XX"}, "region"),
        ({"region": "EC"}, "region"),
        ({"priority": "now"}, "priority"),
    ],
)
def test_a_fault_stands_beside_its_field_and_what_was_typed_is_kept(
    designer: FlaskClient, changes: dict[str, str], field: str
) -> None:
    answer = designer.post(f"{NEEDS}/new", data={**NEED, "region": "PE", **changes})
    assert answer.status_code == 422
    assert f'id="{field}-fault"' in answer.text
    assert NEED["event"] in answer.text
    assert db.session.query(Need).count() == 0


@pytest.mark.parametrize(
    ("role", "scope", "sees", "keeps"),
    [
        (Role.DESIGNER, "my-coop/PE", True, True),
        (Role.DESIGNER, "my-coop", True, True),
        (Role.FACILITATOR, "*/PE-SAM", True, True),
        (Role.TRANSLATOR, "my-coop/PE", True, False),
        (Role.READER, "*", False, False),
        (Role.DESIGNER, "my-coop/EC", False, False),
        (Role.DESIGNER, "my-coop/PE-CUS", False, False),
    ],
)
def test_a_need_is_seen_in_its_region_alone(app: Flask, role: Role, scope: str, sees: bool, keeps: bool) -> None:
    kept = need("PE-SAM")
    someone = person(app, "quien", role, scope)
    assert (someone.get(f"{NEEDS}/{kept.id}").status_code == 200) is sees
    for address in (NEEDS, f"{NEEDS}?format=csv", f"{NEEDS}?q=acopio"):
        page = someone.get(address)
        assert (NEED["title"] in page.text) is sees
    if role is not Role.READER:
        assert ("open (1)" in someone.get(NEEDS).text) is sees
    assert (someone.get(f"{NEEDS}/{kept.id}/edit").status_code == 200) is keeps
    sent = {"status": "set_aside", "why": "Ya hay otro"}
    assert (someone.post(f"{NEEDS}/{kept.id}/status", data=sent).status_code == 303) is keeps


def test_a_visitor_sees_no_needs(app: Flask) -> None:
    need()
    assert queries.listed(VISITOR).total == 0
    assert app.test_client().get(NEEDS).status_code in {302, 303, 401, 403}


@pytest.mark.parametrize("status", [NeedStatus.SET_ASIDE, NeedStatus.ANSWERED])
def test_what_is_set_aside_or_answered_says_why(designer: FlaskClient, app: Flask, status: NeedStatus) -> None:
    kept = need()
    refused = designer.post(f"{NEEDS}/{kept.id}/status", data={"status": status.value, "why": ""})
    assert refused.status_code == 422
    assert "say why" in refused.text
    sent = {"status": status.value, "why": "Se dio en el módulo 2"}
    assert designer.post(f"{NEEDS}/{kept.id}/status", data=sent).status_code == 303
    assert "Se dio en el módulo 2" in designer.get(f"{NEEDS}?status={status.value}").text
    assert NEED["title"] not in designer.get(f"{NEEDS}?status=open").text


def test_the_list_is_searched_sorted_and_paged(designer: FlaskClient, app: Flask) -> None:
    for number in range(30):
        need(title=f"Necesidad {number:02}", priority="low")
    need(title="Agua", priority="high")
    need(title="Áreas comunes", priority="middle", conclusion="Del CACAO")
    assert "Page 1 of 2" in designer.get(NEEDS).text
    assert "<summary>" in designer.get(NEEDS).text
    assert "Search and choose: 2 in use" in designer.get(f"{NEEDS}?q=cacao&sort=urgent").text
    urgent = designer.get(f"{NEEDS}?sort=urgent").text
    assert urgent.index("Agua") < urgent.index("Áreas comunes") < urgent.index("Necesidad 29")
    found = designer.get(f"{NEEDS}?q=cacao").text
    assert "Áreas comunes" in found
    assert "Agua" not in found
    assert "Necesidad" in designer.get(f"{NEEDS}?page=99999").text


def test_the_queries_of_the_list_do_not_grow_with_the_needs(designer: FlaskClient, app: Flask) -> None:
    def cost() -> int:
        db.session.expire_all()
        with Queries() as asked:
            assert designer.get(NEEDS).status_code == 200
        return len(asked.statements)

    peru = make.fork(make.load(), "PE")
    actions.take_up(COMMAND_LINE, need(), peru)
    cost()
    one = cost()
    for number in range(8):
        actions.take_up(COMMAND_LINE, need(title=f"Otra {number}"), peru)
    cost()
    assert cost() <= one


def test_a_need_is_tied_to_an_edition_there_is_already(designer: FlaskClient, app: Flask) -> None:
    make.fork(make.load(), "PE")
    kept = need()
    assert designer.post(f"{NEEDS}/{kept.id}/editions", data={"edition": "my-coop/EC"}).status_code == 404
    assert designer.post(f"{NEEDS}/{kept.id}/editions", data={"edition": "my-coop/PE"}).status_code == 303
    assert "/editions/my-coop/PE" in designer.get(f"{NEEDS}/{kept.id}").text
    assert NEED["title"] in designer.get("/editions/my-coop/PE/study").text
    db.session.expire_all()
    assert kept.status is NeedStatus.TAKEN_UP
