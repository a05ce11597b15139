"""What stands on a printed card: the name, the code in groups, and the address that signs in, as a QR picture."""

from __future__ import annotations

import io
from dataclasses import dataclass
from urllib.parse import urlencode

import segno

from app.people.models import LearnerCard, Person
from app.people.rules import cards as rules


@dataclass(frozen=True, slots=True)
class CardPrint:
    """One card, ready for a sheet of cards. `picture` is an SVG that needs nothing else; it never holds the PIN."""

    name: str
    code: str
    address: str
    picture: str


def card_print(card: LearnerCard, person: Person, sign_in: str) -> CardPrint:
    """What to print for a card; `sign_in` is the whole address of the page where cards sign in."""
    address = f"{sign_in}?{urlencode({'card': card.code})}"
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawn, kind="svg", xmldecl=False, light="#fff", border=2, omitsize=True
    )
    return CardPrint(person.name, rules.shown(card.code), address, drawn.getvalue().decode())
