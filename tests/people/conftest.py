"""Accounts for the tests of this feature, and a way to sign in as one of them through the page itself."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.infra.db import db
from app.people import actions
from app.people.models import Account
from app.people.permissions import COMMAND_LINE, Role, parse_scope

PASSWORD = "tres arboles altos"

MakeAccount = Callable[..., Account]
SignIn = Callable[..., TestResponse]


@pytest.fixture
def make_account(app: Flask) -> MakeAccount:
    """Make an account with one role and the password `PASSWORD`."""

    def make(
        username: str = "ana.admin",
        role: Role = Role.ADMINISTRATOR,
        scope: str = "*",
        password: str = PASSWORD,
        *,
        must_change_password: bool = False,
        language: str | None = None,
        demo: bool = False,
    ) -> Account:
        made = actions.create_account(
            COMMAND_LINE,
            username,
            password,
            name=username.partition(".")[0].title(),
            role=role,
            scope=parse_scope(scope),
            must_change_password=must_change_password,
            language=language,
            demo=demo,
        )
        db.session.expire_all()
        return made

    return make


@pytest.fixture
def sign_in(client: FlaskClient) -> SignIn:
    """Sign in by the page."""

    def go(username: str = "ana.admin", password: str = PASSWORD, **more: str) -> TestResponse:
        return client.post("/sign-in", data={"username": username, "password": password, **more})

    return go
