"""What a Word file of an edition carries unseen, so that it can come back: block names, and which edition it is.

Three carriers, because programs lose different ones (docs/decisions/0010-review-copy.md): a bookmark around each
block, a ledger as a custom XML part, and the edition's particulars as document properties. Written and read here;
what becomes of a reviewed file is `reviewing.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING
from zlib import crc32

from app.interchange.formats.characters import escape
from app.interchange.formats.document import Audience, Manual, ManualBlock, ManualModule, ManualUnit
from app.interchange.formats.docx.elements import Grid, Section
from app.interchange.formats.docx.names import CUSTOM_PROPERTIES, VALUE_TYPES

if TYPE_CHECKING:  # writing needs neither
    from lxml import etree

    from app.interchange.formats.docx.opening import OpenedFile

LEDGER = "urn:vivero:review-copy:1"
LEDGER_PART, PROPERTIES_PART = "customXml/item1.xml", "docProps/custom.xml"
BOOKMARK = "_v_"  # Word hides bookmarks whose names begin with a line
_PREFIX = "Vivero "
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # what Office calls the properties that users define
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Origin:
    """Which edition a file was made of. Empty where the file does not say it any more."""

    slug: str = ""
    region: str = ""
    version: str = ""
    revision: str = ""
    language: str = ""
    audience: str = Audience.FACILITATOR.value
    signed_by: str = ""  # author and time of the tracked changes that are the exporter's own
    signed_at: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One section of the book as it went out: the digest of its Markdown, and of each of its paragraphs."""

    key: str
    digest: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ledger:
    """What the custom XML part says; without sections when a program dropped it."""

    entries: Mapping[str, Entry] = field(default_factory=dict)
    outline: tuple[ManualModule, ...] = ()  # with blocks that have no text
    pictures: tuple[str, ...] = ()  # sources that the file shows
    values: Mapping[str, str] = field(default_factory=dict)


def bookmark_name(key: str) -> str:
    """The bookmark of a section: short enough for Word, and made of letters it allows, whatever the uid is."""
    return BOOKMARK + blake2b(key.encode("utf-8", "replace"), digest_size=12).hexdigest()


def text_digest(text: str) -> str:
    """A digest of a block's Markdown."""
    return blake2b(text.encode("utf-8", "replace"), digest_size=8).hexdigest()


def words_digest(words: str) -> str:
    """A digest of a paragraph's words that does not depend on how they are spaced."""
    return f"{crc32(_SPACE.sub(' ', words).strip().encode('utf-8', 'replace')):08x}"


def around(xml: str, key: str, number: int) -> str:
    """The XML of a section inside its bookmark, which begins in its first paragraph and ends in its last."""
    if not xml:
        return xml
    start = f'<w:bookmarkStart w:id="{number}" w:name="{bookmark_name(key)}"/>'
    end = f'<w:bookmarkEnd w:id="{number}"/>'
    last = xml.rindex("</w:p>")
    xml = xml[:last] + end + xml[last:]
    if not xml.startswith("<w:p>"):
        return start + xml
    place = xml.index("</w:pPr>") + len("</w:pPr>") if xml.startswith("<w:p><w:pPr>") else len("<w:p>")
    return xml[:place] + start + xml[place:]


def ledger_xml(manual: Manual, sections: Sequence[Section], pictures: Iterable[str]) -> str:
    """The ledger as XML. It names only what the audience of the file sees."""
    entries = {section.key: section for section in sections}
    rows = [f'<ledger xmlns="{LEDGER}">']
    rows += [f'<value name="{escape(name)}">{escape(value)}</value>' for name, value in sorted(manual.values.items())]
    rows += [f'<picture source="{escape(source)}"/>' for source in pictures]
    for module in manual.modules:
        rows.append(f'<module uid="{escape(module.uid)}" title="{escape(module.title)}">')
        for unit in module.units:
            rows.append(f'<unit uid="{escape(unit.uid)}" title="{escape(unit.title)}" minutes="{unit.minutes}">')
            rows += _block_rows(unit, entries)
            rows.append("</unit>")
        rows.append("</module>")
    rows.append("</ledger>")
    return "".join(rows)


def _block_rows(unit: ManualUnit, entries: Mapping[str, Section]) -> Iterator[str]:
    for block in unit.blocks:
        section = entries.get(f"block:{block.uid}")
        is_title = section is None and block.text.lstrip().startswith("# ")
        if section is None and not is_title:
            continue
        words = " ".join(_digests(section)) if section else ""
        digest = text_digest(block.source or block.text)
        yield f'<block uid="{escape(block.uid)}" kind="{escape(block.kind)}" digest="{digest}" words="{words}"/>'


def _digests(section: Section) -> Iterator[str]:
    for element in section.elements:
        cells = [cell for row in element.rows for cell in row] if isinstance(element, Grid) else [element]
        yield from (words_digest(cell.words()) for cell in cells if cell.words())


def properties_xml(origin: Origin) -> str:
    """The particulars of the edition as custom document properties, which survive the most programs."""
    rows = []
    for number, (name, value) in enumerate(_named(origin), 2):
        head = f'<property fmtid="{_FORMAT_ID}" pid="{number}" name="{name}">'
        rows.append(f"{head}<vt:lpwstr>{escape(value)}</vt:lpwstr></property>")
    return f'<Properties xmlns="{CUSTOM_PROPERTIES}" xmlns:vt="{VALUE_TYPES}">{"".join(rows)}</Properties>'


def _named(origin: Origin) -> list[tuple[str, str]]:
    return [(_PREFIX + name.replace("_", " "), str(getattr(origin, name))) for name in Origin.__slots__]


def unseen_parts(
    manual: Manual, sections: Sequence[Section], pictures: Iterable[str], signed_by: str = "", signed_at: str = ""
) -> dict[str, str]:
    """The parts that a file of an edition carries unseen, by their names; none for a manual of no edition.

    `pictures` has the sources that are shown as pictures, not as words in a box.
    """
    if not manual.slug:
        return {}
    origin = origin_of(manual, signed_by, signed_at)
    return {LEDGER_PART: ledger_xml(manual, sections, pictures), PROPERTIES_PART: properties_xml(origin)}


def origin_of(manual: Manual, signed_by: str = "", signed_at: str = "") -> Origin:
    """The particulars of a manual that goes out."""
    return Origin(
        manual.slug, manual.region, manual.version, manual.revision, manual.language, manual.audience.value,
        signed_by, signed_at,
    )  # fmt: skip


def read_origin(opened: OpenedFile) -> Origin:
    """Which edition an opened file says it was made of."""
    tree = opened.tree(PROPERTIES_PART)
    found: dict[str, str] = {}
    for row in tree if tree is not None else ():
        name = str(row.get("name") or "")
        if name.startswith(_PREFIX):
            found[name.removeprefix(_PREFIX).replace(" ", "_")] = "".join(str(text) for text in row.itertext()).strip()
    return Origin(**{name: found[name] for name in Origin.__slots__ if name in found})


def read_ledger(opened: OpenedFile) -> Ledger:
    """The ledger of an opened file, under whatever name a program has kept it; empty when it is gone."""
    for name in sorted(opened.names):
        if name.startswith("customXml/item") and name.endswith(".xml") and LEDGER.encode() in opened.part(name):
            tree = opened.tree(name)
            if tree is not None and tree.tag == f"{{{LEDGER}}}ledger":
                return _ledger(tree)
    return Ledger()


def _ledger(tree: etree._Element) -> Ledger:
    entries: dict[str, Entry] = {}
    modules = []
    for module in tree.findall(f"{{{LEDGER}}}module"):
        units = []
        for unit in module.findall(f"{{{LEDGER}}}unit"):
            blocks = []
            for row in unit.findall(f"{{{LEDGER}}}block"):
                key = f"block:{row.get('uid')}"
                entries[key] = Entry(key, str(row.get("digest")), tuple(str(row.get("words") or "").split()))
                blocks.append(ManualBlock(str(row.get("uid")), str(row.get("kind")), ""))
            minutes = str(unit.get("minutes") or "")
            number = int(minutes) if minutes.isdecimal() and len(minutes) < 6 else 0
            units.append(ManualUnit(str(unit.get("uid")), str(unit.get("title") or ""), number, tuple(blocks)))
        modules.append(ManualModule(str(module.get("uid")), str(module.get("title") or ""), tuple(units)))
    values = {str(row.get("name")): row.text or "" for row in tree.findall(f"{{{LEDGER}}}value")}
    pictures = tuple(str(row.get("source")) for row in tree.findall(f"{{{LEDGER}}}picture"))
    return Ledger(entries, tuple(modules), pictures, values)
