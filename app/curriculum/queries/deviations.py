"""The deviation register: every paragraph that departs from the parent edition, with the reason and who gave it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.core.beside import Sides, beside
from app.core.content import Content, Kind, Language, LinkState, Uid
from app.core.merge import Departure, departures
from app.core.plain import plain
from app.core.variables import fill
from app.curriculum.models import Act
from app.infra.db import db
from app.people.permissions import Actor

from . import contents, editions, parents
from .reading import View


@dataclass(frozen=True, slots=True)
class Entry:
    """One departure: where, how, what the texts are, and the act that says why."""

    uid: Uid
    module: Uid
    unit: Uid
    unit_title: str
    kind: Kind
    state: LinkState
    moved: bool
    texts: Mapping[Language, tuple[str, str]]  # the parent's and ours, in the languages that differ
    same: Mapping[Language, str]  # what both say, in the others
    act: Act | None
    values: Mapping[Language, Mapping[str, str]]

    def sides(self, language: Language, *, whole: bool = False) -> Sides:
        """The parent's and ours in plain words beside each other: the sentences that differ, or all of it if asked."""
        return beside(*self.words(language), whole=whole)

    def words(self, language: Language) -> tuple[str, str]:
        """The parent's and ours as plain words."""
        stays = self.same.get(language, "")
        before, after = self.texts.get(language, (stays, stays))
        return plain(fill(before, self.values[language])), plain(fill(after, self.values[language]))


@dataclass(frozen=True, slots=True)
class Tally:
    """How many departures a module has, by their kind; one that was also moved counts in both."""

    title: str
    states: Mapping[LinkState, int]
    moved: int

    @property
    def all(self) -> int:
        """How many paragraphs depart."""
        return sum(self.states.values())


def may_read(actor: Actor, seen: View) -> bool:
    """Whether the actor may read what the register shows: the edition's texts beside those they come from."""
    if editions.may_read_draft(actor, seen.edition):
        return True
    bases = editions.releases_by_id(sorted(set(seen.state.local.bases.values())))
    return all(editions.may_read_release(actor, release.edition) for release in bases.values())


def tallies(seen: View, entries: Sequence[Entry]) -> dict[Uid, Tally]:
    """How many departures each module has that has any, in reading order; modules left out come last."""
    base = parents.base_content(seen.state.local)
    modules = {m.uid: m for content in (seen.state.content, base) for m in content.modules}
    found = {}
    for uid, module in modules.items():
        some = [entry for entry in entries if entry.module == uid]
        if some:
            title = module.titles.get(seen.language) or next(iter(module.titles.values()), uid)
            found[uid] = Tally(title, Counter(one.state for one in some), sum(one.moved for one in some))
    return found


def register(seen: View, *, unit: Uid | None = None, state: LinkState | None = None) -> list[Entry]:
    """Every departure of an edition at a view, in reading order; of one unit or one state when asked. Three queries."""
    now = seen.state
    base = parents.base_content(now.local)
    if not base.modules:
        return []
    found = [d for d in departures(base, now.content, now.local.links) if _wanted(d, unit, state)]
    texts = contents.bodies(
        {n for d in found for n in (*d.base.values(), *d.child.values())}
        | {*contents.title_digests(now.content), *contents.title_digests(base)}
    )
    ids = {int(d.act) for d in found if d.act is not None}
    acts = {act.id: act for act in db.session.scalars(select(Act).where(Act.id.in_(ids)))} if ids else {}
    titles = _titles(seen, base, texts)
    kinds = {b.uid: b.kind for content in (base, now.content) for _, _, b in content.blocks()}
    values = {language: now.local.values(language) for language in seen.edition.languages}
    return [
        Entry(
            uid=d.uid,
            module=d.module,
            unit=d.unit,
            unit_title=titles.get(d.unit, d.unit),
            kind=kinds[d.uid],
            state=d.state,
            moved=d.moved,
            texts=_differing(d, seen.edition.languages, texts),
            same=_same(d, seen.edition.languages, texts),
            act=acts.get(int(d.act)) if d.act is not None else None,
            values=values,
        )
        for d in found
    ]


def _wanted(departure: Departure, unit: Uid | None, state: LinkState | None) -> bool:
    return unit in (None, departure.unit) and state in (None, departure.state)


def _titles(seen: View, base: Content, texts: Mapping[str, str]) -> dict[Uid, str]:
    order = [seen.language, *seen.edition.languages]
    return {
        unit.uid: contents.unit_title(unit, texts, order)
        for content in (base, seen.state.content)
        for _, unit in content.units()
    }


def _differing(
    departure: Departure, languages: list[Language], texts: Mapping[str, str]
) -> dict[Language, tuple[str, str]]:
    return {
        language: (texts.get(departure.base.get(language, ""), ""), texts.get(departure.child.get(language, ""), ""))
        for language in languages
        if departure.base.get(language) != departure.child.get(language)
    }


def _same(departure: Departure, languages: list[Language], texts: Mapping[str, str]) -> dict[Language, str]:
    return {
        language: texts.get(departure.child.get(language, ""), "")
        for language in languages
        if departure.base.get(language) == departure.child.get(language)
    }
