"""Tracked changes: accepting all gives the later version, rejecting all the earlier one, whatever changed."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Mapping

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from app.interchange.formats.document import Manual
from app.interchange.formats.write import write, write_redline
from tests.interchange.manuals import TEXTS, manual, with_texts
from tests.interchange.tracked import W, body_of, described, settled

WHEN = dt.datetime(2026, 3, 1, 12, 30, tzinfo=dt.UTC)


def made(before: Manual, after: Manual, reasons: Mapping[str, str] | None = None) -> bytes:
    return write_redline(before, after, "Rosa Q. <R&D>", WHEN, reasons)


def without_links(value: object) -> object:
    """Relationship names differ between files; where links lead is tested by itself."""
    return repr(value).replace("rIdLink2", "rIdLink1").replace("rIdLink3", "rIdLink1")


def check(before: Manual, after: Manual) -> bytes:
    data = made(before, after)
    docx.Document(io.BytesIO(data))
    assert without_links(settled(data, accept=True)) == without_links(described(body_of(write(after, "docx"))))
    assert without_links(settled(data, accept=False)) == without_links(described(body_of(write(before, "docx"))))
    return data


BASE = manual()
FULL_ORDER = [f"b{n}" for n in range(len(TEXTS))]
CHANGES: list[tuple[str, dict[str, str], list[str] | None]] = [
    ("nothing", {}, None),
    ("a word", {"b1": TEXTS[1].replace("negrita", "fuerte")}, None),
    ("the title", {"b0": "# Por qué construimos una cooperativa"}, None),
    ("only formatting", {"b1": TEXTS[1].replace("**negrita**", "*negrita*")}, None),
    ("where a link leads", {"b1": TEXTS[1].replace("example.org", "example.net")}, None),
    ("a whole paragraph", {"b1": "Otra cosa completamente distinta."}, None),
    ("a list item removed", {"b6": "1. Uno\n3. Tres"}, None),
    ("a list item added", {"b8": "1. Otra vez uno\n2. Entremedio nuevo\n3. Otra vez dos"}, None),
    ("a list that counts from elsewhere", {"b8": "3. Otra vez uno\n4. Otra vez dos"}, None),
    ("numbers to points", {"b8": "- Otra vez uno\n- Otra vez dos"}, None),
    ("a cell", {"b10": TEXTS[10].replace("55", "58")}, None),
    ("a row removed", {"b10": "| Mes | Soles |\n|---|--:|\n| febrero | 55 |"}, None),
    ("rows added", {"b10": TEXTS[10] + "\n| marzo | 60 |\n| abril | 61 |"}, None),
    ("a column added", {"b10": "| Mes | Soles | Nota |\n|---|--:|---|\n| enero | 40 | a |"}, None),
    ("the head of a table", {"b10": TEXTS[10].replace("Soles", "Pesos")}, None),
    ("a table to a paragraph", {"b10": "Ya no hay tabla."}, None),
    ("a paragraph to a table", {"b7": TEXTS[10]}, None),
    ("another picture", {"b12": '![Otra canasta](media/drawing.svg "La canasta")'}, None),
    ("code", {"b14": "```\ncódigo  con   más espacios\n  y dos líneas\n```"}, None),
    ("inside a typed block", {"b17": TEXTS[17].replace("Llegó un comprador", "En abril llegó una compradora")}, None),
    ("the key", {"b20": TEXTS[20].replace("[ ]", "[-]").replace("[x]", "[ ]").replace("[-]", "[x]")}, None),
    ("a block removed", {}, [uid for uid in FULL_ORDER if uid != "b10"]),
    ("a block added", {"new": "Un bloque nuevo con **fuerza**."}, [*FULL_ORDER[:5], "new", *FULL_ORDER[5:]]),
    ("a table added at the end", {"new": TEXTS[10]}, [*FULL_ORDER, "new"]),
    ("a block moved", {}, [*FULL_ORDER[:3], "b16", *FULL_ORDER[3:16], *FULL_ORDER[17:]]),
    ("moved and changed", {"b9": "- punto único"}, ["b0", "b9", *FULL_ORDER[1:9], *FULL_ORDER[10:]]),
    ("all blocks removed", {}, []),
    ("everything upside down", {}, FULL_ORDER[::-1]),
]


@pytest.mark.parametrize(("named", "order"), [case[1:] for case in CHANGES], ids=[case[0] for case in CHANGES])
def test_accepting_all_gives_after_and_rejecting_all_gives_before(
    named: dict[str, str], order: list[str] | None
) -> None:
    check(BASE, with_texts(BASE, named, order))


@pytest.mark.parametrize(("named", "order"), [case[1:] for case in CHANGES], ids=[case[0] for case in CHANGES])
def test_it_works_as_well_the_other_way_round(named: dict[str, str], order: list[str] | None) -> None:
    check(with_texts(BASE, named, order), BASE)


def test_nothing_is_marked_where_nothing_changed() -> None:
    body = body_of(made(BASE, BASE))
    assert list(body.iter(W + "ins", W + "del")) == []


def test_only_the_words_that_changed_are_marked() -> None:
    body = body_of(made(BASE, with_texts(BASE, {"b7": "Entre tres listas."})))
    gone = "".join("".join(tag.itertext()) for tag in body.iter(W + "del"))
    new = "".join("".join(tag.itertext()) for tag in body.iter(W + "ins"))
    assert (gone, new) == ("dos", "tres")


def test_every_change_says_who_and_when_and_has_an_id_of_its_own() -> None:
    body = body_of(made(BASE, with_texts(BASE, {}, FULL_ORDER[::-1])))
    changes = list(body.iter(W + "ins", W + "del"))
    assert {change.get(W + "author") for change in changes} == {"Rosa Q. <R&D>"}
    assert {change.get(W + "date") for change in changes} == {"2026-03-01T12:30:00Z"}
    ids = [change.get(W + "id") for change in changes]
    assert len(ids) == len(set(ids))


def test_a_reason_becomes_a_comment_on_the_change() -> None:
    after = with_texts(BASE, {"b7": "Entre tres listas."})
    data = made(BASE, after, {"b7": "Lo pidió el taller <de> Tarapoto", "b1": "no cambió"})
    comments = docx.Document(io.BytesIO(data)).comments
    assert [(comment.text, comment.author) for comment in comments] == [
        ("Lo pidió el taller <de> Tarapoto", "Rosa Q. <R&D>")
    ]
    assert len(list(body_of(data).iter(W + "commentReference"))) == 1


def test_word_goes_on_tracking_in_a_redline_and_not_in_a_manual() -> None:
    for data, expected in ((made(BASE, BASE), True), (write(BASE, "docx"), False)):
        assert ("trackRevisions" in zipfile.ZipFile(io.BytesIO(data)).read("word/settings.xml").decode()) is expected


def test_links_of_both_versions_lead_where_they_led() -> None:
    data = made(BASE, with_texts(BASE, {"b1": TEXTS[1].replace("example.org", "example.net")}))
    relations = zipfile.ZipFile(io.BytesIO(data)).read("word/_rels/document.xml.rels").decode()
    assert "example.org" in relations
    assert "example.net" in relations


_WORDS = st.lists(
    st.sampled_from(["uno", "**dos**", "*tres*", "`4`", "[l](http://a.b)", "![p](x.png)", "\n", "."]), max_size=8
)
_BLOCK = st.one_of(
    _WORDS.map(" ".join),
    st.lists(_WORDS.map("".join), min_size=1, max_size=4).map(lambda rows: "\n".join(f"1. {row}" for row in rows)),
    st.lists(st.sampled_from(["a", "b", "c d"]), min_size=1, max_size=4).map(
        lambda rows: "| x | y |\n|---|---|\n" + "\n".join(f"| {row} | 1 |" for row in rows)
    ),
)  # fmt: skip


PARTED, JOINED = "1. uno\n\nentre los dos\n\n1. dos", "1. uno\n1. dos"
LISTS = [
    ("joined", PARTED, JOINED),
    ("parted", JOINED, PARTED),
    ("three into two", f"{PARTED}\n\notra vez\n\n1. tres", f"{JOINED}\n\notra vez\n\n1. tres"),
    ("crosswise", "1. uno\n1. dos\n\nfin\n\n1. tres\n1. cuatro", "1. uno\n\nfin\n\n1. dos\n1. tres\n1. cuatro"),
    ("joined and empty", "1. \n\nuno\n\n1. ", "1. \n1. "),
    ("parted and empty", "1. \n1. ", "1. \n\nuno\n\n1. "),
]


@pytest.mark.parametrize(("before", "after"), [case[1:] for case in LISTS], ids=[case[0] for case in LISTS])
def test_lists_that_are_joined_or_parted_come_back_as_they_were(before: str, after: str) -> None:
    check(manual(before), manual(after))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_both_versions_come_back_from_any_redline(data: st.DataObject) -> None:
    texts = {f"b{n}": data.draw(_BLOCK) for n in range(5)}
    others = {f"b{n}": data.draw(st.one_of(st.just(texts[f"b{n}"]), _BLOCK)) for n in range(5)}
    base = manual(*texts.values())
    uids = data.draw(st.lists(st.sampled_from(list(texts)), unique=True))
    check(base, with_texts(base, others, uids))


def test_a_redline_is_well_formed_whatever_the_author_is_called() -> None:
    data = write_redline(BASE, with_texts(BASE, {"b7": "x"}), '"\x00\ud800&<', WHEN, {"b7": "\x00\ud800]]>"})
    for name in ("word/document.xml", "word/comments.xml"):
        etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read(name))
