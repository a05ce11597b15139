"""Threads on paragraphs: who may say what, words that are found again, files that say the same thing only once."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask import Flask

from app.adaptation import actions as adaptation
from app.discussion import actions, rules
from app.discussion.models import Source
from app.discussion.queries import comments
from app.discussion.queries.comments import Show, Sort
from app.people.permissions import COMMAND_LINE, NotAllowed, Role

from . import valley
from .valley import PRICE, STATUTE

MAY = datetime(2026, 5, 2, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("quote", "text", "hint", "found"),
    [
        ("por cada saco", "Paga por cada saco.", 0, (5, 18)),
        ("POR  cada\nsaco", "Paga por cada saco.", 0, (5, 18)),
        ("por cada saco", "Paga por\n  cada saco.", 0, (5, 20)),
        ("saco", "saco y saco", 8, (7, 11)),
        ("saco", "saco y saco", 0, (0, 4)),
        ("quintal", "Paga por cada saco.", 0, None),
        ("", "Paga.", 0, None),
        ("(a+)+$", "aaaa", 0, None),
    ],
)
def test_quoted_words_are_found_again_nearest_to_where_they_stood(
    quote: str, text: str, hint: int, found: tuple[int, int] | None
) -> None:
    assert rules.place_of(quote, text, hint) == found


def test_a_word_file_read_twice_says_everything_once(app: Flask) -> None:
    _, _, province = valley.tree()
    block = valley.uid(province, PRICE)
    for _ in range(2):
        first = actions.add_comment(
            COMMAND_LINE, province, block, "¿Por saco?", language="es", quote="por cada saco",
            author_name="Rosa Quispe", said_at=MAY, source=Source.WORD, key="f1:3",
        )  # fmt: skip
        reply = actions.add_comment(
            COMMAND_LINE, province, block, "Sí.", author_name="Luis", said_at=MAY, source=Source.WORD,
            reply_to=first, key="f1:4",
        )  # fmt: skip
        actions.add_comment(COMMAND_LINE, province, block, "Así es.", reply_to=reply, source=Source.WORD, key="f1:5")
    (thread,) = comments.of_block(province, block)
    assert [one.body for one in thread.comments] == ["¿Por saco?", "Sí.", "Así es."]
    assert (first.author_name, first.said_at, first.account_id) == ("Rosa Quispe", MAY, None)
    assert comments.quoted(first, valley.text(province, block) or "") == (29, 42)
    elsewhere = actions.add_comment(COMMAND_LINE, province, block, "x", source=Source.WORKSHOP, key="f1:3")
    assert elsewhere.id != first.id, "another source has keys of its own"


def test_only_one_s_own_words_are_put_better_and_somebody_who_decides_may_take_back_others(app: Flask) -> None:
    _, _, province = valley.tree()
    block = valley.uid(province, PRICE)
    rosa, luis = (valley.person(name, Role.REPRESENTATIVE, "PE-SAM") for name in ("rosa", "luis"))
    ana = valley.person("ana", Role.DESIGNER)
    said = actions.add_comment(rosa, province, block, "Uno")
    for somebody in (luis, ana):
        with pytest.raises(rules.NotYours):
            actions.edit_comment(somebody, said, "Dos")
    with pytest.raises(NotAllowed):
        actions.withdraw_comment(luis, said)
    actions.edit_comment(rosa, said, "Dos")
    actions.edit_comment(rosa, said, "Tres")
    assert [was.body for was in comments.wordings([said])[said.id]] == ["Uno", "Dos"]
    actions.add_comment(luis, province, block, "Respuesta", reply_to=said)
    actions.withdraw_comment(ana, said)
    with pytest.raises(rules.Withdrawn):
        actions.edit_comment(rosa, said, "Cuatro")
    (thread,) = comments.of_block(province, block)
    assert [one.body for one in thread.replies] == ["Respuesta"], "answers stay"
    actions.withdraw_comment(luis, thread.replies[0])
    assert comments.of_block(province, block) == []


@pytest.mark.parametrize(("role", "region"), [(Role.READER, "PE-SAM"), (Role.REPRESENTATIVE, "BO")])
def test_who_may_not_comment_here_says_nothing(app: Flask, role: Role, region: str) -> None:
    _, _, province = valley.tree()
    with pytest.raises(NotAllowed):
        actions.add_comment(valley.person("rosa", role, region), province, valley.uid(province, PRICE), "Hola")
    assert comments.open_count(province) == 0


@pytest.mark.parametrize(
    ("text", "fault"), [("", rules.NothingSaid), (" \n ", rules.NothingSaid), ("x" * 20_001, rules.TooLong)]
)
def test_empty_and_endless_words_are_refused(app: Flask, text: str, fault: type[Exception]) -> None:
    _, _, province = valley.tree()
    with pytest.raises(fault):
        actions.add_comment(COMMAND_LINE, province, valley.uid(province, PRICE), text)


def test_what_was_said_about_a_paragraph_outlives_it(app: Flask) -> None:
    _, _, province = valley.tree()
    block = valley.uid(province, STATUTE)
    adaptation.remove_block(COMMAND_LINE, province, block, why="Ya no")
    actions.add_comment(COMMAND_LINE, province, block, "Lástima")
    assert len(comments.of_block(province, block)) == 1
    with pytest.raises(rules.NoSuchBlock):
        actions.add_comment(COMMAND_LINE, province, "nowhere", "Hola")


def test_threads_are_filtered_sorted_and_paged(app: Flask) -> None:
    _, _, province = valley.tree()
    rosa = valley.person("rosa", Role.REPRESENTATIVE, "PE-SAM")
    late, early = valley.uid(province, STATUTE), valley.uid(province, PRICE)
    for n in range(comments.PER_PAGE + 1):
        actions.add_comment(COMMAND_LINE, province, late, f"Ñandú {n}")
    mine = actions.add_comment(rosa, province, early, "El 100% de la ÑUSTA")
    actions.resolve_comment(rosa, mine)

    def shown(show: Show, **more: object) -> list[str]:
        return [t.first.body for t in comments.listing(rosa, province, show, page=1, **more).threads]  # type: ignore[arg-type]

    assert len(shown(Show.OPEN)) == comments.PER_PAGE
    assert shown(Show.OPEN)[0] == f"Ñandú {comments.PER_PAGE}"
    assert shown(Show.OPEN, sort=Sort.OLDEST)[0] == "Ñandú 0"
    assert shown(Show.RESOLVED) == shown(Show.MINE) == ["El 100% de la ÑUSTA"]
    assert shown(Show.ALL, sort=Sort.PLACE)[0] == "El 100% de la ÑUSTA", "its paragraph comes first"
    assert shown(Show.ALL, search="ñusta 100%") == ["El 100% de la ÑUSTA"]
    assert shown(Show.ALL, search="_") == []
    assert shown(Show.ALL, unit="elsewhere") == []
    assert len(shown(Show.ALL, unit=valley.UNIT)) == comments.PER_PAGE
    last = comments.listing(rosa, province, Show.ALL, page=2)
    assert (len(last.threads), last.pages, last.counts[Show.ALL]) == (2, 2, comments.PER_PAGE + 2)
    assert comments.open_by_block(province, [late, early]) == {late: comments.PER_PAGE + 1}
