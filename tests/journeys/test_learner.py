"""A learner with a card on a cheap phone: chooses a PIN, sees the path, reads, answers, changes language, is certified.

Spanish first; what was read in Spanish is read in English too. A visitor then checks the certificate by its number.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from app.delivery.actions import attendance, sessions
from app.delivery.actions.attendance import Marked
from app.delivery.actions.sessions import Report, SessionDetails, Taught
from app.delivery.kinds import Extent, Mark
from app.infra import clock
from app.infra.db import db
from app.learning.actions import assessments, certificates
from app.learning.kinds import AssessmentKind, CertificateKind
from app.people.actions import cards, persons
from app.people.kinds import ContactKind
from app.people.models import Person
from app.people.permissions import COMMAND_LINE
from tests.learning import paper

from . import site as sites
from .conftest import OpenScreen
from .screens import Look, Screen
from .site import Site

PHONE = Look("es", "phone", "light")
PIN = "7391"
FIRST = date(2026, 3, 6)
MARKS = (Mark.PRESENT, Mark.LATE, Mark.ABSENT, Mark.PRESENT, Mark.EXCUSED, Mark.PARTIAL)


@dataclass(frozen=True, slots=True)
class Learner:
    """A site in which somebody learns, the code of their card, and the number of their certificate."""

    site: Site
    code: str
    serial: str
    name: str


def learning(site: Site) -> Learner:
    """Six sessions behind, one ahead; a quiz to answer, a certificate of the half-way mark, a trainer with a phone."""
    with site.app.app_context():
        field = paper.field(2, 0)
        one = field.learners[0]
        weekly = [SessionDetails(f"Sesión {n + 1}", FIRST + timedelta(weeks=n)) for n in range(len(MARKS))]
        for session, mark in zip(sessions.plan_sessions(COMMAND_LINE, field.cohort, weekly), MARKS, strict=True):
            taught = (Taught(paper.UNIT, Extent.FULLY),) if session.planned_on == FIRST else ()
            sessions.report_session(COMMAND_LINE, session, Report(session.planned_on, 90, taught=taught))
            minutes = 60 if mark is Mark.PARTIAL else None
            attendance.roll_call(COMMAND_LINE, session, [Marked(one.id, mark, minutes=minutes)])
        ahead = SessionDetails("Precios justos", clock.now().date() + timedelta(days=3), place="Casa comunal de Lamas")
        sessions.plan_sessions(COMMAND_LINE, field.cohort, [ahead])
        assessments.create_assessment(
            COMMAND_LINE, field.cohort, AssessmentKind.QUIZ, "Lo que sé de los precios", units=[paper.UNIT]
        )
        persons.add_contact(COMMAND_LINE, field.trainer, ContactKind.WHATSAPP, "+51 987 654 321")
        person = db.session.get_one(Person, one.person_id)
        card = cards.issue_card(COMMAND_LINE, person)
        given = certificates.issue(COMMAND_LINE, one, CertificateKind.PARTICIPATION, clock.now().date())
        found = Learner(site, card.code, given.serial, person.name)
        db.session.commit()
        db.session.remove()
    return found


@pytest.fixture(params=["sqlite", "postgresql"])
def learner(request: pytest.FixtureRequest) -> Iterator[Learner]:
    with sites.serving(request.param) as site:
        yield learning(site)


def test_a_learner_with_a_card_reads_answers_and_shows_a_certificate(learner: Learner, open_screen: OpenScreen) -> None:
    screen = open_screen(learner.site, PHONE)
    screen.go(f"/card?card={learner.code}&next=/my/")
    screen.fill({"pin": PIN, "again": PIN})
    screen.press("Come in")
    screen.go("/my/")
    screen.reads("Persona0")
    for said in ("What is next", "You are here", "My attendance", "Who trains me"):
        screen.sees(said)
    screen.reads("Casa comunal de Lamas")
    expect(screen.main.locator("ul.leaves:not(.legend) > li")).to_have_count(len(MARKS))
    assert screen.main.locator("a[href='tel:+51987654321']").count() == 1
    assert screen.page.locator("script").count() == 0
    screen.fits()
    screen.axe()

    screen.send(screen.main.locator(f"a.title[href='/my/read/lamas/{paper.UNIT}']"))
    screen.reads("El precio se fija en asamblea.")
    screen.fits()
    screen.axe()
    screen.press("I have read it")
    screen.go(f"/my/read/lamas/{paper.UNIT}?lang=en")
    screen.language = "en"
    screen.reads("The price is set in the assembly.")
    screen.sees("You have read this unit.")
    screen.go(f"/my/read/lamas/{paper.UNIT}?lang=es")
    screen.language = "es"

    keeps_the_units(screen)

    screen.go("/my/")
    screen.follow("Answer")
    answers_the_quiz(screen.page)
    screen.sees("Thank you. Everything is answered.")
    screen.reads("Decide la membresía.")
    screen.fits()
    screen.axe()

    visitor = open_screen(learner.site, PHONE)
    visitor.go("/certificates/")
    visitor.fill({"serial": learner.serial.lower()})
    visitor.press("Check it")
    visitor.sees("This certificate is valid")
    visitor.reads("P. E.")
    assert learner.name not in visitor.main.inner_text()
    visitor.fits()
    visitor.axe()


def keeps_the_units(screen: Screen) -> None:
    """On this phone, to be read with no connection; what is kept names nobody."""
    screen.go("/my/")
    screen.follow("Read without a connection")
    screen.fits()
    screen.axe()
    screen.button("Keep them on this phone").click()
    screen.sees("The units are on this phone.")
    screen.page.context.set_offline(True)
    screen.go(f"/my/keep/lamas/{paper.UNIT}")
    screen.reads("El precio se fija en asamblea.")
    assert "Persona0" not in screen.page.content()
    screen.page.context.set_offline(False)


def answers_the_quiz(page: Page) -> None:
    """One question after another, as a finger does it."""
    submit = page.locator("main .form-end button")

    def go_on() -> None:
        with page.expect_navigation(wait_until="load"):
            submit.click()

    page.locator("label.choice").nth(0).click()
    go_on()
    page.locator("label.choice").nth(0).click()
    page.locator("label.choice").nth(1).click()
    go_on()
    for at, place in enumerate(("3", "1", "2")):
        page.locator(f"select[name=place-{at}]").select_option(place)
    go_on()
    page.locator("select[name=pair-0]").select_option("1")
    page.locator("select[name=pair-1]").select_option("0")
    go_on()
    page.locator("input[name=text]").fill("22 soles")
    go_on()
    page.locator("textarea[name=text]").fill("Porque la membresía decide.")
    go_on()
