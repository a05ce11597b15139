"""The workbench of a unit of 60 blocks, as a translator gets it: time, queries, weight on the wire."""

from __future__ import annotations

import random
import re
import statistics
import tempfile
import time

from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from app.adaptation import actions as adaptation
from app.core.content import Kind
from app.curriculum import actions as curriculum
from app.curriculum.models import Edition
from app.curriculum.originals import Original
from app.curriculum.queries import contents, editions
from app.infra import migrations
from app.people.permissions import COMMAND_LINE, Role, Scope
from app.translation import actions
from tests import factories as make
from tests.benchmarks.memory import sentences
from tests.benchmarks.rows import Row
from tests.translation.counting import counted, forget

_FILE = re.compile(r'(?:href|src)="([^"]+\.(?:css|js))"')
BLOCKS, ROUNDS = 60, 30
ADDRESS = "/translate/bench/PE/bench-u0?in=es"


def run() -> list[Row]:
    """Measure on SQLite: a grafted edition, a tenth of the unit out of date, another tenth translated here."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(DATA_DIR=folder, SECRET_KEY="bench", LANGUAGE="es")
        with app.app_context():
            migrations.upgrade()
            return _measured(app)


def _measured(app: Flask) -> list[Row]:
    peru = make.fork(curriculum.load(COMMAND_LINE, _original()).edition, "PE")
    _work_on(peru)
    browser, times = _arrive(app), []
    page = browser.get(ADDRESS)
    for _ in range(ROUNDS):
        started = time.perf_counter()
        browser.get(ADDRESS)
        times.append((time.perf_counter() - started) * 1000)
    with counted() as count:
        zipped = browser.get(ADDRESS, headers={"Accept-Encoding": "gzip"})
        queries = count()
    loaded = [browser.get(address, headers={"Accept-Encoding": "gzip"}) for address in _FILE.findall(page.text)]
    forget()
    with counted() as count:
        browser.get(ADDRESS)
        cold = count()
    brotlied = browser.get(ADDRESS, headers={"Accept-Encoding": "br"})
    found = {zipped.status_code, brotlied.status_code}, zipped.content_encoding, brotlied.content_encoding
    if found != ({200}, "gzip", "br"):
        raise RuntimeError(f"the page did not come as expected: {found}")
    median = statistics.median(times)
    return [
        Row(f"workbench of {BLOCKS} blocks, warm, through the application (median)", median, 100, "ms", median <= 100),
        Row("its queries, those of the session among them", queries, 10, "", queries <= 10),
        Row("its queries, the first time in a process", cold, 10, "", cold <= 10),
        _weight("its weight on the wire (gzip)", len(zipped.data)),
        _weight("its weight on the wire (brotli)", len(brotlied.data)),
        _weight("page, style sheet and scripts (gzip)", sum(len(one.data) for one in (zipped, *loaded))),
    ]


def _original() -> Original:
    """A unit of a heading and 59 paragraphs of 20 to 45 words that do not repeat, in both languages."""
    chance = random.Random(11)  # noqa: S311 -- made-up prose, not a secret
    texts = {code: "# One\n\n" + "\n\n".join(sentences(BLOCKS - 1, chance)) for code in ("en", "es")}
    return make.original("bench", units=[make.unit("bench-u0", texts)])


def _work_on(edition: Edition) -> None:
    blocks = [b for _, _, b in contents.state(editions.head_of(edition)).content.blocks() if b.kind is Kind.PARAGRAPH]
    for at, block in enumerate(blocks[: BLOCKS // 5]):
        english = f"Here something else is said, number {at}, in a sentence of its own about coffee and members."
        adaptation.edit_block(COMMAND_LINE, edition, block.uid, "en", english, why="bench")
        if at % 2:
            actions.save_translation(COMMAND_LINE, edition, block.uid, "es", f"Aquí se dice otra cosa, la número {at}.")


def _arrive(app: Flask) -> FlaskClient:
    account = make.account("bench", Role.TRANSLATOR, Scope("bench", "PE"))
    browser = app.test_client()
    with browser.session_transaction() as session:
        session["_user_id"] = f"{account.id}:{account.stamp}"
        session["_fresh"] = True
    return browser


def _weight(case: str, sent: int) -> Row:
    return Row(case, sent / 1024, 60, "KB", sent <= 60 * 1024)
