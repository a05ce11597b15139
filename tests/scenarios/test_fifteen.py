"""The fifteen programmes as `make demo` carries them, read from the product's own pages by somebody who coordinates.

Each was laid through the product's actions; the figures are those that must come out (facts of the cases).
"""

from __future__ import annotations

import functools
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.infra.db import db
from app.people.rules import DEMO_PASSWORD
from tests import databases
from tests.conftest import make_app
from tests.security.pages import words

# Which page shows it, and what has to stand there; more than one page where a scenario asks for more.
SHOWN: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("S1", "/editions/my-coop/lineage", ("Perú", "San Martín", "956 párrafos")),
    ("S1", "/programmes/mycoop-san-martin/", ("Cuso International", "Formación de formadoras y formadores", "Lamas")),
    ("S1", "/programmes/mycoop-san-martin/cascade", ("4 grupos", "2 niveles de profundidad", "9 de 12, 75 %")),
    ("S2", "/programmes/escuela-incidencia-sv/cascade", ("2 niveles de profundidad", "6 de 10, 60 %")),
    ("S2", "/programmes/escuela-incidencia-sv/outputs", ("Mapa de poder", "6 personas, 6 son mujeres")),
    ("S2", "/reports/escuela-incidencia-sv/", ("34", "Mujer 20", "Hombre 14")),
    ("S3", "/reports/escuela-mujeres-sv/", ("Mujer 42", "40 42", "realizadas 10")),
    ("S4", "/programmes/gestores-soconusco/retention", ("88 de 176, 50 %", "En observación")),
    ("S4", "/programmes/gestores-soconusco/follow-up", ("Visita 24 de 48, 50 %", "Llamada 10 de 30")),
    ("S5", "/programmes/chiapas-comercio-justo/coverage", ("9 organizaciones × 4 áreas", "se esperan 5")),
    ("S6", "/programmes/cumplimiento-social-2015/organisations", ("186 organizaciones",)),
    ("S6", "/reports/cumplimiento-social-2015/?year=2015", ("alcanzadas 186", "1156")),
    ("S7", "/reports/gestion-financiera/", ("alcanzadas 10", "25 14")),
    ("S8", "/reports/normativa-tributaria-hn/", ("capacitadas 28", "alcanzadas 11")),
    ("S9", "/reports/encuentro-juvenil-clac/", ("capacitadas 30",)),
    ("S10", "/reports/asocoomag-clima/", ("alcanzadas 5", "328")),
    ("S11", "/reports/intergeneracional-los-pinos/", ("capacitadas 35", "alcanzadas 5")),
    ("S12", "/programmes/redess-cr/map", ("Coopecañera", "Mercado", "Ruta de la caña", "3 puntos")),
    ("S13", "/editions/modelo-publico-privado/lineage", ("Ecuador", "Costa Rica")),
    ("S13", "/programmes/transferencia-modelo/activities/", ("Taller de transferencia", "26 de agosto de 2015")),
    ("S14", "/programmes/sierra-occidental/diagnosis", ("Diálogo de saberes", "Autogestión", "952 hectáreas")),
    ("S15", "/programmes/foro-realidad-sv/outputs", ("Memoria del foro", "Foro de análisis de la realidad")),
)  # fmt: skip


@pytest.fixture(autouse=True)
def _no_database_in_unit_tests() -> None:
    """These look at one demonstration and change nothing in it."""


@functools.cache
def built() -> Flask:
    """The demonstration, copied once; it is a SQLite file always, and what lays programmes is tested on both."""
    return make_app("sqlite", "fifteen", databases.demonstration, DEMO=True)


@pytest.fixture
def coordinator() -> Iterator[FlaskClient]:
    """The demo's coordinator, signed in."""
    app = built()
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    assert client.post("/sign-in", data={"username": "coordina", "password": DEMO_PASSWORD}).status_code == 303
    yield client
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def test_s15_the_need_of_the_forum_opened_an_edition(coordinator: FlaskClient) -> None:
    designer = coordinator.application.test_client()
    designer.post("/sign-in", data={"username": "elsalvador", "password": DEMO_PASSWORD})
    page = words(designer.get("/editions/gestores-locales/SV/history?lang=es").text)
    assert "Formar a gente joven del lugar que acompañe a las familias" in page


def test_each_of_the_fifteen_shows_its_figures_on_the_product_s_pages(coordinator: FlaskClient) -> None:
    lacking = []
    for scenario, address, wanted in SHOWN:
        answer = coordinator.get(f"{address}{'&' if '?' in address else '?'}lang=es")
        page = words(answer.text).replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")
        page = page.replace("1.156", "1156").replace("1 156", "1156")
        lacking += [f"{scenario} {address} ({answer.status_code}): {one}" for one in wanted if one not in page]
    assert not lacking, "\n".join(lacking)
    assert len({scenario for scenario, _, _ in SHOWN}) == 15
