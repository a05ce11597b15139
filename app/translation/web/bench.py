"""The workbench: a unit side by side, and one of its paragraphs by itself. What is done there is in cells.py."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from app.core.content import Block, Kind, Language, Uid, Unit
from app.core.diff import Change
from app.core.errors import Refused
from app.core.rendering.limits import check_text
from app.core.translating import Status
from app.curriculum.models import Edition
from app.curriculum.queries import contents, editions
from app.curriculum.web import redlines
from app.infra.i18n import language as interface_language
from app.infra.i18n import sentence
from app.people.login import current_actor
from app.people.permissions import Permission
from app.translation import rules
from app.translation.models import TranslationState
from app.translation.queries import desks, states, workbench
from app.translation.queries.advice import Adviser, Looked
from app.translation.queries.suggestions import Suggestion, suggestions
from app.web.pages import requires

from . import bp, may, opened, place

OPEN = frozenset({Status.MISSING, Status.STALE_MAJOR, Status.STALE_MINOR, Status.DRAFT})
SHOWS: Mapping[str, frozenset[Status]] = {
    "all": frozenset(Status),
    "open": OPEN,
    "missing": frozenset({Status.MISSING}),
    "stale": frozenset({Status.STALE_MAJOR, Status.STALE_MINOR}),
    "draft": frozenset({Status.DRAFT}),
    "in_review": frozenset({Status.IN_REVIEW}),
}
LETTERS_A_LINE, MOST_LINES = 48, 24


@dataclass(frozen=True, slots=True)
class Help:
    """All that helps with one paragraph: suggestions, advice, how it will look, what was said of it."""

    suggestions: list[Suggestion]
    looked: Looked
    preview: Markup | None
    history: list[TranslationState]


@dataclass(slots=True)
class Cell:
    """A row as it is shown: what stands in its field may be what was typed and not saved, with what is wrong with it.

    `seen` is the text that the person was looking at. `theirs` is what somebody else wrote there meanwhile.
    """

    number: int
    row: workbench.Row
    text: str
    seen: str
    help: Help | None = None
    faults: list[str] = field(default_factory=list)
    done: str = ""
    remarks: int = 0
    why: str = ""
    note: str = ""
    asks_why: bool = False
    theirs: str | None = None
    theirs_changes: list[Change] = field(default_factory=list)

    @property
    def unsaved(self) -> bool:
        """Whether the field holds something else than what is kept."""
        return self.text != (self.row.target or "")

    @property
    def lines(self) -> int:
        """How tall the field is to be before anybody's browser measures it."""
        longest = max(self.text, self.row.source or "", key=len)
        return min(sum(1 + len(line) // LETTERS_A_LINE for line in longest.split("\n")), MOST_LINES)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What every part of a unit's workbench knows: the bench, its address, what this person may do."""

    edition: Edition
    bench: workbench.Bench
    show: str
    translates: bool
    approves: bool
    edits: bool
    comments: bool

    def at(self) -> dict[str, Any]:
        """The parts of an address of this unit in this language."""
        show = self.show if self.show != "all" else None
        return {**place(self.edition, self.bench.language), "unit": self.bench.unit.uid, "show": show}

    def block(self, uid: Uid) -> Block:
        """A block of the unit; `NoSuchBlock` for another."""
        found = next((block for block in self.bench.unit.blocks if block.uid == uid), None)
        if found is None:
            raise rules.NoSuchBlock
        return found

    def cell(self, uid: Uid) -> Cell:
        """A row of the unit with the text that is kept; `NoSuchBlock` for another's."""
        for number, row in enumerate(self.bench.rows, 1):
            if row.uid == uid:
                return Cell(number, row, row.target or "", row.target_digest)
        raise rules.NoSuchBlock

    def shown(self, opened: Uid = "") -> list[workbench.Row]:
        """The rows that the chosen view shows, and one more that is open."""
        return [row for row in self.bench.rows if row.status in SHOWS[self.show] or row.uid == opened]


def wanted_language(edition: Edition) -> Language:
    """The language of the address; else the first that is translated here and is the reader's, or any."""
    wanted = request.args.get("in", "")
    if wanted:
        rules.check_taught(wanted, edition.languages)
        return wanted
    found = list(desks.directions_of(edition).targets(edition.languages)) or list(edition.languages)
    return next((code for code in found if code[:2] == interface_language()), found[0])


def sheet(edition: Edition, unit: Uid) -> Sheet:
    """The workbench of the address."""
    show = request.args.get("show", "all")
    bench = workbench.bench(current_actor(), edition, unit, wanted_language(edition))
    return Sheet(
        edition,
        bench,
        show if show in SHOWS else "all",
        may(Permission.TRANSLATE, edition),
        may(Permission.APPROVE_TRANSLATION, edition),
        may(Permission.EDIT_CONTENT, edition),
        may(Permission.COMMENT, edition),
    )


def helped(found: Sheet, cell: Cell) -> Cell:
    """Put beside a row all that helps with it, for the text in its field.

    A text that no reader could bear is only told so, before anything looks through it.
    """
    edition, row, bench = found.edition, cell.row, found.bench
    local = contents.state(editions.head_of(edition)).local
    offered = suggestions(current_actor(), edition, row.uid, bench.language) if found.translates else []
    adviser = Adviser(edition, bench.source or bench.language, bench.language, frozenset(local.resolved), [row.uid])
    bearable = _is_bearable(cell)
    cell.help = Help(
        [one for one in offered if one.text != cell.text],
        adviser.look(row.uid, row.kind, row.source or "", cell.text if bearable else ""),
        redlines.page(cell.text, bench.language, local) if cell.text.strip() and bearable else None,
        states.history(edition, row.uid, bench.language),
    )
    return cell


def _is_bearable(cell: Cell) -> bool:
    """Whether the text in a field can be shown at all; what is against it is said once."""
    try:
        check_text(cell.text)
    except Refused as refused:
        if (fault := sentence(refused)) not in cell.faults:
            cell.faults.append(fault)
        return False
    return True


def page(found: Sheet, opened: Cell | None = None, *, alone: bool = False) -> str:
    """The workbench as a page; one row may be open, with what was typed into it, or stand alone."""
    rows = found.shown(opened.row.uid if opened else "")
    numbers = {row.uid: number for number, row in enumerate(found.bench.rows, 1)}
    cells = [Cell(numbers[row.uid], row, row.target or "", row.target_digest) for row in rows]
    if opened is not None:
        cells = [opened if cell.row.uid == opened.row.uid else cell for cell in ([opened] if alone else cells)]
    if found.bench.source is None:
        _count_remarks(found, cells)
    before, title, after = _around(found)
    return render_template(
        "translation/bench.html",
        sheet=found,
        edition=found.edition,
        bench=found.bench,
        cells=cells,
        alone=alone,
        counts={show: sum(row.status in some for row in found.bench.rows) for show, some in SHOWS.items()},
        title=title,
        before=before,
        after=after,
        Kind=Kind,
    )


def _count_remarks(found: Sheet, cells: Sequence[Cell]) -> None:
    """Say of each text that is written here how many remarks on its wording there are."""
    language, uids = found.bench.language, [cell.row.uid for cell in cells]
    adviser = Adviser(found.edition, language, language, frozenset(), uids)
    for cell in cells:
        cell.remarks = adviser.look(cell.row.uid, cell.row.kind, "", cell.text).count


def _around(found: Sheet) -> tuple[tuple[str, str] | None, str, tuple[str, str] | None]:
    """The unit before with its address, this one's title, the unit after: titles in the language that is read here."""
    bench = found.bench
    languages = [interface_language(), bench.language, *found.edition.languages]

    def named(unit: Unit | None) -> tuple[str, str] | None:
        if unit is None:
            return None
        address = url_for("translation.bench", **{**found.at(), "unit": unit.uid})
        return contents.unit_title(unit, bench.titles, languages), address

    return named(bench.before), contents.unit_title(bench.unit, bench.titles, languages), named(bench.after)


def part(cell: Cell, found: Sheet) -> str:
    """One row by itself, for the script that puts it in its place."""
    return render_template(
        "translation/_row.html", cell=cell, sheet=found, bench=found.bench, edition=found.edition, Kind=Kind
    )


@bp.get("/<slug>/<region>/<unit>")
@requires(Permission.READ_DRAFT)
def bench(slug: str, region: str, unit: str) -> ResponseReturnValue:
    """Show a unit with its source and its translation side by side."""
    return page(sheet(opened(slug, region), unit))


@bp.get("/<slug>/<region>/<unit>/<block>")
@requires(Permission.READ_DRAFT)
def cell(slug: str, region: str, unit: str, block: str) -> ResponseReturnValue:
    """Show one paragraph of a workbench with suggestions, advice and history; `part=1` sends the row alone."""
    found = sheet(opened(slug, region), unit)
    row = helped(found, found.cell(block))
    return part(row, found) if "part" in request.args else page(found, row, alone=True)
