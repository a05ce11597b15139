"""Memories and glossaries, out and in: nobody gets texts of editions they may not read, and each row is answered."""

from __future__ import annotations

import pytest
from flask import Flask

from app.core.checks.terms import Status, Term
from app.curriculum.models import Edition
from app.interchange.exchanging import memories, outgoing, terms
from app.interchange.exchanging.terms import Fate
from app.interchange.formats.exchange import Pair, count_pairs, from_tmx, to_csv, to_tmx
from app.people import queries as people
from app.people.permissions import COMMAND_LINE, Actor, NotAllowed, Role, Scope
from app.translation import actions
from tests import factories as make
from tests.translation.cells import uid

OWN = "Aquí la cooperativa le paga al contado."


@pytest.fixture
def peru(app: Flask) -> Edition:
    return make.fork(make.load(), "PE")


def person(role: Role, region: str | None = "PE", name: str = "ana") -> Actor:
    return people.actor_of(make.account(name, role, Scope("my-coop", region)))


def targets(found: list[Pair]) -> set[str]:
    return {pair.target for pair in found}


def test_a_memory_holds_each_text_with_its_translation(peru: Edition) -> None:
    pairs, problems = from_tmx(outgoing.make(COMMAND_LINE, peru, "tmx", outgoing.Wanted("es"))[0])
    assert problems == ()
    assert {(p.source_language, p.target_language) for p in pairs} == {("en", "es")}
    assert "La cooperativa paga 25 soles por cada saco. La membresía decide en conjunto." in targets(list(pairs))


def test_what_is_only_in_a_draft_is_in_no_memory_of_somebody_who_reads_releases(peru: Edition) -> None:
    actions.save_translation(COMMAND_LINE, peru, uid(peru), "es", OWN, why="for a test")
    every = [peru]
    assert OWN in targets(memories.pairs_of(person(Role.TRANSLATOR), every, "es"))
    assert OWN not in targets(memories.pairs_of(person(Role.READER, name="eva"), every, "es"))
    outside = person(Role.TRANSLATOR, "SV", name="luz")
    assert memories.pairs_of(outside, every, "es") == []


def test_a_memory_comes_in_for_those_who_may_import(peru: Edition) -> None:
    data = to_tmx([Pair("en", "es", "The gate is open.", "El portón está abierto.")])
    made = memories.plan(data)
    assert len(made.pairs) == 1
    scope = Scope("my-coop", "PE")
    assert memories.bring(person(Role.DESIGNER), made, filename="m.tmx", scope=scope) == 1
    with pytest.raises(NotAllowed):
        memories.bring(person(Role.TRANSLATOR, name="eva"), made, filename="m.tmx", scope=scope)
    with pytest.raises(NotAllowed):
        memories.bring(person(Role.DESIGNER, name="luz"), made, filename="m.tmx", scope=Scope("my-coop", "SV"))


def test_a_memory_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memories, "MOST_PAIRS", 1)
    data = to_tmx([Pair("en", "es", f"Text {i}", f"Texto {i}") for i in range(2)])
    with pytest.raises(memories.TooManyPairs):
        memories.plan(data)
    with pytest.raises(memories.TooManyPairs):
        memories.plan(data.decode().replace("UTF-8", "UTF-16").encode("utf-16"))
    with pytest.raises(memories.TooManyPairs):
        memories.plan(data[:-40])  # counted, not read: that it was cut off does not matter any more


def test_pairs_are_counted_without_reading_as_they_are_read() -> None:
    pairs = [Pair("en", "es", f"Text {i} <b>", f"Texto {i}") for i in range(9)]
    empty = b'<tu><tuv xml:lang="en"><seg>x</seg></tuv><tuv xml:lang="es"><seg/></tuv></tu>'
    three = empty.replace(b"<seg/>", b"<seg>y</seg>").replace(b"</tu>", b'<tuv xml:lang="fr"><seg>z</seg></tuv></tu>')
    data = to_tmx(pairs).replace(b"</body>", empty + empty.replace(b"<seg/>", b"<seg></seg>") + three + b"</body>")
    assert count_pairs(data) == len(from_tmx(data)[0]) == 11


def test_each_row_of_a_glossary_is_answered(peru: Edition) -> None:
    here = Term("buyer", "es", "PE", "acopiador", Status.PREFERRED, "", "")
    actions.add_term(COMMAND_LINE, here, curriculum="my-coop")
    data = to_csv(
        [
            here,
            Term("sack", "es", "", "saco", Status.PREFERRED, "", ""),
            Term("sack", "es", "SV", "costal", Status.PREFERRED, "", ""),
        ]
    )
    actor = person(Role.TRANSLATOR)
    made = terms.plan(actor, peru, data, ".csv")
    assert [(row.term.term, row.term.region, row.fate) for row in made.rows] == [
        ("acopiador", "PE", Fate.SAME),
        ("saco", "PE", Fate.NEW),
        ("costal", "SV", Fate.REFUSED),
    ]
    assert terms.bring(actor, peru, made, filename="g.csv") == (1, 0)
    again = terms.plan(actor, peru, to_csv(terms.terms_of(actor, peru)), ".csv")
    assert set(again.counts) == {Fate.SAME}


def test_who_only_reads_brings_no_glossary(peru: Edition) -> None:
    with pytest.raises(NotAllowed):
        terms.plan(person(Role.REVIEWER), peru, to_csv([]), ".csv")
