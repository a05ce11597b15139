"""Random content trees and random edits of them, for properties."""

from __future__ import annotations

import random
from collections.abc import Collection
from dataclasses import replace

from hypothesis import strategies as st

from app.core.content import Block, Content, Kind, Lock, Module, ModuleKind, Uid, Unit
from tests.core.merge.trees import stored

SENTENCES = [
    "Las socias venden su café en la feria cada sábado.",
    "El camión sale temprano del pueblo y vuelve de noche.",
    "Al volver descansan un rato en la casa comunal.",
    "Después cuentan el dinero entre todas y lo anotan.",
    "Quien no pudo venir escucha el resumen al día siguiente.",
]
LANGUAGES = ("es", "en")


class Editor:
    """A content tree as lists that can be changed, and a source of chance."""

    def __init__(self, content: Content, chance: random.Random, name: str) -> None:
        self.chance, self.name, self.made = chance, name, 0
        self.modules = list(content.modules)
        self.units = {m.uid: list(m.units) for m in content.modules}
        self.blocks = {u.uid: list(u.blocks) for _, u in content.units()}

    def content(self) -> Content:
        return Content(
            tuple(
                replace(m, units=tuple(replace(u, blocks=tuple(self.blocks[u.uid])) for u in self.units[m.uid]))
                for m in self.modules
            )
        )

    def uid(self, kind: str) -> Uid:
        self.made += 1
        return f"{self.name}-{kind}{self.made}"

    def new_block(self) -> Block:
        uid = self.uid("b")
        return Block(uid, Kind.PARAGRAPH, {a: stored(f"{a} {uid}. " + " ".join(SENTENCES)) for a in LANGUAGES})

    def edit(self) -> None:
        getattr(self, self.chance.choice(EDITS))()

    def _somewhere(self) -> list[Block] | None:
        return self.chance.choice(list(self.blocks.values())) if self.blocks else None

    def _take(self) -> Block | None:
        lists = [blocks for blocks in self.blocks.values() if blocks]
        if not lists:
            return None
        blocks = self.chance.choice(lists)
        return blocks.pop(self.chance.randrange(len(blocks)))

    def _put(self, block: Block | None) -> None:
        blocks = self._somewhere()
        if block is not None and blocks is not None:
            blocks.insert(self.chance.randint(0, len(blocks)), block)

    def write(self) -> None:
        lists = [blocks for blocks in self.blocks.values() if blocks]
        if lists:
            blocks = self.chance.choice(lists)
            at = self.chance.randrange(len(blocks))
            language = self.chance.choice(LANGUAGES)
            sentences = [f"{language} {blocks[at].uid}.", *SENTENCES]
            word = self.chance.choice(["abrazan", "siembran", self.name])
            sentences[self.chance.randrange(len(sentences))] += f" Allí {word} juntas."
            blocks[at] = replace(blocks[at], texts={**blocks[at].texts, language: stored(" ".join(sentences))})

    def insert(self) -> None:
        self._put(self.new_block())

    def delete(self) -> None:
        self._take()

    def move(self) -> None:
        self._put(self._take())

    def lengthen(self) -> None:
        lists = [units for units in self.units.values() if units]
        if lists:
            units = self.chance.choice(lists)
            at = self.chance.randrange(len(units))
            units[at] = replace(units[at], minutes=self.chance.choice([30, 45, 90]))

    def insert_unit(self) -> None:
        if self.units:
            units = self.chance.choice(list(self.units.values()))
            unit = Unit(self.uid("u"), 60, ())
            units.insert(self.chance.randint(0, len(units)), unit)
            self.blocks[unit.uid] = [self.new_block() for _ in range(self.chance.randint(0, 2))]

    def _take_unit(self) -> Unit | None:
        lists = [units for units in self.units.values() if units]
        if not lists:
            return None
        units = self.chance.choice(lists)
        return units.pop(self.chance.randrange(len(units)))

    def delete_unit(self) -> None:
        unit = self._take_unit()
        if unit:
            del self.blocks[unit.uid]

    def move_unit(self) -> None:
        unit = self._take_unit()
        if unit:
            units = self.chance.choice(list(self.units.values()))
            units.insert(self.chance.randint(0, len(units)), unit)

    def move_module(self) -> None:
        self.chance.shuffle(self.modules)

    def rename(self) -> None:
        if self.modules:
            at = self.chance.randrange(len(self.modules))
            self.modules[at] = replace(self.modules[at], titles={"es": self.chance.choice(["Uno", self.name])})

    def insert_module(self) -> None:
        module = Module(self.uid("m"), ModuleKind.MODULE, {"es": "Nuevo"}, ())
        self.modules.insert(self.chance.randint(0, len(self.modules)), module)
        self.units[module.uid] = []

    def delete_module(self) -> None:
        if self.modules:
            module = self.modules.pop(self.chance.randrange(len(self.modules)))
            for unit in self.units.pop(module.uid):
                del self.blocks[unit.uid]


EDITS = (
    *("write",) * 6,
    *("insert", "delete", "move") * 3,
    *("insert_unit", "delete_unit", "move_unit", "lengthen"),
    *("rename", "move_module", "insert_module", "delete_module"),
)


def original(chance: random.Random) -> Content:
    """Two modules of a few units of a few blocks."""
    editor = Editor(Content(), chance, "o")
    for _ in range(2):
        editor.insert_module()
    for _ in range(chance.randint(1, 5)):
        editor.insert_unit()
    for _ in range(chance.randint(0, 8)):
        editor.insert()
    return editor.content()


def edited(content: Content, chance: random.Random, name: str, edits: int) -> Content:
    """The tree after some random edits; what is added is named after the editor."""
    editor = Editor(content, chance, name)
    for _ in range(edits):
        editor.edit()
    return editor.content()


@st.composite
def three_sides(draw: st.DrawFn) -> tuple[Content, Content, Content]:
    """A base, a parent and a child that both descend from it."""
    chance = draw(st.randoms(use_true_random=False))
    base = original(chance)
    parent = edited(base, chance, "p", draw(st.integers(0, 8)))
    return base, parent, edited(base, chance, "c", draw(st.integers(0, 8)))


def locked(content: Content, fixed: Collection[Uid]) -> Content:
    """The tree with some of its blocks fixed."""
    return Content(
        tuple(
            replace(
                module,
                units=tuple(
                    replace(
                        unit,
                        blocks=tuple(
                            replace(block, lock=Lock.FIXED) if block.uid in fixed else block for block in unit.blocks
                        ),
                    )
                    for unit in module.units
                ),
            )
            for module in content.modules
        )
    )
