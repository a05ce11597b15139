"""Databases, application and actors for the tests. Every test that takes `app` runs on SQLite and on PostgreSQL."""

from __future__ import annotations

import contextvars
import functools
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_sqlalchemy.session import Session
from hypothesis import HealthCheck, settings
from werkzeug.test import TestResponse

from app.infra.db import db
from app.people.permissions import COMMAND_LINE, Actor
from tests import databases
from tests.browser_ready import find
from tests.databases import DATABASES

if TYPE_CHECKING:
    from playwright.sync_api import Browser as Browsing

settings.register_profile("vivero", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("vivero")


class Browser(FlaskClient):
    """Sends each request in a context of its own, as a server does.

    Inside the test's application context `flask.g` would outlive the request, and with it who is signed in, the
    language and the session: a session that ought to have ended would seem alive.
    """

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        return contextvars.Context().run(super().open, *args, **kwargs)


def make_app(kind: str, name: str, template: Callable[[str], str] = databases.migrated, **overrides: Any) -> Flask:
    """An application on a migrated database of its own, or on its own copy of another template."""
    app = databases.make_app(kind, name, template, **overrides)
    app.test_client_class = Browser
    return app


@functools.cache
def _shared_app(kind: str) -> Flask:
    app = make_app(kind, "shared")
    app.config["WTF_CSRF_ENABLED"] = False
    return app


@pytest.fixture(params=DATABASES)
def app(request: pytest.FixtureRequest) -> Iterator[Flask]:
    """The application; whatever a test writes is rolled back after it."""
    app = _shared_app(request.param)
    with app.app_context():
        engine = db.engines[None]
        connection = engine.connect()
        transaction = connection.begin()
        db.engines[None] = connection  # type: ignore[assignment]
        db.session.configure(join_transaction_mode="create_savepoint")
        try:
            yield app
        finally:
            db.session.remove()
            db.engines[None] = engine
            transaction.rollback()
            connection.close()


@pytest.fixture(params=DATABASES)
def committed_app(request: pytest.FixtureRequest) -> Iterator[Flask]:
    """An application whose commits are real, on a database of its own: for threads, commands and browsers."""
    app = make_app(request.param, "own")
    with app.app_context():
        db.session.configure(join_transaction_mode="conditional_savepoint")
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> Iterator[FlaskClient]:
    """A browser without a browser; fails the test when a request leaves work uncommitted."""

    def check_leftovers(_error: BaseException | None) -> None:
        session: Session = db.session()
        leftovers = [*session.new, *session.dirty, *session.deleted]
        assert not leftovers, "a request left work uncommitted"

    app.before_request_funcs.setdefault(None, [])
    app.teardown_request_funcs.setdefault(None, []).append(check_leftovers)
    try:
        yield app.test_client()
    finally:
        app.teardown_request_funcs[None].remove(check_leftovers)


@pytest.fixture
def root() -> Actor:
    """The command line's actor, who may do everything."""
    return COMMAND_LINE


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browsing]:
    """A real Chromium, started once per process by the first test that needs it; Playwright allows no second one."""
    from playwright.sync_api import sync_playwright  # slow to import, and few tests need it

    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=find(), args=arguments)
        yield browser
        browser.close()


@pytest.fixture(autouse=True)
def _no_database_in_unit_tests(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail a test that touches the database without saying so by taking `app`."""
    if {"app", "committed_app", "client"} & set(request.fixturenames):
        return

    def refuse(*_: Any, **__: Any) -> Any:
        raise AssertionError("this test uses the database: let it take the `app` fixture")

    monkeypatch.setattr(Session, "get_bind", refuse)


def pytest_configure() -> None:
    """Make the folder where all processes of this run meet, before there are several."""
    databases.folder()


def pytest_sessionfinish() -> None:
    """Stop what this process started."""
    databases.leave()


SignIn = Callable[[str], FlaskClient]
