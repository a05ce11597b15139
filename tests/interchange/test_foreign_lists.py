"""Lists and tables of Word files made by anyone: those of Word, and those that somebody made of characters."""

from __future__ import annotations

import pytest

from app.interchange.formats.docx.foreign.things import Guess, Why
from app.interchange.formats.markdown_tree import parse_markdown
from app.interchange.formats.nodes import Listing
from tests.interchange.foreign_files import TEXT, bold, item, numbered, par, read, run, shown, table, text

NUMBERING = {"n": ("numbering", "numbering.xml")}


def listed(body: str, *formats: str, **overrides: int) -> list[str]:
    return shown(read(body, NUMBERING, {"numbering": numbered(*formats, **overrides)}))


def test_lists_of_word_nest_restart_and_go_on() -> None:
    body = (
        item("uno") + item("dos") + item("punto", 2, 1) + item("tres") + par("Entre medio.") + item("cuatro")
        + item("otra vez uno", 9) + item("y dos", 9)
    )  # fmt: skip
    assert listed(body, "decimal", "bullet", n9=1) == [
        "1. uno\n2. dos\n    - punto\n3. tres",
        "Entre medio.",
        "4. cuatro",
        "1. otra vez uno\n2. y dos",
    ]


def test_an_indented_paragraph_between_two_items_goes_on_in_the_first() -> None:
    body = item("uno") + par("sigue el uno", "", '<w:ind w:left="720"/>') + item("dos")
    assert listed(body, "decimal") == ["1. uno\n\n    sigue el uno\n\n2. dos"]


TYPED = [
    (("• uno", "• dos"), "- uno\n- dos"),
    (("- uno", "– dos", "— tres"), "- uno\n- dos\n- tres"),
    (("1. uno", "2. dos"), "1. uno\n2. dos"),
    (("1) uno", "2) dos"), "1. uno\n2. dos"),
    (("1.- uno", "2.- dos"), "1. uno\n2. dos"),
    (("a) uno", "b) dos"), "- a) uno\n- b) dos"),
    (("☐ uno", "☑ dos", "[ ] tres", "( ) cuatro"), "- [ ] uno\n- [x] dos\n- [ ] tres\n- [ ] cuatro"),
    (("\uf0b7 uno", "\uf0d8 dos"), "- uno\n- dos"),
    (("o\tuno", "o\tdos"), "- uno\n- dos"),
]


@pytest.mark.parametrize(("lines", "expected"), TYPED)
def test_bullets_numbers_and_boxes_typed_by_hand_are_lists(lines: tuple[str, ...], expected: str) -> None:
    document = read("".join(par(line.replace("\t", "</w:t><w:tab/><w:t>")) for line in lines))
    assert shown(document) == [expected]
    assert document.blocks[0].guess is Guess.LIST
    assert not document.blocks[0].certain


@pytest.mark.parametrize(
    "line", ["—Hola, dijo Rosa.", "1986. Un año bueno.", "3.5 kilos de café", "A. Quispe firmó", "☐ sí ☐ no"]
)
def test_what_only_looks_like_a_mark_is_text(line: str) -> None:
    assert [block.guess for block in read(text() + par(line) + text()).blocks] == [Guess.PARAGRAPH] * 3


def test_typed_items_nest_by_their_indentation() -> None:
    deeper = '<w:ind w:left="720"/>'
    body = par("• uno") + par("- dentro", "", deeper) + par("• dos")
    assert shown(read(body)) == ["- uno\n    - dentro\n- dos"]


def test_a_table_keeps_merged_cells_lists_and_tables_inside_as_words() -> None:
    wide = '<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>'
    down = "<w:tcPr><w:vMerge/></w:tcPr>"
    inner = table((par("a"), par("b")), (par("c"), par("d")))
    body = table(
        (par("Minutos"), par("Qué"), par("Con qué")),
        (wide + par("junto"), par("solo")),
        (down + par(""), par("uno") + par("dos"), par("tres") + inner),
        (par("4"), par("5"), par("6")),
    )
    assert shown(read(body)) == [
        "| Minutos | Qué | Con qué |\n|---|---|---|\n| junto |  | solo |\n"
        "|  | uno dos | tres a / b; c / d |\n| 4 | 5 | 6 |"
    ]


def test_tables_that_only_place_things_on_the_page_are_unrolled_with_their_headings() -> None:
    beside = table((bold("Para empezar") + text(), par("Un dibujo")))
    box = table((bold("Nota para quien facilita") + par("Llegue antes."),))
    document = read(text() + beside + box + text())
    assert [(b.guess.value, b.markdown) for b in document.blocks[1:5]] == [
        ("heading1", "# Para empezar"), ("paragraph", TEXT), ("paragraph", "Un dibujo"),
        ("note", "# Nota para quien facilita"),
    ]  # fmt: skip
    assert document.blocks[4].box == document.blocks[5].box > 0 == document.blocks[6].box


def test_lines_with_the_same_tab_stops_are_a_table_and_the_guess_is_not_certain() -> None:
    tab = "</w:t><w:tab/><w:t>"
    document = read(par(f"Mes{tab}Soles") + par(f"enero{tab}40") + par(f"febrero{tab}55"))
    assert shown(document) == ["| Mes | Soles |\n|---|---|\n| enero | 40 |\n| febrero | 55 |"]
    assert (document.blocks[0].certain, document.blocks[0].why) == (False, Why.TABBED)


def test_lists_come_back_as_lists() -> None:
    (node,) = parse_markdown(listed(item("uno") + item("dentro", 1, 2) + item("dos"), "decimal")[0])
    assert isinstance(node, Listing)
    assert len(node.items) == 2


def test_line_breaks_that_stand_for_paragraphs_are_ends_of_paragraphs() -> None:
    line_break = "<w:r><w:br/></w:r>"
    headed = par(
        "", "", "", run("Para empezar", "<w:b/>") + line_break + run("Este texto") + line_break + run("sigue.")
    )
    items = par("", "", "", run("Lleve:") + line_break + run("- uno") + line_break + run("- dos"))
    plain_lines = par("", "", "", run("una") + line_break + run("dos"))
    assert shown(read(headed + items + plain_lines)) == [
        "# Para empezar", "Este texto  \nsigue.", "Lleve:", "- uno\n- dos", "una  \ndos",
    ]  # fmt: skip


def test_a_list_that_is_defined_by_a_style_keeps_its_numbers() -> None:
    levels = numbered("decimal").split('<w:abstractNum w:abstractNumId="1">')[1].split("</w:abstractNum>")[0]
    linked = (
        f'<w:abstractNum w:abstractNumId="5"><w:styleLink w:val="Mis"/>{levels}</w:abstractNum>'
        '<w:abstractNum w:abstractNumId="6"><w:numStyleLink w:val="Mis"/></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="6"/></w:num>'
    )
    assert shown(read(item("uno") + item("dos"), NUMBERING, {"numbering": linked})) == ["1. uno\n2. dos"]
