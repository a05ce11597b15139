"""The law of packages: editing the files and merging them is merging the same edits directly by `core.merge`."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.content import Block, Content, Digest, Kind, Lock, Module, ModuleKind, Uid, Unit, digest
from app.core.merge import Part, plan
from app.interchange.formats.offline import Manuscript, pack, read, unpack
from app.interchange.formats.offline.laying import unit_files

from .packing import files_of, zipped

WORDS = ["café", "saco", "cosecha", "balanza", "lunes", "asamblea", "libro", "precio", "socia", "lluvia", "camino"]
OTHER_WORDS = ["río", "puente", "semilla", "vecina", "costal", "radio", "molino", "tarde", "zanja", "horno", "canoa"]
LANGUAGES = ("en", "es")
ROOT = "c-PE/"


class Book:
    """Content trees that are made by chance, with their texts."""

    def __init__(self, chance: random.Random) -> None:
        self.chance, self.texts, self.count = chance, dict[Digest, str](), 0

    def text(self, start: str = "", of: Sequence[str] = WORDS) -> Digest:
        words = " ".join(self.chance.choices(of, k=self.chance.randint(9, 14)))
        return self.keep(f"{start}{words} {self.count}.")

    def keep(self, text: str) -> Digest:
        self.texts[digest(text)] = text
        return digest(text)

    def uid(self, kind: str) -> Uid:
        self.count += 1
        return f"{kind}{self.count}"

    def block(self, kind: Kind = Kind.PARAGRAPH, of: Sequence[str] = WORDS) -> Block:
        start = "# " if kind is Kind.HEADING else "- " if kind is Kind.LIST else ""
        uid = self.uid("b")
        return Block(
            uid, kind, {language: self.text(f"{start}{language} ", of) for language in LANGUAGES}, Lock.ADAPTABLE
        )

    def unit(self) -> Unit:
        kinds = [self.chance.choice([Kind.PARAGRAPH, Kind.LIST]) for _ in range(self.chance.randint(3, 6))]
        return Unit(self.uid("u"), 60, (self.block(Kind.HEADING), *map(self.block, kinds)))

    def content(self) -> Content:
        return Content(
            tuple(
                Module(self.uid("m"), ModuleKind.MODULE, {"en": "M", "es": "M"}, tuple(self.unit() for _ in range(2)))
                for _ in range(2)
            )
        )

    def changed(self, content: Content, *, inserts: bool) -> Content:
        """The content after a few edits: words, minutes, a block gone, moved, moved to another unit, or new."""
        for _ in range(self.chance.randint(1, 5)):
            content = self.once(content, inserts=inserts)
        return content

    def once(self, content: Content, *, inserts: bool) -> Content:
        units = [unit for _, unit in content.units()]
        unit = self.chance.choice(units)
        blocks = list(unit.blocks)
        at = self.chance.randrange(1, len(blocks)) if len(blocks) > 2 else 0
        deed = self.chance.choice(["word", "word", "minutes", "gone", "move", "away", *(["new"] if inserts else [])])
        if deed == "word":
            block, language = blocks[at], self.chance.choice(LANGUAGES)
            words = self.texts[block.texts[language]].split(" ")
            words[self.chance.randrange(2, len(words))] = self.chance.choice(WORDS)
            blocks[at] = replace(block, texts={**block.texts, language: self.keep(" ".join(words))})
        elif deed == "minutes":
            unit = replace(unit, minutes=self.chance.choice([45, 90, 120]))
        elif at and deed == "gone":
            del blocks[at]
        elif at and deed == "move":
            blocks.insert(self.chance.randrange(1, len(blocks)), blocks.pop(at))
        elif at and deed == "away":
            other = self.chance.choice([one for one in units if one.uid != unit.uid])
            block = blocks.pop(at)
            content = with_unit(content, replace(unit, blocks=tuple(blocks)))
            return with_unit(content, replace(other, blocks=(*other.blocks, block)))
        elif deed == "new":
            # in other words than those taken out: what is new and like something gone is read as that, come back
            blocks.insert(self.chance.randrange(1, len(blocks) + 1), self.block(of=OTHER_WORDS))
        return with_unit(content, replace(unit, blocks=tuple(blocks)))


def book_of(seed: int) -> Book:
    return Book(random.Random(seed))  # noqa: S311 - nothing here is a secret


def with_unit(content: Content, unit: Unit) -> Content:
    return Content(
        tuple(replace(m, units=tuple(unit if u.uid == unit.uid else u for u in m.units)) for m in content.modules)
    )


def manuscript(content: Content, texts: dict[Digest, str]) -> Manuscript:
    return Manuscript(
        slug="c",
        region="PE",
        version="1.0.0",
        revision=1,
        digest="0" * 64,
        product="1",
        exported_at="",
        source_language="en",
        languages=LANGUAGES,
        licence="CC-BY-SA-4.0",
        credits=("Us",),
        public=True,
        titles={"en": "C", "es": "C"},
        summaries={},
        variables={},
        content=content,
        bodies=texts,
        media={},
    )


def edited_files(book: Book, base: Content, edited: Content) -> bytes:
    """The package of the base with its files as they are once somebody has made these edits in them."""
    sent = manuscript(base, book.texts)
    files = files_of(pack(sent))
    known = {block.uid for _, _, block in base.blocks()}
    for path, text in unit_files(replace(sent, content=edited))[0].items():
        lines = text.split("\n")
        kept = [line for line in lines if not (line.startswith("{: #") and line[4:].rstrip(" }") not in known)]
        files[ROOT + path] = "\n".join(kept).encode()
    return zipped(files)


@settings(max_examples=120)
@given(st.integers(0, 10**9))
def test_reading_edited_files_gives_the_edited_tree(seed: int) -> None:
    book = book_of(seed)
    base = book.content()
    edited = book.changed(base, inserts=False)
    returned = read(unpack(edited_files(book, base, edited)), manuscript(base, book.texts))
    assert returned.content == edited
    assert returned.problems == ()


@settings(max_examples=120)
@given(st.integers(0, 10**9))
def test_merging_the_files_is_merging_the_edits(seed: int) -> None:
    book = book_of(seed)
    base = book.content()
    edited, head = book.changed(base, inserts=True), book.changed(base, inserts=True)
    returned = read(unpack(edited_files(book, base, edited)), manuscript(base, book.texts))
    texts = {**book.texts, **returned.texts}
    ours = plan(base, returned.content, head, {}, texts.__getitem__, LANGUAGES, locks=False)
    direct = plan(base, edited, head, {}, texts.__getitem__, LANGUAGES, locks=False)
    new = {o.uid for o in direct.outcomes if o.uid not in direct.base.items[o.part]} - set(
        direct.child.items[Part.BLOCK]
    )
    assert [(o.uid, o.action) for o in ours.outcomes if o.uid in direct.by_uid] == [
        (o.uid, o.action) for o in direct.outcomes if o.uid not in new
    ]
    here, there = [[o.texts for o in p.outcomes if o.action == "inserted"] for p in (ours, direct)]
    assert [list(t) for t in here] == [list(t) for t in there]
    assert [[v.parent for v in t.values()] for t in here] == [[v.parent for v in t.values()] for t in there]


@settings(max_examples=60)
@given(st.integers(0, 10**9))
def test_an_unedited_package_gives_the_base(seed: int) -> None:
    book = book_of(seed)
    base = book.content()
    sent = manuscript(base, book.texts)
    assert read(unpack(pack(sent)), sent).content == base


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_saved_without_the_marks_of_its_paragraphs_is_told_by_its_texts(language: str) -> None:
    book = book_of(7)
    base = book.content()
    sent = manuscript(base, book.texts)
    files = files_of(pack(sent))
    for name, data in files.items():
        if f"/{language}/" in name:
            files[name] = re.sub(r"{: #\S+ }", "{: }", data.decode()).encode()
    assert read(unpack(zipped(files)), sent).content == base
