"""The translation memory at size: 100,000 units, the five best suggestions for sources of about 30 words.

On both databases. How many of the right units are found is a row of its own: an index that is fast and blind is none.
"""

from __future__ import annotations

import itertools
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from flask import Flask

from app import create_app
from app.curriculum.models import Edition
from app.infra import migrations
from app.infra.db import db, writing
from app.people.permissions import COMMAND_LINE, Scope
from app.translation import actions
from app.translation.actions import Brought
from app.translation.queries import memory
from tests import factories as make
from tests.benchmarks.databases import databases
from tests.benchmarks.rows import Row

UNITS, ASKED, LIMIT_MS = 100_000, 60, 30
SYLLABLES = [c + v for c in ("b", "c", "d", "f", "g", "l", "m", "n", "p", "r", "s", "t", "v", "qu") for v in "aeiou"]
SMALL = [
    *(
        "de",
        "la",
        "que",
        "el",
        "en",
        "y",
        "a",
        "los",
        "se",
        "del",
        "las",
        "un",
        "por",
        "con",
        "no",
        "una",
        "su",
        "para",
    ),
    *("es", "al", "lo", "como", "más", "o", "pero", "sus", "le", "ha"),
]


def run() -> list[Row]:
    """Measure on SQLite and, where the wheel is there, on PostgreSQL."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for name, address in databases(Path(folder)):
            app = create_app(DATABASE_URL=address, DATA_DIR=f"{folder}/{name}", SECRET_KEY="bench", LANGUAGE="es")
            with app.app_context():
                migrations.upgrade()
                rows += list(_measured(app, name))
                db.session.remove()
                db.engine.dispose()
    return rows


def sentences(number: int, chance: random.Random) -> list[str]:
    """Made-up prose with words as frequent as in real prose: few very often, many rarely; 20 to 45 words each."""
    words = SMALL + ["".join(chance.choices(SYLLABLES, k=chance.randint(2, 5))) for _ in range(12_000)]
    weights = [1 / (rank + 2) for rank in range(len(words))]
    upto = list(itertools.accumulate(weights))
    return [" ".join(chance.choices(words, cum_weights=upto, k=chance.randint(20, 45))) + "." for _ in range(number)]


def changed(text: str, words: int, chance: random.Random) -> str:
    """The text with some words replaced by others."""
    found = text.split()
    for at in chance.sample(range(len(found)), words):
        found[at] = "".join(chance.choices(SYLLABLES, k=4))
    return " ".join(found)


def _measured(_app: Flask, name: str) -> Iterator[Row]:
    chance = random.Random(7)  # noqa: S311 -- made-up prose, not a secret
    edition = make.load()
    sources = sentences(UNITS, chance)
    started = time.perf_counter()
    with writing():
        scope = Scope(edition.slug, "001")
        brought = (Brought("en", "es", text, f"{text} ({at})") for at, text in enumerate(sources))
        actions.remember(COMMAND_LINE, brought, "benchmark", scope)
    db.session.commit()
    filled = (time.perf_counter() - started) / UNITS * 1e6
    with db.engine.connect() as connection:
        connection.exec_driver_sql("ANALYZE")  # what both databases do by themselves in time
    thirty = [text for text in sources if 28 <= len(text.split()) <= 32]
    picked = chance.sample(thirty, ASKED)
    asked = [changed(text, at % 6, chance) for at, text in enumerate(picked)]
    times, right = [], 0
    for source, text in zip(picked, asked, strict=True):
        started = time.perf_counter()
        found = _look(edition, text)
        times.append((time.perf_counter() - started) * 1000)
        right += bool(found) and found[0].source_text == source
    worst = sorted(times)[int(ASKED * 0.95)]
    median = statistics.median(times)
    yield Row(
        f"memory of 100,000 units, best 5 for 30 words, {name} (median)", median, LIMIT_MS, "ms", median <= LIMIT_MS
    )
    yield Row(f"the same, 95 of 100 within, {name}", worst, 2 * LIMIT_MS, "ms", worst <= 2 * LIMIT_MS)
    share = right / ASKED
    yield Row(f"the right unit first, 0 to 5 of 30 words changed, {name} (at least)", share, 0.95, "", share >= 0.95)
    yield Row(f"taking a pair into the memory, {name}", filled, 3_000, "µs", filled <= 3_000)


def _look(edition: Edition, text: str) -> list[memory.Match]:
    """As a page asks: a reader of its own, and nothing read before in this session."""
    db.session.expire_all()
    return memory.alike(memory.Reader(COMMAND_LINE, edition), text, "en", "es")
