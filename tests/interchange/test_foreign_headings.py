"""Headings of Word files in which nobody used heading styles, and of those in which somebody did."""

from __future__ import annotations

import io

import docx
import pytest

from app.interchange.formats.docx.foreign.things import Guess, Why
from tests.interchange.foreign_files import TEXT, bold, item, numbered, par, read, shown, text


def guesses(body: str, **parts: str) -> list[tuple[str, int]]:
    relations = {f"n{place}": (name, f"{name}.xml") for place, name in enumerate(parts)}
    return [(block.guess.value, block.level) for block in read(body, relations, parts).blocks]


def test_bold_paragraphs_stand_for_headings_and_their_size_for_the_level() -> None:
    body = (
        bold("Manual de la cooperativa", 40, '<w:jc w:val="center"/>')
        + bold("Lo básico", 28) + text() + bold("Qué es una cooperativa", 24) + text() + bold("Quién manda") + text()
        + bold("Vender juntos", 28) + text()
    )  # fmt: skip
    document = read(body)
    assert [(b.guess, b.level, b.why) for b in document.blocks if b.guess is not Guess.PARAGRAPH] == [
        (Guess.TITLE, 1, Why.FIRST_AND_LARGEST),
        (Guess.HEADING1, 1, Why.BOLD_AND_LARGER),
        (Guess.HEADING2, 2, Why.BOLD_AND_LARGER),
        (Guess.HEADING3, 3, Why.BOLD),
        (Guess.HEADING1, 1, Why.BOLD_AND_LARGER),
    ]
    assert document.title == "Manual de la cooperativa"
    assert "## Qué es una cooperativa" in shown(document)


ALONE = [
    ("bold", bold("Para empezar"), Why.BOLD),
    ("larger", par("Para empezar", '<w:sz w:val="32"/>'), Why.LARGER),
    ("capitals", par("PARA EMPEZAR", '<w:sz w:val="22"/>'), Why.CAPITALS),
    ("shown in capitals", par("Para empezar", '<w:caps/><w:sz w:val="22"/>'), Why.CAPITALS),
    ("underlined", par("Para empezar", '<w:u w:val="single"/><w:sz w:val="22"/>'), Why.UNDERLINED),
    ("a chapter's word", par("Módulo 2: Para empezar", '<w:sz w:val="22"/>'), Why.NUMBERED),
    ("with a colon", bold("Para empezar:"), Why.BOLD),
    ("a question", bold("¿Para qué?"), Why.BOLD),
    ("with a number", bold("1.2. Para empezar"), Why.BOLD),
]


@pytest.mark.parametrize(("paragraph", "why"), [row[1:] for row in ALONE], ids=[row[0] for row in ALONE])
def test_what_stands_out_with_text_under_it_is_a_heading(paragraph: str, why: Why) -> None:
    document = read(text() + paragraph + text())
    assert [(block.level, block.certain, block.why) for block in document.blocks[1:2]] == [(1, False, why)]


NO_HEADINGS = [
    ("bold text", bold(TEXT)),
    ("a bold sentence of many words", bold("Aquí se dice algo que tiene su verbo y su punto al final.")),
    ("a signature at the end", text() + bold("Rosa Quispe (demo)")),
    ("a caption", bold("Figura 2. La canasta") + text()),
    ("an address of four bold lines", "".join(bold(line) for line in ("Uno", "Dos", "Tres", "Cuatro")) + text()),
    ("a number alone", bold("12") + text()),
    ("partly bold", par("", "", "", '<w:r><w:rPr><w:b/></w:rPr><w:t>Nota: </w:t></w:r><w:r><w:t>trae</w:t></w:r>')),
    ("a line with tabs", par("", "", "", '<w:r><w:rPr><w:b/></w:rPr><w:t>Lugar:</w:t><w:tab/><w:t>Cusco</w:t></w:r>')),
]  # fmt: skip


@pytest.mark.parametrize("body", [row[1] for row in NO_HEADINGS], ids=[row[0] for row in NO_HEADINGS])
def test_other_things_that_are_bold_are_no_headings(body: str) -> None:
    assert not [block for block in read(text() + text() + body).blocks if block.level]


def test_where_all_the_text_is_bold_weight_says_nothing() -> None:
    assert guesses(bold(TEXT) + bold("Aviso") + bold(TEXT)) == [("paragraph", 0)] * 3


def test_typed_numbers_say_how_deep_a_heading_is() -> None:
    body = bold("1. Uno") + text() + bold("1.1. Uno y uno") + text() + bold("1.1.1. Hondo") + text() + bold("2. Dos")
    assert [level for _, level in guesses(body + text()) if level] == [1, 2, 3, 1]


def test_no_heading_is_two_levels_below_the_one_before() -> None:
    body = (
        bold("Pequeño") + text() + bold("Grande", 40) + text() + bold("Mediano", 30) + text() + bold("Pequeño") + text()
    )
    assert [level for _, level in guesses(body) if level] == [1, 1, 2, 3]


def test_a_numbered_paragraph_of_words_lists_that_is_bold_is_a_heading_and_a_plain_one_an_item() -> None:
    numbering = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    body = bold("Historia", 22, numbering) + text() + bold("Socias", 22, numbering) + text() + item("una cosa")
    assert [kind for kind, _ in guesses(body, numbering=numbered("decimal"))] == [
        "heading1", "paragraph", "heading1", "paragraph", "list",
    ]  # fmt: skip


def test_words_that_the_numbering_writes_before_a_heading_are_kept() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="Módulo %1:"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )
    shape = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    body = bold("Lo básico", 30, shape) + text() + bold("El mercado", 30, shape) + text()
    document = read(body, {"n": ("numbering", "numbering.xml")}, {"numbering": numbering})
    assert [words for words in shown(document) if words[0] == "#"] == [
        "# Módulo 1: Lo básico",
        "# Módulo 2: El mercado",
    ]


def test_words_own_styles_are_certain_in_every_language_and_bold_ones_between_go_below() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Ttulo1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Propio"><w:name w:val="Mío"/><w:basedOn w:val="Ttulo1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="P"><w:name w:val="Puesto"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="X"><w:name w:val="C"/>'
        '<w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
    )
    body = "".join(
        [par("Título", "", '<w:pStyle w:val="P"/>'), par("Uno", "", '<w:pStyle w:val="Ttulo1"/>'), text(),
         bold("Dentro"), text(), par("Dos", "", '<w:pStyle w:val="Propio"/>'),
         par("Tres", "", '<w:pStyle w:val="X"/>'), text()]
    )  # fmt: skip
    document = read(body, {"s": ("styles", "styles.xml")}, {"styles": styles})
    assert [(b.guess.value, b.level, b.certain) for b in document.blocks if b.level] == [
        ("title", 1, True),
        ("heading1", 1, True),
        ("heading2", 2, False),
        ("heading1", 1, True),
        ("heading2", 2, True),
    ]


def test_files_of_python_docx_keep_their_headings() -> None:
    document = docx.Document()
    document.add_heading("Manual", 0)
    document.add_heading("Uno", 1)
    document.add_paragraph(TEXT)
    document.add_heading("Dos", 4)
    buffer = io.BytesIO()
    document.save(buffer)
    from app.interchange.formats.docx.foreign import read_foreign

    assert shown(read_foreign(buffer.getvalue())) == ["# Manual", "# Uno", TEXT, "#### Dos"]


LABELS = [
    ("Actividad 3: La canasta", "activity"), ("Estudio de caso: El comprador", "case"), ("OBJETIVOS", "objectives"),
    ("Nota para quien facilita", "note"), ("Preguntas", "question"), ("Materiales:", "materials"),
    ("Activity 1", "activity"), ("Facilitator’s notes", "note"), ("Learning objectives", "objectives"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "expected"), LABELS)
def test_words_that_open_a_part_of_a_lesson_are_recognised_and_never_certain(words: str, expected: str) -> None:
    block = read(text() + bold(words) + text()).blocks[1]
    assert (block.guess.value, block.certain, block.why) == (expected, False, Why.WORDS)


HEADED = '<w:style w:type="paragraph" w:styleId="Ttulo1"><w:name w:val="heading 1"/></w:style>' + "".join(
    f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{called}"/>{look}</w:style>'
    for kind, name, called, look in (
        ("paragraph", "TDC1", "toc 1", ""),
        ("paragraph", "Textosinformato", "Plain Text", '<w:rPr><w:rFonts w:ascii="Courier New"/></w:rPr>'),
        ("character", "Hipervnculo", "Hyperlink", '<w:rPr><w:u w:val="single"/></w:rPr>'),
    )
)


def headed(words: str) -> str:
    return par(words, "", '<w:pStyle w:val="Ttulo1"/>')


def test_lines_of_a_cover_are_no_headings_and_the_largest_of_several_words_is_the_title() -> None:
    cover = (
        par("Cooperativa de la Selva (demo)", '<w:sz w:val="28"/>') + bold("BORRADOR", 60) + bold("Manual de caja", 48)
    )
    contents = bold("Lista de cuadros", 32) + "".join(
        par(f"La caja {number}\t{number}", "", '<w:pStyle w:val="TDC1"/>') for number in range(3)
    )
    body = cover + contents + headed("La caja") + text() + bold("El cuaderno", 28) + text()
    document = read(body, {"s": ("styles", "styles.xml")}, {"styles": HEADED})
    assert document.title == "Manual de caja"
    assert [(block.guess.value, block.markdown) for block in document.blocks if block.guess != "paragraph"] == [
        ("title", "# Manual de caja"),
        ("dropped", "**Lista de cuadros**  \nLa caja 0 0  \nLa caja 1 1  \nLa caja 2 2"),
        ("heading1", "# La caja"),
        ("heading2", "## El cuaderno"),
    ]


@pytest.mark.parametrize("words", ["Nota", "¡Ojo!", "Importante:", "Atención", "Note", "Warning"])
def test_a_bold_word_that_only_calls_for_attention_is_no_heading(words: str) -> None:
    assert guesses(text() + bold(words) + text()) == [("paragraph", 0)] * 3


def test_a_line_that_is_a_link_and_a_mail_pasted_as_plain_text_are_text() -> None:
    link = '<w:r><w:rPr><w:rStyle w:val="Hipervnculo"/></w:rPr><w:t>Cómo se cuenta la caja</w:t></w:r>'
    inside = f'<w:hyperlink w:anchor="_Toc1">{link}</w:hyperlink>'
    plain = par(TEXT, "", '<w:pStyle w:val="Textosinformato"/>')
    body = headed("La caja") + text() + par(inner=inside) + text() + plain
    document = read(body, {"s": ("styles", "styles.xml")}, {"styles": HEADED})
    assert shown(document) == ["# La caja", TEXT, "Cómo se cuenta la caja", TEXT, TEXT]


def test_a_language_is_guessed_only_where_its_small_words_are_many() -> None:
    dutch = (
        "De caissière telt elke avond de kas en schrijft in het boek wat er in de kas is; een ander telt het na. " * 9
    )
    assert read(par(dutch)).language == ""
    assert read(par(TEXT * 9)).language == "es"
