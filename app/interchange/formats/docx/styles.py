"""The styles and numbering of a Word manual, as the XML parts `styles.xml` and `numbering.xml`.

People restyle a manual by changing these styles in Word, so nothing in the body is formatted by hand where a style
can say it. Colours carry no meaning alone: every typed block is named in words, and its fill prints as light grey.
"""

from __future__ import annotations

from app.interchange.formats.characters import escape
from app.interchange.formats.docx.names import MAIN

BODY_FONT, HEAD_FONT, CODE_FONT = "Cambria", "Calibri", "Consolas"
LEAF = "2F5D34"
BOX_LEFT, BOX_RIGHT = 240, 120  # twips: where text stands inside a typed block
STEP = 400  # twips: indentation of one list level
DEEPEST_LIST = 8  # Word's nine levels, counted from 0

# kind -> (name in Word's style list, colour of the border, fill)
BOXES: dict[str, tuple[str, str, str]] = {
    "objectives": ("Objectives", "3F7D3A", "EFF4EC"),
    "plan": ("Plan", "3F7D3A", "FFFFFF"),
    "materials": ("Materials", "7A7A2E", "F4F4E9"),
    "activity": ("Activity", "2B6C99", "EBF2F7"),
    "case": ("Case", "A84F26", "F8EFEA"),
    "note": ("Note", "9A6B00", "F8F3E4"),
    "handout": ("Handout", "2F7F79", "FFFFFF"),
    "question": ("Question", "6B4E9B", "F2EFF7"),
    "access": ("Access", "8A4B7D", "F6EFF5"),
    "sources": ("Sources", "6B6B6B", "FFFFFF"),
    "box": ("Box", "6B6B6B", "F3F3F3"),
}

SMALL_PRINT = {"sources": 8.5}  # points; kinds whose lists take the block's own style, so that they are as small


def box_id(kind: str) -> str:
    """The paragraph style of a typed block's body; its title's style has `Title` behind it."""
    return "Vivero" + BOXES[kind if kind in BOXES else "box"][0]


def frame(kind: str) -> str:
    """The border and fill of a typed block, for paragraphs inside it that keep a list style."""
    _, colour, fill = BOXES[kind if kind in BOXES else "box"]
    return (
        f'<w:pBdr><w:left w:val="single" w:sz="24" w:space="8" w:color="{colour}"/></w:pBdr>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>'
    )


def _fonts(name: str) -> str:
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:cs="{name}" w:eastAsia="{name}"/>'


def _size(points: float) -> str:
    return f'<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'


def _space(before: int, after: int, line: int = 0) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}"' + (
        f' w:line="{line}" w:lineRule="auto"/>' if line else "/>"
    )


def _paragraph_style(
    style_id: str,
    name: str,
    ppr: str = "",
    rpr: str = "",
    based: str = "Normal",
    following: str = "",
    quick: bool = True,
) -> str:
    custom = "" if name[0].islower() or name in _BUILT_IN else 'w:customStyle="1" '
    return (
        f'<w:style w:type="paragraph" {custom}w:styleId="{style_id}"><w:name w:val="{name}"/>'
        + (f'<w:basedOn w:val="{based}"/>' if based else "")
        + (f'<w:next w:val="{following}"/>' if following else "")
        + ("<w:qFormat/>" if quick else "")
        + f"<w:pPr>{ppr}</w:pPr><w:rPr>{rpr}</w:rPr></w:style>"
    )


_BUILT_IN = frozenset(
    {"Normal", "Title", "Subtitle", "Quote", "TOC Heading", "List Number", "List Bullet", "List Continue"}
    | {f"List {kind} {n}" for kind in ("Number", "Bullet", "Continue") for n in (2, 3)}
)
_HEADINGS = (
    (20, LEAF, 0, 240),
    (16, LEAF, 360, 120),
    (13, "1F1F1F", 280, 80),
    (11.5, LEAF, 220, 60),
    (11, "1F1F1F", 200, 60),
    (11, "555555", 200, 60),
)


def styles_xml(language: str) -> str:
    """Return the whole `styles.xml` with the document's language as the language of all text."""
    parts = [
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:styles xmlns:w="{MAIN}"><w:docDefaults>'
        f"<w:rPrDefault><w:rPr>{_fonts(BODY_FONT)}{_size(11)}"
        f'<w:lang w:val="{escape(language)}" w:eastAsia="{escape(language)}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        f"<w:pPrDefault><w:pPr>{_space(0, 120, 276)}</w:pPr></w:pPrDefault></w:docDefaults>",
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>',
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>',
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>',
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList">'
        '<w:name w:val="No List"/><w:semiHidden/></w:style>',
        *_heading_styles(),
        *_text_styles(),
        *_list_styles(),
        *_box_styles(),
        *_character_styles(),
        _table_style(),
        "</w:styles>",
    ]
    return "".join(parts)


def _heading_styles() -> list[str]:
    styles = [
        _paragraph_style(
            "Title", "Title", _space(2800, 240), f'{_fonts(HEAD_FONT)}<w:b/><w:color w:val="{LEAF}"/>{_size(34)}'
        ),
        _paragraph_style(
            "Subtitle", "Subtitle", _space(0, 360), f'{_fonts(HEAD_FONT)}<w:color w:val="555555"/>{_size(16)}'
        ),
        _paragraph_style("CoverLine", "Cover Line", _space(0, 60), f"{_fonts(HEAD_FONT)}{_size(12)}"),
    ]
    for level, (size, colour, before, after) in enumerate(_HEADINGS, 1):
        ppr = f'<w:keepNext/><w:keepLines/>{_space(before, after)}<w:outlineLvl w:val="{level - 1}"/>'
        rpr = f'{_fonts(HEAD_FONT)}<w:b/><w:color w:val="{colour}"/>{_size(size)}'
        styles.append(_paragraph_style(f"Heading{level}", f"heading {level}", ppr, rpr, following="Normal"))
    toc_rpr = f'{_fonts(HEAD_FONT)}<w:b/><w:color w:val="{LEAF}"/>{_size(18)}'
    styles.append(_paragraph_style("TOCHeading", "TOC Heading", f"<w:keepNext/>{_space(0, 240)}", toc_rpr))
    for level in (1, 2, 3):
        tab = '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9060"/></w:tabs>'
        before = 120 if level == 1 else 0
        ppr = f'{tab}{_space(before, 40)}<w:ind w:left="{(level - 1) * 240}"/>'
        styles.append(_paragraph_style(f"TOC{level}", f"toc {level}", ppr, "<w:b/>" if level == 1 else "", quick=False))
    return styles


def _text_styles() -> list[str]:
    line_below = '<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="1" w:color="808080"/></w:pBdr>'
    line_left = '<w:pBdr><w:left w:val="single" w:sz="12" w:space="10" w:color="BFBFBF"/></w:pBdr>'
    small = f"{_fonts(HEAD_FONT)}{_size(9)}"
    small_italic = f"{_fonts(HEAD_FONT)}<w:i/>{_size(9)}"
    small_grey = f'{_fonts(HEAD_FONT)}<w:color w:val="555555"/>{_size(9)}'
    centre = '<w:tabs><w:tab w:val="right" w:pos="9060"/></w:tabs>'
    code = '<w:shd w:val="clear" w:color="auto" w:fill="F3F3F3"/>'
    return [
        _paragraph_style("Quote", "Quote", f'{line_left}<w:ind w:left="400" w:right="400"/>', "<w:i/>"),
        _paragraph_style("Caption", "caption", _space(0, 160), small_italic),
        _paragraph_style(
            "SourceCode", "Source Code", f"{code}{_space(0, 120, 240)}", f"{_fonts(CODE_FONT)}{_size(9.5)}"
        ),
        _paragraph_style("Particulars", "Particulars", f"<w:keepNext/>{_space(0, 160)}", small_grey),
        _paragraph_style("HorizontalLine", "Horizontal Line", f"{line_below}{_space(0, 200)}", _size(4)),
        _paragraph_style("MissingPicture", "Missing Picture", _missing_picture(), small),
        _paragraph_style("TableText", "Table Text", _space(20, 20, 252), f"{_fonts(HEAD_FONT)}{_size(10)}"),
        _paragraph_style("AfterTable", "After Table", _space(0, 60, 120), _size(4), quick=False),
        _paragraph_style("header", "header", f"{centre}{_space(0, 0)}", small_grey, quick=False),
        _paragraph_style("footer", "footer", f"{centre}{_space(0, 0)}", small_grey, quick=False),
    ]


def _missing_picture() -> str:
    side = 'w:val="dashed" w:sz="6" w:space="6" w:color="808080"/>'
    return f"<w:pBdr><w:top {side}<w:left {side}<w:bottom {side}<w:right {side}</w:pBdr>{_space(60, 160)}"


def _list_styles() -> list[str]:
    styles = []
    for kind, number in (("Number", 1), ("Bullet", 2), ("Continue", 0)):
        for level in range(3):
            suffix = f" {level + 1}" if level else ""
            numbered = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>' if number else ""
            indent = "" if number else f'<w:ind w:left="{(level + 1) * STEP}"/>'
            style_id = f"List{kind}{suffix.strip()}"
            styles.append(_paragraph_style(style_id, f"List {kind}{suffix}", f"{numbered}{_space(0, 60)}{indent}"))
    tick = f'{_space(0, 60)}<w:ind w:left="{STEP}" w:hanging="{STEP}"/>'
    styles.append(
        _paragraph_style("TickBox", "Tick Box", f'<w:tabs><w:tab w:val="left" w:pos="{STEP}"/></w:tabs>{tick}')
    )
    return styles


def _box_styles() -> list[str]:
    styles = []
    for kind, (name, colour, _) in BOXES.items():
        inside = f'{frame(kind)}{_space(0, 80)}<w:ind w:left="{BOX_LEFT}" w:right="{BOX_RIGHT}"/>'
        size = _size(SMALL_PRINT[kind]) if kind in SMALL_PRINT else ""
        styles.append(_paragraph_style(f"Vivero{name}", f"Vivero {name}", inside, size))
        title = f'<w:keepNext/>{frame(kind)}{_space(200, 80)}<w:ind w:left="{BOX_LEFT}" w:right="{BOX_RIGHT}"/>'
        look = f'{_fonts(HEAD_FONT)}<w:b/><w:color w:val="{colour}"/>{_size(11.5)}'
        style_id = f"Vivero{name}Title"
        styles.append(_paragraph_style(style_id, f"Vivero {name} Title", title, look, following=f"Vivero{name}"))
    side = 'w:val="single" w:sz="4" w:space="1" w:color="808080"/>'
    line = f"<w:pBdr><w:bottom {side}<w:between {side}</w:pBdr>"
    ind = f'<w:ind w:left="{BOX_LEFT}" w:right="{BOX_RIGHT}"/>'
    styles.append(_paragraph_style("AnswerLine", "Answer Line", f"{line}{_space(240, 0)}{ind}"))
    return styles


def _character_styles() -> list[str]:
    def character(style_id: str, name: str, rpr: str) -> str:
        return (
            f'<w:style w:type="character" w:styleId="{style_id}"><w:name w:val="{name}"/>'
            f'<w:basedOn w:val="DefaultParagraphFont"/><w:rPr>{rpr}</w:rPr></w:style>'
        )

    return [
        character("Hyperlink", "Hyperlink", '<w:color w:val="1F5A85"/><w:u w:val="single"/>'),
        character("CodeText", "Code Text", f"{_fonts(CODE_FONT)}{_size(9.5)}"),
        character("BlockLabel", "Block Label", f'<w:caps/><w:spacing w:val="14"/>{_size(9)}'),
    ]


def _table_style() -> str:
    line = 'w:val="single" w:sz="4" w:space="0" w:color="A6A6A6"/>'
    borders = "".join(f"<w:{side} {line}" for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    look = f'<w:rPr><w:b/><w:color w:val="{LEAF}"/></w:rPr>'
    head = f'{look}<w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="E9EFE6"/></w:tcPr>'
    return (
        '<w:style w:type="table" w:customStyle="1" w:styleId="ViveroTable"><w:name w:val="Vivero Table"/>'
        f'<w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr>'
        f'<w:tblStylePr w:type="firstRow">{head}</w:tblStylePr></w:style>'
    )


_NUMBER_FORMATS = ("decimal", "lowerLetter", "lowerRoman")
_BULLETS = "•–▪"
FIRST_OWN_LIST = 3  # numId 1 and 2 belong to the styles List Number and List Bullet


def numbering_xml(starts: list[tuple[bool, int, int]]) -> str:
    """Return `numbering.xml`: one `w:num` per list of the document, so that every list counts from its own start.

    `starts` has, in order of their numId from `FIRST_OWN_LIST`, whether the list counts, its level, its first number.
    """
    numbers = [f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n - 1}"/></w:num>' for n in (1, 2)]
    for number_id, (ordered, level, start) in enumerate(starts, FIRST_OWN_LIST):
        restart = (
            f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>' if ordered else ""
        )
        abstract = 0 if ordered else 1
        numbers.append(f'<w:num w:numId="{number_id}"><w:abstractNumId w:val="{abstract}"/>{restart}</w:num>')
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:numbering xmlns:w="{MAIN}">'
        + _abstract(0, ordered=True)
        + _abstract(1, ordered=False)
        + "".join(numbers)
        + "</w:numbering>"
    )


def _abstract(abstract_id: int, *, ordered: bool) -> str:
    levels = []
    for level in range(DEEPEST_LIST + 1):
        form = _NUMBER_FORMATS[level % 3] if ordered else "bullet"
        text = f"%{level + 1}." if ordered else _BULLETS[level % 3]
        style = (
            f'<w:pStyle w:val="List{"Number" if ordered else "Bullet"}{level + 1 if level else ""}"/>'
            if level < 3
            else ""
        )
        levels.append(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{style}<w:lvlText w:val="{text}"/>'
            f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{(level + 1) * STEP}" w:hanging="{STEP}"/></w:pPr></w:lvl>'
        )
    return (
        f'<w:abstractNum w:abstractNumId="{abstract_id}"><w:multiLevelType w:val="multilevel"/>'
        + "".join(levels)
        + "</w:abstractNum>"
    )
