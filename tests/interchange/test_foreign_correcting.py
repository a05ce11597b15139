"""A person corrects what was recognised in a foreign file, and it becomes modules and units."""

from __future__ import annotations

import pytest

from app.core.content import Kind
from app.core.splitting import split
from app.core.unitfile import parse
from app.interchange.formats.docx.foreign.correcting import as_markdown, corrected
from app.interchange.formats.docx.foreign.things import ForeignDocument, Guess
from app.interchange.formats.docx.foreign.units import as_units
from app.interchange.formats.markdown_tree import parse_markdown
from app.interchange.formats.nodes import Typed, plain
from tests.interchange.foreign_files import TEXT, bold, par, read, table, text


def document() -> ForeignDocument:
    return read(
        bold("Manual", 44, '<w:jc w:val="center"/>') + bold("Lo básico", 32) + text() + bold("Qué es", 26) + text()
        + bold("Actividad 1: La canasta", 24) + par("1. uno") + par("2. dos") + bold("Quién manda", 26) + text()
        + bold("El mercado", 32) + bold("Vender", 26) + text() + bold("Cobrar", 26) + text()
    )  # fmt: skip


def corrected_one(body: str, wanted: Guess, index: int = 0) -> str:
    return next(b for b in corrected(read(body), {index: wanted}) if b.index == index).markdown


CORRECTIONS = [
    (bold("1. Uno") + text(), Guess.PARAGRAPH, r"1\. Uno"),
    (bold("Uno") + text(), Guess.HEADING3, "### Uno"),
    (bold("Uno") + text(), Guess.LIST, "- Uno"),
    (par("# uno") + text(), Guess.HEADING2, "## # uno"),
    (par("7. uno") + text(), Guess.HEADING1, "# 7. uno"),
    (par("• uno") + par("• dos"), Guess.PARAGRAPH, "uno  \ndos"),
    (par("• uno") + par("• dos"), Guess.HEADING1, "# uno dos"),
    (table((par("a"), par("b")), (par("c"), par("d"))), Guess.LIST, "- a b\n- c d"),
    (par("uno") + text(), Guess.TABLE, "uno"),
]


@pytest.mark.parametrize(("body", "wanted", "expected"), CORRECTIONS)
def test_a_corrected_block_keeps_its_words_and_becomes_what_was_said(body: str, wanted: Guess, expected: str) -> None:
    assert corrected_one(body, wanted) == expected


def test_what_was_left_out_can_be_brought_back_and_what_was_taken_left_out() -> None:
    body = par("Índice") + "".join(par(f"Tema {n} ........ {n}") for n in range(3)) + text()
    brought = corrected(read(body), {0: Guess.PARAGRAPH, 1: Guess.DROPPED})
    assert [block.index for block in brought] == [0]
    assert "Tema 2" in brought[0].markdown


def test_an_index_that_is_none_changes_nothing() -> None:
    assert corrected(document(), {99: Guess.LIST, -1: Guess.TITLE}) == corrected(document(), {})


def test_a_label_opens_a_typed_block_that_ends_before_the_next_heading() -> None:
    typed = [node for node in parse_markdown(as_markdown(document().blocks)) if isinstance(node, Typed)]
    assert [(node.kind, plain(node.title)) for node in typed] == [("activity", "Actividad 1: La canasta")]
    assert len(typed[0].nodes) == 1


def test_without_typed_blocks_labels_stay_headings() -> None:
    assert "### Actividad 1: La canasta" in as_markdown(document().blocks, typed=False)


def test_any_paragraph_can_be_said_to_open_a_typed_block_and_a_box_closes_it() -> None:
    body = text() + table((par("Ojo") + par("Llegue antes."),)) + text()
    blocks = corrected(read(body), {1: Guess.NOTE})
    assert as_markdown(blocks) == f"{TEXT}\n\n/// note | Ojo\n\nLlegue antes.\n///\n\n{TEXT}\n"


def test_slashes_inside_do_not_close_a_typed_block() -> None:
    text_of = as_markdown(corrected(read(par("Caso") + par("///")), {0: Guess.CASE}))
    (node,) = parse_markdown(text_of)
    assert isinstance(node, Typed)
    assert len(node.nodes) == 1


def test_modules_and_units_are_cut_at_headings_and_nothing_is_lost() -> None:
    read_one = document()
    modules = as_units(corrected(read_one, {}), read_one.title)
    assert [(module.title, [unit.title for unit in module.units]) for module in modules] == [
        ("Lo básico", ["Lo básico", "Qué es", "Quién manda"]),
        ("El mercado", ["Vender", "Cobrar"]),
    ]
    assert modules[0].units[1].markdown == (
        f"# Qué es\n\n{TEXT}\n\n/// activity | Actividad 1: La canasta\n\n1. uno\n2. dos\n///\n"
    )
    assert [piece.kind for piece in split(modules[0].units[1].markdown)] == [
        Kind.HEADING, Kind.PARAGRAPH, Kind.ACTIVITY,
    ]  # fmt: skip


LEVELS = [
    (1, [("Manual", ["Lo básico", "El mercado"])]),
    (2, [("Lo básico", ["Lo básico", "Qué es", "Quién manda"]), ("El mercado", ["Vender", "Cobrar"])]),
]


@pytest.mark.parametrize(("level", "expected"), LEVELS)
def test_the_level_at_which_units_begin_can_be_said(level: int, expected: list[tuple[str, list[str]]]) -> None:
    modules = as_units(corrected(document(), {}), "Manual", level=level)
    assert [(module.title, [unit.title for unit in module.units]) for module in modules] == expected


def test_headings_inside_a_unit_are_below_its_own() -> None:
    modules = as_units(corrected(document(), {}), "Manual", level=1)
    assert "\n\n## Qué es\n\n" in modules[0].units[0].markdown


def test_two_lists_in_a_row_stay_two_in_a_unit() -> None:
    markdown = as_markdown(read(par("1. uno") + par("2. dos") + par("1. otra") + par("2. más")).blocks)
    unit = parse(f"---\nuid: u\nminutes: 60\n---\n\n# Uno\n\n{markdown}")
    assert [block.kind for block in unit.blocks] == [Kind.HEADING, Kind.LIST, Kind.LIST]


def test_a_text_without_headings_is_one_unit_of_the_documents_name() -> None:
    (module,) = as_units(corrected(read(text()), {}), "Manual")
    assert (module.title, [unit.markdown for unit in module.units]) == ("Manual", [f"# Manual\n\n{TEXT}\n"])


def test_where_styles_divide_a_manual_a_bold_line_begins_a_unit_only_if_a_person_says_so() -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="T{level}"><w:name w:val="heading {level}"/></w:style>'
        for level in (1, 2)
    )
    parts = [
        (1, "La caja"),
        (2, "Contar"),
        (0, "En la feria"),
        (2, "Anotar"),
        (1, "El banco"),
        (2, "Abrir"),
        (2, "Cerrar"),
    ]
    body = "".join(
        (par(words, "", f'<w:pStyle w:val="T{level}"/>') if level else bold(words)) + text() for level, words in parts
    )
    document = read(body, {"s": ("styles", "styles.xml")}, {"styles": styles})

    def titles(corrections: dict[int, Guess]) -> list[str]:
        return [unit.title for module in as_units(corrected(document, corrections), "Manual") for unit in module.units]

    at = next(block.index for block in document.blocks if "En la feria" in block.markdown)
    assert titles({}) == ["La caja", "Contar", "Anotar", "El banco", "Abrir", "Cerrar"]
    assert titles({at: Guess.HEADING2}) == ["La caja", "Contar", "En la feria", "Anotar", "El banco", "Abrir", "Cerrar"]
    inside = as_units(corrected(document, {}), "Manual")[0].units[1]
    assert "\n## En la feria\n" in inside.markdown
