"""The review copy: what readers did to a Word file comes back on the block they did it to, and nothing else does."""

from __future__ import annotations

import datetime as dt
import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from app.interchange.formats.document import Audience, Manual
from app.interchange.formats.docx.review.changes import Author, Reviewed
from app.interchange.formats.docx.review.reviewing import read_reviewed
from app.interchange.formats.write import write, write_redline
from tests.interchange.manuals import TEXTS, with_texts
from tests.interchange.originals import LANGUAGES, SLUGS, original
from tests.interchange.reviewing import (
    W,
    change_mark,
    comment_on,
    comments_xml,
    delete_paragraph,
    edited,
    edition,
    insert_words,
    mark_paragraph,
    new_paragraph,
    paragraph_with,
    replace_words,
    split_run,
    with_values,
)

ROSA, LUIS = "Rosa (demo)", "Luis (demo)"
AT = dt.datetime(2026, 5, 4, 10, tzinfo=dt.UTC)
WHEN = dt.datetime(2026, 3, 1, 12, 30, tzinfo=dt.UTC)
BASE = edition()


def reviewed(change: Callable[[etree._Element], None], base: Manual = BASE, **parts: str) -> Reviewed:
    return read_reviewed(edited(write(base, "docx"), change, parts.get("parts")), base)  # type: ignore[arg-type]


def only_change(result: Reviewed) -> tuple[str, str]:
    """The one block that came back changed, when that is all that came back."""
    assert rest(result, without="changes") == [], result
    (change,) = result.changes
    return change.uid, change.after


def rest(result: Reviewed, *, without: str) -> list[object]:
    """All that came back, without what was asked about."""
    names = {"changes", "inserted", "removed", "moved", "remarks", "unplaced"} - {without}
    return [one for name in sorted(names) for one in getattr(result, name)]


@pytest.mark.parametrize("audience", list(Audience))
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", SLUGS)
def test_an_original_that_nobody_touched_comes_back_without_a_change(
    slug: str, language: str, audience: Audience
) -> None:
    book = original(slug, language, audience)
    result = read_reviewed(write(book, "docx"), book)
    assert result.is_untouched
    assert (result.origin.slug, result.origin.language, result.origin.audience) == (slug, language, audience)


def test_the_blocks_texts_alone_are_enough_to_read_it_against() -> None:
    book = original("my-coop", "es", Audience.FACILITATOR)
    texts = {block.uid: block.source for _, unit in book.units() for block in unit.blocks}
    assert read_reviewed(write(book, "docx"), texts).is_untouched


@pytest.mark.parametrize("named", [{}, {"b7": "Entre tres listas."}, {"b10": TEXTS[10] + "\n| marzo | 60 |"}])
def test_a_redline_that_nobody_touched_comes_back_without_a_change(named: dict[str, str]) -> None:
    order = [f"b{n}" for n in range(len(TEXTS))]
    after = with_texts(BASE, named, [order[16], *order[:9], *order[10:16], *order[17:]])
    data = write_redline(BASE, after, "Edición", WHEN, {"b7": "Un motivo."})
    assert read_reviewed(data, after).is_untouched


def test_a_file_says_which_edition_it_is() -> None:
    origin = read_reviewed(write(BASE, "docx"), BASE).origin
    assert (origin.slug, origin.region, origin.version, origin.revision) == ("my-coop", "PE-SAM", "1.2.0", "42")
    assert (origin.language, origin.audience) == ("es-PE", "facilitator")


EDITS = [
    ("a word", "b1", "negrita", "fuerte", TEXTS[1].replace("negrita", "fuerte")),
    ("a word of a title", "b0", "tenemos", "hacemos", TEXTS[0].replace("tenemos", "hacemos")),
    ("in a heading", "b5", "Primeros", "Nuestros primeros", "## Nuestros primeros pasos"),
    ("an item", "b6", "más dentro", "muy dentro", TEXTS[6].replace("más dentro", "muy dentro")),
    ("a cell", "b10", "55", "58", TEXTS[10].replace("55", "58")),
    ("in a box", "b16", "Formen", "Hagan", TEXTS[16].replace("Formen", "Hagan")),
    ("in a box inside a box", "b16", "Nadie más", "Ninguna otra", TEXTS[16].replace("Nadie más", "Ninguna otra")),
    ("a title of a box", "b17", "El comprador", "La compradora", TEXTS[17].replace("El comprador", "La compradora")),
    ("an answer", "b20", "oficinas", "sedes", TEXTS[20].replace("oficinas", "sedes")),
    ("a quotation", "b11", "sentido", "fuerza", "> Una cita con fuerza."),
    ("a caption", "b12", "La canasta", "Una canasta", None),
]  # fmt: skip


@pytest.mark.parametrize("tracked", [True, False], ids=["tracked", "untracked"])
@pytest.mark.parametrize(("uid", "old", "new", "after"), [row[1:] for row in EDITS], ids=[row[0] for row in EDITS])
def test_an_edit_comes_back_on_its_block(uid: str, old: str, new: str, after: str | None, tracked: bool) -> None:
    def change(body: etree._Element) -> None:
        replace_words(caption(body) if uid == "b12" else paragraph_with(body, old), old, new, ROSA, tracked=tracked)

    result = reviewed(change)
    assert only_change(result) == (uid, after or TEXTS[12].replace("La canasta", "Una canasta"))
    assert result.changes[0].tracked is tracked
    assert result.changes[0].authors == ((Author(ROSA, AT),) if tracked else ())


def caption(body: etree._Element) -> etree._Element:
    return next(p for p in body.iter(W + "p") if any(s.get(W + "val") == "Caption" for s in p.iter(W + "pStyle")))


MONEY = with_values(edition("Cuesta {{price}} la {{unit}}, aquí.", "Otro."), {"price": "S/ 100", "unit": "arroba"})


def test_a_variable_stays_one_when_its_value_is_left_alone() -> None:
    result = reviewed(lambda body: replace_words(paragraph_with(body, "aquí"), "aquí", "allá", ROSA), MONEY)
    assert only_change(result) == ("b0", "Cuesta {{price}} la {{unit}}, allá.")
    assert result.changes[0].overwritten == ()


def test_a_value_that_was_edited_is_said_and_takes_the_place_of_its_variable() -> None:
    result = reviewed(lambda body: replace_words(paragraph_with(body, "aquí"), "arroba", "bolsa", ROSA), MONEY)
    assert only_change(result) == ("b0", "Cuesta {{price}} la bolsa, aquí.")
    assert result.changes[0].overwritten == ("unit",)


def test_two_authors_of_one_block_each_have_their_own_proposal() -> None:
    def change(body: etree._Element) -> None:
        replace_words(paragraph_with(body, "cursiva"), "cursiva", "letra", ROSA)
        replace_words(paragraph_with(body, "negrita"), "negrita", "fuerte", LUIS)

    (found,) = reviewed(change).changes
    assert found.after == TEXTS[1].replace("cursiva", "letra").replace("negrita", "fuerte")
    assert [(part.authors[0].name, part.after) for part in found.parts] == [
        (ROSA, TEXTS[1].replace("cursiva", "letra")),
        (LUIS, TEXTS[1].replace("negrita", "fuerte")),
    ]


def test_an_untracked_edit_beside_a_tracked_one_is_a_proposal_of_nobody() -> None:
    def change(body: etree._Element) -> None:
        replace_words(paragraph_with(body, "cursiva"), "cursiva", "letra", "", tracked=False)
        replace_words(paragraph_with(body, "negrita"), "negrita", "fuerte", LUIS)

    (found,) = reviewed(change).changes
    assert found.tracked is False
    assert [([a.name for a in part.authors], part.after) for part in found.parts] == [
        ([], TEXTS[1].replace("cursiva", "letra")),
        ([LUIS], TEXTS[1].replace("negrita", "fuerte")),
    ]


def test_who_changed_what_another_put_in_shares_a_proposal_with_them() -> None:
    def change(body: etree._Element) -> None:
        paragraph = paragraph_with(body, "negrita")
        replace_words(paragraph, "negrita", "muy fuerte", ROSA)
        replace_words(paragraph, "muy ", "", LUIS)

    (found,) = reviewed(change).changes
    assert found.after == TEXTS[1].replace("negrita", "fuerte")
    assert found.parts == ()
    assert [author.name for author in found.authors] == [ROSA, LUIS]


def test_a_block_that_was_deleted_is_removed() -> None:
    result = reviewed(lambda body: delete_paragraph(paragraph_with(body, "Entre dos listas."), ROSA))
    assert [(one.uid, one.tracked, one.authors[0].name) for one in result.removed] == [("b7", True, ROSA)]
    assert rest(result, without="removed") == []


def test_a_new_paragraph_between_blocks_is_inserted_after_the_one_before() -> None:
    def change(body: etree._Element) -> None:
        paragraph_with(body, "Entre dos listas.").addnext(new_paragraph("Algo nuevo.", ROSA))

    result = reviewed(change)
    assert [(one.after, one.text, one.authors[0].name) for one in result.inserted] == [("b7", "Algo nuevo.", ROSA)]
    assert rest(result, without="inserted") == []


def test_a_new_item_belongs_to_its_list_and_a_new_row_to_its_table() -> None:
    def change(body: etree._Element) -> None:
        item = paragraph_with(body, "Otra vez dos")
        item.addnext(new_paragraph("Otra vez tres", ROSA, item.find(W + "pPr")))

    assert only_change(reviewed(change)) == ("b8", TEXTS[8] + "\n3. Otra vez tres")

    def row(body: etree._Element) -> None:
        old = next(paragraph_with(body, "febrero").iterancestors(W + "tr"))
        new = etree.fromstring(etree.tostring(old))
        for text, words in zip(new.iter(W + "t"), ("marzo", "60"), strict=True):
            text.text = words
        new.find(W + "trPr").append(change_mark("ins", ROSA))
        for paragraph in new.iter(W + "p"):
            mark_paragraph(paragraph, "ins", ROSA)
        old.addnext(new)

    assert only_change(reviewed(row)) == ("b10", TEXTS[10] + "\n| marzo | 60 |")


def test_a_row_that_was_deleted_is_a_change_of_its_table() -> None:
    def change(body: etree._Element) -> None:
        next(paragraph_with(body, "enero").iterancestors(W + "tr")).find(W + "trPr").append(change_mark("del", ROSA))

    assert only_change(reviewed(change)) == ("b10", TEXTS[10].replace("\n| enero | 40 |", ""))


def test_a_paragraph_that_was_cut_in_two_stays_in_its_block() -> None:
    def change(body: etree._Element) -> None:
        first = paragraph_with(body, "Entre dos listas.")
        second = etree.fromstring(etree.tostring(first))
        for paragraph, words in ((first, "Entre dos "), (second, "listas.")):
            next(paragraph.iter(W + "t")).text = words
        for mark in second.findall(W + "bookmarkStart"):
            second.remove(mark)
        for mark in first.findall(W + "bookmarkEnd"):
            first.remove(mark)
        mark_paragraph(first, "ins", ROSA)
        first.addnext(second)

    result = reviewed(change)
    assert only_change(result) == ("b7", "Entre dos\n\nlistas.")
    assert result.changes[0].tracked
    assert result.changes[0].parts == ()


def test_a_look_is_a_change_of_its_words() -> None:
    def change(body: etree._Element) -> None:
        run = next(paragraph_with(body, "Entre dos listas.").iter(W + "r"))
        look = etree.Element(W + "rPr")
        etree.SubElement(look, W + "b")
        mark = change_mark("rPrChange", ROSA)
        etree.SubElement(mark, W + "rPr")
        look.append(mark)
        run.insert(0, look)

    assert only_change(reviewed(change)) == ("b7", "**Entre dos listas.**")


def test_a_style_is_a_change_of_its_paragraph() -> None:
    def change(body: etree._Element) -> None:
        paragraph = paragraph_with(body, "Entre dos listas.")
        properties = etree.Element(W + "pPr")
        etree.SubElement(properties, W + "pStyle", {W + "val": "Heading3"})
        mark = change_mark("pPrChange", ROSA)
        etree.SubElement(mark, W + "pPr")
        properties.append(mark)
        paragraph.insert(0, properties)

    assert only_change(reviewed(change)) == ("b7", "## Entre dos listas.")


def test_a_colour_is_listed_because_a_block_cannot_keep_it() -> None:
    def change(body: etree._Element) -> None:
        run = next(paragraph_with(body, "Entre dos listas.").iter(W + "r"))
        look = etree.Element(W + "rPr")
        etree.SubElement(look, W + "color", {W + "val": "FF0000"})
        look.append(change_mark("rPrChange", ROSA))
        run.insert(0, look)

    result = reviewed(change)
    assert [(one.what, one.author, one.text) for one in result.unplaced] == [("formatting", ROSA, "Entre dos listas.")]
    assert not result.changes


@pytest.mark.parametrize("tracked", [True, False])
def test_a_block_that_was_moved_is_moved(tracked: bool) -> None:
    def change(body: etree._Element) -> None:
        old, target = paragraph_with(body, "Entre dos listas."), paragraph_with(body, "Una cita")
        if not tracked:
            target.addnext(old)
            return
        new = etree.fromstring(etree.tostring(old))
        for mark in (*new.findall(W + "bookmarkStart"), *new.findall(W + "bookmarkEnd")):
            new.remove(mark)
        for paragraph, tag in ((old, "moveFrom"), (new, "moveTo")):
            run = next(paragraph.iter(W + "r"))
            mark = change_mark(tag, ROSA)
            run.getparent().replace(run, mark)
            mark.append(run)
            mark_paragraph(paragraph, tag, ROSA)
        target.addnext(new)

    result = reviewed(change)
    assert [(one.uid, one.after, one.tracked) for one in result.moved] == [("b7", "b11", tracked)]
    assert rest(result, without="moved") == []


def test_comments_come_back_with_their_words_replies_and_whether_they_are_settled() -> None:
    extended = (
        '<w15:commentsEx xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml">'
        '<w15:commentEx w15:paraId="00000001" w15:done="1"/>'
        '<w15:commentEx w15:paraId="00000002" w15:paraIdParent="00000001" w15:done="0"/></w15:commentsEx>'
    )
    comments = comments_xml([("1", ROSA, "¿Por qué dos?"), ("2", LUIS, "Son tres."), ("3", LUIS, "Sin lugar")])
    data = edited(
        write(BASE, "docx"),
        lambda body: comment_on(paragraph_with(body, "Entre dos listas."), "dos", "1"),
        {"word/comments.xml": comments, "word/commentsExtended.xml": extended},
    )
    result = read_reviewed(data, BASE)
    assert [(r.uid, r.author, r.at, r.text, r.quote, r.parent, r.resolved) for r in result.remarks] == [
        ("b7", ROSA, AT, "¿Por qué dos?", "dos", None, True),
        ("b7", LUIS, AT, "Son tres.", "dos", "1", False),
    ]
    assert [(one.what, one.author, one.text) for one in result.unplaced] == [("comment", LUIS, "Sin lugar")]


def without_bookmarks(data: bytes) -> bytes:
    def change(body: etree._Element) -> None:
        for mark in [*body.iter(W + "bookmarkStart", W + "bookmarkEnd")]:
            mark.getparent().remove(mark)

    return edited(data, change)


def test_a_file_that_lost_its_names_is_placed_by_its_words() -> None:
    data = write(BASE, "docx")
    assert read_reviewed(without_bookmarks(data), BASE).is_untouched
    changed = edited(data, lambda body: replace_words(paragraph_with(body, "cursiva"), "cursiva", "letra", ROSA))
    assert only_change(read_reviewed(without_bookmarks(changed), BASE)) == ("b1", TEXTS[1].replace("cursiva", "letra"))


def without_styles(data: bytes) -> bytes:
    """As a program leaves it that knows no styles but its own: no names, no styles, looks set by hand."""

    def change(body: etree._Element) -> None:
        for style in [*body.iter(W + "pStyle", W + "rStyle", W + "numPr", W + "pBdr", W + "ind")]:
            style.getparent().remove(style)

    return edited(without_bookmarks(data), change)


@pytest.mark.parametrize("slug", ["liderazgo-mujeres", "emprendimiento-relevo"])
def test_a_program_that_took_all_styles_away_changed_no_words(slug: str) -> None:
    book = original(slug, "es", Audience.FACILITATOR)
    result = read_reviewed(without_styles(write(book, "docx")), book)
    assert result.is_untouched


def test_an_edit_is_found_in_a_file_without_styles() -> None:
    data = edited(
        write(BASE, "docx"), lambda body: replace_words(paragraph_with(body, "oficinas"), "oficinas", "sedes", ROSA)
    )
    assert only_change(read_reviewed(without_styles(data), BASE)) == ("b20", TEXTS[20].replace("oficinas", "sedes"))


def test_words_that_run_into_the_next_block_are_changes_of_both_by_the_same_author() -> None:
    result = reviewed(lambda body: mark_paragraph(paragraph_with(body, "Entre dos listas."), "del", ROSA))
    assert [(one.uid, one.after, [a.name for a in one.authors]) for one in result.changes] == [
        ("b7", "Entre dos listas.Otra vez uno", [ROSA]),
        ("b8", "1. Otra vez dos", [ROSA]),
    ]


def test_what_stands_in_a_block_that_is_gone_is_listed() -> None:
    data = edited(
        write(BASE, "docx"), lambda body: replace_words(paragraph_with(body, "dos listas"), "dos", "tres", ROSA)
    )
    now = with_texts(BASE, {}, [f"b{n}" for n in range(len(TEXTS)) if n != 7])
    result = read_reviewed(data, now)
    assert [(one.what, one.author, one.text) for one in result.unplaced] == [("text", ROSA, "Entre tres listas.")]
    assert not result.changes


def test_an_edit_of_a_title_page_or_header_is_listed() -> None:
    data = edited(
        write(BASE, "docx"), lambda body: replace_words(paragraph_with(body, "Lo básico"), "básico", "mínimo", ROSA)
    )
    source, buffer = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content.replace(b"My.Coop", b"Mi Coop") if name == "word/header1.xml" else content)
    result = read_reviewed(buffer.getvalue(), BASE)
    assert [(one.what, one.text) for one in result.unplaced] == [
        ("text", "Lo mínimo"),
        ("header", "Mi Coop · Perú · San Martín · Versión 1.2.0"),
    ]
    assert not result.changes


def with_words_noise(body: etree._Element) -> None:
    """What Word adds whenever somebody types: marks of the session, of the spelling, of the language; runs cut."""
    for paragraph in body.iter(W + "p"):
        paragraph.set(W + "rsidR", "00AB12CD")
        for run in list(paragraph.iter(W + "r")):
            run.set(W + "rsidRPr", "00AB12CE")
            texts = [child for child in run if child.tag != W + "rPr"]
            words = texts[0].text or "" if len(texts) == 1 and texts[0].tag == W + "t" else ""
            if len(words) < 7:
                continue
            pieces = split_run(run, len(words) // 3, len(words) // 2)
            pieces[0].addnext(etree.Element(W + "proofErr", {W + "type": "spellStart"}))
            pieces[1].addnext(etree.Element(W + "proofErr", {W + "type": "spellEnd"}))
            look = pieces[2].find(W + "rPr")
            if look is None:
                look = etree.Element(W + "rPr")
                pieces[2].insert(0, look)
            etree.SubElement(look, W + "noProof")
            etree.SubElement(look, W + "lang", {W + "val": "es-PE"})


def test_what_word_adds_by_itself_is_no_change() -> None:
    assert reviewed(with_words_noise).is_untouched


def test_an_edit_is_found_between_what_word_adds_by_itself() -> None:
    def change(body: etree._Element) -> None:
        replace_words(paragraph_with(body, "cursiva"), "cursiva", "letra", ROSA)
        with_words_noise(body)

    assert only_change(reviewed(change)) == ("b1", TEXTS[1].replace("cursiva", "letra"))


def test_quotes_that_word_made_round_are_an_edit_of_nothing_else() -> None:
    base = edition('Dijo "sí" y {{unit}} **fuerte**.', "Otro.")
    result = reviewed(lambda body: replace_words(paragraph_with(body, "Dijo"), '"sí"', "“sí”", ROSA), base)
    assert only_change(result) == ("b0", "Dijo “sí” y {{unit}} **fuerte**.")


def test_what_one_proposed_and_another_undid_is_still_told() -> None:
    def change(body: etree._Element) -> None:
        paragraph = paragraph_with(body, "Entre dos listas.")
        insert_words(paragraph, "dos", " largas", ROSA)
        replace_words(paragraph, " largas", "", LUIS)

    (found,) = reviewed(change).changes
    assert found.after == found.before
    assert [([author.name for author in part.authors], part.after) for part in found.parts] == [
        ([ROSA], "Entre dos largas listas."),
        ([LUIS], "Entre dos listas."),
    ]


def test_new_and_moved_blocks_in_one_place_are_told_apart() -> None:
    def change(body: etree._Element) -> None:
        target = paragraph_with(body, "Una cita")
        old = paragraph_with(body, "Entre dos listas.")
        moved = new_paragraph("Entre dos listas.", ROSA)
        target.addnext(new_paragraph("Después.", ROSA))
        target.addnext(moved)
        target.addnext(new_paragraph("Antes.", ROSA))
        delete_paragraph(old, ROSA)

    result = reviewed(change)
    assert [(one.uid, one.after) for one in result.moved] == [("b7", "b11")]
    assert [(one.text, one.after) for one in result.inserted] == [("Antes.", "b11"), ("Después.", "b7")]
    assert not result.removed


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")
@pytest.mark.parametrize("way", [("docx",), ("odt", "docx")], ids="-".join)
def test_edits_survive_libreoffice(way: tuple[str, ...], tmp_path: Path) -> None:
    def change(body: etree._Element) -> None:
        replace_words(paragraph_with(body, "cursiva"), "cursiva", "letra", ROSA)
        replace_words(paragraph_with(body, "55"), "55", "58", LUIS, tracked=False)
        paragraph_with(body, "Una cita").addnext(new_paragraph("Algo nuevo.", ROSA))

    file = tmp_path / "0" / "copy.docx"
    file.parent.mkdir()
    file.write_bytes(edited(write(BASE, "docx"), change))
    for number, form in enumerate(way, 1):
        folder = tmp_path / str(number)
        profile = f"-env:UserInstallation=file://{tmp_path}/profile"
        command = ["soffice", profile, "--headless", "--convert-to", form, "--outdir", str(folder), str(file)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        file = folder / f"copy.{form}"
    result = read_reviewed(file.read_bytes(), BASE)
    assert [(one.uid, one.after, one.tracked) for one in result.changes] == [
        ("b1", TEXTS[1].replace("cursiva", "letra"), True),
        ("b10", TEXTS[10].replace("55", "58"), False),
    ]
    assert [(one.after, one.text) for one in result.inserted] == [("b11", "Algo nuevo.")]
    assert [result.removed, result.moved, result.unplaced] == [(), (), ()]
