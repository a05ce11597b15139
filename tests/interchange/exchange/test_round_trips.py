"""What goes out as a translators' file comes back as it was, whatever the text, and other programs read it the same."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from translate.storage import pypo, tbx, tmx, xliff

from app.core.checks.terms import Term
from app.interchange.formats import exchange
from app.interchange.formats.exchange import Bundle, Incoming, Pair, Segment, State

from .texts import bundles, header, terms, texts

BUNDLE = Bundle(
    header,
    (
        Segment("u1", "# ¿Qué es {{org}}?", "# ¿Imataq {{org}}?", State.APPROVED, "unit-1", "Uno", "heading"),
        Segment("u2", 'Dijo "sí".\n\nY se fue\\n.', 'Nirqa "arí".\n\nRirqa\\n.', State.DRAFT, "unit-1", "Uno"),
        Segment("u3", "Nuevo", "Musuq", State.STALE, "unit-2", previous_source="Viejo\ny más"),
        Segment("u4", "Falta", unit="unit-2", note="Dos\nlíneas"),
    ),
)


def same(incoming: Incoming, bundle: Bundle) -> None:
    """Fail unless all of a bundle came back."""
    assert [(s.uid, s.source, s.target, s.state, s.previous_source) for s in incoming.segments] == [
        (s.uid, s.source, s.target, s.state, s.previous_source) for s in bundle.segments
    ]
    assert incoming.header == bundle.header
    assert [problem for problem in incoming.problems if bundle.segments] == []


@given(bundles())
def test_a_bundle_comes_back_from_po(bundle: Bundle) -> None:
    same(exchange.from_po(exchange.to_po(bundle)), bundle)


@given(bundles())
def test_a_bundle_comes_back_from_po_with_other_line_ends_and_a_mark(bundle: Bundle) -> None:
    data = b"\xef\xbb\xbf" + exchange.to_po(bundle).replace(b"\n", b"\r\n")
    same(exchange.from_po(data), bundle)


@given(bundles())
def test_a_bundle_comes_back_from_xliff(bundle: Bundle) -> None:
    same(exchange.from_xliff(exchange.to_xliff(bundle)), bundle)


@given(st.lists(st.builds(Pair, st.just("es-PE"), st.sampled_from(["quy", "en"]), texts, texts, st.just("u1"))))
def test_a_memory_comes_back_from_tmx(pairs: list[Pair]) -> None:
    whole = [pair for pair in pairs if pair.source.strip() and pair.target]
    assert list(exchange.from_tmx(exchange.to_tmx(pairs))[0]) == whole


@given(terms())
def test_a_glossary_comes_back_from_csv(glossary: tuple[Term, ...]) -> None:
    assert exchange.from_csv(exchange.to_csv(glossary))[0] == glossary


@given(terms())
def test_a_glossary_comes_back_from_tbx(glossary: tuple[Term, ...]) -> None:
    assert exchange.from_tbx(exchange.to_tbx(glossary))[0] == glossary


@given(st.binary())
def test_no_bytes_raise(data: bytes) -> None:
    for read in (exchange.from_po, exchange.from_xliff):
        assert read(data).problems
    for of_entries in (exchange.from_tmx, exchange.from_tbx):
        assert of_entries(data)[1]
    exchange.from_csv(data)


@given(bundles(), st.data())
def test_a_file_cut_anywhere_keeps_what_stands_before(bundle: Bundle, data: st.DataObject) -> None:
    for write, read in ((exchange.to_po, exchange.from_po), (exchange.to_xliff, exchange.from_xliff)):
        whole = write(bundle)
        cut = whole[: data.draw(st.integers(0, len(whole)))]
        incoming = read(cut)
        expected = [(s.uid, s.source, s.target) for s in bundle.segments]
        got = [(s.uid, s.source, s.target) for s in incoming.segments]
        assert got[:-1] == expected[: max(0, len(got) - 1)]
        if len(got) < len(expected):
            assert incoming.problems


def test_the_translate_toolkit_reads_our_po_as_we_do() -> None:
    store = pypo.pofile(io.BytesIO(exchange.to_po(BUNDLE)))
    units = [unit for unit in store.units if not unit.isheader()]
    assert [(u.getcontext(), u.source, u.target, u.isfuzzy()) for u in units] == [
        (s.uid, s.source, s.target, s.state in (State.DRAFT, State.STALE)) for s in BUNDLE.segments
    ]
    assert units[2].prev_source == "Viejo\ny más"


def test_gettext_finds_no_fault_with_our_po(tmp_path: Path) -> None:
    (tmp_path / "x.po").write_bytes(exchange.to_po(BUNDLE))
    try:
        done = subprocess.run(["msgfmt", "-c", "-o", "/dev/null", "x.po"], cwd=tmp_path, capture_output=True)
    except FileNotFoundError:
        pytest.skip("gettext is not installed here")
    said = [line for line in done.stderr.splitlines() if b"missing in header" not in line]
    assert (done.returncode, said) == (0, [])


def test_the_translate_toolkit_reads_our_xliff_as_we_do() -> None:
    store: Any = xliff.xlifffile(io.BytesIO(exchange.to_xliff(BUNDLE)))
    assert [(u.xmlelement.get("id"), u.source, u.target or "") for u in store.units] == [
        (s.uid, s.source, s.source if s.state is State.MISSING else s.target) for s in BUNDLE.segments
    ]
    assert [u.isfuzzy() for u in store.units if u.target == u.source] == [True]
    assert [u.isapproved() for u in store.units] == [True, False, False, False]


def test_the_translate_toolkit_reads_our_memory_and_glossary() -> None:
    memory = tmx.tmxfile(io.BytesIO(exchange.to_tmx([Pair("es", "quy", "uno & dos", "huk & iskay")])))
    assert [(u.source, u.target) for u in memory.units] == [("uno & dos", "huk & iskay")]
    glossary = tbx.tbxfile(
        io.BytesIO(exchange.to_tbx([Term("plot", "en", "", "plot"), Term("plot", "es", "PE", "chacra")]))
    )
    assert [(u.source, u.target) for u in glossary.units] == [("plot", "chacra")]
