"""The Word manual, opened as other programs open it."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.document import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from app.interchange.formats.document import Audience
from app.interchange.formats.write import write
from tests.interchange.manuals import ONLY_FOR_FACILITATORS, TEXTS, manual

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def opened(data: bytes) -> Document:
    return docx.Document(io.BytesIO(data))


def part(data: bytes, name: str) -> str:
    return zipfile.ZipFile(io.BytesIO(data)).read(name).decode()


def everything(data: bytes) -> str:
    body = etree.fromstring(part(data, "word/document.xml").encode())
    return "\n".join("".join(p.itertext(W + "t")) for p in body.iter(W + "p"))


@pytest.fixture(scope="module")
def facilitator() -> bytes:
    return write(manual(), "docx")


@pytest.fixture(scope="module")
def participant() -> bytes:
    return write(manual(audience=Audience.PARTICIPANT), "docx")


def test_headings_take_words_own_styles_by_level(facilitator: bytes) -> None:
    found = [(p.style.name, p.text) for p in opened(facilitator).paragraphs if p.style.name.startswith("Heading")]
    assert found == [
        ("Heading 1", "Lo básico"),
        ("Heading 2", "Por qué tenemos una cooperativa"),
        ("Heading 3", "Primeros pasos"),
        ("Heading 1", "Créditos y licencia"),
    ]


def test_every_style_that_the_body_uses_is_defined(facilitator: bytes) -> None:
    used = set(re.findall(r'<w:(?:pStyle|rStyle|tblStyle) w:val="([^"]+)"', part(facilitator, "word/document.xml")))
    assert used <= {style.style_id for style in opened(facilitator).styles}


def test_each_numbered_list_counts_from_its_own_start(facilitator: bytes) -> None:
    document = opened(facilitator)
    starts = [p for p in document.paragraphs if p.text in ("Uno", "Otra vez uno", "más dentro")]
    numbers = [p._p.pPr.numPr.numId.val for p in starts]
    assert len(set(numbers)) == 3
    numbering = document.part.numbering_part.element
    for paragraph, number in zip(starts, numbers, strict=True):
        num = numbering.xpath(f"w:num[@w:numId='{number}']")[0]
        level = paragraph._p.pPr.numPr.ilvl.val
        assert num.xpath(f"w:lvlOverride[@w:ilvl='{level}']/w:startOverride/@w:val") == ["1"]


def test_items_of_one_list_share_their_number_around_what_stands_in_between(facilitator: bytes) -> None:
    texts = {p.text: p for p in opened(facilitator).paragraphs}
    assert texts["Uno"]._p.pPr.numPr.numId.val == texts["Tres"]._p.pPr.numPr.numId.val


def test_a_list_keeps_the_number_it_starts_with() -> None:
    data = write(manual("4. cuatro\n5. cinco"), "docx")
    assert '<w:startOverride w:val="4"/>' in part(data, "word/numbering.xml")


def test_the_table_of_contents_is_a_field_with_entries_that_lead_to_their_headings(facilitator: bytes) -> None:
    body = part(facilitator, "word/document.xml")
    assert ' TOC \\o "1-2" \\h \\z \\u ' in body
    entries = [p for p in opened(facilitator).paragraphs if p.style.name.startswith("toc")]
    assert [p.text.strip() for p in entries] == ["Lo básico", "Por qué tenemos una cooperativa", "Créditos y licencia"]
    for name in re.findall(r'w:anchor="([^"]+)"', body):
        assert f'w:name="{name}"' in body
    assert '<w:updateFields w:val="true"/>' in part(facilitator, "word/settings.xml")


def test_header_names_edition_and_version_and_footer_counts_pages(facilitator: bytes) -> None:
    section = opened(facilitator).sections[0]
    assert section.header.paragraphs[0].text == "My.Coop · Perú · San Martín · Versión 1.2.0"
    footer = part(facilitator, "word/footer1.xml")
    assert "PAGE" in footer
    assert "NUMPAGES" in footer
    assert "Página 1 de 1" in section.footer.paragraphs[0].text
    assert section.different_first_page_header_footer


def test_the_document_says_its_language_and_title(facilitator: bytes) -> None:
    assert '<w:lang w:val="es-PE"' in part(facilitator, "word/styles.xml")
    properties = opened(facilitator).core_properties
    assert (properties.title, properties.language, properties.version) == ("My.Coop", "es-PE", "1.2.0")


@pytest.mark.parametrize(
    ("language", "day"),
    [
        ("es-PE", "1 de marzo de 2026"),
        ("es-419", "1 de marzo de 2026"),
        ("en", "March 1, 2026"),
        ("xx-x", "2026-03-01"),
    ],
)
def test_the_title_page_writes_the_date_as_its_readers_do(language: str, day: str) -> None:
    assert day in everything(write(manual(language=language), "docx"))


PPR_ORDER = [
    *["pStyle", "keepNext", "keepLines", "pageBreakBefore", "numPr", "pBdr", "shd", "tabs", "spacing", "ind"],
    *["contextualSpacing", "jc", "outlineLvl", "rPr"],
]
RPR_ORDER = [
    *[
        "ins",
        "del",
        "rStyle",
        "rFonts",
        "b",
        "i",
        "caps",
        "strike",
        "color",
        "spacing",
        "sz",
        "szCs",
        "u",
        "bdr",
        "lang",
    ]
]


@pytest.mark.parametrize("name", ["word/document.xml", "word/styles.xml", "word/numbering.xml"])
def test_properties_stand_in_the_order_that_word_insists_on(facilitator: bytes, name: str) -> None:
    root = etree.fromstring(part(facilitator, name).encode())
    for tag, order in (("pPr", PPR_ORDER), ("rPr", RPR_ORDER)):
        for properties in root.iter(W + tag):
            places = [order.index(etree.QName(child).localname) for child in properties]
            assert places == sorted(places), etree.tostring(properties)


def test_ids_that_must_be_unique_are(facilitator: bytes) -> None:
    body = part(facilitator, "word/document.xml")
    for pattern in (r'<w:bookmarkStart w:id="(\d+)"', r'w:name="(_Toc\d+)"', r'<wp:docPr id="(\d+)"'):
        found = re.findall(pattern, body)
        assert found
        assert len(found) == len(set(found))


def test_an_english_manual_speaks_english() -> None:
    data = write(manual(language="en"), "docx")
    assert '<w:lang w:val="en"' in part(data, "word/styles.xml")
    assert "Table of contents" in everything(data)


def test_tables_have_the_manuals_style_and_repeat_their_head(facilitator: bytes) -> None:
    tables = opened(facilitator).tables
    assert [table.style.name for table in tables] == ["Vivero Table", "Vivero Table"]
    assert all(table.rows[0]._tr.xpath("w:trPr/w:tblHeader") for table in tables)
    assert [cell.text for cell in tables[1].rows[2].cells] == ["febrero", "55"]
    assert tables[1].cell(1, 1).paragraphs[0].alignment == docx.enum.text.WD_ALIGN_PARAGRAPH.RIGHT


QUESTION = """\
/// question | ¿Qué la hace distinta?

Piense en su cooperativa.

- [ ] Uno
- [x] Dos

    con más
- [ ] Tres

> Retro.
///

Después.
"""


def test_a_question_stays_on_a_page_with_all_its_answers() -> None:
    document = opened(write(manual(QUESTION), "docx"))
    kept = {p.text: p.paragraph_format.keep_with_next or p.style.paragraph_format.keep_with_next
            for p in document.paragraphs}  # fmt: skip
    answers = ["Piense en su cooperativa.", "☐\tUno", "☑\tDos (Respuesta correcta)", "con más"]
    assert [kept[words] for words in answers] == [True] * 4
    assert [kept["☐\tTres"], kept["Retroalimentación: Retro."], kept["Después."]] == [None] * 3
    assert next(kept[words] for words in kept if words.endswith("¿Qué la hace distinta?"))


def test_lines_to_write_on_stay_on_one_page_with_what_is_asked() -> None:
    text = "/// question | ¿Qué haría usted?\n\nPiense.\n///\n\nDespués."
    document = opened(write(manual(text, audience=Audience.PARTICIPANT), "docx"))
    kept = [(p.style.name, bool(p.paragraph_format.keep_with_next)) for p in document.paragraphs]
    at = kept.index(("Vivero Question", True))
    assert kept[at + 1 : at + 4] == [("Answer Line", True), ("Answer Line", True), ("Answer Line", False)]


def test_tick_boxes_outside_questions_may_part() -> None:
    document = opened(write(manual("- [ ] Uno\n- [ ] Dos"), "docx"))
    assert not any(p.paragraph_format.keep_with_next for p in document.paragraphs)


@pytest.mark.parametrize("text", ["Un libro.", "- Un libro.\n- Otro.", "1. Un libro."])
def test_sources_are_printed_small_also_in_lists(text: str) -> None:
    document = opened(write(manual(f"/// sources | Fuentes\n\n{text}\n///"), "docx"))
    found = next(p for p in document.paragraphs if p.text == "Un libro.")
    assert found.style.font.size.pt == 8.5
    assert bool(found._p.pPr.numPr is not None) is (text[0] != "U")


ROWS = [
    ("| a | b |\n|---|---|\n| Nombre | |\n| Día | 5 |", [False, True, False]),
    ("| | b |\n|---|---|\n| Nombre | x |", [False, False]),
    ("| Nombre | |\n|---|---|\n| Día | |", [True, True]),
    ("| | |\n|---|---|\n| | Día |", [False, True]),
    ("| a |\n|---|\n| ![x](x.png) |", [False, False]),
]


@pytest.mark.parametrize(("text", "tall"), ROWS)
def test_rows_with_a_cell_to_fill_in_are_high_enough_to_write_in(text: str, tall: list[bool]) -> None:
    rows = opened(write(manual(text), "docx")).tables[0].rows
    assert [(row.height, row.height_rule) for row in rows] == [
        (docx.shared.Twips(510), docx.enum.table.WD_ROW_HEIGHT_RULE.AT_LEAST) if is_tall else (None, None)
        for is_tall in tall
    ]


def test_pictures_carry_their_alternative_text_and_drawings_a_copy_in_pixels(facilitator: bytes) -> None:
    body = part(facilitator, "word/document.xml")
    assert body.count('descr="Una canasta de mercado"') == 2
    assert "svgBlip" in body
    media = [name for name in zipfile.ZipFile(io.BytesIO(facilitator)).namelist() if name.startswith("word/media/")]
    assert [name.rsplit(".")[-1] for name in media] == ["png", "svg", "png"]
    assert len(opened(facilitator).inline_shapes) == 2


@pytest.mark.parametrize(
    "data",
    [None, b"", b"no picture", b'<svg viewBox="0 0 4 4"><image href="/etc/hostname"/></svg>'],
)
def test_a_picture_that_cannot_be_shown_leaves_its_words_in_a_box(data: bytes | None) -> None:
    images = {} if data is None else {"media/x.svg": data}
    made = write(replace(manual("![Mapa del valle](media/x.svg)"), images=images), "docx")
    assert "Imagen: Mapa del valle" in everything(made)
    assert "w:drawing" not in part(made, "word/document.xml")


def test_links_are_real_and_only_lead_where_links_may() -> None:
    data = write(manual("[bueno](https://example.org/?a=1&b=2) y [malo](javascript:alert(1))"), "docx")
    relations = part(data, "word/_rels/document.xml.rels")
    assert 'Target="https://example.org/?a=1&amp;b=2" TargetMode="External"' in relations
    assert "javascript" not in relations
    assert "bueno y malo" in everything(data)


def test_the_facilitator_sees_key_feedback_plan_and_notes(facilitator: bytes) -> None:
    text = everything(facilitator)
    assert all(words in text for words in ONLY_FOR_FACILITATORS)
    assert "☑Cada persona tiene un voto (Respuesta correcta)" in text


def test_the_participant_gets_empty_boxes_and_nothing_that_is_not_for_them(participant: bytes) -> None:
    text = everything(participant)
    assert [words for words in ONLY_FOR_FACILITATORS if words in text] == []
    assert "☐Cada persona tiene un voto" in text
    assert "☑" not in text
    assert "El comprador de abril" in text


def test_nothing_for_facilitators_is_left_anywhere_in_a_participants_file(participant: bytes) -> None:
    archive = zipfile.ZipFile(io.BytesIO(participant))
    for name in archive.namelist():
        content = archive.read(name).decode("utf-8", "replace")
        assert not any(words in content for words in ONLY_FOR_FACILITATORS), name


def test_an_open_question_leaves_the_participant_lines_to_write_on(participant: bytes, facilitator: bytes) -> None:
    assert sum(p.style.name == "Answer Line" for p in opened(participant).paragraphs) == 3
    assert not any(p.style.name == "Answer Line" for p in opened(facilitator).paragraphs)


def test_the_same_manual_gives_the_same_bytes() -> None:
    assert write(manual(), "docx") == write(manual(), "docx")


def test_a_single_text_has_neither_title_page_nor_contents() -> None:
    data = write(replace(manual(), cover=False), "docx")
    assert "TOC" not in part(data, "word/document.xml")
    assert not any(p.style.name == "Title" for p in opened(data).paragraphs)


def test_paper_is_the_regions_own() -> None:
    sizes = [
        opened(write(replace(manual(), region=region), "docx")).sections[0].page_width.mm for region in ("PE", "MX")
    ]
    assert [round(size) for size in sizes] == [210, 216]


NASTY = "a\x00b\x1f\ud800<w:p>&amp;\uffff\u202e]]>\x0b{{x}} <script> 😀 \U0001f33d"


def test_bad_characters_anywhere_never_break_the_file() -> None:
    bad = replace(
        manual(*[f"{text} {NASTY}" for text in TEXTS], NASTY),
        title=NASTY, edition=NASTY, version=NASTY, credits=(NASTY,), licence=NASTY, subtitle=NASTY,
    )  # fmt: skip
    assert "<w:p>&]]>{{x}} <script> 😀 🌽" in everything(write(bad, "docx"))
    opened(write(bad, "docx"))


@settings(max_examples=60, deadline=None)
@given(
    st.text(alphabet=st.characters(exclude_categories=[]), max_size=200), st.sampled_from(["", "- ", "1. ", "> ", "# "])
)
def test_any_text_gives_a_file_that_opens(text: str, start: str) -> None:
    opened(write(manual(start + text), "docx"))


@pytest.mark.parametrize(
    ("language", "numbers", "shown"),
    [
        ("es", "1", "Objetivo: 1"),
        ("es", "1, 2", "Objetivos: 1, 2"),
        ("en", "12", "Objective: 12"),
        ("en", "1-3", "Objectives: 1-3"),
    ],
)
def test_one_objective_is_named_in_the_singular(language: str, numbers: str, shown: str) -> None:
    text = f"/// activity | La canasta\n    objectives: {numbers}\n\nCuenten.\n///"
    assert shown in [p.text for p in opened(write(manual(text, language=language), "docx")).paragraphs]
