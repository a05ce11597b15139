"""Word files as other programs write them, from raw parts: for the tests of reading what anyone made."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from app.interchange.formats.docx.foreign import ForeignDocument, read_foreign

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
SPACES = (
    f'xmlns:w="{MAIN}" xmlns:r="{OFFICE}" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
KINDS = {"footnotes": "footnotes", "endnotes": "endnotes", "comments": "comments", "styles": "styles",
         "numbering": "numbering", "header": "header", "footer": "footer", "image": "image", "settings": "settings",
         "hyperlink": "hyperlink", "diagramData": "diagramData", "aFChunk": "aFChunk",
         "attachedTemplate": "attachedTemplate"}  # fmt: skip


def word(
    body: str, relations: Mapping[str, tuple[str, str]] | None = None, parts: Mapping[str, str | bytes] | None = None
) -> bytes:
    """A Word file. `relations` are id → (kind, target); a target with a scheme is outside. `parts` are below `word/`.

    A part given as text gets the element around it that its name says, with all name spaces.
    """
    files: dict[str, bytes] = {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{WORD}.document.main+xml"/></Types>'
        ).encode(),
        "_rels/.rels": _relations({"rId1": ("officeDocument", "word/document.xml")}),
        "word/document.xml": f"<w:document {SPACES}><w:body>{body}</w:body></w:document>".encode(),
        "word/_rels/document.xml.rels": _relations(relations or {}),
    }
    for name, data in (parts or {}).items():
        if isinstance(data, str):
            root = {"header": "hdr", "footer": "ftr"}.get(name.rstrip("0123456789"), name)
            data, name = f"<w:{root} {SPACES}>{data}</w:{root}>".encode(), f"{name}.xml"
        files[f"word/{name}" if not name.startswith("/") else name[1:]] = data
    return zipped(files)


def zipped(files: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def _relations(rows: Mapping[str, tuple[str, str]]) -> bytes:
    inner = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{target}"'
        f"{' TargetMode=' + chr(34) + 'External' + chr(34) if ':' in target else ''}/>"
        for name, (kind, target) in rows.items()
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{inner}</Relationships>'.encode()


def run(text: str, look: str = "") -> str:
    """A run with white space kept. `look` is the inside of its properties."""
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def par(text: str = "", look: str = "", properties: str = "", inner: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(text, look) if text else ''}{inner}</w:p>"


def bold(text: str, half_points: int = 22, properties: str = "") -> str:
    """A paragraph that somebody made bold by hand."""
    return par(text, f'<w:b/><w:sz w:val="{half_points}"/>', properties)


TEXT = "Este párrafo es bastante largo para que nadie lo tome por un título, y tiene punto al final."


def text(words: str = TEXT) -> str:
    return par(words, '<w:sz w:val="22"/>')


def table(*rows: tuple[str, ...]) -> str:
    """A table; each cell is the XML inside it."""
    made = "".join("<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in row) + "</w:tr>" for row in rows)
    return f"<w:tbl>{made}</w:tbl>"


def text_box(inner: str) -> str:
    """A text box as Word writes it: a drawing, and the same once more for older versions."""
    content = f"<w:txbxContent>{inner}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><wps:wsp><wps:txbx>'
        f"{content}</wps:txbx></wps:wsp></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
        f"{content}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def drawing(relation: str, alt: str = "", way: str = "embed") -> str:
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="{alt}"/><a:graphic><a:graphicData><pic:pic>'
        f'<pic:blipFill><a:blip r:{way}="{relation}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline>'
        "</w:drawing></w:r>"
    )


def numbered(*lists: str, **overrides: int) -> str:
    """A numbering part: list 1, 2, … each of three levels of these formats, and more that restart list 1."""
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{number}">'
        + "".join(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
            f'<w:lvlText w:val="%{level + 1}."/></w:lvl>'
            for level in range(3)
        )
        + "</w:abstractNum>"
        for number, form in enumerate(lists, 1)
    )
    numbers = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>' for number in range(1, len(lists) + 1)
    )
    for name, start in overrides.items():
        numbers += (
            f'<w:num w:numId="{name[1:]}"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">'
            f'<w:startOverride w:val="{start}"/></w:lvlOverride></w:num>'
        )
    return abstract + numbers


def item(words: str, number_id: int = 1, level: int = 0) -> str:
    return par(words, "", f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number_id}"/></w:numPr>')


def read(
    body: str, relations: Mapping[str, tuple[str, str]] | None = None, parts: Mapping[str, str | bytes] | None = None
) -> ForeignDocument:
    return read_foreign(word(body, relations, parts))


def shown(document: ForeignDocument) -> list[str]:
    """The Markdown of all blocks that are not left out."""
    return [block.markdown for block in document.blocks if block.guess != "dropped"]
