"""Writing translations: who may, when a reason is due, who approves, what a bulk action leaves out and why."""

from __future__ import annotations

import pytest
from flask import Flask

from app.adaptation import actions as adapting
from app.adaptation.actions.edit import edit_block
from app.core.content import Kind
from app.core.editing import UnknownVariable
from app.core.translating import Staleness, State, Status
from app.curriculum.actions.commit import ChangedMeanwhile
from app.curriculum.models import Act, Edition
from app.curriculum.queries import contents, deviations, editions, reading
from app.infra.db import db
from app.people import queries as people
from app.people.permissions import COMMAND_LINE, VISITOR, Actor, NotAllowed, Role, Scope
from app.translation import actions, rules
from app.translation.queries import states, workbench
from tests import factories as make

from .cells import UNIT, edit, row, uid
from .counting import counted

TEXT = "La cooperativa paga 25 soles por saco. La membresía decide en conjunto."
OTHER = "Whoever joins pays a share and has one vote, whatever they sell."


def person(name: str, role: Role = Role.TRANSLATOR, region: str = "PE") -> Actor:
    return people.actor_of(make.account(name, role, Scope("my-coop", region)))


@pytest.fixture
def peru(app: Flask) -> Edition:
    return make.fork(make.load(), "PE")


def test_a_translator_writes_translations_and_nothing_else(peru: Edition) -> None:
    ana = person("ana")
    edit(peru, OTHER)
    actions.save_translation(ana, peru, uid(peru), "es", "Quien ingresa paga un aporte y tiene un voto.")
    assert row(peru).status is Status.DRAFT
    with pytest.raises(rules.SourceText):
        actions.save_translation(ana, peru, uid(peru), "en", "Another text")
    with pytest.raises(NotAllowed):
        edit_block(ana, peru, uid(peru), "es", "Otro texto", why="no")
    with pytest.raises(NotAllowed):
        actions.add_language(ana, peru, "quy", "es")


@pytest.mark.parametrize(
    ("role", "region", "may"),
    [
        (Role.TRANSLATOR, "PE", True),
        (Role.DESIGNER, "PE", True),
        (Role.REVIEWER, "PE", False),
        (Role.READER, "PE", False),
        (Role.TRANSLATOR, "SV", False),
    ],
)
def test_who_may_translate(peru: Edition, role: Role, region: str, may: bool) -> None:
    actor = person("somebody", role, region)
    edit(peru, OTHER)
    if may:
        actions.save_translation(actor, peru, uid(peru), "es", TEXT)
    else:
        with pytest.raises(NotAllowed):
            actions.save_translation(actor, peru, uid(peru), "es", TEXT)
    with pytest.raises(NotAllowed):
        actions.save_translation(VISITOR, peru, uid(peru), "es", TEXT)


def test_a_translation_that_departs_from_the_original_s_needs_a_reason(peru: Edition) -> None:
    ana, before = person("ana"), peru.head_id
    with pytest.raises(rules.NeedsReason):
        actions.save_translation(ana, peru, uid(peru), "es", TEXT)
    assert peru.head_id == before
    actions.save_translation(ana, peru, uid(peru), "es", TEXT, why="So people say it here")
    seen = reading.view(COMMAND_LINE, "my-coop", "PE", version="draft")
    (entry,) = deviations.register(seen)
    assert entry.uid == uid(peru)


def test_translating_what_was_adapted_or_changed_needs_none_and_keeps_the_reason_there_is(peru: Edition) -> None:
    edit(peru, OTHER, why="Here members pay in labour")
    revision = actions.save_translation(person("ana"), peru, uid(peru), "es", "Quien ingresa paga con su trabajo.")
    assert revision is not None
    link = contents.state(revision).local.links[uid(peru)]
    assert db.session.get_one(Act, link.act).why == "Here members pay in labour"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", rules.NothingWritten),
        ("   \n ", rules.NothingWritten),
        ("Uno.\n\nDos.", rules.OneParagraph),
        ("# Un título", rules.OtherShape),
        ("Vendió al {{desconocido}}.", UnknownVariable),
    ],
)
def test_what_is_no_translation_of_one_paragraph_is_refused_and_nothing_saved(
    peru: Edition, text: str, fault: type[Exception]
) -> None:
    before = peru.head_id
    with pytest.raises(fault):
        actions.save_translation(COMMAND_LINE, peru, uid(peru), "es", text, why="x")
    assert peru.head_id == before


def test_strange_names_are_refused(peru: Edition) -> None:
    with pytest.raises(rules.NoSuchBlock):
        actions.save_translation(COMMAND_LINE, peru, "nobody's\0", "es", TEXT)
    for language in ("fr", "", "es-ES"):
        with pytest.raises(rules.NoSuchLanguage):
            actions.save_translation(COMMAND_LINE, peru, uid(peru), language, TEXT)
    with pytest.raises(ChangedMeanwhile):
        actions.save_translation(COMMAND_LINE, peru, uid(peru), "es", TEXT, seen_digest="0" * 64, why="x")


def test_whoever_wrote_a_translation_cannot_approve_it(peru: Edition) -> None:
    ana, berta = person("ana"), person("berta")
    edit(peru, OTHER)
    with pytest.raises(rules.NeedsAnotherPerson):
        actions.save_translation(ana, peru, uid(peru), "es", TEXT, state=State.APPROVED)
    assert row(peru).status is Status.STALE_MAJOR, "what is refused is not saved either"
    actions.save_translation(ana, peru, uid(peru), "es", TEXT, state=State.IN_REVIEW)
    assert not row(peru, actor=ana).approvable
    assert row(peru, actor=berta).approvable
    marked = actions.set_state(ana, peru, [uid(peru)], "es", State.APPROVED)
    assert marked.done == []
    assert isinstance(marked.refused[uid(peru)], rules.NeedsAnotherPerson)
    assert actions.set_state(berta, peru, [uid(peru)], "es", State.APPROVED, note="Bien").done == [uid(peru)]
    assert row(peru).status is Status.APPROVED
    assert [one.state for one in states.history(peru, uid(peru), "es")] == [State.APPROVED, State.IN_REVIEW]


def test_a_designer_s_own_edit_is_not_approved_by_the_designer_either(peru: Edition) -> None:
    designer = person("dina", Role.DESIGNER)
    adapting.edit_block(designer, peru, uid(peru), "es", TEXT, why="So people say it here")
    assert row(peru).status is Status.DRAFT
    assert actions.set_state(designer, peru, [uid(peru)], "es", State.APPROVED).done == []
    assert actions.set_state(COMMAND_LINE, peru, [uid(peru)], "es", State.APPROVED).done == [uid(peru)]


def test_a_state_is_said_of_a_text_and_ends_with_it(peru: Edition) -> None:
    edit(peru, OTHER)
    actions.save_translation(COMMAND_LINE, peru, uid(peru), "es", TEXT, state=State.APPROVED)
    assert row(peru).status is Status.APPROVED
    actions.save_translation(COMMAND_LINE, peru, uid(peru), "es", TEXT + " Y más.")
    assert row(peru).status is Status.DRAFT
    edit(peru, "Something else altogether, in one short line.")
    assert row(peru).status is Status.STALE_MAJOR


def test_a_bulk_action_does_what_it_can_and_says_why_not_of_the_rest(peru: Edition) -> None:
    edit(peru, OTHER)
    case, heading = uid(peru, Kind.CASE), uid(peru, Kind.HEADING)
    marked = actions.set_state(COMMAND_LINE, peru, [heading, uid(peru), case, "nobody", heading], "es", State.APPROVED)
    assert marked.done == [heading, case]
    assert {name: type(fault) for name, fault in marked.refused.items()} == {
        uid(peru): rules.StaleNow,
        "nobody": rules.NoSuchBlock,
    }


def test_what_is_not_needed_or_only_told_is_said_so_where_there_is_no_text(peru: Edition) -> None:
    actions.add_language(COMMAND_LINE, peru, "quy", "es")
    ana = person("ana")
    assert actions.set_state(ana, peru, [uid(peru)], "quy", State.ORAL_ONLY, note="Se cuenta").done
    assert row(peru, "quy").status is Status.ORAL_ONLY
    assert actions.set_state(ana, peru, [uid(peru)], "quy", State.NOT_APPLICABLE).done
    assert row(peru, "quy").status is Status.NOT_APPLICABLE
    refused = actions.set_state(ana, peru, [uid(peru)], "es", State.ORAL_ONLY).refused
    assert isinstance(refused[uid(peru)], rules.HasText)
    refused = actions.set_state(ana, peru, [uid(peru, Kind.CASE)], "quy", State.IN_REVIEW).refused
    assert isinstance(refused[uid(peru, Kind.CASE)], rules.NoTextYet)


def test_the_author_may_say_that_a_change_is_no_matter(peru: Edition) -> None:
    edit(peru, "A co-operative pays 25 soles for every sack. Members decide together.")
    ana, designer = person("ana"), person("dina", Role.DESIGNER)
    with pytest.raises(NotAllowed):
        actions.overrule(ana, peru, [uid(peru)], why="Nothing changed")
    with pytest.raises(rules.NeedsAnyReason):
        actions.overrule(designer, peru, [uid(peru)], why="  ")
    assert actions.overrule(designer, peru, [uid(peru)], why="each and every are the same") == [(uid(peru), "es")]
    assert row(peru).staleness is Staleness.FRESH
    assert row(peru).status is Status.APPROVED
    with pytest.raises(rules.NotStale):
        actions.overrule(designer, peru, [uid(peru)], why="again")


def test_the_workbench_asks_as_little_for_sixty_blocks_as_for_six(app: Flask) -> None:
    long = "# One\n\n" + "\n\n".join(f"Paragraph number {n} of a long unit." for n in range(60))
    spoken = "# Uno\n\n" + "\n\n".join(f"Párrafo número {n} de una unidad larga." for n in range(60))
    world = make.load(
        make.original(
            units=[make.unit("long", {"en": long, "es": spoken}), make.unit(UNIT, {"en": make.EN, "es": make.ES})]
        )
    )
    peru = make.fork(world, "PE")
    ana = person("ana")
    numbers = []
    for unit in (UNIT, "long"):
        db.session.expire_all()
        edition = editions.find("my-coop", "PE")
        assert edition is not None
        with counted() as count:
            bench = workbench.bench(ana, edition, unit, "es")
        numbers.append(count())
        assert len(bench.rows) == (61 if unit == "long" else 5)
    assert numbers[1] <= numbers[0]
    assert max(numbers) <= 9
    assert peru.id
