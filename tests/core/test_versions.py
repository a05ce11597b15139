"""Versions: reading them, and what each kind of change raises."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.content import Content, Kind
from app.core.versions import FIRST, BadVersion, Level, Reason, Version, VersionTooLow, bump
from tests.core.merge.edits import three_sides
from tests.core.merge.trees import block, tree

NUMBERS = st.builds(Version, *[st.integers(0, 10**6)] * 3)


@given(NUMBERS)
def test_a_version_reads_back_as_it_is_written(version: Version) -> None:
    assert Version.parse(str(version)) == version


@given(st.lists(NUMBERS))
def test_versions_sort_by_number(versions: list[Version]) -> None:
    assert [(v.x, v.y, v.z) for v in sorted(versions)] == sorted((v.x, v.y, v.z) for v in versions)


@pytest.mark.parametrize(
    "text", ["", "1", "1.2", "1.2.3.4", "01.2.3", "1.2.x", "-1.0.0", "v1.0.0", "1.٢.3", "1.0.0\n1"]
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(BadVersion):
        Version.parse(text)


def test_the_first_release_is_one() -> None:
    found = bump(None, None, tree("m[u: a]"))
    assert (found.version, list(found.reasons)) == (FIRST, [Reason.FIRST])
    assert str(found.version) == "1.0.0"


GOAL = block("g", "- Contar", "- Count", kind=Kind.OBJECTIVES)
OTHER_GOAL = block("g", "- Anotar", "- Note", kind=Kind.OBJECTIVES)
TRANSLATED_GOAL = block("g", "- Contar", "- Count up", kind=Kind.OBJECTIVES)
QUESTION = block("q", "¿Cuántas?", "How many?", kind=Kind.QUESTION)


@pytest.mark.parametrize(
    ("before", "after", "reason", "expected"),
    [
        (tree("m[u: a g]", g=GOAL), tree("m[u: a g]", g=OTHER_GOAL), Reason.OBJECTIVE_CHANGED, "2.0.0"),
        (tree("m[u: a g]", g=GOAL), tree("m[u: a]"), Reason.OBJECTIVE_CHANGED, "2.0.0"),
        (tree("m[u: a]"), tree("m[u: a q]", q=QUESTION), Reason.QUESTION_CHANGED, "2.0.0"),
        (tree("m[u: a q]", q=QUESTION), tree("m[u: a]"), Reason.QUESTION_CHANGED, "2.0.0"),
        (tree("m[u: a | v: b]"), tree("m[u: a]"), Reason.UNIT_REMOVED, "2.0.0"),
        (tree("m[u: a] n[v: b]"), tree("m[u: a]"), Reason.UNIT_REMOVED, "2.0.0"),
        (tree("m[u: a]"), tree("m[u: a x]"), Reason.BLOCK_ADDED, "1.3.0"),
        (tree("m[u: a]"), tree("m[u: a | v: q]", q=QUESTION), Reason.UNIT_ADDED, "1.3.0"),
        (tree("m[u: a]"), tree("m[u: a] n[v: b]"), Reason.MODULE_ADDED, "1.3.0"),
        (tree("m[u: a b]"), tree("m[u: a]"), Reason.BLOCK_REMOVED, "1.2.4"),
        (tree("m[u: a b]"), tree("m[u: b a]"), Reason.MOVED, "1.2.4"),
        (tree("m[u: a]"), tree("m[u: a]", a="otro"), Reason.WORDING, "1.2.4"),
        (tree("m[u: a]"), tree("m[u@90: a]"), Reason.MINUTES, "1.2.4"),
        (tree("m[u: a g]", g=GOAL), tree("m[u: a g]", g=TRANSLATED_GOAL), Reason.TRANSLATION, "1.2.4"),
        (tree("m[u: a]"), tree("m[u: a]"), Reason.NOTHING, "1.2.4"),
    ],
)
def test_what_changed_decides_the_number(before: Content, after: Content, reason: Reason, expected: str) -> None:
    found = bump(Version(1, 2, 3), before, after, "es")
    assert reason in found.reasons
    assert (str(found.version), found.level) == (expected, reason.level)


def test_the_highest_change_counts_and_every_reason_is_named() -> None:
    before = tree("m[u: a g | v: b]", g=GOAL)
    found = bump(Version(1, 2, 3), before, tree("m[u: a x g | v: b]", g=OTHER_GOAL, a="otro"), "es")
    assert found.reasons == {
        Reason.OBJECTIVE_CHANGED: ("g",),
        Reason.BLOCK_ADDED: ("x",),
        Reason.WORDING: ("a",),
        Reason.TRANSLATION: ("g",),
    }
    assert found.level is Level.X


def test_without_a_source_language_only_a_new_language_is_a_translation() -> None:
    before = tree("m[u: g]", g=block("g", "- Contar", kind=Kind.OBJECTIVES))
    assert bump(FIRST, before, tree("m[u: g]", g=GOAL)).reasons == {Reason.TRANSLATION: ("g",)}
    assert bump(FIRST, tree("m[u: g]", g=GOAL), tree("m[u: g]", g=TRANSLATED_GOAL)).level is Level.X


def test_a_person_may_raise_a_version_but_not_lower_it() -> None:
    found = bump(Version(1, 2, 3), tree("m[u: a]"), tree("m[u: a x]"))
    assert found.checked(Version(2, 0, 0)) == Version(2, 0, 0)
    assert found.checked(found.version) == found.version
    with pytest.raises(VersionTooLow):
        found.checked(Version(1, 2, 4))


@given(three_sides())
def test_a_version_always_rises(trees: tuple[Content, Content, Content]) -> None:
    assert bump(FIRST, trees[0], trees[1]).version > FIRST
