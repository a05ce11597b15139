"""Tables as files: nothing in them is run by a spreadsheet."""

from __future__ import annotations

import csv
import io

import pytest

from app.web.sheets import csv_file, harmless


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\n=cmd", "\r=1"])
def test_what_would_be_a_formula_is_text(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["Rosa", "1 - 2", "a@b", "", "25 %"])
def test_other_cells_stay_as_they_are(cell: str) -> None:
    assert harmless(cell) == cell


def test_a_file_reads_back_as_it_was_written() -> None:
    rows = [["una, dos", 'con "comillas"'], ["dos\nlíneas", None]]
    response = csv_file("x.csv", ["a", "b"], rows)
    read = list(csv.reader(io.StringIO(response.get_data(as_text=True).removeprefix("\ufeff"))))
    assert read == [["a", "b"], ["una, dos", 'con "comillas"'], ["dos\nlíneas", ""]]
    assert response.headers["Content-Disposition"].startswith("attachment")
