"""One of everything that a page can show, made through the product's own actions, and how its addresses are filled."""

from __future__ import annotations

from typing import Any

from app.adaptation import actions as adaptation
from app.adaptation.queries import sync
from app.core.content import Kind
from app.curriculum import actions as curriculum
from app.curriculum.queries import contents, editions
from app.people import queries as people
from app.people.permissions import COMMAND_LINE, Role
from tests import factories

from .world_of_work import brought, discussed, studied, taught, translated, tried

ADMINISTRATOR = "ana.admin"


def made() -> dict[str, list[Any]]:
    """Make it, and return for every part of an address what it can be.

    `endpoint.part` goes before `blueprint.part`, and that before `part`.

    An original was released and corrected; Peru adapted it and has still to decide, Ecuador took the correction in.
    """
    boss = factories.account(ADMINISTRATOR, Role.ADMINISTRATOR)
    world = factories.load()
    peru, ecuador = factories.fork(world, "PE"), factories.fork(world, "EC")
    assert peru.head is not None
    content = contents.state(peru.head).content
    paragraph = next(block for _, _, block in content.blocks() if block.kind is Kind.PARAGRAPH)
    adaptation.edit_block(
        COMMAND_LINE, peru, paragraph.uid, "es", "Pagamos 28 soles por quintal.", why="Aquí se pesa en quintales"
    )
    corrected = factories.unit("my-coop-1-1", {"en": factories.EN, "es": factories.ES.replace("25 soles", "30 soles")})
    curriculum.load(COMMAND_LINE, factories.original(version="1.0.1", units=[corrected]))
    newest = factories.newest(world)
    question = sync.prepare(peru, newest).questions[0]
    talk = discussed(peru, ecuador, paragraph.uid, newest)
    done = adaptation.apply_sync(COMMAND_LINE, ecuador, newest, safe=True)
    return {
        "account_id": [boss.id],
        "slug": ["my-coop"],
        "region": ["001", "PE", "EC"],
        "unit": ["my-coop-1-1"],
        "module": ["my-coop-1"],
        "block": [paragraph.uid],
        "version": ["1.0.0"],
        "number": [1, done.number],
        "subject": [question.subject],
        "language": ["es"],
        "name": ["buyer"],
        **talk,
        **studied(peru),
        **tried(peru),
        **translated(),
        **taught(boss, editions.release(world, "1.0.0")),
        **brought(people.actor_of(boss), peru),
    }
