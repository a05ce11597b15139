"""Laws of the structural merge, on random trees with random edits on both sides."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.core.content import Content, LinkState, Uid
from app.core.merge import (
    LATER,
    OURS,
    QUIET,
    THEIRS,
    Action,
    Applied,
    Choice,
    Link,
    Outcome,
    Part,
    SyncPlan,
    apply,
    plan,
    state,
    undo,
)
from app.core.merge.sides import Side
from tests.core.merge.edits import LANGUAGES, locked, three_sides
from tests.core.merge.trees import STORE, bodies

Trees = tuple[Content, Content, Content]
Answers = dict[Uid | tuple[Uid, str], Choice]


def planned(base: Content, parent: Content, child: Content, applied: Applied | None = None) -> SyncPlan:
    STORE.update(applied.texts if applied else {})
    return plan(base, parent, child, applied.links if applied else {}, bodies, LANGUAGES)


def everything(found: SyncPlan, choice: Choice) -> Answers:
    return {outcome.uid: choice for outcome in found.asking}


def above_all(found: SyncPlan, outcome: Outcome) -> Uid:
    """The outermost thing whose answer counts for this one: what is under one question is answered at one time."""
    under = outcome.under or (outcome.place.under if outcome.place else None)
    return above_all(found, found.by_uid[under]) if under else outcome.uid


def uids(content: Content) -> list[Uid]:
    return [
        *(module.uid for module in content.modules),
        *(unit.uid for _, unit in content.units()),
        *(block.uid for _, _, block in content.blocks()),
    ]


@given(three_sides())
def test_no_news_change_nothing(trees: Trees) -> None:
    base, _, child = trees
    found = planned(base, base, child)
    assert not found.asking
    assert apply(found, {}).content == child


@given(three_sides())
def test_a_child_without_changes_becomes_the_parent_by_safe_answers_alone(trees: Trees) -> None:
    base, parent, _ = trees
    found = planned(base, parent, base)
    assert all(outcome.safe for outcome in found.outcomes)
    applied = apply(found, found.safe_choices())
    assert applied.content == parent
    assert not applied.links
    assert not applied.left


@given(three_sides())
def test_what_both_did_alike_is_the_same(trees: Trees) -> None:
    base, parent, _ = trees
    found = planned(base, parent, parent)
    assert not found.asking
    assert {outcome.action for outcome in found.outcomes} <= {Action.UNCHANGED, Action.SAME}
    assert apply(found, {}).content == parent


@given(three_sides())
def test_without_answers_nothing_changes_and_the_same_is_asked_again(trees: Trees) -> None:
    base, parent, child = trees
    first = planned(base, parent, child)
    applied = apply(first, {})
    assert applied.content == child
    assert list(applied.left) == first.asking
    again = planned(parent, parent, applied.content, applied)
    assert {o.uid: o.action for o in again.asking} == {o.uid: o.action for o in first.asking}


@given(three_sides())
def test_a_sync_left_for_later_and_then_taken_whole_arrives_at_the_parent(trees: Trees) -> None:
    base, parent, _ = trees
    left = apply(planned(base, parent, base), {})
    again = planned(parent, parent, left.content, left)
    assert apply(again, everything(again, THEIRS)).content == parent


@given(three_sides(), st.data())
def test_answering_later_comes_to_the_same_as_answering_at_once(trees: Trees, data: st.DataObject) -> None:
    base, parent, child = trees
    found = planned(base, parent, child)
    answers: Answers = {o.uid: data.draw(st.sampled_from([THEIRS, OURS])) for o in found.asking}
    at_once = {uid: data.draw(st.booleans()) for uid in {above_all(found, o) for o in found.asking}}
    early = apply(found, {o.uid: answers[o.uid] for o in found.asking if at_once[above_all(found, o)]})
    again = planned(parent, parent, early.content, early)
    late = apply(again, {o.uid: answers[o.uid] for o in again.asking})
    once = apply(found, answers)
    assert sorted(uids(late.content)) == sorted(uids(once.content))
    for part, level in Side.of(once.content).levels.items():
        assert level.home == Side.of(late.content).levels[part].home  # among neighbours, who came first may differ
    assert dict(Side.of(late.content).blocks) == dict(Side.of(once.content).blocks)


@given(three_sides())
def test_ours_everywhere_keeps_the_child(trees: Trees) -> None:
    base, parent, child = trees
    found = planned(base, parent, child)
    assert apply(found, everything(found, OURS)).content == child


@given(three_sides(), st.data())
def test_nothing_is_lost_and_nothing_is_there_twice(trees: Trees, data: st.DataObject) -> None:
    base, parent, child = trees
    found = planned(base, parent, child)
    answers: Answers = {o.uid: data.draw(st.sampled_from([THEIRS, OURS, LATER])) for o in found.asking}
    result = uids(apply(found, answers).content)
    assert len(result) == len(set(result))
    missing = {*uids(parent), *uids(child)} - set(result)
    for outcome in found.outcomes:
        if outcome.uid in missing:
            assert outcome.whole or outcome.action is Action.KEPT, outcome
            if outcome.part is not Part.BLOCK or outcome.action is not Action.KEPT:
                continue
            assert outcome.uid not in uids(child)


@given(three_sides(), st.data())
def test_when_all_is_decided_nothing_is_asked_again(trees: Trees, data: st.DataObject) -> None:
    base, parent, child = trees
    found = planned(base, parent, child)
    applied = apply(found, {o.uid: data.draw(st.sampled_from([THEIRS, OURS])) for o in found.asking})
    assert not applied.left
    again = planned(parent, parent, applied.content, applied)
    assert not again.asking
    assert apply(again, {}).content == applied.content
    assert apply(again, {}).links == applied.links


@given(three_sides(), st.data())
def test_unmoved_blocks_keep_their_order_and_local_ones_survive(trees: Trees, data: st.DataObject) -> None:
    base, parent, child = trees
    found = planned(base, parent, child)
    result = apply(found, {o.uid: data.draw(st.sampled_from([OURS, LATER])) for o in found.asking}).content
    safe = apply(found, found.safe_choices()).content
    for after in (result, safe):
        followed = {o.uid for o in found.outcomes if o.place and o.place.action is Action.MOVED}
        for part in Part:
            was, now = Side.of(child).levels[part], Side.of(after).levels[part]
            for container, members in now.lists.items():
                stayed = [uid for uid in members if was.home.get(uid) == container and uid not in followed]
                assert stayed == [uid for uid in was.lists.get(container, ()) if uid in stayed]
        local = [uid for uid in uids(child) if uid.startswith("c-")]
        assert set(local) <= set(uids(after))


@given(three_sides())
def test_only_rule_one_is_safe(trees: Trees) -> None:
    base, parent, child = trees
    found = planned(base, parent, child)
    for outcome in found.outcomes:
        if outcome.safe:
            texts_asking = [text for text in outcome.texts.values() if text.action not in QUIET]
            assert all(text.child == text.base for text in texts_asking)
    first, after = Side.of(child).blocks, Side.of(apply(found, found.safe_choices()).content).blocks
    was, there = Side.of(base).blocks, Side.of(parent).blocks
    for uid, block in after.items():
        for language, text in block.texts.items():
            if uid in first and text != first[uid].texts.get(language):
                assert first[uid].texts.get(language) == was[uid].texts.get(language)
                assert text == there[uid].texts[language]


@given(three_sides())
def test_languages_do_not_touch_each_other(trees: Trees) -> None:
    whole = planned(*trees)
    for language in LANGUAGES:
        alone = plan(*trees, {}, bodies, [language])
        for outcome in alone.outcomes:
            if outcome.part is Part.BLOCK and trees[1].find(outcome.uid) and trees[2].find(outcome.uid):
                assert outcome.texts[language] == whole.by_uid[outcome.uid].texts[language]
    turned = plan(*trees, {}, bodies, LANGUAGES[::-1])
    assert [o.action for o in turned.outcomes] == [o.action for o in whole.outcomes]


@given(three_sides())
def test_a_sync_is_taken_back_whole_when_nothing_came_after(trees: Trees) -> None:
    base, parent, child = trees
    found = planned(base, parent, child)
    after = apply(found, everything(found, THEIRS))
    STORE.update(after.texts)
    undone = undo(child, after.content, after.content, bodies, LANGUAGES)
    assert undone.content == child
    assert not undone.conflicts


@given(three_sides())
def test_equal_texts_follow_by_themselves(trees: Trees) -> None:
    base, parent, child = trees
    found = planned(base, parent, child)
    applied = apply(found, everything(found, THEIRS))
    for uid, block in Side.of(parent).blocks.items():
        if applied.content.find(uid) and Side.of(applied.content).blocks[uid] == block:
            assert state(uid, parent, applied.content, applied.links.get(uid)) is LinkState.FOLLOW


@given(three_sides(), st.data())
def test_fixed_blocks_arrive_and_frozen_ones_stay(trees: Trees, data: st.DataObject) -> None:
    known = sorted({uid for tree in trees for uid in Side.of(tree).blocks})
    fixed, frozen = ({uid for uid in known if data.draw(st.booleans())} for _ in range(2))
    base, parent, child = (locked(tree, fixed) for tree in trees)
    links = {uid: Link(frozen=True) for uid in frozen}
    found = plan(base, parent, child, links, bodies, LANGUAGES)
    applied = apply(found, everything(found, THEIRS))
    after, there, here = (Side.of(tree).blocks for tree in (applied.content, parent, child))
    for uid in known:
        if uid in fixed and uid in there:
            assert after[uid] == there[uid]
        elif uid in frozen and uid in here:
            assert after[uid].texts == here[uid].texts
    assert not plan(parent, parent, applied.content, applied.links, bodies, LANGUAGES).asking
