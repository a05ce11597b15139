"""How long planning a sync takes, and how it grows with the number of blocks."""

from __future__ import annotations

import gc
import random
import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from statistics import mean
from time import perf_counter

from app.core.content import Block, Content, Digest, Kind, Language, Module, ModuleKind, Unit, digest
from app.core.merge import plan
from tests.benchmarks.rows import Row

LANGUAGES = ("es", "en")
LIMIT_SECONDS = 0.25
BLOCKS_PER_UNIT = 25
UNITS_PER_MODULE = 8
SHARE_CHANGED = 0.1
LINEAR = 1.3  # no worse than linear: the rest is Python's garbage collector and the processor's cache
WORDS = re.findall(
    r"\w+",
    "las los socias socios cooperativa café feria precio kilo asamblea voto fondo semilla cosecha balanza deuda ahorro"
    " crédito libro acta junta ley cuota venta compra camión pueblo río camino escuela reunión cuenta dinero trabajo",
)


class Bodies:
    """Texts by digest, as many as are written into it."""

    def __init__(self) -> None:
        self.texts: dict[Digest, str] = {}

    def store(self, text: str) -> Digest:
        name = digest(text)
        self.texts[name] = text
        return name


def _text(chance: random.Random, language: Language) -> str:
    sentences = (" ".join(chance.choices(WORDS, k=chance.randint(8, 18))) for _ in range(chance.randint(3, 6)))
    return f"{language}: " + " ".join(sentence.capitalize() + "." for sentence in sentences)


def original(blocks: int, chance: random.Random, bodies: Bodies) -> Content:
    """A curriculum of paragraphs of three to six sentences in two languages."""
    made = [
        Block(f"b{i}", Kind.PARAGRAPH, {language: bodies.store(_text(chance, language)) for language in LANGUAGES})
        for i in range(blocks)
    ]
    units = [
        Unit(f"u{i}", 90, tuple(made[i : i + BLOCKS_PER_UNIT])) for i in range(0, blocks, BLOCKS_PER_UNIT)
    ]  # fmt: skip
    modules = [
        Module(f"m{i}", ModuleKind.MODULE, {"es": f"Módulo {i}"}, tuple(units[i : i + UNITS_PER_MODULE]))
        for i in range(0, len(units), UNITS_PER_MODULE)
    ]
    return Content(tuple(modules))


def changed(content: Content, side: str, chance: random.Random, bodies: Bodies) -> Content:
    """A tenth of the blocks with one word changed in each language; a few blocks more, fewer, and elsewhere."""

    def word_changed(name: Digest) -> Digest:
        words = bodies.texts[name].split(" ")
        words[chance.randrange(1, len(words))] = f"{chance.choice(WORDS)}-{side}"
        return bodies.store(" ".join(words))

    def unit_changed(unit: Unit) -> Unit:
        blocks = list(unit.blocks)
        for i, block in enumerate(blocks):
            if chance.random() < SHARE_CHANGED:
                blocks[i] = replace(block, texts={a: word_changed(name) for a, name in block.texts.items()})
        what = chance.randrange(4)
        if what == 0:
            blocks.insert(chance.randrange(len(blocks)), blocks.pop(chance.randrange(len(blocks))))
        elif what == 1:
            blocks.pop(chance.randrange(len(blocks)))
        elif what == 2:
            texts = {language: bodies.store(_text(chance, language)) for language in LANGUAGES}
            blocks.insert(chance.randrange(len(blocks)), Block(f"{side}-{unit.uid}", Kind.PARAGRAPH, texts))
        return replace(unit, blocks=tuple(blocks))

    return Content(
        tuple(replace(module, units=tuple(unit_changed(unit) for unit in module.units)) for module in content.modules)
    )


def samples(blocks: int, syncs: int) -> list[Callable[[], object]]:
    """Some random syncs of that size, ready to be planned."""
    made: list[Callable[[], object]] = []
    for seed in range(syncs):
        chance, bodies = random.Random(seed), Bodies()  # noqa: S311 - reproducible sample data
        base = original(blocks, chance, bodies)
        parent, child = (changed(base, side, chance, bodies) for side in ("parent", "child"))
        made.append(partial(plan, base, parent, child, {}, bodies.texts.__getitem__, LANGUAGES))
    return made


def _timed(work: Callable[[], object]) -> float:
    gc.collect()
    started = perf_counter()
    work()
    return perf_counter() - started


def run() -> list[Row]:
    """Time plans of 200, 2,000 and 20,000 blocks; growth is the time per block, the largest against the smallest.

    Sizes take turns, so that a busy machine slows all of them; of each sync the fastest round counts.
    """
    syncs = {200: samples(200, 20), 2_000: samples(2_000, 4), 20_000: samples(20_000, 1)}
    rounds = [{blocks: [_timed(work) for work in works] for blocks, works in syncs.items()} for _ in range(6)]
    seconds = {
        blocks: mean(min(times) for times in zip(*(one[blocks] for one in rounds), strict=True)) for blocks in syncs
    }
    growth = (seconds[20_000] / 20_000) / (seconds[200] / 200)
    return [
        Row("sync plan, 2,000 blocks", seconds[2_000], LIMIT_SECONDS, "s", seconds[2_000] <= LIMIT_SECONDS),
        Row(
            "sync plan, 20,000 blocks", seconds[20_000], 10 * LIMIT_SECONDS, "s", seconds[20_000] <= 10 * LIMIT_SECONDS
        ),
        Row("sync plan, time per block, 20,000 against 200", growth, LINEAR, "x", growth <= LINEAR),
    ]


if __name__ == "__main__":
    for row in run():
        print(
            f"{row.case}: {row.measured:.3f} {row.unit} (limit {row.limit} {row.unit}) {'ok' if row.ok else 'TOO MUCH'}"
        )
