"""What each block of a reviewed file became: as a whole, and by every author alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from app.interchange.formats.document import Audience
from app.interchange.formats.docx.review.carrying import carry, overwritten
from app.interchange.formats.docx.review.changes import (
    NOT_A_BLOCK,
    Author,
    BlockChange,
    Proposal,
    Removal,
    Unplaced,
)
from app.interchange.formats.docx.review.leftovers import unplaced
from app.interchange.formats.docx.review.outgoing import Outgoing, as_printed
from app.interchange.formats.docx.review.story import Story, Trace
from app.interchange.formats.docx.review.versions import Seen, accepting, version, with_old_shapes
from app.interchange.formats.docx.review.wording import markdown_of

MOST_APART = 20  # authors of one block who each have a proposal; of more they share one


class Compared(NamedTuple):
    """A block, or a title page, that is not as it went out."""

    owner: str
    trace: Trace
    words: str
    tracked: bool


def is_a_title_line(seen: Seen) -> bool:
    """Whether it is a line of particulars that is printed with a unit's title and is no part of a block."""
    return seen.shape.is_particulars and not seen.shape.box


class Comparison:
    """Three states of every owner's words, and who changed them."""

    def __init__(
        self, out: Outgoing, story: Story, places: list[str], before: list[Seen], after: list[Seen], ours: Trace
    ) -> None:
        self.out, self.story, self.places, self.ours = out, story, places, ours
        self.before, self.after = before, after
        self._out_texts: dict[str, str] = {}
        self._before = self._by_owner(before)
        self._after = self._by_owner(after)
        self._items: dict[str, list[int]] = defaultdict(list)
        for number, owner in enumerate(places):
            self._items[owner].append(number)
        self._joined: dict[str, set[int]] = defaultdict(set)  # items whose words ran into another owner's
        for one in (*before, *after):
            owners = {places[number] for number in one.items}
            for owner in owners if len(owners) > 1 else ():
                self._joined[owner].update(one.items)

    def _by_owner(self, seen: Iterable[Seen]) -> dict[str, list[Seen]]:
        found: dict[str, list[Seen]] = defaultdict(list)
        for one in seen:
            found[self.places[one.items[0]]].append(one)
        return found

    def after_of(self, owner: str) -> list[Seen]:
        """What an owner shows with all changes accepted."""
        return self._after.get(owner, [])

    def items_of(self, owner: str) -> list[int]:
        """The numbers of an owner's items."""
        return self._items.get(owner, [])

    def traces(self, items: Iterable[int]) -> Iterator[Trace]:
        """The tracked changes of people in these items, without the exporter's own."""
        for number in items:
            for trace in self.story.traces(number):
                if trace != self.ours:
                    yield trace

    def _who(self, owner: str) -> tuple[Author, ...]:
        return self.authors([*self._items[owner], *sorted(self._joined[owner] - set(self._items[owner]))])

    def first_trace(self, owner: str) -> Trace | None:
        """One of the tracked changes in an owner's items."""
        return next(self.traces(self._items.get(owner, ())), None)

    def authors(self, items: Iterable[int]) -> tuple[Author, ...]:
        """Who changed these items, each with the moment of their last change."""
        found: dict[str, Author] = {}
        for trace in self.traces(items):
            at, known = trace.moment, found.get(trace.author)
            if known is None or (at is not None and (known.at is None or at > known.at)):
                found[trace.author] = Author(trace.author, at)
        return tuple(found.values())

    def compared(self) -> Iterator[Compared]:
        """Yield every owner whose words, kinds or looks are not what went out, in the order of the book."""
        for owner, wanted in self.out.seen.items():
            was = [one.said for one in wanted if not is_a_title_line(one)]
            rejected = [one.said for one in self._before.get(owner, ()) if not is_a_title_line(one)]
            after = [one for one in self._after.get(owner, ()) if not is_a_title_line(one)]
            said = [one.said for one in after]
            trace = self.first_trace(owner)
            if not self.out.is_whole and not owner.startswith("block:") and trace is None:
                continue
            if said != was or rejected != was or (trace is not None and self._has_two_minds(owner)):
                yield Compared(owner, trace or Trace("", ""), " ".join(one.words for one in after), rejected == was)

    def _has_two_minds(self, owner: str) -> bool:
        return len({trace.author for trace in self.traces(self._items[owner])}) > 1

    def particulars(self) -> Iterator[Unplaced]:
        """The lines beside units' titles that were edited; a unit's minutes are no block's."""
        for owner, wanted in self.out.seen.items():
            was = [one.words for one in wanted if is_a_title_line(one)]
            now = [one.words for one in self._after.get(owner, ()) if is_a_title_line(one)]
            if owner.startswith("block:") and was != now:
                trace = self.first_trace(owner) or Trace("", "")
                yield unplaced("text", trace, " ".join(now), NOT_A_BLOCK)

    def results(self, compared: Sequence[Compared]) -> tuple[list[BlockChange], list[Removal]]:
        """Return the blocks that have other words now, and those that have none."""
        made: list[tuple[Compared, str, list[Proposal]]] = []
        removed: list[Removal] = []
        for one in compared:
            written = self.out.written[one.owner]
            authors = self._who(one.owner)
            if not one.words and not self._shown(self._after, one.owner):
                removed.append(Removal(one.owner.removeprefix("block:"), written, authors, one.tracked))
            else:
                made.append((one, self._carried(one.owner, self._after), list(self._parts(one, authors))))
        texts = self._verified({one.owner: text for one, text, _ in made})
        changes = []
        for one, _, parts in made:
            before, after = self.out.written[one.owner], texts[one.owner]
            if after == before and all(part.after == before for part in parts):
                continue
            authors = self._who(one.owner)
            uid, language = one.owner.removeprefix("block:"), self.out.manual.language
            shown = tuple(parts) if len(parts) > 1 or after == before else ()
            changes.append(
                BlockChange(uid, language, before, after, authors, one.tracked, shown, overwritten(before, after))
            )
        return changes, removed

    def _shown(self, where: dict[str, list[Seen]], owner: str) -> list[Seen]:
        return [one for one in where.get(owner, ()) if not is_a_title_line(one)]

    def _canonical(self, owner: str, seen: Sequence[Seen]) -> str:
        return markdown_of([one for one in seen if not is_a_title_line(one)], self.out.lowered_by[owner])

    def _went_out(self, owner: str) -> str:
        """A block as it went out, in canonical words; made once."""
        if owner not in self._out_texts:
            self._out_texts[owner] = self._canonical(owner, self.out.seen.get(owner, ()))
        return self._out_texts[owner]

    def _carried(self, owner: str, where: dict[str, list[Seen]], *, only_variables: bool = False) -> str:
        after = self._canonical(owner, where.get(owner, ()))
        return carry(self.out.written[owner], self._went_out(owner), after, only_variables=only_variables)

    def _verified(self, texts: dict[str, str]) -> dict[str, str]:
        """Return the texts, those in canonical words that would not print as what came back."""
        if not texts or self.out.manual.audience is Audience.PARTICIPANT:
            return texts  # a participant's file does not show all of a block, so its words cannot stand for the block
        printed = as_printed(self.out, texts)
        found = dict(texts)
        for owner in texts:
            wanted = [one.said for one in self._shown(self._after, owner)]
            if [one.said for one in self._shown(printed, owner)] != wanted:
                found[owner] = self._carried(owner, self._after, only_variables=True)
        return found

    def _parts(self, one: Compared, authors: Sequence[Author]) -> Iterator[Proposal]:
        """What untracked edits alone make of a block, and each author, or authors who changed each other's words."""
        owner, written = one.owner, self.out.written[one.owner]
        if len(authors) + (not one.tracked) < 2:
            return
        numbers = self._items[owner]
        items = [self.story.items[number] for number in numbers]
        nobody = accepting((), self.ours)
        rejected = self._canonical(owner, version(with_old_shapes(items, nobody), range(len(items)), nobody))
        if not one.tracked:
            yield Proposal((), carry(written, self._went_out(owner), rejected))
        names = [author.name for author in authors]
        groups = self._together(numbers, names) if len(names) <= MOST_APART else [set(names)]
        while groups:
            group = groups.pop(0)
            accepts = accepting(group, self.ours)
            seen = version(with_old_shapes(items, accepts), range(len(items)), accepts)
            after = carry(written, rejected, self._canonical(owner, seen))
            if after == written and 1 < len(group) <= MOST_APART:
                groups = [{name} for name in names if name in group] + groups  # one undid what another had proposed
                continue
            yield Proposal(tuple(author for author in authors if author.name in group), after)

    def _together(self, numbers: Sequence[int], names: Sequence[str]) -> list[set[str]]:
        """Authors apart, but together where one changed what another put in."""
        groups = [{name} for name in names]
        for number in numbers:
            for atom in self.story.atoms(number):
                several = {trace.author for trace in (*atom.came, *atom.went) if trace != self.ours}
                if len(several) > 1:
                    joint = set().union(*(group for group in groups if group & several))
                    groups = [group for group in groups if not group & several] + [joint]
        return groups
