"""A manual as Word itself saves it: cover, table of contents, boxes, comments, pictures, numbering by styles.

Made from what 1,581 files saved by Word were seen to hold, and by none of our own writing.
"""

from __future__ import annotations

from .foreign_files import SPACES, TEXT, bold, drawing, par, run, table, text, text_box, word
from .manuals import png

W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
STYLES = "".join(
    f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{called}"/>{rest}</w:style>'
    for kind, name, called, rest in (
        ("paragraph", "Ttulo1", "heading 1", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'),
        ("paragraph", "Ttulo2", "heading 2", '<w:basedOn w:val="Ttulo1"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr>'),
        ("paragraph", "TDC1", "toc 1", ""),
        ("paragraph", "Prrafodelista", "List Paragraph", ""),
        ("character", "Hipervnculo", "Hyperlink", '<w:rPr><w:u w:val="single"/></w:rPr>'),
    )
)
NUMBERING = (
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:pStyle w:val="Ttulo1"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="·"/></w:lvl>'
    '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>'
)
COMMENT = (
    f'<w:comments {SPACES} {W14}><w:comment w:id="0" w:author="Rosa Quispe (demo)" w:date="2012-05-09T10:30:00Z" '
    f'w:initials="RQ"><w:p w14:paraId="00000001">{run("Aquí falta la tesorera.")}</w:p></w:comment></w:comments>'
)
RELATIONS = {
    "rId1": ("styles", "styles.xml"),
    "rId2": ("numbering", "numbering.xml"),
    "rId3": ("comments", "comments.xml"),
    "rId4": ("image", "media/image1.png"),
    "rId5": ("image", "media/image2.emf"),
    "rId6": ("header", "header1.xml"),
}


def head(words: str, level: int = 1) -> str:
    return par(words, "", f'<w:pStyle w:val="Ttulo{level}"/>')


def _contents(*titles: str) -> str:
    """Word's own table of contents: a content control, a field, links to bookmarks, page numbers."""
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \\o "1-3" \\h</w:instrText></w:r>'
    lines = [
        f'<w:hyperlink w:anchor="_Toc{n}">{run(title)}<w:r><w:tab/></w:r>{run(str(n + 3))}</w:hyperlink>'
        for n, title in enumerate(titles)
    ]
    start = begin + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    ends = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    rows = "".join(
        par(properties='<w:pStyle w:val="TDC1"/>', inner=(start if not n else "") + line)
        for n, line in enumerate(lines)
    )
    gallery = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    return f"<w:sdt>{gallery}<w:sdtContent>{bold('Índice', 32)}{rows}{par(inner=ends)}</w:sdtContent></w:sdt>"


def _commented(words: str) -> str:
    return (
        f'<w:commentRangeStart w:id="0"/>{run(words)}<w:commentRangeEnd w:id="0"/>'
        '<w:r><w:commentReference w:id="0"/></w:r>'
    )


def _bullets(*items: str) -> str:
    properties = '<w:pStyle w:val="Prrafodelista"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr>'
    return "".join(par(words, "", properties) for words in items)


def word_manual() -> bytes:
    """Six headings by styles, a cover, contents, a list, a table, a text box, a picture taken and one that is not."""
    see = '<w:r><w:rPr><w:rStyle w:val="Hipervnculo"/></w:rPr><w:t>Cómo se abre una cuenta</w:t></w:r>'
    body = "".join(
        [
            par("Cooperativa de la Selva (demo)", '<w:sz w:val="28"/>'),
            bold("BORRADOR", 60),
            bold("Manual de caja", 48),
            _contents("La caja", "Contar", "El banco"),
            head("La caja"),
            text(),
            head("Contar", 2),
            par(inner=run("Cada tarde cuentan ") + _commented("dos personas") + run(f" la caja. {TEXT}")),
            _bullets("Monedas", "Billetes"),
            bold("Nota"),
            text(),
            head("Anotar", 2),
            par(inner=run(TEXT) + text_box(bold("Recuadro de la feria") + text())),
            par(inner=drawing("rId4", "Descripción: La libreta")),
            par("Figura 1. La libreta de la caja"),
            head("El banco"),
            text(),
            head("Abrir", 2),
            table((par("Mes"), par("Cobro")), (par("Enero"), par("12 soles"))),
            par(inner=drawing("rId5", "Un dibujo de otro programa")),
            par(inner=f'<w:hyperlink w:anchor="_Toc1">{see}</w:hyperlink>'),
            text(),
            head("Cerrar", 2),
            text(),
            '<w:sectPr><w:headerReference w:type="default" r:id="rId6"/></w:sectPr>',
        ]
    )
    parts: dict[str, str | bytes] = {
        "styles": STYLES,
        "numbering": NUMBERING,
        "comments.xml": COMMENT.encode(),
        "media/image1.png": png(),
        "media/image2.emf": b"\x01\x00\x00\x00 EMF",
        "header1": par("Manual de caja 2012"),
    }
    return word(body, RELATIONS, parts)
