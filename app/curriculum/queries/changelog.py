"""What changed from one release to the next, told from the acts: grouped by reason, with who, when and where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from app.core.content import Content, Language, Uid
from app.curriculum.models import Act, ActKind, Edition, Release

from . import contents, editions, steps

QUIET = frozenset({ActKind.FORK})  # what needs no telling


@dataclass(slots=True)
class Change:
    """One reason, everything done for it, and where."""

    why: str
    kinds: list[ActKind] = field(default_factory=list)
    who: list[str] = field(default_factory=list)
    last: datetime | None = None
    stems_from: list[str] = field(default_factory=list)
    acts: list[int] = field(default_factory=list)
    units: dict[str, int] = field(default_factory=dict)  # title → how many paragraphs

    @property
    def paragraphs(self) -> int:
        return sum(self.units.values())


@dataclass(frozen=True, slots=True)
class Changelog:
    """What a release brings: since which release, and its changes in the order in which they began."""

    since: Release | None
    changes: list[Change]


def of_draft(edition: Edition, language: Language) -> Changelog:
    """What a release of the edition's head would bring."""
    head = editions.head_of(edition)
    return _between(edition, editions.latest_release(edition), head.number, contents.state(head).content, language)


def of_release(release: Release, language: Language) -> Changelog:
    """What a release brought."""
    found = steps.releases(release.edition)
    before = [r for r in found if r.revision.number < release.revision.number]
    since = max(before, key=lambda r: r.revision.number, default=None)
    content = contents.state(release.revision).content
    return _between(release.edition, since, release.revision.number, content, language)


def _between(edition: Edition, since: Release | None, upto: int, content: Content, language: Language) -> Changelog:
    listed = steps.between(edition, since.revision.number if since else 0, upto)
    if since is None:
        listed = [step for step in listed if step.act.kind not in (ActKind.FORK, ActKind.LOAD) or step.act.why]
    return Changelog(since, _grouped(listed, content, [language, *edition.languages]))


def _grouped(listed: Sequence[steps.Step], content: Content, order: Sequence[Language]) -> list[Change]:
    titles = contents.bodies(contents.title_digests(content))
    units = {unit.uid: contents.unit_title(unit, titles, order) for _, unit in content.units()}
    homes = {block.uid: unit.uid for _, unit, block in content.blocks()}
    found: dict[tuple[str, bool], Change] = {}
    seen: dict[tuple[str, bool], set[Uid]] = {}
    for step in listed:
        if step.act.kind in QUIET:
            continue
        key = (step.act.why.casefold().strip() or f"{step.act.kind}", bool(step.act.why))
        change = found.setdefault(key, Change(step.act.why))
        _note(change, step.act)
        for uid in step.touched:
            unit = homes.get(uid)
            if unit is not None and uid not in seen.setdefault(key, set()):
                seen[key].add(uid)
                title = units[unit]
                change.units[title] = change.units.get(title, 0) + 1
    return list(found.values())


def _note(change: Change, act: Act) -> None:
    change.acts.append(act.id)
    if act.kind not in change.kinds:
        change.kinds.append(act.kind)
    if act.actor_name and act.actor_name not in change.who:
        change.who.append(act.actor_name)
    if act.stems_from and act.stems_from not in change.stems_from:
        change.stems_from.append(act.stems_from)
    change.last = act.at
