"""Exports of a 150-page manual: Word against pandoc making one from the same Markdown, PDF against the clock.

Whole processes, started here one after the other, best of three; `vivero convert` is the counterpart of pandoc.
"""

from __future__ import annotations

import os
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.rows import Row

PAGES = 150
WORDS_PER_PAGE = 360
ROUNDS = 3
_STEMS = [
    *["la", "cooperativa", "entrega", "café", "asamblea", "precio", "voto", "socia", "balance", "reserva", "acopio"],
    *[
        "camión",
        "semana",
        "cuenta",
        "mercado",
        "the",
        "of",
        "members",
        "share",
        "harvest",
        "price",
        "record",
        "meeting",
    ],
    *["vote", "buyer", "stock", "pay", "month", "decide", "count", "together", "market", "field"],
]


def manual_markdown(pages: int = PAGES, seed: int = 7) -> str:
    """A made-up manual in the two languages' words, with every kind of block in the measure that ours have them."""
    dice = random.Random(seed)  # noqa: S311 -- the same text in every run, not a secret

    def words(count: int) -> str:
        return " ".join(dice.choice(_STEMS) for _ in range(count))

    def sentence() -> str:
        text = words(dice.randint(8, 18)).capitalize()
        look = dice.random()
        if look < 0.15:
            return f"{text} **{words(2)}** {words(3)}."
        if look < 0.25:
            return f"{text} *{words(2)}*, {words(4)}."
        return f"{text} [{words(2)}](https://example.org/{dice.randint(1, 99)})." if look < 0.28 else f"{text}."

    def paragraph() -> str:
        return " ".join(sentence() for _ in range(dice.randint(2, 5)))

    def numbered() -> str:
        return "\n".join(f"{n}. {sentence()}" for n in range(1, dice.randint(4, 7)))

    def bullets() -> str:
        return "\n".join(f"- {sentence()}" for _ in range(dice.randint(3, 6)))

    def table() -> str:
        rows = "\n".join(f"| {dice.randint(5, 40)} | {words(4)} | {words(6)} |" for _ in range(dice.randint(4, 8)))
        return f"| Minutos | Qué | How |\n|--:|---|---|\n{rows}"

    def typed(kind: str, inner: str) -> str:
        return f"/// {kind} | {words(4)}\n\n{inner}\n///"

    def unit() -> list[str]:
        made = [f"## {words(5)}", paragraph(), typed("objectives", bullets()), typed("plan", table())]
        for _ in range(4):
            made += [f"### {words(4)}", paragraph(), paragraph(), typed("activity", numbered()), paragraph(), bullets()]
            made += [typed("note", paragraph()), table(), paragraph()]
        made += [typed("case", f"{paragraph()}\n\n{paragraph()}"), f"> {sentence()}"]
        made += [typed("question", f"- [ ] {words(5)}\n- [x] {words(6)}\n\n> {sentence()}") for _ in range(4)]
        return made

    blocks = [f"# {words(4)}"]
    while sum(len(block.split()) for block in blocks) < pages * WORDS_PER_PAGE:
        blocks += unit()
    return "\n\n".join(blocks) + "\n"


def run() -> list[Row]:
    """Measure everything; a row whose counterpart is not installed fails and says so."""
    vivero = str(Path(sys.executable).with_name("vivero"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "manual.md"
        source.write_text(manual_markdown(), encoding="utf-8")
        ours: list[tuple[float, float]] = []
        theirs: list[tuple[float, float]] = []
        pandoc = shutil.which("pandoc")
        for _ in range(ROUNDS):
            ours.append(_measured([vivero, "convert", str(source), str(folder / "ours.docx")]))
            if pandoc:
                theirs.append(_measured([pandoc, "--toc", str(source), "-o", str(folder / "theirs.docx")]))
        pdf = min(_measured([vivero, "convert", str(source), str(folder / "ours.pdf")])[0] for _ in range(ROUNDS))
        start = min(_measured([vivero, "convert", "--help"])[0] for _ in range(ROUNDS))
    seconds, megabytes = (min(column) for column in zip(*ours, strict=True))
    rows = [
        Row(f"PDF of {PAGES} pages", pdf, 3.0, "s", pdf <= 3.0),
        Row("vivero convert --help, whole process", start, 0.2, "s", start <= 0.2),
    ]
    if not theirs:
        return [*rows, Row("DOCX against pandoc, which is not installed", float("nan"), 1.0, "×", False)]
    their_seconds, their_megabytes = (min(column) for column in zip(*theirs, strict=True))
    for what, one, other, unit in (
        ("time", seconds, their_seconds, "s"),
        ("peak memory", megabytes, their_megabytes, "MB"),
    ):
        case = f"DOCX of {PAGES} pages, {what} against pandoc ({one:.2f} {unit} : {other:.2f} {unit})"
        rows.append(Row(case, one / other, 1.0, "×", one <= other))
    return rows


def _measured(command: list[str]) -> tuple[float, float]:
    """The seconds that a process takes from start to end, and the megabytes it held at most."""
    started = time.perf_counter()
    process = os.posix_spawn(
        command[0],
        command,
        os.environ,
        file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)],
    )
    _, status, usage = os.wait4(process, 0)
    seconds = time.perf_counter() - started
    assert os.waitstatus_to_exitcode(status) == 0, command
    return seconds, usage.ru_maxrss / 1024


if __name__ == "__main__":
    for row in run():
        print(f"{'ok ' if row.ok else 'NOT'} {row.case}: {row.measured:.3f} {row.unit} (limit {row.limit})")
