"""What holds for every request whatever page it is for: tokens, origins, headers, default deny."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from app.web import pages
from app.web.requests import HEADERS

from .conftest import PASSWORD, MakeAccount, SignIn


@pytest.fixture
def guarded(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The application with form tokens asked for, as it is when it serves."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    return app


def address(app: Flask, rule: Rule) -> str:
    """Some address of this rule; what its parts stand for need not exist."""
    parts: dict[str, Any] = {}
    for name in rule.arguments:
        converter = rule._converters[name]
        parts[name] = next(iter(converter.items)) if hasattr(converter, "items") else 1
    with app.test_request_context():
        return rule.build(parts)[1]  # type: ignore[index]


def token(page: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def test_a_form_without_its_token_does_nothing_anywhere(
    guarded: Flask, client: FlaskClient, make_account: MakeAccount
) -> None:
    make_account()
    page = client.get("/sign-in").text
    data = {"username": "ana.admin", "password": PASSWORD, "csrf_token": token(page)}
    assert client.post("/sign-in", data=data).status_code == 303
    writing = [rule for rule in guarded.url_map.iter_rules() if "POST" in (rule.methods or ())]
    assert len(writing) >= 8

    for rule in writing:
        answer = client.post(address(guarded, rule), data={})
        assert answer.status_code == 400, rule
        assert "open for too long" in answer.text, rule


def test_a_stale_form_gives_back_what_was_typed(guarded: Flask, client: FlaskClient) -> None:
    answer = client.post("/sign-in", data={"csrf_token": "old", "why": "porque <b>sí</b>"})
    assert answer.status_code == 400
    assert "porque &lt;b&gt;sí&lt;/b&gt;" in answer.text


def test_a_token_of_one_session_is_of_no_use_in_another(guarded: Flask, client: FlaskClient) -> None:
    stolen = token(guarded.test_client().get("/sign-in").text)
    client.get("/sign-in")
    assert client.post("/sign-in", data={"csrf_token": stolen}).status_code == 400


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://example.org"}, {"Origin": "http://localhost.example.org"}, {"Sec-Fetch-Site": "cross-site"}],
)
def test_a_form_from_another_site_is_refused(
    client: FlaskClient, make_account: MakeAccount, sign_in: SignIn, headers: dict[str, str]
) -> None:
    make_account()
    answer = client.post("/sign-in", data={"username": "ana.admin", "password": PASSWORD}, headers=headers)
    assert answer.status_code == 400
    assert "from another site" in answer.text
    assert client.get("/account").status_code == 302


def test_a_form_from_this_site_is_taken(client: FlaskClient, make_account: MakeAccount) -> None:
    make_account()
    data = {"username": "ana.admin", "password": PASSWORD}
    headers = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
    assert client.post("/sign-in", data=data, headers=headers).status_code == 303


def test_every_answer_carries_the_security_headers(
    app: Flask, client: FlaskClient, make_account: MakeAccount, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    @pages.public
    def broken() -> str:
        raise ZeroDivisionError("a secret of ours")

    monkeypatch.setitem(app.view_functions, "people.accounts", broken)
    make_account()
    answers = [
        client.get("/nowhere"),
        client.get("/sign-in"),
        client.get("/sign-out"),
        client.get("/account"),
        client.get("/healthz"),
        client.get("/accounts/"),
        client.post("/sign-in", data={}),
        sign_in(),
        client.get("/account"),
    ]
    assert [answer.status_code for answer in answers] == [404, 200, 405, 302, 200, 500, 422, 303, 200]
    for answer in answers:
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS, answer.request.path
        assert "a secret of ours" not in answer.text
    policy = HEADERS["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy


def test_the_session_cookie_is_kept_from_scripts_and_from_other_sites(
    make_account: MakeAccount, sign_in: SignIn
) -> None:
    make_account()
    cookie = sign_in().headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_pages_of_a_signed_in_person_are_not_kept_by_shared_caches(
    client: FlaskClient, make_account: MakeAccount, sign_in: SignIn
) -> None:
    make_account()
    sign_in()
    answer = client.get("/account")
    assert "private" in answer.headers["Cache-Control"]
    assert "Cookie" in answer.headers["Vary"]


def test_a_page_that_states_nothing_is_refused_even_to_administrators(
    app: Flask, client: FlaskClient, make_account: MakeAccount, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_account()
    sign_in()
    monkeypatch.setitem(app.view_functions, "people.account", lambda: "open")
    assert client.get("/account").status_code == 403


def test_every_page_that_is_not_public_sends_visitors_to_sign_in(app: Flask, client: FlaskClient) -> None:
    asked = 0
    for rule in app.url_map.iter_rules():
        if pages.stated(app.view_functions.get(rule.endpoint)) == pages.PUBLIC:
            continue
        for method in sorted({"GET", "POST"} & (rule.methods or set())):
            answer = client.open(address(app, rule), method=method)
            if rule.rule.startswith("/api/"):  # a program is told, not led to a page
                assert answer.status_code == 401, rule
            else:
                assert (answer.status_code, answer.location.partition("?")[0]) == (302, "/sign-in"), rule
            asked += 1
    assert asked >= 10


@pytest.mark.parametrize("value", ["\0", "a\0b"])
def test_a_character_no_database_takes_is_a_bad_request(
    client: FlaskClient, make_account: MakeAccount, sign_in: SignIn, value: str
) -> None:
    make_account()
    sign_in()
    assert client.get("/accounts/", query_string={"q": value}).status_code == 400
    assert client.post("/accounts/new", data={"name": value}).status_code == 400
    assert sign_in(value, "x").status_code == 400


@pytest.mark.parametrize("value", ["x" * 100_000, "\ud7ff\U0010ffff", "<script>", "%s%(name)s{{7*7}}", "'; --"])
def test_odd_text_in_any_field_is_answered_never_an_error(
    client: FlaskClient, make_account: MakeAccount, sign_in: SignIn, value: str
) -> None:
    boss = make_account()
    sign_in()
    fields = ("username", "name", "role", "curriculum", "region", "language", "current", "wanted", "again", "next")
    data = dict.fromkeys(fields, value)
    for path in ("/accounts/new", f"/accounts/{boss.id}/roles", "/account/password", "/account/language", "/sign-in"):
        answer = client.post(path, data=data)
        assert answer.status_code == 422, path
        assert "<script>" not in answer.text
    assert client.get("/accounts/", query_string={"q": value}).status_code == 200
