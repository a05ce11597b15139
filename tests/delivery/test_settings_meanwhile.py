"""Two people change the settings of one thing at once: the second is told, and what either wrote is not lost."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from app.infra.db import db
from app.people.permissions import Role, Scope
from tests import factories

from . import field as make

SAID = "Somebody has changed this since you opened it"
COHORT = {"name": "Lamas", "level": "cascade", "starts_on": "2026-03-02", "language": "es"}
PROGRAMME = {
    "name": "San Martín",
    "region": "PE-SAM",
    "starts_on": "2026-03-02",
    "languages": "es",
    "youth_until": "29",
    "year_starts_in": "1",
}


@pytest.mark.parametrize(
    ("address", "fields"), [("/cohorts/lamas/settings", COHORT), ("/programmes/san-martin/settings", PROGRAMME)]
)
def test_who_saves_second_is_told_keeps_the_words_and_may_save_again(
    app: Flask, address: str, fields: dict[str, str]
) -> None:
    make.field(learners=0, meetings=0)
    factories.account("coordina", Role.COORDINATOR, Scope())
    db.session.commit()
    client = app.test_client()
    client.post("/sign-in", data={"username": "coordina", "password": factories.PASSWORD})

    def mark(page: str) -> str:
        found = re.search(r'name="as_it_was" value="(\w+)"', page)
        assert found is not None
        return found[1]

    seen = mark(client.get(f"{address}?lang=en").text)
    assert client.post(address, data={**fields, "name": "Primera", "as_it_was": seen}).status_code == 303
    late = client.post(address, data={**fields, "name": "Segunda", "as_it_was": seen})
    assert late.status_code == 409
    assert SAID in late.text
    assert 'value="Segunda"' in late.text
    assert 'value="Primera"' in client.get(address).text
    again = client.post(address, data={**fields, "name": "Segunda", "as_it_was": mark(late.text)})
    assert again.status_code == 303
    assert 'value="Segunda"' in client.get(address).text
