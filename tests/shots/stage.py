"""What stands on the stage when pictures are taken: the demonstration, and beside it what only a moment of work shows.

A sync half decided, one that was applied, an edition that lacks what a release needs, a draft, a finished file. All of
it comes about through the actions that the screens call.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask

from app.adaptation import actions as adaptation
from app.adaptation.queries import sync
from app.core.content import LinkState
from app.core.merge import Lacking, state
from app.curriculum.models import ActKind, Edition, Release
from app.curriculum.queries import contents, editions, parents
from app.curriculum.queries.readiness import readiness
from app.infra.db import db
from app.interchange.actions import start_export
from app.interchange.exporting import Wish
from app.people import queries as people
from app.people.models import Account
from app.people.permissions import COMMAND_LINE, Actor

from . import fieldwork, work

ROLES = {
    "visitor": "",
    "reader": "lectura",
    "reviewer": "revision",
    "designer": "peru",
    "administrator": "admin",
    "coordinator": "coordina",
    "trainer": "capacita",
    "learner": "ana",
    "monitoring": "monitoreo",
}


@dataclass(frozen=True)
class Stage:
    """What addresses can be made of. Questions are those that wait in Peru, one per kind of outcome."""

    account: int
    unit: str
    adapted: str  # a block that Peru changed, in that unit
    unanswered: str  # a block that Guatemala still has to adapt
    edited: int  # the number of an act of Peru's that changed a text
    applied: int  # the number of the sync that Guatemala applied
    questions: dict[str, str]
    decided: str
    file: int  # a finished export of the designer's
    work: work.Found
    field: fieldwork.Found


def prepare(app: Flask) -> Stage:
    """Do what a day of work leaves behind, in a database that holds the demonstration."""
    with app.app_context():
        account = _account("peru")
        designer, peru, world = people.actor_of(account), _edition("PE"), _edition("001")
        newest = editions.release(world, None)
        guatemala = adaptation.fork(COMMAND_LINE, editions.release(world, "1.0.0"), "GT", why="Primera idea (demo)")
        applied = adaptation.apply_sync(COMMAND_LINE, guatemala, newest, safe=True, why="Todo lo seguro (demo)")
        unit, adapted = _adapted(peru)
        decided, questions = _decide_one(designer, peru, newest)
        text, head = "# Un borrador\n\nA medias.", editions.head_of(peru)
        adaptation.keep_draft(designer, peru, unit, "es", text, why="Sigo mañana", based_on=head.id)
        wish = Wish("my-coop", "PE", version="1.0.0", language="es", format="html")
        stage = Stage(
            account=account.id,
            unit=unit,
            adapted=adapted,
            unanswered=next(uid for uid, lacking in readiness(guatemala).missing if lacking is Lacking.UNANSWERED),
            edited=next(r.number for r in editions.revisions(peru) if r.act.kind is ActKind.EDIT),
            applied=applied.number,
            questions=questions,
            decided=decided,
            file=start_export(designer, wish).id,
            work=work.prepare(designer, people.actor_of(_account("admin")), peru, unit, adapted, newest),
            field=fieldwork.prepare(),
        )
        db.session.commit()
        db.session.remove()
        return stage


def _account(username: str) -> Account:
    account = people.account_by_username(username)
    assert account is not None
    return account


def _edition(region: str) -> Edition:
    found = editions.find("my-coop", region)
    assert found is not None
    return found


def _adapted(edition: Edition) -> tuple[str, str]:
    """A unit and in it a block that stands as adapted."""
    now = contents.state(editions.head_of(edition))
    base = parents.base_content(now.local)
    return next(
        (unit.uid, block.uid)
        for _, unit in now.content.units()
        for block in unit.blocks
        if state(block.uid, base, now.content, now.local.links.get(block.uid)) is LinkState.ADAPTED
    )


def _decide_one(actor: Actor, edition: Edition, release: Release) -> tuple[str, dict[str, str]]:
    """Decide on the first question, and return it with one that is left for each kind of outcome."""
    source = parents.sources(edition, contents.state(editions.head_of(edition)).local)[0]
    prepared = sync.prepare(edition, release, source)
    first, *others = [question for question in prepared.asked if question.waits]
    adaptation.decide(actor, edition, release, first.subject, "theirs", basis=first.basis)
    kinds: dict[str, str] = {}
    for question in [*others, *prepared.asked]:
        if question.subject != first.subject:
            kinds.setdefault(question.action.value, question.subject)
    return first.subject, kinds
