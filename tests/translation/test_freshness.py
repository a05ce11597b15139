"""A translation is fresh while it was made of its source as it stands; texts carry that, wherever they go."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.adaptation import actions as adapting
from app.core.content import Kind, Uid
from app.core.translating import Staleness, Status
from app.curriculum.models import Edition
from app.curriculum.queries import contents, editions
from app.infra.db import db
from app.people.permissions import COMMAND_LINE, Actor
from app.translation import actions
from app.translation.models import TranslationPair
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
