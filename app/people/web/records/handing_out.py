"""Pages for those who hand out learners' cards: giving one, ending a lost one, a forgotten PIN, a sheet to print."""

from __future__ import annotations

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.people.actions import cards as actions
from app.people.card_print import card_print
from app.people.login import current_actor
from app.people.models import LearnerCard, Person
from app.people.permissions import Permission, allows
from app.people.queries import cards as queries
from app.people.queries import persons
from app.web.errors import back, say
from app.web.pages import requires

from .asking import numbers, row
from .persons import bp

MOST_CARDS = 400


@bp.post("/<int:person>/cards")
@requires(Permission.TEACH)
def issue_card(person: int) -> ResponseReturnValue:
    """Give somebody a new card; one they had ends."""
    found = _taught(person)
    actions.issue_card(current_actor(), found)
    say(gettext("%(name)s has a new card. Print it, and let them choose their PIN.", name=found.name))
    return back(url_for(".show", person=found.id))


@bp.post("/<int:person>/cards/<int:card>/end")
@requires(Permission.TEACH)
def end_card(person: int, card: int) -> ResponseReturnValue:
    """End a card that is lost."""
    found = _taught(person)
    actions.end_card(current_actor(), _of(found, card))
    say(gettext("The card does not open anything any more."))
    return back(url_for(".show", person=found.id))


@bp.post("/<int:person>/cards/<int:card>/pin")
@requires(Permission.TEACH)
def forget_pin(person: int, card: int) -> ResponseReturnValue:
    """Take a forgotten PIN off a card; its owner chooses a new one."""
    found = _taught(person)
    actions.forget_pin(current_actor(), _of(found, card))
    say(gettext("The next time the card is used, a new PIN is chosen."))
    return back(url_for(".show", person=found.id))


@bp.get("/cards")
@requires(Permission.TEACH)
def cards() -> ResponseReturnValue:
    """Show the cards of some persons as sheets to print: eight on an A4 page."""
    found = _asked()
    held = queries.of_persons([person.id for person in found])
    address = url_for("cards.sign_in", _external=True)
    return render_template(
        "people/cards.html",
        cards=[card_print(held[person.id], person, address) for person in found if person.id in held],
        without=[person for person in found if person.id not in held],
        asked=[person.id for person in found],
        address=address.partition("//")[2],
    )


@bp.post("/cards")
@requires(Permission.TEACH)
def issue_cards() -> ResponseReturnValue:
    """Give a card to those of some persons who have none, and show the sheets."""
    found = _asked()
    held = queries.of_persons([person.id for person in found])
    for person in found:
        if person.id not in held:
            actions.issue_card(current_actor(), person)
    return back(url_for(".cards", person=[person.id for person in found]))


def _asked() -> list[Person]:
    """Those of the persons in the address whom this person teaches, in that order."""
    wanted = numbers("person", MOST_CARDS)
    scopes = persons.scopes_of(wanted)
    known, actor = persons.by_ids(wanted), current_actor()
    found = [
        known[id_]
        for id_ in wanted
        if id_ in known
        and known[id_].erased_at is None
        and known[id_].merged_into_id is None
        and allows(actor, Permission.TEACH, scopes[id_])
        and allows(actor, Permission.SEE_PEOPLE, scopes[id_])
    ]
    if not found:
        raise persons.NoSuchPerson
    return found


def _taught(person_id: int) -> Person:
    found = persons.get(current_actor(), person_id, Permission.TEACH)
    if found.erased_at is not None:
        raise persons.NoSuchPerson
    return found


def _of(person: Person, card_id: int) -> LearnerCard:
    found = row(LearnerCard, card_id)
    return found if found.person_id == person.id else abort(404)
