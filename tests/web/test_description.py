"""The description of the API: a valid document, about every address there is, and answers are as it says."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from importlib.metadata import version
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from app.delivery import kinds
from app.delivery.rules.attendance import LONGEST_MINUTES
from app.delivery.rules.cohorts import REASONS
from app.delivery.rules.incoming import FORMS, MOST_EVENTS, UID
from app.demo.programmes import lay
from app.infra import clock
from app.people.kinds import Sex
from app.people.permissions import COMMAND_LINE, Role, Scope
from app.reporting.kinds import Split
from app.reporting.kinds import Unit as Counted
from app.web.description import DOCUMENT
from tests import factories
from tests.delivery import field as make
from tests.delivery.phones import NOON, held, mark, signed_in, walk_in
from tests.reporting.readers import browser

WRITTEN: dict[str, Any] = json.loads(DOCUMENT.read_text(encoding="utf-8"))
SCHEMAS: dict[str, Any] = WRITTEN["components"]["schemas"]
SYNC = "/api/v1/sync/attendance"


def misfits(name: str, said: Any) -> list[str]:
    """What of a piece of JSON is not as the description says."""
    schema = {"$ref": f"#/components/schemas/{name}", "components": WRITTEN["components"]}
    checker = Draft202012Validator.FORMAT_CHECKER
    return [one.message for one in Draft202012Validator(schema, format_checker=checker).iter_errors(said)]


def test_the_description_is_served_to_anybody_under_the_version_that_runs(client: FlaskClient) -> None:
    answer = client.get("/api/v1/openapi.json")
    assert answer.mimetype == "application/json"
    served = answer.get_json()
    validate(served)
    assert served["info"].pop("version") == version("vivero")
    assert served == {**WRITTEN, "info": {name: told for name, told in WRITTEN["info"].items() if name != "version"}}


def test_every_address_of_the_api_is_described_and_no_other(app: Flask) -> None:
    there = {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    told = {(path, method) for path, deeds in WRITTEN["paths"].items() for method in deeds if method in {"get", "post"}}
    assert told == there


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        (SCHEMAS["Mark"], kinds.Mark),
        (SCHEMAS["SessionState"], kinds.SessionState),
        (SCHEMAS["Reason"], ("", *REASONS)),
        (SCHEMAS["Receipt"]["properties"]["status"], kinds.Receipt),
        (SCHEMAS["Receipt"]["properties"]["reason"], kinds.Fault),
        (SCHEMAS["Batch"]["properties"]["source"], kinds.Source),
        (SCHEMAS["WalkInEvent"]["properties"]["sex"], Sex),
        (SCHEMAS["SessionEvent"]["properties"]["taught"]["items"]["properties"]["extent"], kinds.Extent),
        (SCHEMAS["Figure"]["properties"]["unit"], Counted),
        (SCHEMAS["Figure"]["properties"]["groups"]["propertyNames"], Split),
    ],
)  # fmt: skip
def test_every_word_that_may_be_said_is_described(schema: dict[str, Any], words: Collection[str]) -> None:
    assert set(schema["enum"]) == set(words)


def test_fields_and_limits_of_events_are_those_that_are_read() -> None:
    for kind, (fields, _) in FORMS.items():
        name = "".join(part.title() for part in kind.split("_")) + "Event"
        assert set(SCHEMAS[name]["properties"]) == fields
        minutes = SCHEMAS[name]["properties"].get("minutes")
        assert minutes is None or minutes["maximum"] == LONGEST_MINUTES
    assert SCHEMAS["Batch"]["properties"]["events"]["maxItems"] == MOST_EVENTS
    assert SCHEMAS["Uid"]["pattern"].replace("$", r"\Z") == f"^{UID.pattern}"


def test_what_a_phone_sends_and_is_answered_is_as_described(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)
    field = make.field(learners=3)
    signed_in(field.trainer, "teresa")
    client.post("/sign-in", data={"username": "teresa", "password": factories.PASSWORD})
    first, second, third = field.learners
    session = field.sessions[0]
    batch = {
        "batch": "one",
        "device": "phone",
        "device_clock": NOON.isoformat(),
        "source": "phone",
        "events": [
            held(session, minutes=90, note="Llovió."),
            mark(session, first, "partial", minutes=40),
            mark(session, second, "absent", reason="harvest"),
            mark(session, second, "late"),
            walk_in(session, "Rosa de Paso", sex="woman", age=33),
        ],
    }
    assert misfits("Batch", batch) == []
    odd = mark(session, third) | {"mood": "good"}
    assert misfits("Batch", {"events": [odd]})
    answer = client.post(SYNC, json=batch | {"events": [*batch["events"], odd]}).get_json()
    assert misfits("Receipts", answer) == []
    assert {one["status"] for one in answer["events"]} == {"accepted", "conflict", "quarantined"}
    assert misfits("Beginning", client.get(SYNC).get_json()) == []
    fetched = client.get(f"{SYNC}/lamas").get_json()
    assert fetched["walk_ins"]
    assert fetched["marks"]
    assert misfits("RollCall", fetched) == []
    assert misfits("Problem", client.get(f"{SYNC}/nowhere").get_json()) == []
    assert misfits("Problem", client.post(SYNC, json=[]).get_json()) == []


def test_figures_are_as_described(app: Flask) -> None:
    programme = lay(COMMAND_LINE, "s3-women-school").programme
    reader = browser(app, factories.account("donor1", Role.DONOR, Scope(programmes=frozenset({programme.id}))))
    told = reader.get(f"/api/v1/reports/{programme.slug}?year=2014").get_json()
    assert misfits("Report", told) == []
    assert any(one["groups"].get("sex") for one in told["figures"])
    assert misfits("Problem", reader.get(f"/api/v1/reports/{programme.slug}?year=x").get_json()) == []
