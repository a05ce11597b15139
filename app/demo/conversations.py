"""Lets the editions talk as `conversations.toml` tells: comments, proposals, offers, notices, a text that was borrowed.

It comes after the releases: people answer what others have published. Every deed is done by the account that would.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from app.adaptation import actions as adaptation
from app.core.content import Kind
from app.core.translating import State
from app.curriculum import actions as curriculum
from app.curriculum.models import Edition
from app.curriculum.queries import contents, editions
from app.discussion import actions
from app.discussion.models import Proposal, ProposalKind
from app.discussion.queries import notices, others
from app.people.permissions import Actor
from app.translation import actions as translation

from .adaptations import find

FILE = Path(__file__).parent / "conversations.toml"
STEPS = 6
HERE = "es"

Actors = Mapping[str, Actor]
Step = tuple[str, Callable[[], object]]


def steps(actors: Actors) -> list[Step]:
    """What the editions of one family say to each other, and a sibling that begins."""
    data = tomllib.loads(FILE.read_text("utf-8"))
    slug = data["slug"]
    return [
        ("sibling", lambda: _begin(actors, slug, data)),
        ("translating", lambda: _translate(actors, slug, data)),
        ("comments", lambda: _each(_comment, actors, slug, data["comments"])),
        ("proposals", lambda: _each(_propose, actors, slug, data["proposals"])),
        ("offers", lambda: _each(_offer, actors, slug, data["offers"])),
        ("notices", lambda: _each(_notice, actors, slug, data["notices"])),
    ]


def _each(do: Callable[[Actors, str, Mapping[str, Any]], None], actors: Actors, slug: str, told: list[Any]) -> None:
    for one in told:
        do(actors, slug, one)


def _edition(slug: str, region: str) -> Edition:
    found = editions.find(slug, region)
    if found is None:
        raise editions.NoSuchEdition(name=f"{slug}/{region}")
    return found


def _begin(actors: Actors, slug: str, data: Mapping[str, Any]) -> None:
    """Fork the sibling, and take over what another one solved."""
    told = data["sibling"]
    who, release = actors[told["who"]], editions.release(_edition(slug, told["parent"]), None)
    edition = adaptation.fork(who, release, told["region"], languages=["es", "en"], why=told["why"])
    for one in data["borrowed"]:
        uid, _ = find(edition, one["unit"], {HERE: one["find"]})
        held = others.of_block(who, edition, uid, HERE)
        text = next(other for other in held if other.first.edition.region == one["from"])
        actions.take_text(who, edition, uid, HERE, text.digest, why=one["why"])


def _translate(actors: Actors, slug: str, data: Mapping[str, Any]) -> None:
    """Leave a unit of the sibling half translated: paragraphs in each state, one out of date, one not begun."""
    told, sibling = data["translating"], data["sibling"]
    edition, designer = _edition(slug, sibling["region"]), actors[sibling["who"]]
    content = contents.state(editions.head_of(edition)).content
    unit = next(unit for _, unit in content.units() if unit.uid == told["unit"])
    paragraphs = [b for b in unit.blocks if b.kind is Kind.PARAGRAPH and b.texts.keys() >= {"es", "en"}]
    marked, last = paragraphs[: len(told["states"])], paragraphs[len(told["states"])]
    for block, state in zip(marked, told["states"], strict=True):
        translation.set_state(actors[told["who"]], edition, [block.uid], HERE, State(state))
    text = contents.texts_of([last], "en")[0] or ""
    adaptation.edit_block(designer, edition, last.uid, "en", told["changed"] + text, why=told["why"])
    adaptation.insert_block(designer, edition, last.uid, "en", told["added"], why=told["why"])


def _comment(actors: Actors, slug: str, told: Mapping[str, Any]) -> None:
    edition = _edition(slug, told["region"])
    uid, _ = find(edition, told["unit"], {HERE: told["find"]})
    first = actions.add_comment(actors[told["by"]], edition, uid, told["text"], language=HERE, quote=told["find"])
    for who, text in told["answers"]:
        actions.add_comment(actors[who], edition, uid, text, reply_to=first)
    if "settled" in told:
        actions.resolve_comment(actors[told["settled"]], first)


def _propose(actors: Actors, slug: str, told: Mapping[str, Any]) -> None:
    edition, who = _edition(slug, told["region"]), actors[told["by"]]
    uid, text = find(edition, told["unit"], {HERE: told["find"]})
    because = {"why": told["why"], "evidence": told.get("evidence", "")}
    wanted = text.replace(told["find"], told["replace"])
    made = actions.propose(who, edition, uid, ProposalKind.CHANGE, wanted, language=HERE, **because)
    _settle(actors["sanmartin" if edition.region == "PE-SAM" else "peru"], who, made, told)


def _offer(actors: Actors, slug: str, told: Mapping[str, Any]) -> None:
    edition, who = _edition(slug, "PE-SAM"), actors["sanmartin"]
    uid, _ = find(edition, told["unit"], {HERE: told["find"]})
    _settle(actors["peru"], who, actions.offer(who, edition, uid, why=told["why"]), told)


def _settle(decider: Actor, author: Actor, proposal: Proposal, told: Mapping[str, Any]) -> None:
    """Do with a proposal what the file says became of it; nothing while it is open."""
    if "accepted" in told:
        actions.accept(decider, proposal, why=told["accepted"])
    elif "declined" in told:
        actions.decline(decider, proposal, told["declined"])
    elif told.get("withdrawn"):
        actions.withdraw(author, proposal)


def _notice(actors: Actors, slug: str, told: Mapping[str, Any]) -> None:
    edition, who = _edition(slug, told["region"]), actors[told["by"]]
    if "release" in told:
        curriculum.release(who, edition, told["release"])
    deadline = notices.today() + timedelta(days=told["days"])
    sent = actions.send_notice(who, editions.release(edition, None), told["why"], deadline)
    for name, region, why in told["answers"]:
        actions.answer_notice(actors[name], sent, _edition(slug, region), why)
