"""Paragraphs and tables as WordprocessingML text, plain or as tracked insertions and deletions.

Written as strings: a 150-page manual has some 20,000 runs, and building them as objects takes longer than all the
rest of the export together. Every word from outside goes through `escape`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from app.interchange.formats.characters import escape, printable
from app.interchange.formats.docx.elements import Element, Grid, ListRef, Para
from app.interchange.formats.docx.layout import LABEL
from app.interchange.formats.docx.media import Media
from app.interchange.formats.docx.review.carrier import around
from app.interchange.formats.docx.styles import BOX_RIGHT, FIRST_OWN_LIST, box_id, frame
from app.interchange.formats.nodes import BOLD, CODE, ITALIC, STRIKE, Inline, Inlines, Picture, is_to_write_in

WRITING_HEIGHT = 510  # twips, 9 mm: the least in which people write by hand
_CHARACTER_WIDTH = 125  # twips: a bold character of the table's font, on the safe side
_BOXED = '<w:rPr><w:i/><w:bdr w:val="single" w:sz="4" w:space="4" w:color="808080"/></w:rPr>'


@dataclass(frozen=True, slots=True)
class Change:
    """A tracked change: `ins` or `del`, and by whom and when (as attributes, escaped)."""

    tag: str
    attributes: str


@dataclass(slots=True)
class Writer:
    """Writes elements one after the other and remembers what the package needs: lists, links, pictures, headings."""

    media: Media
    text_width: int = 9070  # twips between the margins
    lists: list[tuple[bool, int, int]] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)  # address -> relationship
    headings: list[tuple[int, str, str]] = field(default_factory=list)  # level, words, bookmark
    next_id: int = 1  # of tracked changes and bookmarks
    remark: str = ""  # number of the comment that the next paragraph carries

    def section(self, key: str, xml: str, *, is_named: bool) -> str:
        """The XML of a section, inside the bookmark that tells whose words these are when the file comes back."""
        return around(xml, key, self._id()) if is_named else xml

    def elements(self, elements: Iterable[Element], change: Change | None = None) -> str:
        return "".join(
            self.grid(item, change) if isinstance(item, Grid) else self.paragraph(item, change) for item in elements
        )

    def paragraph(self, para: Para, change: Change | None = None) -> str:
        """One paragraph, its mark included in the change."""
        content = self.runs(para.runs, change)
        return self.paragraph_around(para, content, change)

    def paragraph_around(self, para: Para, content: str, change: Change | None = None) -> str:
        """A paragraph with content that is XML already; `change` is about its mark."""
        if para.toc_level:
            name = f"_Toc{len(self.headings) + 1:06d}"
            if not (change and change.tag == "del"):
                self.headings.append((para.toc_level, para.words(), name))
                number = self._id()
                content = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{content}<w:bookmarkEnd w:id="{number}"/>'
        if self.remark:
            remark, self.remark = self.remark, ""
            reference = self._tracked(f'<w:r><w:commentReference w:id="{remark}"/></w:r>', change)
            content = f'<w:commentRangeStart w:id="{remark}"/>{content}<w:commentRangeEnd w:id="{remark}"/>{reference}'
        mark = f"<w:rPr>{self.change_tag(change)}</w:rPr>" if change else ""
        return f"<w:p>{self._properties(para, mark)}{content}</w:p>"

    def _properties(self, para: Para, mark: str) -> str:
        bits = "<w:keepNext/>" if para.keeps_next else ""
        bits += "<w:pageBreakBefore/>" if para.page_break else ""
        if para.list:
            bits += (
                f'<w:numPr><w:ilvl w:val="{para.list.level}"/><w:numId w:val="{self._number(para.list)}"/></w:numPr>'
            )
        if para.frame and para.style != box_id(para.frame):
            bits += frame(para.frame)
        if para.left:
            right = f' w:right="{BOX_RIGHT}"' if para.frame else ""
            hanging = f' w:hanging="{para.hanging}"' if para.hanging else ""
            bits += f'<w:ind w:left="{para.left}"{right}{hanging}/>'
        if para.align:
            bits += f'<w:jc w:val="{para.align}"/>'
        style = "" if para.style == "Normal" else f'<w:pStyle w:val="{para.style}"/>'
        return f"<w:pPr>{style}{bits}{mark}</w:pPr>" if style or bits or mark else ""

    def _number(self, ref: ListRef) -> int:
        if not ref.number_id:
            ref.number_id = FIRST_OWN_LIST + len(self.lists)
            self.lists.append((ref.ordered, ref.level, ref.start))
        return ref.number_id

    def runs(self, runs: Inlines, change: Change | None = None) -> str:
        return "".join([self._run(run, change) for run in runs])

    def _run(self, run: Inline, change: Change | None) -> str:
        if isinstance(run, Picture):
            return self._tracked(self._picture(run), change)
        properties = run_properties(run.marks, run.href[:1] not in ("", "#"))
        text = _text(run.text, "w:delText" if change and change.tag == "del" else "w:t")
        xml = self._tracked(f"<w:r>{properties}{text}</w:r>", change)
        if not run.href or run.href[0] == "#":  # a place in a page is no place in this document
            return xml
        return f'<w:hyperlink r:id="{self._link(run.href)}">{xml}</w:hyperlink>'

    def _tracked(self, xml: str, change: Change | None) -> str:
        return f"{self.change_tag(change, closed=False)}{xml}</w:{change.tag}>" if change else xml

    def change_tag(self, change: Change | None, *, closed: bool = True) -> str:
        """The tag of a tracked change with an id of its own."""
        if change is None:
            return ""
        return f'<w:{change.tag} w:id="{self._id()}" {change.attributes}{"/" if closed else ""}>'

    def _id(self) -> int:
        self.next_id += 1
        return self.next_id

    def _link(self, address: str) -> str:
        return self.links.setdefault(address, f"rIdLink{len(self.links) + 1}")

    def _picture(self, picture: Picture) -> str:
        drawing = self.media.drawing(picture)
        if drawing:
            return f"<w:r>{drawing}</w:r>"
        return f"<w:r>{_BOXED}{_text(self.media.missing(picture), 'w:t')}</w:r>"

    def grid(self, grid: Grid, change: Change | None = None) -> str:
        widths = self.widths(grid)
        rows = [
            self.row(row, [self.paragraph(cell, change) for cell in row], widths, n == 0, change)
            for n, row in enumerate(grid.rows)
        ]
        return self.grid_around(grid, widths, rows)

    def grid_around(self, grid: Grid, widths: list[int], rows: list[str]) -> str:
        """A table around rows that are XML already."""
        indent = f'<w:tblInd w:w="{grid.left + 108}" w:type="dxa"/>' if grid.left else ""
        columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        return (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="ViveroTable"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>{indent}'
            '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" '
            f'w:noVBand="1"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{"".join(rows)}</w:tbl>'
        )

    def row(
        self, row: list[Para], cells: list[str], widths: list[int], is_head: bool, change: Change | None = None
    ) -> str:
        """A row around its cells as XML; the head is repeated on every page, and where one writes there is room."""
        is_tall = is_to_write_in([cell.runs for cell in row], is_head=is_head)
        head = "<w:tblHeader/>" if is_head else ""
        height = f'<w:trHeight w:val="{WRITING_HEIGHT}" w:hRule="atLeast"/>' if is_tall else ""
        body = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{cell}</w:tc>'
            for width, cell in zip(widths, cells, strict=True)
        )
        return f"<w:tr><w:trPr><w:cantSplit/>{height}{head}{self.change_tag(change)}</w:trPr>{body}</w:tr>"

    def widths(self, grid: Grid) -> list[int]:
        """Column widths by how much text the columns hold, none too narrow for a word."""
        width = self.text_width - (grid.left + 216 if grid.left else 0)
        weights, least = [], []
        for column in range(len(grid.rows[0])):
            cells = [row[column].words() for row in grid.rows[:60]]
            weights.append(max(5.0, min(60.0, max(map(len, cells)) ** 0.75)))
            word = max((len(word) for cell in cells for word in cell.split()), default=1)
            least.append(min(word, 16) * _CHARACTER_WIDTH + 260)
        spare = max(0, width - sum(least))
        scale = min(1.0, width / sum(least))
        return [int(low * scale + spare * weight / sum(weights)) for low, weight in zip(least, weights, strict=True)]


_PROPERTIES: dict[tuple[int, bool], str] = {}


def run_properties(marks: int, linked: bool = False) -> str:
    """The `w:rPr` of a run, in the order that the schema asks for."""
    known = _PROPERTIES.get((marks, linked))
    if known is None:
        style = "Hyperlink" if linked else "CodeText" if marks & CODE else "BlockLabel" if marks & LABEL else ""
        bits = f'<w:rStyle w:val="{style}"/>' if style else ""
        bits += "".join(
            tag for mark, tag in ((BOLD, "<w:b/>"), (ITALIC, "<w:i/>"), (STRIKE, "<w:strike/>")) if marks & mark
        )
        known = _PROPERTIES[marks, linked] = f"<w:rPr>{bits}</w:rPr>" if bits else ""
    return known


def _text(text: str, tag: str) -> str:
    """Text with its line breaks and tabs as Word's own."""
    text = printable(text)
    if "\n" not in text and "\t" not in text:
        return f'<{tag} xml:space="preserve">{escape(text)}</{tag}>'
    parts = []
    for n, line in enumerate(text.split("\n")):
        parts.append("<w:br/>" if n else "")
        for m, piece in enumerate(line.split("\t")):
            parts.append("<w:tab/>" if m else "")
            parts.append(f'<{tag} xml:space="preserve">{escape(piece)}</{tag}>' if piece else "")
    return "".join(parts)
