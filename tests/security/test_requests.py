"""Requests that no browser sends: odd numbers, bytes, methods, sizes, origins. Each a clear page, never a 500."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.people.permissions import Role
from tests import factories

from . import village
from .village import browser

HUGE = str(10**30)
NUMBERS = ("-1", "0", "1000000000", HUGE, "9" * 5_000, "1e9", "٣", "²", "NaN", "", "1\x0b", "0x10", "--1")
TEXTS = (
    "../../etc/passwd",
    "\u202e\u200b\ufeff\uffff%00",
    "'; DROP TABLE account; --",
    "<script>alert(1)</script>{{7*7}}",
    "².0.0",
    "99999.99999.99999",
    "x" * 100_000,
    HUGE,
    "-1",
)
PAGES = (
    "/editions/",
    "/editions/my-coop/PE/",
    "/editions/my-coop/PE/units/my-coop-1-1",
    "/editions/my-coop/PE/units/my-coop-1-1/edit",
    "/editions/my-coop/PE/compare",
    "/editions/my-coop/PE/history",
    "/editions/my-coop/PE/deviations",
    "/editions/my-coop/PE/exports",
    "/editions/my-coop/PE/sync",
    "/editions/my-coop/PE/fork",
    "/editions/my-coop/PE/release",
    "/editions/my-coop/PE/variables/buyer",
    "/editions/my-coop/lineage",
    "/editions/search",
    "/accounts/",
    "/sign-in",
)
PARAMETERS = (
    "q",
    "page",
    "v",
    "in",
    "from",
    "to",
    "unit",
    "state",
    "show",
    "country",
    "version",
    "here",
    "for",
    "next",
)


MULTIPART = "multipart/form-data; boundary=b"


def parts(name: str, count: int, value: str) -> bytes:
    """A form's body in many parts."""
    one = f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
    return (one * count + "--b--\r\n").encode()


def sane(answer: TestResponse) -> bool:
    """Whether an answer is a page that was meant, not a mistake of ours; and repeats no markup it was sent."""
    return answer.status_code < 500 and "<script>alert" not in answer.text


@pytest.fixture
def boss(app: Flask) -> FlaskClient:
    """A village, and the administrator's browser in it."""
    village.editions_made()
    village.people("admin.all")
    return browser(app, "admin.all")


def test_no_parameter_of_any_page_breaks_it(boss: FlaskClient) -> None:
    broken = []
    for page in PAGES:
        asked = [dict.fromkeys(PARAMETERS, value) for value in TEXTS]
        asked += [{"v": "².0.0"}, {"from": "r1", "to": "r999999999"}]
        for parameters in asked:
            answer = boss.get(page, query_string=parameters)
            if not sane(answer):
                broken.append(f"{page} with {str(parameters)[:60]}: {answer.status_code}")
    assert not broken, "\n".join(broken)


def test_no_page_number_breaks_a_list(boss: FlaskClient) -> None:
    for page in ("/editions/my-coop/PE/history", "/editions/my-coop/PE/compare", "/editions/search", "/accounts/"):
        for number in NUMBERS:
            assert boss.get(page, query_string={"page": number, "q": "a"}).status_code in (200, 400), (page, number)


def test_no_part_of_an_address_breaks_a_page(boss: FlaskClient) -> None:
    places = (
        "/editions/my-coop/PE/history/{}",
        "/editions/my-coop/PE/releases/{}",
        "/editions/my-coop/PE/exports/{}",
        "/editions/my-coop/PE/blocks/{}",
        "/editions/my-coop/PE/blocks/{}/edit",
        "/editions/my-coop/PE/units/{}",
        "/editions/my-coop/PE/units/media/{}",
        "/editions/my-coop/PE/variables/{}",
        "/editions/my-coop/PE/sync/{}",
        "/editions/my-coop/PE/sync/done/{}",
        "/editions/my-coop/{}/",
        "/editions/{}/PE/",
        "/editions/{}/lineage",
        "/assets/{}",
        "/accounts/{}",
    )
    values = (HUGE, "-1", "².0.0", "%2e%2e%2f", "%ED%A0%80", "%FF%FE", "%0d%0aX-Bad:%201", "<script>alert", "x" * 9_000)
    broken = []
    for place in places:
        for value in values:
            answer = boss.get(place.format(value))
            if not sane(answer) or "X-Bad" in answer.headers:
                broken.append(f"{place} with {value[:20]}: {answer.status_code}")
    assert not broken, "\n".join(broken)


def test_odd_methods_change_nothing(boss: FlaskClient) -> None:
    for method in ("PUT", "DELETE", "PROPFIND", "BREW", "OPTIONS", "HEAD"):
        for page in (*PAGES[:4], "/", "/nowhere", "/assets/x", "/editions/my-coop/PE/sync/apply"):
            answer = boss.open(page, method=method)
            assert answer.status_code in ((200, 404) if method in ("OPTIONS", "HEAD") else (404, 405)), (method, page)


NUMBERED = (
    ("/editions/my-coop/PE/units/my-coop-1-1/edit?in=es", "basis", {"text": "Otro texto.", "why": "porque sí"}),
    ("/editions/my-coop/PE/units/my-coop-1-1/edit?in=es", "basis", {"text": "Otro.", "do": "draft"}),
    ("/editions/my-coop/PE/modules", "release", {"module": "my-coop-1"}),
    ("/editions/my-coop/EC/release", "head", {"why": "porque sí"}),
    ("/editions/my-coop/PE/sync/apply", "head", {"why": "porque sí"}),
    ("/editions/my-coop/PE/blocks/{block}/move", "steps", {"why": "porque sí"}),
)


def test_no_number_in_a_form_breaks_it(app: Flask) -> None:
    places = village.editions_made()
    village.people("admin.all")
    client = browser(app, "admin.all")
    for page, name, data in NUMBERED:
        for number in NUMBERS:
            answer = client.post(page.format(**places["my-coop/PE"].parts), data={**data, name: number})
            assert answer.status_code < 500, (page, number)


def test_a_body_that_is_too_large_is_told_and_not_a_mistake_of_ours(boss: FlaskClient) -> None:
    page = "/editions/my-coop/PE/units/my-coop-1-1/edit"
    large = "a" * (9 * 1024 * 1024)
    for data in ({"text": large}, {"text": "a", "why": large}):
        answer = boss.post(page, data=data)
        assert answer.status_code == 413
        assert "larger than we can take" in answer.text
    assert boss.post(page, data=parts("text", 1, large), content_type=MULTIPART).status_code == 413
    for path in ("/sign-in", "/nowhere", "/editions/my-coop/PE/preview"):
        assert boss.post(path, data={"text": large}).status_code in (404, 413)


def test_ten_thousand_fields_are_no_mistake_of_ours(boss: FlaskClient) -> None:
    many = {f"field-{n}": "x" for n in range(10_000)}
    for path in ("/editions/my-coop/PE/units/my-coop-1-1/edit", "/editions/my-coop/PE/variables", "/sign-in"):
        assert boss.post(path, data=many).status_code < 500
        assert boss.post(path, data=parts("f", 10_000, "x"), content_type=MULTIPART).status_code == 413
    ticked = {"safe": [f"{n:016x}:es@{n:064x}" for n in range(10_000)]}
    answer = boss.post("/editions/my-coop/PE/sync/safe", data=ticked)
    assert answer.status_code == 303


@pytest.mark.parametrize(
    "body",
    [
        b"text=%00&why=a",
        b"text=a%00",
        b"%00=a",
        b"text=\xff\xfe\x00",
        b"text=%ED%A0%80%ED%BF%BF&why=%FF",
        b"\x00" * 100,
    ],
)
def test_bytes_that_are_no_text_are_refused_or_stored_as_marks(boss: FlaskClient, body: bytes) -> None:
    for path in ("/editions/my-coop/PE/units/my-coop-1-1/edit", "/editions/my-coop/PE/preview", "/sign-in"):
        answer = boss.post(path, data=body, content_type="application/x-www-form-urlencoded")
        assert answer.status_code < 500, (path, body)


@pytest.mark.parametrize(
    "content_type", ["application/json", "text/plain", "multipart/form-data", "x/y; charset=utf-7"]
)
def test_bodies_of_other_kinds_are_no_mistake_of_ours(boss: FlaskClient, content_type: str) -> None:
    for body in (b"", b"{", b'{"text": "a"}', b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\n"):
        answer = boss.post("/editions/my-coop/PE/variables", data=body, content_type=content_type)
        assert answer.status_code < 500


@pytest.mark.parametrize(
    "origin",
    ["http://[", "http://[::1", "null", "://", "http://localhost\x00", "javascript:", "http://localhost:80:80"],
)
def test_no_origin_breaks_a_form(client: FlaskClient, origin: str) -> None:
    answer = client.post("/sign-in", data={"username": "a", "password": "b"}, headers={"Origin": origin})
    assert answer.status_code in (400, 422)


def test_no_host_name_gets_into_a_page_or_a_redirect(app: Flask, client: FlaskClient) -> None:
    for host in ("evil.example", "localhost@evil.example", "evil.example/x", "[", "a b", "x" * 300):
        for path in ("/", "/sign-in", "/account", "/nowhere"):
            answer = client.get(path, headers={"Host": host})
            assert answer.status_code < 500
            assert host not in answer.text
            assert host not in answer.headers.get("Location", "")
        answer = client.post("/sign-in", headers={"Host": host, "Origin": "http://localhost"}, data={"username": "a"})
        assert answer.status_code < 500
        assert host not in answer.headers.get("Location", "")


NEXT = (
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "https:evil.example",
    "https://evil.example",
    "javascript:alert(1)",
    " //evil.example",
    "/%09/evil.example\u2028",
    "/../\u202e//evil.example",
    "http:/evil.example",
    "//evil.example@localhost/",
    "/.//evil.example/..\r\nLocation: //evil.example",
)


def test_signing_in_never_leads_to_another_site(app: Flask, client: FlaskClient) -> None:
    factories.account("ana", Role.READER)
    for wanted in NEXT:
        answer = client.post("/sign-in", data={"username": "ana", "password": factories.PASSWORD, "next": wanted})
        assert answer.status_code == 303
        target = answer.headers["Location"]
        assert re.match(r"/(?![/\\])", target), wanted
        assert "\\" not in target
        assert target.isprintable()
        page = client.get("/sign-in", query_string={"next": wanted})
        assert f'href="{wanted}' not in page.text
        assert f'action="{wanted}' not in page.text


def test_a_session_begun_before_signing_in_is_worth_nothing_after(app: Flask) -> None:
    village.people("designer.pe")
    attacker = app.test_client()
    attacker.get("/sign-in?lang=en")
    planted = attacker.get_cookie("session")
    assert planted is not None
    victim = app.test_client()
    victim.set_cookie("session", planted.value)
    victim.post("/sign-in", data={"username": "designer.pe", "password": factories.PASSWORD})
    signed_in = victim.get_cookie("session")
    assert signed_in is not None
    assert signed_in.value != planted.value
    assert attacker.get("/account").status_code == 302


def test_cookies_cannot_be_read_by_scripts_nor_sent_along_by_other_sites(app: Flask) -> None:
    village.people("designer.pe")
    for secure in (False, True):
        app.config["SESSION_COOKIE_SECURE"] = secure
        try:
            data = {"username": "designer.pe", "password": factories.PASSWORD}
            answer = app.test_client().post("/sign-in?theme=dark", data=data)
        finally:
            app.config["SESSION_COOKIE_SECURE"] = False
        cookies = {line.partition("=")[0]: line for line in answer.headers.getlist("Set-Cookie")}
        assert "HttpOnly" in cookies["session"]
        assert "SameSite=Lax" in cookies["session"]
        assert ("Secure" in cookies["session"]) is secure
        assert "SameSite=Lax" in cookies["theme"]


def test_a_forged_or_broken_session_cookie_is_a_visitor(app: Flask) -> None:
    village.people("designer.pe")
    for value in ("", "x", "eyJfdXNlcl9pZCI6IjE6MSJ9.aaaaaa.bbbbbb", ".", "a.b.c.d", "x" * 3_000):
        client = app.test_client()
        client.set_cookie("session", value)
        client.set_cookie("theme", "<script>alert(1)</script>")
        assert client.get("/account").status_code == 302
        assert sane(client.get("/"))
