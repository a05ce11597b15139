"""A manual as PDF, set by Typst: tagged for screen readers, archivable, with outline and the document's language.

The page itself is `manual.typ`, which is ours and fixed. All words reach it as JSON, so that nothing anyone writes in
a curriculum can be run; pictures reach it as bytes under names we give, so that nothing can be read from this machine.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from functools import cache
from importlib import resources
from typing import Any

from app.core.typst import TypesettingFailed, typeset
from app.interchange.formats.arrangement import (
    KNOWN_KINDS,
    Part,
    arrange,
    feedback_of,
    front_matter,
    is_open_question,
    particulars,
    running_head,
)
from app.interchange.formats.characters import printable
from app.interchange.formats.document import Audience, Manual
from app.interchange.formats.nodes import (
    BOLD,
    CODE,
    ITALIC,
    STRIKE,
    Code,
    Figure,
    Heading,
    Inline,
    Inlines,
    Listing,
    Node,
    Nodes,
    Paragraph,
    Picture,
    Quote,
    Rule,
    Run,
    Table,
    Typed,
    is_blank,
    is_to_write_in,
    plain,
)
from app.interchange.formats.paper import prints_on_letter
from app.interchange.formats.pictures import facts

STANDARDS = (("a-2a",), ("a-2b",), ())  # the strictest that the manual's contents allow
ANSWER_LINES = 3
MOST_LINES_OF_A_WHOLE, CHARACTERS_PER_LINE = 20, 60

Json = dict[str, Any]


def write_pdf(manual: Manual) -> bytes:
    """Return the manual as PDF/A-2a; where its characters or pictures do not allow that, as plain tagged PDF."""
    files, failure = _Files(manual), None
    data = json.dumps(_document(manual, files), ensure_ascii=False).encode()
    stamp = int(dt.datetime.combine(manual.released_on or dt.date(1980, 1, 1), dt.time(), dt.UTC).timestamp())
    for drawable in (True, False):
        sources = {"main.typ": _template(), "manual.json": data, **files.taken}
        for standards in STANDARDS:
            try:
                return typeset(sources, "pdf", standards=standards, timestamp=stamp)
            except TypesettingFailed as error:
                failure = error
        if drawable:  # a picture that Typst cannot read is the last thing that can be wrong
            files = _Files(manual, drawable=False)
            data = json.dumps(_document(manual, files), ensure_ascii=False).encode()
    raise failure or TypesettingFailed("nothing was tried")


@cache
def _template() -> bytes:
    return resources.files(__package__).joinpath("manual.typ").read_bytes()


class _Files:
    """Pictures under names of our own; without `drawable` all of them are shown by their words."""

    def __init__(self, manual: Manual, drawable: bool = True) -> None:
        self.manual, self.drawable = manual, drawable
        self.taken: dict[str, bytes] = {}
        self.names: dict[str, tuple[str, float]] = {}

    def describe(self, picture: Picture) -> Json:
        if picture.source not in self.names:
            self.names[picture.source] = self._take(picture.source)
        name, width = self.names[picture.source]
        missing = self.manual.label("image_missing") % {"alt": picture.alt or picture.source.rsplit("/", 1)[-1]}
        return {"alt": picture.alt, "file": name, "width": width, "missing": missing}

    def _take(self, source: str) -> tuple[str, float]:
        data = self.manual.image(source) if self.drawable else None
        known = facts(data) if data is not None else None
        if data is None or known is None:
            return "", 0
        name = f"picture{len(self.taken) + 1}.{known.form}"
        self.taken[name] = data
        return name, known.width


def _document(manual: Manual, files: _Files) -> Json:
    before, _, rest = manual.label("page").partition("%(page)s")
    between, _, after = rest.partition("%(pages)s")
    language, _, region = manual.language.partition("-")
    return {
        "title": printable(manual.title) or manual.label("edition"),
        "subtitle": printable(manual.subtitle) or manual.label(manual.audience.value),
        "authors": [printable(line) for line in manual.credits[:3]],
        "keywords": [printable(word) for word in (manual.edition, manual.version) if word],
        "lang": language if language.isalpha() and len(language) in (2, 3) else "en",
        "region": region if region.isalpha() and len(region) == 2 else None,
        "paper": "us-letter" if prints_on_letter(manual.region) else "a4",
        "cover": manual.cover,
        "head": running_head(manual),
        "licence": printable(manual.licence),
        "page": [before, between, after],
        "contents": manual.label("contents"),
        "front": front_matter(manual),
        "parts": [*_parts(manual, files), *_credits(manual)],
    }


def _parts(manual: Manual, files: _Files) -> list[Json]:
    drawer = _Drawer(manual, files)
    parts = []
    after_module = False
    for part in arrange(manual):
        apart = manual.cover and part.what != "block" and not (part.what == "unit" and after_module)
        parts.append(drawer.part(part, apart))
        after_module = part.what == "module" or (after_module and part.what != "unit")
    return parts


def _credits(manual: Manual) -> list[Json]:
    lines = [printable(line) for line in (*manual.credits, manual.licence if manual.cover else "") if line]
    if not lines and not manual.acknowledged:
        return []
    nodes: list[Json] = [{"kind": "p", "runs": [_run(line)]} for line in lines]
    for group in manual.acknowledged:
        nodes.append({"kind": "h", "level": 3, "runs": [_run(printable(group.heading))]})
        for one in group.people:
            nodes.append({"kind": "p", "runs": [_run(printable(one.who), BOLD), _run(printable(f", {one.what}"))]})
    title = [_run(manual.label("credits"))]
    return [{"break": manual.cover, "level": 1, "title": title, "minutes": "", "nodes": nodes}]


def _run(text: str, marks: int = 0, href: str = "", after_break: bool = False) -> Json:
    return {
        "text": text,
        "bold": bool(marks & BOLD),
        "italic": bool(marks & ITALIC),
        "code": bool(marks & CODE),
        "strike": bool(marks & STRIKE),
        "href": href if ":" in href else "",  # a relative address leads nowhere from a PDF
        "break": after_break,
    }


class _Drawer:
    def __init__(self, manual: Manual, files: _Files) -> None:
        self.manual, self.files = manual, files
        self.draw: dict[type[Any], Callable[[Any], Json]] = {
            Paragraph: lambda node: {"kind": "p", "runs": self._runs(node.runs)},
            Heading: lambda node: {"kind": "h", "level": node.level, "runs": self._runs(node.runs)},
            Quote: lambda node: {"kind": "quote", "nodes": self._nodes(node.nodes)},
            Code: lambda node: {"kind": "code", "text": node.text},
            Rule: lambda node: {"kind": "rule"},
            Figure: self._figure,
            Listing: self._listing,
            Table: self._table,
            Typed: self._typed,
        }

    def part(self, part: Part, apart: bool) -> Json:
        minutes = self.manual.label("minutes") % {"minutes": part.minutes} if part.minutes else ""
        title, nodes = self._runs(part.title), self._nodes(part.nodes)
        return {"break": apart, "level": part.level, "title": title, "minutes": minutes, "nodes": nodes}

    def _nodes(self, nodes: Nodes) -> list[Json]:
        return [self.draw[type(node)](node) for node in nodes]

    def _runs(self, runs: Inlines) -> list[Json]:
        return [piece for run in runs for piece in self._pieces(run)]

    def _pieces(self, run: Inline) -> list[Json]:
        if isinstance(run, Picture):
            return [self.files.describe(run)]
        lines = run.text.split("\n")
        return [_run(line, run.marks, run.href, n > 0) for n, line in enumerate(lines) if line or n]

    def _figure(self, node: Figure) -> Json:
        return {"kind": "figure", "picture": self.files.describe(node.picture), "caption": node.picture.caption}

    def _listing(self, node: Listing) -> Json:
        if any(item.checked is not None for item in node.items):
            items = [
                {"box": "☑" if item.checked else "☐", "nodes": self._option(item.nodes, bool(item.checked))}
                for item in node.items
            ]
            return {"kind": "ticks", "items": items}
        kind = "ol" if node.ordered else "ul"
        return {"kind": kind, "start": node.start, "items": [self._nodes(item.nodes) for item in node.items]}

    def _option(self, nodes: Nodes, is_key: bool) -> list[Json]:
        if is_key and nodes and isinstance(nodes[0], Paragraph):
            bold = [run._replace(marks=run.marks | BOLD) if isinstance(run, Run) else run for run in nodes[0].runs]
            nodes = (Paragraph((*bold, Run(f" ({self.manual.label('key')})"))), *nodes[1:])
        return self._nodes(nodes)

    def _table(self, node: Table) -> Json:
        rows = []
        for number, row in enumerate(node.rows):
            is_tall = is_to_write_in(row, is_head=number == 0)
            rows.append([{"runs": self._runs(cell), "tall": is_tall and is_blank(cell)} for cell in row])
        columns = range(len(node.aligns))
        widths = [min(60.0, max(5.0, max(len(plain(row[n])) for row in node.rows) ** 0.75)) for n in columns]
        return {"kind": "table", "rows": rows, "aligns": list(node.aligns), "widths": widths}

    def _typed(self, node: Typed) -> Json:
        inner: list[Json] = []
        if words := particulars(node, self.manual):
            inner.append({"kind": "small", "text": words})
        feedback = feedback_of(node.nodes) if node.kind == "question" else None
        for index, child in enumerate(node.nodes):
            is_feedback = index == feedback and self.manual.audience is Audience.FACILITATOR
            inner += self._feedback(child) if is_feedback else self._nodes((child,))
        if is_open_question(node) and self.manual.audience is Audience.PARTICIPANT:
            inner.append({"kind": "lines", "count": ANSWER_LINES})
        label = self.manual.label(node.kind) if node.kind in KNOWN_KINDS else node.kind
        title = self._runs(node.title)
        return {
            "kind": "typed",
            "look": node.kind,
            "label": label,
            "title": title,
            "nodes": inner,
            "whole": _is_whole(node),
        }

    def _feedback(self, node: Node) -> list[Json]:
        nodes = node.nodes if isinstance(node, Quote) else ()
        label = Run(f"{self.manual.label('feedback')}: ", BOLD)
        if nodes and isinstance(nodes[0], Paragraph):
            return self._nodes((Paragraph((label, *nodes[0].runs)), *nodes[1:]))
        return self._nodes((Paragraph((label,)), *nodes))


def _is_whole(node: Typed) -> bool:
    """Whether a typed block stays on one page: a question that surely fits on half of one."""
    return node.kind == "question" and _lines(node.nodes) <= MOST_LINES_OF_A_WHOLE


def _lines(nodes: Nodes) -> int:
    """How many lines nodes take in print, rather too many than too few; what is not text counts as too many."""
    lines = 0
    for node in nodes:
        if isinstance(node, Paragraph):
            is_text = all(isinstance(run, Run) for run in node.runs)
            breaks = sum(run.text.count("\n") for run in node.runs if isinstance(run, Run))
            words = 1 + breaks + len(plain(node.runs)) // CHARACTERS_PER_LINE
            lines += words if is_text else MOST_LINES_OF_A_WHOLE + 1
        elif isinstance(node, Quote):
            lines += 1 + _lines(node.nodes)
        elif isinstance(node, Listing):
            lines += sum(_lines(item.nodes) for item in node.items)
        else:
            lines += MOST_LINES_OF_A_WHOLE + 1
    return lines
