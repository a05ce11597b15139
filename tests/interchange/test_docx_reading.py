"""Word read back: what it says as Markdown, and what is refused in which words."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from dataclasses import replace

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.interchange.formats.docx import opening
from app.interchange.formats.docx.foreign import read_foreign
from app.interchange.formats.docx.reading import read_docx
from app.interchange.formats.markdown_tree import parse_markdown
from app.interchange.formats.write import write, write_redline
from tests.interchange.foreign_files import MAIN, OFFICE, par, word, zipped
from tests.interchange.manuals import TEXTS, manual
from tests.interchange.test_redline import WHEN


def plain_file(text: str) -> bytes:
    """A text as Word, with nothing around it."""
    base = replace(manual(text), cover=False, credits=(), images={})
    unit = replace(base.modules[0].units[0], title="", minutes=0)
    return write(replace(base, modules=(replace(base.modules[0], title="", units=(unit,)),)), "docx")


ROUND_TRIPS = (
    "# A\n\n## B\n\ntext\n\n###### F",
    "one **two** *three* ***four*** `five` ~~six~~ [seven](https://example.org/a_(b)?c=1&d=2)",
    "a  \nb",
    "1. a\n2. b\n    - c\n        1. d\n        2. e\n    - f\n3. g",
    "- a\n\n    more of a\n\n- b",
    "7. seven\n8. eight",
    "- [ ] no\n- [x] **yes**",
    "| a | b |\n|---|--:|\n| **c** | `d` |\n| x \\| y |  |",
    "> quoted\n>\n> twice",
    "```\ncode  with\n\n    space `` and ```\n```",
    "/// note | Title with *look*\n\ntext\n\n- item\n\n///\n\nafter",
    "/// case | A\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nafter\n\n///\n\n| c |\n|---|\n| 3 |",
    r"\# no heading, \- no list, 1\. no number \> no quote",
    r"1986\. A year.",
    r"2 \* 3 \* 4 = a\_b, \[x\](y) \`z\` \\ &amp;amp; \<https://a.b>",
    "snake_case_word and ____ lines",
    "ñandú ¿qué? «sí» — 漢字 😀",
    "    indented code",
)


@pytest.mark.parametrize("text", ROUND_TRIPS, ids=[text[:30] for text in ROUND_TRIPS])
def test_markdown_comes_back_from_word_with_the_same_meaning(text: str) -> None:
    assert parse_markdown(read_docx(plain_file(text)).markdown) == parse_markdown(text)


OURS = [text for text in TEXTS if text.startswith("/// ") and "//// note" not in text]


@pytest.mark.parametrize("text", OURS, ids=[text.split("\n")[0] for text in OURS])
def test_typed_blocks_of_our_manuals_come_back_with_options_key_and_feedback(text: str) -> None:
    assert parse_markdown(read_docx(plain_file(text)).markdown) == parse_markdown(text)


def test_a_caption_goes_back_into_its_picture() -> None:
    assert '![Una canasta de mercado](media/picture1.png "La canasta")' in read_docx(write(manual(), "docx")).markdown


_WORD = st.text(alphabet="ab é*_`[]()<>&#-+.1!|~\\/:{}", min_size=1, max_size=12)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(_WORD, st.sampled_from(["", "b", "i", "bi"])), min_size=1, max_size=4))
def test_words_that_look_like_markdown_come_back_as_words(pieces: list[tuple[str, str]]) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph()
    for words, look in pieces:
        run = paragraph.add_run(words + " ")
        run.bold, run.italic = "b" in look, "i" in look
    buffer = io.BytesIO()
    document.save(buffer)
    text = read_docx(buffer.getvalue()).markdown
    read_again = read_docx(plain_file(text)).markdown if text else ""
    assert parse_markdown(read_again) == parse_markdown(text)


def test_a_document_of_words_own_styles_is_read() -> None:
    document = docx.Document()
    document.add_heading("Título", 0)
    document.add_heading("Uno", 1)
    paragraph = document.add_paragraph("normal ")
    paragraph.add_run("fuerte").bold = True
    paragraph.add_run("mente")
    document.add_paragraph("punto", style="List Bullet")
    document.add_paragraph("hondo", style="List Bullet 2")
    document.add_paragraph("primero", style="List Number")
    document.add_paragraph("cita", style="Intense Quote")
    table = document.add_table(2, 3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "dos columnas"
    table.cell(1, 2).text = "c|d"
    buffer = io.BytesIO()
    document.save(buffer)
    assert read_docx(buffer.getvalue()).markdown == (
        "# Título\n\n# Uno\n\nnormal **fuerte**mente\n\n- punto\n    - hondo\n\n1. primero\n\n> cita\n\n"
        "| dos columnas |  |  |\n|---|---|---|\n|  |  | c\\|d |\n"
    )


def test_a_paragraph_that_begins_with_a_box_is_an_answer_to_tick() -> None:
    document = docx.Document()
    document.add_paragraph("☐ uno")
    document.add_paragraph("☒ dos")
    document.add_paragraph().add_run("☐ tres").bold = True
    buffer = io.BytesIO()
    document.save(buffer)
    assert read_docx(buffer.getvalue()).markdown == "- [ ] uno\n- [x] dos\n- [ ] **tres**\n"


def test_pictures_come_with_their_words_and_bytes() -> None:
    read = read_docx(write(manual(), "docx"))
    assert "![Una canasta de mercado](media/picture1.png " in read.markdown
    assert "![Un dibujo](media/picture2.svg)" in read.markdown
    assert read.pictures["media/picture1.png"] == manual().images["media/basket.png"]


def test_tracked_changes_are_read_as_accepted() -> None:
    after = manual(*TEXTS[:7], "Entre tres listas.", *TEXTS[8:])
    data = write_redline(manual(), after, "Rosa", WHEN, {"b7": "Porque sí"})
    read = read_docx(data)
    assert "Entre tres listas." in read.markdown
    assert "dos listas" not in read.markdown
    assert read.left_out == {"comment": 1}


def changed(change: Callable[[dict[str, bytes]], None], source: bytes | None = None) -> bytes:
    """A Word file with its parts changed."""
    with zipfile.ZipFile(io.BytesIO(source or plain_file("text"))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def body(inner: str, head: str = "") -> bytes:
    def put(parts: dict[str, bytes]) -> None:
        start = parts["word/document.xml"].decode()
        opening_tag = start[start.index("<w:document") : start.index("<w:body>")]
        parts["word/document.xml"] = f"{head}{opening_tag}<w:body>{inner}</w:body></w:document>".encode()

    return changed(put)


def bomb() -> bytes:
    return body("<w:p>" + "<w:r><w:t>aaaaaaaaaaaaaaaa</w:t></w:r>" * 300_000 + "</w:p>")


ENTITY = '<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
LAUGHS = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600


def flagged_as_encrypted() -> bytes:
    data = bytearray(plain_file("text"))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(signature)
        while place >= 0:
            data[place + offset : place + offset + 2] = struct.pack("<H", 1)
            place = data.find(signature, place + 4)
    return bytes(data)


def other_kind(kind: str) -> bytes:
    """A file of the same family whose main part is no text."""
    main = f"<Types><Override ContentType='application/vnd.openxmlformats-officedocument.{kind}.main+xml'/></Types>"
    return zipped({"[Content_Types].xml": main.encode()})


def strict() -> bytes:
    """A file as Word saves it in its Strict format: other names for the same things."""

    def rename(parts: dict[str, bytes]) -> None:
        for name, data in parts.items():
            data = data.replace(MAIN.encode(), opening.STRICT.encode())
            parts[name] = data.replace(OFFICE.encode(), b"http://purl.oclc.org/ooxml/officeDocument/relationships")

    return changed(rename)


def as_macro(parts: dict[str, bytes]) -> None:
    kinds = parts["[Content_Types].xml"]
    parts["[Content_Types].xml"] = kinds.replace(b"wordprocessingml.document.main", b"word.document.macroEnabled.main")


REFUSED: list[tuple[str, bytes, str, type[opening.UnreadableWordFile]]] = [
    ("empty", b"", "a.docx", opening.Empty),
    ("lock file", b"\x05Rosa" + b" " * 157, "~$manual.docx", opening.LockFile),
    ("a text", b"hola", "a.docx", opening.NoWordFile),
    ("an empty archive", changed(lambda parts: parts.clear()), "a.docx", opening.NoWordFile),
    ("no main part", changed(lambda parts: parts.update({"word/document.xml": b""})), "a.docx", opening.NoWordFile),
    ("a spreadsheet", other_kind("spreadsheetml"), "a.xlsx", opening.Workbook),
    ("a presentation", other_kind("presentationml"), "a.pptx", opening.Workbook),
    ("rich text", b"{\\rtf1\\ansi hola}", "a.docx", opening.RichText),
    ("a PDF", b"%PDF-1.7", "a.docx", opening.PortableDocument),
    ("LibreOffice", zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}), "a.odt", opening.OpenDocument),
    ("Strict", strict(), "a.docx", opening.StrictWordFile),
    ("a macro's kind", changed(as_macro), "a.docm", opening.HasMacros),
    ("old Word", OLE, "a.doc", opening.OldWordFile),
    ("a password", OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx", opening.Encrypted),
    ("a password on the archive", flagged_as_encrypted(), "a.docx", opening.Encrypted),
    ("macros", changed(lambda parts: parts.update({"word/vbaProject.bin": b"x"})), "a.docx", opening.HasMacros),
    ("cut short", plain_file("text")[:-200], "a.docx", opening.Damaged),
    ("bad XML", body("<w:p>"), "a.docx", opening.Damaged),
    ("an entity from outside", body("<w:p><w:r><w:t>&e;</w:t></w:r></w:p>", ENTITY), "a.docx", opening.Damaged),
    ("entities in entities", body("<w:p><w:r><w:t>&b;</w:t></w:r></w:p>", LAUGHS), "a.docx", opening.Damaged),
    ("a bomb", bomb(), "a.docx", opening.TooLarge),
    ("too deep", body("<w:ins>" * 5_000 + "</w:ins>" * 5_000), "a.docx", opening.Damaged),
    ("no body", changed(lambda parts: parts.update({"word/document.xml": b"<a/>"})), "a.docx", opening.Damaged),
]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "name", "expected"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED]
)
def test_what_cannot_be_read_is_refused_in_words_that_help(
    data: bytes, name: str, expected: type[opening.UnreadableWordFile]
) -> None:
    with pytest.raises(expected) as refused:
        read_docx(data, name)
    assert str(refused.value)[-1] in ".?"


def test_every_reason_to_refuse_has_a_sentence_of_its_own() -> None:
    reasons = opening.UnreadableWordFile.__subclasses__()
    assert len({reason.text for reason in reasons}) == len(reasons) > 12


LIMITS = [
    ("bytes", opening.Limits(file_bytes=100), opening.TooLarge),
    ("entries", opening.Limits(entries=2), opening.TooLarge),
    ("bytes of a part", opening.Limits(part_bytes=50), opening.TooLarge),
    ("bytes of all parts", opening.Limits(total_bytes=700), opening.TooLarge),
    ("paragraphs", opening.Limits(paragraphs=2), opening.TooLong),
]


@pytest.mark.parametrize(("limits", "expected"), [case[1:] for case in LIMITS], ids=[case[0] for case in LIMITS])
def test_every_limit_is_kept(limits: opening.Limits, expected: type[opening.UnreadableWordFile]) -> None:
    data = word(par("uno") * 3)
    assert len(read_foreign(data).blocks) == 3
    with pytest.raises(expected):
        read_foreign(data, limits=limits)


def test_deep_nesting_is_read_as_far_as_it_goes_or_refused() -> None:
    for inner in ("<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>", "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>"):
        content = par("hondo")
        for _ in range(60):
            content = inner.format(content)
        assert read_foreign(word(par("fuera") + content)).blocks[0].markdown == "fuera"
    links = "<w:p>" + "<w:hyperlink>" * 240 + "<w:r><w:t>x</w:t></w:r>" + "</w:hyperlink>" * 240 + "</w:p>"
    assert read_foreign(word(links)).blocks[0].markdown == "x"
    with pytest.raises(opening.Damaged):
        read_foreign(word("<w:sdt>" * 300 + "</w:sdt>" * 300))


def test_damage_anywhere_is_refused_and_never_an_accident() -> None:
    ours, foreign = plain_file("# A\n\ntext **bold**\n\n- a\n- b"), word(par("uno") + par("• dos"))
    for data, place in [(one, place) for one in (ours, foreign) for place in range(0, len(one), 83)]:
        for byte in (0, 255, data[place] ^ 0x10):
            broken = data[:place] + bytes([byte]) + data[place + 1 :]
            try:
                read_docx(broken)
            except opening.UnreadableWordFile:
                continue  # refused in words; any other exception fails this test


def test_a_field_link_and_a_content_control_are_read_and_its_instruction_is_not() -> None:
    inner = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "https://example.org" '
        '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>aquí</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>dentro</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        "<w:sdtContent><w:p><w:r><w:t>índice</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    assert read_docx(body(inner)).markdown == "[aquí](https://example.org)\n\ndentro\n"
