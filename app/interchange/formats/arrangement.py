"""What of a manual is printed for whom, and in which order: the one walk that all exporters share.

The rules of docs/unit-files.md on participants' editions live here: what is left out, how a question loses its key.
How a part looks is the exporters' business.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from app.interchange.formats.characters import printable
from app.interchange.formats.document import Audience, Manual, ManualUnit
from app.interchange.formats.markdown_tree import parse_markdown
from app.interchange.formats.nodes import (
    Heading,
    Inlines,
    Item,
    Listing,
    Node,
    Nodes,
    Paragraph,
    Quote,
    Run,
    Table,
    Typed,
    plain,
)
from app.interchange.formats.spacing import boxes_apart, kept_together

FACILITATOR_ONLY = frozenset({"note", "plan", "materials", "access"})
KNOWN_KINDS = frozenset(
    {"objectives", "plan", "materials", "activity", "case", "note", "handout", "question", "access", "sources"}
)
DEEPEST_HEADING = 6


class Part(NamedTuple):
    """A stretch of the manual: a title (`module`, `unit`) with its level, or the nodes of one `block`."""

    what: str
    uid: str
    title: Inlines = ()
    level: int = 0
    minutes: int = 0
    nodes: Nodes = ()


def arrange(manual: Manual) -> Iterator[Part]:
    """Yield the parts of the manual in order, with only what its audience is meant to see."""
    for module in manual.modules:
        if module.title:
            yield Part("module", module.uid, (Run(printable(module.title)),), 1)
        level = 2 if module.title else 1
        for unit in module.units:
            yield from _arrange_unit(unit, level, manual.audience)


def _arrange_unit(unit: ManualUnit, level: int, audience: Audience) -> Iterator[Part]:
    blocks = []
    title: Inlines = (Run(printable(unit.title)),) if unit.title else ()
    title_taken = False
    for block in unit.blocks:
        if audience is Audience.PARTICIPANT and block.kind in FACILITATOR_ONLY:
            continue
        nodes = parse_markdown(block.text)
        if not title_taken and nodes and isinstance(nodes[0], Heading) and nodes[0].level == 1:
            title_taken = True
            if not title or plain(nodes[0].runs) == plain(title):
                title, nodes = nodes[0].runs, nodes[1:]
        nodes = tuple(_lower(node, level - 1) for node in for_audience(nodes, audience))
        if nodes:
            blocks.append(Part("block", block.uid, nodes=nodes))
    if title:
        yield Part("unit", unit.uid, title, level, unit.minutes)
    yield from blocks


def _lower(node: Node, by: int) -> Node:
    return Heading(min(node.level + by, DEEPEST_HEADING), node.runs) if by and isinstance(node, Heading) else node


def for_audience(nodes: Nodes, audience: Audience) -> Nodes:
    """Return the nodes that this audience sees, at every depth, spaced for print; objectives become a numbered list."""
    kept: list[Node] = []
    for node in nodes:
        if not isinstance(node, Typed):
            kept.append(_within(node, audience))
            continue
        if audience is Audience.PARTICIPANT and node.kind in FACILITATOR_ONLY:
            continue
        inner = node.nodes
        if node.kind == "objectives":
            inner = tuple(replace(item, ordered=True) if isinstance(item, Listing) else item for item in inner)
        elif node.kind == "question":
            inner = _question(inner, audience)
        kept.append(replace(node, nodes=for_audience(inner, audience)))
    return tuple(kept)


def _within(node: Node, audience: Audience) -> Node:
    if isinstance(node, Paragraph):
        return Paragraph(boxes_apart(kept_together(node.runs)))
    if isinstance(node, Table):
        return replace(node, rows=tuple(tuple(boxes_apart(kept_together(cell)) for cell in row) for row in node.rows))
    if isinstance(node, Quote):
        return Quote(for_audience(node.nodes, audience))
    if isinstance(node, Listing):
        items = tuple(Item(for_audience(item.nodes, audience), item.checked) for item in node.items)
        return Listing(node.ordered, node.start, items)
    return node


def feedback_of(nodes: Nodes) -> int | None:
    """Return the index of a question's feedback, which is its last quotation; None when it has none."""
    places = [place for place, node in enumerate(nodes) if isinstance(node, Quote)]
    return places[-1] if places else None


def _question(nodes: Nodes, audience: Audience) -> Nodes:
    if audience is Audience.FACILITATOR:
        return nodes
    feedback = feedback_of(nodes)
    kept = nodes if feedback is None else nodes[:feedback] + nodes[feedback + 1 :]
    return tuple(_without_key(node) if isinstance(node, Listing) else node for node in kept)


def _without_key(listing: Listing) -> Listing:
    items = tuple(Item(item.nodes, None if item.checked is None else False) for item in listing.items)
    return replace(listing, items=items)


def is_open_question(typed: Typed) -> bool:
    """Whether a question is answered in the reader's own words: it offers nothing to tick."""
    return typed.kind == "question" and not any(
        isinstance(node, Listing) and any(item.checked is not None for item in node.items) for node in typed.nodes
    )


def particulars(typed: Typed, manual: Manual) -> str:
    """Return what a facilitator is told beside a typed block's title: minutes, objectives, when it is used."""
    if manual.audience is Audience.PARTICIPANT:
        return ""
    found = []
    if minutes := typed.options.get("minutes"):
        found.append(manual.label("minutes") % {"minutes": minutes})
    if numbers := typed.options.get("objectives") or typed.options.get("objective"):
        label = "for_objective" if numbers.strip().isdigit() else "for_objectives"
        found.append(manual.label(label) % {"numbers": numbers})
    if use := typed.options.get("use"):
        moments = [word.strip() for word in use.split(",")]
        known = ", ".join(manual.label(word) if word in ("pre", "post") else word for word in moments)
        found.append(manual.label("used") % {"moments": known})
    return " · ".join(found)


def front_matter(manual: Manual) -> list[tuple[str, str]]:
    """Return what the title page says under the titles, as pairs of label and value; no place is named twice."""
    return [
        (manual.label(key), printable(value))
        for key, value in (
            ("edition", "" if manual.edition == manual.region_name else manual.edition),
            ("version", manual.version),
            ("region", manual.region_name),
            ("released", day_in_words(manual.released_on, manual.language) if manual.released_on else ""),
            ("licence", manual.licence),
        )
        if value
    ]


def day_in_words(day: dt.date, language: str) -> str:
    """The date as people write it in the manual's language, or as ISO has it where Babel knows no such language."""
    from babel import Locale, UnknownLocaleError  # late: costs start-up time
    from babel.dates import format_date

    try:
        locale = Locale.parse(language, sep="-", resolve_likely_subtags=True)
    except (UnknownLocaleError, ValueError):
        return day.isoformat()
    return format_date(day, "long", locale=locale)


def running_head(manual: Manual) -> str:
    """Return the line at the head of every page: title, edition and version."""
    version = f"{manual.label('version')} {manual.version}" if manual.version else ""
    return printable(" · ".join(part for part in (manual.title, manual.edition, version) if part))
