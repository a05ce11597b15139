"""A wrong file is answered line by line, and what is good in it is still there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.interchange.formats import exchange
from app.interchange.formats.exchange import Bundle, Header, Incoming, Segment, State, faults, things
from app.interchange.formats.exchange.po_reading import MOST_BYTES

HERE = Header("my-coop", "PE-SAM", "1.2.0", "4f2a", "es", "quy")
BUNDLE = Bundle(
    HERE,
    (
        Segment("u1", "Uno de {{crop}}", "Huk {{crop}}", State.APPROVED),
        Segment("u2", "Dos", "Iskay", State.REVIEW),
        Segment("u3", "Tres"),
    ),
)
PO = exchange.to_po(BUNDLE)
XLIFF = exchange.to_xliff(BUNDLE)


def line_of(data: bytes, part: bytes) -> int:
    return data[: data.index(part)].count(b"\n") + 1


def named(incoming: Incoming) -> list[tuple[int, type]]:
    return [(problem.line, type(problem.fault)) for problem in incoming.problems]


def read(data: bytes) -> Incoming:
    incoming = exchange.from_po(data) if data.lstrip(b"\xef\xbb\xbf")[:1] in b'm#"' else exchange.from_xliff(data)
    return exchange.against(incoming, BUNDLE)


BOTH = pytest.mark.parametrize("data", [PO, XLIFF], ids=["po", "xliff"])


@BOTH
def test_a_good_file_has_no_problems(data: bytes) -> None:
    incoming = read(data)
    assert incoming.problems == ()
    assert [s.state for s in incoming.segments] == [State.APPROVED, State.REVIEW, State.MISSING]


@BOTH
def test_an_unknown_paragraph_is_named_with_its_line_and_left_out(data: bytes) -> None:
    wrong = data.replace(b'"u2"', b'"u9"')
    incoming = read(wrong)
    assert named(incoming) == [(line_of(wrong, b'"u9"'), faults.UnknownUid)]
    assert [s.uid for s in incoming.segments] == ["u1", "u3"]


@BOTH
def test_a_paragraph_that_comes_twice_is_read_once(data: bytes) -> None:
    wrong = data.replace(b'"u2"', b'"u1"')
    incoming = read(wrong)
    assert named(incoming) == [
        (0, faults.Fewer),
        (wrong[: wrong.rindex(b'"u1"')].count(b"\n") + 1, faults.UidTwice),
    ]
    assert incoming.segments[0].target == "Huk {{crop}}"


@BOTH
def test_a_source_that_moved_on_makes_its_translation_stale(data: bytes) -> None:
    now = replace(BUNDLE, segments=(replace(BUNDLE.segments[0], source="Otro de {{crop}}"), *BUNDLE.segments[1:]))
    incoming = exchange.from_po(data) if data is PO else exchange.from_xliff(data)
    fitted = exchange.against(incoming, now)
    assert named(fitted) == [(incoming.segments[0].line, faults.SourceMoved)]
    assert fitted.segments[0].state is State.STALE
    assert fitted.segments[0].previous_source == "Uno de {{crop}}"


@BOTH
def test_a_translation_without_its_variable_comes_as_a_draft(data: bytes) -> None:
    incoming = read(data.replace(b"Huk {{crop}}", b"Huk"))
    assert [problem.fault.parts for problem in incoming.problems] == [{"uid": "u1", "variables": "crop"}]
    assert incoming.segments[0].state is State.DRAFT


@BOTH
@pytest.mark.parametrize(
    "other", [Header("fact", "PE-SAM", "", "", "es", "quy"), Header("my-coop", "PE", "", "", "es", "quy")]
)
def test_a_file_of_another_edition_is_not_used(data: bytes, other: Header) -> None:
    incoming = exchange.from_po(data) if data is PO else exchange.from_xliff(data)
    fitted = exchange.against(incoming, replace(BUNDLE, header=other))
    assert fitted.segments == ()
    assert named(fitted) == [(1, faults.OtherEdition)]


@BOTH
def test_a_file_for_other_languages_is_not_used(data: bytes) -> None:
    incoming = exchange.from_po(data) if data is PO else exchange.from_xliff(data)
    fitted = exchange.against(incoming, replace(BUNDLE, header=replace(HERE, source_language="en")))
    assert fitted.segments == ()
    assert [problem.fault.parts["there_source"] for problem in fitted.problems] == ["es"]


@BOTH
def test_a_line_that_is_not_utf8_is_named(data: bytes) -> None:
    wrong = data.replace(b"Iskay", "Iskáy".encode("latin-1"))
    incoming = read(wrong)
    assert (line_of(wrong, b"Isk"), faults.NotUtf8) in named(incoming)
    assert incoming.segments[0].target == "Huk {{crop}}"


def test_a_bad_line_of_po_costs_one_entry() -> None:
    wrong = PO.replace(b'msgstr "Huk {{crop}}"', b'msgstr "Huk "{{crop}}"')
    incoming = read(wrong)
    assert named(incoming) == [(0, faults.Fewer), (line_of(wrong, b'msgstr "Huk'), faults.NotUnderstood)]
    assert [s.uid for s in incoming.segments] == ["u2", "u3"]


def test_an_entry_without_its_paragraph_is_named() -> None:
    wrong = PO.replace(b'msgctxt "u2"\nmsgid "Dos"', b'msgid "Dos y algo"')
    assert named(read(wrong)) == [(line_of(wrong, b'msgid "Dos'), faults.NoUid)]


def test_a_file_without_our_header_is_used_by_its_marks() -> None:
    incoming = read(PO.partition(b"\n\n")[2])
    assert named(incoming) == [(0, faults.NoHeader)]
    assert len(incoming.segments) == 3


def test_broken_xml_keeps_what_stands_before_it() -> None:
    wrong = XLIFF.replace(b"<source>Dos</source>", b"<source>Dos & tres</source>")
    incoming = read(wrong)
    assert (line_of(wrong, b"Dos &"), faults.BadXml) in named(incoming)
    assert [s.uid for s in incoming.segments] == ["u1"]


BOMB = b'<?xml version="1.0"?>\n<!DOCTYPE xliff [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>\n<xliff>&b;</xliff>'
OUTSIDE = b'<!DOCTYPE xliff [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<xliff>&x;</xliff>'


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (BOMB, faults.HasEntities),
        (OUTSIDE, faults.HasEntities),
        (b'<!DOCTYPE xliff SYSTEM "http://example.org/x.dtd">\n<xliff>&x;</xliff>', faults.HasEntities),
        (b"<xliff>" + b"<g>" * 100_000, faults.TooDeep),
        (b'<xliff x="' + b"a" * 2_000_000 + b'"/>', faults.TooLongTag),
        (b"<html></html>", faults.OtherRoot),
        (b"", faults.NothingInIt),
        (b"<xliff/>", faults.NothingInIt),
        ('<?xml version="1.0" encoding="iso-8859-1"?><xliff/>'.encode("latin-1"), faults.NotUtf8),
        (b'<?xml version="1.0" encoding="klingon"?><xliff/>', faults.NotUtf8),
    ],
)
def test_xml_is_bounded(data: bytes, fault: type) -> None:
    assert fault in {type(problem.fault) for problem in exchange.from_xliff(data).problems}


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", faults.NothingInIt),
        ("msgid".encode("utf-16"), faults.NotUtf8),
        (b"a" * (MOST_BYTES + 1), faults.TooBig),
        (b"msgid", faults.NotUnderstood),
        (b'msgctxt "a"\nmsgid "' + b"b" * 300_000 + b'"\nmsgstr "c"', faults.NotUnderstood),
        (b'"alone"', faults.NotUnderstood),
        (b'msgctxt "a"\nmsgid "b"', faults.CutOff),
        (b'msgctxt "a"\nmsgid "b"\nmsgid "c"\nmsgstr "d"', faults.NotUnderstood),
        (b'msgctxt "a"\nmsgid "b"\nmsgstr "d"', faults.NoHeader),
    ],
)
def test_a_po_that_is_none_is_answered(data: bytes, fault: type) -> None:
    assert fault in {type(problem.fault) for problem in exchange.from_po(data).problems}


def test_problems_end_before_they_are_longer_than_anybody_reads() -> None:
    assert len(exchange.from_po(b"nonsense\n\n" * 10_000).problems) == 500


def test_every_sentence_can_be_said() -> None:
    for problem in [*exchange.from_po(b"x").problems, *exchange.from_xliff(b"x").problems, *read(PO[:300]).problems]:
        assert str(problem.fault) == problem.fault.text % problem.fault.parts


def test_a_file_of_texts_without_end_is_read_up_to_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(things, "MOST_TEXTS", 2)
    for data, reading in ((PO, exchange.from_po), (XLIFF, exchange.from_xliff)):
        incoming = reading(data)
        assert len(incoming.segments) == 2
        assert faults.TooManyTexts in {type(problem.fault) for problem in incoming.problems}
