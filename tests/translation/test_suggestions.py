"""What is offered for a cell, from where, and that nobody is offered what they may not read."""

from __future__ import annotations

import pytest
from flask import Flask

from app.adaptation import actions as adapting
from app.core.content import Kind
from app.curriculum import actions as curriculum
from app.curriculum.models import Edition
from app.curriculum.queries import contents, editions
from app.people import queries as people
from app.people.permissions import Actor, NotAllowed, Role, Scope
from app.translation import actions
from app.translation.actions import Brought
from app.translation.queries import desks, memory, suggestions
from app.translation.queries.suggestions import From
from tests import factories as make

from .cells import edit, row, uid
from .counting import counted

SOURCE = "Whoever joins the co-operative pays a share and has one vote in the assembly, whatever they sell to it."
TARGET = "Quien ingresa a la cooperativa paga un aporte y tiene un voto en la asamblea, venda lo que venda."
SECRET = "Un borrador que nadie de fuera debe leer todavía, ni siquiera como sugerencia."


def person(name: str, scope: Scope) -> Actor:
    return people.actor_of(make.account(name, Role.TRANSLATOR, scope))


def offered(actor: Actor, edition: Edition, language: str = "es") -> list[tuple[From, str]]:
    found = suggestions.suggestions(actor, edition, uid(edition), language)
    return [(one.origin, one.text) for one in found]


def closed(slug: str = "closed") -> Edition:
    """An original that is not public, with the same blocks' uids as no other."""
    return make.load(
        make.original(slug, public=False, units=[make.unit(f"{slug}-1-1", {"en": make.EN, "es": make.ES})])
    )


def test_suggestions_come_in_order_from_the_nearest(app: Flask, root: Actor) -> None:
    world = make.load()
    peru, salvador = make.fork(world, "PE"), make.fork(world, "SV")
    own, theirs = "La cooperativa paga 25 soles.", "La cooperativa paga 25 soles por costal."
    actions.save_translation(root, peru, uid(peru), "es", own, why="shorter")
    actions.save_translation(root, salvador, uid(salvador), "es", theirs, why="as said here")
    origins = offered(root, peru)
    assert origins[0] == (From.OWN, own)
    assert [origin for origin, _ in origins[1:]] == [From.PARENT, From.FAMILY]
    assert origins[2][1] == theirs


def test_a_cell_that_is_missing_is_filled_from_the_family_of_the_same_source_alone(app: Flask, root: Actor) -> None:
    world = make.load()
    peru, salvador = make.fork(world, "PE"), make.fork(world, "SV")
    edit(salvador, SOURCE)
    actions.save_translation(root, salvador, uid(salvador), "es", TARGET)
    assert TARGET not in [text for _, text in offered(root, peru)]
    edit(peru, SOURCE)
    assert (From.FAMILY, TARGET) in offered(root, peru)


def test_a_stale_cell_is_offered_its_old_translation_with_what_changed_and_with_the_new_figures(
    app: Flask, root: Actor
) -> None:
    world = make.load()
    peru, salvador = make.fork(world, "PE"), make.fork(world, "SV")
    was = row(peru)
    edit(peru, "A co-operative pays 30 soles for each full sack. Members decide together.")
    edit(salvador, "A co-operative pays 25 soles for each full sack. Members decide together.")
    theirs = "La cooperativa paga 25 soles por cada saco lleno. La membresía decide en conjunto."
    actions.save_translation(root, salvador, uid(salvador), "es", theirs, why="lleno")
    own, mended, sibling = suggestions.suggestions(root, peru, uid(peru), "es")
    assert (own.origin, own.text, own.source) == (From.OWN, was.target, was.source)
    assert [(c.before, c.after) for c in own.changes if c.before != c.after] == [
        ("25 soles", "30 soles"),
        ("", "full "),
    ]
    assert (mended.origin, mended.text) == (From.REPAIRED, (was.target or "").replace("25", "30"))
    assert (sibling.origin, sibling.text, sibling.edition) == (From.FAMILY, theirs, salvador)
    assert [c.after for c in sibling.changes if c.before == "25 soles"] == ["30 soles"]
    assert own.alike < sibling.alike < 1


def test_the_memory_finds_the_very_text_and_texts_like_it_in_other_curricula(app: Flask, root: Actor) -> None:
    peru, other = make.fork(make.load(), "PE"), closed()
    block = next(iter(_paragraphs(other)))
    adapting.edit_block(root, other, block, "en", SOURCE, why="x")
    actions.save_translation(root, other, block, "es", TARGET)
    edit(peru, SOURCE)
    assert (From.EXACT, TARGET) in offered(root, peru)
    edit(peru, SOURCE.replace("whatever they sell to it", "and may be elected"))
    found = suggestions.suggestions(root, peru, uid(peru), "es")
    (match,) = [one for one in found if one.text == TARGET]
    assert match.origin is From.ALIKE
    assert 0.6 < match.alike < 1
    assert match.source == SOURCE
    assert match.edition is not None
    assert match.edition.slug == "closed"


def _paragraphs(edition: Edition) -> list[str]:
    content = contents.state(editions.head_of(edition)).content
    return [b.uid for _, _, b in content.blocks() if b.kind is Kind.PARAGRAPH]


@pytest.mark.parametrize("alike", [SOURCE, SOURCE.replace("joins", "enters")])
def test_nobody_is_shown_texts_of_editions_they_may_not_read(app: Flask, root: Actor, alike: str) -> None:
    peru, other = make.fork(make.load(), "PE"), closed()
    block = _paragraphs(other)[0]
    adapting.edit_block(root, other, block, "en", SOURCE, why="x")
    actions.save_translation(root, other, block, "es", SECRET)
    curriculum.release(root, other, "Second")
    edit(peru, alike)
    ana, root_sees = person("ana", Scope("my-coop", "PE")), [text for _, text in offered(root, peru)]
    assert SECRET in root_sees
    assert SECRET not in [text for _, text in offered(ana, peru)]
    assert all(SECRET not in one.text for one in _at_once(ana, peru))


def test_of_a_public_edition_its_release_is_offered_and_its_draft_is_not(app: Flask, root: Actor) -> None:
    peru = make.fork(make.load(), "PE")
    other = make.load(make.original("open", units=[make.unit("open-1-1", {"en": make.EN, "es": make.ES})]))
    block = _paragraphs(other)[0]
    adapting.edit_block(root, other, block, "en", SOURCE, why="x")
    actions.save_translation(root, other, block, "es", TARGET)
    edit(peru, SOURCE)
    ana = person("ana", Scope("my-coop", "PE"))
    assert TARGET not in [text for _, text in offered(ana, peru)]
    curriculum.release(root, other, "Second")
    assert (From.EXACT, TARGET) in offered(ana, peru)


def test_an_imported_memory_is_for_its_curriculum_and_region(app: Flask, root: Actor) -> None:
    world = make.load()
    peru, salvador = make.fork(world, "PE"), make.fork(world, "SV")
    designer = people.actor_of(make.account("dina", Role.DESIGNER, Scope("my-coop", "PE")))
    pairs = [Brought("en", "es", SOURCE, TARGET), Brought("en", "es", "", "nothing"), Brought("en", "es", "a\0b", "c")]
    with pytest.raises(NotAllowed):
        actions.remember(designer, pairs, "federation.tmx", Scope(None, "PE"))
    assert actions.remember(designer, pairs, "federation.tmx", Scope("my-coop", "PE")) == 2
    assert actions.remember(designer, pairs, "federation.tmx", Scope("my-coop", "PE")) == 2
    for edition in (peru, salvador):
        edit(edition, SOURCE)
    found = suggestions.suggestions(person("ana", Scope("my-coop", "PE")), peru, uid(peru), "es")
    (match,) = [one for one in found if one.text == TARGET]
    assert (match.origin, match.edition, match.note) == (From.EXACT, None, "federation.tmx")
    assert TARGET not in [text for _, text in offered(person("bea", Scope("my-coop", "SV")), salvador)]


def test_who_may_not_translate_an_edition_is_offered_nothing(app: Flask) -> None:
    peru = make.fork(make.load(), "PE")
    with pytest.raises(NotAllowed):
        suggestions.suggestions(person("ana", Scope("my-coop", "SV")), peru, uid(peru), "es")


def test_a_variant_is_offered_what_neighbours_say(app: Flask, root: Actor) -> None:
    world = make.load()
    peru = adapting.fork(root, make.newest(world), "PE", languages=["es", "es-PE", "en"], why="x")
    assert row(peru, "es-PE").shown_in == "es"
    assert offered(root, peru, "es-PE") == []
    actions.save_translation(root, peru, uid(peru), "es-PE", TARGET)
    assert offered(root, peru, "es-PE") == [(From.OWN, TARGET)]


def _at_once(actor: Actor, edition: Edition) -> list[suggestions.Suggestion]:
    at = desks.desk(edition, "es")
    found = suggestions.at_once(actor, at, [b for _, _, b in at.now.content.blocks()])
    return [one for some in found.values() for one in some]


def test_suggestions_for_a_whole_unit_take_as_many_queries_as_for_one_block(app: Flask, root: Actor) -> None:
    peru = make.fork(make.load(), "PE")
    at = desks.desk(peru, "es")
    blocks = [b for _, _, b in at.now.content.blocks()]
    numbers = []
    for some in (blocks[:1], blocks):
        with counted() as count:
            suggestions.at_once(root, at, some)
        numbers.append(count())
    assert numbers[0] == numbers[1]
    assert numbers[1] <= 8


def test_strange_texts_are_no_trouble_to_the_memory(app: Flask, root: Actor) -> None:
    peru = make.fork(make.load(), "PE")
    for text in ("", " ", "{{x}}", "—", "a" * 50_000, "palabra " * 20_000, "日本語", "\0"):
        assert memory.alike(memory.Reader(root, peru), text, "en", "es") == []
