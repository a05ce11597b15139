"""Signing in, being locked out, and changing a password, as people do it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from app.people.permissions import Role
from tests import factories

from .conftest import OpenScreen
from .screens import Look
from .site import Site, serving

pytestmark = pytest.mark.xdist_group("journeys-accounts")
NEW = "cinco palabras nuevas y largas"


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with serving("sqlite", LOCKOUT_FAILURES=3) as site:
        with site.app.app_context():
            factories.load()
            for username in ("rosa", "luz", "ines", "elena"):
                factories.account(username, Role.DESIGNER)
        yield site


@pytest.mark.parametrize("look", [Look("es"), Look("en", "desktop", "dark")], ids=str)
def test_guessing_a_password_locks_the_account_and_says_for_how_long(
    site: Site, open_screen: OpenScreen, look: Look
) -> None:
    username = {"es": "rosa", "en": "luz"}[look.language]
    screen = open_screen(site, look)
    for _ in range(3):
        screen.sign_in(username, "not the password")
        screen.sees("User name and password do not match. Check both and try again.")
        expect(screen.page.locator("[name=username]").first).to_have_value(username)
    screen.axe()
    screen.sign_in(username, factories.PASSWORD)
    screen.sees(
        "Too many wrong passwords for this account. Please wait %(minutes)s minutes, or ask an administrator.",
        minutes=15,
    )
    screen.sign_in("ines", factories.PASSWORD)
    assert screen.path == "/"


def test_a_changed_password_ends_the_other_sessions_and_is_the_only_one_that_opens(
    site: Site, open_screen: OpenScreen
) -> None:
    elsewhere, screen = open_screen(site, Look("en", "desktop")), open_screen(site)
    for each in (elsewhere, screen):
        each.sign_in("elena", factories.PASSWORD)
    screen.go("/account/password")
    screen.fill({"current": factories.PASSWORD, "wanted": NEW, "again": "something else"})
    screen.send(screen.main.locator("form button"))
    screen.sees("The two new passwords are not the same. Please type the second one again.")
    screen.axe()
    screen.fill({"current": factories.PASSWORD, "wanted": NEW, "again": NEW})
    screen.send(screen.main.locator("form button"))
    screen.sees("Your password is changed. Wherever else you were signed in, you are not any more.")

    elsewhere.go("/account")
    assert elsewhere.path.startswith("/sign-in?next=")
    elsewhere.sign_in("elena", factories.PASSWORD)
    elsewhere.sees("User name and password do not match. Check both and try again.")
    elsewhere.sign_in("elena", NEW)
    elsewhere.sign_out()
    elsewhere.sees("You are signed out.")
    screen.go("/account")
