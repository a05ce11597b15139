"""XLIFF 1.2, both ways: one `trans-unit` per block with its uid, grouped by unit; states in XLIFF's own words too."""

from __future__ import annotations

from itertools import groupby
from types import MappingProxyType

from . import faults, xml_writing
from .marks import mark, state_of, was_missing
from .po_reading import fields_of, header_of
from .po_writing import STATE_MARK
from .things import Bundle, Header, Incoming, IncomingSegment, Problems, Segment, State
from .xml_reading import Node, read

_OURS = "urn:vivero:exchange"
_CHARACTER = '<x id="c" ctype="%s"/>'
_STATES = MappingProxyType(
    {
        State.MISSING: "translated",  # one that has a text all the same
        State.DRAFT: "needs-review-translation",
        State.REVIEW: "translated",
        State.APPROVED: "final",
        State.STALE: "needs-adaptation",
        State.NOT_APPLICABLE: "final",
    }
)
_PO_HEAD = "x-gettext-domain-header"  # a PO file made into XLIFF by translate-toolkit has its head as a text
_NOT_PEOPLE = ("vivero", "developer", "po-developer", "programmer")  # what we wrote ourselves, by other names
_SEGMENTED = frozenset({"g", "mrk", "ph", "bpt", "ept", "it", "sub"})  # their content is part of the text


def to_xliff(bundle: Bundle) -> bytes:
    """Return the bundle as XLIFF 1.2 in UTF-8."""
    header, attribute = bundle.header, xml_writing.attribute
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2" xmlns:vivero="{_OURS}">',
        f'<file original={attribute(f"{header.slug}/{header.region}")} datatype="plaintext"'
        f" source-language={attribute(header.source_language)} target-language={attribute(header.target_language)}"
        f" vivero:curriculum={attribute(header.slug)} vivero:region={attribute(header.region)}"
        f" vivero:version={attribute(header.version)} vivero:revision={attribute(header.revision)}"
        f' vivero:texts="{len(bundle.segments)}">',
        "<body>",
    ]
    for (unit, title), segments in groupby(bundle.segments, key=lambda segment: (segment.unit, segment.unit_title)):
        lines.append(f"<group id={attribute(unit)} resname={attribute(title)}>")
        lines += [_unit(segment) for segment in segments]
        lines.append("</group>")
    return "\n".join([*lines, "</body>", "</file>", "</xliff>", ""]).encode()


def from_xliff(data: bytes) -> Incoming:
    """Return what an XLIFF file holds; all that is wrong with it is among its problems, and the rest is there."""
    return _Reader().run(data)


def _unit(segment: Segment) -> str:
    attribute = xml_writing.attribute
    translate = ' translate="no"' if segment.state is State.NOT_APPLICABLE else ""
    approved = "yes" if segment.state is State.APPROVED else "no"
    lines = [
        f'<trans-unit id={attribute(segment.uid)} restype={attribute(f"x-{segment.kind}")} approved="{approved}"'
        f'{translate} xml:space="preserve" vivero:state={attribute(mark(segment.state, segment.target))}>',
        f"<source>{_content(segment.source)}</source>",
    ]
    if segment.target:
        lines.append(f'<target state="{_STATES[segment.state]}">{_content(segment.target)}</target>')
    elif segment.state is State.MISSING:  # OmegaT 3 offers for translation only what stands in a target
        lines.append(f'<target state="new">{_content(segment.source)}</target>')
    if segment.note:
        lines.append(f'<note from="vivero">{xml_writing.plain(segment.note)}</note>')
    if segment.previous_source:
        previous = _content(segment.previous_source)
        target = _content(segment.target)
        lines.append(
            f'<alt-trans alttranstype="previous-version"><source>{previous}</source>'
            f"<target>{target}</target></alt-trans>"
        )
    return "\n".join([*lines, "</trans-unit>"])


def _content(text: str) -> str:
    return xml_writing.text(text, _CHARACTER)


def _text(node: Node | None) -> str:
    """The text of a source or target, whatever tags a tool has put around parts of it."""
    if node is None:
        return ""
    parts = []
    for part in node.parts:
        if isinstance(part, str):
            parts.append(part)
        elif part.name == "x":
            parts.append(xml_writing.character(part.attributes.get("ctype", "")))
        elif part.name in _SEGMENTED:
            parts.append(_text(part))
    return "".join(parts)


def _written_in_po(node: Node) -> str:
    """The mark of a state where it came as a comment of a PO file."""
    lines = (line for context in node.find("context") for line in context.words().split("\n"))
    return next((line.removeprefix(STATE_MARK).strip() for line in lines if line.startswith(STATE_MARK)), "")


class _Reader:
    def __init__(self) -> None:
        self.problems = Problems()
        self.header = Header()
        self.texts = ""
        self.segments: dict[str, IncomingSegment] = {}

    def run(self, data: bytes) -> Incoming:
        with self.problems.until_enough():
            read(data, "xliff", "trans-unit", self.problems, self._take, self._opened)
            if not self.segments and not self.problems.found:
                self.problems.add(0, faults.NothingInIt())
            elif not self.header.slug:
                self.problems.add(0, faults.NoHeader())
            if self.texts.isdecimal() and len(self.segments) < int(self.texts[:9]):
                self.problems.add(0, faults.Fewer(there=self.texts, here=len(self.segments)))
        return Incoming(self.header, tuple(self.segments.values()), self.problems.sorted())

    def _opened(self, node: Node) -> None:
        if node.name == "file" and self.header == Header():
            said = node.attributes.get
            self.header = Header(
                said("curriculum", ""),
                said("region", ""),
                said("version", ""),
                said("revision", ""),
                said("source-language", ""),
                said("target-language", ""),
            )
            self.texts = said("texts", "")

    def _take(self, node: Node) -> None:
        if node.attributes.get("restype") == _PO_HEAD:
            fields = fields_of(_text(node.first("target")) or _text(node.first("source")))
            self.header, self.texts = header_of(fields), fields.get("x-vivero-texts", "")
            return
        uid, source = node.attributes.get("id", ""), _text(node.first("source"))
        if not uid:
            self.problems.add(node.line, faults.NoUid())
        elif node.first("source") is None:
            self.problems.add(node.line, faults.NoSource())
        elif uid in self.segments:
            self.problems.add(node.line, faults.UidTwice(uid=uid, first=self.segments[uid].line))
        else:
            self.problems.check_room(node.line, len(self.segments))
            self.segments[uid] = self._segment(node, uid, source)

    def _segment(self, node: Node, uid: str, source: str) -> IncomingSegment:
        target_node, written = node.first("target"), node.attributes.get("state", "") or _written_in_po(node)
        target = _text(target_node)
        said = target_node.attributes.get("state", "") if target_node else ""
        if was_missing(written) and target == source and said in ("", "new"):
            target = ""  # it came back as it went
        is_unsure = target != "" and (said == "new" or said.startswith("needs-"))
        earlier = next(
            (alt for alt in node.children("alt-trans") if alt.attributes.get("alttranstype") == "previous-version"),
            None,
        )
        comments = [
            note.words().strip() for note in node.children("note") if note.attributes.get("from") not in _NOT_PEOPLE
        ]
        return IncomingSegment(
            uid,
            source,
            target,
            state_of(written, target, is_unsure=is_unsure),
            node.line,
            tuple(filter(None, comments)),
            _text(earlier.first("source")) if earlier else "",
        )
