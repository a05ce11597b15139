"""A manual as one HTML file that needs nothing else: style and pictures inside, no script, prints as a book.

For reading on a phone without a connection, and for handing on. The pages of the application are not made here.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from functools import cache
from importlib import resources
from typing import Any

from app.interchange.formats.arrangement import (
    KNOWN_KINDS,
    Part,
    arrange,
    feedback_of,
    front_matter,
    is_open_question,
    particulars,
)
from app.interchange.formats.characters import escape
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
    Nodes,
    Paragraph,
    Picture,
    Quote,
    Rule,
    Table,
    Typed,
    plain,
)
from app.interchange.formats.pictures import facts

ANSWER_LINES = 3
_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
_TAGS = ((STRIKE, "s"), (ITALIC, "em"), (BOLD, "strong"), (CODE, "code"))
_FORMS = {"svg": "svg+xml"}


def write_html(manual: Manual) -> bytes:
    """Return the manual as one self-contained HTML file in UTF-8."""
    drawer = _Drawer(manual)
    body, contents = [], []
    for number, part in enumerate(arrange(manual), 1):
        if part.level:
            contents.append((part.level, f"p{number}", plain(part.title)))
        body.append(drawer.part(part, f"p{number}"))
    cover = _cover(manual, contents) if manual.cover else ""
    page = (
        f'<!doctype html>\n<html lang="{escape(manual.language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(manual.title)}</title>\n<style>\n{_style()}</style>\n</head>\n<body>\n"
        f"{cover}<main>\n{''.join(body)}</main>\n{_credits(manual)}</body>\n</html>\n"
    )
    return page.encode()


@cache
def _style() -> str:
    return resources.files(__package__).joinpath("templates/manual.css").read_text("utf-8")


def _cover(manual: Manual, contents: list[tuple[int, str, str]]) -> str:
    subtitle = manual.subtitle or manual.label(manual.audience.value)
    facts_of_edition = "".join(
        f"<dt>{escape(label)}</dt><dd>{escape(value)}</dd>" for label, value in front_matter(manual)
    )
    lines = []
    for level, name, words in contents:
        lines.append(f'<li class="level{min(level, 2)}"><a href="#{name}">{escape(words)}</a></li>\n')
    return (
        f'<header>\n<h1>{escape(manual.title)}</h1>\n<p class="subtitle">{escape(subtitle)}</p>\n'
        f"<dl>{facts_of_edition}</dl>\n</header>\n"
        f'<nav aria-labelledby="contents">\n<h2 id="contents">{escape(manual.label("contents"))}</h2>\n'
        f"<ol>{''.join(lines)}</ol>\n</nav>\n"
    )


def _credits(manual: Manual) -> str:
    lines = "".join(f"<p>{escape(line)}</p>\n" for line in (*manual.credits, manual.licence) if line)
    for group in manual.acknowledged:
        people = "".join(f"<li><strong>{escape(one.who)}</strong>, {escape(one.what)}</li>\n" for one in group.people)
        lines += f"<h3>{escape(group.heading)}</h3>\n<ul>\n{people}</ul>\n"
    return f"<footer>\n<h2>{escape(manual.label('credits'))}</h2>\n{lines}</footer>\n" if lines else ""


class _Drawer:
    def __init__(self, manual: Manual) -> None:
        self.manual = manual
        self.down = 1 if manual.cover else 0  # the manual's title is the page's only first-level heading
        self.draw: dict[type[Any], Callable[[Any], str]] = {
            Paragraph: lambda node: f"<p>{self._runs(node.runs)}</p>\n",
            Heading: lambda node: self._heading(node.level, self._runs(node.runs)),
            Quote: lambda node: f"<blockquote>\n{self._nodes(node.nodes)}</blockquote>\n",
            Code: lambda node: f"<pre><code>{escape(node.text)}</code></pre>\n",
            Rule: lambda node: "<hr>\n",
            Figure: self._figure,
            Listing: self._listing,
            Table: self._table,
            Typed: self._typed,
        }

    def part(self, part: Part, name: str) -> str:
        if not part.level:
            return self._nodes(part.nodes)
        heading = self._heading(part.level, self._runs(part.title), f' id="{name}" class="{part.what}"')
        minutes = self.manual.label("minutes") % {"minutes": part.minutes} if part.minutes else ""
        return heading + (f'<p class="particulars">{escape(minutes)}</p>\n' if minutes else "")

    def _heading(self, level: int, words: str, attributes: str = "") -> str:
        tag = f"h{min(6, level + self.down)}"
        return f"<{tag}{attributes}>{words}</{tag}>\n"

    def _nodes(self, nodes: Nodes) -> str:
        return "".join([self.draw[type(node)](node) for node in nodes])

    def _runs(self, runs: Inlines) -> str:
        return "".join([self._run(run) for run in runs])

    def _run(self, run: Inline) -> str:
        if isinstance(run, Picture):
            return self._picture(run)
        words = escape(run.text).replace("\n", "<br>\n")
        for mark, tag in _TAGS:
            if run.marks & mark:
                words = f"<{tag}>{words}</{tag}>"
        return f'<a href="{escape(run.href)}" rel="noopener">{words}</a>' if run.href else words

    def _picture(self, picture: Picture) -> str:
        data = self.manual.image(picture.source)
        known = facts(data) if data is not None else None
        if data is None or known is None:
            words = self.manual.label("image_missing") % {"alt": picture.alt or picture.source.rsplit("/", 1)[-1]}
            return f'<span class="missing">{escape(words)}</span>'
        address = f"data:image/{_FORMS.get(known.form, known.form)};base64,{base64.b64encode(data).decode()}"
        size = f'width="{round(known.width)}" height="{round(known.height)}"'
        return f'<img src="{address}" alt="{escape(picture.alt)}" {size}>'

    def _figure(self, node: Figure) -> str:
        caption = f"<figcaption>{escape(node.picture.caption)}</figcaption>" if node.picture.caption else ""
        return f"<figure>{self._picture(node.picture)}{caption}</figure>\n"

    def _listing(self, node: Listing) -> str:
        if any(item.checked is not None for item in node.items):
            return self._ticks(node)
        tag = "ol" if node.ordered else "ul"
        start = f' start="{node.start}"' if node.ordered and node.start != 1 else ""
        items = "".join(f"<li>{self._item(item.nodes)}</li>\n" for item in node.items)
        return f"<{tag}{start}>\n{items}</{tag}>\n"

    def _ticks(self, node: Listing) -> str:
        items = []
        for item in node.items:
            words = self._item(item.nodes)
            if item.checked:
                words = f'<span class="key">{words}</span> ({escape(self.manual.label("key"))})'
            items.append(f'<li><span class="mark">{"☑" if item.checked else "☐"}</span>{words}</li>\n')
        return f'<ul class="ticks">\n{"".join(items)}</ul>\n'

    def _item(self, nodes: Nodes) -> str:
        """What stands in an item: its first paragraph without a tag of its own."""
        if nodes and isinstance(nodes[0], Paragraph):
            return self._runs(nodes[0].runs) + self._nodes(nodes[1:])
        return self._nodes(nodes)

    def _table(self, node: Table) -> str:
        shapes = [f' class="{align}"' if align in ("right", "center") else "" for align in node.aligns]

        def row(cells: tuple[Inlines, ...], tag: str, scope: str = "") -> str:
            pairs = zip(cells, shapes, strict=True)
            return (
                "<tr>"
                + "".join(f"<{tag}{scope}{shape}>{self._runs(cell)}</{tag}>" for cell, shape in pairs)
                + "</tr>\n"
            )

        head = row(node.rows[0], "th", ' scope="col"')
        body = "".join(row(cells, "td") for cells in node.rows[1:])
        return f'<div class="table"><table>\n<thead>\n{head}</thead>\n<tbody>\n{body}</tbody>\n</table></div>\n'

    def _typed(self, node: Typed) -> str:
        known = node.kind in KNOWN_KINDS
        label = self.manual.label(node.kind) if known else node.kind
        words = particulars(node, self.manual)
        parts = [f'<p class="particulars">{escape(words)}</p>\n'] if words else []
        feedback = feedback_of(node.nodes) if node.kind == "question" else None
        for index, child in enumerate(node.nodes):
            if index == feedback and isinstance(child, Quote):
                inner = self._item(child.nodes)
                parts.append(f"<p><strong>{escape(self.manual.label('feedback'))}:</strong> {inner}</p>\n")
            else:
                parts.append(self._nodes((child,)))
        if is_open_question(node) and self.manual.audience is Audience.PARTICIPANT:
            parts.append('<div class="answer"></div>\n' * ANSWER_LINES)
        title = f'<p class="title"><span class="label">{escape(label)}</span> {self._runs(node.title)}</p>\n'
        look = node.kind if known else "box"
        return f'<section class="typed {look}">\n{title}{"".join(parts)}</section>\n'
