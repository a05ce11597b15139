"""What speaks for a change and can be looked up: typed beside the reason, kept through errors, shown later."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core.content import Kind
from app.curriculum.models import Edition
from tests import factories as make
from tests.adaptation.test_pages_writing import PERU, uid
from tests.curriculum.cast import DESIGNER, arrive

FINDING = "Grupo focal 2, pregunta 4"


@pytest.fixture
def peru(app: Flask) -> Edition:
    return make.fork(make.load(), "PE")


@pytest.fixture
def designer(app: Flask, peru: Edition) -> FlaskClient:
    return arrive(app, DESIGNER)


@pytest.mark.parametrize(
    ("kind", "deed", "data"),
    [
        (Kind.PARAGRAPH, "edit", {"text": "Pagamos 28 soles."}),
        (Kind.PARAGRAPH, "insert", {"text": "Algo nuestro."}),
        (Kind.LIST, "remove", {}),
        (Kind.CASE, "link", {"do": "confirm"}),
    ],
)
def test_evidence_stands_beside_the_reason_wherever_it_is_told(
    designer: FlaskClient, peru: Edition, kind: Kind, deed: str, data: dict[str, str]
) -> None:
    address = f"{PERU}/blocks/{uid(peru, kind)}/{deed}?in=es"
    sent = {**data, "why": "Lo pidió la membresía", "evidence": FINDING}
    assert designer.post(address, data=sent).status_code == 303
    assert f"evidence: {FINDING}" in designer.get(f"{PERU}/history").text
    if deed != "link":  # what is confirmed does not depart
        assert f"evidence: {FINDING}" in designer.get(f"{PERU}/deviations").text
        assert FINDING in designer.get(f"{PERU}/deviations?format=csv").text


@pytest.mark.parametrize("deed", ["edit", "insert", "remove"])
def test_evidence_is_kept_when_the_reason_is_missing(designer: FlaskClient, peru: Edition, deed: str) -> None:
    address = f"{PERU}/blocks/{uid(peru, Kind.PARAGRAPH)}/{deed}?in=es"
    answer = designer.post(address, data={"text": "Otra cosa.", "evidence": FINDING})
    assert answer.status_code == 422
    assert f'value="{FINDING}"' in answer.text


def test_what_was_typed_to_confirm_is_kept_when_the_reason_is_missing(designer: FlaskClient, peru: Edition) -> None:
    address = f"{PERU}/blocks/{uid(peru, Kind.CASE)}/link?in=es"
    answer = designer.post(address, data={"do": "confirm", "why": "", "evidence": FINDING})
    assert answer.status_code == 422
    assert "Please say why" in answer.text
    assert f'value="{FINDING}"' in answer.text


def test_what_was_typed_for_a_variable_is_kept_when_it_is_refused(designer: FlaskClient, peru: Edition) -> None:
    sent = {"value-es": "> " * 60 + "x", "value-en": "trader", "why": "Así se dice", "evidence": FINDING}
    answer = designer.post(f"{PERU}/variables/buyer", data=sent)
    assert answer.status_code == 422
    assert f'value="{FINDING}"' in answer.text
    assert "Así se dice" in answer.text


def test_where_an_edition_comes_from_is_not_called_evidence(designer: FlaskClient, peru: Edition) -> None:
    history = designer.get(f"{PERU}/history").text
    assert "World original 1.0.0" in history
    assert "evidence:" not in history


def test_the_value_of_a_variable_has_evidence_too(designer: FlaskClient, peru: Edition) -> None:
    sent = {"value-es": "acopiador", "value-en": "trader", "why": "Así se dice", "evidence": FINDING}
    assert designer.post(f"{PERU}/variables/buyer", data=sent).status_code == 303
    assert f"evidence: {FINDING}" in designer.get(f"{PERU}/history").text
