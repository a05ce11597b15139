"""The status matrix at size: 50 editions in 5 languages with 20 modules of 100 blocks each."""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pycountry
from sqlalchemy import event

from app import create_app
from app.adaptation import actions as adapting
from app.core.content import Kind, ModuleKind
from app.core.translating import State
from app.curriculum import actions as curriculum
from app.curriculum.originals import OriginalBlock, OriginalModule, OriginalUnit
from app.curriculum.queries import contents, editions
from app.infra import migrations
from app.infra.db import db
from app.people.permissions import COMMAND_LINE
from app.translation import actions
from app.translation.queries import status
from tests import factories as make
from tests.benchmarks.rows import Row

EDITIONS, MODULES, UNITS, BLOCKS = 50, 20, 4, 25
LANGUAGES = ("en", "es", "fr", "pt", "quy")
LIMIT_MS = 50


def run() -> list[Row]:
    """Measure on SQLite, as a page asks for it; edits lie between, so that nothing is merely remembered whole."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(DATA_DIR=folder, SECRET_KEY="bench", LANGUAGE="es")
        with app.app_context():
            migrations.upgrade()
            return list(_measured())


def _module(number: int) -> OriginalModule:
    units = []
    for u in range(UNITS):
        name = f"m{number}-u{u}"
        texts = [f"# Unit {name}"] + [f"Block {b} of unit {name} in some words." for b in range(BLOCKS - 1)]
        kinds = [Kind.HEADING] + [Kind.PARAGRAPH] * (BLOCKS - 1)
        blocks = tuple(
            OriginalBlock(kind, {code: f"{text} {code}" for code in LANGUAGES})
            for kind, text in zip(kinds, texts, strict=True)
        )
        units.append(OriginalUnit(name, 90, blocks))
    return OriginalModule(f"m{number}", ModuleKind.MODULE, {"en": f"Module {number}"}, tuple(units))


def _measured() -> Iterator[Row]:
    given = make.original(languages=LANGUAGES, modules=tuple(_module(n) for n in range(MODULES)))
    world = curriculum.load(COMMAND_LINE, given).edition
    chance = random.Random(3)  # noqa: S311 -- picks paragraphs
    regions = sorted(part.code for part in pycountry.subdivisions)[: EDITIONS - 1]
    for region in regions:
        edition = adapting.fork(COMMAND_LINE, make.newest(world), region)
        listed = [b for _, _, b in contents.state(editions.head_of(edition)).content.blocks()]
        for block in chance.sample([b for b in listed if b.kind is Kind.PARAGRAPH], 4):
            adapting.edit_block(COMMAND_LINE, edition, block.uid, "en", f"Other in {region}: {block.uid}.", why="x")
        uids = [b.uid for b in chance.sample(listed, 40)]
        actions.set_state(COMMAND_LINE, edition, uids, "es", State.IN_REVIEW)
    db.session.expire_all()
    started = time.perf_counter()
    status.matrix(COMMAND_LINE)
    yield _row("status matrix, the first time in a process", _since(started), 2_000, "ms")
    times = []
    for _ in range(20):
        db.session.expire_all()
        started = time.perf_counter()
        with _counted() as count:
            lines = status.matrix(COMMAND_LINE)
        times.append(_since(started))
    cells = sum(line.total(code).total for line in lines for code in line.sources)
    name = f"status matrix of {len(lines)} editions × 5 languages × 20 modules ({cells:,} cells, median of 20)"
    yield _row(name, statistics.median(times), LIMIT_MS, "ms")
    yield _row("its queries", count[0], 14, "")
    times = []
    for region in regions[:10]:
        edition = editions.find(world.slug, region)
        assert edition is not None
        block = chance.choice([b for _, _, b in contents.state(editions.head_of(edition)).content.blocks()])
        actions.set_state(COMMAND_LINE, edition, [block.uid], "es", State.APPROVED)
        db.session.expire_all()
        started = time.perf_counter()
        status.matrix(COMMAND_LINE)
        times.append(_since(started))
    yield _row("the same right after something was said of a cell (median of 10)", statistics.median(times), 80, "ms")


def _since(started: float) -> float:
    return (time.perf_counter() - started) * 1000


@contextmanager
def _counted() -> Iterator[list[int]]:
    found = [0]

    def count(_conn: object, _cursor: object, statement: str, *_: object) -> None:
        found[0] += not statement.startswith(("BEGIN", "SAVEPOINT", "RELEASE", "PRAGMA"))

    event.listen(db.engine, "before_cursor_execute", count)
    try:
        yield found
    finally:
        event.remove(db.engine, "before_cursor_execute", count)


def _row(case: str, measured: float, limit: float, unit: str) -> Row:
    return Row(case, measured, limit, unit, measured <= limit)
