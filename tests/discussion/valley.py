"""A tree of three levels in Spanish, 001 → PE → PE-SAM, and the people who talk about its paragraphs."""

from __future__ import annotations

from app.adaptation import actions as adaptation
from app.core.content import Kind, Lock
from app.core.merge import Link
from app.curriculum import actions as curriculum
from app.curriculum.manifests import Variable
from app.curriculum.models import Edition, Release
from app.curriculum.queries import contents, editions
from app.infra.db import db
from app.people import queries as people
from app.people.permissions import COMMAND_LINE, Actor, Role, Scope
from tests import factories as make

TEXT = """\
# La asamblea

La cooperativa paga 25 soles por cada saco.

El estatuto se lee en voz alta. Después se vota.

Se reúnen el lunes en {{place}}.

/// question | ¿Quién decide?
    use: pre, post
    objective: 1

- [x] La membresía
- [ ] Quien compra
///
"""
PRICE, STATUTE, MEETING, QUESTION = "La cooperativa paga", "El estatuto", "Se reúnen", "/// question"
UNIT = "my-coop-1-1"


def world(version: str = "1.0.0", text: str = TEXT, why: str = "", extra: dict[str, str] | None = None) -> Edition:
    """The original, loaded and released; its only variable is `place`."""
    units = [make.unit(UNIT, {"es": text}, locks={Kind.QUESTION: Lock.FIXED})]
    units += [make.unit(uid, {"es": words}) for uid, words in (extra or {}).items()]
    given = make.original(
        version=version,
        source_language="es",
        languages=("es",),
        units=units,
        variables={"place": Variable({"es": "el local"})},
    )
    return curriculum.load(COMMAND_LINE, given, why=why).edition


def tree() -> tuple[Edition, Edition, Edition]:
    """The original, Peru and San Martín; all released, nothing adapted."""
    top = world()
    peru = make.fork(top, "PE")
    release(peru)
    province = make.fork(peru, "PE-SAM")
    release(province)
    return top, peru, province


def release(edition: Edition, why: str = "para la prueba") -> Release:
    """The edition, released."""
    return curriculum.release(COMMAND_LINE, edition, why)


def sync(edition: Edition) -> None:
    """Take everything in that needs nobody's decision."""
    assert edition.parent is not None
    adaptation.apply_sync(COMMAND_LINE, edition, make.newest(edition.parent), safe=True, why="al día")


def uid(edition: Edition, beginning: str) -> str:
    """The block that begins so."""
    state = contents.state(editions.head_of(edition))
    blocks = [block for _, _, block in state.content.blocks()]
    texts = contents.texts_of(blocks, "es")
    return next(b.uid for b, text in zip(blocks, texts, strict=True) if (text or "").startswith(beginning))


def text(edition: Edition, block: str) -> str | None:
    """What a block says; None when it is not there."""
    found = contents.state(editions.head_of(edition)).content.block(block)
    return contents.texts_of([found], "es")[0] if found is not None else None


def order(edition: Edition) -> list[str]:
    """The beginnings of all paragraphs in their order."""
    blocks = [block for _, _, block in contents.state(editions.head_of(edition)).content.blocks()]
    return [(one or "")[:14] for one in contents.texts_of(blocks, "es")]


def link(edition: Edition, block: str) -> Link | None:
    """How a block stands to the edition above; None when it plainly follows."""
    return contents.state(editions.head_of(edition)).local.links.get(block)


def edit(edition: Edition, beginning: str, words: str, why: str, evidence: str = "") -> str:
    """Adapt a paragraph; its uid."""
    block = uid(edition, beginning)
    adaptation.edit_block(COMMAND_LINE, edition, block, "es", words, why=why, evidence=evidence)
    return block


def person(username: str, role: Role, region: str | None = "PE", curriculum: str | None = "my-coop") -> Actor:
    """Somebody with one role in one region."""
    make.account(username, role, Scope(curriculum, region))
    found = people.account_by_username(username)
    assert found is not None
    return people.actor_of(found)


def fresh(edition: Edition) -> Edition:
    """The edition as the database has it."""
    db.session.expire_all()
    found = db.session.get(Edition, edition.id)
    assert found is not None
    return found
