"""A manual made in Word by anyone goes in, is corrected on the screen, becomes a draft, and comes out again."""

from __future__ import annotations

import io
import re

import pytest
from docx import Document
from flask import Flask
from flask.testing import FlaskClient

from app.core.content import Kind
from app.curriculum import actions as curriculum
from app.curriculum.actions.load import MadeHere
from app.curriculum.models import Act, ActKind, Curriculum, Edition
from app.curriculum.queries import contents, editions
from app.infra.db import db
from app.interchange.exporting import Wish, make
from app.interchange.models import Import, ImportState
from app.people import queries as people
from app.people.permissions import COMMAND_LINE, Role, Scope
from tests import factories
from tests.curriculum.cast import counted

from .foreign_files import bold, drawing, par, table, text, word

NEW = "/editions/imports/new"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f64540"
    "0000000049454e44ae426082"
)
MANUAL = "".join(
    [
        bold("Finanzas de la cooperativa", 36),
        bold("La caja"),
        text("La caja se cuenta cada tarde entre dos personas, y lo que se cuenta se anota en el cuaderno de la caja."),
        par("- Contar las monedas"),
        par("- Anotar lo contado"),
        bold("Actividad 1: Contar juntas"),
        text("Formen parejas y cuenten las monedas de la mesa; después comparen lo que cada pareja ha contado hoy."),
        bold("El banco"),
        text("El banco guarda el dinero de la cooperativa y cobra por ello; el contrato dice cuánto y cuándo."),
        table((par("Mes"), par("Cobro")), (par("Enero"), par("12 soles"))),
        par(inner=drawing("rId7", "La libreta")),
        bold("Aviso importante"),
        text("Nadie firma sola un cheque de la cooperativa, tampoco quien preside el consejo de administración."),
    ]
)  # fmt: skip
PARTS = {"media/image1.png": PNG}
RELATIONS = {"rId7": ("image", "media/image1.png")}
NAMED = {
    "title": "Finanzas de la cooperativa",
    "slug": "finanzas",
    "region": "PE",
    "language": "es",
    "languages": ["qu"],
    "licence": "CC-BY-SA-4.0",
    "credits": "Comité de finanzas (demo)\nAna",
    "right": "Lo escribió nuestro comité en 2019.",
}


def come(app: Flask, username: str, role: Role = Role.DESIGNER, scope: Scope | None = None) -> FlaskClient:
    """A browser of somebody with this role, for Peru in every curriculum unless told otherwise."""
    account = people.account_by_username(username) or factories.account(username, role, scope or Scope(None, "PE"))
    browser = app.test_client()
    with browser.session_transaction() as session:
        session["_user_id"] = f"{account.id}:{account.stamp}"
        session["_fresh"] = True
    return browser


def manual(body: str = MANUAL) -> bytes:
    """A manual without a single style: bold lines for headings, hyphens for lists."""
    return word(body, RELATIONS, PARTS)


def send(browser: FlaskClient, data: bytes, name: str = "finanzas 2019.docx") -> str:
    """Send a manual; the address of its page."""
    answer = browser.post(NEW, data={"file": (io.BytesIO(data), name)}, content_type="multipart/form-data")
    assert answer.status_code == 303, re.sub(r"<[^>]+>", " ", answer.text)
    return str(answer.headers["Location"])


def row() -> Import:
    """The file that was sent last."""
    db.session.expire_all()
    return db.session.query(Import).order_by(Import.id.desc()).all()[0]


def index_of(page: str, words: str) -> str:
    """The number of the block with these words on the preview."""
    before = page[: page.index(f"<strong>{words}")]
    return str(re.findall(r'id="block-(\d+)"', before)[-1])


def test_a_manual_goes_in_is_corrected_on_the_screen_and_comes_out(app: Flask) -> None:
    ana = come(app, "ana")
    page = send(ana, manual())
    shown = ana.get(page).text
    assert row().state is ImportState.PREVIEWED
    for words in ("La caja se cuenta", "Contar las monedas", "An activity begins here", "A short bold paragraph"):
        assert words in shown
    wrong = index_of(shown, "Aviso importante")
    assert ana.post(page, data={f"guess-{wrong}": "paragraph"}).status_code == 303
    units = ana.get(f"{page}/units").text
    assert "El banco" in units
    assert ">Aviso importante</a>" not in units, "it is no heading any more"
    assert "La caja se cuenta" in ana.get(f"{page}/units?unit=0-0").text
    assert "Make it a draft" in ana.get(f"{page}/name").text
    answer = ana.post(f"{page}/name", data={**NAMED, "minutes-0-0": "90"})
    assert answer.headers["Location"] == "/editions/finanzas/PE/"
    edition = editions.find("finanzas", "PE")
    assert edition is not None
    assert (edition.parent_id, edition.public, edition.languages) == (None, False, ["es", "qu"])
    assert edition.credits == ["Comité de finanzas (demo)", "Ana"]
    assert editions.latest_release(edition) is None
    content = contents.state(editions.head_of(edition)).content
    assert [unit.minutes for _, unit in content.units()] == [90, 60]
    assert {Kind.ACTIVITY, Kind.TABLE, Kind.FIGURE, Kind.LIST} <= {block.kind for _, _, block in content.blocks()}
    act = db.session.query(Act).filter_by(edition_id=edition.id).one()
    assert (act.kind, act.why, act.stems_from) == (ActKind.IMPORT, NAMED["right"], "finanzas 2019.docx")
    unit = next(iter(content.units()))[1]
    assert "La caja se cuenta" in ana.get(f"/editions/finanzas/PE/units/{unit.uid}").text
    assert ana.get("/editions/finanzas/PE/units/media/picture1.png").data == PNG
    document = Document(io.BytesIO(make(COMMAND_LINE, Wish("finanzas", "PE", "draft", "es", "docx"))))
    styles = {paragraph.text: paragraph.style.name for paragraph in document.paragraphs if paragraph.style}
    assert styles["El banco"].startswith("Heading")
    assert "Aviso importante" in styles
    assert ana.get(page).text.count("Open the edition") == 1
    assert ana.post(f"{page}/name", data=NAMED).status_code == 409


def test_one_correction_can_be_said_of_all_that_look_alike(app: Flask) -> None:
    ana = come(app, "ana")
    page = send(ana, manual())
    one = index_of(ana.get(page).text, "El banco")
    ana.post(page, data={f"guess-{one}": "paragraph", f"like-{one}": "yes"})
    said = row().settings["corrections"]
    assert len(said) > 1
    assert set(said.values()) == {"paragraph"}
    assert "0 paragraphs" not in ana.get(f"{page}?show=unsure").text


def test_what_was_said_is_kept_and_nonsense_is_passed_over(app: Flask) -> None:
    ana = come(app, "ana")
    page = send(ana, manual())
    sent = {"guess-0": "case", "guess-1": "spaceship", "guess-99999": "list", "guess-x": "list", "guess-٣": "list"}
    assert ana.post(page, data=sent).status_code == 303
    assert row().settings["corrections"] == {"0": "case"}
    assert ana.post(f"{page}/units", data={"level": "7"}).status_code == 303
    assert ana.get(f"{page}/units?unit=99-99").status_code == 200
    assert ana.get(f"{page}?show=nothing&page=9999").status_code == 200


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("title", " ", "give the manual a title"),
        ("slug", "Mi Manual", "small letters, digits and hyphens"),
        ("slug", "imports", "small letters, digits and hyphens"),
        ("slug", "my-coop", "There is a curriculum called “my-coop” already"),
        ("region", "XX", "choose the place"),
        ("region", "", "choose the place"),
        ("language", "klingon", "choose the language"),
        ("languages", ["es", "??"], "choose the language"),
        ("licence", "", "under which licence"),
        ("credits", "", "name who wrote it"),
        ("right", "  ", "why you may use it"),
        ("right", "a" * 5_000, "longer than 2000 letters"),
        ("minutes-0-0", "0", "from 1 to 10000"),
        ("minutes-0-0", "9" * 400, "from 1 to 10000"),
    ],
)
def test_a_manual_says_what_it_is_and_by_what_right_or_is_not_made(
    app: Flask, field: str, value: object, sentence: str
) -> None:
    factories.load()
    ana = come(app, "ana")
    page = send(ana, manual())
    answer = ana.post(f"{page}/name", data={**NAMED, field: value})
    assert answer.status_code in (409, 422)
    assert sentence in answer.text
    assert field == "credits" or "Comité de finanzas (demo)" in answer.text, "what was typed is kept"
    assert db.session.query(Curriculum).count() == 1


def test_somebody_of_one_place_makes_no_manual_for_another(app: Flask) -> None:
    ana = come(app, "ana")
    page = send(ana, manual())
    for region in ("EC", "001"):
        assert ana.post(f"{page}/name", data={**NAMED, "region": region}).status_code == 403
    assert db.session.query(Edition).count() == 0
    assert ana.post(f"{page}/name", data={**NAMED, "region": "PE-SAM"}).status_code == 303


def test_who_has_a_role_in_one_curriculum_only_is_told_whom_to_ask(app: Flask) -> None:
    eva = come(app, "eva", scope=Scope("my-coop", "PE"))
    assert "Ask the people who administer the accounts" in eva.get(NEW).text
    page = send(eva, manual())
    assert eva.post(f"{page}/name", data=NAMED).status_code == 403


def test_nobody_sees_the_manual_that_somebody_else_sent(app: Flask) -> None:
    page = send(come(app, "ana"), manual())
    boss, reader = come(app, "boss", Role.ADMINISTRATOR, Scope()), come(app, "lector", Role.READER, Scope())
    for browser in (boss, reader, app.test_client()):
        for address in (page, f"{page}/units", f"{page}/name", f"{page}/pictures/picture1.png"):
            assert browser.get(address).status_code in (302, 403, 404), address
        for address in (page, f"{page}/units", f"{page}/name"):
            assert browser.post(address, data=NAMED).status_code in (302, 403, 404), address
    assert "finanzas 2019.docx" not in boss.get(NEW).text
    assert reader.get(NEW).status_code == 403
    assert row().state is ImportState.PREVIEWED
    assert row().settings == {}


def test_pictures_of_the_manual_are_shown_and_nothing_else_of_it(app: Flask) -> None:
    ana = come(app, "ana")
    page = send(ana, manual())
    assert f'src="{page}/pictures/picture1.png"' in ana.get(page).text
    answer = ana.get(f"{page}/pictures/picture1.png")
    assert answer.data == PNG
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    for name in ("picture2.png", "..%2Fdocument.xml", "document.xml"):
        assert ana.get(f"{page}/pictures/{name}").status_code == 404


def test_what_a_manual_says_is_words_and_never_markup_or_a_variable(app: Flask) -> None:
    nasty = "&lt;script&gt;alert(1)&lt;/script&gt; {{buyer}} [x](javascript:alert(1)) ![y](http://evil.example/a.png)"
    ana = come(app, "ana")
    body = bold(f"Título {nasty}", 36) + bold(f"Unidad {nasty}") + text(f"{nasty} {TEXT}") + par("/// case | Falso")
    page = send(ana, word(body), name="<script>alert(2)<.docx")
    ana.post(page, data={"do": "stay"})
    for address in (NEW, page, f"{page}/units", f"{page}/units?unit=0-0", f"{page}/name"):
        found = ana.get(address).text
        assert "<script>alert" not in found, address
        assert 'href="javascript' not in found, address
        assert 'src="http://evil' not in found, address
    answer = ana.post(f"{page}/name", data=NAMED)
    assert answer.status_code == 303, re.sub(r"<[^>]+>", " ", answer.text)
    edition = editions.find("finanzas", "PE")
    assert edition is not None
    content = contents.state(editions.head_of(edition)).content
    assert Kind.CASE not in {block.kind for _, _, block in content.blocks()}
    for _, unit in content.units():
        assert "<script>alert" not in ana.get(f"/editions/finanzas/PE/units/{unit.uid}").text


TEXT = "y unas cuantas palabras más para que este párrafo sea largo de verdad y no un título de nada."
BAD = {
    "empty": (b"", "a.docx", "The file is empty"),
    "pdf": (b"%PDF-1.7 ...", "manual.docx", "This is a PDF"),
    "damaged": (b"PK\x03\x04 nothing more", "manual.docx", "damaged"),
    "lock": (b"x" * 162, "~$manual.docx", "small file that Word keeps"),
    "old": (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "manual.doc", "old Word version"),
}


@pytest.mark.parametrize("bad", BAD)
def test_a_bad_file_is_named_with_what_is_wrong(app: Flask, bad: str) -> None:
    data, name, sentence = BAD[bad]
    ana = come(app, "ana")
    answer = ana.post(NEW, data={"file": (io.BytesIO(data), name)}, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert sentence in answer.text
    assert db.session.query(Import).count() == 0


def test_a_manual_without_words_is_kept_as_unread_with_the_reason(app: Flask) -> None:
    ana = come(app, "ana")
    page = send(ana, word(par("") + par("")))
    assert "No words were found in the file" in ana.get(page).text
    assert row().state is ImportState.FAILED
    assert ana.post(f"{page}/name", data=NAMED).status_code == 409


def test_a_manual_is_set_aside(app: Flask) -> None:
    ana = come(app, "ana")
    page = send(ana, manual())
    assert ana.post(page, data={"do": "discard"}).status_code == 303
    assert ana.post(f"{page}/name", data=NAMED).status_code == 409
    assert ana.post(page, data={"guess-0": "case"}).status_code == 409
    assert "set aside" in ana.get(page).text


def test_lengths_that_were_guessed_are_shown_until_somebody_sets_or_confirms_them(app: Flask) -> None:
    ana = come(app, "ana")
    ana.post(f"{send(ana, manual())}/name", data={**NAMED, "minutes-0-0": "90"})
    edition = editions.find("finanzas", "PE")
    assert edition is not None
    units = [unit.uid for _, unit in contents.state(editions.head_of(edition)).content.units()]
    page = "/editions/finanzas/PE"
    assert f"The lengths of {len(units) - 1} units were only guessed" in ana.get(f"{page}/").text
    assert ana.post(f"{page}/minutes", data={f"minutes-{units[1]}": "45"}).status_code == 303
    assert "The length of 1 unit was only guessed" in ana.get(f"{page}/").text
    reader = come(app, "rosa", Role.REVIEWER)
    assert "only guessed" not in reader.get(f"{page}/").text
    assert reader.post(f"{page}/imports/minutes").status_code == 403
    assert ana.post(f"{page}/imports/minutes").status_code == 303
    assert "only guessed" not in ana.get(f"{page}/").text


def test_a_manual_made_here_says_of_itself_what_its_people_say(app: Flask) -> None:
    ana = come(app, "ana")
    ana.post(f"{send(ana, manual())}/name", data=NAMED)
    sent = {"title-es": "Cuentas claras", "credits": "Ana", "public": "no"}
    assert ana.post("/editions/finanzas/PE/settings", data=sent).status_code == 303
    assert "Cuentas claras" in ana.get("/editions/finanzas/PE/").text


def test_files_do_not_overwrite_what_was_made_here(app: Flask) -> None:
    ana = come(app, "ana")
    page = send(ana, manual())
    ana.post(f"{page}/name", data=NAMED)
    with pytest.raises(MadeHere):
        curriculum.load(COMMAND_LINE, factories.original("finanzas", region="PE"))


def test_a_long_manual_is_shown_in_pages_and_costs_no_more_queries(app: Flask) -> None:
    ana = come(app, "ana")
    pages = []
    for times in (1, 20):
        body = "".join(bold(f"Parte {n}") + text(f"Texto {n}. {TEXT}") * 8 for n in range(times * 3))
        pages.append(send(ana, word(body)))
    costs = []
    for page in pages:
        with counted() as statements:
            answer = ana.get(page)
        assert answer.status_code == 200
        costs.append(len(statements))
    assert costs[0] == costs[1]
    assert "page=2" in ana.get(pages[1]).text
