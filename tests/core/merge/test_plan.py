"""What a plan says of one block: examples as tables, one block or a small tree at a time."""

from __future__ import annotations

import pytest

from app.core.content import Content, Lock
from app.core.merge import Action, Because, Link, Outcome, SyncPlan, plan
from tests.core.merge.trees import LANGUAGES, block, bodies, stored, tree

SAID = (
    "Las socias venden su café en la feria cada %s. El camión sale temprano del pueblo y vuelve de noche."
    " Al volver descansan un rato en la casa comunal. Después %s el dinero entre todas."
)
BASE = SAID % ("sábado", "cuentan")
PARENT = SAID % ("domingo", "cuentan")
CHILD = SAID % ("sábado", "anotan")
CLASH = SAID % ("martes", "cuentan")
OTHER = "Nada de esto se parece a lo que había antes aquí."


def planned(base: Content, parent: Content, child: Content, links: dict[str, Link] | None = None) -> SyncPlan:
    return plan(base, parent, child, links or {}, bodies, LANGUAGES)


def outcome(
    base: str | None, parent: str | None, child: str | None, link: Link | None = None, lock: Lock = Lock.ADAPTABLE
) -> Outcome:
    """The outcome of block x, given its Spanish text on three sides; None is a side without the block."""
    first, second, third = (
        tree("m[u: a x b]", x=block("x", text, "Text of x", lock)) if text else tree("m[u: a b]")
        for text in (base, parent, child)
    )
    found = planned(first, second, third, {"x": link} if link else {})
    assert [o.uid for o in found.outcomes if o.action is not Action.UNCHANGED] in ([], ["x"])
    return found.by_uid["x"]


@pytest.mark.parametrize(
    ("base", "parent", "child", "action", "because", "safe"),
    [
        (BASE, BASE, BASE, "unchanged", Because.NOTHING, True),
        (BASE, PARENT, BASE, "taken", Because.ONLY_PARENT, True),
        (BASE, BASE, CHILD, "kept", Because.ONLY_OURS, True),
        (BASE, PARENT, PARENT, "same", Because.BOTH_ALIKE, True),
        (BASE, CLASH, PARENT, "conflict", Because.OVERLAP, False),
        (BASE, None, BASE, "deleted", Because.REMOVED, True),
        (BASE, None, CHILD, "conflict", Because.REMOVED_CHANGED, False),
        (BASE, BASE, None, "kept", Because.DROPPED, True),
        (BASE, PARENT, None, "conflict", Because.DROPPED_CHANGED, False),
        (BASE, None, None, "same", Because.BOTH_REMOVED, True),
        (None, PARENT, None, "inserted", Because.NEW, True),
        (None, None, CHILD, "kept", Because.LOCAL, True),
        (None, PARENT, PARENT, "same", Because.BOTH_ALIKE, True),
        (None, PARENT, CHILD, "conflict", Because.BOTH_ADDED, False),
    ],
)
def test_who_changed_it_decides(
    base: str | None, parent: str | None, child: str | None, action: str, because: Because, safe: bool
) -> None:
    found = outcome(base, parent, child)
    assert (found.action, found.because, found.safe) == (action, because, safe)


def test_changes_in_different_sentences_are_a_proposal_never_safe() -> None:
    found = outcome(BASE, PARENT, CHILD)
    assert (found.action, found.safe) == (Action.PROPOSAL, False)
    merge = found.texts["es"].merge
    assert merge is not None
    assert merge.proposed() == PARENT.replace("cuentan", "anotan")


@pytest.mark.parametrize(
    ("base", "parent", "child"),
    [
        (
            "Cada socia paga 10 soles.\n\n%s\n\nEl fondo guarda 100 soles.",
            "Cada socia paga 12 soles.\n\n%s\n\nEl fondo guarda 100 soles.",
            "Cada socia paga 10 soles.\n\n%s\n\nEl fondo guarda 150 soles.",
        ),
        (
            "Vende la cosecha entera.\n\n%s\n\nDespués paga la deuda.",
            "No vende la cosecha entera.\n\n%s\n\nDespués paga la deuda.",
            "Vende la cosecha entera.\n\n%s\n\nDespués nunca paga la deuda.",
        ),
    ],
)
def test_amounts_and_negations_that_both_touched_are_read_carefully_wherever_they_stand(
    base: str, parent: str, child: str
) -> None:
    found = outcome(base % BASE, parent % BASE, child % BASE)
    assert (found.action, found.safe) == (Action.CAREFUL, False)


def test_a_sentence_that_both_changed_is_read_carefully_though_its_lines_stand_apart() -> None:
    base = "Cada socia lleva su café\na la planta de la cooperativa\nen el mes de abril\ny firma el recibo.\n"
    found = outcome(base, base.replace("el recibo", "la guía"), base.replace("Cada socia", "Cada socio"))
    assert (found.action, found.safe) == (Action.CAREFUL, False)


@pytest.mark.parametrize(
    ("base", "parent", "child", "because"),
    [
        ("Paga {{precio}} hoy.", "Paga {{monto}} hoy.", "Paga {{tarifa}} hoy.", Because.VARIABLES),
        ("Paga hoy. Firma ya.", "Paga hoy.  Firma ya.", "Paga hoy. Firma luego.", Because.HERE_ALREADY),
    ],
)
def test_what_would_change_nothing_here_is_not_asked(base: str, parent: str, child: str, because: Because) -> None:
    found = outcome(base, parent, child)
    assert (found.action, found.because) == (Action.KEPT, because)


def test_a_rewrite_is_read_carefully_even_where_nothing_overlaps() -> None:
    kept = "El camión vuelve de noche.\n\n"
    rewritten = " ".join(f"Palabra{i} distinta{i}." for i in range(60))
    found = outcome(kept + "Fin.", "El camión vuelve tarde.\n\nFin.", kept + "Fin.\n\n" + rewritten)
    assert found.action is Action.CAREFUL


@pytest.mark.parametrize(
    ("parent", "child", "link", "lock", "action", "because", "safe"),
    [
        (PARENT, CHILD, Link(frozen=True), Lock.ADAPTABLE, "kept", Because.FROZEN, True),
        (PARENT, BASE, Link(frozen=True), Lock.ADAPTABLE, "kept", Because.FROZEN, True),
        (None, CHILD, Link(frozen=True), Lock.ADAPTABLE, "kept", Because.FROZEN, True),
        (PARENT, CHILD, Link(declined={"es": stored(PARENT)}), Lock.ADAPTABLE, "kept", Because.DECLINED, True),
        (CLASH, PARENT, Link(declined={"es": stored(PARENT)}), Lock.ADAPTABLE, "conflict", Because.OVERLAP, False),
        (PARENT, BASE, Link(declined={"es": stored(PARENT)}), Lock.ADAPTABLE, "kept", Because.DECLINED, True),
        (PARENT, BASE, None, Lock.FIXED, "taken", Because.ONLY_PARENT, True),
        (PARENT, CHILD, None, Lock.FIXED, "taken", Because.FIXED_DIFFERS, False),
        (BASE, CHILD, None, Lock.FIXED, "taken", Because.FIXED_DIFFERS, False),
        (BASE, None, None, Lock.FIXED, "inserted", Because.FIXED_DROPPED, False),
        (PARENT, BASE, Link(frozen=True), Lock.FIXED, "taken", Because.ONLY_PARENT, True),
        (PARENT, BASE, None, Lock.MUST_ADAPT, "taken", Because.ONLY_PARENT, True),
    ],
)
def test_links_and_locks_come_before_the_texts(
    parent: str | None, child: str | None, link: Link | None, lock: Lock, action: str, because: Because, safe: bool
) -> None:
    found = outcome(BASE, parent, child, link, lock=lock)
    assert (found.action, found.because, found.safe) == (action, because, safe)


def test_a_block_left_for_later_is_compared_with_its_old_base() -> None:
    now = tree("m[u: a x b]", x=PARENT)
    child = tree("m[u: a x b]", x=CHILD)
    assert planned(now, now, child).by_uid["x"].action is Action.KEPT
    old = {"es": stored(BASE), "en": stored("Text of x.")}
    assert planned(now, now, child, {"x": Link(base=old)}).by_uid["x"].action is Action.PROPOSAL


def test_each_language_is_compared_by_itself() -> None:
    base = tree("m[u: x]", x=block("x", "uno", "one"))
    parent = tree("m[u: x]", x=block("x", "dos", "one"))
    child = tree("m[u: x]", x=block("x", "uno", "two"))
    found = planned(base, parent, child).by_uid["x"]
    assert {language: text.action for language, text in found.texts.items()} == {"es": "taken", "en": "kept"}
    assert found.action is Action.TAKEN
    assert found.safe


def test_a_language_this_edition_has_no_text_in_is_not_asked_about() -> None:
    base, parent = (tree("m[u: x]", x=block("x", "uno", text)) for text in ("one", "two"))
    found = planned(base, parent, tree("m[u: x]", x=block("x", "uno"))).by_uid["x"]
    assert (found.action, found.texts["en"].because) == (Action.KEPT, Because.NO_TEXT_HERE)


def test_a_language_the_parent_took_back_is_a_conflict_only_where_this_edition_changed_it() -> None:
    base, parent = tree("m[u: x]", x=block("x", "uno", "one")), tree("m[u: x]", x=block("x", "uno"))
    assert planned(base, parent, base).by_uid["x"].action is Action.TAKEN
    changed = planned(base, parent, tree("m[u: x]", x=block("x", "uno", "two"))).by_uid["x"]
    assert (changed.action, changed.texts["en"].because) == (Action.CONFLICT, Because.TEXT_REMOVED)


def test_a_declined_change_of_a_dropped_block_is_not_asked_again() -> None:
    base, parent, child = tree("m[u: a x]", x=BASE), tree("m[u: a x]", x=PARENT), tree("m[u: a]")
    offered = {"es": stored(PARENT), "en": stored("Text of x.")}
    assert planned(base, parent, child).by_uid["x"].action is Action.CONFLICT
    assert planned(base, parent, child, {"x": Link(declined=offered)}).by_uid["x"].action is Action.KEPT


def test_a_unit_with_a_frozen_block_does_not_go_unasked() -> None:
    base, parent = tree("m[u: a | v: b c]"), tree("m[u: a]")
    found = planned(base, parent, base, {"b": Link(frozen=True)}).by_uid
    assert (found["v"].action, found["b"].action, found["c"].safe) == (Action.CONFLICT, Action.KEPT, False)


def test_a_removed_block_changed_in_a_language_nobody_asks_about_is_still_a_conflict() -> None:
    base, child = (tree("m[u: a x]", x=block("x", "uno", text)) for text in ("one", "two"))
    assert plan(base, tree("m[u: a]"), child, {}, bodies, ["es"]).by_uid["x"].action is Action.CONFLICT


def test_a_language_nobody_asks_about_is_not_in_the_plan() -> None:
    base, parent = tree("m[u: x]", x=block("x", "uno", "one")), tree("m[u: x]", x=block("x", "uno", "two"))
    child = tree("m[u: x]", x=block("x", "uno", "three"))
    found = plan(base, parent, child, {}, bodies, ["es"]).by_uid["x"]
    assert found.action is Action.UNCHANGED
    assert list(found.texts) == ["es"]


@pytest.mark.parametrize(
    ("base", "parent", "child", "action", "proposed"),
    [
        ("Paga en {{a}} hoy.", "Paga en {{b}} hoy.", "Paga en {{c}} hoy.", "kept", None),
        (
            "Paga en {{a}} hoy. Fin.",
            "Paga en {{b}} hoy. Fin.",
            "Paga en {{a}} hoy. Ya.",
            "proposal",
            "Paga en {{b}} hoy. Ya.",
        ),
        (
            "Paga en {{a}} hoy. Fin.",
            "Paga en {{a}} hoy. Ya.",
            "Paga en {{c}} hoy. Fin.",
            "proposal",
            "Paga en {{c}} hoy. Ya.",
        ),
    ],
)
def test_variables_belong_to_their_level_and_never_conflict(
    base: str, parent: str, child: str, action: str, proposed: str | None
) -> None:
    found = outcome(base, parent, child).texts["es"]
    assert found.action == action
    assert (found.merge.proposed() if found.merge else None) == proposed


@pytest.mark.parametrize(
    ("base", "parent", "child", "expected"),
    [
        # insertions and moves
        ("m[u: a b c]", "m[u: a x b c]", "m[u: a b c]", {"x": "inserted"}),
        ("m[u: a b c d]", "m[u: b c d a]", "m[u: a b c d]", {"a": "moved"}),
        ("m[u: a b c d]", "m[u: a b c d]", "m[u: b c d a]", {"a": "kept"}),
        ("m[u: a b c d]", "m[u: b c d a]", "m[u: b c d a]", {"a": "same"}),
        ("m[u: a b c d]", "m[u: b c d a]", "m[u: b c a d]", {"a": "conflict"}),
        ("m[u: a b c d]", "m[u: b c d a]", "m[u: d a b c]", {"a": "moved", "d": "kept"}),
        ("m[u: a b | v: c]", "m[u: b | v: c a]", "m[u: a b | v: c]", {"a": "moved"}),
        ("m[u: a b | v: c]", "m[u: b | v: c a]", "m[u: b | v: a c]", {"a": "conflict"}),
        ("m[u: a] n[v: b]", "m[u: a] n[v: b | w: x]", "m[u: a] n[v: b]", {"w": "inserted", "x": "inserted"}),
        ("m[u: a | v: b | w: c]", "m[v: b | w: c | u: a]", "m[u: a | v: b | w: c]", {"u": "moved"}),
        ("m[u: a] n[v: b]", "m[u: a | v: b] n[]", "m[u: a] n[v: b]", {"v": "moved"}),
        ("m[u: a]", "m[u: a] n[v: b]", "m[u: a]", {"n": "inserted", "v": "inserted", "b": "inserted"}),
        # removals
        ("m[u: a | v: b]", "m[u: a]", "m[u: a | v: b]", {"v": "deleted", "b": "deleted"}),
        ("m[u: a | v: b]", "m[u: a b]", "m[u: a | v: b]", {"v": "deleted", "b": "moved"}),
        ("m[u: a | v: b]", "m[u: a]", "m[u: a | v: b L]", {"v": "conflict", "b": "deleted", "L": "conflict"}),
        ("m[u: a | v: b]", "m[u: a]", "m[u: | v: b a]", {"v": "conflict", "b": "deleted", "a": "conflict"}),
        ("m[u: a | v: b]", "m[u: a | v: b]", "m[u: a]", {"v": "kept", "b": "kept"}),
        ("m[u: a | v: b]", "m[u: a | v: b x]", "m[u: a]", {"v": "conflict", "b": "kept", "x": "inserted"}),
        ("m[u: a | v: b]", "m[u: | v: b a]", "m[u: a]", {"v": "conflict", "b": "kept", "a": "conflict"}),
        ("m[u: a b c]", "m[u: b c]", "m[u: b c a]", {"a": "conflict"}),
        ("m[u: a b]", "m[u: b]", "m[u: b]", {"a": "same"}),
        (
            "m[u: a] n[v: b]",
            "m[u: a]",
            "m[u: a] n[v: b L]",
            {"n": "conflict", "v": "conflict", "b": "deleted", "L": "conflict"},
        ),
        # minutes
        ("m[u@60: a]", "m[u@90: a]", "m[u@60: a]", {"u": "taken"}),
        ("m[u@60: a]", "m[u@90: a]", "m[u@75: a]", {"u": "conflict"}),
        ("m[u@60: a]", "m[u@60: a]", "m[u@75: a] n[w: L]", {"u": "kept", "n": "kept", "w": "kept", "L": "kept"}),
    ],
)
def test_structure_has_outcomes_too(base: str, parent: str, child: str, expected: dict[str, str]) -> None:
    found = planned(tree(base), tree(parent), tree(child))
    assert {o.uid: o.action.value for o in found.outcomes if o.action is not Action.UNCHANGED} == expected
    for one in found.outcomes:
        if one.action is Action.CONFLICT or (one.under and found.by_uid[one.under].action is Action.CONFLICT):
            assert not (one.safe and one.asks), one.uid


@pytest.mark.parametrize("layout", ["m[u: a a]", "m[u: a | v: a]", "m[u: a | u: b]", "m[u: a] m[]", "a[u: a]"])
def test_a_uid_that_stands_for_two_things_is_never_merged(layout: str) -> None:
    with pytest.raises(ValueError, match="two things"):
        planned(tree(layout), tree(layout), tree(layout))


def test_titles_changed_on_both_sides_are_a_conflict() -> None:
    base, parent, child = (tree("m[u: a]") for _ in range(3))
    for content, title in ((parent, "Finanzas"), (child, "Cuentas")):
        object.__setattr__(content.modules[0], "titles", {"es": title})
    found = planned(base, parent, child).by_uid["m"]
    assert (found.action, found.texts["es"].parent, found.texts["es"].child) == (Action.CONFLICT, "Finanzas", "Cuentas")


def test_outcomes_come_in_reading_order_with_insertions_in_their_place() -> None:
    found = planned(tree("m[u: a b]"), tree("m[u: a x b | v: y]"), tree("m[u: L a b]"))
    assert [o.uid for o in found.outcomes] == ["m", "u", "L", "a", "x", "b", "v", "y"]


def test_every_action_is_named_and_every_block_is_in_one() -> None:
    found = planned(tree("m[u: a b c]"), tree("m[u: a x b]"), tree("m[u: a b c]")).by_action()
    assert list(found) == list(Action)
    assert {action.value: [o.uid for o in group] for action, group in found.items() if group} == {
        "unchanged": ["a", "b"],
        "inserted": ["x"],
        "deleted": ["c"],
    }
