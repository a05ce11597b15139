"""Things stand where they are looked for: SQL in queries and actions, sentences beside rules, words in docstrings."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from .sources import APP, functions, parts, place, tree

SQL = {"select", "insert", "update", "delete", "text", "exists", "union_all"}
WITHOUT_SQL = ("web", "forms", "rules", "cli", "jobs", "api", "words")
LONGEST_FILE_LINES = 400


def sql_in(syntax: ast.Module) -> list[ast.AST]:
    """What in a file talks to the database: statements of SQLAlchemy, `db.session`, `session.execute`."""
    imported = {
        alias.asname or alias.name
        for node in ast.walk(syntax)
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "sqlalchemy"
        for alias in node.names
        if alias.name in SQL
    }
    return [
        node
        for node in ast.walk(syntax)
        if (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in imported)
        or (isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "db")
        or (isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "sqlalchemy")
    ]


def test_sql_stands_in_queries_actions_and_models_only() -> None:
    files = [path for name in WITHOUT_SQL for path in parts(name)]
    assert len(files) >= 8
    found = [place(path, node) for path in files for node in sql_in(tree(path))]
    assert not found, f"reading belongs into queries.py, writing into actions.py: {found}"


@pytest.mark.parametrize(
    "source",
    [
        "from sqlalchemy import select\nselect(Account)",
        "from sqlalchemy import select as s\ns(Account)",
        "from app.infra.db import db\ndb.session.get(Account, 1)",
        "import sqlalchemy\nsqlalchemy.text('SELECT 1')",
    ],
)
def test_sql_out_of_place_would_be_seen(source: str) -> None:
    assert sql_in(ast.parse(source))


def test_a_select_of_something_else_is_no_sql() -> None:
    assert not sql_in(ast.parse("from forms import select\nselect('a')"))


def rule_files() -> list[Path]:
    """Where rules stand: the core, and every feature's rules."""
    return [*sorted((APP / "core").rglob("*.py")), *parts("rules")]


def says(node: ast.FunctionDef | ast.ClassDef) -> bool:
    """Whether a function or class says what it promises; a refusal's sentence says it for its class."""
    return ast.get_docstring(node) is not None or (
        isinstance(node, ast.ClassDef)
        and any(
            isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name) and line.targets[0].id == "text"
            for line in node.body
        )
    )


def test_every_public_rule_says_what_it_promises() -> None:
    silent = [
        f"{place(path, node)} {node.name}"
        for path in rule_files()
        for node in tree(path).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_") and not says(node)
    ]
    assert not silent, f"`vivero rules` has nothing to say about: {silent}"


def test_every_module_says_what_belongs_in_it() -> None:
    silent = [place(path, tree(path)) for path in sorted(APP.rglob("*.py")) if path.stat().st_size > 2]
    silent = [name for name in silent if ast.get_docstring(tree(APP.parent / name.rpartition(":")[0])) is None]
    assert not silent, f"a module begins with what belongs here and what does not: {silent}"


def test_no_file_is_longer_than_a_person_can_read() -> None:
    long = {
        str(path.relative_to(APP)): lines for path in APP.rglob("*.py") if (lines := _length(path)) > LONGEST_FILE_LINES
    }
    assert not long, f"past about 300 lines a file becomes a folder of the same name: {long}"


def _length(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def test_no_module_is_a_drawer_for_anything() -> None:
    drawers = [
        p for p in APP.rglob("*") if p.stem in {"utils", "util", "helpers", "common", "misc"} and p.suffix != ".pyc"
    ]
    assert not drawers, f"name a module for what is in it: {drawers}"


def test_a_page_function_says_what_the_page_does() -> None:
    silent = [
        place(path, view)
        for path in parts("web")
        for view in functions(path)
        if view.decorator_list and ast.get_docstring(view) is None
    ]
    assert not silent, f"one sentence for whoever reads the list of pages: {silent}"


def test_every_form_that_writes_carries_its_token_and_the_word_that_has_it_done_once() -> None:
    """Signing out is the same however often it is done."""
    forms = [
        (path, form)
        for path in sorted(APP.rglob("templates/**/*.html"))
        for form in re.findall(r'<form\b(?=[^>]*method="post").{0,600}', path.read_text("utf-8"), re.DOTALL)
        if "people.sign_out" not in form
    ]
    assert len(forms) > 2
    bare = [
        str(path.relative_to(APP)) for path, form in forms if not re.search('csrf_token.*name="once"', form, re.DOTALL)
    ]
    assert not bare, f"write these with the macros of forms.html: {bare}"
