"""A reviewed Word file of 150 pages with 400 comments and 1,000 tracked changes: time, memory, and how both grow.

The file is made here, in the same way every time. Each measurement is a process of its own, best of three.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from pathlib import Path

from lxml import etree

from app.core.splitting import split
from app.interchange.formats.document import Manual, ManualBlock, ManualModule, ManualUnit
from app.interchange.formats.docx.review.reviewing import read_reviewed
from app.interchange.formats.write import write
from tests.benchmarks.exports import PAGES, manual_markdown
from tests.benchmarks.rows import Row
from tests.interchange.reviewing import W, comment_on, comments_xml, edited, insert_words, replace_words, text_of

COMMENTS, CHANGES = 400, 1000
ROUNDS = 3
AUTHORS = ("Rosa (demo)", "Luis (demo)", "Ana (demo)", "Juan (demo)")


def run() -> list[Row]:
    """Measure one file, and one of twice the length with twice the changes."""
    with tempfile.TemporaryDirectory() as name:
        measured = []
        for times in (1, 2):
            file = Path(name) / f"review{times}.docx"
            _in_a_process("make", file, times)
            rounds = [_in_a_process("read", file, times) for _ in range(ROUNDS)]
            measured.append(tuple(min(column) for column in zip(*rounds, strict=True)))
    (seconds, busy, megabytes), (_, longer, larger) = measured
    what = f"reviewed DOCX of {PAGES} pages, {COMMENTS} comments, {CHANGES} changes"
    return [
        Row(f"{what}, whole process", seconds, 5.0, "s", seconds <= 5.0),
        Row(f"{what}, peak memory", megabytes, 300.0, "MB", megabytes <= 300.0),
        Row(f"twice as long a file, processor time ({longer:.2f} s)", longer / busy, 2.3, "×", longer / busy <= 2.3),
        Row(f"twice as long a file, memory ({larger:.0f} MB)", larger / megabytes, 2.3, "×", larger / megabytes <= 2.3),
    ]


def _in_a_process(step: str, file: Path, times: int) -> tuple[float, float, float]:
    """The seconds that passed, those that the processor worked, and the megabytes held at most."""
    started = time.perf_counter()
    command = [sys.executable, "-m", "tests.benchmarks.review", step, str(file), str(times)]
    process = os.posix_spawn(command[0], command, {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])})
    _, status, usage = os.wait4(process, 0)
    assert os.waitstatus_to_exitcode(status) == 0, command
    return time.perf_counter() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def _book(times: int) -> Manual:
    """The made-up manual of the exports' benchmark, cut into blocks as an edition has them."""
    units = []
    for part in range(times):
        pieces = split(manual_markdown(seed=7 + part))
        blocks = tuple(ManualBlock(f"u{part}-b{n}", piece.kind.value, piece.text) for n, piece in enumerate(pieces))
        units.append(ManualUnit(f"u{part}", "", 60, blocks))
    return Manual("Bench", "es", (ManualModule("m", "Módulo", tuple(units)),), slug="bench", revision="1")


def _make(file: Path, times: int) -> None:
    dice = random.Random(5)  # noqa: S311 -- the same file in every run, not a secret

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
    file.write_bytes(edited(write(_book(times), "docx"), change, {"word/comments.xml": comments_xml(rows)}))


def _read(file: Path, times: int) -> None:
    result = read_reviewed(file.read_bytes(), _book(times))
    assert len(result.changes) > 300 * times, len(result.changes)
    assert len(result.remarks) > 390 * times, len(result.remarks)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        {"make": _make, "read": _read}[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]))
    else:
        for row in run():
            print(f"{'ok ' if row.ok else 'NOT'} {row.case}: {row.measured:.3f} {row.unit} (limit {row.limit})")
