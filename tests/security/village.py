"""A village of editions and people for the attacks: what is public, hidden, unreleased, and who may do what where.

Made through the product's own actions; only the flag that hides an edition is set by hand, as no screen sets it yet.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from app.adaptation import actions as adaptation
from app.adaptation.queries import sync
from app.core.content import Kind
from app.curriculum import actions as curriculum
from app.curriculum.models import Edition
from app.curriculum.queries import contents, editions, parents
from app.infra.db import db
from app.people.permissions import COMMAND_LINE, TABLE, VISITOR, Actor, Grant, Permission, Role, Scope, parse_scope
from tests import factories

# name → role and scope; the visitor has none
PEOPLE = {
    "visitor": None,
    "reader.pe": (Role.READER, "my-coop/PE"),
    "reviewer.pe": (Role.REVIEWER, "my-coop/PE"),
    "translator.pe": (Role.TRANSLATOR, "my-coop/PE"),
    "facilitator.pe": (Role.FACILITATOR, "my-coop/PE"),
    "representative.pe": (Role.REPRESENTATIVE, "my-coop/PE"),
    "designer.pe": (Role.DESIGNER, "my-coop/PE"),
    "designer.sam": (Role.DESIGNER, "my-coop/PE-SAM"),
    "designer.other": (Role.DESIGNER, "think-coop"),
    "admin.pe": (Role.ADMINISTRATOR, "*/PE"),
    "admin.all": (Role.ADMINISTRATOR, "*"),
}


@dataclass
class Place:
    """An edition with what its addresses can be filled with, as plain values."""

    slug: str
    region: str
    public: bool = False
    released: bool = False
    parts: dict[str, Any] = field(default_factory=dict)

    @property
    def scope(self) -> Scope:
        return Scope(self.slug, self.region)


def actor(name: str) -> Actor:
    """A person of `PEOPLE` as the permission table sees them."""
    given = PEOPLE[name]
    return VISITOR if given is None else Actor(grants=(Grant(given[0], parse_scope(given[1])),))


def holds(name: str, permission: Permission, scope: Scope | None = None) -> bool:
    """What the table says, computed here from its rows, not by the function that is under attack."""
    given = PEOPLE[name]
    if given is None or permission not in TABLE[given[0]]:
        return False
    if scope is None:
        return True
    slug, _, region = given[1].partition("/")
    in_curriculum = slug == "*" or slug == scope.curriculum
    in_region = region in ("", "*") or scope.region == region or (scope.region or "").startswith(region + "-")
    return in_curriculum and in_region


def knows(name: str, place: Place) -> bool:
    """Whether this person may know that an edition exists: its draft is theirs to read, or its release is."""
    if holds(name, Permission.READ_DRAFT, place.scope):
        return True
    return place.released and (place.public or holds(name, Permission.READ_RELEASE, place.scope))


def people(*names: str) -> None:
    """Make the accounts of these people, or of all."""
    for name in names or PEOPLE:
        if (given := PEOPLE[name]) is not None:
            factories.account(name, given[0], parse_scope(given[1]))


def browser(app: Flask, name: str) -> FlaskClient:
    """A browser in which this person is signed in."""
    client = app.test_client()
    if PEOPLE[name] is not None:
        answer = client.post("/sign-in", data={"username": name, "password": factories.PASSWORD})
        assert answer.status_code == 303, answer.text
    return client


def uid_of(edition: Edition, kind: Kind) -> str:
    """The first block of a kind in an edition's draft."""
    content = contents.state(editions.head_of(edition)).content
    return next(block.uid for _, _, block in content.blocks() if block.kind is kind)


def adapted(parent: Edition, region: str, words: str) -> Edition:
    """A fork whose first paragraph says something of its own."""
    made = factories.fork(parent, region)
    adaptation.edit_block(COMMAND_LINE, made, uid_of(made, Kind.PARAGRAPH), "es", words, why=f"motivo de {region}")
    adaptation.confirm(COMMAND_LINE, made, uid_of(made, Kind.CASE), why="También pasa aquí")
    return made


def editions_made() -> dict[str, Place]:
    """Seven editions in two curricula.

    my-coop: the public original; PE released, with a later draft and a correction waiting; PE-SAM below it, with a
    sync done, not released; EC not released; BO released and hidden. think-coop: hidden original, hidden PE.
    """
    world = factories.load()
    peru = adapted(world, "PE", "palabra-liberada-pe")
    curriculum.release(COMMAND_LINE, peru, "Primera edición de Perú")
    ecuador = adapted(world, "EC", "palabra-borrador-ec")
    bolivia = adapted(world, "BO", "palabra-liberada-bo")
    curriculum.release(COMMAND_LINE, bolivia, "motivo-oculto-bo")
    bolivia.public = False
    below = adapted(bolivia, "BO-L", "palabra-borrador-bol")
    province = factories.fork(peru, "PE-SAM")
    adaptation.edit_block(
        COMMAND_LINE, peru, uid_of(peru, Kind.LIST), "es", "- palabra-borrador-pe", why="motivo-borrador-pe"
    )
    corrected = factories.unit("my-coop-1-1", {"en": factories.EN, "es": factories.ES.replace("el lunes", "el jueves")})
    curriculum.load(COMMAND_LINE, factories.original(version="1.0.1", units=[corrected]))
    adaptation.apply_sync(COMMAND_LINE, ecuador, factories.newest(world), safe=True)
    other = factories.load(factories.original("think-coop", public=False))
    other_peru = factories.fork(other, "PE")
    made = (world, peru, province, ecuador, bolivia, below, other, other_peru)
    db.session.commit()
    return {edition.name: place(edition) for edition in made}


def place(edition: Edition) -> Place:
    """What can stand in the addresses of an edition's pages."""
    head = editions.head_of(edition)
    now = contents.state(head)
    source = next(iter(parents.sources(edition, now.local)), None)
    questions = sync.prepare(edition, source.newest).questions if source else []
    module, unit, _ = next(iter(now.content.blocks()))
    newest = editions.latest_release(edition)
    parts = {
        "slug": edition.slug,
        "region": edition.region,
        "unit": unit.uid,
        "module": module.uid,
        "block": uid_of(edition, Kind.PARAGRAPH),
        "version": newest.version if newest else "1.0.0",
        "number": head.number,
        "subject": questions[0].subject if questions else f"{uid_of(edition, Kind.PARAGRAPH)}:es",
        "name": "buyer",
        "release": newest.id if newest else next(iter(now.local.bases.values()), 0),
    }
    return Place(edition.slug, edition.region, edition.public, newest is not None, parts)
