"""What these tests look at: one block of the small unit in one language, as its row on the workbench."""

from __future__ import annotations

from app.adaptation import actions as adapting
from app.core.content import Kind, Uid
from app.curriculum.models import Edition
from app.curriculum.queries import contents, editions
from app.people.permissions import COMMAND_LINE, Actor
from app.translation.queries import workbench

UNIT = "my-coop-1-1"


def uid(edition: Edition, kind: Kind = Kind.PARAGRAPH) -> Uid:
    content = contents.state(editions.head_of(edition)).content
    return next(b.uid for _, _, b in content.blocks() if b.kind is kind)


def row(
    edition: Edition, language: str = "es", kind: Kind = Kind.PARAGRAPH, actor: Actor = COMMAND_LINE
) -> workbench.Row:
    bench = workbench.bench(actor, edition, UNIT, language)
    return next(one for one in bench.rows if one.uid == uid(edition, kind))


def edit(edition: Edition, text: str, language: str = "en", why: str = "for a test") -> None:
    adapting.edit_block(COMMAND_LINE, edition, uid(edition), language, text, why=why)
