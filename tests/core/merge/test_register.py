"""How an edition stands to its parent: states, the register, what a release lacks."""

from __future__ import annotations

import pytest

from app.core.content import Content, LinkState, Lock
from app.core.merge import Lacking, Link, apply, counts, departures, missing_for_release, plan, state
from tests.core.merge.trees import LANGUAGES, block, bodies, stored, tree

BASE = tree("m[u: a b c | v: d e]")


@pytest.mark.parametrize(
    ("child", "link", "expected"),
    [
        (BASE, None, LinkState.FOLLOW),
        (BASE, Link(declined={"es": stored("otro")}, act=1), LinkState.FOLLOW),
        (tree("m[u: a b]", b="nuestro"), None, LinkState.ADAPTED),
        (tree("m[u: a b]", b=block("b", None, "Another text.")), None, LinkState.ADAPTED),
        (tree("m[u: a b]", b="nuestro"), Link(frozen=True), LinkState.FROZEN),
        (BASE, Link(frozen=True), LinkState.FROZEN),
        (tree("m[u: a]"), None, LinkState.DROPPED),
        (tree("m[u: a b]", b="viejo"), Link(base={"es": stored("viejo")}), LinkState.FOLLOW),
        (tree("m[u: a b]", b="nuestro"), Link(base={"es": stored("viejo")}), LinkState.ADAPTED),
    ],
)
def test_a_blocks_standing_is_computed_by_comparing(child: Content, link: Link | None, expected: LinkState) -> None:
    assert state("b", BASE, child, link) is expected


def test_a_block_only_this_edition_has_is_local() -> None:
    assert state("L", BASE, tree("m[u: a L]"), None) is LinkState.LOCAL
    assert state("L", BASE, tree("m[u: a L]"), Link(base={"es": stored("una")})) is LinkState.ADAPTED


def test_a_translation_of_ones_own_departs_from_nothing() -> None:
    base = tree("m[u: b]", b=block("b", "uno"))
    assert state("b", base, tree("m[u: b]", b=block("b", "uno", "one")), None) is LinkState.FOLLOW
    assert state("b", tree("m[u: b]", b=block("b", "uno", "one")), base, None) is LinkState.FOLLOW


def test_the_register_lists_every_departure_with_its_reason_in_reading_order() -> None:
    child = tree("m[u: L a c | v: e d]", a="nuestro")
    links = {"a": Link(act=1), "L": Link(act=2), "b": Link(act=3), "c": Link(frozen=True, act=4)}
    found = departures(BASE, child, links)
    assert [(d.uid, d.state.value, d.act, d.unit) for d in found if not d.moved] == [
        ("L", "local", 2, "u"),
        ("a", "adapted", 1, "u"),
        ("b", "dropped", 3, "u"),
        ("c", "frozen", 4, "u"),
    ]
    assert [(d.state.value, d.unit) for d in found if d.moved] == [("follow", "v")]


def test_a_new_block_left_for_later_is_neither_a_departure_nor_counted() -> None:
    parent = tree("m[u: a x b c | v: d e]")
    left = apply(plan(BASE, parent, BASE, {}, bodies, LANGUAGES), {})
    assert departures(parent, left.content, left.links) == []
    assert counts(parent, left.content, left.links) == {LinkState.FOLLOW: 5}


def test_counts_tell_how_many_blocks_stand_how() -> None:
    child = tree("m[u: a c L | v: d e]", a="nuestro")
    found = counts(BASE, child, {"c": Link(frozen=True)})
    assert found == {
        LinkState.FOLLOW: 2,
        LinkState.ADAPTED: 1,
        LinkState.FROZEN: 1,
        LinkState.LOCAL: 1,
        LinkState.DROPPED: 1,
    }


@pytest.mark.parametrize(
    ("lock", "text", "link", "expected"),
    [
        (Lock.ADAPTABLE, "suyo", None, None),
        (Lock.MUST_ADAPT, "suyo", None, Lacking.UNANSWERED),
        (Lock.MUST_ADAPT, "nuestro", None, None),
        (Lock.MUST_ADAPT, "suyo", Link(confirmed=True, act=1), None),
        (Lock.MUST_ADAPT, None, None, None),
        (Lock.FIXED, "suyo", None, None),
        (Lock.FIXED, "nuestro", None, Lacking.FIXED),
        (Lock.FIXED, None, None, Lacking.FIXED),
        (Lock.ADAPTABLE, "nuestro", Link(base={"es": stored("anterior"), "en": stored("b")}), Lacking.CONFLICT),
        (Lock.ADAPTABLE, "anterior", Link(base={"es": stored("anterior"), "en": stored("b")}), None),
    ],
)
def test_a_release_lacks_answers_and_decisions(
    lock: Lock, text: str | None, link: Link | None, expected: Lacking | None
) -> None:
    base = tree("m[u: a b]", b=block("b", "suyo", "b", lock))
    child = tree("m[u: a b]", b=block("b", text, "b", lock)) if text else tree("m[u: a]")
    found = missing_for_release(base, child, {"b": link} if link else {}, bodies, LANGUAGES)
    assert found == ([("b", expected)] if expected else [])


def test_an_answer_is_asked_for_again_when_the_parents_text_changes() -> None:
    base, parent = (tree("m[u: b]", b=block("b", text, "b", Lock.MUST_ADAPT)) for text in ("uno", "dos"))
    found = plan(base, parent, base, {"b": Link(confirmed=True, act=1)}, bodies, LANGUAGES)
    synced = apply(found, found.safe_choices())
    assert missing_for_release(parent, synced.content, synced.links, bodies, LANGUAGES) == [("b", Lacking.UNANSWERED)]
