"""Finding one person twice among 100,000: at somebody's page, before somebody is written down, and page by page."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import insert, text

from app import create_app
from app.infra import clock, migrations
from app.infra.db import db
from app.people.actions import keys
from app.people.kinds import Reading, Sex
from app.people.models import Person
from app.people.permissions import COMMAND_LINE
from app.people.queries import duplicates
from app.people.rules.duplicates import Known

from .databases import databases
from .rows import Row

PERSONS = 100_000
AT_ONE_PAGE, OF_A_LIST = 150.0, 2_500.0
GIVEN = (
    "Rosa María José Juan Luz Ana Luis Carmen Elena Pedro Jorge Julia Marta Víctor Sonia Raúl Nilda Elmer Wilder Flor"
)
FAMILY = (
    "Quispe Huamán Flores Sánchez García Rojas Díaz Torres López Vásquez Ramírez Chávez Mamani Pérez Tuanama Sangama "
    "Ishuiza Amasifuén Salas Pinedo Shupingahua Cachique Tapullima Guerra Ríos Paredes Vela Panduro Saavedra Isuiza"
)


def run() -> list[Row]:
    """Measure on both databases."""
    with tempfile.TemporaryDirectory() as folder:
        return [row for name, address in databases(Path(folder)) for row in _on(name, address, Path(folder))]


def _on(name: str, address: str, folder: Path) -> list[Row]:
    app = create_app(DATABASE_URL=address, DATA_DIR=str(folder / name), SECRET_KEY="x" * 40)
    with app.app_context():
        migrations.upgrade()
        _fill()
        person = db.session.get_one(Person, PERSONS // 2)
        unknown = [Known("Rosa María", "Quispe Huaman", birth_year=1990 + n % 10) for n in range(40)]
        cases: list[tuple[str, float, Callable[[], object]]] = [
            ("who may be the same as one person", AT_ONE_PAGE, lambda: duplicates.of_person(COMMAND_LINE, person)),
            ("40 rows of a list", OF_A_LIST, lambda: duplicates.like_each(COMMAND_LINE, unknown)),
            ("a page of pairs", 4 * AT_ONE_PAGE, lambda: duplicates.pairs(COMMAND_LINE, after=(PERSONS // 3, 0))),
        ]
        rows = []
        for what, limit, work in cases:
            took = _best(work)
            rows.append(Row(f"{what}, among 100,000 ({name})", took, limit, "ms", took <= limit))
        db.session.remove()
        db.engine.dispose()
    return rows


def _fill() -> None:
    """Write persons down whose names repeat as they do in one valley."""
    chance = random.Random(7)  # noqa: S311 -- made-up names
    given, family = GIVEN.split(), FAMILY.split()
    rows = [
        {
            "uid": str(n),
            "given_names": " ".join(chance.sample(given, chance.choice((1, 2)))),
            "family_names": " ".join(chance.choices(family, k=2)),
            "known_as": "",
            "sex": chance.choice((Sex.WOMAN, Sex.MAN)),
            "birth_year": chance.randint(1950, 2005),
            "languages": [],
            "reading": Reading.NOT_STATED,
            "document_kind": "DNI",
            "document_number": f"{n:08}",
            "region": "PE-SAM",
            "place": "",
            "demo": False,
            "created_at": clock.now(),
        }
        for n in range(1, PERSONS + 1)
    ]
    db.session.execute(insert(Person), rows)
    keys.keep_all()
    db.session.execute(text("ANALYZE"))  # as both databases do by themselves in time
    db.session.commit()
    db.session.expunge_all()


def _best(work: Callable[[], object]) -> float:
    took = []
    for _ in range(3):
        db.session.expunge_all()
        begun = time.perf_counter()
        work()
        took.append((time.perf_counter() - begun) * 1000)
    return min(took)
