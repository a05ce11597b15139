"""Carries out what `adaptations/<slug>/<region>/*.toml` say, as a designer would: block by block, with reasons."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.adaptation import actions
from app.core.content import Language, Uid
from app.core.errors import Refused
from app.curriculum.models import Edition
from app.curriculum.queries import contents, editions
from app.people.permissions import Actor

FOLDER = Path(__file__).parent / "adaptations"

Step = Callable[[], object]


class Ambiguous(Refused):
    text = "“%(find)s” occurs %(count)s times in %(unit)s (%(language)s); it must occur once."


@dataclass(frozen=True, slots=True)
class Adaptation:
    """What one edition's files say, read. The keys are explained in adaptations/README.md."""

    data: Mapping[str, Any]

    def steps(self, actor: Actor, edition: Edition) -> Iterator[Step]:
        """Each change as something to do; later ones find their blocks in what earlier ones made."""
        if "variables" in self.data:
            yield lambda: actions.set_variables(
                actor, edition, self.data["variables"], why="Términos, leyes y medidas del lugar"
            )
        for change in self.data.get("changes", []):
            yield lambda c=change: _change(actor, edition, c)  # type: ignore[misc]
        for rewrite in self.data.get("rewrites", []):
            yield lambda r=rewrite: _rewrite(actor, edition, r)  # type: ignore[misc]
        for kept in self.data.get("confirmed", []):
            yield lambda k=kept: actions.confirm(  # type: ignore[misc]
                actor, edition, find(edition, k["unit"], k["find"])[0], **_because(k)
            )
        for added in self.data.get("insertions", []):
            yield lambda a=added: _insert(actor, edition, a)  # type: ignore[misc]
        for removed in self.data.get("removals", []):
            yield lambda r=removed: actions.remove_block(  # type: ignore[misc]
                actor, edition, find(edition, r["unit"], r["find"])[0], **_because(r)
            )
        for moved in self.data.get("moves", []):
            yield lambda m=moved: _move(actor, edition, m)  # type: ignore[misc]


def read(slug: str, region: str) -> Adaptation:
    """Read every file of an edition, in the order of their names, as one."""
    whole: dict[str, Any] = {}
    for path in sorted((FOLDER / slug / region).glob("*.toml")):
        for key, value in tomllib.loads(path.read_text("utf-8")).items():
            if isinstance(value, list):
                whole.setdefault(key, []).extend(value)
            elif isinstance(value, dict):
                whole.setdefault(key, {}).update(value)
    return Adaptation(whole)


def _because(entry: Mapping[str, Any]) -> dict[str, Any]:
    """The reason for a change, and the finding it rests on where there is one."""
    return {"why": entry["reason"], "evidence": entry.get("finding", "")}


def _texts(edition: Edition, unit: Uid, language: Language) -> dict[Uid, str]:
    """A unit's texts in a language by block."""
    content = contents.state(editions.head_of(edition)).content
    blocks = [block for _, u in content.units() if u.uid == unit for block in u.blocks]
    return {b.uid: text for b, text in zip(blocks, contents.texts_of(blocks, language), strict=True) if text}


def find(edition: Edition, unit: Uid, find: Mapping[Language, str]) -> tuple[Uid, str]:
    """The one block that holds the words, in any of the languages given, and its text in the first of them."""
    language, words = next(iter(find.items()))
    words = words.strip("\n")
    found = [(uid, text) for uid, text in _texts(edition, unit, language).items() if words in text]
    if len(found) != 1:
        raise Ambiguous(find=words[:60], count=len(found), unit=unit, language=language)
    return found[0]


def _change(actor: Actor, edition: Edition, change: Mapping[str, str]) -> None:
    language = change["language"]
    uid, text = find(edition, change["unit"], {language: change["find"]})
    replaced = text.replace(change["find"].strip("\n"), change["replace"].strip("\n"))
    actions.edit_block(actor, edition, uid, language, replaced, **_because(change))


def _rewrite(actor: Actor, edition: Edition, rewrite: Mapping[str, Any]) -> None:
    uid, _ = find(edition, rewrite["unit"], rewrite["find"])
    for language, text in rewrite["text"].items():
        actions.edit_block(actor, edition, uid, language, text.strip("\n"), **_because(rewrite))


def _insert(actor: Actor, edition: Edition, added: Mapping[str, Any]) -> None:
    after, _ = find(edition, added["unit"], added["after"])
    before = set(_texts(edition, added["unit"], next(iter(added["text"]))))
    first, *others = added["text"].items()
    actions.insert_block(actor, edition, after, first[0], first[1].strip("\n"), **_because(added))
    (uid,) = set(_texts(edition, added["unit"], first[0])) - before
    for language, text in others:
        actions.edit_block(actor, edition, uid, language, text.strip("\n"), **_because(added))


def _move(actor: Actor, edition: Edition, moved: Mapping[str, Any]) -> None:
    uid, _ = find(edition, moved["unit"], moved["find"])
    after, _ = find(edition, moved["unit"], moved["after"])
    content = contents.state(editions.head_of(edition)).content
    here, there = content.find(uid), content.find(after)
    if here is None or there is None:
        raise Ambiguous(find=uid, count=0, unit=moved["unit"], language="")
    steps = there[2] - here[2] + (1 if there[2] < here[2] else 0)
    actions.move_block(actor, edition, uid, steps, why=moved["reason"])
