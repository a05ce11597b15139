"""Two people at the same moment: nobody's text is lost, nothing is done twice, and nobody meets a mistake of ours."""

from __future__ import annotations

import io
import re
import threading
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.adaptation import actions as adaptation
from app.adaptation import rules
from app.adaptation.models import Draft
from app.core.content import Kind
from app.curriculum import actions as curriculum
from app.curriculum.models import Edition, Release
from app.curriculum.queries import contents, editions
from app.discussion.models import Comment
from app.infra.db import db
from app.people.permissions import COMMAND_LINE, Role, parse_scope
from app.study.checklist import ITEMS
from app.translation.models import GlossaryTerm
from app.validation.models import Adjustment, Attendance, PilotSession
from app.web.once import SentForm
from tests import factories

from . import village
from .work import worked

AT = "/editions/my-coop/PE"
Browsers = tuple[FlaskClient, FlaskClient]


@pytest.fixture
def two(committed_app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Browsers]:
    """Two designers of Peru, each in a browser, with a correction of the original waiting."""
    monkeypatch.setitem(committed_app.config, "WTF_CSRF_ENABLED", False)
    with committed_app.app_context():
        world = factories.load()
        peru = village.adapted(world, "PE", "Pagamos 28 soles por quintal.")
        curriculum.release(COMMAND_LINE, peru, "Primera")
        new = factories.ES.replace("25 soles", "30 soles").replace("el lunes", "el jueves")
        unit = factories.unit("my-coop-1-1", {"en": factories.EN, "es": new})
        curriculum.load(COMMAND_LINE, factories.original(version="1.0.1", units=[unit]))
        for name in ("ana", "beto"):
            factories.account(name, Role.DESIGNER, parse_scope("*"))
    browsers = []
    for name in ("ana", "beto"):
        client = committed_app.test_client()
        client.post("/sign-in", data={"username": name, "password": factories.PASSWORD})
        browsers.append(client)
    yield browsers[0], browsers[1]
    with committed_app.app_context():
        db.session.remove()


def at_once(*deeds: Callable[[], int]) -> list[int]:
    """Do all of these at the same moment; return their answers' status."""
    gate = threading.Barrier(len(deeds))
    found = [0] * len(deeds)

    def run(place: int) -> None:
        gate.wait()
        found[place] = deeds[place]()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(deeds))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def post(client: FlaskClient, path: str, **data: str | list[str]) -> Callable[[], int]:
    return lambda: client.post(f"{AT}{path}", data=data).status_code


def peru() -> Edition:
    """The edition as it is now."""
    db.session.rollback()  # ends the moment that this test had been looking at
    found = editions.find("my-coop", "PE")
    assert found is not None
    return found


def words() -> str:
    content = contents.state(editions.head_of(peru())).content
    return "\n\n".join(t for t in contents.texts_of([b for _, _, b in content.blocks()], "es") if t)


def test_two_edits_of_one_paragraph_lose_neither(committed_app: Flask, two: Browsers) -> None:
    with committed_app.app_context():
        uid = village.uid_of(peru(), Kind.LIST)
        place = contents.state(editions.head_of(peru())).content.find(uid)
        assert place is not None
        seen = place[1].blocks[place[2]].texts["es"]
        path = f"/blocks/{uid}/edit?in=es"
        answers = at_once(
            post(two[0], path, text="- de Ana", why="Ana", seen=seen),
            post(two[1], path, text="- de Beto", why="Beto", seen=seen),
        )
        assert sorted(answers) == [303, 409]
        assert ("- de Ana" in words()) is (answers[0] == 303)
        assert ("- de Beto" in words()) is (answers[1] == 303)


def test_two_edits_of_one_unit_lose_neither(committed_app: Flask, two: Browsers) -> None:
    with committed_app.app_context():
        before, basis = words(), str(peru().head_id)
        path = "/units/my-coop-1-1/edit?in=es"
        answers = at_once(
            post(two[0], path, text=before + "\n\nDe Ana.", why="Ana", basis=basis),
            post(two[1], path, text=before + "\n\nDe Beto.", why="Beto", basis=basis),
        )
        assert sorted(answers) == [303, 409]
        everything = words() + "\n".join(db.session.scalars(select(Draft.body)))
        assert "De Ana." in everything
        assert "De Beto." in everything


def test_a_form_that_is_sent_again_from_the_same_page_is_done_once(committed_app: Flask, two: Browsers) -> None:
    with committed_app.app_context():
        uid = village.uid_of(peru(), Kind.LIST)
        path, page = f"/blocks/{uid}/comments", two[0].get(f"{AT}/blocks/{uid}/comments").text
        found = re.search(r'name="once" value="(\w+)"', page)
        assert found is not None

        def sent(client: FlaskClient, text: str) -> Callable[[], int]:
            return post(client, path, text=text, once=found[1])

        def said() -> int:
            db.session.rollback()
            return db.session.scalar(select(func.count()).select_from(Comment)) or 0

        assert at_once(*[sent(two[0], "Uno")] * 3) == [303] * 3
        assert (sent(two[0], "Uno")(), said()) == (303, 1), "neither later does the button that leads back"
        assert (sent(two[0], "Dos")(), said()) == (303, 2), "other words are another deed"
        assert (sent(two[1], "Uno")(), said()) == (303, 3), "another person is another deed"
        assert [sent(two[0], "")() for _ in range(2)] == [422, 422], "what was refused is asked again"
        assert db.session.scalars(select(SentForm).where(SentForm.location.is_(None))).all() == []


def test_two_people_who_do_the_same_at_once_do_it_once(committed_app: Flask, two: Browsers) -> None:
    word = {"concept": "x", "term": "y", "language": "es", "region": "PE", "curriculum": "my-coop"}

    def add(client: FlaskClient) -> Callable[[], int]:
        return lambda: client.post("/translate/glossary", data=word).status_code

    assert sorted(at_once(*map(add, two))) == [303, 409]


def _paste(client: FlaskClient, address: str) -> int:
    return client.post(address, data={"text": "Rosa; mujer; 30\nLuz; mujer; 31", "do": "keep"}).status_code


def test_a_list_that_two_people_paste_at_once_is_kept_once(committed_app: Flask, two: Browsers) -> None:
    with committed_app.app_context():
        parts = worked(village.place(peru()))
        db.session.commit()
        for path in (f"{ROOM}/people", f"{PILOT}/learners"):
            address = path.format(**parts)
            pasted = [partial(_paste, client, address) for client in two]
            assert sorted(at_once(*pasted)) in ([303, 409], [303, 422])
            assert two[0].get(address).text.count("Rosa") == 1


def test_a_file_that_came_back_is_brought_in_once(committed_app: Flask, two: Browsers) -> None:
    word = b"concept,language,region,term,status,note,definition\nx,es,PE,equis,preferred,,\n"
    sent = two[0].post(f"{AT}/exchange", data={"file": (io.BytesIO(word), "palabras.csv")})
    assert sent.status_code == 303
    assert sorted(at_once(*[lambda: two[0].post(sent.location, data={}).status_code] * 3)) == [303, 409, 409]
    with committed_app.app_context():
        assert db.session.scalar(select(func.count()).select_from(GlossaryTerm)) == 1


def test_edits_of_different_paragraphs_both_stand(committed_app: Flask, two: Browsers) -> None:
    with committed_app.app_context():
        first, second = (village.uid_of(peru(), kind) for kind in (Kind.LIST, Kind.PARAGRAPH))
        answers = at_once(
            post(two[0], f"/blocks/{first}/edit?in=es", text="- de Ana", why="Ana"),
            post(two[1], f"/blocks/{second}/edit?in=es", text="De Beto.", why="Beto"),
        )
        assert answers == [303, 303]
        assert "- de Ana" in words()
        assert "De Beto." in words()


def test_one_person_s_draft_kept_in_two_windows_is_one_draft(committed_app: Flask, two: Browsers) -> None:
    path = "/units/my-coop-1-1/edit?in=es"
    answers = at_once(*(post(two[0], path, text=f"Borrador {n}.", do="draft") for n in range(3)))
    assert answers == [303] * 3
    with committed_app.app_context():
        assert len(db.session.scalars(select(Draft.body)).all()) == 1


def test_two_new_variables_of_one_name_and_two_names(committed_app: Flask, two: Browsers) -> None:
    answers = at_once(
        post(two[0], "/variables", name="sack", value="saco", why="Ana"),
        post(two[1], "/variables", name="scale", value="balanza", why="Beto"),
    )
    assert answers == [303, 303]
    with committed_app.app_context():
        assert {"sack", "scale"} <= set(contents.state(editions.head_of(peru())).local.variables)
    same = at_once(
        post(two[0], "/variables", name="land", value="de-ana", why="Ana"),
        post(two[1], "/variables", name="land", value="de-beto", why="Beto"),
    )
    assert sorted(same) in ([303, 409], [303, 422])


def test_a_value_saved_on_top_of_one_that_was_not_seen_is_asked_about(committed_app: Flask, two: Browsers) -> None:
    with committed_app.app_context():
        local = contents.state(editions.head_of(peru())).local
        seen = rules.mark_of(local.resolved["buyer"].values)
        answers = at_once(
            *(post(c, "/variables/buyer", **{"value-es": f"v{n}", "why": "w", "seen": seen}) for n, c in enumerate(two))
        )
        assert sorted(answers)[0] == 303
        assert sorted(answers)[1] in (409, 422)
        lost = answers.index(303)
        assert contents.state(editions.head_of(peru())).local.values("es")["buyer"] == f"v{lost}"
        page = two[1 - lost].post(f"{AT}/variables/buyer", data={"value-es": "otra", "why": "w", "seen": seen}).text
        assert "otra" in page
        assert f"v{lost}" in page


def test_two_releases_at_once_are_one(committed_app: Flask, two: Browsers) -> None:
    with committed_app.app_context():
        uid = village.uid_of(peru(), Kind.LIST)
        assert post(two[0], f"/blocks/{uid}/edit?in=es", text="- de Ana", why="Ana")() == 303
        head = str(peru().head_id)
        answers = at_once(*(post(client, "/release", why="Segunda", head=head) for client in two))
        assert answers == [303, 303]
        count = db.session.scalar(select(func.count()).select_from(Release).where(Release.edition_id == peru().id))
        assert count == 2


def test_a_release_holds_what_was_looked_at_even_when_somebody_saves_meanwhile(
    committed_app: Flask, two: Browsers
) -> None:
    with committed_app.app_context():
        uid = village.uid_of(peru(), Kind.LIST)
        post(two[0], f"/blocks/{uid}/edit?in=es", text="- de Ana", why="Ana")()
        head = peru().head_id
        answers = at_once(
            post(two[0], "/release", why="Segunda", head=str(head)),
            post(two[1], f"/blocks/{uid}/edit?in=es", text="- de Beto", why="Beto"),
        )
        assert answers[1] == 303
        assert answers[0] in (303, 409)
        newest = factories.newest(peru())
        assert (newest.revision_id == head) is (answers[0] == 303)


def test_two_choices_and_two_syncs_at_once(committed_app: Flask, two: Browsers) -> None:
    with committed_app.app_context():
        place = village.place(peru())
        subject = place.parts["subject"]
        answers = at_once(
            post(two[0], f"/sync/{subject}", choice="theirs", why="Ana"),
            post(two[1], f"/sync/{subject}", choice="ours", why="Beto"),
        )
        assert answers == [303, 303]
        page = two[0].get(f"{AT}/sync/{subject}").text
        assert "Ana" in page
        assert "Beto" in page
        head, number = str(peru().head_id), editions.head_of(peru()).number
        done = at_once(*(post(client, "/sync/apply", why="Traído", head=head, safe="1") for client in two))
        assert done == [303, 303]
        assert editions.head_of(peru()).number == number + 1
        undone = at_once(*(post(client, f"/sync/done/{number + 1}/undo", why="No") for client in two))
        assert undone == [303, 303]
        assert editions.head_of(peru()).number == number + 2


def test_two_forks_for_one_region_are_one(committed_app: Flask, two: Browsers) -> None:
    answers = at_once(*(post(c, "/fork", region="BO", languages=["es"], why="Para Bolivia") for c in two))
    assert sorted(answers) == [303, 409]
    with committed_app.app_context():
        count = db.session.scalar(select(func.count()).select_from(Edition).where(Edition.region == "BO"))
        assert count == 1


FIELD = re.compile(r'<input[^>]* name="([^"]+)"[^>]* value="([^"]*)"')
LINE = re.compile(r'name="line" value="(\w+)"')
SEEN = re.compile(r'name="(seen|decided)" value="(\w[^"]*)"')
ROOM, PILOT = "/validation/my-coop/PE/workshops/{workshop}", "/validation/my-coop/PE/pilots/{pilot}"


OVERTAKEN: tuple[tuple[str, dict[str, str], str], ...] = (  # a form, what it sends, the field that two people fill
    (f"{AT}/study/checklist", {"item": ITEMS[0].key, "state": "done"}, "note"),
    ("/translate/glossary/{term}", {"concept": "x", "term": "y", "language": "es", "region": "PE"}, "definition"),
    (f"{ROOM}/edit", {"title": "x", "starts_on": "2026-11-20", "threshold": "70"}, "purpose"),
    (f"{ROOM}/people/1", {"name": "Ana", "role": "member"}, "organisation"),
    (f"{PILOT}/edit", {"title": "x", "starts_on": "2026-11-20"}, "notes"),
    (f"{PILOT}/observations/1", {"verdict": "declined"}, "why"),
    (f"{PILOT}/sittings", {}, "left-{sitting}"),
    (f"{PILOT}/scores/{{unit}}", {}, "pre-1-total"),
    ("/validation/my-coop/PE/adjustments", {"adjustment": "{adjustment}", "grade": "major"}, "why"),
    (f"{AT}/study/findings/{{row}}/edit", {"strength": "fair"}, "statement"),
    ("/editions/needs/{need}/edit", {"title": "x", "priority": "high", "region": "PE"}, "conclusion"),
    ("/validation/my-coop/PE/workshops/{workshop}/remarks/1", {"verdict": "declined"}, "why"),
    ("/validation/my-coop/PE/workshops/{workshop}/minutes", {}, "agreements"),
)


def test_a_form_that_somebody_else_overtook_is_asked_about_and_keeps_both_texts(app: Flask) -> None:
    found = village.editions_made()["my-coop/PE"]
    parts = {**found.parts, **worked(found)}
    adaptation.edit_block(COMMAND_LINE, peru(), parts["block"], "es", "Pagamos 31 soles.", why="para ajustar")
    parts["adjustment"] = db.session.scalars(select(Adjustment.id)).one()
    parts["sitting"] = db.session.scalars(select(PilotSession.id).where(PilotSession.pilot_id == parts["pilot"])).one()
    village.people("designer.pe", "admin.all")
    first, second = (village.browser(app, name) for name in ("designer.pe", "admin.all"))
    for path, values, name in OVERTAKEN:
        address, field = path.format(**parts), name.format(**parts)
        data = {name: value.format(**parts) for name, value in values.items()}
        seen = SEEN.search(first.get(address).text)
        assert seen is not None, address
        words = ("3/10", "2/10") if field.startswith("pre-") else ("De Ana", "De Beto")
        mine, theirs = ({**data, seen[1]: seen[2], field: one} for one in words)
        assert second.post(address, data=theirs).status_code == 303, address
        asked = first.post(address, data=mine)
        assert asked.status_code in (409, 422), address
        assert [word for word in words if word not in asked.text] == [], address
        again = SEEN.search(asked.text)
        assert again is not None
        assert first.post(address, data={**mine, again[1]: again[2]}).status_code == 303, address


def test_an_agenda_and_a_list_at_the_door_are_changed_by_two_without_losing_either(app: Flask) -> None:
    found = village.editions_made()["my-coop/PE"]
    parts = worked(found)
    village.people("designer.pe", "admin.all")
    first, second = (village.browser(app, name) for name in ("designer.pe", "admin.all"))
    room = ROOM.format(**parts)
    for name in ("Beta", "Carla"):
        assert first.post(f"{room}/people/new", data={"name": name, "role": "member"}).status_code == 303
    agenda = [client.get(f"{room}/agenda/edit").text for client in (first, second)]
    forms = [dict(FIELD.findall(page)) | {"line": LINE.findall(page)} for page in agenda]
    words = next(name for name in forms[0] if name.startswith("title-") and forms[0][name])
    assert second.post(f"{room}/agenda/edit", data={**forms[1], words: "De Beto"}).status_code == 303
    asked = first.post(f"{room}/agenda/edit", data={**forms[0], words: "De Ana"})
    assert (asked.status_code, "De Ana" in asked.text) == (409, True)
    again = {**dict(FIELD.findall(asked.text)), "line": LINE.findall(asked.text)}
    assert first.post(f"{room}/agenda/edit", data=again).status_code == 303

    door = [dict(FIELD.findall(client.get(f"{room}/attendance").text)) for client in (first, second)]
    shown = {name: value for name, value in door[0].items() if name.startswith(("was-", "day"))}
    there = [{**shown, **{f"p-{n}": shown[f"was-{n}"] for n in range(1, 4)}, f"p-{n}": "present"} for n in (2, 3)]
    assert [c.post(f"{room}/attendance", data=d).status_code for c, d in zip((first, second), there, strict=True)] == [
        303,
        303,
    ]
    assert len(db.session.scalars(select(Attendance)).all()) == 2


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("/blocks/{block}/edit?in=es", {"text": "Dos veces.", "why": "una"}),
        ("/blocks/{block}/insert?in=es", {"text": "Insertado.", "why": "una"}),
        ("/blocks/{block}/move?in=es", {"steps": "1", "why": "una"}),
        ("/blocks/{block}/remove?in=es", {"why": "una"}),
        ("/blocks/{block}/link", {"do": "freeze", "why": "una"}),
        ("/blocks/{block}/lock", {"lock": "fixed", "why": "una"}),
        ("/history/2/restore", {"why": "una"}),
        ("/units/{unit}/edit?in=es", {"text": "# Otra\n\nOtra.", "do": "draft"}),
        ("/units/{unit}/draft/drop?in=es", {}),
        ("/variables/{name}", {"value-es": "quien compra", "why": "una"}),
        ("/modules/{module}/remove", {"why": "una"}),
        ("/sync/{subject}", {"choice": "ours", "why": "una"}),
        ("/preview", {"text": "x"}),
        ("/exports", {"version": "1.0.0", "language": "es", "format": "html", "audience": "facilitator"}),
    ],
)
def test_every_form_may_be_sent_twice(app: Flask, path: str, data: dict[str, str]) -> None:
    places = village.editions_made()
    village.people("designer.pe")
    client = village.browser(app, "designer.pe")
    address = AT + path.format(**places["my-coop/PE"].parts)
    answers = [client.post(address, data=data).status_code for _ in range(2)]
    assert answers[0] in (200, 303), answers
    assert answers[1] < 500, answers
