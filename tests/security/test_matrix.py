"""Every page × every kind of person × every kind of edition: the answer is what the permission table says, else no."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from app.infra.db import Base, db
from app.people import actions as people
from app.people.models import Account
from app.people.permissions import COMMAND_LINE, WITHIN_ONE, Permission, Role, Scope
from app.web import pages
from tests import factories
from tests.delivery import field

from . import village
from .village import PEOPLE, Place, browser, holds, knows
from .work import worked

# whom each edition is shown to; where somebody is left out, another one of the same standing is there
TARGETS: dict[str, tuple[str, ...]] = {
    "my-coop/PE": tuple(PEOPLE),
    "my-coop/PE-SAM": ("visitor", "reader.pe", "translator.pe", "facilitator.pe", "designer.sam", "admin.all"),
    "my-coop/EC": ("visitor", "representative.pe", "designer.pe", "designer.other", "admin.pe"),
    "my-coop/BO": ("visitor", "reviewer.pe", "facilitator.pe", "designer.sam", "admin.all"),
    "think-coop/PE": ("visitor", "translator.pe", "designer.pe", "designer.other", "admin.pe"),
}
NOT_THERE = {  # pages that answer "nothing here" to people who are let in, where an edition has no such thing to show
    "curriculum.picture",
    "curriculum.show_release",
    "adaptation.sync_done",
    "adaptation.sync_undo",
    "discussion.notice",
    "discussion.answer_notice",
    "interchange.review",
    "interchange.decide_review",
    "interchange.find_place",
    "interchange.set_place",
    "interchange.take",
    "interchange.came_back",
    "interchange.bring_in",
}
NARROWER = {  # asks for more than its page does: who signs as what, and the draft for what only a draft has
    "validation.sign",
    "interchange.take",
}
HIDES_MORE = {"curriculum.block"}  # answers "nothing here" where "not for you" would do
FORMS = {  # what a form sends so that the answer is about the person; whoever is let in is asked for more
    "adaptation.link_block": {"do": "freeze"},
    "adaptation.lock_block": {"lock": "adaptable"},
    "validation.move_stage": {"seen": "another", "to": "draft"},
    "validation.sign": {"role": "content", "seen": "1"},
    "validation.grade_adjustments": {"do": "confirm"},
    "interchange.start": {"language": "es", "format": "html", "audience": "facilitator"},
}
SILENT = {"audit_entry", "sign_in_attempt"}  # written by signing in, which this test does itself


def rules_of_editions(app: Flask) -> list[tuple[Rule, str]]:
    """Every address below an edition, once per method it answers."""
    return [
        (rule, method)
        for rule in app.url_map.iter_rules()
        if {"slug", "region"} <= rule.arguments
        for method in sorted((rule.methods or set()) & {"GET", "POST"})
    ]


def filled(rule: Rule, parts: Mapping[str, Any]) -> dict[str, Any]:
    """What an address is filled with: `endpoint.part` goes before `part`."""
    return {name: parts.get(f"{rule.endpoint}.{name}", parts.get(name)) for name in rule.arguments}


def lived_in() -> dict[str, Place]:
    """The village, with everything that people do around an edition done in each that is looked at."""
    places = village.editions_made()
    for name in TARGETS:
        places[name].parts |= worked(places[name])
    db.session.commit()
    return places


def counted() -> dict[str, int]:
    """How many rows every table has."""
    names = [name for name in Base.metadata.tables if name not in SILENT]
    counts = [select(func.count()).select_from(Base.metadata.tables[name]).scalar_subquery() for name in names]
    return dict(zip(names, db.session.execute(select(*counts)).one(), strict=True))


def verdict(answer: TestResponse) -> str:
    """What an answer says: `sign in`, `forbidden`, `nothing` or `in`."""
    if answer.status_code in (301, 302, 303) and (answer.location or "").startswith("/sign-in"):
        return "sign in"
    return {403: "forbidden", 404: "nothing"}.get(answer.status_code, "in")


def expected(person: str, place: Place, access: Any, owner: str | None = None) -> str:
    """The verdict that the table asks for."""
    if access != pages.PUBLIC:
        if PEOPLE[person] is None:
            return "sign in"
        if not holds(person, access):
            return "forbidden"
    if not knows(person, place):
        return "nothing"
    if owner is not None and owner != person:
        return "nothing"
    if access in (pages.PUBLIC, Permission.FORK_EDITION):  # whom the new edition is for is asked when it is made
        return "in"
    return "in" if holds(person, access, place.scope) else "forbidden"


def test_every_page_answers_every_person_as_the_table_says(app: Flask) -> None:
    """Each database is asked by half of the people; whom the table lets in does not depend on it."""
    half = ("sqlite", "postgresql").index(db.engine.dialect.name)
    places = lived_in()
    village.people()
    browsers = {person: browser(app, person) for person in PEOPLE}
    wish = {**FORMS["interchange.start"], "version": "1.0.0"}
    job = browsers["designer.pe"].post("/editions/my-coop/PE/exports", data=wish).location.rpartition("/")[2]
    offered = {name: places["my-coop/001"].parts[name] for name in ("release", "module")}
    wrong, seen, before = [], Counter[str](), counted()
    asked: set[str] = set()
    for rule, method in rules_of_editions(app):
        access = pages.stated(app.view_functions[rule.endpoint])
        for target, shown_to in TARGETS.items():
            place = places[target]
            parts = {
                **places["my-coop/PE"].parts,
                **place.parts,
                "slug": place.slug,
                "region": place.region,
                "job": job,
            }
            built = rule.build(filled(rule, parts))
            assert built is not None
            form = {**FORMS.get(rule.endpoint, {}), **offered}
            if rule.endpoint == "adaptation.save_settings":
                form["public"] = "yes" if place.public else ""
            if rule.endpoint == "interchange.start":
                form["version"] = parts["version"] if place.released else "draft"
            if before != (before := counted()):
                wrong.append(f"{method} {built[1]}: somebody wrote by looking before this")
            asked |= set(shown_to[half::2])
            for person in shown_to[half::2]:
                client = browsers[person]
                owner = None
                if "job" in rule.arguments:
                    owner = "designer.pe" if target == "my-coop/PE" else "nobody"
                wanted = expected(person, place, access, owner)
                answer = client.open(built[1], method=method, data=form if method == "POST" else None)
                told = verdict(answer)
                seen[told] += 1
                fine = (
                    told == wanted
                    or (told == "forbidden" and wanted == "in" and rule.endpoint in NARROWER)
                    or (
                        told == "nothing"
                        and rule.endpoint in {"in": NOT_THERE, "forbidden": HIDES_MORE}.get(wanted, frozenset())
                    )
                )
                if not fine or answer.status_code >= 500:
                    wrong.append(f"{method} {built[1]} as {person}: {answer.status_code} {told}, not {wanted}")
                if method == "POST" and wanted not in ("in", "sign in"):
                    after = counted()
                    if after != before:
                        wrong.append(f"{method} {built[1]} as {person}: turned down and yet wrote")
                elif method == "POST":
                    before = counted()
    assert not wrong, f"{len(wrong)} wrong:\n" + "\n".join(wrong[:60])
    verdicts = {"forbidden", "nothing", "in"} | (
        {"sign in"} if any(PEOPLE[person] is None for person in asked) else set()
    )
    assert min(seen[v] for v in verdicts) > 100, seen


def held_in_one(where: str) -> Account:
    """An account that holds every role in one organisation or one programme, or none and is somebody who teaches."""
    coop = field.organisation("Una")
    if where == "cohort":
        made = factories.account(where, Role.LEARNER, Scope(organisations=frozenset({coop.id})))
        made.person_id = field.person("Teresa Instructora", coop).id
        return made
    scope = Scope("my-coop", "BO", organisations=frozenset({coop.id}))
    if where == "programme":
        scope = Scope(programmes=frozenset({field.programme().id}))
    made = factories.account(where, Role.LEARNER, scope)
    for role in Role:
        people.grant_role(COMMAND_LINE, made, role, scope)
    return made


@pytest.mark.parametrize("where", ["organisation", "programme", "cohort"])
def test_no_role_within_one_organisation_or_programme_opens_an_edition_a_glossary_or_an_account(
    app: Flask, where: str
) -> None:
    place = village.editions_made()["my-coop/BO"]
    place.parts |= worked(place)
    held_in_one(where)
    db.session.commit()
    client, tried = app.test_client(), 0
    client.post("/sign-in", data={"username": where, "password": factories.PASSWORD})
    parts = {
        **place.parts,
        "account_id": 1,
        "role_id": 1,
        "number": 1,
        "name": "x",
        "job": 1,
        "people.set_active.wanted": "open",
    }
    for rule in app.url_map.iter_rules():
        access = pages.stated(app.view_functions[rule.endpoint])
        hidden = access == pages.PUBLIC and {"slug", "region"} <= rule.arguments
        if not hidden and (access == pages.PUBLIC or access in WITHIN_ONE):
            continue
        built = rule.build(filled(rule, parts))
        assert built is not None
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            answer = client.open(built[1], method=method)
            assert answer.status_code == (404 if hidden else 403), f"{method} {built[1]}"
            tried += 1
    assert tried > 200
    for address in ("/", "/editions/", "/account", "/editions/search?q=secreto"):
        page = client.get(address, follow_redirects=True)  # whoever only learns is led to their own page
        assert page.status_code == 200
        linked = re.findall(
            r'href="(/(?:translate|validation|accounts|editions/needs|editions/imports)[^"]*)"', page.text
        )
        assert not linked, address
        assert "my-coop/BO" not in page.text


def bare(page: str, slug: str, region: str) -> str:
    """A page without form tokens and without the address that was asked for, which the reader knows already."""
    page = re.sub(r'value="[\w.-]{60,}"', "", page)
    return page.replace(f"{slug}/{region}", "·").replace(f"{slug}%2F{region}", "·")


@pytest.mark.parametrize("target", ["my-coop/EC", "my-coop/BO", "think-coop/PE"])
def test_what_may_not_be_seen_answers_exactly_as_what_is_not_there(app: Flask, target: str) -> None:
    places = lived_in()
    village.people()
    clients = [browser(app, person) for person in ("visitor", "designer.sam")]
    rules = [rule for rule, method in rules_of_editions(app) if method == "GET" and "job" not in rule.arguments]
    place, compared = places[target], 0
    for rule in rules:
        there = rule.build(filled(rule, place.parts))
        absent = rule.build(filled(rule, {**place.parts, "region": "CL"}))
        assert there is not None
        assert absent is not None
        for client in clients:
            one, other = client.get(there[1]), client.get(absent[1])
            assert one.status_code == other.status_code, there[1]
            if one.status_code == 404:
                assert bare(one.text, place.slug, place.region) == bare(other.text, place.slug, "CL"), there[1]
                compared += 1
    assert compared > 15
