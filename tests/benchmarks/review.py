"""A reviewed Word file of 150 pages with 400 comments and 1,000 tracked changes: reading it and bringing it in.

Time, memory, and how both grow, on both databases: the file is read against its edition, each change becomes a proposal
and each remark a comment, as when a person sends it. The file is made here, in the same way every time. Each
measurement is a process of its own, best of five.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from lxml import etree
from sqlalchemy import delete, func, select

from app import create_app
from app.core.splitting import split
from app.curriculum import actions as curriculum
from app.curriculum.models import Edition
from app.curriculum.originals import OriginalBlock, OriginalUnit
from app.curriculum.queries import contents, editions, reading
from app.discussion.models import Comment, Proposal
from app.infra.db import db
from app.interchange import queries, reviews
from app.interchange.actions.reviews import bring_reviewed
from app.interchange.formats.document import Audience
from app.interchange.formats.write import write
from app.people.permissions import COMMAND_LINE
from tests import factories as make
from tests.benchmarks.databases import databases
from tests.benchmarks.exports import PAGES, manual_markdown
from tests.benchmarks.rows import Row
from tests.interchange.reviewing import W, comment_on, comments_xml, edited, insert_words, replace_words, text_of

COMMENTS, CHANGES = 400, 1000
ROUNDS = 5
AUTHORS = ("Rosa (demo)", "Luis (demo)", "Ana (demo)", "Juan (demo)")


def run() -> list[Row]:
    """Measure one file, and one of twice the length with twice the changes, on each database."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for name, address in databases(Path(folder)):
            rows += _measured(Path(folder), name, address)
    return rows


def _measured(folder: Path, name: str, address: str) -> list[Row]:
    measured = []
    for times in (1, 2):
        file = folder / f"{name}-{times}.docx"
        _in_a_process("make", address, file, times)
        rounds = []
        for _ in range(ROUNDS):
            rounds.append(_in_a_process("import", address, file, times))
            _in_a_process("clean", address, file, times)
        measured.append(tuple(min(column) for column in zip(*rounds, strict=True)))
    (seconds, busy, megabytes), (longer, busier, larger) = measured
    what = f"import of a reviewed DOCX, {PAGES} pages, {COMMENTS} comments, {CHANGES} changes, {name}"
    twice = "twice as long a file"
    return [
        Row(f"{what} (processor {busy:.1f} s)", seconds, 5.0, "s", seconds <= 5.0),
        Row(f"its peak memory, {name}", megabytes, 300.0, "MB", megabytes <= 300.0),
        Row(f"{twice}, processor time, {name} ({longer:.1f} s)", busier / busy, 2.3, "×", busier / busy <= 2.3),
        Row(f"{twice}, memory, {name} ({larger:.0f} MB)", larger / megabytes, 2.3, "×", larger / megabytes <= 2.3),
    ]


def _in_a_process(step: str, address: str, file: Path, times: int) -> tuple[float, float, float]:
    """The seconds that passed, those that the processor worked, and the megabytes held at most."""
    started = time.perf_counter()
    command = [sys.executable, "-m", "tests.benchmarks.review", step, address, str(file), str(times)]
    process = os.posix_spawn(command[0], command, {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])})
    _, status, usage = os.wait4(process, 0)
    assert os.waitstatus_to_exitcode(status) == 0, command
    return time.perf_counter() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


@contextmanager
def _app(address: str, file: Path) -> Iterator[Flask]:
    app = create_app(DATABASE_URL=address, DATA_DIR=str(file.parent / "data"), SECRET_KEY="bench", LANGUAGE="es")
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def _edition(times: int) -> Edition:
    found = editions.find(f"bench{times}", "001")
    assert found is not None
    return found


def _load(times: int) -> Edition:
    """The made-up manual of the exports' benchmark as an original, in one language."""
    units = []
    for part in range(times):
        pieces = split(manual_markdown(seed=7 + part))
        blocks = tuple(OriginalBlock(piece.kind, {"es": piece.text}) for piece in pieces)
        units.append(OriginalUnit(f"u{times}-{part}", 60, blocks))
    given = make.original(f"bench{times}", units=units, languages=("es",), source_language="es")
    return curriculum.load(COMMAND_LINE, given).edition


def _make(file: Path, times: int) -> None:
    from app.infra import migrations  # not for the processes that are measured, which have no use for it

    dice = random.Random(5)  # noqa: S311 -- the same file in every run, not a secret
    migrations.upgrade()
    edition = _load(times)

    def change(body: etree._Element) -> None:
        paragraphs = [p for p in body.iter(W + "p") if len(text_of(p).split()) > 6]
        paragraphs = [p for p in paragraphs if p.find(f"{W}hyperlink/{W}r/{W}fldChar") is None]
        for number in range(CHANGES * times):
            paragraph, author = dice.choice(paragraphs), dice.choice(AUTHORS)
            words = text_of(paragraph).split()
            word = dice.choice(words) if words else ""
            if not word:
                continue
            if number % 2:
                insert_words(paragraph, word, " añadido", author)
            else:
                replace_words(paragraph, word, "cambiado", author)
        for number in range(COMMENTS * times):
            paragraph = dice.choice(paragraphs)
            words = text_of(paragraph).split()
            if words:
                comment_on(paragraph, dice.choice(words), str(number))

    rows = [(str(n), AUTHORS[n % len(AUTHORS)], f"Comentario {n}") for n in range(COMMENTS * times)]
    seen = reading.View(edition, None, contents.state(editions.head_of(edition)), "es")
    book = write(queries.manual(seen, Audience.FACILITATOR), "docx")
    file.write_bytes(edited(book, change, {"word/comments.xml": comments_xml(rows)}))


def _import(file: Path, times: int) -> None:
    edition, data = _edition(times), file.read_bytes()
    found = reviews.read(COMMAND_LINE, edition, data, file.name, "es")
    brought = bring_reviewed(COMMAND_LINE, edition, found, data, file.name)
    assert brought.proposals > 300 * times, brought.counts
    assert brought.comments > 390 * times, brought.counts
    for table, number in ((Proposal, brought.proposals), (Comment, brought.comments)):
        there = select(func.count()).select_from(table).where(table.edition_id == edition.id)
        assert db.session.scalar(there) == number


def _clean(_file: Path, _times: int) -> None:
    """Forget what was brought in, so that the next round finds the edition as this one did."""
    for table in (Comment, Proposal):
        db.session.execute(delete(table))
    db.session.commit()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        with _app(sys.argv[2], Path(sys.argv[3])):
            {"make": _make, "import": _import, "clean": _clean}[sys.argv[1]](Path(sys.argv[3]), int(sys.argv[4]))
    else:
        for row in run():
            print(f"{'ok ' if row.ok else 'NOT'} {row.case}: {row.measured:.3f} {row.unit} (limit {row.limit})")
