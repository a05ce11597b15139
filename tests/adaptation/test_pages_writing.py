"""Writing units and blocks on the pages: what is saved, what is kept through errors, and two people at once."""

from __future__ import annotations

import html
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.adaptation import actions, queries
from app.core.content import Kind, LinkState, Lock
from app.core.merge import state
from app.curriculum.models import Edition, Revision
from app.curriculum.queries import contents, parents
from app.infra.db import db
from app.people import queries as people
from app.people.permissions import Actor
from tests import factories as make
from tests.curriculum.cast import ADMINISTRATOR, DESIGNER, ELSEWHERE, READER, REVIEWER, VISITOR, arrive, fresh

PERU = "/editions/my-coop/PE"
EDIT = f"{PERU}/units/my-coop-1-1/edit?in=es"


@pytest.fixture
def peru(app: Flask) -> Edition:
    return make.fork(make.load(), "PE")


@pytest.fixture
def designer(app: Flask, peru: Edition) -> FlaskClient:
    return arrive(app, DESIGNER)


def words(edition: Edition, language: str = "es") -> str:
    head = fresh(edition).head
    assert head is not None
    blocks = [block for _, _, block in contents.state(head).content.blocks()]
    return "\n\n".join(text for text in contents.texts_of(blocks, language) if text)


def head(edition: Edition) -> Revision:
    found = fresh(edition).head
    assert found is not None
    return found


def uid(edition: Edition, kind: Kind) -> str:
    return next(b.uid for _, _, b in contents.state(head(edition)).content.blocks() if b.kind is kind)


def standing(edition: Edition, block: str) -> LinkState:
    now = contents.state(head(edition))
    return state(block, parents.base_content(now.local), now.content, now.local.links.get(block))


def typed_in(page: str, name: str = "text") -> str:
    """What the page has in its first field of this name."""
    found = re.search(rf'<textarea[^>]* name="{name}"[^>]*>\n?(.*?)</textarea>', page, re.S)
    assert found is not None
    return html.unescape(found[1])


def test_a_unit_is_offered_saved_with_its_reason_and_can_be_taken_back(designer: FlaskClient, peru: Edition) -> None:
    page = designer.get(EDIT).text
    text = typed_in(page)
    assert text == words(peru)
    changed = text.replace("25 soles", "28 soles").replace("\n", "\r\n")
    answer = designer.post(EDIT, data={"text": changed, "why": "Precio de la campaña", "basis": head(peru).id})
    assert (answer.status_code, answer.location) == (303, f"{PERU}/units/my-coop-1-1?in=es")
    assert "28 soles" in words(peru)
    assert head(peru).act.why == "Precio de la campaña"
    assert head(peru).act.account_id is not None
    back = re.search(r'href="([^"]+/history/\d+)"', designer.get(answer.location).text)
    assert back is not None
    assert designer.get(back[1]).status_code == 200
    designer.post(f"{PERU}/history/1/restore", data={"why": "No era cierto"})
    assert "25 soles" in words(peru)


def test_a_reason_is_asked_for_and_what_was_typed_stays(designer: FlaskClient, peru: Edition) -> None:
    text = words(peru).replace("25 soles", "28 soles")
    answer = designer.post(EDIT, data={"text": text, "why": " ", "basis": head(peru).id})
    assert answer.status_code == 422
    assert typed_in(answer.text) == text
    assert 'id="why-fault"' in answer.text
    assert "25 soles" in words(peru)


@pytest.mark.parametrize(
    "typed",
    [
        "Sin título",
        "",
        "# T\n\nCuesta 5 {{moneda}}.",
        "# T\n\n" + "> " * 60 + "x",
        "# T\n\n" + "[" * 100,
    ],
)
def test_a_text_at_fault_is_refused_beside_the_field_and_kept(designer: FlaskClient, peru: Edition, typed: str) -> None:
    answer = designer.post(EDIT, data={"text": typed, "why": "x", "basis": head(peru).id})
    assert answer.status_code == 422
    assert 'id="text-fault"' in answer.text
    assert typed_in(answer.text) == typed
    assert head(peru).number == 1


def test_a_fixed_block_cannot_be_changed_in_the_unit_s_text(designer: FlaskClient, peru: Edition) -> None:
    text = words(peru).replace("[x] La membresía", "[x] Nadie")
    answer = designer.post(EDIT, data={"text": text, "why": "x", "basis": head(peru).id})
    assert answer.status_code == 409
    assert "is fixed by the original" in answer.text


def test_the_preview_is_safe_has_the_values_and_writes_nothing(designer: FlaskClient, peru: Edition) -> None:
    text = "# T\n\n<script>alert(1)</script> [x](javascript:alert(1)) {{buyer}}\n\n![m](media/a.svg)"
    answer = designer.post(f"{PERU}/preview?in=es", data={"text": text})
    assert answer.status_code == 200
    assert "<script" not in answer.text
    assert "javascript:" not in answer.text.replace("(javascript:", "")
    assert "intermediario" in answer.text
    assert f'src="{PERU}/units/media/a.svg"' in answer.text
    assert head(peru).number == 1
    page = designer.post(EDIT, data={"text": text, "do": "preview", "basis": head(peru).id})
    assert page.status_code == 200
    assert typed_in(page.text) == text
    assert head(peru).number == 1


def test_a_draft_is_kept_offered_again_and_only_its_writer_sees_it(
    app: Flask, designer: FlaskClient, peru: Edition
) -> None:
    text = words(peru) + "\n\nA medio escribir."
    answer = designer.post(EDIT, data={"text": text, "why": "luego", "do": "draft", "basis": head(peru).id})
    assert answer.status_code == 303
    assert typed_in(designer.get(answer.location).text) == text
    page = designer.get(EDIT).text
    assert "A medio escribir." not in typed_in(page)
    assert "draft=1" in page
    assert "draft=1" in designer.get(f"{PERU}/").text
    assert "draft=1" not in arrive(app, ADMINISTRATOR).get(f"{PERU}/").text
    assert head(peru).number == 1
    designer.post(f"{PERU}/units/my-coop-1-1/draft/drop?in=es")
    assert "draft=1" not in designer.get(EDIT).text


def test_saving_ends_the_draft(designer: FlaskClient, peru: Edition) -> None:
    text = words(peru) + "\n\nUn párrafo más."
    designer.post(EDIT, data={"text": text, "do": "draft", "basis": head(peru).id})
    designer.post(EDIT, data={"text": text, "why": "Hace falta", "basis": head(peru).id})
    assert "draft=1" not in designer.get(EDIT).text


def test_a_stale_form_shows_what_changed_and_offers_both_together(
    designer: FlaskClient, peru: Edition, root: Actor
) -> None:
    before, basis = words(peru), head(peru).id
    actions.edit_unit(root, peru, "my-coop-1-1", "es", before.replace("25 soles", "30 soles"), why="Dato nuevo")
    mine = before.replace("Traiga los sacos el lunes", "Traiga los sacos el martes")
    answer = designer.post(EDIT, data={"text": mine, "why": "Otro día", "basis": basis})
    assert answer.status_code == 409
    assert re.search(r"<ins[^>]*>.*?30", answer.text)
    merged = typed_in(answer.text)
    assert "30 soles" in merged
    assert "martes" in merged
    assert mine in html.unescape(answer.text)
    account = people.account_by_username(DESIGNER)
    assert account is not None
    assert queries.draft(people.actor_of(account), peru, "my-coop-1-1", "es") is not None
    newest = re.search(r'name="basis" value="(\d+)"', answer.text)
    assert newest is not None
    saved = designer.post(EDIT, data={"text": merged, "why": "Otro día", "basis": newest[1]})
    assert saved.status_code == 303
    assert "30 soles" in words(peru)
    assert "martes" in words(peru)


def test_when_both_changed_the_same_words_nothing_is_lost(designer: FlaskClient, peru: Edition, root: Actor) -> None:
    before, basis = words(peru), head(peru).id
    actions.edit_unit(root, peru, "my-coop-1-1", "es", before.replace("25 soles", "30 soles"), why="Dato nuevo")
    mine = before.replace("25 soles", "28 soles")
    answer = designer.post(EDIT, data={"text": mine, "why": "Mío", "basis": basis})
    assert answer.status_code == 409
    assert mine in html.unescape(answer.text)
    assert "30 soles" in words(peru)


def test_saving_twice_is_saved_once(designer: FlaskClient, peru: Edition) -> None:
    data = {"text": words(peru) + "\n\nOtro.", "why": "x", "basis": head(peru).id}
    assert designer.post(EDIT, data=data).status_code == 303
    number = head(peru).number
    assert designer.post(EDIT, data=data).status_code in (303, 409)
    assert head(peru).number == number
    assert words(peru).count("Otro.") == 1


def test_a_block_is_changed_from_the_page_and_one_comes_back_to_it(designer: FlaskClient, peru: Edition) -> None:
    block = uid(peru, Kind.PARAGRAPH)
    address = f"{PERU}/blocks/{block}/edit?in=es"
    page = designer.get(address).text
    seen = re.search(r'name="seen" value="([0-9a-f]{64})"', page)
    assert seen is not None
    data = {"text": "Pagamos 28 soles por saco.", "why": "Precio", "seen": seen[1]}
    answer = designer.post(address, data=data)
    assert answer.location == f"{PERU}/units/my-coop-1-1?in=es#b-{block}"
    assert "Pagamos 28 soles por saco." in words(peru)
    assert standing(peru, block) is LinkState.ADAPTED
    stale = designer.post(address, data={**data, "text": "Pagamos 29 soles por saco."})
    assert stale.status_code == 409
    assert "Pagamos 28 soles por saco." in words(peru)
    assert "29" in stale.text


def test_a_block_is_inserted_moved_and_taken_out(designer: FlaskClient, peru: Edition) -> None:
    paragraph, listed = uid(peru, Kind.PARAGRAPH), uid(peru, Kind.LIST)
    answer = designer.post(f"{PERU}/blocks/{paragraph}/insert?in=es", data={"text": "Algo nuestro.", "why": "Falta"})
    new = answer.location.partition("#b-")[2]
    assert standing(peru, new) is LinkState.LOCAL
    assert "Algo nuestro." in words(peru)
    designer.post(f"{PERU}/blocks/{new}/move?in=es", data={"steps": "1", "why": "Aquí se entiende mejor"})
    assert words(peru).index("Pésenlos") < words(peru).index("Algo nuestro.")
    assert designer.post(f"{PERU}/blocks/{listed}/remove?in=es", data={}).status_code == 422
    designer.post(f"{PERU}/blocks/{listed}/remove?in=es", data={"why": "Aquí no se pesa"})
    assert "Pésenlos" not in words(peru)
    assert standing(peru, listed) is LinkState.DROPPED
    assert designer.post(f"{PERU}/blocks/{new}/insert?in=es", data={"text": " ", "why": "x"}).status_code == 422


def test_the_title_stays_first_and_a_fixed_block_stays(designer: FlaskClient, peru: Edition) -> None:
    title, question = uid(peru, Kind.HEADING), uid(peru, Kind.QUESTION)
    for block in (title, question):
        answer = designer.post(f"{PERU}/blocks/{block}/remove?in=es", data={"why": "x"})
        assert answer.status_code in (409, 422)
        assert 'id="why-fault"' in answer.text
    page = designer.get(f"{PERU}/blocks/{question}/edit?in=es").text
    assert 'name="text"' not in page
    assert head(peru).number == 1


def test_standing_to_the_original_is_changed_with_a_reason(designer: FlaskClient, peru: Edition) -> None:
    paragraph, case = uid(peru, Kind.PARAGRAPH), uid(peru, Kind.CASE)
    link = f"{PERU}/blocks/{paragraph}/link?in=es"
    designer.post(f"{PERU}/blocks/{paragraph}/edit?in=es", data={"text": "Otra cosa.", "why": "x"})
    designer.post(link, data={"do": "freeze", "why": ""})
    assert standing(peru, paragraph) is LinkState.ADAPTED
    for deed, after in (("freeze", LinkState.FROZEN), ("thaw", LinkState.ADAPTED), ("follow", LinkState.FOLLOW)):
        assert designer.post(link, data={"do": deed, "why": "Porque sí"}).status_code == 303
        assert standing(peru, paragraph) is after
    designer.post(f"{PERU}/blocks/{case}/link?in=es", data={"do": "confirm", "why": "Pasa igual aquí"})
    assert contents.state(head(peru)).local.links[case].confirmed
    assert designer.post(link, data={"do": "burn"}).status_code == 400
    answer = designer.post(link, data={"do": "confirm", "why": "x"}, follow_redirects=True)
    assert "can be confirmed as they are" in answer.text


def test_a_lock_says_what_editions_below_may_do(designer: FlaskClient, peru: Edition) -> None:
    paragraph = uid(peru, Kind.PARAGRAPH)
    designer.post(f"{PERU}/blocks/{paragraph}/lock", data={"lock": "must_adapt"})
    found = contents.state(head(peru)).content.find(paragraph)
    assert found is not None
    assert found[1].blocks[found[2]].lock is Lock.MUST_ADAPT
    assert designer.post(f"{PERU}/blocks/{paragraph}/lock", data={"lock": "open"}).status_code == 400


def test_going_back_asks_why(designer: FlaskClient, peru: Edition) -> None:
    block = uid(peru, Kind.PARAGRAPH)
    designer.post(f"{PERU}/blocks/{block}/edit?in=es", data={"text": "Otra cosa.", "why": "x"})
    answer = designer.post(f"{PERU}/history/1/restore", data={"why": ""})
    assert answer.location == f"{PERU}/history/1#restore"
    assert "Otra cosa." in words(peru)
    assert designer.post(f"{PERU}/history/99/restore", data={"why": "x"}).status_code == 404


WRITES = [
    ("units/my-coop-1-1/edit?in=es", {"text": "# T\n\nX", "why": "x"}),
    ("units/my-coop-1-1/draft/drop", {}),
    ("preview", {"text": "x"}),
    ("blocks/{block}/edit?in=es", {"text": "X", "why": "x"}),
    ("blocks/{block}/insert?in=es", {"text": "X", "why": "x"}),
    ("blocks/{block}/move", {"steps": "1"}),
    ("blocks/{block}/remove", {"why": "x"}),
    ("blocks/{block}/link", {"do": "freeze", "why": "x"}),
    ("blocks/{block}/lock", {"lock": "fixed"}),
    ("history/1/restore", {"why": "x"}),
    ("variables", {"name": "x", "value": "x"}),
    ("variables/buyer", {"value-es": "x"}),
    ("modules", {"module": "x", "release": "1"}),
    ("modules/my-coop-1/remove", {"why": "x"}),
]


@pytest.mark.parametrize("name", [VISITOR, READER, REVIEWER, ELSEWHERE])
def test_nobody_else_writes_anything(app: Flask, peru: Edition, name: str) -> None:
    browser, block = arrive(app, name), uid(peru, Kind.PARAGRAPH)
    number = head(peru).number
    for address, data in WRITES:
        status = browser.post(f"{PERU}/{address.format(block=block)}", data=data).status_code
        assert status == 302 if name == VISITOR else status in (403, 404), address
    assert head(peru).number == number
    db.session.expire_all()


def test_every_unit_of_the_real_curriculum_can_be_saved_as_it_stands(app: Flask, root: Actor) -> None:
    from app.curriculum import actions as curriculum
    from app.curriculum import originals
    from tests.curriculum.test_reading_cost import CURRICULUM

    edition = curriculum.load(root, originals.read(CURRICULUM)).edition
    assert edition.head is not None
    number, browser = edition.head.number, arrive(app, ADMINISTRATOR)
    for _, unit in contents.state(edition.head).content.units():
        for language in edition.languages:
            address = f"/editions/my-coop/001/units/{unit.uid}/edit?in={language}"
            text = typed_in(browser.get(address).text)
            assert browser.post(address, data={"text": text, "basis": edition.head.id}).status_code == 303
    assert head(edition).number == number
