"""A translation is fresh while it was made of its source as it stands; texts carry that, wherever they go."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, func, select, update

from app.adaptation import actions as adapting
from app.core.content import Kind, Uid
from app.core.translating import Staleness, Status
from app.curriculum import actions as curriculum
from app.curriculum.models import Edition
from app.curriculum.queries import contents, editions
from app.infra import clock
from app.infra.db import db
from app.people.permissions import COMMAND_LINE, Actor
from app.translation import actions
from app.translation.models import MemoryGram, TranslationPair
from app.translation.queries import workbench
from tests import factories as make

UNIT = "my-coop-1-1"


def uid(edition: Edition, kind: Kind = Kind.PARAGRAPH) -> Uid:
    content = contents.state(editions.head_of(edition)).content
    return next(b.uid for _, _, b in content.blocks() if b.kind is kind)


def row(edition: Edition, language: str = "es", kind: Kind = Kind.PARAGRAPH) -> workbench.Row:
    bench = workbench.bench(COMMAND_LINE, edition, UNIT, language)
    return next(one for one in bench.rows if one.uid == uid(edition, kind))


def edit(edition: Edition, text: str, language: str = "en", why: str = "for a test") -> None:
    adapting.edit_block(COMMAND_LINE, edition, uid(edition), language, text, why=why)


def pairs() -> int:
    return db.session.scalar(select(func.count()).select_from(TranslationPair)) or 0


def test_what_was_loaded_together_is_fresh_and_approved(app: Flask) -> None:
    world = make.load()
    bench = workbench.bench(COMMAND_LINE, world, UNIT, "es")
    assert bench.source == "en"
    assert {one.status for one in bench.rows} == {Status.APPROVED}
    assert bench.count.share == 1.0


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("A co-operative pays 25 soles for each sack, members decide together!", Status.APPROVED),
        ("A Co-Operative pays 25 soles for each sack. Members decide together.", Status.APPROVED),
        ("A co-operative pays {{buyer}} 25 soles for each sack. Members decide together.", Status.APPROVED),
        ("A co-operative pays 25 soles for every sack. Members decide together.", Status.STALE_MINOR),
        ("A co-operative pays 30 soles for each sack. Members decide together.", Status.STALE_MINOR),
        ("Whoever joins pays a share and has one vote, whatever they sell.", Status.STALE_MAJOR),
    ],
)
def test_a_change_of_the_source_makes_translations_as_stale_as_it_is_large(
    app: Flask, text: str, status: Status
) -> None:
    world = make.load()
    edit(world, text)
    now = row(world)
    assert now.status is status
    if status is not Status.APPROVED:
        assert now.old_source is not None
        assert now.old_source.startswith("A co-operative pays 25 soles for each sack.")
        assert any(change.after != change.before for change in now.changes)


@pytest.mark.parametrize(("reason", "is_stale"), [("Lo pidió la asamblea", False), ("Otra cosa", True)])
def test_two_languages_changed_one_after_the_other_for_one_reason_are_one_change(
    app: Flask, reason: str, is_stale: bool
) -> None:
    world = make.load()
    edit(world, "Quien ingresa paga un aporte y tiene un voto.", "es", why="Lo pidió la asamblea")
    edit(world, "Whoever joins pays a share and has one vote, whatever they sell.", "en", why=reason)
    assert (row(world).status is Status.STALE_MAJOR) is is_stale
    edit(world, "Everything is different now and nobody told the Spanish text of it.", "en", why="Tercera razón")
    assert row(world).status is Status.STALE_MAJOR


ANEW = "Whoever joins pays a share and has one vote, whatever they sell."
JOINS = "Quien ingresa paga un aporte y tiene un voto."


@pytest.mark.parametrize(
    ("spanish", "english", "days"),
    [
        pytest.param(JOINS, (ANEW, "Nothing of this holds any more since the law was changed."), 0, id="twice"),
        pytest.param(
            "La cooperativa paga 25 soles por cada quintal. La membresía decide en conjunto.", (ANEW,), 0, id="small"
        ),
        pytest.param(JOINS, (ANEW,), 3, id="days later"),
    ],
)
def test_a_reason_given_before_hides_no_text_that_lags_behind(
    app: Flask, spanish: str, english: tuple[str, ...], days: int
) -> None:
    world = make.load()
    edit(world, spanish, "es")
    earlier = TranslationPair.at <= clock.now()
    db.session.execute(update(TranslationPair).where(earlier).values(at=clock.now() - timedelta(days=days)))
    for text in english:
        edit(world, text)
    assert row(world).status is Status.STALE_MAJOR


def test_a_fork_writes_no_pairs_and_is_as_fresh_as_its_parent(app: Flask) -> None:
    world = make.load()
    before = pairs()
    peru = make.fork(world, "PE")
    assert pairs() == before
    assert {one.status for one in workbench.bench(COMMAND_LINE, peru, UNIT, "es").rows} == {Status.APPROVED}


def test_saving_a_translation_makes_it_fresh_again(app: Flask, root: Actor) -> None:
    world = make.load()
    edit(world, "Whoever joins pays a share and has one vote, whatever they sell.")
    stale = row(world)
    actions.save_translation(
        root, world, stale.uid, "es", "Quien ingresa paga un aporte y tiene un voto.", seen_digest=stale.target_digest
    )
    assert row(world).status is Status.DRAFT
    assert row(world).staleness is Staleness.FRESH


def corrected(english: str, spanish: str) -> None:
    """The original corrected in its files and released again."""
    unit = make.unit(UNIT, {"en": make.EN.replace("each sack", english), "es": make.ES.replace("cada saco", spanish)})
    curriculum.load(COMMAND_LINE, make.original(version="1.0.1", units=[unit]))


def synced(edition: Edition, parent: Edition) -> None:
    adapting.apply_sync(COMMAND_LINE, edition, make.newest(parent), safe=True)


def test_what_the_original_translated_anew_comes_down_fresh(app: Flask) -> None:
    world = make.load()
    peru = make.fork(world, "PE")
    corrected("every full sack", "cada saco lleno")
    synced(peru, world)
    assert row(peru).status is Status.APPROVED
    assert "lleno" in (row(peru).target or "")


def test_what_the_original_changed_in_the_source_alone_comes_down_stale(app: Flask) -> None:
    world = make.load()
    peru = make.fork(world, "PE")
    corrected("every full sack", "cada saco")
    synced(peru, world)
    now = row(peru)
    assert now.status in (Status.STALE_MINOR, Status.STALE_MAJOR)
    assert "each sack" in (now.old_source or "")
    assert row(world).status is now.status


def test_both_languages_joined_in_one_step_are_fresh(app: Flask) -> None:
    world = make.load()
    peru = make.fork(world, "PE")
    for language, text in (("en", make.EN), ("es", make.ES)):
        own = next(part for part in text.split("\n\n") if "25 soles" in part)
        edit(peru, own.replace("decide", "always decide" if language == "en" else "siempre decide"), language)
    assert row(peru).staleness is Staleness.FRESH
    corrected("each full sack", "cada saco lleno")
    release = make.newest(world)
    for language in ("en", "es"):
        adapting.decide(COMMAND_LINE, peru, release, f"{uid(peru)}:{language}", "proposal")
    adapting.apply_sync(COMMAND_LINE, peru, release, safe=True)
    now = row(peru)
    assert "lleno" in (now.target or "")
    assert "siempre" in (now.target or "")
    assert "always" in (now.source or "")
    assert now.staleness is Staleness.FRESH


def test_going_back_to_an_earlier_state_makes_nothing_fresh_that_was_stale(app: Flask) -> None:
    world = make.load()
    edit(world, "Something else altogether.")
    stale = editions.head_of(world).number
    actions.save_translation(COMMAND_LINE, world, uid(world), "es", "Otra cosa.")
    assert row(world).staleness is Staleness.FRESH
    adapting.restore(COMMAND_LINE, world, stale, why="for a test")
    assert row(world).status is Status.STALE_MAJOR


def test_pairs_of_an_older_database_are_found_again(app: Flask) -> None:
    world = make.load()
    peru = make.fork(world, "PE")
    edit(peru, "Something else altogether.")
    db.session.execute(delete(TranslationPair))
    db.session.execute(delete(MemoryGram))
    for edition in (world, peru):
        actions.rebuild(COMMAND_LINE, edition)
    assert row(world).status is Status.APPROVED
    assert row(peru).status is Status.STALE_MAJOR
    assert actions.rebuild(COMMAND_LINE, peru) == 0
