"""The deviation register: every paragraph that departs from the parent edition, with the reason and who gave it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from app.core.content import Content, Kind, Language, LinkState, Uid
from app.core.diff import Change, redline_text
from app.core.merge import Departure, departures
from app.core.plain import excerpt, plain
from app.core.variables import fill
from app.curriculum.models import Act
from app.infra.db import db

from . import contents, parents
from .reading import View


@dataclass(frozen=True, slots=True)
class Entry:
    """One departure: where, how, what the texts are, and the act that says why."""

    uid: Uid
    unit: Uid
    unit_title: str
    kind: Kind
    state: LinkState
    moved: bool
    texts: Mapping[Language, tuple[str, str]]  # the parent's and ours, in the languages that differ
    act: Act | None
    values: Mapping[Language, Mapping[str, str]]

    def changes(self, language: Language) -> list[Change]:
        """Ours against the parent's in plain words; what stayed is shortened to what stands beside a change."""
        return excerpt(redline_text(*self.words(language)))

    def words(self, language: Language) -> tuple[str, str]:
        """The parent's and ours as plain words."""
        before, after = self.texts.get(language, ("", ""))
        return plain(fill(before, self.values[language])), plain(fill(after, self.values[language]))


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
            unit=d.unit,
            unit_title=titles.get(d.unit, d.unit),
            kind=kinds[d.uid],
            state=d.state,
            moved=d.moved,
            texts=_differing(d, seen.edition.languages, texts),
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
