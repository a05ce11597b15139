"""The lineage's drawing: everything stands on it once, apart, within its frame, and as wide as it is large."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.curriculum.lineage_layout import CROWN, KNOT, UPRIGHT_TWIGS, Drawing, Node, climbing, nest, upright


def node(id: int, parent: int | None = None, blocks: int = 100, **more: object) -> Node:
    return Node(id, parent, f"Edition {id}", "1.0.0", blocks, **more)  # type: ignore[arg-type]


FAMILY = [node(1, blocks=400), node(2, 1, 300), node(3, 2, 200), node(4, 2, 40), node(5, 1, 100)]


@st.composite
def forests(draw: st.DrawFn) -> list[Node]:
    """Any nodes, with parents that may be missing, later, or in a ring."""
    ids = list(range(1, draw(st.integers(0, 25)) + 1))
    counts = st.dictionaries(
        st.sampled_from(["follow", "adapted", "frozen", "local", "dropped"]), st.integers(0, 500), max_size=5
    )
    return [
        node(
            i, draw(st.none() | st.integers(0, 26)), draw(st.integers(0, 5000)), lag=draw(st.integers(0, 3)),
            counts=draw(counts),
        )
        for i in ids
    ]  # fmt: skip


def assert_sound(drawing: Drawing, nodes: list[Node]) -> None:
    assert sorted(spot.node.id for spot in drawing.spots) == sorted(n.id for n in nodes)
    for spot in drawing.spots:
        assert KNOT <= spot.x <= drawing.width - KNOT
        assert KNOT <= spot.y <= drawing.height - KNOT
        assert len(spot.leaves) == CROWN
        assert {leaf.state for leaf in spot.leaves} >= {state for state, n in spot.node.counts.items() if n}
    for one, other in combinations(drawing.spots, 2):
        assert abs(one.x - other.x) > 2 * KNOT or abs(one.y - other.y) > 2 * KNOT


@given(forests())
def test_the_climbing_tree_holds_every_edition_once_and_apart(nodes: list[Node]) -> None:
    assert_sound(climbing(nodes), nodes)


@given(forests())
def test_the_upright_tree_holds_every_edition_or_is_not_drawn(nodes: list[Node]) -> None:
    drawing = upright(nodes)
    if drawing is not None:
        assert_sound(drawing, nodes)


def test_children_stand_above_their_parent_and_side_by_side() -> None:
    drawing = upright(FAMILY)
    assert drawing is not None
    at = {spot.node.id: spot for spot in drawing.spots}
    assert at[3].y == at[4].y < at[2].y == at[5].y < at[1].y
    assert at[3].x < at[2].x < at[4].x < at[5].x


def test_children_climb_below_their_parent_and_further_in() -> None:
    at = {spot.node.id: spot for spot in climbing(FAMILY).spots}
    assert [at[i].y for i in (1, 2, 3, 4, 5)] == sorted(at[i].y for i in (1, 2, 3, 4, 5))
    assert at[1].x < at[2].x < at[3].x == at[4].x
    assert at[5].x == at[2].x


def test_a_branch_is_as_wide_as_its_share_of_blocks() -> None:
    drawing = upright(FAMILY)
    assert drawing is not None
    width = {branch.child: branch.width for branch in drawing.branches}
    assert width[1] / width[3] == pytest.approx(400 / 200)
    assert width[3] > width[5] > 0


def test_every_edition_has_one_branch_and_roots_have_a_trunk() -> None:
    drawing = upright(FAMILY)
    assert drawing is not None
    assert sorted(branch.child for branch in drawing.branches) == [1, 2, 3, 4, 5]


def test_too_many_twigs_are_left_to_the_climbing_tree() -> None:
    many = [node(1), *(node(i, 1) for i in range(2, 3 + UPRIGHT_TWIGS))]
    assert upright(many) is None
    assert upright(many[:-1]) is not None


def test_an_edition_whose_original_is_not_shown_stands_as_a_root() -> None:
    assert [(top.id, len(below)) for top, below in nest([node(2, 1), node(3, 2)])] == [(2, 1)]


def test_a_ring_of_parents_does_not_hang_the_page() -> None:
    assert sorted(spot.node.id for spot in climbing([node(1, 2), node(2, 1)]).spots) == [1, 2]


def test_no_editions_make_no_tree() -> None:
    assert upright([]) is None
    assert climbing([]).spots == ()


def test_leaves_show_the_states_by_their_share() -> None:
    [spot] = climbing([node(1, counts={"follow": 300, "adapted": 120, "local": 3})]).spots
    states = [leaf.state for leaf in spot.leaves]
    assert states.count("follow") > states.count("adapted") > states.count("local") == 1


def test_long_titles_are_cut_with_an_ellipsis() -> None:
    [spot] = climbing([Node(1, None, "A title that goes on and on for much longer than there is room", "", 1)]).spots
    assert spot.label.endswith("…")
    assert len(spot.label) <= 30
