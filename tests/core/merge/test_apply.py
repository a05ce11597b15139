"""What the answers make of a plan: examples of texts, places, links and refusals."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from app.core.content import Content, Kind, Lock, Uid
from app.core.errors import Refused
from app.core.merge import (
    BOTH,
    LATER,
    OURS,
    PROPOSAL,
    THEIRS,
    Action,
    Answer,
    Applied,
    Choice,
    FixedByOriginal,
    Link,
    NoProposal,
    NotAnAnswer,
    NothingToAnswer,
    Spot,
    apply,
    plan,
    undo,
    undo_links,
)
from tests.core.merge.test_plan import BASE, CHILD, CLASH, PARENT
from tests.core.merge.trees import LANGUAGES, STORE, block, bodies, layout, said, stored, tree

Answers = Mapping[Uid | tuple[Uid, str], Choice]
MERGED = PARENT.replace("cuentan", "anotan")


def written(text: str) -> Choice:
    return Choice(Answer.WRITTEN, text)


def answered(
    base: Content, parent: Content, child: Content, answers: Answers, links: Mapping[Uid, Link] | None = None
) -> Applied:
    applied = apply(plan(base, parent, child, links or {}, bodies, LANGUAGES), answers, act=7)
    STORE.update(applied.texts)
    return applied


def sides(base: str, parent: str, child: str) -> tuple[Content, Content, Content]:
    """Three trees that differ in the Spanish text of block x."""
    return tree("m[u: a x b]", x=base), tree("m[u: a x b]", x=parent), tree("m[u: a x b]", x=child)


@pytest.mark.parametrize(
    ("parent", "child", "answer", "expected"),
    [
        (PARENT, BASE, THEIRS, PARENT),
        (PARENT, BASE, PROPOSAL, PARENT),
        (PARENT, BASE, BOTH, PARENT),
        (PARENT, BASE, OURS, BASE),
        (PARENT, BASE, LATER, BASE),
        (PARENT, BASE, written("Otra cosa."), "Otra cosa."),
        (PARENT, CHILD, THEIRS, PARENT),
        (PARENT, CHILD, OURS, CHILD),
        (PARENT, CHILD, LATER, CHILD),
        (PARENT, CHILD, PROPOSAL, MERGED),
        (PARENT, CHILD, written("Otra cosa.  \r\n"), "Otra cosa."),
    ],
)
def test_an_answer_gives_the_text(parent: str, child: str, answer: Choice, expected: str) -> None:
    assert said(answered(*sides(BASE, parent, child), {"x": answer}).content, "x") == expected


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "expected"),
    [
        ("La feria es el lunes.", "La feria es el martes.", "La feria es el jueves.", ["martes", "jueves"]),
        ("- pan\n- queso\n", "- pan\n- miel\n", "- pan\n- café\n", ["- miel\n", "- café\n"]),
        ("- pan\n- queso", "- pan\n- miel", "- pan\n- café", ["- miel\n", "- café"]),
        ("# Uno", "# Dos", "# Tres", ["# Dos\n\n", "# Tres"]),
    ],
)
def test_both_keeps_the_two_texts_apart_and_ours_first(base: str, ours: str, theirs: str, expected: list[str]) -> None:
    text = said(answered(*sides(base, theirs, ours), {"x": BOTH}).content, "x")
    assert text is not None
    places = [text.find(part) for part in expected]
    assert -1 not in places, text
    assert places == sorted(places)


def test_both_of_two_blocks_added_alike_is_one_text_after_the_other() -> None:
    trees = tree("m[u: a]"), tree("m[u: a x]", x="De ellas."), tree("m[u: a x]", x="De nosotras.")
    assert said(answered(*trees, {"x": BOTH}).content, "x") == "De nosotras. De ellas."


@pytest.mark.parametrize(
    ("base", "parent", "child", "answers", "expected"),
    [
        ("m[u: a b]", "m[u: a x b]", "m[u: a L b]", {"x": THEIRS}, "m[u: a x L b]"),
        ("m[u: a b]", "m[u: a x b]", "m[u: a L b]", {"x": OURS}, "m[u: a L b]"),
        ("m[u: a b c]", "m[u: b c a]", "m[u: a b L c]", {"a": THEIRS}, "m[u: b L c a]"),
        ("m[u: a b c]", "m[u: b c a]", "m[u: a b L c]", {"a": OURS}, "m[u: a b L c]"),
        ("m[u: a b c d]", "m[u: b c d a]", "m[u: b c a d]", {"a": THEIRS}, "m[u: b c d a]"),
        ("m[u: a b | v: c]", "m[u: b | v: c a]", "m[u: a b | v: c]", {("a", "place"): THEIRS}, "m[u: b | v: c a]"),
        ("m[u: a | v: b]", "m[u: a | v: b | w: x y]", "m[u: a | v: b]", {"w": THEIRS}, "m[u: a | v: b | w: x y]"),
        ("m[u: a]", "m[u: a | w: x y]", "m[u: a]", {"w": THEIRS, "x": OURS}, "m[u: a | w: y]"),
        ("m[u: a]", "m[u: a | w: x y]", "m[u: a]", {"x": THEIRS}, "m[u: a | w: x]"),
        ("m[u: a]", "m[u: a] n[w: x]", "m[u: a]", {"n": THEIRS}, "m[u: a] n[w: x]"),
        ("m[u: a | v: b]", "m[u: a]", "m[u: a | v: b]", {"v": THEIRS}, "m[u: a]"),
        ("m[u: a | v: b c]", "m[u: a]", "m[u: a | v: b c]", {"v": THEIRS, "c": OURS}, "m[u: a | v: c]"),
        ("m[u: a | v: b]", "m[u: a]", "m[u: a | v: b L]", {"v": THEIRS}, "m[u: a]"),
        ("m[u: a | v: b]", "m[u: a]", "m[u: a | v: b L]", {"v": OURS}, "m[u: a | v: b L]"),
        ("m[u: a | v: b]", "m[u: a]", "m[u: a | v: b L]", {"v": THEIRS, "L": OURS}, "m[u: a | v: L]"),
        ("m[u: a | v: b]", "m[u: a]", "m[u: | v: b a]", {"v": THEIRS}, "m[u: a]"),
        ("m[u: a | v: b]", "m[u: a b]", "m[u: a | v: b]", {"v": THEIRS, "b": OURS}, "m[u: a | v: b]"),
        ("m[u: a | v: b]", "m[u: a | v: b x]", "m[u: a]", {"v": THEIRS}, "m[u: a | v: b x]"),
        ("m[u: a | v: b]", "m[u: a | v: b x]", "m[u: a]", {"v": OURS}, "m[u: a]"),
        ("m[u: a | v: b]", "m[u: a | v: b x]", "m[u: a]", {"x": THEIRS}, "m[u: a | v: x]"),
        ("m[u: a | v: b]", "m[u: | v: b a]", "m[u: a]", {"v": THEIRS}, "m[u: | v: b a]"),
        ("m[u@60: a]", "m[u@90: a]", "m[u@75: a]", {"u": THEIRS}, "m[u@90: a]"),
        ("m[u@60: a]", "m[u@90: a]", "m[u@75: a]", {("u", "minutes"): written("80")}, "m[u@80: a]"),
        ("m[u: a | v: b]", "m[v: b | u: a]", "m[u: a L | v: b]", {"u": THEIRS, "v": THEIRS}, "m[v: b | u: a L]"),
    ],
)
def test_structure_follows_the_answers(base: str, parent: str, child: str, answers: Answers, expected: str) -> None:
    found = plan(tree(base), tree(parent), tree(child), {}, bodies, LANGUAGES)
    asked = {key: choice for key, choice in answers.items() if isinstance(key, tuple) or found.by_uid[key].asks}
    assert layout(apply(found, asked).content) == expected


def test_a_unit_that_goes_waits_for_what_is_left_in_it() -> None:
    base, parent = tree("m[u: a | v: b c]"), tree("m[u: a]")
    early = answered(base, parent, base, {"v": THEIRS, "c": LATER})
    assert layout(early.content) == "m[u: a | v: c]"
    assert {outcome.uid for outcome in early.left} == {"v", "c"}
    assert layout(answered(parent, parent, early.content, {"v": THEIRS}, early.links).content) == "m[u: a]"


def test_languages_are_answered_by_themselves() -> None:
    base = tree("m[u: x]", x=block("x", "uno", "one"))
    parent = tree("m[u: x]", x=block("x", "dos", "two"))
    applied = answered(base, parent, base, {("x", "es"): THEIRS, ("x", "en"): OURS})
    assert (said(applied.content, "x", "es"), said(applied.content, "x", "en")) == ("dos", "one")
    assert applied.links["x"] == Link(declined={"en": stored("two")}, act=7)


@pytest.mark.parametrize(
    ("parent", "child", "expected"), [("two", "one", "two"), ("one", "two", "two"), ("two", "three", "three")]
)
def test_a_language_nobody_asks_about_follows_only_where_nobody_changed_it(
    parent: str, child: str, expected: str
) -> None:
    base, there, here = (tree("m[u: x]", x=block("x", "uno", text)) for text in ("one", parent, child))
    applied = apply(plan(base, there, here, {}, bodies, ["es"]), {})
    assert said(applied.content, "x", "en") == expected


def test_a_move_left_for_later_is_remembered_by_a_neighbour_that_is_still_there() -> None:
    base = tree("m[u: a b c d e f g h | v: z]")
    parent = tree("m[u: a d e f g h c | v: z b]")
    early = answered(base, parent, base, {"b": THEIRS})
    assert early.links == {"c": Link(place=Spot("u", "a"))}
    again = plan(parent, parent, early.content, early.links, bodies, LANGUAGES)
    assert [(outcome.uid, outcome.action) for outcome in again.asking] == [("c", Action.MOVED)]


def test_kind_and_lock_follow_the_text_and_the_parent() -> None:
    base = tree("m[u: x]", x=block("x", "Uno."))
    parent = tree("m[u: x]", x=block("x", "# Uno", kind=Kind.HEADING, lock=Lock.MUST_ADAPT))
    for answer, kind in ((THEIRS, Kind.HEADING), (OURS, Kind.PARAGRAPH)):
        found = answered(base, parent, base, {"x": answer}).content.modules[0].units[0].blocks[0]
        assert (found.kind, found.lock) == (kind, Lock.MUST_ADAPT)


@pytest.mark.parametrize(
    ("trees", "answers", "reason"),
    [
        (sides(BASE, BASE, BASE), {"x": THEIRS}, NothingToAnswer),
        (sides(BASE, PARENT, BASE), {"nowhere": THEIRS}, NothingToAnswer),
        (sides(BASE, PARENT, BASE), {("x", "en"): THEIRS}, NothingToAnswer),
        (sides(BASE, PARENT, BASE), {("x", "place"): THEIRS}, NothingToAnswer),
        (sides(BASE, CLASH, PARENT), {"x": PROPOSAL}, NoProposal),
        (sides(BASE, CLASH, PARENT), {"x": written("  \n")}, NotAnAnswer),
        ((tree("m[u: a]"), tree("m[u: a x]"), tree("m[u: a]")), {"x": BOTH}, NotAnAnswer),
        ((tree("m[u@60: a]"), tree("m[u@90: a]"), tree("m[u@75: a]")), {"u": written("dos")}, NotAnAnswer),
        ((tree("m[u@60: a]"), tree("m[u@90: a]"), tree("m[u@75: a]")), {"u": BOTH}, NotAnAnswer),
    ],
)
def test_answers_that_do_not_fit_are_refused(
    trees: tuple[Content, Content, Content], answers: Answers, reason: type[Refused]
) -> None:
    with pytest.raises(reason):
        answered(*trees, answers)


def test_one_written_text_does_not_answer_two_languages() -> None:
    base, parent = tree("m[u: x]", x=block("x", "uno", "one")), tree("m[u: x]", x=block("x", "dos", "two"))
    with pytest.raises(NotAnAnswer):
        answered(base, parent, base, {"x": written("tres")})


@pytest.mark.parametrize("answer", [OURS, written("Otra cosa.")])
def test_a_fixed_block_takes_the_parents_text_or_waits(answer: Choice) -> None:
    base, parent, child = (
        tree("m[u: x]", x=block("x", text, "same", lock=Lock.FIXED)) for text in (BASE, PARENT, CHILD)
    )
    with pytest.raises(FixedByOriginal):
        answered(base, parent, child, {"x": answer})
    assert said(answered(base, parent, child, {}).content, "x") == CHILD
    assert said(answered(base, parent, child, {"x": THEIRS}).content, "x") == PARENT


def test_a_fixed_block_that_was_dropped_comes_back() -> None:
    base, child = (tree(drawn, x=block("x", BASE, "b", lock=Lock.FIXED)) for drawn in ("m[u: a x]", "m[u: a]"))
    with pytest.raises(FixedByOriginal):
        answered(base, base, child, {"x": OURS})
    assert layout(answered(base, base, child, {"x": THEIRS}).content) == "m[u: a x]"


@pytest.mark.parametrize(
    ("trees", "answers", "links", "expected"),
    [
        (sides(BASE, PARENT, BASE), {"x": THEIRS}, {}, {}),
        (sides(BASE, PARENT, CHILD), {"x": PROPOSAL}, {}, {"x": Link(act=7)}),
        (sides(BASE, PARENT, CHILD), {"x": PROPOSAL}, {"x": Link(act=3)}, {"x": Link(act=3)}),
        (sides(BASE, PARENT, CHILD), {"x": OURS}, {}, {"x": Link(declined={"es": stored(PARENT)}, act=7)}),
        (sides(BASE, PARENT, PARENT), {}, {"x": Link(act=3, declined={"es": stored(PARENT)})}, {}),
        (sides(BASE, BASE, BASE), {}, {"x": Link(confirmed=True, act=3)}, {"x": Link(confirmed=True, act=3)}),
        (sides(BASE, PARENT, BASE), {"x": THEIRS}, {"x": Link(confirmed=True, act=3)}, {}),
        (sides(BASE, BASE, CHILD), {}, {"x": Link(act=3)}, {"x": Link(act=3)}),
        (
            sides(BASE, CLASH, CHILD),
            {},
            {"x": Link(declined={"es": stored(PARENT)}, act=3)},
            {"x": Link(base={"es": stored(BASE), "en": stored("Text of x.")}, act=3)},
        ),
        (
            sides(BASE, PARENT, BASE),
            {},
            {"x": Link(frozen=True, act=3)},
            {"x": Link(base={"es": stored(BASE), "en": stored("Text of x.")}, frozen=True, act=3)},
        ),
        ((tree("m[u: a]"), tree("m[u: a x]"), tree("m[u: a]")), {}, {}, {"x": Link(base={})}),
        ((tree("m[u: a]"), tree("m[u: a x]"), tree("m[u: a]")), {"x": THEIRS}, {}, {}),
        (
            (tree("m[u: a b c]"), tree("m[u: b c a]"), tree("m[u: a b c]")),
            {},
            {},
            {"a": Link(place=Spot("u", None))},
        ),
        ((tree("m[u: a x]"), tree("m[u: a x]"), tree("m[u: a]")), {}, {"x": Link(act=3)}, {"x": Link(act=3)}),
        ((tree("m[u: a]"), tree("m[u: a]"), tree("m[u: a L]")), {}, {"L": Link(act=3)}, {"L": Link(act=3)}),
        ((tree("m[u: a x]"), tree("m[u: a]"), tree("m[u: a]")), {}, {"x": Link(act=3)}, {}),
    ],
)
def test_links_remember_what_has_to_be_remembered(
    trees: tuple[Content, Content, Content], answers: Answers, links: dict[Uid, Link], expected: dict[Uid, Link]
) -> None:
    assert answered(*trees, answers, links).links == expected


def test_a_declined_text_is_asked_again_only_when_it_changes() -> None:
    base, parent, child = sides(BASE, PARENT, CHILD)
    first = answered(base, parent, child, {"x": OURS})
    assert not plan(base, parent, first.content, first.links, bodies, LANGUAGES).asking
    again = plan(parent, tree("m[u: a x b]", x=CLASH), first.content, first.links, bodies, LANGUAGES)
    assert [outcome.uid for outcome in again.asking] == ["x"]


def test_a_conflict_left_for_later_is_asked_again_after_a_second_release() -> None:
    base, parent, child = sides(BASE, PARENT, CHILD)
    first = answered(base, parent, child, {})
    newer = tree("m[u: a x b y]", x=PARENT)
    again = plan(parent, newer, first.content, first.links, bodies, LANGUAGES)
    assert {outcome.uid: outcome.action for outcome in again.asking} == {"x": Action.PROPOSAL, "y": Action.INSERTED}
    assert said(answered(parent, newer, first.content, {"x": PROPOSAL}, first.links).content, "x") == MERGED


def test_a_thawed_block_is_merged_from_where_it_froze() -> None:
    base, parent, child = sides(BASE, PARENT, CHILD)
    frozen = answered(base, parent, child, {}, {"x": Link(frozen=True)})
    assert not frozen.left
    thawed = {"x": Link(base=frozen.links["x"].base)}
    assert plan(parent, parent, child, thawed, bodies, LANGUAGES).by_uid["x"].action is Action.PROPOSAL


def test_undo_keeps_later_edits_and_lists_what_they_touch() -> None:
    before = tree("m[u: a x b]", x=BASE)
    parent = tree("m[u: a x n b]", x=PARENT)
    after = answered(before, parent, before, {"x": THEIRS, "n": THEIRS}).content
    now = tree("m[u: a x n b L]", x=PARENT, a="Texto nuestro.")
    undone = undo(before, after, now, bodies, LANGUAGES)
    assert layout(undone.content) == "m[u: a x b L]"
    assert (said(undone.content, "x"), said(undone.content, "a")) == (BASE, "Texto nuestro.")
    assert not undone.conflicts
    touched = tree("m[u: a x n b]", x=PARENT.replace("domingo", "lunes"))
    undone = undo(before, after, touched, bodies, LANGUAGES)
    assert [outcome.uid for outcome in undone.conflicts] == ["x"]
    assert said(undone.content, "x") == PARENT.replace("domingo", "lunes")


def test_undo_gives_links_back_but_for_those_changed_since() -> None:
    before = {"x": Link(act=1), "y": Link(act=2)}
    after = {"x": Link(act=1), "z": Link(act=3), "w": Link(base={})}
    now = {"x": Link(frozen=True), "z": Link(act=3), "w": Link(base={})}
    assert undo_links(before, after, now) == {"x": Link(frozen=True), "y": Link(act=2)}


def test_a_move_left_for_later_is_asked_again_though_the_neighbour_has_gone_elsewhere() -> None:
    base, parent, child = tree("m[u: a b | v:]"), tree("m[u: | v: b a]", a="Otro texto."), tree("m[u: b | v:]")
    first = plan(base, parent, child, {}, bodies, LANGUAGES)
    left = apply(first, {})
    again = plan(parent, parent, left.content, left.links, bodies, LANGUAGES)
    assert {o.uid: o.action for o in again.asking} == {"b": Action.MOVED, "a": Action.CONFLICT}
    assert {o.uid: o.action for o in again.asking} == {o.uid: o.action for o in first.asking}
