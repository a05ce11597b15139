"""An edition worked on without a connection: what nobody edited is no change, and nothing of either side is lost."""

from __future__ import annotations

import pytest
from flask import Flask

from app.adaptation import actions as adapting
from app.core.content import Kind
from app.core.merge import Action, Part
from app.curriculum.models import Edition
from app.curriculum.queries import contents, editions
from app.discussion.models import Comment, Proposal
from app.infra.db import db
from app.interchange.exchanging import carrying
from app.interchange.exchanging.translations import NothingComesIn
from app.people import queries as people
from app.people.permissions import COMMAND_LINE, NotAllowed, Role, Scope
from tests import factories as make
from tests.translation.cells import uid

from .packing import edited, exported, planned, replaced

FIRST = "A co-operative pays 25 soles for each sack."
SECOND = "Members decide together."


@pytest.fixture
def peru(app: Flask) -> Edition:
    return make.fork(make.load(), "PE")


def text(edition: Edition, language: str = "en", kind: Kind = Kind.PARAGRAPH) -> str:
    block = contents.state(editions.head_of(edition)).content.block(uid(edition, kind))
    assert block is not None
    return contents.bodies([block.texts[language]])[block.texts[language]]


def write(edition: Edition, words: str, kind: Kind = Kind.PARAGRAPH, language: str = "en") -> None:
    adapting.edit_block(COMMAND_LINE, edition, uid(edition, kind), language, words, why="for a test")


def bring(edition: Edition, data: bytes) -> carrying.Brought:
    return carrying.bring(COMMAND_LINE, planned(edition, data), filename="casa.zip")


def test_a_package_that_nobody_edited_has_nothing_to_bring(peru: Edition) -> None:
    made = planned(peru, exported(peru))
    assert (made.questions, made.problems, made.values, made.pictures) == ([], [], (), ())
    assert made.is_empty
    with pytest.raises(NothingComesIn):
        bring(peru, exported(peru))


def test_saved_by_another_editor_it_still_has_nothing_to_bring(peru: Edition) -> None:
    data = edited(exported(peru), lambda _, text: "\ufeff" + text.replace("\n", "\r\n").rstrip())
    made = planned(peru, data)
    assert (made.questions, made.problems) == ([], [])


def test_what_was_changed_at_home_and_what_was_changed_here_are_both_there(peru: Edition) -> None:
    data = replaced(exported(peru), "Weigh them together", "Weigh them in front of everybody", "en/")
    write(peru, f"{FIRST} Members vote.")
    number = editions.head_of(peru).number
    brought = bring(peru, data)
    assert brought.revision is not None
    assert (brought.revision.number, brought.proposed) == (number + 1, ())
    assert text(peru) == f"{FIRST} Members vote."
    assert "in front of everybody" in text(peru, kind=Kind.LIST)
    assert brought.revision.act.stems_from == "casa.zip"
    with pytest.raises(NothingComesIn):
        bring(peru, data)


LONG = (
    "The store room is open on Mondays. Whoever brings coffee waits for the scales. "
    "The treasurer writes down each sack. In the evening the books are read aloud."
)


def test_other_sentences_of_one_paragraph_become_a_proposal(peru: Edition) -> None:
    write(peru, LONG)
    data = replaced(exported(peru), "on Mondays", "on Mondays and Fridays", "en/")
    write(peru, LONG.replace("read aloud", "read aloud to everybody"))
    assert [q.action for q in planned(peru, data).open] == [Action.PROPOSAL]
    bring(peru, data)
    kept = db.session.query(Proposal).all()
    assert [one.texts["en"] for one in kept] == [LONG.replace("on Mondays", "on Mondays and Fridays")]


def test_the_same_words_changed_twice_are_a_conflict_that_is_kept_for_a_person(peru: Edition) -> None:
    data = replaced(exported(peru), "25 soles", "40 soles", "en/")
    write(peru, f"A co-operative pays 30 soles for each sack. {SECOND}")
    made = planned(peru, data)
    assert [q.action for q in made.open] == [Action.CONFLICT]
    for _ in range(2):
        bring(peru, data)
    assert "30 soles" in text(peru)
    assert [one.texts["en"] for one in db.session.query(Proposal).all()] == [
        f"A co-operative pays 40 soles for each sack. {SECOND}"
    ]


def test_paragraphs_come_go_and_move(peru: Edition) -> None:
    def change(name: str, text: str) -> str:
        if not name.endswith("-1-1.md"):
            return text
        head, _, body = text.partition("\n---\n")
        title, first, items, case, *rest = body.strip("\n").split("\n\n")
        question = "\n\n".join(rest)
        start = case if "///" in case else items
        assert start
        new = "Who carries the sacks?" if "/en/" in name else "¿Quién carga los sacos?"
        parts = [title, items, first, new, case, question]
        return head + "\n---\n\n" + "\n\n".join(parts) + "\n"

    made = planned(peru, edited(exported(peru), change))
    counts = {action: len(found) for action, found in made.plan.by_action(Part.BLOCK).items() if found}
    assert counts == {Action.UNCHANGED: 4, Action.MOVED: 1, Action.INSERTED: 1}
    assert made.problems == []
    carrying.bring(COMMAND_LINE, made, filename="casa.zip")
    content = contents.state(editions.head_of(peru)).content
    kinds = [b.kind for _, _, b in content.blocks()]
    assert kinds == [Kind.HEADING, Kind.LIST, Kind.PARAGRAPH, Kind.PARAGRAPH, Kind.CASE, Kind.QUESTION]
    (new,) = [b for _, u, b in content.blocks() if b is u.blocks[3]]
    assert set(contents.bodies(new.texts.values()).values()) == {"Who carries the sacks?", "¿Quién carga los sacos?"}


def test_a_paragraph_gone_in_one_language_only_stays_and_is_named(peru: Edition) -> None:
    def change(name: str, text: str) -> str:
        first = text.find("La cooperativa paga")
        return text if first < 0 else text[:first] + text[text.index("- Traiga") :]

    made = planned(peru, edited(exported(peru), change))
    assert made.questions == []
    assert [(p.file, type(p.fault).__name__) for p in made.problems] == [
        ("es/01-my-coop-1/01-my-coop-1-1.md", "ParagraphGone")
    ]


def test_what_the_original_fixed_stays_and_is_named_by_its_line(peru: Edition) -> None:
    data = replaced(exported(peru), "[x] The members", "[x] Whoever shouts", "en/")
    data = replaced(data, "25 soles", "40 soles", "en/")
    made = planned(peru, data)
    (problem,) = made.problems
    assert (problem.file, type(problem.fault).__name__) == ("en/01-my-coop-1/01-my-coop-1-1.md", "FixedBlock")
    assert problem.line > 20
    carrying.bring(COMMAND_LINE, made, filename="casa.zip")
    assert "40 soles" in text(peru)
    assert "The members" in text(peru, kind=Kind.QUESTION)
    assert db.session.query(Proposal).count() == 0


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("Weigh them together", "Weigh them with {{scales}}", "UnknownVariable"),
        ("Weigh them together", "![Scales](media/scales.png)", "BrokenLink"),
        ("Weigh them together\n", "Weigh them together\n\n/// nothing\n", "UnclosedBlock"),
    ],
)
def test_a_wrong_file_is_answered_by_its_line_and_the_rest_comes_in(
    peru: Edition, old: str, new: str, fault: str
) -> None:
    data = replaced(replaced(exported(peru), old, new, "en/"), "Pésenlos en conjunto", "Pésenlos entre todas", "es/")
    made = planned(peru, data)
    assert fault in {type(problem.fault).__name__ for problem in made.problems} or fault == "UnclosedBlock"
    assert made.problems[0].line > 3
    carrying.bring(COMMAND_LINE, made, filename="casa.zip")
    assert "entre todas" in text(peru, "es", Kind.LIST)
    assert "Weigh them together" in text(peru, kind=Kind.LIST)


def test_local_words_and_figures_come_back_too(peru: Edition) -> None:
    data = replaced(exported(peru), "intermediario", "rescatista", "curriculum.toml")
    bring(peru, data)
    local = contents.state(editions.head_of(peru)).local
    assert local.values("es") == {"buyer": "rescatista"}
    assert local.values("en") == {"buyer": "trader"}
    other = replaced(data, "rescatista", "acopiador", "curriculum.toml")
    made = planned(peru, other)
    assert [line.action for line in made.values] == [Action.CONFLICT]
    bring(peru, other)
    assert contents.state(editions.head_of(peru)).local.values("es") == {"buyer": "rescatista"}
    assert "acopiador" in db.session.query(Comment).one().body


def test_minutes_changed_on_both_sides_are_put_before_people(peru: Edition) -> None:
    data = replaced(exported(peru), "minutes: 90", "minutes: 120", "1-1.md")
    bring(peru, data)
    content = contents.state(editions.head_of(peru)).content
    assert [unit.minutes for _, unit in content.units()] == [120]
    other = replaced(data, "minutes: 120", "minutes: 60", "1-1.md")
    assert [q.aspect for q in planned(peru, other).open] == ["minutes"]
    bring(peru, other)
    assert "60" in db.session.query(Comment).one().body


def test_it_is_undone_through_the_history(peru: Edition) -> None:
    number = editions.head_of(peru).number
    bring(peru, replaced(exported(peru), "25 soles", "40 soles", "en/"))
    adapting.restore(COMMAND_LINE, peru, number, why="for a test")
    assert "25 soles" in text(peru)


@pytest.mark.parametrize(
    ("role", "region", "may"),
    [(Role.DESIGNER, "PE", True), (Role.TRANSLATOR, "PE", False), (Role.DESIGNER, "SV", False)],
)
def test_who_may_bring_a_package_in(peru: Edition, role: Role, region: str, may: bool) -> None:
    from app.interchange.exchanging import packages

    actor = people.actor_of(make.account("ana", role, Scope("my-coop", region)))
    if may:
        assert packages.plan(actor, peru, exported(peru)).is_empty
    else:
        with pytest.raises(NotAllowed):
            packages.plan(actor, peru, exported(peru))
