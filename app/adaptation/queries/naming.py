"""What the things of a sync are called: titles of units, beginnings of paragraphs, places; all texts read at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from app.core.content import Block, Digest, Language, Module, Uid, Unit
from app.core.merge import Part, Spot
from app.core.plain import plain, shortened
from app.core.variables import fill
from app.curriculum.queries import contents

from .sync import Question, Sync

EXTRACT_LETTERS = 150


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a thing stands, in words: within a unit or module, after something; both empty where there is nothing."""

    within: str
    after: str


class Names:
    """The words of one sync: its texts, with this edition's values in the place of variables."""

    def __init__(self, prepared: Sync, language: Language) -> None:
        self.sync, self.language = prepared, language
        self.order = [
            *(one for one in prepared.edition.languages if one[:2] == language[:2]),
            *prepared.edition.languages,
        ]

    @cached_property
    def texts(self) -> Mapping[Digest, str]:
        """Every text that the questions need, in one query besides those the plan read."""
        known = dict(self.sync.texts)
        wanted: set[Digest] = set()
        for side in (self.sync.plan.child, self.sync.plan.parent):
            for unit in side.units.values():
                wanted.update(d for block in unit.blocks[:1] for d in block.texts.values())
        declined = [uid for uid, link in self.sync.now.local.links.items() if link.declined]
        for uids in (declined, *(self._about(q) for q in self.sync.questions)):
            for uid in uids:
                wanted.update(d for block in self._blocks(uid) for d in block.texts.values())
        return {**known, **contents.bodies(sorted(wanted - known.keys()))}

    def _about(self, question: Question) -> list[Uid]:
        place = question.outcome.place
        spots = [place.parent, place.child] if place else []
        return [question.outcome.uid, *(spot.after for spot in spots if spot is not None and spot.after is not None)]

    def _blocks(self, uid: Uid) -> list[Block]:
        found = (side.blocks.get(uid) for side in (self.sync.plan.child, self.sync.plan.parent, self.sync.plan.base))
        return [block for block in found if block is not None]

    @cached_property
    def _values(self) -> dict[Language, dict[str, str]]:
        return {language: self.sync.now.local.values(language) for language in self.order}

    def values(self, language: Language) -> Mapping[str, str]:
        """What variables stand for in this edition."""
        return self._values.get(language) or self.sync.now.local.values(language)

    def text(self, name: Digest | None) -> str:
        """A text by its digest; empty for none."""
        return self.texts.get(name or "", "")

    def words(self, name: Digest | None, language: Language) -> str:
        """A text as plain words with this edition's values."""
        return plain(fill(self.text(name), self.values(language)))

    def spoken(self, block: Block) -> tuple[Language, Digest] | None:
        """The language to show a block in, and its text: the reader's, else the first it has."""
        for language in [*self.order, *block.texts]:
            if language in block.texts:
                return language, block.texts[language]
        return None

    def extract(self, uid: Uid, letters: int = EXTRACT_LETTERS) -> str:
        """The beginning of a paragraph; of a unit or a module its title."""
        blocks = self._blocks(uid)
        if not blocks:
            return self.title(uid)
        found = self.spoken(blocks[0])
        return shortened(self.words(found[1], found[0]), letters) if found else ""

    def title(self, uid: Uid | None) -> str:
        """The title of a unit or a module."""
        for side in (self.sync.plan.child, self.sync.plan.parent, self.sync.plan.base):
            unit = side.units.get(uid or "")
            if unit is not None:
                return self._unit_title(unit)
            module = side.items[Part.MODULE].get(uid or "")
            if isinstance(module, Module):
                titles: Sequence[str] = [t for t in (module.titles.get(one) for one in self.order) if t]
                return titles[0] if titles else next(iter(module.titles.values()), "")
        return ""

    def _unit_title(self, unit: Unit) -> str:
        for block in unit.blocks[:1]:
            found = self.spoken(block)
            if found:
                return self.words(found[1], found[0])
        return unit.uid

    def standing(self, spot: Spot | None) -> Standing:
        """A place in words."""
        if spot is None:
            return Standing("", "")
        return Standing(self.title(spot.within), self.extract(spot.after, 60) if spot.after else "")
