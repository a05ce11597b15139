"""Accounts: made, given roles, reset, closed; by whom, and what each of these ends at once."""

from __future__ import annotations

import re
from threading import Barrier, Thread

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.core.errors import Refused
from app.infra.audit import AuditEntry
from app.infra.db import db
from app.people import actions, queries, rules
from app.people.models import Account
from app.people.permissions import COMMAND_LINE, Actor, NotAllowed, Role, Scope, parse_scope

from .conftest import PASSWORD, MakeAccount, SignIn

NEW = {
    "username": "rosa.quispe",
    "name": "Rosa Quispe",
    "language": "es",
    "role": "designer",
    "curriculum": "my-coop",
    "region": "pe",
}


def shown_password(page: str) -> str:
    found = re.search(r'id="password">([^<]+)<', page)
    assert found is not None
    return found[1]


def account(username: str) -> Account:
    db.session.expire_all()
    found = queries.account_by_username(username)
    assert found is not None
    return found


def deeds(of: Account) -> list[tuple[str, int | None]]:
    return [(entry.action, entry.account_id) for entry, _ in queries.history(of)]


def actor(of: Account) -> Actor:
    return queries.actor_of(of)


def test_an_administrator_makes_an_account_and_its_password_works_once_until_it_is_changed(
    app: Flask, client: FlaskClient, make_account: MakeAccount, sign_in: SignIn
) -> None:
    boss = make_account()
    sign_in()

    answer = client.post("/accounts/new", data=NEW)

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    password = shown_password(answer.text)
    made = account("rosa.quispe")
    assert (made.language, made.must_change_password) == ("es", True)
    assert [(r.role, r.curriculum, r.region, r.granted_by_id) for r in made.roles] == [
        (Role.DESIGNER, "my-coop", "PE", boss.id)
    ]
    assert deeds(made) == [("role.granted", boss.id), ("account.created", boss.id)]
    assert password not in client.get(f"/accounts/{made.id}").text

    client.post("/sign-out")
    answer = sign_in("rosa.quispe", password, next="/account?x=1")
    assert answer.location == "/account/password?next=/account?x%3D1"
    assert client.get("/account").location == "/account/password"
    answer = client.post(
        "/account/password",
        data={"current": password, "wanted": PASSWORD, "again": PASSWORD, "next": "/account?x=1"},
    )
    assert answer.location == "/account?x=1"
    assert client.get("/account").status_code == 200


def test_sending_the_form_twice_is_answered_beside_the_name_and_keeps_what_was_typed(
    client: FlaskClient, make_account: MakeAccount, sign_in: SignIn
) -> None:
    make_account()
    sign_in()
    client.post("/accounts/new", data=NEW)

    answer = client.post("/accounts/new", data=NEW | {"username": " ROSA.quispe"})

    assert answer.status_code == 409
    assert "There is an account called rosa.quispe already." in answer.text
    assert 'aria-describedby="username-hint username-fault"' in answer.text
    assert 'value="Rosa Quispe"' in answer.text
    assert 'value="pe"' in answer.text


@pytest.mark.parametrize(
    ("changed", "field", "said"),
    [
        ({"username": "x"}, "username", "A user name has 2 to 40"),
        ({"username": "con espacio"}, "username", "A user name has 2 to 40"),
        ({"username": ""}, "username", "Please write a user name."),
        ({"name": ""}, "name", "Please write the person's name."),
        ({"name": "a\nb"}, "name", "on one line"),
        ({"name": "x" * 300}, "name", "That is too long."),
        ({"region": "XX"}, "region", "There is no region XX."),
        ({"region": "PE-ZZZ"}, "region", "There is no region PE-ZZZ."),
        ({"curriculum": "My Coop!"}, "curriculum", "A curriculum is named by"),
        ({"role": "king"}, "role", "choice"),
        ({"role": ""}, "role", "Please choose a role."),
        ({"language": "de"}, "language", "choice"),
    ],
)
def test_what_will_not_do_is_said_beside_its_field(
    client: FlaskClient,
    make_account: MakeAccount,
    sign_in: SignIn,
    changed: dict[str, str],
    field: str,
    said: str,
) -> None:
    make_account()
    sign_in()

    answer = client.post("/accounts/new", data=NEW | changed)

    assert answer.status_code == 422
    fault = answer.text.partition(f'id="{field}-fault"')[2].partition("</p>")[0]
    assert said in fault
    assert f'<a href="#{field}">' in answer.text
    assert queries.account_by_username("rosa.quispe") is None


def test_two_who_take_the_same_name_at_the_same_moment_get_one_account(committed_app: Flask) -> None:
    start, outcomes = Barrier(2), []

    def make() -> None:
        with committed_app.app_context():
            start.wait()
            try:
                actions.create_account(
                    COMMAND_LINE, "rosa.quispe", PASSWORD, name="Rosa", role=Role.READER, scope=Scope()
                )
                outcomes.append("made")
            except Refused as refused:
                outcomes.append(type(refused).__name__)

    threads = [Thread(target=make) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["UsernameTaken", "made"]


def test_two_administrators_who_close_each_other_at_the_same_moment_leave_one(committed_app: Flask) -> None:
    with committed_app.app_context():
        for name in ("ana.admin", "blas.admin"):
            actions.create_account(COMMAND_LINE, name, PASSWORD, name=name, role=Role.ADMINISTRATOR, scope=Scope())
    start, outcomes = Barrier(2), []

    def close(username: str) -> None:
        with committed_app.app_context():
            found = queries.account_by_username(username)
            assert found is not None
            db.session.rollback()
            start.wait()
            try:
                actions.set_active(COMMAND_LINE, found, False)
                outcomes.append("closed")
            except rules.LastAdministrator:
                outcomes.append("kept")

    threads = [Thread(target=close, args=(name,)) for name in ("ana.admin", "blas.admin")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["closed", "kept"]


def test_a_reset_ends_every_session_and_opens_a_locked_account(
    app: Flask, client: FlaskClient, make_account: MakeAccount, sign_in: SignIn
) -> None:
    make_account()
    rosa = make_account("rosa.quispe", Role.DESIGNER)
    phone = app.test_client()
    phone.post("/sign-in", data={"username": "rosa.quispe", "password": PASSWORD})
    assert phone.get("/account").status_code == 200
    for _ in range(app.config["LOCKOUT_FAILURES"]):
        phone.post("/sign-in", data={"username": "rosa.quispe", "password": "no es esta"})
    sign_in()

    answer = client.post(f"/accounts/{rosa.id}/password")

    assert answer.headers["Cache-Control"] == "no-store"
    assert phone.get("/account").location == "/sign-in?next=/account?"
    assert sign_in("rosa.quispe", PASSWORD).status_code == 422
    assert sign_in("rosa.quispe", shown_password(answer.text)).status_code == 303


def test_a_closed_account_cannot_go_on_and_comes_back_as_it_was(
    app: Flask, client: FlaskClient, make_account: MakeAccount, sign_in: SignIn
) -> None:
    make_account()
    rosa = make_account("rosa.quispe", Role.DESIGNER)
    phone = app.test_client()
    phone.post("/sign-in", data={"username": "rosa.quispe", "password": PASSWORD})
    sign_in()

    client.post(f"/accounts/{rosa.id}/close")

    assert phone.get("/account").status_code == 302
    assert phone.post("/sign-in", data={"username": "rosa.quispe", "password": PASSWORD}).status_code == 422
    assert "This account is closed." in client.get(f"/accounts/{rosa.id}").text
    client.post(f"/accounts/{rosa.id}/open")
    assert phone.get("/account").status_code == 302
    assert phone.post("/sign-in", data={"username": "rosa.quispe", "password": PASSWORD}).status_code == 303
    assert [r.role for r in account("rosa.quispe").roles] == [Role.DESIGNER]


def test_an_ended_role_ends_at_once_in_open_sessions(
    app: Flask, client: FlaskClient, make_account: MakeAccount, sign_in: SignIn
) -> None:
    boss = make_account()
    second = make_account("blas.admin")
    phone = app.test_client()
    phone.post("/sign-in", data={"username": "blas.admin", "password": PASSWORD})
    assert phone.get("/accounts/").status_code == 200
    sign_in()

    answer = client.post(f"/accounts/{second.id}/roles/{second.roles[0].id}/end")

    assert answer.status_code == 303
    assert phone.get("/accounts/").status_code == 403
    assert deeds(account("blas.admin"))[0] == ("role.ended", boss.id)


def test_a_role_is_given_once_and_ended_once(client: FlaskClient, make_account: MakeAccount, sign_in: SignIn) -> None:
    boss = make_account()
    rosa = make_account("rosa.quispe", Role.READER)
    sign_in()
    for _ in range(2):
        client.post(f"/accounts/{rosa.id}/roles", data={"role": "reviewer", "region": "pe-sam"})
    held = [r for r in account("rosa.quispe").roles if r.role is Role.REVIEWER]
    assert [(r.curriculum, r.region, r.granted_by_id) for r in held] == [(None, "PE-SAM", boss.id)]

    for _ in range(2):
        client.post(f"/accounts/{rosa.id}/roles/{held[0].id}/end")

    assert [action for action, _ in deeds(account("rosa.quispe"))].count("role.ended") == 1
    client.post(f"/accounts/{rosa.id}/roles", data={"role": "reviewer", "region": "PE-SAM"})
    assert len(account("rosa.quispe").roles) == 3


def test_a_role_that_cannot_be_given_keeps_the_form_open(
    client: FlaskClient, make_account: MakeAccount, sign_in: SignIn
) -> None:
    make_account()
    rosa = make_account("rosa.quispe", Role.READER)
    sign_in()

    answer = client.post(f"/accounts/{rosa.id}/roles", data={"role": "reviewer", "region": "Loreto"})

    assert answer.status_code == 422
    assert '<details class="ask" open>' in answer.text
    assert 'value="Loreto"' in answer.text


def test_the_last_administrator_can_neither_go_nor_give_the_role_away(
    client: FlaskClient, make_account: MakeAccount, sign_in: SignIn
) -> None:
    boss = make_account()
    make_account("blas.peru", Role.ADMINISTRATOR, "*/PE")
    sign_in()
    for path in (f"/accounts/{boss.id}/close", f"/accounts/{boss.id}/roles/{boss.roles[0].id}/end"):
        answer = client.post(path)
        assert answer.status_code == 409
        assert "This is the last administrator" in answer.text


@pytest.mark.parametrize(
    ("scope", "allowed"), [("*/PE", True), ("my-coop/PE-SAM", True), ("*/EC", False), ("*", False), ("*/001", False)]
)
def test_who_manages_a_country_manages_its_accounts_and_no_others(
    client: FlaskClient, make_account: MakeAccount, sign_in: SignIn, scope: str, allowed: bool
) -> None:
    make_account()
    make_account("blas.peru", Role.ADMINISTRATOR, "*/PE")
    rosa = make_account("rosa.quispe", Role.DESIGNER, scope)
    sign_in("blas.peru")

    page = client.get(f"/accounts/{rosa.id}").text
    assert (f"/accounts/{rosa.id}/password" in page) == allowed
    assert (f"/roles/{rosa.roles[0].id}/end" in page) == allowed
    for path in ("close", "password", f"roles/{rosa.roles[0].id}/end"):
        assert (client.post(f"/accounts/{rosa.id}/{path}").status_code != 403) == allowed, path


def test_who_manages_a_country_cannot_make_themselves_more(
    client: FlaskClient, make_account: MakeAccount, sign_in: SignIn
) -> None:
    boss = make_account()
    blas = make_account("blas.peru", Role.ADMINISTRATOR, "*/PE")
    sign_in("blas.peru")

    for data in ({"role": "administrator"}, {"role": "administrator", "region": "001"}):
        answer = client.post(f"/accounts/{blas.id}/roles", data=data)
        assert answer.status_code == 403
    assert client.post("/accounts/new", data=NEW | {"region": ""}).status_code == 403
    assert client.post(f"/accounts/{boss.id}/password").status_code == 403
    assert len(account("blas.peru").roles) == 1


def test_a_role_number_of_another_account_is_not_found(
    client: FlaskClient, make_account: MakeAccount, sign_in: SignIn
) -> None:
    boss = make_account()
    rosa = make_account("rosa.quispe", Role.READER)
    sign_in()
    assert client.post(f"/accounts/{boss.id}/roles/{rosa.roles[0].id}/end").status_code == 404


@pytest.mark.parametrize("role", [Role.DESIGNER, Role.REVIEWER, Role.READER])
def test_only_administrators_reach_the_accounts(
    client: FlaskClient, make_account: MakeAccount, sign_in: SignIn, role: Role
) -> None:
    boss = make_account()
    make_account("rosa.quispe", role)
    sign_in("rosa.quispe")
    assert "/accounts/" not in client.get("/account").text
    for path in ("/accounts/", "/accounts/new", f"/accounts/{boss.id}"):
        assert client.get(path).status_code == 403
    for path in ("/accounts/new", f"/accounts/{boss.id}/password", f"/accounts/{boss.id}/close"):
        assert client.post(path, data=NEW).status_code == 403


def test_the_actor_never_comes_from_what_is_sent(
    client: FlaskClient, make_account: MakeAccount, sign_in: SignIn
) -> None:
    boss = make_account()
    rosa = make_account("rosa.quispe", Role.READER)
    sign_in("rosa.quispe")
    forged = {"actor": str(boss.id), "actor_id": str(boss.id), "account_id": str(boss.id), "account": "ana.admin"}

    client.post("/account/language?account_id=1", data=forged | {"language": "es"})
    client.post(
        "/account/password",
        data=forged | {"current": PASSWORD, "wanted": "otra clave larga", "again": "otra clave larga"},
    )

    assert account("ana.admin").language is None
    assert account("rosa.quispe").language == "es"
    assert deeds(account("rosa.quispe"))[0] == ("account.password_changed", rosa.id)
    assert ("account.password_changed", boss.id) not in deeds(account("ana.admin"))
    with pytest.raises(NotAllowed):
        actions.set_language(actor(rosa), boss, "en")
    with pytest.raises(NotAllowed):
        actions.change_password(actor(rosa), boss, PASSWORD, "otra clave larga", address="")


def test_changing_ones_password_ends_the_other_sessions_and_keeps_this_one(
    app: Flask, client: FlaskClient, make_account: MakeAccount, sign_in: SignIn
) -> None:
    make_account()
    phone = app.test_client()
    phone.post("/sign-in", data={"username": "ana.admin", "password": PASSWORD})
    sign_in()

    answer = client.post(
        "/account/password", data={"current": PASSWORD, "wanted": "otra clave larga", "again": "otra clave larga"}
    )

    assert answer.location == "/account"
    assert client.get("/account").status_code == 200
    assert phone.get("/account").status_code == 302


@pytest.mark.parametrize(
    ("changed", "field", "said"),
    [
        ({"current": "no es esta"}, "current", "That is not your current password."),
        ({"again": "distinta del todo"}, "again", "are not the same"),
        ({"wanted": "corta", "again": "corta"}, "wanted", "at least 10 characters"),
        ({"wanted": "xana.adminx", "again": "xana.adminx"}, "wanted", "contains your user name"),
        ({"wanted": ""}, "wanted", "Please write a new password."),
    ],
)
def test_a_password_that_will_not_do_changes_nothing(
    client: FlaskClient, make_account: MakeAccount, sign_in: SignIn, changed: dict[str, str], field: str, said: str
) -> None:
    before = make_account().password_hash
    sign_in()
    data = {"current": PASSWORD, "wanted": "otra clave larga", "again": "otra clave larga"} | changed

    answer = client.post("/account/password", data=data)

    assert answer.status_code == 422
    assert said in answer.text.partition(f'id="{field}-fault"')[2].partition("</p>")[0]
    assert account("ana.admin").password_hash == before


def test_an_open_screen_cannot_be_used_to_guess_the_present_password(
    app: Flask, client: FlaskClient, make_account: MakeAccount, sign_in: SignIn
) -> None:
    make_account()
    sign_in()
    data = {"current": "no es esta", "wanted": "otra clave larga", "again": "otra clave larga"}
    for _ in range(app.config["LOCKOUT_FAILURES"]):
        assert client.post("/account/password", data=data).status_code == 422
    assert client.post("/account/password", data=data | {"current": PASSWORD}).status_code == 429


def test_a_kept_language_is_the_accounts_from_then_on_and_nobody_elses(
    app: Flask, client: FlaskClient, make_account: MakeAccount, sign_in: SignIn
) -> None:
    make_account()
    sign_in()
    assert client.post("/account/language", data={"language": "xx"}).status_code == 422
    assert client.post("/account/language", data={"language": "es"}).location == "/account"
    assert '<html lang="es"' in client.get("/account").text
    assert account("ana.admin").language == "es"
    phone = app.test_client()
    phone.post("/sign-in", data={"username": "ana.admin", "password": PASSWORD})
    assert '<html lang="es"' in phone.get("/account").text


def test_asking_for_a_language_in_the_address_writes_nothing_to_the_account(
    client: FlaskClient, make_account: MakeAccount, sign_in: SignIn
) -> None:
    make_account(language="es")
    sign_in()
    assert '<html lang="en"' in client.get("/account?lang=en").text
    assert '<html lang="en"' in client.get("/account").text
    assert account("ana.admin").language == "es"


def test_the_list_is_searched_turned_and_never_out_of_range(
    client: FlaskClient, make_account: MakeAccount, sign_in: SignIn
) -> None:
    boss = make_account()
    db.session.add_all(
        Account(
            username=f"persona{n:02}",
            name=f"Ñusta {n:02}" if n else "100% Ñusta",
            password_hash="-",
            stamp="-",
            created_at=boss.created_at,
        )
        for n in range(60)
    )
    db.session.commit()
    sign_in()

    first, last = client.get("/accounts/").text, client.get("/accounts/?page=99").text
    assert first.count('class="title"') == 50
    assert last.count('class="title"') == 11
    assert "page=2" in first
    assert "page=1" in last
    assert client.get("/accounts/?q=ñusta+07").text.count('class="title"') == 1
    assert client.get("/accounts/?q=100%25").text.count('class="title"') == 1
    assert client.get("/accounts/?q=PERSONA1").text.count('class="title"') == 10
    assert "Nobody by that name" in client.get("/accounts/?q=_").text
    for page in ("0", "-1", "x", "99999999999999999999"):
        assert client.get(f"/accounts/?page={page}").status_code == 200


def test_what_happened_names_who_did_it(client: FlaskClient, make_account: MakeAccount, sign_in: SignIn) -> None:
    make_account()
    rosa = make_account("rosa.quispe", Role.READER)
    sign_in()
    client.post(f"/accounts/{rosa.id}/roles", data={"role": "reviewer", "curriculum": "my-coop", "region": "PE"})

    page = client.get(f"/accounts/{rosa.id}").text.partition("What happened")[2]

    assert re.search(r"Role given: Reviewer, my-coop · Peru\s*<p>[^<]* · Ana</p>", page)
    assert re.search(r"Account made\s*<p>[^<]* · the command line</p>", page)


def test_an_account_that_is_not_there_is_not_found(
    client: FlaskClient, make_account: MakeAccount, sign_in: SignIn
) -> None:
    make_account()
    sign_in()
    for number in ("0", "4711", "99999999999999999999"):
        assert client.get(f"/accounts/{number}").status_code == 404
        assert client.post(f"/accounts/{number}/close").status_code == 404


def test_the_number_of_queries_of_the_list_does_not_grow_with_its_rows(
    client: FlaskClient, make_account: MakeAccount, sign_in: SignIn
) -> None:
    from sqlalchemy import event

    make_account()
    sign_in()
    counts = []
    for _ in range(2):
        for n in range(3):
            make_account(f"persona{len(counts)}{n}", Role.READER)
        seen: list[str] = []

        def note(_c: object, _u: object, statement: str, *_: object, seen: list[str] = seen) -> None:
            if statement.startswith("SELECT"):
                seen.append(statement)

        event.listen(db.engine, "before_cursor_execute", note)
        client.get("/accounts/")
        event.remove(db.engine, "before_cursor_execute", note)
        counts.append(len(seen))
    assert 0 < counts[0] == counts[1]


def test_the_record_of_a_deed_is_there_for_every_change(app: Flask, make_account: MakeAccount) -> None:
    boss = actor(make_account())
    rosa = make_account("rosa.quispe", Role.READER)
    actions.set_active(boss, rosa, False)
    actions.set_active(boss, rosa, False)
    actions.set_active(boss, rosa, True)
    actions.reset_password(boss, rosa)
    actions.end_role(boss, actions.grant_role(boss, rosa, Role.REVIEWER, parse_scope("*/PE")))

    noted = db.session.scalars(
        select(AuditEntry.action).where(AuditEntry.account_id == boss.account_id).order_by(AuditEntry.id)
    ).all()

    assert noted == ["account.closed", "account.opened", "account.password_reset", "role.granted", "role.ended"]
