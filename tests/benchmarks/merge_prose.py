"""How long merging prose takes, against `git merge-file` on the same files, and on texts made to hurt."""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from app.core.prose import merge_text
from tests.benchmarks.rows import Row

Triple = tuple[str, str, str]
_NAMES = ("base", "ours", "theirs")
_WORDS = "la el de que cooperativa miembro voto precio café venta no sin solo mercado abril compra socio acta 25 soles"


def run(data_dir: Path | None = None) -> list[Row]:
    """Return the rows; `data_dir` holds folders with base.md, ours.md and theirs.md, else lessons are made up."""
    triples = _read(data_dir) if data_dir else [_lesson(random.Random(n)) for n in range(40)]  # noqa: S311
    with tempfile.TemporaryDirectory() as folder:
        ours, git = _side_by_side(triples, Path(folder))
        process = _process_seconds(triples[0], Path(folder))
    ratio = statistics.median(ours) / statistics.median(git)
    return [
        _row(f"merge of one file, median of {len(triples)}, against git", ratio, 5.0, "times"),
        _row("merge of one file, slowest", max(ours), 1.0, "s"),
        _row("`vivero merge` as a whole process, best of 7", process, 0.2, "s"),
        *(_row(name, _seconds(triple), limit, "s") for name, triple, limit in _hostile()),
    ]


def _row(case: str, measured: float, limit: float, unit: str) -> Row:
    return Row(case, measured, limit, unit, measured <= limit)


def _read(folder: Path) -> list[Triple]:
    found = sorted(path.parent for path in folder.glob("*/base.md"))
    texts = ([(path / f"{name}.md").read_bytes().decode("utf-8", "replace") for name in _NAMES] for path in found)
    return [(base, ours, theirs) for base, ours, theirs in texts]


def _sentence(chance: random.Random) -> str:
    return " ".join(chance.choices(_WORDS.split(), k=chance.randint(4, 18))).capitalize() + "."


def _lesson(chance: random.Random, paragraphs: int = 40) -> Triple:
    base = [[_sentence(chance) for _ in range(chance.randint(1, 6))] for _ in range(paragraphs)]
    texts = [base]
    for _ in range(2):
        side = [list(paragraph) for paragraph in base]
        for at in chance.sample(range(paragraphs), paragraphs // 10):
            side[at][chance.randrange(len(side[at]))] = _sentence(chance)
        texts.append(side)
    first, second, third = ("\n\n".join(" ".join(paragraph) for paragraph in text) + "\n" for text in texts)
    return first, second, third


def _seconds(triple: Triple) -> float:
    start = time.perf_counter()
    merge_text(*triple)
    return time.perf_counter() - start


def _write(triple: Triple, folder: Path) -> list[str]:
    paths = [folder / f"{name}.md" for name in _NAMES]
    for path, text in zip(paths, triple, strict=True):
        path.write_bytes(text.encode())
    return [str(path) for path in paths]


def _side_by_side(triples: list[Triple], folder: Path) -> tuple[list[float], list[float]]:
    """Seconds for each file, ours in this process and git's as a process, measured in turns."""
    ours, git = [], []
    for triple in triples:
        base, mine, other = _write(triple, folder)
        ours.append(_seconds(triple))
        start = time.perf_counter()
        subprocess.run(["git", "merge-file", "-p", "-q", mine, base, other], capture_output=True, check=False)
        git.append(time.perf_counter() - start)
    return ours, git


def _process_seconds(triple: Triple, folder: Path) -> float:
    command = [sys.executable, "-m", "app.core_cli.merge", *_write(triple, folder), "--json"]
    seconds = []
    for _ in range(7):
        start = time.perf_counter()
        subprocess.run(command, capture_output=True, check=False)
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def _hostile() -> list[tuple[str, Triple, float]]:
    """Texts that make a quadratic merge take minutes or gigabytes; the limits are for two busy cores."""
    chance = random.Random(1)  # noqa: S311
    few = ["".join(chance.choices("abcdefghij", k=100_000)) for _ in range(3)]
    base, ours, theirs = ("\n".join(text) + "\n" for text in few)
    return [
        ("100,000 equal lines", ("x\n" * 100_000, "x\n" * 100_001, "x\n" * 99_999 + "y\n"), 5.0),
        ("100,000 lines of ten kinds, unrelated", (base, ours, theirs), 20.0),
        ("5 MB of prose, each tenth paragraph changed by each side", _lesson(chance, 13_000), 20.0),
        ("5 MB in one line", ("palabra " * 600_000, "palabra " * 599_999 + "x", "x " + "palabra " * 599_999), 5.0),
    ]


if __name__ == "__main__":
    for row in run(Path(sys.argv[1]) if len(sys.argv) > 1 else None):
        print(f"{row.case:60} {row.measured:8.3f} {row.unit:6} limit {row.limit:g} {'ok' if row.ok else 'MISSED'}")
