"""Glossaries as people keep them: spreadsheets with semicolons and Spanish heads, and TBX of other programs."""

from __future__ import annotations

import pytest

from app.core.checks.terms import Status, Term
from app.interchange.formats import exchange
from app.interchange.formats.exchange import faults

PLOT = (
    Term("plot", "es", "PE", "chacra", Status.PREFERRED, "", "Terreno que se siembra"),
    Term("plot", "es", "PE", "lote; parcela", Status.ADMITTED),
)


@pytest.mark.parametrize(
    "page",
    [
        "concept,language,region,term,status,note,definition\nplot,es,PE,chacra,preferred,,Terreno que se siembra\n"
        'plot,es,PE,"lote; parcela",admitted,,\n',
        "\ufeffConcepto;Idioma;Región;Término;Estado;Definición\r\n"
        "plot;es;PE;chacra;preferido;Terreno que se siembra\r\n"
        'plot;es;PE;"lote; parcela";Admitido\r\n;;;;;\r\n',
        "term\tlanguage\tconcept\tregion\tdefinition\tstatus\nchacra\tes\tplot\tPE\tTerreno que se siembra\t\n"
        '"lote; parcela"\tes\tplot\tPE\t\tadmitted\n',
    ],
    ids=["comma", "semicolon", "tab"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_spreadsheet_is_read_however_it_was_saved(page: str, encoding: str) -> None:
    assert exchange.from_csv(page.removeprefix("\ufeff" if encoding == "utf-16" else "").encode(encoding)) == (PLOT, ())


def test_no_cell_is_run_as_a_formula() -> None:
    terms = (Term("=cmd|'/C calc'!A0", "es", "", "+1", note="'=x", definition="@a"),)
    data = exchange.to_csv(terms)
    assert b"\r\n'=cmd|'/C calc'!A0,es,,'+1,preferred,''=x,'@a\r\n" in data
    assert exchange.from_csv(data) == (terms, ())


@pytest.mark.parametrize(
    ("page", "line", "fault"),
    [
        ("", 0, faults.NothingInIt),
        ("a,b\n1,2", 1, faults.LacksColumns),
        ("concept,language,term\n\nplot,es,", 3, faults.NoTerm),
        ("concept,language,term\n,es,chacra", 2, faults.NoConcept),
        ("concept,language,term\nplot,español,chacra", 2, faults.NoLanguage),
        ("concept,language,term,status\nplot,es,chacra,nunca", 2, faults.NoSuchStatus),
        ("concept,language,term\nplot,es,chacra,4,5", 2, faults.TooManyCells),
        ('concept,language,term\nplot,es,"a\nb"\nplot,es,"a\nb"', 4, faults.TermTwice),
        (f"concept,language,term\nplot,es,{'a' * 200_000}", 2, faults.BadRow),
    ],
)
def test_a_wrong_row_is_named_with_its_line(page: str, line: int, fault: type) -> None:
    _, problems = exchange.from_csv(page.encode())
    assert [(p.line, type(p.fault)) for p in problems] == [(line, fault)]


def test_rows_in_another_encoding_are_named_and_the_rest_is_read() -> None:
    page = "concept,language,term\nplot,es,chacra\npicker,es,peón\nmill,es,beneficio".encode("latin-1")
    terms, problems = exchange.from_csv(page)
    assert [term.term for term in terms] == ["chacra", "beneficio"]
    assert [(p.line, type(p.fault)) for p in problems] == [(3, faults.NotUtf8)]


LATER = """<?xml version="1.0" encoding="UTF-8"?>
<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2">
<text><body><conceptEntry id="c5"> <descripGrp><descrip type="definition">Who buys at the gate</descrip></descripGrp>
<langSec xml:lang="en"><termSec><term>middleman</term></termSec></langSec>
<langSec xml:lang="es-MX"><termSec><term>coyote</term>
<termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></termSec>
<termSec><term>inter<hi>mediario</hi></term></termSec><termSec><term> </term></termSec></langSec>
</conceptEntry></body></text></tbx>"""


def test_the_later_dialect_of_tbx_is_read() -> None:
    terms, problems = exchange.from_tbx(LATER.encode())
    meaning = "Who buys at the gate"
    assert terms == (
        Term("c5", "en", "", "middleman", definition=meaning),
        Term("c5", "es-MX", "", "coyote", Status.FORBIDDEN, definition=meaning),
        Term("c5", "es-MX", "", "intermediario", definition=meaning),
    )
    assert [(p.line, type(p.fault)) for p in problems] == [(7, faults.NoTerm)]
