"""The parts of a Word file around the body: contents list, header, footer, settings, properties, the zip itself."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Mapping

from app.interchange.formats.arrangement import running_head
from app.interchange.formats.characters import escape
from app.interchange.formats.document import Manual
from app.interchange.formats.docx.body import Writer
from app.interchange.formats.docx.names import (
    CONTENT_TYPES,
    CORE_PROPERTIES,
    CUSTOM_XML,
    MAIN,
    PACKAGE_RELATIONS,
    RELATIONS,
    WORD_DRAWING,
    WORD_TYPE,
)
from app.interchange.formats.docx.review.carrier import LEDGER, LEDGER_PART, PROPERTIES_PART
from app.interchange.formats.docx.styles import numbering_xml, styles_xml
from app.interchange.formats.paper import prints_on_letter

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NAMESPACES = f'xmlns:w="{MAIN}" xmlns:r="{RELATIONS}" xmlns:wp="{WORD_DRAWING}"'
_LEDGER_ID = "{8B0C6A3E-5D41-4E0B-9C57-2F6E1A7D9B30}"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the same manual gives the same bytes, whenever it is written
_ZIP_LEVEL = 4  # measured: a third of the default level's time for 4 % more bytes

A4, LETTER = (11906, 16838), (12240, 15840)  # twips
MARGIN = 1418


def paper(region: str) -> tuple[int, int]:
    """The width and height, in twips, of the paper that people of this region print on."""
    return LETTER if prints_on_letter(region) else A4


def package(
    manual: Manual,
    body: str,
    writer: Writer,
    *,
    comments: str = "",
    tracking: bool = False,
    unseen: Mapping[str, str] | None = None,
) -> bytes:
    """Return the bytes of the Word file around a written body; with `tracking`, Word goes on tracking changes.

    `unseen` has the parts by which a review copy finds its way back (`review/carrier.py`), by their names.
    """
    contents = contents_field(manual, writer) if manual.cover else ""
    document = (
        f"{_HEAD}<w:document {_NAMESPACES}><w:body>{body.replace(CONTENTS, contents, 1)}"
        f"{_section(manual)}</w:body></w:document>"
    )
    parts = {
        "word/document.xml": document,
        "word/styles.xml": styles_xml(manual.language),
        "word/numbering.xml": numbering_xml(writer.lists),
        "word/settings.xml": _settings(manual, tracking),
        "word/header1.xml": _header(manual),
        "word/footer1.xml": _footer(manual),
        "docProps/core.xml": _core(manual),
        "docProps/app.xml": f'{_HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
        'extended-properties"><Application>Vivero</Application></Properties>',
    }
    if comments:
        parts["word/comments.xml"] = f"{_HEAD}<w:comments {_NAMESPACES}>{comments}</w:comments>"
    parts |= {name: _HEAD + text for name, text in (unseen or {}).items()}
    if LEDGER_PART in parts:
        parts |= _ledger_parts()
    parts["word/_rels/document.xml.rels"] = _relations(writer, bool(comments), LEDGER_PART in parts)
    parts["_rels/.rels"] = _package_relations(PROPERTIES_PART in parts)
    return _zip({"[Content_Types].xml": _content_types(parts, writer), **parts}, writer.media.files)


def _zip(parts: dict[str, str], files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=_ZIP_LEVEL) as archive:
        for name, text in parts.items():
            archive.writestr(_entry(name), text.encode())
        for name, data in files.items():
            archive.writestr(_entry(f"word/media/{name}", packed=name.endswith(".svg")), data)
    return buffer.getvalue()


def _entry(name: str, packed: bool = True) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    return entry


CONTENTS = "<!--contents-->"  # stands in the body until all headings are known; escaped text can never look like it


def contents_field(manual: Manual, writer: Writer) -> str:
    """The table of contents: a field that Word updates, filled already so that no one finds it empty."""
    title = (
        f'<w:p><w:pPr><w:pStyle w:val="TOCHeading"/><w:pageBreakBefore/></w:pPr>{_run(manual.label("contents"))}</w:p>'
    )
    instruction = ' TOC \\o "1-2" \\h \\z \\u '
    opening = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve">{instruction}</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    lines = []
    for n, (level, words, name) in enumerate(writer.headings):
        page = _field(f"PAGEREF {name} \\h")
        entry = f'<w:hyperlink w:anchor="{name}" w:history="1">{_run(words)}<w:r><w:tab/></w:r>{page}</w:hyperlink>'
        lines.append(f'<w:p><w:pPr><w:pStyle w:val="TOC{level}"/></w:pPr>{"" if n else opening}{entry}</w:p>')
    if not lines:
        lines.append(f"<w:p>{opening}</w:p>")
    return f'{title}{"".join(lines)}<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'


def _run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _field(instruction: str, shown: str = "") -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {instruction} '
        f'</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>{_run(shown)}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def _section(manual: Manual) -> str:
    width, height = paper(manual.region)
    first = "<w:titlePg/>" if manual.cover else ""
    return (
        '<w:sectPr><w:headerReference w:type="default" r:id="rIdHeader"/>'
        '<w:footerReference w:type="default" r:id="rIdFooter"/>'
        f'<w:pgSz w:w="{width}" w:h="{height}"/><w:pgMar w:top="{MARGIN}" w:right="{MARGIN}" w:bottom="{MARGIN}" '
        f'w:left="{MARGIN}" w:header="680" w:footer="680" w:gutter="0"/>{first}</w:sectPr>'
    )


def _header(manual: Manual) -> str:
    head = f'<w:p><w:pPr><w:pStyle w:val="header"/></w:pPr>{_run(running_head(manual))}</w:p>'
    return f"{_HEAD}<w:hdr {_NAMESPACES}>{head}</w:hdr>"


def _footer(manual: Manual) -> str:
    before, _, rest = manual.label("page").partition("%(page)s")
    between, _, after = rest.partition("%(pages)s")
    count = f"{_run(before)}{_field('PAGE', '1')}{_run(between)}{_field('NUMPAGES', '1')}{_run(after)}"
    licence = f"{_run(manual.licence)}" if manual.licence else ""
    return (
        f'{_HEAD}<w:ftr {_NAMESPACES}><w:p><w:pPr><w:pStyle w:val="footer"/></w:pPr>{licence}<w:r><w:tab/></w:r>'
        f"{count}</w:p></w:ftr>"
    )


def _settings(manual: Manual, tracking: bool) -> str:
    track = "<w:trackRevisions/>" if tracking else ""
    update = '<w:updateFields w:val="true"/>' if manual.cover else ""
    language = escape(manual.language)
    return (
        f'{_HEAD}<w:settings {_NAMESPACES}><w:zoom w:percent="100"/>{track}<w:defaultTabStop w:val="400"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/>'
        f'{update}<w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        f'<w:themeFontLang w:val="{language}"/></w:settings>'
    )


def _core(manual: Manual) -> str:
    day = manual.released_on or dt.date(1980, 1, 1)
    stamp = f"{day.isoformat()}T00:00:00Z"
    author = f"<dc:creator>{escape('; '.join(manual.credits[:3]))}</dc:creator>" if manual.credits else ""
    dates = (
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{stamp}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{stamp}</dcterms:modified>'
        if manual.released_on
        else ""
    )
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{CORE_PROPERTIES}" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(manual.title)}</dc:title><dc:subject>{escape(manual.edition)}</dc:subject>{author}"
        f"<dc:language>{escape(manual.language)}</dc:language>{dates}<cp:version>{escape(manual.version)}</cp:version>"
        "</cp:coreProperties>"
    )


_PARTS = {
    "rIdStyles": ("styles", "styles.xml"),
    "rIdNumbering": ("numbering", "numbering.xml"),
    "rIdSettings": ("settings", "settings.xml"),
    "rIdHeader": ("header", "header1.xml"),
    "rIdFooter": ("footer", "footer1.xml"),
}
_CORE_TYPE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"


def _package_relations(with_properties: bool) -> str:
    own = f'<Relationship Id="rId4" Type="{RELATIONS}/custom-properties" Target="{PROPERTIES_PART}"/>'
    return (
        f'{_HEAD}<Relationships xmlns="{PACKAGE_RELATIONS}">'
        f'<Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{_CORE_TYPE}" Target="docProps/core.xml"/>'
        f'<Relationship Id="rId3" Type="{RELATIONS}/extended-properties" Target="docProps/app.xml"/>'
        f"{own if with_properties else ''}</Relationships>"
    )


def _ledger_parts() -> dict[str, str]:
    """What Office wants beside a custom XML part in order to keep it: its properties, and the way to them."""
    return {
        "customXml/itemProps1.xml": f'{_HEAD}<ds:datastoreItem ds:itemID="{_LEDGER_ID}" xmlns:ds="{CUSTOM_XML}">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{LEDGER}"/></ds:schemaRefs></ds:datastoreItem>',
        "customXml/_rels/item1.xml.rels": f'{_HEAD}<Relationships xmlns="{PACKAGE_RELATIONS}"><Relationship Id="rId1" '
        f'Type="{RELATIONS}/customXmlProps" Target="itemProps1.xml"/></Relationships>',
    }


def _relations(writer: Writer, with_comments: bool, with_ledger: bool) -> str:
    rows = [
        f'<Relationship Id="{key}" Type="{RELATIONS}/{kind}" Target="{part}"/>' for key, (kind, part) in _PARTS.items()
    ]
    if with_comments:
        rows.append(f'<Relationship Id="rIdComments" Type="{RELATIONS}/comments" Target="comments.xml"/>')
    if with_ledger:
        rows.append(f'<Relationship Id="rIdLedger" Type="{RELATIONS}/customXml" Target="../{LEDGER_PART}"/>')
    for number, name in enumerate(writer.media.files, 1):
        rows.append(f'<Relationship Id="rIdPicture{number}" Type="{RELATIONS}/image" Target="media/{name}"/>')
    for address, key in writer.links.items():
        rows.append(
            f'<Relationship Id="{key}" Type="{RELATIONS}/hyperlink" Target="{escape(address)}" TargetMode="External"/>'
        )
    return f'{_HEAD}<Relationships xmlns="{PACKAGE_RELATIONS}">{"".join(rows)}</Relationships>'


_SPECIAL_TYPES = {
    "word/document.xml": f"{WORD_TYPE}.document.main+xml",
    "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    PROPERTIES_PART: "application/vnd.openxmlformats-officedocument.custom-properties+xml",
    "customXml/itemProps1.xml": "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
    LEDGER_PART: "application/xml",
}


def _content_types(parts: dict[str, str], writer: Writer) -> str:
    forms = sorted({name.rsplit(".", 1)[1] for name in writer.media.files})
    rows = [
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>',
        '<Default Extension="xml" ContentType="application/xml"/>',
        *(
            f'<Default Extension="{form}" ContentType="image/{"svg+xml" if form == "svg" else form}"/>'
            for form in forms
        ),
    ]
    for name in parts:
        if not name.endswith(".rels"):
            stem = name.split("/")[-1].removesuffix(".xml").rstrip("1")
            rows.append(
                f'<Override PartName="/{name}" ContentType="{_SPECIAL_TYPES.get(name, f"{WORD_TYPE}.{stem}+xml")}"/>'
            )
    return f'{_HEAD}<Types xmlns="{CONTENT_TYPES}">{"".join(rows)}</Types>'
