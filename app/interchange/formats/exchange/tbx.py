"""A glossary as TBX-Basic, both ways. The later dialect's names (`conceptEntry`, `langSec`, `termSec`) are read too."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from types import MappingProxyType

from app.core.checks.terms import Status, Term

from . import faults, xml_writing
from .things import Problem, Problems
from .tmx import LANGUAGE
from .xml_reading import Node, read

_CHARACTER = '<ph type="%s"/>'
_STATUSES = MappingProxyType(
    {
        Status.PREFERRED: "preferredTerm-admn-sts",
        Status.ADMITTED: "admittedTerm-admn-sts",
        Status.FORBIDDEN: "deprecatedTerm-admn-sts",
        Status.KEEP: "preferredTerm-admn-sts",
    }
)
_READ = MappingProxyType(
    {
        "preferredTerm": Status.PREFERRED,
        "standardizedTerm": Status.PREFERRED,
        "legalTerm": Status.PREFERRED,
        "regulatedTerm": Status.PREFERRED,
        "admittedTerm": Status.ADMITTED,
        "deprecatedTerm": Status.FORBIDDEN,
        "supersededTerm": Status.FORBIDDEN,
    }
)
_KEEP = "x-keep"


def to_tbx(terms: Iterable[Term], language: str = "en") -> bytes:
    """Return the terms as TBX-Basic in UTF-8, in their order; neighbours of one concept share an entry."""
    attribute = xml_writing.attribute
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<martif type="TBX-Basic" xml:lang={attribute(language)}>',
        "<martifHeader><fileDesc><sourceDesc><p>Vivero</p></sourceDesc></fileDesc>"
        '<encodingDesc><p type="XCSURI">TBXBasicXCSV02.xcs</p></encodingDesc></martifHeader>',
        "<text><body>",
    ]
    for number, (concept, entry) in enumerate(groupby(terms, key=lambda term: term.concept), start=1):
        lines.append(f'<termEntry id="c{number}"><admin type="x-concept">{_content(concept)}</admin>')
        for (code, region), some in groupby(entry, key=lambda term: (term.language, term.region)):
            lines.append(f"<langSet xml:lang={attribute(code)}>")
            lines += [_tig(term, region) for term in some]
            lines.append("</langSet>")
        lines.append("</termEntry>")
    return "\n".join([*lines, "</body></text>", "</martif>", ""]).encode()


def from_tbx(data: bytes) -> tuple[tuple[Term, ...], tuple[Problem, ...]]:
    """Return the terms of a glossary and what is wrong with it."""
    root, record = ("tbx", "conceptEntry") if b"<tbx" in data[:2000] else ("martif", "termEntry")
    terms: list[Term] = []
    problems = Problems()
    with problems.until_enough():
        read(data, root, record, problems, lambda node: terms.extend(_terms(node, problems)), lambda node: None)
        if not terms and not problems.found:
            problems.add(0, faults.NothingInIt())
    return tuple(terms), problems.sorted()


def _tig(term: Term, region: str) -> str:
    parts = [
        f"<tig><term>{_content(term.term)}</term>",
        f'<termNote type="administrativeStatus">{_STATUSES[term.status]}</termNote>',
    ]
    if term.status is Status.KEEP:
        parts.append(f'<termNote type="{_KEEP}">yes</termNote>')
    if region:
        parts.append(f'<termNote type="geographicalUsage">{_content(region)}</termNote>')
    if term.definition:
        parts.append(f'<descrip type="definition">{_content(term.definition)}</descrip>')
    if term.note:
        parts.append(f"<note>{_content(term.note)}</note>")
    return "".join([*parts, "</tig>"])


def _terms(entry: Node, problems: Problems) -> list[Term]:
    concept = _typed(entry, "admin", "x-concept") or entry.attributes.get("id", "")
    of_entry = _typed(entry, "descrip", "definition") or _grouped_definition(entry)
    terms: list[Term] = []
    for lang_set in entry.find("langSet", "langSec"):
        language = lang_set.attributes.get("lang", "").replace("_", "-")
        if not LANGUAGE.fullmatch(language):
            problems.add(lang_set.line, faults.NoLanguage(language=language[:40]))
            continue
        of_language = _typed(lang_set, "descrip", "definition") or _grouped_definition(lang_set) or of_entry
        for tig in lang_set.find("tig", "ntig", "termSec"):
            node = next(tig.find("term"), None)
            text = _text(node) if node else ""
            if not text.strip():
                problems.add(tig.line, faults.NoTerm())
                continue
            definition = _typed(tig, "descrip", "definition") or of_language
            notes = (_text(note) for note in tig.children("note"))
            region = _typed(tig, "termNote", "geographicalUsage")
            terms.append(Term(concept or text, language, region, text, _status(tig), "\n".join(notes), definition))
    return terms


def _status(tig: Node) -> Status:
    if _typed(tig, "termNote", _KEEP):
        return Status.KEEP
    named = _typed(tig, "termNote", "administrativeStatus").removesuffix("-admn-sts")
    return _READ.get(named, Status.ADMITTED if named else Status.PREFERRED)


def _typed(node: Node, name: str, type_: str) -> str:
    """The text of the first element of a name and type inside, not further down than a group."""
    for part in node.parts:
        if isinstance(part, Node):
            if part.name == name and part.attributes.get("type") == type_:
                return _text(part)
            if part.name == "termGrp" and (found := _typed(part, name, type_)):
                return found
    return ""


def _grouped_definition(node: Node) -> str:
    return next(filter(None, (_typed(group, "descrip", "definition") for group in node.children("descripGrp"))), "")


def _content(text: str) -> str:
    return xml_writing.text(text, _CHARACTER)


def _text(node: Node) -> str:
    return "".join(
        part
        if isinstance(part, str)
        else xml_writing.character(part.attributes.get("type", ""))
        if part.name == "ph"
        else _text(part)
        for part in node.parts
    )
