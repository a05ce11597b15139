"""The PDF manual: it is one, it says what it should to whom it should, and nobody's words are ever run."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.interchange.formats.document import Audience, Manual
from app.interchange.formats.write import write
from tests.interchange.manuals import ONLY_FOR_FACILITATORS, SVG, TEXTS, manual

needs_pdftotext = pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is not installed")


def words_of(data: bytes, folder: Path) -> str:
    file = folder / "manual.pdf"
    file.write_bytes(data)
    done = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, check=True)
    return re.sub(r"\s+", " ", done.stdout.decode())


def test_the_pdf_is_tagged_archivable_and_names_its_language() -> None:
    data = write(manual(), "pdf")
    assert data.startswith(b"%PDF-")
    assert set(re.findall(rb"/Lang ?\(([^)]*)\)", data)) == {b"es-PE"}
    assert re.search(rb"/MarkInfo\s*<<[^>]*/Marked true", data)
    assert b"/Outlines" in data
    assert b"<pdfaid:part>2</pdfaid:part>" in data
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in data


@needs_pdftotext
def test_the_facilitator_reads_everything(tmp_path: Path) -> None:
    text = words_of(write(manual(), "pdf"), tmp_path)
    assert [words for words in ONLY_FOR_FACILITATORS if words not in text] == []
    assert "☑ Cada persona tiene un voto" in text
    assert "Página 2 de" in text
    assert "Versión 1.2.0" in text


@needs_pdftotext
def test_the_participant_reads_nothing_that_is_not_for_them(tmp_path: Path) -> None:
    text = words_of(write(manual(audience=Audience.PARTICIPANT), "pdf"), tmp_path)
    assert [words for words in ONLY_FOR_FACILITATORS if words in text] == []
    assert "☐ Cada persona tiene un voto" in text


def heights_of_words(data: bytes, folder: Path) -> dict[str, float]:
    """How far down its page each word begins, in points."""
    file = folder / "manual.pdf"
    file.write_bytes(data)
    done = subprocess.run(["pdftotext", "-bbox", str(file), "-"], capture_output=True, check=True)
    return {word: float(y) for y, word in re.findall(r'yMin="([\d.]+)"[^>]*>([^<]*)</word>', done.stdout.decode())}


@needs_pdftotext
def test_rows_with_a_cell_to_fill_in_are_nine_millimetres_high(tmp_path: Path) -> None:
    text = "| Uno | Dos |\n|---|---|\n| Nombre | |\n| Apellido | |\n| Lugar | x |\n| Fin | x |"
    at = heights_of_words(write(manual(text), "pdf"), tmp_path)
    millimetres = 72 / 25.4
    assert at["Apellido"] - at["Nombre"] == pytest.approx(9 * millimetres, abs=1)
    assert at["Fin"] - at["Lugar"] < 7 * millimetres


def pages_of(data: bytes, folder: Path) -> list[str]:
    file = folder / "manual.pdf"
    file.write_bytes(data)
    done = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, check=True)
    return done.stdout.decode().split("\f")


@needs_pdftotext
def test_a_short_question_stays_on_one_page_wherever_it_falls(tmp_path: Path) -> None:
    options = "\n".join(f"- [ ] opción{n}" for n in range(8))
    question = f"/// question | ¿inicio?\n\n{options}\n\n> final\n///"
    for before in range(18, 40, 3):
        pages = pages_of(write(manual(*["Una línea."] * before, question), "pdf"), tmp_path)
        assert [page.count("opción") for page in pages if "opción" in page] == [8]
        assert [("¿inicio?" in page, "final" in page) for page in pages if "opción" in page] == [(True, True)]


@needs_pdftotext
@pytest.mark.parametrize("inner", ["- [ ] opción\n" * 150, "- [ ] " + "opción " * 3000, "opción  \n" * 150])
def test_a_question_longer_than_a_page_goes_on_on_the_next(inner: str, tmp_path: Path) -> None:
    text = "\n".join(pages_of(write(manual(f"/// question | ¿Cuál?\n\n{inner}\n///"), "pdf"), tmp_path))
    assert text.count("opción") == inner.count("opción")


@needs_pdftotext
def test_sources_are_printed_small(tmp_path: Path) -> None:
    lines = "\n".join(f"- fuente{n}" for n in range(9))
    small, usual = (
        heights_of_words(write(manual(f"/// {kind} | x\n\n{lines}\n///"), "pdf"), tmp_path)
        for kind in ("sources", "handout")
    )
    spans = [at["fuente8"] - at["fuente0"] for at in (small, usual)]
    assert spans[0] == pytest.approx(spans[1] * 8.5 / 10.5, rel=0.02)


TYPST_CODE = (
    '#panic("run")',
    '#read("/etc/hostname")',
    '#import "@preview/cetz:0.3.0"',
    "$ sum $ <label> @reference *b* _i_ `x` \\ / // no",
    "#sys.inputs ]] ) } #{ while true {} }",
    '#image("/etc/hostname")',
)


@needs_pdftotext
@pytest.mark.parametrize("code", TYPST_CODE)
def test_words_that_look_like_typst_are_printed_and_not_run(code: str, tmp_path: Path) -> None:
    shown = replace(manual(f"    {code}"), title=code, edition=code, credits=(code,))
    text = words_of(write(shown, "pdf"), tmp_path)
    assert text.count(code.split()[0]) >= 3


@pytest.mark.parametrize(
    "picture",
    [
        b"",
        b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR" + b"\x00\x00\x00\x04\x00\x00\x00\x04",
        SVG.replace(b"<rect", b'<image href="/etc/hostname" width="5" height="5"/><rect'),
        SVG.replace(b"<rect", b'<image href="manual.json" width="5" height="5"/><rect'),
        SVG + b"<not closed",
    ],
)
def test_a_picture_that_cannot_be_drawn_does_not_keep_the_manual_from_being_printed(picture: bytes) -> None:
    shown = replace(manual("![Mapa](media/x.svg)", "texto"), images={"media/x.svg": picture})
    assert write(shown, "pdf").startswith(b"%PDF-")


NASTY = "a\x00b\x1f\ud800<w:p>&amp;\uffff\u202e]]>\x0b{{x}} 😀 漢字 \U0001f33d \U000f0000"


def test_bad_and_unknown_characters_never_break_the_file() -> None:
    bad = replace(
        manual(*[f"{text} {NASTY}" for text in TEXTS], NASTY),
        title=NASTY, edition=NASTY, version=NASTY, credits=(NASTY,), licence=NASTY, subtitle=NASTY, language="xx-\x00",
    )  # fmt: skip
    assert write(bad, "pdf").startswith(b"%PDF-")


def test_deep_nesting_is_no_obstacle() -> None:
    deep = "\n".join("  " * n + "- " + "x" for n in range(60)) + "\n\n" + ">" * 60 + " x"
    assert write(manual(deep), "pdf").startswith(b"%PDF-")


def test_the_same_manual_gives_the_same_bytes() -> None:
    assert write(manual(), "pdf") == write(manual(), "pdf")


@pytest.mark.parametrize("empty", [Manual("", "es", ()), Manual("x", "", (), cover=False)])
def test_an_empty_manual_is_a_manual(empty: Manual) -> None:
    assert write(empty, "pdf").startswith(b"%PDF-")
    assert write(empty, "docx").startswith(b"PK")
    assert write(empty, "html").startswith(b"<!doctype html>")


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=120), st.sampled_from(["", "- ", "1. ", "> ", "# ", "| a |\n|---|\n| ", "    "]))
def test_any_text_gives_a_pdf(text: str, start: str) -> None:
    assert write(manual(start + text), "pdf").startswith(b"%PDF-")
