"""`vivero user …` as a person at a terminal meets it."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from app.people import actions, queries
from app.people.cli import user
from app.people.permissions import Role

from .conftest import PASSWORD, MakeAccount


def run(*arguments: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(user, list(arguments), input=typed)


def test_a_password_that_was_not_given_is_printed_once_and_has_to_be_changed(app: Flask) -> None:
    answer = run("add", "rosa.quispe", "--role", "designer", "--scope", "my-coop/PE", "--name", "Rosa")

    assert answer.exit_code == 0, answer.output
    password = answer.output.strip().rpartition(" ")[2]
    made = actions.try_password("rosa.quispe", password, "")
    assert made.must_change_password
    assert [(r.role, r.curriculum, r.region) for r in made.roles] == [(Role.DESIGNER, "my-coop", "PE")]


def test_a_password_from_standard_input_is_not_printed_and_stays(app: Flask) -> None:
    answer = run("add", "rosa.quispe", "--role", "administrator", "--password-stdin", typed=f"{PASSWORD}\n")

    assert answer.exit_code == 0, answer.output
    assert PASSWORD not in answer.output
    assert not actions.try_password("rosa.quispe", PASSWORD, "").must_change_password


def test_json_holds_the_password_only_when_it_was_made_here(app: Flask) -> None:
    made = json.loads(run("add", "rosa.quispe", "--role", "reader", "--json").output)
    given = json.loads(
        run("add", "blas.rojas", "--role", "reader", "--json", "--password-stdin", typed=PASSWORD).output
    )
    assert made.keys() == {"username", "name", "password"}
    assert given == {"username": "blas.rojas", "name": "blas.rojas"}


@pytest.mark.parametrize(
    ("arguments", "exit_code", "said"),
    [
        (("ana.admin", "--role", "reader"), 1, "There is an account called ana.admin already."),
        (("rosa", "--role", "reader", "--scope", "*/XX"), 1, "There is no region XX."),
        (("rosa", "--role", "reader", "--password-stdin"), 1, "at least 10 characters"),
        (("rosa", "--role", "queen"), 2, "queen"),
        (("rosa",), 2, "--role"),
    ],
)
def test_what_cannot_be_is_one_line_and_an_exit_status(
    make_account: MakeAccount, arguments: tuple[str, ...], exit_code: int, said: str
) -> None:
    make_account()
    answer = run("add", *arguments, typed="corta\n")
    assert answer.exit_code == exit_code
    assert said in answer.output
    assert queries.account_by_username("rosa") is None


def test_the_list_shows_roles_and_who_is_closed(make_account: MakeAccount) -> None:
    make_account()
    rosa = make_account("rosa.quispe", Role.DESIGNER, "my-coop/PE")
    boss = queries.account_by_username("ana.admin")
    assert boss is not None
    actions.set_active(queries.actor_of(boss), rosa, False)

    lines = run("list").output.splitlines()
    rows = json.loads(run("list", "--json").output)["accounts"]

    assert lines == ["ana.admin\tAna\tadministrator */*", "rosa.quispe\tRosa (closed)\tdesigner my-coop/PE"]
    assert rows[1] == {
        "username": "rosa.quispe",
        "name": "Rosa",
        "active": False,
        "roles": [{"role": "designer", "scope": "my-coop/PE"}],
    }


def test_the_help_needs_neither_flask_nor_sqlalchemy() -> None:
    code = (
        "import sys; from click.testing import CliRunner; from app.people.cli import user;"
        "print(CliRunner().invoke(user, ['add', '--help']).output);"
        "print(sorted({'flask', 'sqlalchemy'} & set(sys.modules)))"
    )
    output = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "--password-stdin" in output
    assert output.strip().endswith("[]")
