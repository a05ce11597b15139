"""Word files on their way out and in, in a real browser: a copy for comments that comes back, and a foreign manual."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.curriculum.queries import contents, editions
from app.infra.db import db
from app.people.permissions import Role, Scope
from tests import factories
from tests.discussion import valley
from tests.interchange.test_word_back import reviewed
from tests.interchange.test_word_in import manual

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


def test_a_manual_goes_in_is_corrected_and_becomes_an_edition(site: Site, screen: Screen, tmp_path: Path) -> None:
    file = tmp_path / "finanzas 2019.docx"
    file.write_bytes(manual())
    screen.go("/editions")
    screen.follow("Begin with a Word manual")
    send(screen, file)
    look(screen)
    row = screen.main.locator("li", has_text="Aviso importante").first
    row.locator("select").select_option("paragraph")
    screen.press("Keep this and look at the units")
    look(screen)
    screen.send(screen.main.get_by_role("link", name="La caja", exact=True))
    look(screen)
    screen.reads("La caja se cuenta cada tarde")
    screen.follow("Go on: name it")
    look(screen)
    screen.press("Make it a draft")
    screen.sees("Please look at this again")
    look(screen)
    screen.main.locator("[name=region]").select_option("PE-SAM")
    screen.main.locator("[name=licence]").select_option("CC-BY-SA-4.0")
    screen.fill({"slug": "finanzas", "credits": "Comité (demo)", "right": "Lo escribimos en 2019."})
    screen.press("Make it a draft")
    look(screen)
    screen.follow("Set the lengths")
    look(screen)
    screen.main.locator("input[type=number]").first.fill("90")
    screen.press("Save")
    screen.go("/editions/finanzas/PE-SAM")
    screen.press("They are right")
    with site.app.app_context():
        edition = editions.find("finanzas", "PE-SAM")
        assert edition is not None
        units = [unit.minutes for _, unit in contents.state(editions.head_of(edition)).content.units()]
        assert units == [90, 60]
        db.session.remove()
