"""What files and cells mean, however a spreadsheet left them, and that nothing is lost on the way out and back."""

from __future__ import annotations

import contextlib
import io
import zipfile
from datetime import date

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.errors import Refused
from app.delivery.rules import rosters, rosters_cells, rosters_files
from app.delivery.rules.rosters_files import Cell
from app.people.kinds import Sex
from app.people.rules.persons import Born

TODAY = date(2026, 3, 2)
BIRTHS = [
    ("1990-02-03", Born(on=date(1990, 2, 3))),
    ("3/2/1990", Born(on=date(1990, 2, 3))),
    ("03.02.1990", Born(on=date(1990, 2, 3))),
    ("32907", Born(on=date(1990, 2, 3))),
    ("1990", Born(year=1990)),
    ("36", Born(age=36, age_on=TODAY)),
    ("36 (2024-05-06)", Born(age=36, age_on=date(2024, 5, 6))),
    ("", None),
]
NO_BIRTHS = ["31/02/1990", "ayer", "990", "1990-13-01", "3/2/90", "9" * 30, "²²²"]
ZEROS = [
    ("1234567", "DNI", "PE", "01234567"),
    ("1234567", "", "PE", "01234567"),
    ("1234567", "Pasaporte", "PE", "1234567"),
    ("12", "DNI", "PE", "12"),
    ("801199012345", "DNI", "HN", "0801199012345"),
]
NAMES = [
    ("Quispe Huamán, Rosa María", ("Rosa María", "Quispe Huamán")),
    ("Rosa María Quispe Huamán", ("Rosa María", "Quispe Huamán")),
    ("Rosa Quispe Huamán", ("Rosa", "Quispe Huamán")),
    ("Rosa Quispe", ("Rosa", "Quispe")),
    ("Rosa", ("Rosa", "")),
]
TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"]) | st.sampled_from("=+-@' ;,\"ñ0"), max_size=12
).map(lambda text: " ".join(text.split()))


@pytest.mark.parametrize(("text", "meant"), BIRTHS)
def test_a_birth_is_read_however_it_is_written(text: str, meant: Born | None) -> None:
    assert rosters_cells.born(Cell(text), TODAY) == meant
    if meant is not None:
        assert rosters_cells.born(Cell(rosters_cells.told_birth(meant)), TODAY) == meant


@pytest.mark.parametrize("text", NO_BIRTHS)
def test_what_is_no_birth_is_asked_for_again(text: str) -> None:
    with pytest.raises(Refused):
        rosters_cells.born(Cell(text), TODAY)


@pytest.mark.parametrize(("digits", "kind", "country", "whole"), ZEROS)
def test_zeros_that_a_spreadsheet_dropped_are_put_back_where_the_length_is_known(
    digits: str, kind: str, country: str, whole: str
) -> None:
    assert rosters_cells.with_zeros(digits, kind, country) == whole


@pytest.mark.parametrize(("full", "parts"), NAMES)
def test_a_whole_name_is_parted(full: str, parts: tuple[str, str]) -> None:
    assert rosters_cells.parted(full) == parts


@pytest.mark.parametrize(
    ("word", "sex"), [("Mujer", Sex.WOMAN), ("VARÓN", Sex.MAN), ("f", Sex.WOMAN), ("x", Sex.OTHER)]
)
def test_sex_is_understood_in_both_languages(word: str, sex: Sex) -> None:
    assert rosters_cells.sex(Cell(word)) is sex


@settings(max_examples=50)
@given(st.lists(st.lists(TEXTS, min_size=3, max_size=3), min_size=1, max_size=4))
def test_every_text_comes_back_from_both_kinds_of_file_as_it_was(rows: list[list[str]]) -> None:
    for data in (rosters_files.to_csv([["a", "b", "c"], *rows]), rosters_files.to_xlsx([["a", "b", "c"], *rows])):
        read = [[cell.text for cell in row] for _, row in rosters_files.read(data)][1:]
        padded = [row + [""] * (3 - len(row)) for row in read]
        assert padded == [row for row in rows if any(row)]


def test_nothing_in_a_csv_is_run_by_a_spreadsheet() -> None:
    data = rosters_files.to_csv([["=1+1", "+51987654321", "@x", "-1"]]).decode("utf-8-sig")
    assert data.strip().split(",") == ["'=1+1", "'+51987654321", "'@x", "'-1"]


CSVS = [
    "\ufeffNombres;Apellidos;DNI\r\nRosa;Quispe;01234567\r\n".encode(),
    "Nombres;Apellidos;DNI\nRosa;Quispe;01234567".encode("utf-16"),
    b"sep=;\nNombres;Apellidos;DNI\nRosa;Quispe;1234567\n",
    "Lista de participantes;;\n\nNombres;Apellidos;N.º de documento\nRosa;Quispe;1234567\n".encode(),
    "given name\tsurname\tdni\nRosa\tQuispe\t01234567\n".encode("cp1252"),
]  # fmt: skip


@pytest.mark.parametrize("data", CSVS)
def test_a_list_is_read_as_spreadsheets_leave_it(data: bytes) -> None:
    (draft,) = rosters.listed(rosters_files.read(data), TODAY, "PE").drafts
    assert (draft.given_names, draft.family_names, draft.document_number) == ("Rosa", "Quispe", "01234567")
    assert draft.faults == ()


def workbook() -> bytes:
    """A list as people make them: a title over merged cells, real dates, numbers, a formula."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.merge_cells("A1:D1")
    sheet["A1"] = "Lista de participantes"
    sheet.append(["Nombres", "Nacimiento", "DNI", "Teléfono", "Firma"])
    sheet.append(["Rosa", date(1990, 2, 3), 1234567, 987654321, None])
    sheet.append(["Luz", 1990, 12345678.0, "=A1", None])
    sheet.append(["Ana", None, 1.5, "9.87654E+08", None])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def test_a_workbook_is_read_with_its_title_dates_and_numbers() -> None:
    listed = rosters.listed(rosters_files.read(workbook()), TODAY, "PE")
    rosa, luz, ana = listed.drafts
    assert (rosa.line, rosa.born, rosa.document_number, rosa.phone) == (
        3, Born(on=date(1990, 2, 3)), "01234567", "987654321",
    )  # fmt: skip
    assert [type(one.says) for one in rosa.notes] == [rosters_cells.ZeroPutBack]
    assert [(one.column, type(one.says)) for one in luz.faults] == [("phone", rosters.FormulaInCell)]
    assert {one.column for one in ana.faults} == {"document_number", "phone"}
    assert [type(one.says) for one in listed.notes] == [rosters.UnknownColumn]


def bomb() -> bytes:
    """A small workbook that expands to much."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as parts:
        for n in range(5):
            parts.writestr(f"xl/worksheets/sheet{n}.xml", b" " * 10_000_000)
    return written.getvalue()


def with_entities() -> bytes:
    """A workbook that declares something that expands."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as parts:
        parts.writestr("xl/workbook.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')
    return written.getvalue()


BROKEN = [
    (b"", rosters.NoHeads),
    (b"PK\x03\x04nonsense", rosters_files.NotAList),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", rosters_files.OldWorkbook),
    (b"a\x00b,c\n", rosters_files.NotAList),
    (b"x" * (rosters_files.MOST_BYTES + 1), rosters_files.ListTooBig),
    (b"Nombres\n" + b"Rosa\n" * 3000, rosters_files.ListTooBig),
    (b"Nombres\n" + b"R" * 2000, rosters_files.ListTooBig),
    (b"a,b\n1,2\n", rosters.NoHeads),
    (b"Nombres,Given names\nRosa,Rosa\n", rosters.HeadTwice),
    (bomb(), rosters_files.ListTooBig),
    (with_entities(), rosters_files.NotAList),
]


@pytest.mark.parametrize(("data", "refusal"), BROKEN, ids=range(len(BROKEN)))
def test_what_is_no_list_is_refused_in_a_sentence(data: bytes, refusal: type[Refused]) -> None:
    with pytest.raises(refusal):
        rosters.listed(rosters_files.read(data), TODAY, "PE")


@settings(max_examples=50)
@given(st.binary(max_size=200) | st.binary(max_size=60).map(lambda data: b"PK\x03\x04" + data))
def test_whatever_bytes_come_are_read_or_refused(data: bytes) -> None:
    with contextlib.suppress(Refused):
        rosters.listed(rosters_files.read(data), TODAY, "PE")
