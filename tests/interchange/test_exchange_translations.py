"""PO and XLIFF of an edition, out and in: exact, in one act, and nothing that people did here is lost."""

from __future__ import annotations

import pytest
from flask import Flask

from app.adaptation import actions as adapting
from app.core.content import Kind, Uid
from app.core.translating import State, Status
from app.curriculum.actions.commit import ChangedMeanwhile
from app.curriculum.models import ActKind, Edition
from app.curriculum.queries import contents, editions
from app.discussion.models import Comment, Proposal
from app.infra.db import db
from app.interchange.exchanging import bundles, outgoing, translations
from app.interchange.exchanging.translations import Outcome
from app.people import queries as people
from app.people.permissions import COMMAND_LINE, VISITOR, Actor, NotAllowed, Role, Scope
from app.translation import actions, rules
from tests import factories as make
from tests.translation.cells import edit, row, uid
from tests.translation.counting import counted

NEW = "Quien vende café cobra 25 soles por saco, y la membresía decide en conjunto."
OTHER = "La cooperativa le paga 25 soles por saco. Decide toda la membresía."
FORMATS = pytest.mark.parametrize("format", ["po", "xliff"])


@pytest.fixture
def peru(app: Flask) -> Edition:
    return make.fork(make.load(), "PE")


def person(role: Role = Role.TRANSLATOR, region: str = "PE", name: str = "ana") -> Actor:
    return people.actor_of(make.account(name, role, Scope("my-coop", region)))


def sent(edition: Edition, format: str, **wanted: object) -> bytes:
    return outgoing.make(COMMAND_LINE, edition, format, outgoing.Wanted("es", **wanted))[0]  # type: ignore[arg-type]


def planned(edition: Edition, data: bytes, format: str, actor: Actor = COMMAND_LINE) -> translations.Plan:
    return translations.plan(actor, edition, data, f".{format}", "es")


def put(data: bytes, old: str, new: str) -> bytes:
    """The file with another text in the place of one that it has, as an editor would save it."""
    found = data.decode()
    assert old in found
    return found.replace(old, new).encode()


def spanish(edition: Edition, block: Uid) -> str:
    found = contents.state(editions.head_of(edition)).content.block(block)
    assert found is not None
    return contents.bodies([found.texts["es"]])[found.texts["es"]]


FIRST = "La cooperativa paga 25 soles por cada saco. La membresía decide en conjunto."


@FORMATS
def test_a_file_that_nobody_edited_has_nothing_to_bring(peru: Edition, format: str) -> None:
    edit(peru, "A co-operative pays 30 soles for each sack, on the day itself.")
    made = planned(peru, sent(peru, format), format)
    assert not made.problems
    assert {line.outcome for line in made.lines} == {Outcome.SAME}
    with pytest.raises(translations.NothingComesIn):
        translations.bring(COMMAND_LINE, made, filename=f"a.{format}")


@FORMATS
def test_what_was_translated_comes_in_as_one_act_that_waits_for_review(peru: Edition, format: str) -> None:
    ana, number = person(), editions.head_of(peru).number
    data = put(sent(peru, format), FIRST, NEW)
    data = put(data, "Pésenlos en conjunto", "Pésenlos entre todas")
    brought = translations.bring(ana, planned(peru, data, format, ana), filename=f"C:\\x@y.{format}")
    head = editions.head_of(peru)
    assert (head.number, head.act.kind, head.act.stems_from) == (number + 1, ActKind.IMPORT, f"x y.{format}")
    assert len(brought.carried.done) == 2
    assert spanish(peru, uid(peru)) == NEW
    assert row(peru).status is Status.IN_REVIEW
    assert planned(peru, data, format, ana).counts[Outcome.TAKEN] == 0


def test_bringing_in_is_undone_through_the_history(peru: Edition) -> None:
    number = editions.head_of(peru).number
    made = planned(peru, put(sent(peru, "po"), FIRST, NEW), "po")
    translations.bring(COMMAND_LINE, made, filename="a.po")
    adapting.restore(COMMAND_LINE, peru, number, why="for a test")
    assert spanish(peru, uid(peru)) == FIRST


def test_nobody_gets_a_text_approved_by_a_file(peru: Edition) -> None:
    data = put(sent(peru, "xliff"), FIRST, NEW)
    assert b'approved="yes"' in data
    translations.bring(COMMAND_LINE, planned(peru, data, "xliff"), filename="a.xliff")
    assert row(peru).status is Status.IN_REVIEW


@FORMATS
def test_what_was_changed_here_meanwhile_stays_and_the_file_becomes_a_proposal(peru: Edition, format: str) -> None:
    data = put(sent(peru, format), FIRST, NEW)
    actions.save_translation(COMMAND_LINE, peru, uid(peru), "es", OTHER, why="for a test")
    made = planned(peru, data, format)
    line = made.of(Outcome.CONFLICT)[0]
    assert (line.was, line.here, line.theirs) == (FIRST, OTHER, NEW)
    number = editions.head_of(peru).number
    for _ in range(2):
        translations.bring(COMMAND_LINE, planned(peru, data, format), filename=f"a.{format}")
    assert spanish(peru, uid(peru)) == OTHER
    assert editions.head_of(peru).number == number
    proposals = db.session.query(Proposal).all()
    assert [(one.block_uid, one.texts) for one in proposals] == [(uid(peru), {"es": NEW})]


def test_what_only_people_here_changed_is_kept(peru: Edition) -> None:
    data = sent(peru, "po")
    actions.save_translation(COMMAND_LINE, peru, uid(peru), "es", OTHER, why="for a test")
    assert planned(peru, data, "po").counts == {Outcome.SAME: len(planned(peru, data, "po").lines) - 1, Outcome.KEPT: 1}


def test_a_translation_of_a_source_that_moved_on_comes_in_as_stale(peru: Edition) -> None:
    data = put(sent(peru, "po"), FIRST, NEW)
    edit(peru, "Members settle accounts with each other on Fridays, in the store room by the river.")
    made = planned(peru, data, "po")
    assert [type(problem.fault).__name__ for problem in made.problems] == ["SourceMoved"]
    translations.bring(COMMAND_LINE, made, filename="a.po")
    found = row(peru)
    assert (found.target, found.status) == (NEW, Status.STALE_MAJOR)
    assert found.old_source == "A co-operative pays 25 soles for each sack. Members decide together."


def test_a_translator_may_say_that_a_stale_text_still_holds(peru: Edition) -> None:
    edit(peru, "A co-operative pays 25 soles for each sack. Its members decide together.")
    assert row(peru).status is not Status.APPROVED
    data = sent(peru, "po").replace(b"#, fuzzy\n", b"")
    made = planned(peru, data, "po")
    assert [line.uid for line in made.of(Outcome.CONFIRMED)] == [uid(peru)]
    translations.bring(COMMAND_LINE, made, filename="a.po")
    assert row(peru).status is Status.IN_REVIEW


@pytest.mark.parametrize(
    ("written", "refusal"),
    [
        ("Pague al {{vendedora}} el lunes.", "UnknownVariable"),
        ("Uno.\\n\\nDos.", "OneParagraph"),
        ("# Un título", "OtherShape"),
        ("Vea [esto](media/nada.png).", "BrokenLink"),
    ],
)
def test_a_text_that_cannot_come_in_is_named_by_its_line_and_the_rest_comes_in(
    peru: Edition, written: str, refusal: str
) -> None:
    data = put(put(sent(peru, "po"), FIRST, written), "Pésenlos en conjunto", "Pésenlos entre todas")
    made = planned(peru, data, "po")
    fault = next(problem for problem in made.problems if type(problem.fault).__name__ == refusal)
    assert data.decode().splitlines()[fault.line - 1].startswith(("#", "msgctxt", "msgid", "msgstr"))
    assert made.counts[Outcome.TAKEN] == 1
    translations.bring(COMMAND_LINE, made, filename="a.po")
    assert spanish(peru, uid(peru)) == FIRST


def test_what_translators_say_beside_a_text_is_kept_as_a_comment_once(peru: Edition) -> None:
    data = put(sent(peru, "po"), f'msgctxt "{uid(peru)}"', f'msgctxt "{uid(peru)}"')
    lines = data.decode().split("\n")
    at = lines.index(f'msgctxt "{uid(peru)}"')
    begin = max(i for i in range(at) if not lines[i])
    lines.insert(begin + 1, "# ¿Soles o dólares?")
    data = "\n".join(lines).encode()
    for _ in range(2):
        translations.bring(COMMAND_LINE, planned(peru, data, "po"), filename="a.po")
    assert [one.body for one in db.session.query(Comment).all()] == ["¿Soles o dólares?"]


def test_a_file_of_another_edition_or_for_another_language_brings_nothing(peru: Edition) -> None:
    data = sent(peru, "po")
    salvador = make.fork(make.load(), "SV")
    made = planned(salvador, data, "po")
    assert [type(problem.fault).__name__ for problem in made.problems] == ["OtherEdition"]
    assert not made.lines
    with pytest.raises(rules.SourceText):
        translations.plan(COMMAND_LINE, peru, data, ".po", "en")
    with pytest.raises(rules.NoSuchLanguage):
        translations.plan(COMMAND_LINE, peru, data, ".po", "quy")


def test_a_file_can_hold_only_what_is_still_to_do_or_one_module(peru: Edition) -> None:
    assert bundles.bundle(COMMAND_LINE, peru, "es", only_open=True).segments == ()
    edit(peru, "Members settle accounts on Fridays.")
    assert [s.uid for s in bundles.bundle(COMMAND_LINE, peru, "es", only_open=True).segments] == [uid(peru)]
    assert bundles.bundle(COMMAND_LINE, peru, "es", module="my-coop-1").segments
    with pytest.raises(bundles.NoSuchModule):
        bundles.bundle(COMMAND_LINE, peru, "es", module="other")
    data = put(sent(peru, "po", only_open=True), FIRST, NEW).replace(b"#, fuzzy\n", b"")
    translations.bring(COMMAND_LINE, planned(peru, data, "po"), filename="a.po")
    assert bundles.bundle(COMMAND_LINE, peru, "es", only_open=True).segments == ()


def test_what_the_original_fixed_is_not_given_to_translators(peru: Edition) -> None:
    fixed = uid(peru, Kind.QUESTION)
    assert fixed not in {segment.uid for segment in bundles.bundle(COMMAND_LINE, peru, "es").segments}


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
def test_who_may_bring_translations_in(peru: Edition, role: Role, region: str, may: bool) -> None:
    actor, data = person(role, region), put(sent(peru, "po"), FIRST, NEW)
    if may:
        assert planned(peru, data, "po", actor).counts[Outcome.TAKEN] == 1
    else:
        with pytest.raises(NotAllowed):
            planned(peru, data, "po", actor)


def test_a_visitor_gets_no_file_of_a_draft(peru: Edition) -> None:
    with pytest.raises(NotAllowed):
        bundles.bundle(VISITOR, peru, "es")


def test_a_plan_made_before_somebody_else_wrote_is_not_carried_out(peru: Edition) -> None:
    made = planned(peru, put(sent(peru, "po"), FIRST, NEW), "po")
    edit(peru, "Another sentence altogether.")
    with pytest.raises(ChangedMeanwhile):
        translations.bring(COMMAND_LINE, made, filename="a.po")


def test_planning_asks_the_database_no_more_for_a_longer_edition(app: Flask) -> None:
    asked = []
    for count in (1, 6):
        units = [make.unit(f"long{count}-u{i}", {"en": make.EN, "es": make.ES}) for i in range(count)]
        edition = make.fork(make.load(make.original(f"long{count}", units=units)), "PE")
        data = sent(edition, "po")
        with counted() as statements:
            planned(edition, data, "po")
        asked.append(statements())
    assert asked[1] <= asked[0]


def test_states_of_the_file_are_those_of_the_workbench(peru: Edition) -> None:
    actions.set_state(COMMAND_LINE, peru, [uid(peru)], "es", State.IN_REVIEW)
    segment = next(s for s in bundles.bundle(COMMAND_LINE, peru, "es").segments if s.uid == uid(peru))
    assert segment.state == "review"
