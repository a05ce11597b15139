"""The fifteen programmes of the demonstration, and the accounts of those who work in the field.

What programmes hold is in `programmes/*.toml`. The accounts come after them, for some are of people in them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from app.people import actions as people
from app.people import queries as accounts
from app.people.actions import cards
from app.people.models import Account, Person
from app.people.permissions import COMMAND_LINE, Actor, Role, Scope
from app.people.rules import DEMO_PASSWORD
from app.people.rules.cards import DEMO_PIN

from .programmes import Laid, lay
from .programmes.files import FOLDER

NAMES = tuple(sorted((path.stem for path in FOLDER.glob("s*.toml")), key=lambda name: int(name[1:].split("-")[0])))
HERE, SOCONUSCO = "s1-san-martin", "s4-soconusco"
STEPS = len(NAMES) + 1


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample account; `of` is a group of the programme under way, whose first person it is."""

    username: str
    name: str
    role: Role
    programmes: tuple[str, ...] = ()
    organisation: str = ""
    of: str = ""


SAMPLES = (
    Sample("capacita", "Rosa Tuanama (demo)", Role.READER, of="lamasTeam"),
    Sample("ana", "Ana Lozano (demo)", Role.READER, of="lamasWomen"),
    Sample("maestra", "Mercedes Ruiz (demo)", Role.MASTER_TRAINER, (HERE,), of="master"),
    Sample("observa", "Observación de sesiones (demo)", Role.OBSERVER, (HERE,)),
    Sample("soconusco", "Coordinación Soconusco (demo)", Role.COORDINATOR, (SOCONUSCO,)),
    Sample("oroverde", "Representación de Oro Verde (demo)", Role.REPRESENTATIVE, organisation="oroverde"),
    Sample("monitoreo", "Monitoreo y evaluación (demo)", Role.MONITORING),
    Sample("donante", "Agencia donante (demo)", Role.DONOR, (HERE, SOCONUSCO)),
)


def steps(actor: Actor) -> Iterator[tuple[str, Callable[[], object]]]:
    """Lay every programme as this coordinator, then make the sample accounts and a learner's card."""
    laid: dict[str, Laid] = {}
    for name in NAMES:
        yield name, lambda name=name: laid.update({name: lay(actor, name)})  # type: ignore[misc]
    yield "accounts in the field", lambda: _people(laid)


def _people(laid: Mapping[str, Laid]) -> None:
    here = laid[HERE]
    for sample in SAMPLES:
        person = here.people[sample.of][0] if sample.of else None
        first, *more = _scopes(sample, laid)
        account = people.create_account(
            COMMAND_LINE,
            sample.username,
            DEMO_PASSWORD,
            name=sample.name,
            role=sample.role,
            scope=first,
            must_change_password=False,
            demo=True,
            person=person,
        )
        for scope in more:
            people.grant_role(COMMAND_LINE, account, sample.role, scope)
    cards.issue_card(accounts.actor_of(_trainer()), _learner(here), DEMO_PIN)


def _scopes(sample: Sample, laid: Mapping[str, Laid]) -> list[Scope]:
    if sample.organisation:
        return [Scope(organisations=frozenset({laid[HERE].organisations[sample.organisation].id}))]
    return [Scope(programmes=frozenset({laid[name].programme.id})) for name in sample.programmes] or [Scope()]


def _trainer() -> Account:
    found = accounts.account_by_username("capacita")
    if found is None:
        raise LookupError("the trainer's account was not made")
    return found


def _learner(here: Laid) -> Person:
    return here.people["lamasWomen"][0]
