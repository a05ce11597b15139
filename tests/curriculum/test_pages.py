"""Pages of curricula: a story that works, a refusal and a row per role for each."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from app.adaptation import actions
from app.core.content import Kind
from app.curriculum import actions as curriculum
from app.curriculum.models import Edition
from app.curriculum.queries import contents
from app.people.permissions import Actor
from tests import factories as make
from tests.curriculum.cast import DESIGNER, ELSEWHERE, EVERYBODY, READER, REVIEWER, VISITOR, arrive

UNIT = "my-coop-1-1"
# what each role gets: visitor, reader, reviewer of Peru, designer of Peru, designer elsewhere, administrator
OPEN = (200, 200, 200, 200, 200, 200)
DRAFTS = (302, 403, 200, 200, 403, 200)
UNRELEASED = (404, 404, 200, 200, 404, 200)
WRITING = (302, 403, 403, 200, 403, 200)
GRAFTING = (302, 403, 403, 200, 200, 200)

PAGES = [
    ("/editions/", OPEN),
    ("/editions/?q=peru", OPEN),
    ("/editions/search?q=sacks", OPEN),
    ("/editions/my-coop/lineage", OPEN),
    ("/editions/my-coop/001/", OPEN),
    ("/editions/my-coop/001/?v=draft", (404, 404, 404, 404, 404, 200)),
    ("/editions/my-coop/001/units/my-coop-1-1", OPEN),
    ("/editions/my-coop/001/units/nothing", (404,) * 6),
    ("/editions/my-coop/001/compare", OPEN),
    ("/editions/my-coop/001/compare?from=1.0.0&to=draft", (404, 404, 404, 404, 404, 200)),
    ("/editions/my-coop/001/compare?from=r1&to=1.0.0", (404, 404, 404, 404, 404, 200)),
    ("/editions/my-coop/001/compare?from=9.9.9&to=1.0.0", (404,) * 6),
    ("/editions/my-coop/001/history", (302, 403, 403, 403, 403, 200)),
    ("/editions/my-coop/PE/", UNRELEASED),
    ("/editions/my-coop/PE/units/my-coop-1-1", UNRELEASED),
    ("/editions/my-coop/PE/compare", UNRELEASED),
    ("/editions/my-coop/PE/history", (302, 403, 200, 200, 404, 200)),
    ("/editions/my-coop/PE/history/1", (302, 403, 200, 200, 404, 200)),
    ("/editions/my-coop/PE/history/99", (302, 403, 404, 404, 404, 404)),
    ("/editions/my-coop/PE/blocks/{block}", (302, 403, 200, 200, 404, 200)),
    ("/editions/my-coop/PE/blocks/nothing", (302, 403, 404, 404, 404, 404)),
    ("/editions/my-coop/PE/variables", (302, 403, 200, 200, 404, 200)),
    ("/editions/my-coop/PE/variables/buyer", (302, 403, 200, 200, 404, 200)),
    ("/editions/my-coop/PE/variables/nothing", (302, 403, 404, 404, 404, 404)),
    ("/editions/my-coop/PE/modules", (302, 403, 200, 200, 404, 200)),
    ("/editions/my-coop/PE/units/my-coop-1-1/edit", (302, 403, 403, 200, 404, 200)),
    ("/editions/my-coop/PE/units/nothing/edit", (302, 403, 403, 404, 404, 404)),
    ("/editions/my-coop/PE/blocks/{block}/edit", (302, 403, 403, 200, 404, 200)),
    ("/editions/my-coop/PE/blocks/{block}/insert", (302, 403, 403, 200, 404, 200)),
    ("/editions/my-coop/PE/blocks/{block}/remove", (302, 403, 403, 200, 404, 200)),
    ("/editions/my-coop/001/fork", GRAFTING),
    ("/editions/my-coop/XX/", (404,) * 6),
    ("/editions/nothing/lineage", (404,) * 6),
]


def world() -> tuple[Edition, Edition]:
    """An original that anybody may read, and a fork of it for Peru that is not released and not public."""
    original = make.load()
    peru = make.fork(original, "PE")
    peru.public = False
    return original, peru


def uid(edition: Edition, kind: Kind) -> str:
    assert edition.head is not None
    return next(b.uid for _, _, b in contents.state(edition.head).content.blocks() if b.kind is kind)


def test_every_role_gets_the_pages_it_may_have_and_no_others(app: Flask) -> None:
    _, peru = world()
    block = uid(peru, Kind.PARAGRAPH)
    browsers = {name: arrive(app, name) for name in EVERYBODY}
    wrong = [
        (address, name, wanted, got)
        for address, row in PAGES
        for (name, browser), wanted in zip(browsers.items(), row, strict=True)
        if (got := browser.get(address.format(block=block)).status_code) != wanted
    ]
    assert not wrong


def test_the_list_shows_what_waits_to_those_who_can_do_something_about_it(app: Flask, root: Actor) -> None:
    world()
    corrected = make.unit(UNIT, {"en": make.EN, "es": make.ES.replace("25 soles", "30 soles")})
    curriculum.load(root, make.original(version="1.0.1", units=[corrected]))
    assert "changes of the original wait here" in arrive(app, DESIGNER).get("/editions/").text
    page = arrive(app, VISITOR).get("/editions/").text
    assert "wait here" not in page
    assert "Peru" not in page


def test_searching_the_list_finds_without_accents_and_says_when_nothing_is_there(app: Flask) -> None:
    world()
    browser = arrive(app, DESIGNER)
    assert "Perú" in browser.get("/editions/?q=PERU&lang=es").text
    assert "No edition is called that" in browser.get("/editions/?q=zzz&lang=en").text


def test_an_edition_shows_its_units_what_waits_and_what_the_release_lacks(app: Flask, root: Actor) -> None:
    _, peru = world()
    actions.edit_block(root, peru, uid(peru, Kind.PARAGRAPH), "es", "Pagamos 25 soles.", why="Más corto")
    corrected = make.unit(UNIT, {"en": make.EN, "es": make.ES.replace("25 soles", "30 soles")})
    curriculum.load(root, make.original(version="1.0.1", units=[corrected]))
    page = arrive(app, DESIGNER).get("/editions/my-coop/PE/").text
    assert "has something new" in page
    assert "90 minutes" in page
    assert "1 adapted" in page
    assert "thing is still missing" in page
    assert "CC-BY-SA-4.0" in page
    assert "Vivero curriculum team" in page
    seen_by_a_reviewer = arrive(app, REVIEWER).get("/editions/my-coop/PE/").text
    assert "thing is still missing" not in seen_by_a_reviewer
    assert "Look at the changes" not in seen_by_a_reviewer


def test_a_change_two_levels_up_is_told_and_nothing_of_it_can_be_taken_here(app: Flask, root: Actor) -> None:
    _, peru = world()
    actions.confirm(root, peru, uid(peru, Kind.CASE), why="También aquí")
    curriculum.release(root, peru, "Primera edición")
    make.fork(peru, "PE-SAM")
    corrected = make.unit(UNIT, {"en": make.EN, "es": make.ES.replace("25 soles", "30 soles")})
    curriculum.load(root, make.original(version="1.0.1", units=[corrected]))
    page = arrive(app, DESIGNER).get("/editions/my-coop/PE-SAM/").text
    assert "has released 1.0.1. Peru has not passed it on yet" in page
    assert "Look at the changes" not in page


def test_a_unit_is_read_in_the_language_asked_for_with_its_variables_and_facts(app: Flask) -> None:
    world()
    browser = arrive(app, VISITOR)
    english = browser.get("/editions/my-coop/001/units/my-coop-1-1?in=en").text
    spanish = browser.get("/editions/my-coop/001/units/my-coop-1-1?in=es").text
    assert "trader" in english
    assert "intermediario" in spanish
    assert '<article class="notebook reading" lang="es">' in spanish
    assert ">Objective 1</data>" in english


def test_participants_see_no_key_and_no_notes(app: Flask) -> None:
    world()
    browser = arrive(app, VISITOR)
    address = "/editions/my-coop/001/units/my-coop-1-1?in=en"
    assert "choice key" in browser.get(address).text
    assert "choice key" not in browser.get(f"{address}&for=participant").text


def test_only_those_who_may_write_are_offered_to(app: Flask) -> None:
    world()
    address = "/editions/my-coop/PE/units/my-coop-1-1"
    assert f"{address}/edit" in arrive(app, DESIGNER).get(address).text
    assert f"{address}/edit" not in arrive(app, REVIEWER).get(address).text


def test_an_older_version_says_that_there_is_a_newer_one(app: Flask, root: Actor) -> None:
    world()
    corrected = make.unit(UNIT, {"en": make.EN, "es": make.ES.replace("25 soles", "30 soles")})
    curriculum.load(root, make.original(version="1.0.1", units=[corrected]))
    page = arrive(app, VISITOR).get("/editions/my-coop/001/units/my-coop-1-1?v=1.0.0&in=es").text
    assert "25 soles" in page
    assert "Version 1.0.1 is out" in page


def test_history_says_who_did_what_and_why_and_each_act_shows_its_words(app: Flask, root: Actor) -> None:
    _, peru = world()
    revision = actions.edit_block(root, peru, uid(peru, Kind.PARAGRAPH), "es", "Pagamos 28 soles.", why="Otro precio")
    browser = arrive(app, REVIEWER)
    page = browser.get("/editions/my-coop/PE/history").text
    assert "Otro precio" in page
    assert "1 paragraph" in page
    change = browser.get(f"/editions/my-coop/PE/history/{revision.number}").text
    assert re.search(r"<del[^>]*>.*25.*</del>", change, re.S)
    assert re.search(r"<ins[^>]*>.*28.*</ins>", change, re.S)
    assert "Bring it back" not in change
    assert "Bring it back" in arrive(app, DESIGNER).get(f"/editions/my-coop/PE/history/{revision.number}").text


def test_history_goes_on_over_pages_in_as_many_queries_as_one(app: Flask, root: Actor) -> None:
    from tests.curriculum.cast import counted

    _, peru = world()
    browser, spent = arrive(app, REVIEWER), []
    for texts in (2, 24):
        for number in range(texts):
            actions.edit_block(root, peru, uid(peru, Kind.PARAGRAPH), "es", f"Pagamos {texts}{number}.", why="Precio")
        browser.get("/editions/my-coop/PE/history")
        with counted() as seen:
            page = browser.get("/editions/my-coop/PE/history").text
        spent.append(len(seen))
    assert "Page 1 of 2" in page
    assert "page=2" in page
    assert spent[1] <= spent[0]


def test_two_versions_compare_block_by_block(app: Flask, root: Actor) -> None:
    world()
    corrected = make.unit(UNIT, {"en": make.EN, "es": make.ES.replace("25 soles", "30 soles")})
    curriculum.load(root, make.original(version="1.0.1", units=[corrected]))
    browser = arrive(app, VISITOR)
    page = browser.get("/editions/my-coop/001/compare?from=1.0.0&to=1.0.1").text
    assert "1 paragraph differs." in page
    assert '<option value="1.0.0" selected>' in page
    assert "Nothing differs" in browser.get("/editions/my-coop/001/compare?from=1.0.1&to=1.0.1").text


def test_a_paragraph_tells_why_it_is_so(app: Flask, root: Actor) -> None:
    _, peru = world()
    paragraph = uid(peru, Kind.PARAGRAPH)
    actions.edit_block(root, peru, paragraph, "es", "Pagamos 28 soles por saco.", why="Precio de la campaña")
    corrected = make.unit(UNIT, {"en": make.EN, "es": make.ES.replace("25 soles", "30 soles")})
    curriculum.load(root, make.original(version="1.0.1", units=[corrected]))
    page = arrive(app, REVIEWER).get(f"/editions/my-coop/PE/blocks/{paragraph}?in=es").text
    assert page.count("Precio de la campaña") == 2
    assert "adapted" in page
    assert "What the original says since 1.0.1" in page
    assert "From the original's words to ours".replace("'", "&#39;") in page or "From the original's words" in page


def test_a_paragraph_that_was_taken_out_still_has_its_story(app: Flask, root: Actor) -> None:
    _, peru = world()
    listed = uid(peru, Kind.LIST)
    actions.remove_block(root, peru, listed, why="Aquí no hay balanza")
    page = arrive(app, REVIEWER).get(f"/editions/my-coop/PE/blocks/{listed}").text
    assert "It is not in this edition now" in page
    assert "Aquí no hay balanza" in page


def test_the_family_shows_versions_and_lag_and_hides_what_one_may_not_know(app: Flask, root: Actor) -> None:
    world()
    corrected = make.unit(UNIT, {"en": make.EN, "es": make.ES.replace("25 soles", "30 soles")})
    curriculum.load(root, make.original(version="1.0.1", units=[corrected]))
    seen = arrive(app, DESIGNER).get("/editions/my-coop/lineage").text
    assert "1 release behind" in seen
    assert "Peru" in seen
    hidden = arrive(app, ELSEWHERE).get("/editions/my-coop/lineage").text
    assert "Peru" not in hidden
    assert "1.0.1" in hidden


@pytest.mark.parametrize("name", [VISITOR, READER])
def test_addresses_with_odd_parameters_are_answered_and_never_fail(app: Flask, name: str) -> None:
    world()
    browser = arrive(app, name)
    odd = ("?page=-4", "?page=999999999999", "?page=x", "?in=%00x", "?in=qqq", "?v=1.0", "?v=1.0.0.0", "?v=٣.٠.٠")
    for path in ("/editions/", "/editions/my-coop/001/", "/editions/my-coop/001/units/my-coop-1-1", "/editions/search"):
        for query in odd:
            assert browser.get(path + query).status_code < 500, path + query


def test_the_original_is_listed_first_wherever_it_was_raised(app: Flask, root: Actor) -> None:
    honduran = make.fork(make.load(make.original("school", region="SV")), "HN")
    actions.confirm(root, honduran, uid(honduran, Kind.CASE), why="Pasa igual aquí")
    curriculum.release(root, honduran, "Primera edición")
    browser = app.test_client()
    for address in ("/", "/editions/"):
        page = browser.get(address).text
        assert page.index("/editions/school/SV/") < page.index("/editions/school/HN/"), address
