"""A donor's report, in a real browser: monitoring freezes the year's figures, a coordinator approves, the donor reads.

The files that the donor takes along are opened and held against the page.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from playwright.sync_api import expect

from app.demo.programmes import lay
from app.infra.db import db
from app.people.permissions import COMMAND_LINE, Role, Scope
from tests import factories

from .conftest import OpenScreen
from .screens import Look, Screen
from .site import Site, serving

LOOKS = {"sqlite": Look("es", "phone", "light"), "postgresql": Look("en", "desktop", "dark")}
PAGE = "/reports/escuela-mujeres-sv/"
PEOPLE = {"monitoring": Role.MONITORING, "coordinator": Role.COORDINATOR, "donor": Role.DONOR}


@pytest.fixture(params=LOOKS, ids=lambda kind: f"{kind}-{LOOKS[kind]}")
def site(request: pytest.FixtureRequest) -> Iterator[Site]:
    """The women's school of S3, with somebody for monitoring, somebody who coordinates, and a donor."""
    with serving(request.param, DEMO=False, INLINE_JOBS=True) as site:
        with site.app.app_context():
            programme = lay(COMMAND_LINE, "s3-women-school").programme
            for name, role in PEOPLE.items():
                factories.account(name, role, Scope(programmes=frozenset({programme.id})))
            db.session.remove()
        yield Site(site.app, site.address, factories.PASSWORD)


def look(screen: Screen) -> None:
    """Fail when the page shuts somebody out or does not fit."""
    screen.axe()
    screen.fits()


def taken(screen: Screen, format: str, folder: Path) -> Path:
    """Have the report made for a programme on the computer, fetch it, and return where it lies."""
    screen.go(PAGE)
    screen.press("Make the report for %(format)s", format=format)
    look(screen)
    with screen.page.expect_download() as download:
        screen.main.locator("a.button-large").click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def test_a_donor_reads_what_two_others_agreed_on(site: Site, open_screen: OpenScreen, tmp_path: Path) -> None:
    kind = "sqlite" if site.app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite") else "postgresql"
    monitoring, coordinator, donor = (open_screen(site, LOOKS[kind]) for _ in PEOPLE)

    monitoring.sign_in("monitoring")
    monitoring.go("/reports/")
    look(monitoring)
    monitoring.go(PAGE)
    look(monitoring)
    monitoring.fill({"note": "Cierre del año 2014"})
    monitoring.press("Freeze and ask for approval")
    expect(monitoring.button("Approve")).to_have_count(0)
    monitoring.go(f"{PAGE}who/people?year=2014")
    monitoring.reads("Participante 1")
    look(monitoring)

    coordinator.sign_in("coordinator")
    coordinator.main.locator(".slip-person a").first.click()
    look(coordinator)
    coordinator.press("Approve")
    coordinator.reads("Cierre del año 2014")

    donor.sign_in("donor")
    donor.follow("Approved figures of %(period)s", period="2014")
    look(donor)
    donor.go(PAGE)
    look(donor)
    shown = donor.main.locator(".large-figures dd").all_inner_texts()
    assert "42" in [text.strip() for text in shown]
    row = donor.main.get_by_role("row").filter(has_text=donor.say("Women")).first
    assert row.get_by_role("cell").all_inner_texts() == ["40", "42"]
    expect(donor.main.locator("a[href*='/who/']")).to_have_count(0)
    donor.go(f"{PAGE}who/people?year=2014", status=403)
    donor.go(f"{PAGE}?year=2014&by=organisation")
    lines = donor.main.locator(".figured").first.locator("tbody tr")
    groups = [(line.locator("th").inner_text().strip(), line.locator("td").inner_text()) for line in lines.all()]
    assert len(groups) == 8

    book = load_workbook(taken(donor, donor.say("Excel"), tmp_path))
    cells = [[str(cell) for cell in line] for sheet in book for line in sheet.iter_rows(values_only=True)]
    paper = Document(str(taken(donor, donor.say("Word"), tmp_path)))
    told = [[cell.text.strip() for cell in line.cells] for table in paper.tables for line in table.rows]
    for name, number in groups:
        assert [name, number] in [[line[0].strip(), line[1]] for line in cells if len(line) > 1], name
        assert [name, number] in [line[:2] for line in told], name
    assert "Participante" not in str(cells) + str(told), "nobody's name"
