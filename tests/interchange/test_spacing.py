"""What may not part at the end of a line, and boxes on lines of their own: in print, and never in the Markdown."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.interchange.formats.docx.reading import read_docx
from app.interchange.formats.inline import parse_inline
from app.interchange.formats.markdown_tree import parse_markdown
from app.interchange.formats.nodes import BOLD, CODE, Picture, Run
from app.interchange.formats.spacing import boxes_apart, kept_together, unspaced
from app.interchange.formats.write import write
from tests.interchange.manuals import manual
from tests.interchange.test_docx import opened
from tests.interchange.test_docx_reading import plain_file
from tests.interchange.test_pdf import needs_pdftotext

TOGETHER = [
    ("☐ sí ☐ no", "☐~sí ☐~no"),
    ("5 min y 10 min.", "5~min y 10~min."),
    ("(25 kg)", "(25~kg)"),
    ("30 %", "30~%"),
    ("2 minutos", "2 minutos"),
    ("5 mínimos", "5 mínimos"),
    ("20 × 3,800 = USD 76,000", "20 × 3,800 = USD~76,000"),
    ("S/ 5, S/. 6 y US$ 7", "S/~5, S/.~6 y US$~7"),
    ("La PAZ 5", "La PAZ~5"),
    ("ABCD 5", "ABCD 5"),
    ("firma: ☐", "firma: ☐"),
]


@pytest.mark.parametrize(("written", "printed"), TOGETHER)
def test_box_and_word_number_and_unit_currency_and_amount_do_not_part(written: str, printed: str) -> None:
    assert kept_together((Run(written),)) == (Run(printed.replace("~", "\u00a0")),)


def test_what_belongs_together_is_seen_across_changes_of_look_and_not_in_code() -> None:
    runs = (Run("**☐"), Run(" sí", BOLD), Picture("☐ x", "a.png"), Run("☐ a 5 min", CODE))
    assert kept_together(runs) == (runs[0], Run("\u00a0sí", BOLD), *runs[2:])


BOXES = [
    ("☐ a ☐ b", "☐ a ☐ b"),
    ("☐ a ☐ b ☐ c", "☐ a\n☐ b\n☐ c"),
    ("Marque: ☐ a ☐ b ☐ c", "Marque: ☐ a\n☐ b\n☐ c"),
    ("☐ a (☐ b) ☐ c", "☐ a (☐ b)\n☐ c"),
    ("☐☐☐", "☐☐☐"),
]


@pytest.mark.parametrize(("written", "printed"), BOXES)
def test_three_boxes_or_more_stand_on_lines_of_their_own(written: str, printed: str) -> None:
    assert boxes_apart((Run(written),)) == (Run(printed),)


_SPACED = st.lists(st.sampled_from(["☐", " ", "a", "5", "min", "USD", "**b**", "`☐ 5 min`"]), max_size=12)


@settings(max_examples=200, deadline=None)
@given(_SPACED.map("".join))
def test_only_spaces_change_and_they_come_back(text: str) -> None:
    runs = parse_inline(text)
    assert unspaced(boxes_apart(kept_together(runs))) == list(runs)


@pytest.mark.parametrize("text", ["a\n☐ b ☐ c", "☐ a\n☐ b", "a\n☐ b\n☐ c"])
def test_a_line_break_that_somebody_wrote_before_one_of_two_boxes_stays(text: str) -> None:
    assert unspaced(boxes_apart(kept_together((Run(text),)))) == [Run(text)]


MARKED = "Marque: ☐ **leí** el acta ☐ hablé 5 min ☐ pagué USD 20"
IN_TABLE = f"| Paso | Nota |\n|---|---|\n| {MARKED} | x |"
WRITTEN = (
    MARKED,
    "☐ Al menos dos ☐ Sin regalos ☐ Con sello",
    "☐ Uno solo",
    "☐ Uno ☐ dos",
    IN_TABLE,
    f"- {MARKED}\n- b",
    f"1. a\n\n    {MARKED}",
    f"> {MARKED}",
    f"/// handout | ☐ Hoja de 5 min\n\n{MARKED}\n///",
    "/// question | ¿Cuánto?\n\n- [ ] dura 5 min\n- [x] cuesta USD 5\n\n> Son 5 min.\n///",
    "## Paso de 5 min",
)


@pytest.mark.parametrize("text", WRITTEN)
def test_the_markdown_comes_back_from_word_as_it_was_written(text: str) -> None:
    assert parse_markdown(read_docx(plain_file(text)).markdown) == parse_markdown(text)


def test_word_has_each_box_on_a_line_of_its_own_in_paragraphs_and_in_cells() -> None:
    document = opened(write(manual(MARKED, IN_TABLE), "docx"))
    expected = "Marque: ☐\u00a0leí el acta\n☐\u00a0hablé 5\u00a0min\n☐\u00a0pagué USD\u00a020"
    assert expected in [paragraph.text for paragraph in document.paragraphs]
    assert document.tables[0].cell(1, 0).text == expected


def test_the_page_has_each_box_on_a_line_of_its_own() -> None:
    page = write(manual(MARKED), "html").decode()
    assert "el acta<br>\n☐\u00a0hablé 5\u00a0min<br>\n☐\u00a0pagué USD\u00a020" in page


@needs_pdftotext
def test_the_pdf_has_each_box_on_a_line_of_its_own(tmp_path: Path) -> None:
    file = tmp_path / "manual.pdf"
    file.write_bytes(write(manual(MARKED, IN_TABLE), "pdf"))
    lines = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, check=True).stdout.decode()
    assert [line.count("☐") for line in lines.split("\n") if "☐" in line] == [1] * 6
    assert len(re.findall(r"(?m)^\s*☐\shablé 5\smin", lines)) == 2
