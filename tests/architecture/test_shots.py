"""Every page has its picture: a page that nothing is shown of on the contact sheets fails here."""

from __future__ import annotations

import itertools
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image

from app.demo.build import build
from app.people.rules import DEMO_PASSWORD
from tests.shots import examples, work
from tests.shots.examples import MORE, NOT_A_PAGE, addresses, pages
from tests.shots.sheets import PER_SHEET, sheets
from tests.shots.stage import ROLES, prepare

from .pages import bare_app

TABLE = "tests/shots/examples.py, or tests/shots/work.py"
EXAMPLES = {*examples.EXAMPLES, *work.EXAMPLES}


def test_every_page_with_parameters_says_what_it_is_shown_with(tmp_path: Path) -> None:
    silent = [r.rule for r in pages(bare_app(tmp_path)) if r.arguments and r.endpoint not in EXAMPLES]
    assert not silent, f"say in {TABLE} what these pages are shown with, or that they are none: {silent}"


def test_the_table_names_only_addresses_that_are_there(tmp_path: Path) -> None:
    known = {rule.endpoint for rule in bare_app(tmp_path).url_map.iter_rules()}
    gone = sorted({*EXAMPLES, *MORE, *NOT_A_PAGE} - known)
    assert not gone, f"take these out of {TABLE}: {gone}"


def test_every_page_is_seen_by_somebody(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "DEMO", True)
    build(lambda *_: None)
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
