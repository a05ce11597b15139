"""Editions with people of several regions, and a study written down by them, for the tests of studies."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from app.core.content import Kind as BlockKind
from app.core.content import Uid
from app.curriculum.models import Edition
from app.curriculum.queries import contents
from app.people.permissions import COMMAND_LINE, Role, parse_scope
from app.study import actions
from app.study.models import Finding, Need
from app.study.sheets import Kind
from tests import factories as make

PERU = "/editions/my-coop/PE"
STATEMENT = "Nadie entiende la palabra saco: aquí se pesa en quintales"
NEED = {
    "title": "Curso de acopio para jóvenes",
    "conclusion": "La juventud pide aprender a recibir y pesar el café.",
    "said_by": "Mesa de jóvenes (demo)",
    "event": "Foro de análisis de la realidad (demo)",
    "held_on": "2026-08-14",
    "priority": "high",
    "women": "21",
    "men": "18",
    "young_women": "",
    "young_men": "7",
    "organisations": "Tres cooperativas (demo)",
    "place": "Moyobamba",
    "document": "Acta, página 4",
}


def person(app: Flask, username: str, role: Role = Role.DESIGNER, scope: str = "my-coop/PE") -> FlaskClient:
    """A browser of somebody who has just signed in."""
    make.account(username, role, parse_scope(scope))
    client = app.test_client()
    answer = client.post("/sign-in", data={"username": username, "password": make.PASSWORD})
    assert answer.status_code == 303
    return client


def block(edition: Edition, kind: BlockKind = BlockKind.PARAGRAPH) -> Uid:
    """The first block of a kind."""
    assert edition.head is not None
    return next(b.uid for _, _, b in contents.state(edition.head).content.blocks() if b.kind is kind)


def finding(edition: Edition, statement: str = STATEMENT) -> Finding:
    """A finding of the edition."""
    made = actions.keep(COMMAND_LINE, edition, Kind.FINDINGS, {"statement": statement, "strength": "strong"})
    assert isinstance(made, Finding)
    return made


def need(region: str = "PE", **changes: str) -> Need:
    """A need of a region."""
    return actions.keep_need(COMMAND_LINE, region, {**NEED, **changes})
