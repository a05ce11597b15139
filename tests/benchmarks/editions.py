"""Editions at size: forking 2,000 blocks, storing many forks' edits, reading a released unit."""

from __future__ import annotations

import gzip
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pycountry
from flask import Flask
from sqlalchemy import event, func, select

from app import create_app
from app.adaptation import actions as adaptation
from app.core.content import Kind, ModuleKind
from app.curriculum import actions, originals
from app.curriculum.models import Act, Edition, Manifest, Revision, Text
from app.curriculum.originals import Original, OriginalBlock, OriginalModule, OriginalUnit
from app.curriculum.queries import contents, editions
from app.infra import migrations
from app.infra.audit import AuditEntry
from app.infra.db import db
from app.people.permissions import COMMAND_LINE
from tests.benchmarks.rows import Row
from tests.factories import original

FORKS, EDITS = 200, 40
WORDS = ["la", "cooperativa", "vende", "café", "y", "cacao", "en", "quintales", "con", "cada", "socia", "al", "acopio"]


def run() -> list[Row]:
    """Measure on SQLite, reading on a database of its own: eight thousand edits are no part of a page's time."""
    return [row for measure in (_reading, _at_size) for row in _on_a_database_of_its_own(measure)]


def _on_a_database_of_its_own(measure: Callable[[Flask], Iterator[Row]]) -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(DATA_DIR=folder, SECRET_KEY="bench", LANGUAGE="es")
        with app.app_context():
            migrations.upgrade()
            return list(measure(app))


def _at_size(_app: Flask) -> Iterator[Row]:
    yield from _forking()
    yield from _storing()


def _big(slug: str, blocks: int) -> Original:
    """An original of units of 60 blocks in Spanish and English, about 45 words a block."""
    chance = random.Random(slug)  # noqa: S311 -- made-up prose, not a secret
    made = []
    for number in range(-(-blocks // 60)):
        size = min(60, blocks - number * 60)
        texts = [f"# {slug} {number}"] + [" ".join(chance.choices(WORDS, k=45)) + "." for _ in range(size - 1)]
        kinds = [Kind.HEADING] + [Kind.PARAGRAPH] * (size - 1)
        made.append(
            OriginalUnit(
                f"{slug}-u{number}",
                90,
                tuple(
                    OriginalBlock(kind, {"en": f"{text} {i}", "es": f"{text} {i} es"})
                    for i, (kind, text) in enumerate(zip(kinds, texts, strict=True))
                ),
            )
        )
    module = OriginalModule(f"{slug}-1", ModuleKind.MODULE, {"en": slug, "es": slug}, tuple(made))
    return original(slug, modules=(module,))


def _rows() -> int:
    tables = (Edition, Text, Manifest, Revision, Act, AuditEntry)
    return sum(db.session.scalar(select(func.count()).select_from(table)) or 0 for table in tables)


def _forking() -> Iterator[Row]:
    written = {}
    for slug, blocks in (("small", 200), ("large", 2_000)):
        edition = actions.load(COMMAND_LINE, _big(slug, blocks)).edition
        release = editions.release(edition, None)
        before, times = _rows(), []
        for region in ("PE", "SV", "HN", "MX", "CO", "CR", "DO", "GT", "EC"):
            started = time.perf_counter()
            adaptation.fork(COMMAND_LINE, release, region)
            times.append(time.perf_counter() - started)
        written[slug] = (_rows() - before) / len(times)
    yield _row("fork of 2,000 blocks (median of 9)", statistics.median(times) * 1000, 20, "ms")
    yield _row("rows a fork of 2,000 blocks writes, against one of 200", written["large"] / written["small"], 1, "x")


def _storing() -> Iterator[Row]:
    """200 forks with 40 edits each: what is stored against what was written."""
    edition = editions.find("large", "001")
    assert edition is not None
    release = editions.release(edition, None)
    text_before, manifests_before = _bytes(Text.body), _bytes(Manifest.data)
    regions = sorted(subdivision.code for subdivision in pycountry.subdivisions)[:FORKS]
    edited, started = 0, time.perf_counter()
    chance = random.Random(1)  # noqa: S311 -- picks paragraphs
    for region in regions:
        fork = adaptation.fork(COMMAND_LINE, release, region)
        blocks = [b for _, _, b in contents.state(editions.head_of(fork)).content.blocks() if b.kind is Kind.PARAGRAPH]
        for block in chance.sample(blocks, EDITS):
            text = f"{region} " + " ".join(chance.choices(WORDS, k=45)) + "."
            adaptation.edit_block(COMMAND_LINE, fork, block.uid, "es", text, why="bench")
            edited += len(text)  # in characters, as the databases count
    seconds = time.perf_counter() - started
    stored = _bytes(Text.body)
    yield _row("200 forks × 40 edits: stored text against original + edits", stored / (text_before + edited), 1.1, "x")
    packed = (_bytes(Manifest.data) - manifests_before) / (FORKS * EDITS)
    yield _row("the same: manifests written per edit (three, packed)", packed, 2_000, "bytes")
    yield _row("the same: one edit of one block, whole action", seconds / (FORKS * EDITS) * 1000, 50, "ms")


def _bytes(column: object) -> int:
    return db.session.scalar(select(func.sum(func.length(column)))) or 0  # type: ignore[arg-type]


def _reading(app: Flask) -> Iterator[Row]:
    """The longest unit of the real My.Coop, released, as a visitor reads it."""
    for folder in originals.folders(originals.REPOSITORY):
        if folder.name == "my-coop":
            actions.load(COMMAND_LINE, originals.read(folder))
    client, address = app.test_client(), "/editions/my-coop/001/units/my-coop-1-3?in=es&lang=es"
    answer = client.get(address, headers={"Accept-Encoding": "gzip"})
    style = next(part for part in gzip.decompress(answer.data).decode().split('"') if part.endswith(".css"))
    sheet = client.get(style, headers={"Accept-Encoding": "gzip"})
    times = []
    with _counted() as count:
        for _ in range(30):
            started = time.perf_counter()
            client.get(address)
            times.append(time.perf_counter() - started)
    yield _row("unit page, warm, released (median of 30, through the whole application)", _ms(times), 5, "ms")
    yield _row("its queries", count() / 30, 6, "")
    yield _row("its weight on the wire with CSS (gzip)", (len(answer.data) + len(sheet.data)) / 1024, 30, "KB")


def _ms(times: list[float]) -> float:
    return statistics.median(times) * 1000


@contextmanager
def _counted() -> Iterator[Callable[[], int]]:
    found = 0

    def count(_conn: object, _cursor: object, statement: str, *_: object) -> None:
        nonlocal found
        found += not statement.startswith(("BEGIN", "SAVEPOINT", "RELEASE", "PRAGMA"))

    event.listen(db.engine, "before_cursor_execute", count)
    try:
        yield lambda: found
    finally:
        event.remove(db.engine, "before_cursor_execute", count)


def _row(case: str, measured: float, limit: float, unit: str) -> Row:
    return Row(case, measured, limit, unit, measured <= limit)
