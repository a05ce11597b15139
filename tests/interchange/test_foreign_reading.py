"""What a Word file made by anyone says, read as text: nothing is lost, nothing is markup by chance."""

from __future__ import annotations

import pytest

from app.interchange.formats.docx.foreign.things import Change, ChangeKind, Comment, Dropped, Reason, Why
from app.interchange.formats.markdown_tree import parse_markdown
from app.interchange.formats.nodes import Heading, Paragraph, Run
from tests.interchange.foreign_files import (
    TEXT,
    bold,
    drawing,
    item,
    numbered,
    par,
    read,
    run,
    shown,
    table,
    text,
    text_box,
)  # fmt: skip
from tests.interchange.manuals import SVG, png

NUMBERING = {"n": ("numbering", "numbering.xml")}
BEGIN, SEPARATE, END = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))


def field(instruction: str, result: str) -> str:
    return f"{BEGIN}<w:r><w:instrText> {instruction} </w:instrText></w:r>{SEPARATE}{result}{END}"


def listed(body: str, *formats: str, **overrides: int) -> list[str]:
    return shown(read(body, NUMBERING, {"numbering": numbered(*formats, **overrides)}))


AS_TEXT = [
    "&lt;script&gt;alert(1)&lt;/script&gt;", "# no heading", "/// case | no block", "{{currency}} y {{{tres}}}",
    "{% si %}",
       "1986. Un año", "* * *", "___", "[x]: http://a.b", "![a](b)", "| a | b |", "&gt; no quote", "{: .x }",
    "&amp;lt;b&amp;gt;", "==", "`x` **y**", "1) sin", "~~~", "--", "a &lt;b onclick=x&gt;", "    cuatro espacios",
]  # fmt: skip


@pytest.mark.parametrize("typed", AS_TEXT)
def test_what_looks_like_markup_comes_out_as_the_text_that_was_typed(typed: str) -> None:
    markdown = shown(read(par(typed) + text()))[0]
    (node,) = parse_markdown(markdown)
    words = typed.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").strip()
    assert isinstance(node, Paragraph)
    assert "".join(one.text for one in node.runs if isinstance(one, Run)) == words
    assert "<script" not in markdown
    assert "{{" not in markdown


def test_what_looks_like_markup_is_text_in_cells_items_and_headings_too() -> None:
    body = (
        table((par("{{a}} | &lt;b&gt;"), par("x")), (par("y"), par("z"))) + bold("# {{b}} uno") + text() + item("# no")
    )
    first, second, _, third = listed(body, "bullet")
    assert first.split("\n")[0] == r"| {\{a}} \| &lt;b> | x |"
    (node,) = parse_markdown(second)
    assert isinstance(node, Heading)
    assert node.runs == (Run("# {{b}} uno"),)
    assert third == r"- \# no"


def test_a_text_box_is_read_once_after_the_paragraph_it_hangs_on() -> None:
    document = read(par("Antes.", "", "", text_box(par("En la caja."))) + par("Después."))
    assert shown(document) == ["Antes.", "En la caja.", "Después."]
    assert document.blocks[1].why is Why.TEXT_BOX


def test_footnotes_and_endnotes_stand_under_the_paragraph_that_refers_to_them() -> None:
    body = par("Con nota", "", "", '<w:r><w:footnoteReference w:id="2"/></w:r>' + run(" y otra") +
               '<w:r><w:endnoteReference w:id="3"/></w:r>') + par("Sigue.")  # fmt: skip
    parts = {
        "footnotes": f'<w:footnote w:id="2">{par("Al pie.")}</w:footnote>',
        "endnotes": f'<w:endnote w:id="3">{par("Al final.")}</w:endnote>',
    }
    relations = {"f": ("footnotes", "footnotes.xml"), "e": ("endnotes", "endnotes.xml")}
    assert shown(read(body, relations, parts)) == [
        r"Con nota\[1\] y otra\[2\]", r"\[1\] Al pie.", r"\[2\] Al final.", "Sigue.",
    ]  # fmt: skip


def test_pictures_are_kept_by_their_bytes_and_others_are_named() -> None:
    relations = {
        "p": ("image", "media/a.png"), "s": ("image", "media/b.svg"), "e": ("image", "media/c.emf"),
        "x": ("image", "media/d.png"), "o": ("image", "https://example.org/pixel.png"),
    }  # fmt: skip
    parts = {
        "media/a.png": png(),
        "media/b.svg": SVG,
        "media/c.emf": b"\x01\x00\x00\x00emf",
        "media/d.png": b"no picture",
    }
    body = (
        par("", "", "", drawing("p", "Una canasta")) + par("Figura 1. La canasta") + par("Ver ", "", "", drawing("s"))
        + par("", "", "", drawing("e", "Mapa")) + par("", "", "", drawing("x"))
        + par("", "", "", drawing("o", "", "link"))
    )  # fmt: skip
    document = read(body, relations, parts)
    assert shown(document) == [
        '![Una canasta](media/picture1.png "Figura 1. La canasta")',
        "Ver ![](media/picture2.svg)",
    ]
    assert document.images == {"media/picture1.png": png(), "media/picture2.svg": SVG}
    assert [(one.reason, one.what) for one in document.dropped] == [
        (Reason.PICTURE_FORMAT, "Mapa"),
        (Reason.PICTURE_DAMAGED, "d.png"),
        (Reason.PICTURE_OUTSIDE, "https://example.org/pixel.png"),
    ]


def test_links_lead_to_pages_and_addresses_only_and_their_words_stay() -> None:
    targets = {
        "a": "https://example.org/a",
        "b": "javascript:alert(1)",
        "c": "data:text/html,x",
        "d": "file:///etc/passwd",
    }
    body = "".join(f'<w:p><w:hyperlink r:id="{name}">{run(name + name)}</w:hyperlink></w:p>' for name in targets)
    body += f"<w:p>{field('HYPERLINK &quot;mailto:a@example.org&quot;', run('correo'))}</w:p>"
    document = read(body, {name: ("hyperlink", target) for name, target in targets.items()})
    assert shown(document) == ["[aa](https://example.org/a)", "bb", "cc", "dd", "[correo](mailto:a@example.org)"]
    assert [one.what for one in document.dropped if one.reason is Reason.LINK] == list(targets.values())[1:]


def test_instructions_of_fields_are_no_text_and_what_forms_show_is() -> None:
    ticked = "<w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData>"
    box = f'<w:r><w:fldChar w:fldCharType="begin">{ticked}</w:fldChar></w:r>'
    body = (
        f"<w:p>{run('Página ')}{field('PAGE', run('3'))}</w:p>"
        f"<w:p>{run('Marque ')}{box}<w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r>{END}</w:p>"
        f"<w:p>{BEGIN}<w:r><w:instrText>NUNCA</w:instrText></w:r></w:p><w:p>{run('Sigue.')}</w:p>"
    )
    assert shown(read(body)) == ["Página 3", "Marque ☑", "Sigue."]


def test_content_controls_smart_tags_and_insertions_are_walked_through() -> None:
    body = (
        f"<w:sdt><w:sdtContent>{par('En control.')}</w:sdtContent></w:sdt>"
        f"<w:p><w:smartTag>{run('Uno ')}<w:smartTag>{run('dos ')}</w:smartTag></w:smartTag>"
        f"<w:sdt><w:sdtContent>{run('tres')}</w:sdtContent></w:sdt></w:p>"
        f"<w:customXml>{par('Hondo.')}</w:customXml>"
    )
    assert shown(read(body)) == ["En control.", "Uno dos tres", "Hondo."]


def test_symbols_equations_and_invisible_hyphens_are_text() -> None:
    fraction = "<m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>"
    square = "<m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup>"
    body = (
        '<w:p><w:r><w:sym w:font="Wingdings" w:char="F0A8"/></w:r>' + run(" marque") + "</w:p>"
        + f"<w:p><m:oMathPara><m:oMath>{fraction}<m:r><m:t>=</m:t></m:r>{square}</m:oMath></m:oMathPara></w:p>"
        + par("", "", "", run("coope") + "<w:r><w:softHyphen/></w:r>" + run("rativa y ex")
              + "<w:r><w:noBreakHyphen/></w:r>" + run("socia"))
    )  # fmt: skip
    assert shown(read(body)) == ["- [ ] marque", "(a+b)/2=x^2", "cooperativa y ex\u2011socia"]


def test_tables_of_contents_are_kept_aside_and_said_whoever_made_them() -> None:
    entries = "".join(par(f"Tema {n}</w:t><w:tab/><w:t>{n}") for n in range(3, 7))
    by_word = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{par('Índice')}{entries}</w:sdtContent></w:sdt>"
    )
    dotted = "".join(par(f"Tema {n} .................. {n}") for n in range(3, 7))
    for body in (by_word, par("Índice") + entries, dotted, f"<w:p>{BEGIN}<w:r><w:instrText>TOC \\o</w:instrText></w:r>"
                 f"{SEPARATE}{run('Tema 3 ... 3')}</w:p>{entries}<w:p>{END}</w:p>"):  # fmt: skip
        document = read(body + text())
        assert shown(document) == [TEXT]
        assert document.blocks[0].why is Why.CONTENTS
        assert [one.reason for one in document.dropped] == [Reason.CONTENTS]
        assert "Tema 4" in document.blocks[0].markdown


def test_lines_repeated_on_pages_are_kept_aside_and_the_first_pages_own_head_is_text() -> None:
    parts = {
        "header1": par("Manual de café"),
        "header2": par("El Aromo (demo)"),
        "footer1": par("Página 3"),
    }
    relations = {"h1": ("header", "header1.xml"), "h2": ("header", "header2.xml"), "f1": ("footer", "footer1.xml")}
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="h1"/><w:headerReference w:type="first" r:id="h2"/>'
        '<w:footerReference w:type="default" r:id="f1"/><w:titlePg/></w:sectPr>'
    )
    document = read(text() + section, relations, parts)
    assert shown(document) == ["El Aromo (demo)", TEXT]
    assert [(one.reason, one.what, one.place) for one in document.dropped] == [
        (Reason.HEADER, "Manual de café", None),
        (Reason.FOOTER, "Página 3", None),
    ]


def test_tracked_changes_are_taken_and_told_with_author_date_and_place() -> None:
    who = 'w:author="Rosa (demo)" w:date="2026-05-01T10:00:00Z"'
    body = (
        text()
        + f'<w:p>{run("Somos ")}<w:del w:id="1" {who}><w:r><w:delText>diez</w:delText></w:r></w:del>'
        + f'<w:ins w:id="2" {who}>{run("doce")}</w:ins>{run(" socias.")}</w:p>'
        + f'<w:p><w:pPr><w:rPr><w:del w:id="3" {who}/></w:rPr></w:pPr>{run("Una ")}</w:p>' + par("sola línea.")
    )  # fmt: skip
    document = read(body)
    assert shown(document)[1:] == ["Somos doce socias.", "Una sola línea."]
    assert document.changes == (
        Change(ChangeKind.DELETED, "Rosa (demo)", "2026-05-01T10:00:00Z", "diez", 1),
        Change(ChangeKind.INSERTED, "Rosa (demo)", "2026-05-01T10:00:00Z", "doce", 1),
    )


def test_comments_come_with_the_words_they_are_about_and_their_place() -> None:
    body = text() + (
        f'<w:p>{run("El ")}<w:commentRangeStart w:id="0"/>{run("precio")}<w:commentRangeEnd w:id="0"/>'
        f'<w:r><w:commentReference w:id="0"/></w:r>{run(" sube.")}</w:p>'
    )
    remark = f'<w:comment w:id="0" w:author="Luis (demo)" w:date="2026-05-02">{par("¿Cuál precio?")}</w:comment>'
    document = read(body, {"c": ("comments", "comments.xml")}, {"comments": remark})
    assert shown(document)[1] == "El precio sube."
    assert document.comments == (Comment("Luis (demo)", "2026-05-02", "¿Cuál precio?", "precio", 1, "0"),)


def test_hidden_text_and_embedded_documents_are_left_out_and_named() -> None:
    body = par("Se ve ", "", "", run("y no se ve", "<w:vanish/>")) + '<w:altChunk r:id="a"/>'
    document = read(body, {"a": ("aFChunk", "otro.html")}, {"otro.html": b"<p>otro</p>"})
    assert shown(document) == ["Se ve"]
    assert Dropped(Reason.HIDDEN, "y no se ve", 0) in document.dropped
    assert Reason.PART in [one.reason for one in document.dropped]


ORDERS = (
    "DDEAUTO c:\\windows\\cmd.exe &quot;/k calc&quot;", "DDE excel hoja", "INCLUDETEXT &quot;//evil.example/a&quot;",
    "INCLUDEPICTURE &quot;http://evil.example/a.png&quot; \\d", "LINK Excel.Sheet c:\\a.xls", "IMPORT c:\\a.tif",
    "HYPERLINK &quot;file:///c:/x&quot;", "HYPERLINK &quot;javascript:alert(1)&quot;",
)  # fmt: skip


@pytest.mark.parametrize("order", ORDERS)
def test_nothing_that_a_field_would_run_or_fetch_comes_along(order: str) -> None:
    document = read(f"<w:p>{run('Son ')}{field(order, run('doce'))}{run(' quintales.')}</w:p>")
    assert shown(document) == ["Son doce quintales."]
    assert not [word for word in ("DDE", "INCLUDE", "evil", "c:", "alert") if word in repr(document.blocks)]


def test_the_words_of_a_drawn_diagram_are_read() -> None:
    point = "<dgm:pt><dgm:t><a:p><a:r><a:t>{}</a:t></a:r></a:p></dgm:t></dgm:pt>"
    data = (
        '<dgm:dataModel xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        + point.format("Cosecha") + point.format("Venta") + "</dgm:dataModel>"
    ).encode()  # fmt: skip
    body = par("", "", "", '<w:r><w:drawing><dgm:relIds r:dm="d"/></w:drawing></w:r>')
    document = read(body, {"d": ("diagramData", "diagrams/data1.xml")}, {"diagrams/data1.xml": data})
    assert shown(document) == ["Cosecha  \nVenta"]


LANGUAGES = [
    ("La cooperativa de las socias y los socios que venden su café con un precio para todos", "es"),
    ("The members of the co-operative and the people who sell it for a price that is fair", "en"),
    ("Kay llaqtapi runakuna chay wasi ima mana kan hinaspa kaq kay chaymanta ñuqa", "qu"),
]


@pytest.mark.parametrize(("words", "language"), LANGUAGES)
def test_the_language_is_guessed_from_the_words(words: str, language: str) -> None:
    assert read(par(words)).language == language


def test_quotations_and_code_keep_their_kind_by_their_style() -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{said}"/></w:style>'
        for name, said in (("Q", "Quote"), ("C", "HTML Preformatted"))
    )
    body = par("dicho", "", '<w:pStyle w:val="Q"/>') + par("a {{b}}", "", '<w:pStyle w:val="C"/>')
    assert shown(read(body, {"s": ("styles", "styles.xml")}, {"styles": styles})) == ["> dicho", "```\na {{b}}\n```"]


def test_a_choice_in_a_form_is_read_once_whether_word_wrote_it_or_not() -> None:
    choice = '<w:ffData><w:ddList><w:listEntry w:val="casada"/><w:listEntry w:val="soltera"/></w:ddList></w:ffData>'
    begin = BEGIN.replace("/></w:r>", f">{choice}</w:fldChar></w:r><w:r><w:instrText>FORMDROPDOWN</w:instrText></w:r>")
    for inner in (begin + END, begin + SEPARATE + END, begin + SEPARATE + run("casada") + END):
        assert shown(read(par("Estado: ", inner=inner + run(".")))) == ["Estado: casada."]


def test_a_new_page_between_two_words_leaves_them_two() -> None:
    new_page = '<w:r><w:br w:type="page"/><w:t>compañía</w:t></w:r>'
    assert shown(read(par("Se describe la", inner=new_page))) == ["Se describe la  \ncompañía"]
    assert shown(read(par(inner=new_page))) == ["compañía"]


def test_what_a_person_wrote_about_a_picture_stays_and_what_word_made_up_goes() -> None:
    said = {
        "Descripción: La canasta": "La canasta",
        "Description: C:\\Users\\ana\\Temp\\foto 3.png": "",
        "http://ejemplo.org/punto.gif": "",
        "logo_azul.jpg": "",
        "Dos personas cuentan monedas. Descripción generada automáticamente con confianza media": (
            "Dos personas cuentan monedas"
        ),
        "Una foto de la caja.": "Una foto de la caja.",
    }
    for written, kept in said.items():
        document = read(
            par(inner=drawing("rId7", written)), {"rId7": ("image", "media/image1.png")}, {"media/image1.png": png()}
        )
        assert shown(document) == [f"![{kept}](media/picture1.png)"], written


def test_words_in_a_cell_that_says_it_is_merged_are_not_lost() -> None:
    merged = "<w:tcPr><w:vMerge/></w:tcPr>"
    rows = [
        (par("Mes"), par("Pago")),
        (par("Enero"), par("10")),
        (merged + par("Febrero"), par("12")),
        (merged + par(), par("9")),
    ]
    assert shown(read(table(*rows))) == ["| Mes | Pago |\n|---|---|\n| Enero | 10 |\n| Febrero | 12 |\n|  | 9 |"]
