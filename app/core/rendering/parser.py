"""The Markdown parser, built once per thread: tables, sane lists, fences and typed blocks; raw HTML is text.

Fences and typed blocks are found by markup/, the same reading the splitter uses, and handed to the parser with a
mark that no text can contain (the parser's own start-of-text character, which it takes out of what people wrote).
"""

from __future__ import annotations

import html
import re
import threading
from collections.abc import Iterator
from xml.etree import ElementTree

import markdown
from markdown.blockprocessors import HashHeaderProcessor
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE
from pymdownx.blocks import BlocksExtension, BlocksProcessor
from pymdownx.blocks.block import Block

from app.core.content import TYPED_KINDS, Kind
from app.core.markup import TAB, Fence, Typed, scan
from app.core.references import inline_references
from app.core.variables import VARIABLE

_MARK = "\x02"
_LANGUAGE = re.compile(r"[\w#.+-]{1,40}")
_CHOICE = re.compile(r"\[( |x|X)\](?:\s+|$)")
_WHOLE_NUMBERS = re.compile(r"\d{1,4}")
_WORDS = re.compile(r"[a-z]{1,20}")

_PARTICIPANTS_DO_NOT_SEE = frozenset({Kind.MATERIALS, Kind.PLAN, Kind.NOTE, Kind.ACCESS})
_FACTS = {"minutes": _WHOLE_NUMBERS, "objectives": _WHOLE_NUMBERS, "objective": _WHOLE_NUMBERS, "use": _WORDS}

_threads = threading.local()


def convert(text: str, *, participant: bool) -> str:
    """Return the HTML of a text, not yet cleaned; `participant` leaves out what the trainer keeps."""
    parser = getattr(_threads, "parser", None)
    if parser is None:
        parser = _threads.parser = _Parser()
    parser.reset()
    parser.participant = participant
    try:
        return parser.convert(inline_references(text))
    except BaseException:
        del _threads.parser  # a parser that stopped half-way is not trusted with the next text
        raise


class _Parser(markdown.Markdown):
    """The parser with what our own steps share while one text is converted."""

    def __init__(self) -> None:
        self.participant = False
        self.typed: list[Typed] = []
        super().__init__(extensions=["tables", "sane_lists", _TypedBlocks(), _OurSteps()])

    def reset(self) -> _Parser:
        self.typed = []
        super().reset()
        return self


class _OurSteps(Extension):
    """Takes raw HTML out of the parser and puts our steps in."""

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 - the parser's name
        assert isinstance(md, _Parser)  # noqa: S101 - used by that class alone
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.parser.blockprocessors.deregister("reference")
        for name in ("reference", "image_reference", "short_reference", "short_image_ref"):
            md.inlinePatterns.deregister(name)
        md.preprocessors.register(_Outline(md), "outline", 25)
        md.parser.blockprocessors.register(_SpacedHeadings(md.parser), "hashheader", 70)
        md.treeprocessors.register(_Sections(md), "sections", 30)
        md.treeprocessors.register(_Finish(md), "finish", -1)


class _SpacedHeadings(HashHeaderProcessor):
    """Headings only where a space follows the number signs, so that `#cooperative` is a word."""

    RE = re.compile(r"(?:^|\n)(?P<level>#{1,6})(?P<header>(?: [^\n]*?)?)(?: #*)? *(?:\n|$)")


class _Outline(Preprocessor):
    """Puts fences away as finished HTML and marks where typed blocks open and close."""

    def run(self, lines: list[str]) -> list[str]:
        return list(self._outline(lines))

    def _outline(self, lines: list[str]) -> Iterator[str]:
        found = scan(lines)
        typed = {span.start: span.typed for span in found.spans if span.typed}
        fences = {fence.start: fence for fence in found.fences}
        starts = {span.start for span in found.spans}
        hidden = {number for start, end in found.definitions for number in range(start, end)}
        line = 0
        while line < len(lines):
            if line in starts:
                yield ""  # a blank line between elements changes nothing but the time the parser takes to part them
            if block := typed.get(line):
                yield from self._typed(lines, block)
                line = block.end
            elif fence := fences.get(line):
                yield from self._fence(lines, fence)
                line = fence.end
            else:
                yield self._hidden(lines[line], inner=line in found.inner) if line in hidden else lines[line]
                line += 1

    def _hidden(self, line: str, *, inner: bool) -> str:
        """A line that shows nothing and, inside a list or quotation, parts nothing."""
        return line[: line.index("[")] + self.md.htmlStash.store("") if inner else ""

    def _fence(self, lines: list[str], fence: Fence) -> Iterator[str]:
        code = "\n".join(_dedent(line, fence.indent) for line in lines[fence.start + 1 : fence.end - 1])
        language = _LANGUAGE.match(fence.info)
        named = f' class="language-{html.escape(language[0])}"' if language else ""
        stored = self.md.htmlStash.store(f"<pre><code{named}>{html.escape(code, quote=False)}\n</code></pre>")
        indent = max(TAB, fence.indent // TAB * TAB) if fence.in_list else 0
        yield from ("", " " * indent + stored, "")

    def _typed(self, lines: list[str], block: Typed) -> Iterator[str]:
        assert isinstance(self.md, _Parser)  # noqa: S101 - used by that class alone
        slashes = lines[block.end - 1].strip()
        yield from ("", f"{_MARK}{slashes} {block.kind} | {len(self.md.typed)}", "")
        self.md.typed.append(block)
        yield from self._outline(lines[block.body : block.end - 1])
        yield from ("", f"{_MARK}{slashes}", "")


def _dedent(line: str, indent: int) -> str:
    return line[min(indent, len(line) - len(line.lstrip(" "))) :]


class _TypedBlocks(BlocksExtension):  # type: ignore[misc] # the library is not typed
    """Registers one block per typed kind, and lets only marked lines open and close them."""

    def extendMarkdownBlocks(self, md: markdown.Markdown, block_mgr: BlocksProcessor) -> None:  # noqa: N802
        block_mgr.start = re.compile(rf"(?:^|\n){_MARK}(/{{3,}}) ([\w-]+) \| (\d+)(?:\n|$)")
        block_mgr.end = re.compile(rf"(?m)(?:^|\n){_MARK}(/{{3,}})(?:\n|$)")
        for kind in sorted(TYPED_KINDS):
            block_mgr.register(type(f"_{kind.title()}", (_TypedBlock,), {"NAME": str(kind)}), {})


class _TypedBlock(Block):  # type: ignore[misc] # the library is not typed
    """A typed block as a section with its title and facts; the rest is added by the parser."""

    ARGUMENT = True

    def on_create(self, parent: ElementTree.Element) -> ElementTree.Element:
        typed: Typed = self.md.typed[int(self.argument)]
        section = ElementTree.SubElement(parent, "section", {"class": f"block block-{typed.kind}", "kind": typed.kind})
        if typed.title:
            ElementTree.SubElement(section, "h2").text = typed.title
        facts = [
            (name, found) for name, pattern in _FACTS.items() if (found := pattern.findall(typed.options.get(name, "")))
        ]
        if facts:
            line = ElementTree.SubElement(section, "p", {"class": "facts"})
            for name, found in facts:
                fact = ElementTree.SubElement(line, "data", {"class": name, "value": " ".join(found)})
                fact.text, fact.tail = ", ".join(found), " "
            fact.tail = None
        return section


class _Sections(Treeprocessor):
    """What typed blocks mean: who sees them, which choices a question has, what is its feedback."""

    def run(self, root: ElementTree.Element) -> None:
        assert isinstance(self.md, _Parser)  # noqa: S101 - used by that class alone
        if self.md.participant:
            for parent in root.iter():
                for section in [child for child in parent if child.get("kind") in _PARTICIPANTS_DO_NOT_SEE]:
                    parent.remove(section)
        for section in root.iter("section"):
            if section.attrib.pop("kind", "") == Kind.QUESTION:
                self._question(section, participant=self.md.participant)

    def _question(self, section: ElementTree.Element, *, participant: bool) -> None:
        for item in (item for part in section if part.tag in ("ul", "ol") for item in part):
            holder = item[0] if len(item) and item[0].tag == "p" and not item.text else item
            if found := _CHOICE.match(holder.text or ""):
                holder.text = (holder.text or "")[found.end() :]
                item.set("class", "choice" if found[1] == " " or participant else "choice key")
        quotes = [part for part in section if part.tag == "blockquote"]
        if quotes and participant:
            section.remove(quotes[-1])
        elif quotes:
            quotes[-1].set("class", "feedback")


class _Finish(Treeprocessor):
    """Figures, aligned cells, and no variables in attributes, where they could not be filled in safely.

    Wide tables scroll by themselves, so each can be reached by keyboard; a head that says nothing is an empty cell.
    """

    def run(self, root: ElementTree.Element) -> None:
        for element in root.iter():
            self._drop_hidden(element)
            for name, value in element.items():
                if "{{" in value:
                    element.set(name, VARIABLE.sub("", value))
            style = element.attrib.pop("style", "")
            if style.startswith("text-align: "):
                element.set("class", "align-" + style.removeprefix("text-align: ").rstrip(";"))
            if element.tag == "table":
                element.set("tabindex", "0")
            elif element.tag == "th" and not len(element) and not (element.text or "").strip():
                element.tag = "td"
            elif element.tag == "p" and len(element) == 1 and element[0].tag == "img":
                self._figure(element)

    def _drop_hidden(self, parent: ElementTree.Element) -> None:
        """Take out paragraphs that are nothing but hidden lines."""
        for child in [child for child in parent if child.tag == "p" and not len(child)]:
            stashed = HTML_PLACEHOLDER_RE.findall(child.text or "")
            alone = not HTML_PLACEHOLDER_RE.sub("", child.text or "").strip()
            if stashed and alone and not any(self.md.htmlStash.rawHtmlBlocks[int(number)] for number in stashed):
                parent.remove(child)

    def _figure(self, paragraph: ElementTree.Element) -> None:
        image = paragraph[0]
        if (paragraph.text or "").strip() or (image.tail or "").strip():
            return
        paragraph.tag, image.tail = "figure", None
        if title := image.attrib.pop("title", ""):
            ElementTree.SubElement(paragraph, "figcaption").text = title
