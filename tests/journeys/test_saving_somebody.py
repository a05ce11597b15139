"""A coordinator saves somebody from leaving, on a phone: sees who slips away and why, calls, agrees, and it works.

Three sessions were missed in a row when the story begins. At its end the person has come to the next two, what helped
is written down, and no rule speaks of her any more.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, expect

from app.delivery.actions import sessions
from app.delivery.actions.sessions import SessionDetails
from app.delivery.models import CohortSession, Enrolment, FollowUpContact, Intervention, InterventionResult
from app.infra import clock
from app.infra.db import db
from app.people.actions import accounts, consents, persons
from app.people.kinds import ConsentHow, ConsentPurpose, ContactKind
from app.people.models import Person
from app.people.permissions import COMMAND_LINE, Role, Scope
from tests import factories
from tests.databases import DATABASES
from tests.delivery import field as make
from tests.delivery import roll

from .screens import Look, Screen
from .site import Site, serving

HELD = 18
NEXT = ("La siguiente", "La que sigue")
PHONE = "+51987654321"


@pytest.fixture(params=DATABASES)
def site(request: pytest.FixtureRequest) -> Iterator[Site]:
    """A cohort that has met eighteen times: the first of its learners stayed away from the last three."""
    with serving(request.param) as running:
        with running.app.app_context():
            _stage()
            db.session.remove()
        yield running


def _stage() -> None:
    today = clock.now().date()
    field = make.field(learners=6, meetings=1)
    field.sessions += sessions.plan_sessions(
        COMMAND_LINE,
        field.cohort,
        [SessionDetails(f"Sesión {n}", make.START + timedelta(days=7 * n)) for n in range(2, HELD + 1)],
    )
    for number, session in enumerate(field.sessions):
        session.planned_on = today - timedelta(days=7 * (HELD - number))
    db.session.commit()
    courses = dict.fromkeys(field.learners, "p" * HELD) | {field.learners[0]: "p" * (HELD - 3) + "aaa"}
    roll.season(field.sessions, courses, field.trainer)
    sessions.plan_sessions(COMMAND_LINE, field.cohort, [SessionDetails(title, today) for title in NEXT])
    person = db.session.get_one(Person, field.learners[0].person_id)
    persons.add_contact(COMMAND_LINE, person, ContactKind.PHONE, PHONE)
    consents.agree(
        COMMAND_LINE, person, ConsentPurpose.MESSAGES, ConsentHow.VOICE, language="es", on=today, version="2026-11-22"
    )
    accounts.create_account(
        COMMAND_LINE,
        "carla",
        factories.PASSWORD,
        name="Carla Coordina",
        role=Role.COORDINATOR,
        scope=Scope(programmes=frozenset({field.programme.id})),
        must_change_password=False,
        person=make.person("Carla Coordina", field.coops[0]),
    )


def test_a_coordinator_keeps_somebody_from_leaving(site: Site, chromium: Browser) -> None:
    context = Look("es", "phone").context(chromium, site)
    screen = Screen(site, context.new_page(), "es")
    try:
        _story(screen)
        screen.healthy()
    finally:
        context.close()


def _story(screen: Screen) -> None:
    screen.sign_in("carla", factories.PASSWORD)
    _sees_who_slips_away(screen)
    _calls_and_writes_it_down(screen)
    _agrees_on_a_visit(screen)
    _she_comes_back(screen.site)
    _tells_what_came_of_it(screen)
    _nobody_is_in_danger_any_more(screen)


def _sees_who_slips_away(screen: Screen) -> None:
    screen.go("/")
    screen.sees("Whom to call today")
    card = screen.page.locator("article.call")
    expect(card).to_have_count(1)
    expect(card).to_contain_text("Persona0 Ejemplo")
    expect(card).to_contain_text("3")
    assert card.locator("a[href^='tel:']").get_attribute("href") == f"tel:{PHONE}"
    wa = card.locator("a[href^='https://wa.me/']").get_attribute("href") or ""
    assert wa.startswith("https://wa.me/51987654321?text=Hola%2C%20Persona0")
    assert (card.locator("a[href^='sms:']").get_attribute("href") or "").startswith(f"sms:{PHONE}?body=Hola")
    screen.axe(colours=False)
    screen.fits()
    screen.follow("Write down what came of it", card)


def _calls_and_writes_it_down(screen: Screen) -> None:
    form = screen.page.locator("#contact")
    form.locator("[name=way][value=call]").check()
    form.locator("[name=reason]").select_option("distance")
    screen.fill({"note": "Los viernes no hay bus"}, form)
    screen.press("Write it down", form)
    screen.sees("Please look at this again")  # whether somebody answered was forgotten
    expect(form.locator("[name=note]")).to_have_value("Los viernes no hay bus")
    form.locator("[name=reached][value=yes]").check()
    screen.press("Write it down", form)
    screen.sees("Written down. Agree now on what happens next, so that it does not stay at this.")


def _agrees_on_a_visit(screen: Screen) -> None:
    today = clock.now().date()
    form = screen.page.locator("#agree")
    screen.fill({"what": "La visitamos y la cooperativa paga el pasaje", "due": _iso(today + timedelta(days=3))}, form)
    form.locator("[name=owner]").select_option(label="Carla Coordina")
    screen.axe(colours=False)
    screen.fits()
    screen.press("Keep the agreement", form)
    screen.reads("La visitamos y la cooperativa paga el pasaje")
    with screen.site.app.app_context():
        contact = db.session.query(FollowUpContact).one()
        made = db.session.query(Intervention).one()
        assert (contact.reached, contact.reason, made.contact_id) == (True, "distance", contact.id)
        assert (db.session.get_one(Person, made.owner_id).name, made.due_on) == (
            "Carla Coordina",
            today + timedelta(days=3),
        )
        db.session.remove()
    screen.go("/")
    screen.sees("Nobody needs a call today")


def _she_comes_back(site: Site) -> None:
    """The next two sessions are held, and she is there; a roll call on paper is typed in."""
    with site.app.app_context():
        for one in (
            db.session.query(CohortSession).filter(CohortSession.title.in_(NEXT)).order_by(CohortSession.id).all()
        ):
            learners = db.session.query(Enrolment).filter_by(cohort_id=one.cohort_id).all()
            roll.hold(one)
            roll.call(one, dict.fromkeys(learners, roll.LETTERS["p"]))
        db.session.remove()


def _tells_what_came_of_it(screen: Screen) -> None:
    screen.go("/cohorts/lamas/follow-up")
    screen.send(screen.main.locator("a.title", has_text="Persona0 Ejemplo").first)
    agreed = screen.main.locator("li", has_text="La visitamos").last
    if not agreed.locator("[name=outcome][value=came_back]").is_visible():
        agreed.get_by_text(screen.say("Tell what came of it")).click()
    agreed.locator("[name=outcome][value=came_back]").check()
    screen.fill({"result_note": "El pasaje ayudó"}, agreed)
    screen.press("Write it down", agreed)
    screen.reads("El pasaje ayudó")
    with screen.site.app.app_context():
        assert db.session.query(InterventionResult).one().outcome == "came_back"
        db.session.remove()


def _nobody_is_in_danger_any_more(screen: Screen) -> None:
    screen.go("/")
    screen.sees("Nobody needs a call today")
    screen.go("/cohorts/lamas/retention")
    screen.sees("More than half are still there.")
    nobody = screen.say("%(count)s of %(of)s, %(percent)s", count=0, of=6, percent="0\u00a0%")
    screen.sees("left without a word: %(share)s", share=nobody)
    screen.axe(colours=False)
    screen.go("/cohorts/lamas/follow-up?view=all")
    expect(screen.main.locator("li", has_text="Persona0 Ejemplo").last).to_contain_text(screen.say("Doing well"))


def _iso(day: date) -> str:
    return day.isoformat()
