"""Word files on their way out and in, in a real browser: a copy for comments that comes back, and a foreign manual."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator

from app.curriculum.queries import contents, editions
from app.infra.db import db
from app.interchange.exporting import Wish, make
from app.people.permissions import COMMAND_LINE, Role, Scope
from tests import factories
from tests.discussion import valley
from tests.interchange.test_word_back import reviewed
from tests.interchange.word_manual import word_manual

from .conftest import OpenScreen
from .screens import Look, Screen
from .site import Site, serving

LOOKS = {"sqlite": Look("es", "phone", "light"), "postgresql": Look("en", "desktop", "dark")}
SAM = "/editions/my-coop/PE-SAM"


@pytest.fixture(params=LOOKS, ids=lambda kind: f"{kind}-{LOOKS[kind]}")
def site(request: pytest.FixtureRequest) -> Iterator[Site]:
    """A valley of three editions, and somebody who designs for Peru."""
    with serving(request.param, DEMO=False) as site:
        with site.app.app_context():
            valley.tree()
            factories.account("ana", Role.DESIGNER, Scope(None, "PE"))
            db.session.remove()
        yield Site(site.app, site.address, factories.PASSWORD)


@pytest.fixture
def screen(site: Site, open_screen: OpenScreen, request: pytest.FixtureRequest) -> Screen:
    """Ana's screen."""
    kind = "sqlite" if site.app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite") else "postgresql"
    screen = open_screen(site, LOOKS[kind])
    screen.sign_in("ana")
    return screen


def look(screen: Screen) -> None:
    """Fail when the page shuts somebody out or does not fit."""
    screen.axe()
    screen.fits()


def send(screen: Screen, file: Path) -> None:
    """Choose a file and send it."""
    look(screen)
    screen.main.locator("input[type=file]").set_input_files(file)
    screen.press("Have it read")


def paragraph(screen: Screen, words: str) -> Locator:
    """A paragraph on the preview."""
    return screen.main.locator("li[id^=block-]", has_text=words).first


def test_a_copy_for_comments_goes_out_and_its_changes_come_in(site: Site, screen: Screen, tmp_path: Path) -> None:
    screen.go(f"{SAM}/exports?v=draft")
    look(screen)
    screen.press("Make the copy for comments")
    with screen.page.expect_download() as started:
        screen.main.locator("a.button-large").click()
    copy = tmp_path / "revisado.docx"
    copy.write_bytes(reviewed(Path(started.value.path()).read_bytes()))
    screen.go(SAM)
    screen.follow("A Word file came back")
    send(screen, copy)
    look(screen)
    screen.reads("Quien no lee, escucha.")
    screen.reads("Aquí se paga por quintal.")
    screen.press("Bring it in")
    look(screen)
    screen.follow("Go to the proposals")
    screen.reads("Rosa")
    screen.go(f"{SAM}/imports")
    send(screen, copy)
    screen.sees("All of it is known already, so there is nothing to bring in.")


def test_a_bad_file_is_refused_beside_its_field(screen: Screen, tmp_path: Path) -> None:
    bad = tmp_path / "manual.docx"
    bad.write_bytes(b"%PDF-1.7 and so on")
    screen.go("/editions/imports/new")
    send(screen, bad)
    look(screen)
    screen.reads("manual.docx")
    assert screen.path == "/editions/imports/new"


def test_a_manual_that_word_saved_goes_in_is_corrected_and_comes_out(
    site: Site, screen: Screen, tmp_path: Path
) -> None:
    file = tmp_path / "caja 2012.docx"
    file.write_bytes(word_manual())
    screen.go("/editions")
    screen.follow("Begin with a Word manual")
    send(screen, file)
    look(screen)
    title = paragraph(screen, "Manual de caja")
    assert title.locator("select").input_value() == "title"
    cover = paragraph(screen, "BORRADOR")
    cover.locator("select").select_option("dropped")
    cover.locator("input[type=checkbox]").check()
    paragraph(screen, "Recuadro de la feria").locator("select").select_option("paragraph")
    paragraph(screen, "Nota").locator("select").select_option("note")
    screen.sees("A picture in a format that is not shown here, such as WMF or EMF. Save it as PNG.")
    screen.press("Keep this and look at the units")
    look(screen)
    screen.send(screen.main.get_by_role("link", name="Contar", exact=True))
    look(screen)
    screen.follow("Correct its paragraphs")
    assert screen.main.locator("li:target").locator("select").input_value() == "heading2"
    screen.follow("3. Name it")
    look(screen)
    screen.press("Make it a draft")
    screen.sees("Please look at this again")
    screen.main.locator("[name=region]").select_option("PE-SAM")
    screen.main.locator("[name=licence]").select_option("CC-BY-SA-4.0")
    screen.fill({"slug": "caja", "credits": "Comité (demo)", "right": "Lo escribimos en 2012."})
    screen.press("Make it a draft")
    look(screen)
    screen.go("/editions/caja/PE-SAM/conversation")
    screen.reads("Aquí falta la tesorera.")
    screen.reads("Rosa Quispe (demo)")
    screen.go("/editions/caja/PE-SAM")
    screen.follow("Set the lengths")
    look(screen)
    screen.main.locator("input[type=number]").first.fill("90")
    screen.press("Save")
    screen.go("/editions/caja/PE-SAM")
    screen.press("They are right")
    with site.app.app_context():
        edition = editions.find("caja", "PE-SAM")
        assert edition is not None
        units = [unit for _, unit in contents.state(editions.head_of(edition)).content.units()]
        assert [unit.minutes for unit in units] == [90, 60, 60, 60, 60, 60]
        copy = tmp_path / "otra vez.docx"
        copy.write_bytes(make(COMMAND_LINE, Wish("caja", "PE-SAM", "draft", "es", "docx")))
        db.session.remove()
    screen.go("/editions/imports/new")
    send(screen, copy)
    for words in ("Cada tarde cuentan", "Billetes", "La libreta", "12 soles"):
        screen.reads(words)
