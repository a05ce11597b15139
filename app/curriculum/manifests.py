"""Content trees and link tables as canonical JSON and back. Pure: names things by digest and reads no database.

An edition's manifest lists modules and the digests of their units' manifests; a unit's lists its blocks. Whoever has
the same content has the same digest, so a fork and its parent share all of it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from app.core.content import Block, Content, Digest, Kind, Language, Lock, Module, ModuleKind, Uid, Unit, digest
from app.core.languages import chain
from app.core.merge import Link, Spot

ANY = "*"  # a variable's value for languages that have none of their own


@dataclass(frozen=True, slots=True)
class Variable:
    """What `{{name}}` stands for: a value per language (`*` for all others) and what to put there, per language."""

    values: Mapping[Language, str]
    hints: Mapping[Language, str] = field(default_factory=dict)

    def value(self, language: Language) -> str | None:
        """The value for a language: its own, that of a wider language (es for es-PE), or the one for all."""
        for key in (*chain(language), ANY):
            if key in self.values:
                return self.values[key]
        return None


@dataclass(frozen=True, slots=True)
class Local:
    """How an edition stands to where its modules come from.

    `bases`: module uid → id of the release last reconciled with. `links`: blocks that do not plainly follow.
    `variables`: the edition's own; `resolved`: its own over those of its bases. `media`: picture name → stored file.
    """

    bases: Mapping[Uid, int] = field(default_factory=dict)
    links: Mapping[Uid, Link] = field(default_factory=dict)
    variables: Mapping[str, Variable] = field(default_factory=dict)
    resolved: Mapping[str, Variable] = field(default_factory=dict)
    media: Mapping[str, str] = field(default_factory=dict)

    def values(self, language: Language) -> dict[str, str]:
        """Every variable's value in a language; those without one are left out."""
        found = {name: variable.value(language) for name, variable in self.resolved.items()}
        return {name: value for name, value in found.items() if value is not None}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


@lru_cache(maxsize=4096)
def _unit_manifest(unit: _ById) -> tuple[Digest, str]:
    body = _json(
        {
            "uid": unit.it.uid,
            "minutes": unit.it.minutes,
            "blocks": [
                [b.uid, b.kind, b.lock if b.lock is not Lock.ADAPTABLE else "", dict(b.texts)] for b in unit.it.blocks
            ],
        }
    )
    return digest(body), body


class _ById:
    """A unit as a cache key by identity: units are immutable, and comparing two would read every block."""

    __slots__ = ("it",)

    def __init__(self, it: Unit) -> None:
        self.it = it

    def __hash__(self) -> int:
        return id(self.it)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ById) and self.it is other.it


def digest_of(unit: Unit) -> Digest:
    """The digest of a unit's manifest."""
    return _unit_manifest(_ById(unit))[0]


def dump_content(content: Content) -> tuple[Digest, dict[Digest, str]]:
    """Return the content's digest and all its manifests by digest."""
    found: dict[Digest, str] = {}
    modules = []
    for module in content.modules:
        units = [_unit_manifest(_ById(unit)) for unit in module.units]
        found.update(units)
        modules.append(
            {"uid": module.uid, "kind": module.kind, "titles": dict(module.titles), "units": [d for d, _ in units]}
        )
    body = _json({"modules": modules})
    root = digest(body)
    found[root] = body
    return root, found


def unit_digests(body: str) -> list[Digest]:
    """The digests of the unit manifests that an edition's manifest names."""
    return [unit for module in json.loads(body)["modules"] for unit in module["units"]]


def load_content(body: str, unit: Callable[[Digest], Unit]) -> Content:
    """Read an edition's manifest; `unit` gives the unit of a digest."""
    return Content(
        tuple(
            Module(m["uid"], ModuleKind(m["kind"]), m["titles"], tuple(unit(d) for d in m["units"]))
            for m in json.loads(body)["modules"]
        )
    )


def load_unit(body: str) -> Unit:
    """Read a unit's manifest."""
    data = json.loads(body)
    return Unit(
        data["uid"],
        data["minutes"],
        tuple(Block(uid, Kind(kind), texts, Lock(lock or "adaptable")) for uid, kind, lock, texts in data["blocks"]),
    )


def dump_local(local: Local) -> tuple[Digest, str]:
    """Return the digest and JSON of an edition's link table."""
    body = _json(
        {
            "bases": dict(local.bases),
            "links": {uid: _link(link) for uid, link in local.links.items()},
            "variables": {name: _variable(v) for name, v in local.variables.items()},
            "resolved": {name: _variable(v) for name, v in local.resolved.items()},
            "media": dict(local.media),
        }
    )
    return digest(body), body


def load_local(body: str) -> Local:
    """Read an edition's link table."""
    data = json.loads(body)
    return Local(
        bases=data["bases"],
        links={uid: _read_link(link) for uid, link in data["links"].items()},
        variables={name: Variable(**v) for name, v in data["variables"].items()},
        resolved={name: Variable(**v) for name, v in data["resolved"].items()},
        media=data["media"],
    )


def _variable(variable: Variable) -> dict[str, Any]:
    return {"values": dict(variable.values), "hints": dict(variable.hints)}


def _link(link: Link) -> dict[str, Any]:
    """A link as JSON, leaving out what it does not say."""
    return {
        name: value
        for name, value in (
            ("base", None if link.base is None else dict(link.base)),
            ("place", link.place and [link.place.within, link.place.after]),
            ("declined", dict(link.declined)),
            ("frozen", link.frozen),
            ("confirmed", link.confirmed),
            ("act", link.act),
        )
        if value or (name == "base" and value is not None)
    }


def _read_link(data: dict[str, Any]) -> Link:
    place = data.pop("place", None)
    return Link(**data, place=Spot(*place) if place else None)
