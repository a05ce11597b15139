"""The main story on small texts, through the actions: fork, adapt, correct the original, sync down, release."""

from __future__ import annotations

import pytest
from flask import Flask

from app.adaptation import actions
from app.adaptation import rules as adaptation_rules
from app.adaptation.queries import sync as syncs
from app.core.content import Kind, LinkState
from app.core.editing import BrokenLink, FixedBlock, UnknownVariable
from app.core.merge import state
from app.curriculum import actions as curriculum
from app.curriculum.actions.commit import ChangedMeanwhile
from app.curriculum.actions.release import NotReady
from app.curriculum.models import Edition
from app.curriculum.queries import contents, parents
from app.people.permissions import Actor
from tests import factories as make


def words(edition: Edition, language: str = "es") -> str:
    assert edition.head is not None
    content = contents.state(edition.head).content
    texts = contents.texts_of([block for _, _, block in content.blocks()], language)
    return "\n\n".join(text for text in texts if text)


def uid(edition: Edition, kind: Kind, nth: int = 0) -> str:
    assert edition.head is not None
    found = [b.uid for _, _, b in contents.state(edition.head).content.blocks() if b.kind is kind]
    return found[nth]


def standing(edition: Edition, block: str) -> LinkState:
    assert edition.head is not None
    now = contents.state(edition.head)
    return state(block, parents.base_content(now.local), now.content, now.local.links.get(block))


def corrected(old: str, new: str) -> object:
    return make.original(
        version="1.0.1", units=[make.unit("my-coop-1-1", {"en": make.EN, "es": make.ES.replace(old, new)})]
    )


def test_loading_the_same_files_again_changes_nothing(app: Flask, root: Actor) -> None:
    first = curriculum.load(root, make.original())
    again = curriculum.load(root, make.original())
    assert first.changed
    assert first.released is not None
    assert first.released.version == "1.0.0"
    assert not again.changed
    assert again.edition.head is not None
    assert again.edition.head.number == 1


def test_a_fork_shares_all_content_with_its_parent(app: Flask) -> None:
    parent = make.load()
    child = make.fork(parent, "PE")
    assert child.head is not None
    assert parent.head is not None
    assert child.head.content_digest == parent.head.content_digest
    assert standing(child, uid(child, Kind.PARAGRAPH)) is LinkState.FOLLOW


def test_an_adaptation_needs_a_reason_and_keeps_the_block_s_uid(app: Flask, root: Actor) -> None:
    peru = make.fork(make.load(), "PE")
    paragraph = uid(peru, Kind.PARAGRAPH)
    text = "La cooperativa paga 25 soles por cada quintal. La membresía decide en conjunto."
    with pytest.raises(adaptation_rules.NeedsReason):
        actions.edit_block(root, peru, paragraph, "es", text)
    actions.edit_block(root, peru, paragraph, "es", text, why="En Perú se pesa en quintales")
    assert standing(peru, paragraph) is LinkState.ADAPTED
    assert "quintal" in words(peru)
    actions.follow_again(root, peru, paragraph, why="Ya no")
    assert standing(peru, paragraph) is LinkState.FOLLOW


def test_what_the_original_fixed_cannot_be_changed(app: Flask, root: Actor) -> None:
    peru = make.fork(make.load(), "PE")
    with pytest.raises(FixedBlock):
        actions.remove_block(root, peru, uid(peru, Kind.QUESTION), why="no")
    with pytest.raises(FixedBlock):
        actions.edit_unit(root, peru, "my-coop-1-1", "es", words(peru).replace("La membresía\n", "Nadie\n"), why="no")


def test_an_unknown_variable_is_named(app: Flask, root: Actor) -> None:
    edition = make.load()
    with pytest.raises(UnknownVariable, match="moneda"):
        actions.edit_block(root, edition, uid(edition, Kind.PARAGRAPH), "es", "Cuesta 5 {{moneda}}.")


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Vea [la ficha](ficha-3.md) antes.", "ficha-3.md"),
        ("Vea ![el mapa](media/mapa.png) antes.", "media/mapa.png"),
        ("Vea [el mapa](../otra/pagina) antes.", "../otra/pagina"),
    ],
)
def test_a_link_that_leads_nowhere_is_named_and_nothing_is_saved(
    app: Flask, root: Actor, text: str, address: str
) -> None:
    edition = make.load()
    before = edition.head_id
    with pytest.raises(BrokenLink) as refused:
        actions.edit_block(root, edition, uid(edition, Kind.PARAGRAPH), "es", text)
    assert refused.value.parts["address"] == address
    assert edition.head_id == before
    fine = "Vea [la página](https://example.org/a), [más abajo](#b-1) y `[código](x.md)`."
    actions.edit_block(root, edition, uid(edition, Kind.PARAGRAPH), "es", fine)


def test_two_people_editing_the_same_unit_lose_nothing(app: Flask, root: Actor) -> None:
    edition = make.load()
    seen = edition.head_id
    actions.edit_unit(root, edition, "my-coop-1-1", "es", words(edition) + "\n\nUno.", seen_head=seen)
    with pytest.raises(ChangedMeanwhile):
        actions.edit_unit(root, edition, "my-coop-1-1", "es", words(edition) + "\n\nDos.", seen_head=seen)
    assert "Uno." in words(edition)


def test_a_correction_travels_down_two_levels_and_local_work_stays(app: Flask, root: Actor) -> None:
    world = make.load()
    peru = make.fork(world, "PE")
    actions.edit_block(
        root, peru, uid(peru, Kind.LIST), "es", "- Traiga los quintales el lunes\n- Pésenlos en conjunto", why="Unidad"
    )
    actions.confirm(root, peru, uid(peru, Kind.CASE), why="También pasa aquí")
    curriculum.release(root, peru, "Primera edición")
    province = make.fork(peru, "PE-SAM")
    paragraph = uid(province, Kind.PARAGRAPH)
    actions.edit_block(
        root,
        province,
        paragraph,
        "es",
        "La cooperativa paga 25 soles por cada saco. Las personas socias deciden en conjunto.",
        why="Así se dice en San Martín",
    )
    curriculum.load(root, corrected("25 soles", "30 soles"))

    plan = syncs.prepare(peru, make.newest(world))
    assert [q.safe for q in plan.questions] == [True]
    actions.apply_sync(root, peru, make.newest(world), safe=True)
    assert "30 soles" in words(peru)
    assert "quintales" in words(peru)
    curriculum.release(root, peru, "Corrección de la cifra")

    plan = syncs.prepare(province, make.newest(peru))
    (question,) = plan.questions
    assert not question.safe
    merged = question.outcome.texts["es"].merge
    assert merged is not None
    assert merged.proposed() == "La cooperativa paga 30 soles por cada saco. Las personas socias deciden en conjunto."
    with pytest.raises(adaptation_rules.NothingDecided):
        actions.apply_sync(root, province, make.newest(peru), safe=True)
    actions.decide(root, province, make.newest(peru), question.subject, "proposal")
    before = words(province)
    revision = actions.apply_sync(root, province, make.newest(peru))
    assert "30 soles por cada saco. Las personas socias" in words(province)
    assert "quintales" in words(province)
    assert not syncs.prepare(province, make.newest(peru)).questions

    actions.undo_sync(root, province, revision.number)
    assert words(province) == before
    assert len(syncs.prepare(province, make.newest(peru)).questions) == 1


def test_what_was_declined_is_not_asked_again_until_it_changes(app: Flask, root: Actor) -> None:
    world = make.load()
    peru = make.fork(world, "PE")
    actions.edit_block(root, peru, uid(peru, Kind.PARAGRAPH), "es", "Pagamos 25 soles.", why="Más corto")
    curriculum.load(root, corrected("25 soles", "30 soles"))
    (question,) = syncs.prepare(peru, make.newest(world)).questions
    actions.decide(root, peru, make.newest(world), question.subject, "ours", why="Aquí son 25")
    actions.apply_sync(root, peru, make.newest(world))
    assert not syncs.prepare(peru, make.newest(world)).questions
    other = make.original(
        version="1.0.2",
        units=[make.unit("my-coop-1-1", {"en": make.EN, "es": make.ES.replace("25 soles", "35 soles")})],
    )
    curriculum.load(root, other)
    assert len(syncs.prepare(peru, make.newest(world)).questions) == 1


def test_a_release_is_refused_with_what_is_missing(app: Flask, root: Actor) -> None:
    peru = make.fork(make.load(), "PE")
    actions.edit_block(root, peru, uid(peru, Kind.PARAGRAPH), "es", "Otra cosa.", why="x")
    with pytest.raises(NotReady) as refused:
        curriculum.release(root, peru, "Primera edición")
    assert [missing for missing, _ in refused.value.missing] == [uid(peru, Kind.CASE)]


def test_an_edition_takes_a_module_from_another_original(app: Flask, root: Actor) -> None:
    fact = make.load(make.original("fact", units=[make.unit("fact-1-1", {"en": make.EN, "es": make.ES})]))
    other = make.load(make.original("relevo", units=[make.unit("relevo-1-1", {"en": make.EN, "es": make.ES})]))
    edition = make.fork(fact, "SV")
    actions.add_module(root, edition, make.newest(other), "relevo-1", why="S2")
    assert edition.head is not None
    now = contents.state(edition.head)
    assert [m.uid for m in now.content.modules] == ["fact-1", "relevo-1"]
    assert {s.edition.slug for s in parents.sources(edition, now.local)} == {"fact", "relevo"}
    curriculum.load(
        root,
        make.original(
            "relevo",
            version="1.0.1",
            units=[make.unit("relevo-1-1", {"en": make.EN, "es": make.ES.replace("25 soles", "30 soles")})],
        ),
    )
    actions.apply_sync(root, edition, make.newest(other), safe=True)
    assert words(edition).count("30 soles") == 1
    with pytest.raises(adaptation_rules.Cycle):
        actions.add_module(root, other, curriculum_release(root, edition), "fact-1")


def test_what_was_left_for_later_of_one_original_survives_a_sync_with_another(app: Flask, root: Actor) -> None:
    fact = make.load(make.original("fact", units=[make.unit("fact-1-1", {"en": make.EN, "es": make.ES})]))
    other = make.load(make.original("relevo", units=[make.unit("relevo-1-1", {"en": make.EN, "es": make.ES})]))
    edition = make.fork(fact, "SV")
    actions.add_module(root, edition, make.newest(other), "relevo-1", why="S2")
    actions.edit_block(root, edition, uid(edition, Kind.PARAGRAPH), "es", "Pagamos 20 soles.", why="Más corto")
    changed = {"en": make.EN, "es": make.ES.replace("25 soles", "30 soles")}
    curriculum.load(root, make.original("fact", version="1.0.1", units=[make.unit("fact-1-1", changed)]))
    curriculum.load(root, make.original("relevo", version="1.0.1", units=[make.unit("relevo-1-1", changed)]))
    (conflict,) = syncs.prepare(edition, make.newest(fact)).questions
    actions.set_variables(root, edition, {"buyer": {"es": "coyote"}}, why="Así se dice")
    actions.apply_sync(root, edition, make.newest(other), safe=True)
    assert "Pagamos 20 soles." in words(edition)
    assert words(edition).count("30 soles") == 1
    assert [q.subject for q in syncs.prepare(edition, make.newest(fact)).questions] == [conflict.subject]


def curriculum_release(root: Actor, edition: Edition):  # type: ignore[no-untyped-def]
    for _, _, block in contents.state(edition.head).content.blocks():  # type: ignore[arg-type]
        if block.kind is Kind.CASE:
            actions.confirm(root, edition, block.uid, why="vale")
    return curriculum.release(root, edition, "Primera")
