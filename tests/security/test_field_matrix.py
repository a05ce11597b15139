"""Every page of the field × everybody × one's own programme and another's: the answer is as the table says, else no."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from app.infra.db import Base, db
from app.people.permissions import Permission
from app.web import pages

from .fields import ELSEWHERE, EVERYBODY, HERE, Ground, browser, grounds, may

FAMILIES = {"cohorts", "programmes", "organisations", "persons", "assessments", "reports", "sync"}
PLACES = {"slug", "person", "organisation"}  # the part of an address that says whose it is
REPORTS = {f"reports.{name}" for name in ("programme", "csv", "make", "people", "people_csv")}
OWN_PART = {"programmes.show", "programmes.activities", "programmes.activity", *REPORTS}
NARROWER = {"persons.kept", "persons.kept_file", *REPORTS}  # what they show needs more than the one they state
SHOWN_BY_OTHERS = {  # need a job that somebody started: looked at where those are tested
    "assessments.printing",
    "assessments.printed",
    "reports.file_state",
    "reports.file",
}
SILENT = {"audit_entry", "sign_in_attempt", "sent_form"}


def parts_of(rule: Rule, ground: Ground, other: Mapping[str, Any] | None = None) -> dict[str, Any] | None:
    """What an address is filled with; None where the ground has no such thing. `other` goes before for what it has."""
    blueprint = rule.endpoint.split(".")[0]
    names = {
        name: ground.parts.get(
            f"{rule.endpoint}.{name}", ground.parts.get(f"{blueprint}.{name}", ground.parts.get(name))
        )
        for name in rule.arguments
    }
    names |= {name: value for name, value in (other or {}).items() if name in names}
    return None if None in names.values() else names


def rules_of_the_field(app: Flask) -> Iterator[tuple[Rule, str]]:
    """Every address about one programme, cohort, organisation or person, once per method it answers."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint.split(".")[0] in FAMILIES and rule.arguments & PLACES:
            for method in sorted((rule.methods or set()) & {"GET", "POST"}):
                yield rule, method


def verdict(answer: TestResponse) -> str:
    """What an answer says: `sign in`, `no` (not for you, or nothing here) or `in`."""
    if answer.status_code in (301, 302, 303) and (answer.location or "").startswith("/sign-in"):
        return "sign in"
    if answer.status_code == 401:
        return "sign in"
    return "no" if answer.status_code in (403, 404) else "in"


def counted() -> dict[str, int]:
    """How many rows every table has."""
    names = [name for name in Base.metadata.tables if name not in SILENT]
    counts = [select(func.count()).select_from(Base.metadata.tables[name]).scalar_subquery() for name in names]
    return dict(zip(names, db.session.execute(select(*counts)).one(), strict=True))


def expected(who: str, access: Any, endpoint: str, ground: Ground) -> str:
    """The verdict that the table asks for; an organisation that takes part sees its own part of a programme."""
    if access != pages.PUBLIC:
        if EVERYBODY[who][0] is None:
            return "sign in"
        lies = ground.lies["taking part" if endpoint in OWN_PART else endpoint.split(".")[0]]
        return "in" if may(who, Permission(access), lies) else "no"
    return "in"


def asks_for_more(rule: Rule, method: str, who: str, told: str) -> bool:
    """Whether a page may turn somebody down whom its table lets in: what it does needs more than what it shows."""
    return told == "no" and (method == "POST" or (rule.endpoint in NARROWER and who != "admin"))


def test_every_page_of_the_field_answers_everybody_as_the_table_says(app: Flask) -> None:
    """Whom the table lets in gets in, or is asked for more by the page; whom it does not is turned down, unwritten.

    Each database is asked by half of the people; whom the table lets in does not depend on it.
    """
    half = ("sqlite", "postgresql").index(db.engine.dialect.name)
    made = grounds()
    clients = {who: browser(app, who) for who in [*EVERYBODY][half::2]}
    wrong, seen, before = [], Counter[str](), counted()
    for rule, method in rules_of_the_field(app):
        if rule.endpoint in SHOWN_BY_OTHERS:
            continue
        access = pages.stated(app.view_functions[rule.endpoint])
        for ground in made.values():
            parts = parts_of(rule, ground)
            assert parts is not None, f"{rule.rule}: say in fields.py what it is filled with"
            built = rule.build(parts)
            assert built is not None
            wanted = {who: expected(who, access, rule.endpoint, ground) for who in clients}

            def ask(client: FlaskClient, who: str, wanted: str, rule: Rule = rule, path: str = built[1],
                    method: str = method) -> None:  # fmt: skip
                answer = client.open(path, method=method)
                told = verdict(answer)
                seen[told] += 1
                if answer.status_code >= 500 or (told != wanted and not asks_for_more(rule, method, who, told)):
                    wrong.append(f"{method} {path} as {who}: {answer.status_code}, not {wanted}")

            for who in (who for who in clients if wanted[who] != "in"):
                ask(clients[who], who, wanted[who])
            if before != (before := counted()):
                wrong.append(f"{method} {built[1]}: somebody who is turned down wrote")
            for who in (who for who in clients if wanted[who] == "in"):
                ask(clients[who], who, wanted[who])
            if before != (before := counted()) and method == "GET":
                wrong.append(f"GET {built[1]}: somebody wrote by looking")
    assert not wrong, f"{len(wrong)} wrong:\n" + "\n".join(wrong[:80])
    assert min(seen[told] for told in ("no", "in")) > 100, seen


def test_what_lies_elsewhere_is_not_reached_through_an_address_here(app: Flask) -> None:
    """An address that begins with one's own programme or cohort does not open a thing of another one."""
    made = grounds()
    here, elsewhere = made[HERE], made[ELSEWHERE]
    clients = {who: browser(app, who) for who in ("coordinator.here", "trainer.here", "master.here", "admin")}
    wrong, tried, before = [], 0, counted()
    for rule, method in rules_of_the_field(app):
        foreign = {name: elsewhere.parts.get(f"{rule.endpoint}.{name}", elsewhere.parts.get(name))
                   for name in rule.arguments - {"slug", "number", "code", "kind", "name"}}  # fmt: skip
        if "slug" not in rule.arguments or not foreign:
            continue
        parts = parts_of(rule, here, {name: value for name, value in foreign.items() if value is not None})
        if parts is None:
            continue
        built = rule.build(parts)
        assert built is not None
        for who, client in clients.items():
            answer = client.open(built[1], method=method)
            tried += 1
            if answer.status_code not in (403, 404) or counted() != before:
                wrong.append(f"{method} {built[1]} as {who}: {answer.status_code}")
                before = counted()
    assert not wrong, f"{len(wrong)} wrong:\n" + "\n".join(wrong[:60])
    assert tried > 20


@pytest.mark.parametrize("who", ["donor.here", "learner.here", "visitor", "designer", "donor.elsewhere"])
def test_who_may_see_no_names_finds_none_on_any_page(app: Flask, who: str) -> None:
    made = grounds()
    client, looked = browser(app, who), 0
    own = "Persona0 here" if who == "learner.here" else ""
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or set()) or rule.endpoint in {"asset", "readyz"}:
            continue
        parts = parts_of(rule, made[HERE])
        built = rule.build(parts) if parts is not None else None
        if built is None:
            continue
        page = client.get(built[1]).get_data().decode(errors="replace")
        page = page.replace(own, "") if own else page
        looked += 1
        names = [
            name for name in ("Persona0 here", "Persona1 here", "Persona2 here", "Persona0 elsewhere") if name in page
        ]
        assert not names, f"{built[1]} shows {names} to {who}"
    assert looked > 40
