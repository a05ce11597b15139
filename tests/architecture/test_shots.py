"""Every page has its picture: a page that nothing is shown of on the contact sheets fails here."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image
from werkzeug.routing import Rule

from app.infra.db import db
from app.people.rules import DEMO_PASSWORD
from tests import databases
from tests.conftest import make_app
from tests.shots import examples, fieldwork, work
from tests.shots.examples import MORE, NOT_A_PAGE, addresses, pages
from tests.shots.sheets import PER_SHEET, sheets
from tests.shots.stage import ROLES, prepare

from .pages import bare_app

TABLE = "tests/shots/examples.py, or tests/shots/work.py"
EXAMPLES = {*examples.EXAMPLES, *work.EXAMPLES}


def shown(rule: Rule) -> bool:
    """Whether a table says what this page is shown with."""
    return rule.endpoint in EXAMPLES or rule.endpoint.split(".")[0] in fieldwork.FAMILIES


def test_every_page_with_parameters_says_what_it_is_shown_with(tmp_path: Path) -> None:
    silent = [r.rule for r in pages(bare_app(tmp_path)) if r.arguments and not shown(r)]
    assert not silent, f"say in {TABLE} what these pages are shown with, or that they are none: {silent}"


def test_the_table_names_only_addresses_that_are_there(tmp_path: Path) -> None:
    known = {rule.endpoint for rule in bare_app(tmp_path).url_map.iter_rules()}
    gone = sorted({*EXAMPLES, *MORE, *NOT_A_PAGE} - known)
    assert not gone, f"take these out of {TABLE}: {gone}"


@pytest.fixture
def _no_database_in_unit_tests() -> None:
    """The pictures' stage is a database of its own."""


@pytest.fixture(params=["sqlite"])  # each page is tested on both where it belongs
def stage(request: pytest.FixtureRequest) -> Iterator[Flask]:
    """The demonstration, where forms are taken without a token."""
    app = make_app(request.param, "pictured", databases.demonstration, DEMO=True)
    app.config["WTF_CSRF_ENABLED"] = False
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def test_every_page_is_seen_by_somebody(stage: Flask) -> None:
    app = stage
    unseen = {a: endpoint for endpoint, found in addresses(app, prepare(app)).items() for a in found}
    for username in ROLES.values():
        client = app.test_client()
        if username:
            client.post("/sign-in", data={"username": username, "password": DEMO_PASSWORD})
        for address in list(unseen):
            answer = client.get(address)
            assert answer.status_code < 500, address
            if answer.status_code == 200 and answer.mimetype == "text/html":
                del unseen[address]
    assert not unseen, f"nobody gets to see these; mend {TABLE} or tests/shots/stage.py: {unseen}"


@pytest.mark.parametrize("device", ["phone", "desktop"])
def test_a_sheet_holds_twelve_pictures_with_their_captions(device: str) -> None:
    colours = itertools.cycle(["red", "green", "blue"])
    captioned = [(f"/editions/my-coop/PE/units/{n}?in=es", _picture(next(colours))) for n in range(PER_SHEET + 1)]
    full, rest = sheets(captioned, device)
    assert full.width > rest.width
    found = {colour for _, colour in full.getcolors(1 << 24) or []}
    assert {(254, 0, 0), (0, 128, 1), (0, 0, 254)} <= found


def _picture(colour: str) -> bytes:
    kept = BytesIO()
    Image.new("RGB", (1280, 900), colour).save(kept, "jpeg")
    return kept.getvalue()
