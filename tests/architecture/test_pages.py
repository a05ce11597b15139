"""Every page says who may see it, no GET writes, and the list of all of them is read when it changes."""

from __future__ import annotations

import ast
import itertools
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from werkzeug.routing import Rule

from app.infra.db import db
from app.people.permissions import Permission
from app.web import pages
from app.web.assets import bundle
from tests import factories

from . import world
from .actions import readers
from .pages import HOW_TO_UPDATE, LIST, bare_app, lines
from .sources import functions, parts, place, tree

WRITING = ("INSERT", "UPDATE", "DELETE", "REPLACE", "CREATE", "DROP", "ALTER")
COUNTS_TRIES = {"app/delivery/web/cohorts/door.py"}  # whoever guesses at codes must be counted, asking or sending
NOTHING_TO_SHOW = {
    *("curriculum.picture", "my.picture", "my.kept_picture"),  # the original of this test has no pictures
    *("assessments.printing", "assessments.printed", "reports.file_state", "reports.file"),  # nobody asked for a file
    "persons.cards",  # asks for persons
}


def test_every_page_states_a_permission_or_that_it_is_public(tmp_path: Path) -> None:
    app = bare_app(tmp_path)
    stated = {name: pages.stated(view) for name, view in app.view_functions.items()}
    silent = [name for name, access in stated.items() if access != pages.PUBLIC and access not in list(Permission)]
    assert not silent, f"put @requires(Permission.…) or @public (app.web.pages) on: {', '.join(silent)}"


def test_the_list_of_pages_is_the_one_that_was_agreed_on(tmp_path: Path) -> None:
    now, agreed = lines(bare_app(tmp_path)), LIST.read_text("utf-8").splitlines()
    changes = [f"+ {line}" for line in now if line not in agreed] + [f"- {line}" for line in agreed if line not in now]
    assert not changes, "\n".join(
        ["pages or who may see them have changed:", *changes, f"If that is meant, run `{HOW_TO_UPDATE}` and commit it."]
    )


def methods(view: ast.FunctionDef) -> set[str] | None:
    """The methods a function answers to as its decorators say; None when it is no page."""
    found: set[str] = set()
    for decorator in view.decorator_list:
        if not (isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Attribute)):
            continue
        if decorator.func.attr in {"get", "post", "put", "patch", "delete"}:
            found.add(decorator.func.attr.upper())
        elif decorator.func.attr == "route":
            listed = [keyword.value for keyword in decorator.keywords if keyword.arg == "methods"]
            found |= set(ast.literal_eval(listed[0])) if listed else {"GET"}
    return found or None


def names_of_actions(syntax: ast.Module) -> set[str]:
    """What a file calls the actions it imports, modules and functions alike; not classes and what only reads."""
    reading = readers()
    return {
        alias.asname or alias.name
        for node in ast.walk(syntax)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.name == "actions" or ("actions" in (node.module or "").split(".") and alias.name.islower())
        if alias.name not in reading
    }


def names_in(function: ast.FunctionDef) -> set[str]:
    """What a function names; not the modules of which it takes a class or calls what only reads."""
    reading = readers()
    harmless = {
        id(node.value)
        for node in ast.walk(function)
        if isinstance(node, ast.Attribute) and (node.attr in reading or node.attr[:1].isupper())
    }
    return {node.id for node in ast.walk(function) if isinstance(node, ast.Name) and id(node) not in harmless}


def acting(syntax: ast.Module) -> list[ast.FunctionDef]:
    """The pages that only answer GET and yet name an action, themselves or through a function beside them."""
    actions = names_of_actions(syntax)
    beside = {node.name: node for node in syntax.body if isinstance(node, ast.FunctionDef)}

    def acts(function: ast.FunctionDef, seen: frozenset[str]) -> bool:
        named = names_in(function)
        return bool(named & actions) or any(
            acts(beside[name], seen | {name}) for name in named & beside.keys() - seen if methods(beside[name]) is None
        )

    return [view for view in beside.values() if methods(view) == {"GET"} and acts(view, frozenset({view.name}))]


def test_no_page_that_only_answers_get_calls_an_action() -> None:
    files = parts("web")
    assert sum(methods(view) is not None for path in files for view in functions(path)) >= 12
    guilty = [place(path, view) for path in files for view in acting(tree(path))]
    guilty = [one for one in guilty if one.rpartition(":")[0] not in COUNTS_TRIES]
    assert not guilty, f"a GET must not write; answer POST instead: {guilty}"


@pytest.mark.parametrize(
    ("decorator", "body", "acts"),
    [
        ('@bp.get("/")', "return actions.open()", True),
        ('@bp.route("/")', "return planted()", True),
        ('@bp.get("/")', "return _through()", True),
        ('@bp.get("/")', "return queries.open()", False),
        ('@bp.get("/")', "return actions.Choice()", False),
        ('@bp.post("/")', "return actions.open()", False),
        ('@bp.route("/", methods=["GET", "POST"])', "return actions.open()", False),
    ],
)
def test_a_get_that_calls_an_action_would_be_seen(decorator: str, body: str, acts: bool) -> None:
    source = f"""
from . import actions, queries
from .actions import planted
def _through():
    return actions.open()
{decorator}
def show():
    {body}
"""
    assert bool(acting(ast.parse(source))) is acts


def addresses(app: Flask, rule: Rule, known: Mapping[str, list[Any]]) -> list[str]:
    """Every address of this rule that can be made of what is known; fails when a part of it is not."""
    blueprint = rule.endpoint.split(".")[0]
    lists = {
        name: known.get(f"{rule.endpoint}.{name}", known.get(f"{blueprint}.{name}", known.get(name)))
        for name in sorted(rule.arguments)
    }
    missing = [name for name, values in lists.items() if values is None]
    assert not missing, f"{rule.rule}: tell tests/architecture/world.py what {missing} can be"
    with app.test_request_context():
        return [
            rule.build(dict(zip(lists, values, strict=True)))[1]  # type: ignore[index]
            for values in itertools.product(*(values or [] for values in lists.values()))
        ]


def test_no_get_changes_the_database(committed_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    app, client = committed_app, committed_app.test_client()
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    with app.app_context():
        _ask_everything(app, client)


def _ask_everything(app: Flask, client: FlaskClient) -> None:
    known = world.made()
    client.post("/sign-in", data={"username": world.ADMINISTRATOR, "password": factories.PASSWORD})
    wish = {"version": "1.0.0", "language": "en", "format": "html", "audience": "facilitator"}
    known["job"] = [int(client.post("/editions/my-coop/001/exports", data=wish).location.rpartition("/")[2])]
    known["asset.name"] = [bundle()["vivero.css"].name]
    known["curriculum.picture.name"] = ["missing.svg"]
    written: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.lstrip().upper().startswith(WRITING):
            written.append(statement)

    unseen = []
    event.listen(db.engine, "before_cursor_execute", note)
    try:
        for rule in app.url_map.iter_rules():
            if "GET" not in (rule.methods or set()):
                continue
            answers = {}
            for address in addresses(app, rule, known):
                answers[address] = client.get(f"{address}?lang=es").status_code
                assert not written, f"GET {address} wrote: {written}"
            assert max(answers.values()) < 500, answers
            if min(answers.values()) >= 400 and rule.endpoint not in NOTHING_TO_SHOW:
                unseen.append(answers)
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    assert not unseen, f"these were not shown, so nothing is proven of them: {unseen}"
