"""Two rendered versions of a text as one page of HTML that shows what went and what came.

Elements are paired by likeness, words compared inside them; `<ins>` and `<del>` never reach across the border of an
element, so the result nests as the two pages do. Both pages come from rendering; labels for people who listen are
left to the template: each mark begins with an empty `<span class="visually-hidden …-label">` to hang them on.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TypeAlias

from .alignment import align
from .diff import REWRITTEN_BELOW, Op, compare, similarity, tokens

_VOID = frozenset({"br", "hr", "img"})
_INLINE = frozenset({"a", "b", "br", "code", "data", "em", "i", "img", "span", "strong"})
_MARKS = {Op.DELETE: ("del", "removed"), Op.INSERT: ("ins", "added")}


@dataclass(slots=True)
class _Element:
    tag: str
    attributes: tuple[tuple[str, str], ...] = ()
    children: list[_Element | str] = field(default_factory=list)

    def text(self) -> str:
        return "".join(child if isinstance(child, str) else child.text() for child in self.children)

    def key(self) -> str:
        """What two elements are paired by: their tag, what it is about, and their words."""
        named = " ".join(value for _, value in self.attributes)
        return f"{self.tag} {named} {self.text()}"

    def is_flat(self) -> bool:
        """Whether there is only text and inline markup inside."""
        return all(isinstance(child, str) or child.tag in _INLINE for child in self.children)

    def start(self, extra_class: str = "") -> str:
        attributes = dict(self.attributes)
        if extra_class:
            attributes["class"] = f"{attributes.get('class', '')} {extra_class}".strip()
        written = "".join(f' {name}="{html.escape(value)}"' for name, value in attributes.items())
        return f"<{self.tag}{written}>"

    def end(self) -> str:
        return "" if self.tag in _VOID else f"</{self.tag}>"


@dataclass(frozen=True, slots=True)
class _Token:
    """A word, a sign, white space or an element without content, with the inline markup around it."""

    text: str
    around: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
    tag: str = ""

    def is_space(self) -> bool:
        return not self.tag and self.text.isspace()


_Path: TypeAlias = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


def redline(before_html: str, after_html: str) -> str:
    """Return one HTML of both pages: what went in `<del class="removed">`, what came in `<ins class="added">`.

    Whole elements that went or came carry the class themselves, too. Where less than 40 % of the words of an element
    is shared, it is shown whole before and whole after.
    """
    return "".join(_children(_parse(before_html), _parse(after_html)))


def _parse(page: str) -> _Element:
    builder = _Builder()
    builder.feed(page)
    builder.close()
    return builder.root


class _Builder(HTMLParser):
    """Builds elements from HTML; what is not closed is closed at the end, what was not open is not closed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = _Element("")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = _Element(tag, tuple((name, value or "") for name, value in attrs))
        self.open[-1].children.append(element)
        if tag not in _VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if any(element.tag == tag for element in self.open):
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def _children(before: _Element, after: _Element) -> Iterator[str]:
    """Yield the content of two elements that are the same one, changed."""
    if before.is_flat() and after.is_flat():
        yield from _flat(before, after)
        return
    old, new = list(_parts(before)), list(_parts(after))
    pairs = align([part.key() for part in old], [part.key() for part in new])
    pairs = [i if i is not None and old[i].tag == new[j].tag else None for j, i in enumerate(pairs)]
    pairs = _same_shape(old, new, pairs)
    used = {i for i in pairs if i is not None}
    done = 0
    for j, i in enumerate(pairs):
        if i is not None:
            while done < i:
                if done not in used:
                    yield from _whole(old[done], Op.DELETE)
                done += 1
            yield from _changed(old[i], new[j])
        else:
            while done < len(old) and done not in used:
                yield from _whole(old[done], Op.DELETE)
                done += 1
            yield from _whole(new[j], Op.INSERT)
    for i in range(done, len(old)):
        if i not in used:
            yield from _whole(old[i], Op.DELETE)


def _same_shape(old: Sequence[_Element], new: Sequence[_Element], pairs: list[int | None]) -> list[int | None]:
    """Return the pairs with the cells of a row paired by position, when a row has as many of them as before."""
    cells = {"td", "th"}
    if old and len(old) == len(new) and {part.tag for part in (*old, *new)} <= cells:
        return list(range(len(old)))
    return pairs


def _parts(element: _Element) -> Iterator[_Element]:
    """Yield the children as elements; text and inline markup that stands between blocks becomes one without a tag."""
    loose = _Element("")
    for child in element.children:
        if isinstance(child, str) or child.tag in _INLINE:
            loose.children.append(child)
            continue
        if loose.text().strip() or any(isinstance(part, _Element) for part in loose.children):
            yield loose
        loose = _Element("")
        yield child
    if loose.text().strip() or any(isinstance(part, _Element) for part in loose.children):
        yield loose


def _changed(before: _Element, after: _Element) -> Iterator[str]:
    if before.tag:
        yield after.start()
    yield from _children(before, after)
    if before.tag:
        yield after.end()


def _whole(element: _Element, op: Op) -> Iterator[str]:
    """Yield an element that went or came whole; the marks are inside it, around its words."""
    _, css_class = _MARKS[op]
    if element.tag:
        yield element.start(css_class)
    if element.is_flat():
        yield from _marked(list(_tokens(element)), op)
    else:
        for part in _parts(element):
            yield from _whole(part, op)
    if element.tag:
        yield element.end()


def _flat(before: _Element, after: _Element) -> Iterator[str]:
    """Yield text with inline markup, its words compared."""
    old, new = list(_tokens(before)), list(_tokens(after))
    if old and new and similarity(before.text(), after.text()) < REWRITTEN_BELOW:
        yield from _marked(old, Op.DELETE)
        yield from _marked(new, Op.INSERT)
        return
    for step in compare(old, new, _Token.is_space):
        if step.op is Op.EQUAL or all(token.is_space() for token in (*step.before, *step.after)):
            yield from _written(step.after)
        else:
            yield from _marked(step.before, Op.DELETE)
            yield from _marked(step.after, Op.INSERT)


def _tokens(element: _Element, around: _Path = ()) -> Iterator[_Token]:
    for child in element.children:
        if isinstance(child, str):
            yield from (_Token(token, around) for token in tokens(child))
        elif child.tag in _VOID:
            yield _Token(child.start(), around, child.tag)
        else:
            yield from _tokens(child, (*around, (child.tag, child.attributes)))


def _marked(stretch: Sequence[_Token], op: Op) -> Iterator[str]:
    if not stretch:
        return
    tag, css_class = _MARKS[op]
    yield f'<{tag} class="{css_class}"><span class="visually-hidden {css_class}-label"></span>'
    yield from _written(stretch)
    yield f"</{tag}>"


def _written(stretch: Iterable[_Token]) -> Iterator[str]:
    """Yield tokens with the markup around them, opened and closed where it changes."""
    open_: list[_Element] = []
    around: _Path = ()
    for token in stretch:
        shared = 0
        while shared < min(len(around), len(token.around)) and around[shared] == token.around[shared]:
            shared += 1
        while len(open_) > shared:
            yield open_.pop().end()
        for tag, attributes in token.around[shared:]:
            open_.append(_Element(tag, attributes))
            yield open_[-1].start()
        around = token.around
        yield token.text if token.tag else html.escape(token.text, quote=False)
    while open_:
        yield open_.pop().end()
