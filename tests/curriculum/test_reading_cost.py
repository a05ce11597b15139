"""What reading a released unit costs: queries that do not grow, and few bytes. Times are a benchmark's matter."""

from __future__ import annotations

import re
from pathlib import Path

import brotli
import pytest
from flask import Flask

from app.curriculum import actions, originals
from app.people.permissions import Actor
from tests import factories as make
from tests.curriculum.cast import DESIGNER, READER, VISITOR, arrive, counted

CURRICULUM = Path(__file__).parents[2] / "curricula" / "my-coop"
MOST_QUERIES = 3
MOST_BYTES = 30_000


@pytest.mark.parametrize("name", [VISITOR, READER, DESIGNER])
def test_reading_a_released_unit_takes_few_queries_however_many_blocks_it_has(app: Flask, name: str) -> None:
    long = {language: text + "\n\n".join(f"Más {n}." for n in range(300)) for language, text in
            (("en", make.EN + "\n"), ("es", make.ES + "\n"))}  # fmt: skip
    make.load(
        make.original(units=[make.unit("my-coop-1-1", {"en": make.EN, "es": make.ES}), make.unit("my-coop-1-2", long)])
    )
    browser, spent = arrive(app, name), []
    for unit in ("my-coop-1-1", "my-coop-1-2"):
        address = f"/editions/my-coop/001/units/{unit}"
        browser.get(address)
        with counted() as seen:
            assert browser.get(address).status_code == 200
        spent.append(len(seen))
    assert spent[0] == spent[1] <= MOST_QUERIES


@pytest.mark.skipif(not CURRICULUM.is_dir(), reason="the curricula folder is not here")
def test_a_real_unit_with_its_style_sheet_is_light_and_needs_no_script(app: Flask, root: Actor) -> None:
    actions.load(root, originals.read(CURRICULUM))
    browser = arrive(app, VISITOR)
    for unit in ("my-coop-1-1", "my-coop-1-3"):
        answer = browser.get(f"/editions/my-coop/001/units/{unit}?in=es", headers={"Accept-Encoding": "br"})
        assert answer.content_encoding == "br"
        page = brotli.decompress(answer.data).decode()
        assert "<script" not in page
        sheets = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page)
        assert sheets
        styles = [browser.get(address, headers={"Accept-Encoding": "br"}) for address in sheets]
        assert len(answer.data) + sum(len(style.data) for style in styles) <= MOST_BYTES
