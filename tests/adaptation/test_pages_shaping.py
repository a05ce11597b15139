"""Grafting, modules and variables on the pages."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from app.core.content import Kind
from app.curriculum.models import Edition
from app.curriculum.queries import contents, editions
from app.people.permissions import Actor
from tests import factories as make
from tests.curriculum.cast import ADMINISTRATOR, DESIGNER, ELSEWHERE, READER, arrive, fresh

FORK = "/editions/my-coop/001/fork"


def local(edition: Edition):  # type: ignore[no-untyped-def]
    head = fresh(edition).head
    assert head is not None
    return contents.state(head).local


def test_grafting_asks_for_the_country_then_the_part_the_languages_and_why(app: Flask) -> None:
    make.load()
    browser = arrive(app, ADMINISTRATOR)
    first = browser.get(FORK).text
    assert '<option value="PE">' in first
    second = browser.get(f"{FORK}?country=PE&lang=es").text
    assert '<option value="PE-SAM">San Martín</option>' in second
    data = {"region": "PE-SAM", "country": "PE", "languages": ["es"], "why": "Lo pidió la cooperativa"}
    answer = browser.post(FORK, data=data)
    assert (answer.status_code, answer.location) == (303, "/editions/my-coop/PE-SAM/")
    made = editions.find("my-coop", "PE-SAM")
    assert made is not None
    assert made.languages == ["es"]
    assert made.head is not None
    assert made.head.act.why == "Lo pidió la cooperativa"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"why": ""}, "why"),
        ({"region": "QQ"}, "region"),
        ({"region": "PE"}, "region"),
        ({"languages": ["quy"]}, "languages"),
    ],
)
def test_a_graft_at_fault_is_refused_beside_the_field(app: Flask, changed: dict[str, object], field: str) -> None:
    make.fork(make.load(), "PE")
    data = {"region": "BO", "country": "BO", "languages": ["es"], "why": "Porque hace falta", **changed}
    answer = arrive(app, ADMINISTRATOR).post(FORK, data=data)
    assert answer.status_code in (409, 422)
    assert f'id="{field}-fault"' in answer.text
    assert editions.find("my-coop", "BO") is None


def test_people_are_offered_only_the_regions_that_are_theirs(app: Flask) -> None:
    make.fork(make.load(), "PE")
    page = arrive(app, ELSEWHERE).get(FORK).text
    assert '<option value="BO">' in page
    assert "BO-" in page
    assert "PE-" not in page
    peru = arrive(app, DESIGNER).get(FORK).text
    assert '<option value="PE">' not in peru
    assert '<option value="PE-SAM">' in peru
    refused = arrive(app, ELSEWHERE).post(FORK, data={"region": "EC", "languages": ["es"], "why": "x"})
    assert refused.status_code == 403
    assert arrive(app, READER).post(FORK, data={}).status_code == 403


def test_an_edition_without_a_release_says_why_it_cannot_be_grafted(app: Flask) -> None:
    make.fork(make.load(), "PE")
    answer = arrive(app, DESIGNER).get("/editions/my-coop/PE/fork")
    assert answer.status_code == 200
    assert "<select" not in answer.text


def test_a_module_of_another_original_is_taken_in_and_let_go(app: Flask, root: Actor) -> None:
    peru = make.fork(make.load(), "PE")
    make.load(make.original("fact", units=[make.unit("fact-1-1", {"en": make.EN, "es": make.ES})]))
    browser, address = arrive(app, DESIGNER), "/editions/my-coop/PE/modules"
    page = browser.get(address).text
    release = re.search(r'name="release" value="(\d+)"><input type="hidden" name="module" value="fact-1"', page)
    assert release is not None
    data = {"release": release[1], "module": "fact-1", "why": "Para las dirigentas"}
    assert browser.post(address, data=data).status_code == 303
    assert set(local(peru).bases) == {"my-coop-1", "fact-1"}
    assert browser.post(address, data=data).status_code == 409
    assert browser.post(f"{address}/fact-1/remove", data={"why": ""}).status_code == 422
    assert browser.post(f"{address}/fact-1/remove", data={"why": "Ya no"}).status_code == 303
    assert set(local(peru).bases) == {"my-coop-1"}


def test_a_module_that_one_may_not_read_is_neither_offered_nor_taken(app: Flask) -> None:
    make.fork(make.load(), "PE")
    secret = make.load(
        make.original("fact", public=False, units=[make.unit("fact-1-1", {"en": make.EN, "es": make.ES})])
    )
    browser, address = arrive(app, DESIGNER), "/editions/my-coop/PE/modules"
    assert "fact-1" not in browser.get(address).text
    release = make.newest(secret).id
    assert browser.post(address, data={"release": release, "module": "fact-1", "why": "x"}).status_code == 404
    assert browser.post(address, data={"release": "9" * 30, "module": "fact-1"}).status_code == 404


def test_a_variable_gets_its_own_value_and_the_inherited_one_back(app: Flask) -> None:
    peru = make.fork(make.load(), "PE")
    browser, address = arrive(app, DESIGNER), "/editions/my-coop/PE/variables/buyer"
    assert "Nadie" not in browser.get("/editions/my-coop/PE/variables").text
    answer = browser.post(address, data={"value-es": "acopiador", "value-en": "trader", "why": "Así se dice"})
    assert answer.location == "/editions/my-coop/PE/variables#v-buyer"
    assert local(peru).values("es")["buyer"] == "acopiador"
    assert "acopiador" in browser.get("/editions/my-coop/PE/units/my-coop-1-1?in=es").text
    assert "our own" in browser.get("/editions/my-coop/PE/variables").text
    browser.post(address, data={"do": "inherit", "why": "Era igual"})
    assert local(peru).values("es")["buyer"] == "intermediario"
    assert "our own" not in browser.get("/editions/my-coop/PE/variables").text


def test_a_new_variable_is_named_well_and_not_twice(app: Flask) -> None:
    peru = make.fork(make.load(), "PE")
    browser, address = arrive(app, DESIGNER), "/editions/my-coop/PE/variables"
    for name, value in (("Precio", "5"), ("buyer", "5"), ("price", " ")):
        answer = browser.post(address, data={"name": name, "value": value})
        assert answer.status_code in (409, 422), name
        assert f'value="{name}"' in answer.text
    assert browser.post(address, data={"name": "price", "value": "5 soles"}).status_code == 303
    assert local(peru).values("es")["price"] == "5 soles"


def test_a_variable_that_texts_use_is_not_emptied(app: Flask) -> None:
    original = make.load()
    browser, address = arrive(app, ADMINISTRATOR), "/editions/my-coop/001/variables/buyer"
    page = browser.get(address).text
    assert "/blocks/" in page or "#b-" in page
    answer = browser.post(address, data={"value-es": "", "value-en": ""})
    assert answer.status_code == 409
    assert local(original).values("es")["buyer"] == "intermediario"


def test_a_value_that_looks_like_markup_is_shown_as_it_was_typed(app: Flask) -> None:
    make.fork(make.load(), "PE")
    browser = arrive(app, DESIGNER)
    browser.post("/editions/my-coop/PE/variables/buyer", data={"value-es": "<img src=x onerror=alert(1)>"})
    for address in ("/editions/my-coop/PE/units/my-coop-1-1?in=es", "/editions/my-coop/PE/variables"):
        assert "<img src=x" not in browser.get(address).text


def test_kinds_of_blocks_keep_their_places_when_only_one_language_is_taught(app: Flask, root: Actor) -> None:
    from app.adaptation import actions

    made = actions.fork(root, make.newest(make.load()), "BO", languages=["es"], why="Solo español")
    page = arrive(app, ADMINISTRATOR).get("/editions/my-coop/BO/units/my-coop-1-1").text
    assert "Por qué tenemos una cooperativa" in page
    assert made.head is not None
    assert {block.kind for _, _, block in contents.state(made.head).content.blocks()} >= {Kind.CASE, Kind.QUESTION}
