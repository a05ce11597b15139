"""`vivero user …`: the first administrator, and accounts made where no page can be reached."""

from __future__ import annotations

import sys

import click

from app.infra.commands import show_json, with_app

from .permissions import COMMAND_LINE, Role, parse_scope


@click.group()
def user() -> None:
    """Make the first administrator and other accounts."""


@user.command()
@click.argument("username")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True, help="What they are here.")
@click.option("--scope", default="*", show_default=True, help="Where: my-coop/PE, my-coop, */PE, or * for everywhere.")
@click.option("--name", default="", help="What the person is called; without it, the user name.")
@click.option("--language", type=click.Choice(["es", "en"]), help="Language of the pages for them.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input instead of making one.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@with_app
def add(
    username: str, role: str, scope: str, name: str, language: str | None, password_stdin: bool, as_json: bool
) -> None:
    """Make an account. A password that was not given is made, printed once, and changed at the first sign-in."""
    from flask_babel import gettext

    from . import actions, passwords

    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else passwords.fresh()
    made = actions.create_account(
        COMMAND_LINE,
        username,
        password,
        name=name,
        role=Role(role),
        scope=parse_scope(scope),
        language=language,
        must_change_password=not password_stdin,
    )
    if as_json:
        show_json({"username": made.username, "name": made.name} | ({} if password_stdin else {"password": password}))
        return
    click.echo(gettext("%(username)s can sign in now.", username=made.username))
    if not password_stdin:
        click.echo(gettext("The password, shown this one time: %(password)s", password=password))


@user.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@with_app
def list_accounts(as_json: bool) -> None:
    """List the accounts with their roles and where these hold."""
    from flask_babel import gettext

    from . import queries

    rows = [
        {
            "username": account.username,
            "name": account.name,
            "active": account.active,
            "roles": [
                {"role": role.role.value, "scope": f"{role.curriculum or '*'}/{role.region or '*'}"}
                for role in account.roles
                if role.ended_at is None
            ],
        }
        for account in queries.accounts()
    ]
    if as_json:
        show_json({"accounts": rows})
        return
    for row in rows:
        roles = ", ".join(f"{role['role']} {role['scope']}" for role in row["roles"])  # type: ignore[attr-defined]
        closed = "" if row["active"] else f" ({gettext('closed')})"
        click.echo(f"{row['username']}\t{row['name']}{closed}\t{roles}")
