"""Signing in and out: the story that works, and everything an attacker tries at this door."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.infra import clock
from app.infra.db import db
from app.people import passwords
from app.people.models import Account, SignInAttempt
from app.people.permissions import Role

from .conftest import PASSWORD, MakeAccount, SignIn


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.at = clock.now()
        monkeypatch.setattr(clock, "now", lambda: self.at)

    def move(self, minutes: int) -> None:
        self.at += timedelta(minutes=minutes)


@pytest.fixture
def frozen(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def attempts() -> list[str]:
    return list(db.session.scalars(select(SignInAttempt.username).order_by(SignInAttempt.id)))


def test_the_right_password_opens_a_session_and_signing_out_ends_it(
    client: FlaskClient, make_account: MakeAccount, sign_in: SignIn
) -> None:
    make_account()
    assert client.get("/account").location == "/sign-in?next=/account?"

    answer = sign_in(next="/account")

    assert (answer.status_code, answer.location) == (303, "/account")
    assert "Ana" in client.get("/account").text
    client.post("/sign-out")
    assert client.get("/account").status_code == 302


def test_the_user_name_is_found_whatever_its_case_and_spaces(make_account: MakeAccount, sign_in: SignIn) -> None:
    make_account()
    assert sign_in(" Ana.Admin ").status_code == 303


@pytest.mark.parametrize(
    ("username", "password"),
    [("ana.admin", "no es esta"), ("nadie.aqui", PASSWORD), ("cerrada", PASSWORD), ("muestra", PASSWORD)],
)
def test_wrong_passwords_unknown_closed_and_sample_accounts_are_answered_alike(
    app: Flask, make_account: MakeAccount, sign_in: SignIn, username: str, password: str
) -> None:
    make_account()
    make_account("muestra", Role.READER, demo=True)
    make_account("cerrada", Role.READER).active = False
    db.session.commit()

    answer = sign_in(username, password)

    assert answer.status_code == 422
    text = answer.text.replace(f'value="{username}"', 'value=""')
    assert "User name and password do not match" in text
    assert username not in text
    assert password not in text


def test_an_unknown_name_costs_a_whole_comparison_as_a_known_one_does(
    monkeypatch: pytest.MonkeyPatch, make_account: MakeAccount, sign_in: SignIn
) -> None:
    make_account()
    compared: list[bool] = []
    true_matches = passwords.matches

    def counted(kept: str | None, password: str) -> bool:
        compared.append(kept is None)
        return true_matches(kept, password)

    monkeypatch.setattr(passwords, "matches", counted)
    sign_in("ana.admin", "no es esta")
    sign_in("nadie.aqui", "no es esta")

    assert compared == [False, True]


def test_nobodys_password_never_matches() -> None:
    assert not passwords.matches(None, "")
    assert not passwords.matches("", "x")
    assert passwords.matches(passwords.hashed("x"), "x")


@pytest.mark.parametrize("username", ["ana.admin", "nadie.aqui"])
def test_guessing_locks_known_and_unknown_names_alike_and_says_for_how_long(
    app: Flask, frozen: Clock, make_account: MakeAccount, sign_in: SignIn, username: str
) -> None:
    make_account()
    for _ in range(app.config["LOCKOUT_FAILURES"]):
        assert sign_in(username, "no es esta").status_code == 422

    frozen.move(minutes=5)
    answer = sign_in(username, PASSWORD)

    assert answer.status_code == 429
    assert "wait 10 minutes" in answer.text


def test_a_lock_ends_by_itself(app: Flask, frozen: Clock, make_account: MakeAccount, sign_in: SignIn) -> None:
    make_account()
    for _ in range(app.config["LOCKOUT_FAILURES"]):
        sign_in(password="no es esta")
    frozen.move(minutes=app.config["LOCKOUT_MINUTES"])
    assert sign_in().status_code == 303


def test_a_right_password_forgets_the_wrong_ones(
    app: Flask, frozen: Clock, make_account: MakeAccount, sign_in: SignIn
) -> None:
    make_account()
    for _ in range(2):
        for _ in range(app.config["LOCKOUT_FAILURES"] - 1):
            assert sign_in(password="no es esta").status_code == 422
            frozen.move(minutes=0)
        frozen.at += timedelta(seconds=1)
        assert sign_in().status_code == 303
        frozen.at += timedelta(seconds=1)


def test_trying_many_names_from_one_address_is_locked_too(
    app: Flask, make_account: MakeAccount, sign_in: SignIn, frozen: Clock
) -> None:
    make_account()
    now: datetime = frozen.at
    db.session.add_all(
        SignInAttempt(username=f"u{n}", address="127.0.0.1", at=now, succeeded=False)
        for n in range(app.config["LOCKOUT_FAILURES"] * 10)
    )
    db.session.commit()

    answer = sign_in()

    assert answer.status_code == 429
    assert "from your connection" in answer.text


def test_every_try_is_kept_even_though_it_failed(make_account: MakeAccount, sign_in: SignIn) -> None:
    make_account()
    sign_in(password="no es esta")
    sign_in()
    assert attempts() == ["ana.admin", "ana.admin"]


def test_a_password_typed_into_the_name_field_is_not_kept(sign_in: SignIn) -> None:
    sign_in("Mi clave: ñandú 77!", "x")
    (kept,) = attempts()
    assert kept.startswith("sha256:")


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://example.org/",
        "//example.org",
        "/\\example.org",
        "\\\\example.org",
        "/\t/example.org",
        "javascript:alert(1)",
        "account",
        "http:account",
        "/%0d%0aX: y\r\nSet-Cookie: a=b",
        "",
    ],
)
def test_signing_in_never_leads_to_another_site(make_account: MakeAccount, sign_in: SignIn, elsewhere: str) -> None:
    make_account()
    assert sign_in(next=elsewhere).location == "/"


def test_signing_in_leads_on_with_its_query(make_account: MakeAccount, sign_in: SignIn) -> None:
    make_account()
    assert sign_in(next="/accounts/?q=ñ&page=2").location == "/accounts/?q=%C3%B1&page=2"


def test_the_form_keeps_the_name_and_the_way_but_never_the_password(sign_in: SignIn) -> None:
    text = sign_in("ana", "secreto largo", next="/account").text
    assert 'value="ana"' in text
    assert 'value="/account"' in text
    assert "secreto largo" not in text
    assert 'role="alert"' in text


def test_an_empty_form_is_answered_beside_its_fields(client: FlaskClient) -> None:
    answer = client.post("/sign-in", data={})
    assert answer.status_code == 422
    assert "Please write your user name." in answer.text
    assert 'aria-invalid="true"' in answer.text


def test_a_session_from_before_signing_in_is_not_carried_on(
    client: FlaskClient, make_account: MakeAccount, sign_in: SignIn
) -> None:
    make_account()
    with client.session_transaction() as session:
        session["planted"] = "by somebody else"
    sign_in()
    with client.session_transaction() as session:
        assert "planted" not in session


def test_signing_in_brings_the_accounts_own_language(
    client: FlaskClient, make_account: MakeAccount, sign_in: SignIn
) -> None:
    make_account(language="es")
    client.get("/sign-in?lang=en")
    sign_in()
    assert '<html lang="es"' in client.get("/account").text


def test_a_visitors_language_stays_when_the_account_has_none(
    client: FlaskClient, make_account: MakeAccount, sign_in: SignIn
) -> None:
    make_account()
    client.get("/sign-in?lang=es")
    sign_in()
    assert '<html lang="es"' in client.get("/account").text
    client.post("/sign-out")
    assert '<html lang="es"' in client.get("/sign-in").text


def test_demo_mode_shows_the_sample_accounts_and_lets_them_in_with_one_button(
    app: Flask, monkeypatch: pytest.MonkeyPatch, client: FlaskClient, make_account: MakeAccount, sign_in: SignIn
) -> None:
    from app.people.rules import DEMO_PASSWORD

    make_account("muestra", Role.DESIGNER, "my-coop/PE", DEMO_PASSWORD, demo=True)
    make_account("de.verdad", Role.READER)
    assert DEMO_PASSWORD not in client.get("/sign-in").text

    monkeypatch.setitem(app.config, "DEMO", True)
    page = client.get("/sign-in").text

    assert DEMO_PASSWORD in page
    assert 'value="muestra"' in page
    assert "Designer · my-coop · Peru" in page
    assert "de.verdad" not in page
    assert sign_in("muestra", DEMO_PASSWORD).status_code == 303
    assert client.get("/account").status_code == 200

    monkeypatch.setitem(app.config, "DEMO", False)
    assert client.get("/account").status_code == 302


def test_a_get_of_the_sign_in_page_writes_nothing(client: FlaskClient, make_account: MakeAccount) -> None:
    make_account()
    before = db.session.scalar(select(func.count(SignInAttempt.id)))
    client.get("/sign-in?username=ana.admin&password=x")
    assert db.session.scalar(select(func.count(SignInAttempt.id))) == before
    assert db.session.scalar(select(func.count(Account.id))) == 1
