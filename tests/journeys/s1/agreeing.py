"""The representative of the co-operative says something and proposes other words; the designer answers; all sign."""

from __future__ import annotations

from playwright.sync_api import expect

from app.core.content import Uid
from tests.journeys.deeds import at
from tests.journeys.screens import Screen

from .cast import HERE, Cast, uid_of, unfold, validation

UNIT = "my-coop-1-1"
WORDS = "El triángulo se apoya en sus tres esquinas."
PROPOSED = "Como la cocina de tres piedras, el triángulo se apoya en sus tres esquinas."
ENGLISH = ("The triangle stands", "Like a hearth of three stones, the triangle stands")
COMMENT = "En la cocina de leña todas conocen las tres piedras (demo)"
SOURCE = "Asamblea de la cooperativa Ribera Mansa (demo), acta 4"


def comments_and_proposes(screen: Screen) -> Uid:
    uid = uid_of(screen, UNIT, WORDS)
    screen.go(at(HERE, "blocks", f"{uid}?in=es"))
    form = unfold(screen, "Say something")
    screen.fill({"text": COMMENT}, form)
    screen.axe()
    screen.press("Say it", form)
    screen.reads(COMMENT)
    screen.go(at(HERE, "blocks", f"{uid}?in=es"))
    screen.follow("Propose something")
    text = screen.page.locator("#text")
    text.fill(text.input_value().replace(WORDS, PROPOSED))
    screen.fill({"why": "Así lo explican las promotoras (demo)", "evidence": SOURCE})
    screen.axe()
    screen.fits()
    screen.press("Propose it")
    screen.reads("Así lo explican las promotoras (demo)")
    return uid


def accepts_and_settles(screen: Screen, uid: Uid) -> None:
    screen.go(at(HERE, "proposals"))
    screen.axe()
    screen.send(screen.main.locator("a[href*='/proposals/']").first)
    screen.reads("Así lo explican las promotoras (demo)")
    screen.axe()
    screen.send(screen.main.locator("button[name=choice][value=accept]"))
    screen.go(at(HERE, "blocks", f"{uid}?in=es"))
    screen.reads(PROPOSED)
    screen.reads(SOURCE)
    screen.go(at(HERE, "blocks", uid, "comments?in=es"))
    screen.axe()
    screen.press("It is settled")


def sign(cast: Cast) -> None:
    """Each signs for what is theirs, the representative on a phone; nobody signs for all."""
    for who, roles in (
        ("disena", ("content", "licence")),
        ("revisa", ("legal", "language")),
        ("representa", ("representative",)),
    ):
        screen = cast.screen(who)
        for role in roles:
            screen.go(validation("signatures"))
            screen.axe()
            row = screen.main.locator(f"#r-{role}")
            screen.press("Sign", row)
            screen.sees("Signed.")
    expect(cast.representative.main).not_to_contain_text(cast.representative.say("nobody has signed yet"))
    cast.representative.fits()
