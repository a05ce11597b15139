"""The status matrix counts as the workbench does, keeps up with what changes, and asks no more for more."""

from __future__ import annotations

from flask import Flask

from app.adaptation import actions as adapting
from app.core.content import Kind
from app.core.translating import Count, State
from app.people import queries as people
from app.people.permissions import VISITOR, Actor, Role, Scope
from app.translation import actions
from app.translation.queries import axes, status, workbench
from tests import factories as make

from .cells import UNIT, edit, uid
from .counting import counted


def total(edition: object, language: str = "es") -> Count:
    return status.line_of(edition).total(language)  # type: ignore[arg-type]


def test_the_matrix_keeps_up_with_what_is_done(app: Flask, root: Actor) -> None:
    peru = make.fork(make.load(), "PE")
    assert total(peru) == Count(approved=5)
    edit(peru, "A co-operative pays 25 soles for every sack. Members decide together.")
    assert total(peru) == Count(approved=4, stale_minor=1)
    edit(peru, "Something else altogether.")
    assert total(peru) == Count(approved=4, stale_major=1)
    actions.overrule(root, peru, [uid(peru)], why="It is said elsewhere")
    assert total(peru) == Count(approved=5)
    actions.save_translation(root, peru, uid(peru), "es", "Otra cosa.", why="Better")
    assert total(peru) == Count(approved=4, draft=1)
    actions.set_state(root, peru, [uid(peru), uid(peru, Kind.CASE)], "es", State.IN_REVIEW)
    assert total(peru) == Count(approved=3, in_review=2)
    actions.add_language(root, peru, "quy", "es")
    assert total(peru, "quy") == Count(missing=5)
    actions.set_state(root, peru, [uid(peru)], "quy", State.ORAL_ONLY)
    assert total(peru, "quy") == Count(missing=4, oral_only=1)
    actions.add_language(root, peru, "es-PE")
    assert total(peru, "es-PE") == Count(carried=5)
    for language in ("es", "quy", "es-PE"):
        assert workbench.bench(root, peru, UNIT, language).count == total(peru, language)


def test_localisation_counts_what_the_original_asks_to_adapt(app: Flask, root: Actor) -> None:
    peru = make.fork(make.load(), "PE")
    assert status.line_of(peru).localisation == axes.Progress(0, 1, 0)
    adapting.confirm(root, peru, uid(peru, Kind.CASE), why="It holds here")
    edit(peru, "Something else altogether.")
    assert status.line_of(peru).localisation == axes.Progress(1, 1, 1)


def test_everybody_sees_the_editions_they_may_read(app: Flask, root: Actor) -> None:
    world = make.load()
    make.fork(world, "PE")
    make.load(make.original("closed", public=False, units=[make.unit("c-1", {"en": make.EN, "es": make.ES})]))
    ana = people.actor_of(make.account("ana", Role.TRANSLATOR, Scope("my-coop", "PE")))
    assert [line.edition.name for line in status.matrix(root)] == ["closed/001", "my-coop/001", "my-coop/PE"]
    assert [(line.edition.name, line.draft) for line in status.matrix(ana)] == [
        ("my-coop/001", False),
        ("my-coop/PE", True),
    ]
    assert [line.edition.name for line in status.matrix(VISITOR)] == ["my-coop/001"]


def test_other_features_add_axes_of_their_own(app: Flask) -> None:
    peru = make.fork(make.load(), "PE")
    axes.register("for a test", "Tested", lambda found: {(e.id, "my-coop-1"): axes.Progress(1, 2) for e in found})
    try:
        (line,) = status.line_of(peru).modules
        assert line.others["for a test"].share == 0.5
        assert axes.labels()["for a test"] == "Tested"
    finally:
        axes._axes.pop("for a test")


def test_the_number_of_queries_does_not_grow_with_editions_or_cells(app: Flask, root: Actor) -> None:
    world = make.load()
    numbers = []
    for regions in (["PE"], ["SV", "HN", "MX", "CO"]):
        for region in regions:
            edition = make.fork(world, region)
            edit(edition, f"In {region} everything is different.")
            actions.set_state(root, edition, [uid(edition, Kind.CASE)], "es", State.IN_REVIEW)
        with counted() as count:
            lines = status.matrix(root)
        numbers.append(count())
    assert len(lines) == 6
    assert numbers[1] <= numbers[0]
