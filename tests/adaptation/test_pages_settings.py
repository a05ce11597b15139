"""The page on which an edition says its title, whom it thanks and who may read its releases."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.adaptation import actions as adaptation
from app.curriculum import actions as curriculum
from app.curriculum.models import Edition
from app.curriculum.queries.readiness import readiness
from app.infra.db import db
from app.people.permissions import COMMAND_LINE
from tests import factories as make
from tests.curriculum.cast import ADMINISTRATOR, DESIGNER, REVIEWER, arrive

PERU = "/editions/my-coop/PE"
SENT = {"title-es": "Nuestra cooperativa", "title-en": "", "credits": "Unión de prueba\n\n Comité ", "public": "no"}


@pytest.fixture
def peru(app: Flask) -> Edition:
    return make.fork(make.load(), "PE")


@pytest.fixture
def designer(app: Flask, peru: Edition) -> FlaskClient:
    return arrive(app, DESIGNER)


def confirm_all(edition: Edition) -> None:
    for uid, _ in readiness(edition).missing:
        adaptation.confirm(COMMAND_LINE, edition, uid, why="Vale aquí")


def test_an_edition_takes_a_title_people_to_thank_and_closes_its_door(designer: FlaskClient, peru: Edition) -> None:
    assert designer.post(f"{PERU}/settings", data=SENT).status_code == 303
    db.session.refresh(peru)
    assert (peru.titles, peru.credits, peru.public) == (
        {"es": "Nuestra cooperativa"},
        ["Unión de prueba", "Comité"],
        False,
    )
    page = designer.get(f"{PERU}/?lang=es").text
    assert "Nuestra cooperativa" in page
    assert "Unión de prueba" in page


def test_a_closed_edition_is_not_listed_for_visitors(app: Flask, designer: FlaskClient, peru: Edition) -> None:
    confirm_all(peru)
    curriculum.release(COMMAND_LINE, peru, "Lista")
    assert f"{PERU}/" in app.test_client().get("/editions/").text
    designer.post(f"{PERU}/settings", data=SENT)
    assert f"{PERU}/" not in app.test_client().get("/editions/").text


def test_what_is_too_long_is_refused_and_kept(designer: FlaskClient, peru: Edition) -> None:
    long = "x" * 201
    answer = designer.post(f"{PERU}/settings", data={**SENT, "credits": long})
    assert answer.status_code == 422
    assert long in answer.text
    db.session.refresh(peru)
    assert peru.credits == []


def test_an_original_is_settled_by_its_files(app: Flask, peru: Edition) -> None:
    boss = arrive(app, ADMINISTRATOR)
    assert "curriculum.toml" in boss.get("/editions/my-coop/001/settings").text
    assert boss.post("/editions/my-coop/001/settings", data=SENT).status_code == 409


def test_only_those_who_release_an_edition_settle_it(app: Flask, peru: Edition) -> None:
    reviewer = arrive(app, REVIEWER)
    assert reviewer.get(f"{PERU}/settings").status_code == 403
    assert reviewer.post(f"{PERU}/settings", data=SENT).status_code == 403
