"""Small content trees for tests, written as text, and their texts by digest."""

from __future__ import annotations

from collections.abc import Mapping

from app.core.content import Block, Content, Digest, Kind, Language, Lock, Module, ModuleKind, Uid, Unit, digest

STORE: dict[Digest, str] = {}
LANGUAGES = ("es", "en")


def stored(text: str) -> Digest:
    """Keep a text and return its digest."""
    name = digest(text)
    STORE[name] = text
    return name


def bodies(name: Digest) -> str:
    """The text of a digest that `stored` or a merge made."""
    return STORE[name]


def block(
    uid: Uid, es: str | None = None, en: str | None = None, lock: Lock = Lock.ADAPTABLE, kind: Kind = Kind.PARAGRAPH
) -> Block:
    """A block; without texts it says its own uid in both languages."""
    given = {"es": es, "en": en} if es or en else {"es": f"Texto de {uid}.", "en": f"Text of {uid}."}
    return Block(uid, kind, {language: stored(text) for language, text in given.items() if text}, lock)


def tree(layout: str, **blocks: Block | str) -> Content:
    """Read `m1[u1: a b c | u2: d] m2[u3: e]`: modules, units, blocks; `blocks` replaces some, a str is their Spanish.

    A unit's minutes may follow it: `u1@90`. A block given only in Spanish keeps its own English text.
    """
    modules = []
    for part in layout.split("]")[:-1]:
        name, _, inner = part.partition("[")
        units = []
        for unit in inner.split("|") if inner.strip() else []:
            head, _, members = unit.partition(":")
            uid, _, minutes = head.strip().partition("@")
            units.append(Unit(uid, int(minutes or 60), tuple(_member(one, blocks) for one in members.split())))
        modules.append(Module(name.strip(), ModuleKind.MODULE, {"es": f"Módulo {name.strip()}"}, tuple(units)))
    return Content(tuple(modules))


def _member(uid: Uid, blocks: Mapping[str, Block | str]) -> Block:
    given = blocks.get(uid)
    if isinstance(given, str):
        return block(uid, es=given, en=f"Text of {uid}.")
    return given or block(uid)


def layout(content: Content) -> str:
    """Write a tree as `tree` reads it, without texts."""
    modules = ((module.uid, " | ".join(map(_unit_line, module.units))) for module in content.modules)
    return " ".join(f"{uid}[{units}]" for uid, units in modules)


def _unit_line(unit: Unit) -> str:
    head = unit.uid if unit.minutes == 60 else f"{unit.uid}@{unit.minutes}"
    return f"{head}: {' '.join(block.uid for block in unit.blocks)}".strip()


def said(content: Content, uid: Uid, language: Language = "es") -> str | None:
    """The text of a block in one language."""
    place = content.find(uid)
    name = place[1].blocks[place[2]].texts.get(language) if place else None
    return STORE[name] if name else None
