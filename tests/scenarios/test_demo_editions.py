"""The editions that the demo grows, as a coordinator would look at them: S1 to San Martín, S2 mixed, S3 to Honduras."""

from __future__ import annotations

import functools
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select

from app.core.content import LinkState
from app.curriculum.queries import deviations, editions, lineage, reading
from app.demo.build import EDITIONS
from app.infra.db import db
from app.people.permissions import COMMAND_LINE
from app.study.models import Citation
from tests import databases
from tests.conftest import make_app

MY_COOP = ["my-coop-1", "my-coop-2", "my-coop-3", "my-coop-4", "my-coop-manual"]
FACT = ["fact-1", "fact-2", "fact-3"]
SUCCESSION = ["emprendimiento-relevo-1", "emprendimiento-relevo-2"]
GROWN = [(planned.slug, planned.region) for planned in EDITIONS]


@pytest.fixture(autouse=True)
def _no_database_in_unit_tests() -> None:
    """These look at one demonstration and change nothing in it."""


@functools.cache
def built() -> Flask:
    """The demonstration, a SQLite file always, copied once however the tests are shuffled."""
    return make_app("sqlite", "demo", databases.demonstration)


@pytest.fixture
def demo() -> Iterator[Flask]:
    app = built()
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def released(slug: str, region: str) -> reading.View:
    return reading.view(COMMAND_LINE, slug, region, version="1.0.0", language="es")


@pytest.mark.parametrize(
    ("slug", "region", "modules"),
    [
        ("my-coop", "PE", MY_COOP),
        ("my-coop", "PE-SAM", MY_COOP),
        ("fact", "SV", FACT + SUCCESSION),
        ("liderazgo-mujeres", "HN", ["liderazgo-mujeres-1", "liderazgo-mujeres-2"]),
    ],
)
def test_every_edition_is_released_whole(demo: Flask, slug: str, region: str, modules: list[str]) -> None:
    assert [module.uid for module in released(slug, region).state.content.modules] == modules


@pytest.mark.parametrize(
    ("slug", "tree"),
    [
        ("my-coop", {"001": 0, "PE": 1, "PE-CUS": 2, "PE-SAM": 2}),
        ("fact", {"001": 0, "SV": 1}),
        ("liderazgo-mujeres", {"SV": 0, "HN": 1}),
    ],
)
def test_the_lineage_shows_who_grew_from_whom(demo: Flask, slug: str, tree: dict[str, int]) -> None:
    nodes = lineage.tree(COMMAND_LINE, slug)
    assert [(node.region, node.depth) for node in nodes] == list(tree.items())


@pytest.mark.parametrize(("slug", "region"), GROWN)
def test_every_departure_has_its_reason_and_most_name_what_speaks_for_it(demo: Flask, slug: str, region: str) -> None:
    register = deviations.register(released(slug, region))
    assert len(register) >= 40
    assert [entry.uid for entry in register if entry.act is None or not entry.act.why] == []
    assert sum(bool(entry.act and entry.act.stems_from) for entry in register) > 0.8 * len(register)


def test_every_departure_of_san_martin_rests_on_evidence_and_nearly_all_cite_a_finding(demo: Flask) -> None:
    register = deviations.register(released("my-coop", "PE-SAM"))
    assert [entry.uid for entry in register if not (entry.act and entry.act.why and entry.act.stems_from)] == []
    acts = {entry.act.id for entry in register if entry.act}
    cited = set(db.session.scalars(select(Citation.act_id).where(Citation.act_id.in_(acts))))
    assert sum(entry.act is not None and entry.act.id in cited for entry in register) >= 0.9 * len(register)


@pytest.mark.parametrize(("slug", "region"), GROWN)
def test_every_unit_differs_somewhere_and_most_of_it_is_the_original_s(demo: Flask, slug: str, region: str) -> None:
    seen = released(slug, region)
    differing = {entry.unit for entry in deviations.register(seen)}
    assert {unit.uid for _, unit in seen.state.content.units()} - differing == set()
    blocks = list(seen.state.content.blocks())
    assert sum(e.state is not LinkState.LOCAL for e in deviations.register(seen)) < 0.6 * len(blocks)


def test_the_mixed_edition_follows_two_originals_and_credits_both(demo: Flask) -> None:
    seen = released("fact", "SV")
    bases = editions.releases_by_id(seen.state.local.bases.values())
    assert {release.edition.name for release in bases.values()} == {"fact/001", "emprendimiento-relevo/001"}
    assert set(seen.state.local.bases) == set(FACT + SUCCESSION)


@pytest.mark.parametrize(("slug", "region"), GROWN)
def test_no_variable_is_left_open_in_any_language(demo: Flask, slug: str, region: str) -> None:
    local = released(slug, region).state.local
    for language in ("es", "en"):
        assert [name for name, value in local.values(language).items() if not value] == []
