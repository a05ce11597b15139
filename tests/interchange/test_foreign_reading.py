"""What a Word file made by anyone says, read as text: nothing is lost, nothing is markup by chance."""

from __future__ import annotations

import pytest

from app.interchange.formats.docx.foreign.things import Change, ChangeKind, Comment, Dropped, Guess, Reason, Why
from app.interchange.formats.markdown_tree import parse_markdown
from app.interchange.formats.nodes import Heading, Listing, Paragraph, Run
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


def test_lists_of_word_nest_restart_and_go_on() -> None:
    body = (
        item("uno") + item("dos") + item("punto", 2, 1) + item("tres") + par("Entre medio.") + item("cuatro")
        + item("otra vez uno", 9) + item("y dos", 9)
    )  # fmt: skip
    assert listed(body, "decimal", "bullet", n9=1) == [
        "1. uno\n2. dos\n    - punto\n3. tres",
        "Entre medio.",
        "4. cuatro",
        "1. otra vez uno\n2. y dos",
    ]


def test_an_indented_paragraph_between_two_items_goes_on_in_the_first() -> None:
    body = item("uno") + par("sigue el uno", "", '<w:ind w:left="720"/>') + item("dos")
    assert listed(body, "decimal") == ["1. uno\n\n    sigue el uno\n\n2. dos"]


TYPED = [
    (("• uno", "• dos"), "- uno\n- dos"),
    (("- uno", "– dos", "— tres"), "- uno\n- dos\n- tres"),
    (("1. uno", "2. dos"), "1. uno\n2. dos"),
    (("1) uno", "2) dos"), "1. uno\n2. dos"),
    (("1.- uno", "2.- dos"), "1. uno\n2. dos"),
    (("a) uno", "b) dos"), "- a) uno\n- b) dos"),
    (("☐ uno", "☑ dos", "[ ] tres", "( ) cuatro"), "- [ ] uno\n- [x] dos\n- [ ] tres\n- [ ] cuatro"),
    (("\uf0b7 uno", "\uf0d8 dos"), "- uno\n- dos"),
    (("o\tuno", "o\tdos"), "- uno\n- dos"),
]


@pytest.mark.parametrize(("lines", "expected"), TYPED)
def test_bullets_numbers_and_boxes_typed_by_hand_are_lists(lines: tuple[str, ...], expected: str) -> None:
    document = read("".join(par(line.replace("\t", "</w:t><w:tab/><w:t>")) for line in lines))
    assert shown(document) == [expected]
    assert document.blocks[0].guess is Guess.LIST
    assert not document.blocks[0].certain


@pytest.mark.parametrize(
    "line", ["—Hola, dijo Rosa.", "1986. Un año bueno.", "3.5 kilos de café", "A. Quispe firmó", "☐ sí ☐ no"]
)
def test_what_only_looks_like_a_mark_is_text(line: str) -> None:
    assert [block.guess for block in read(text() + par(line) + text()).blocks] == [Guess.PARAGRAPH] * 3


def test_typed_items_nest_by_their_indentation() -> None:
    deeper = '<w:ind w:left="720"/>'
    body = par("• uno") + par("- dentro", "", deeper) + par("• dos")
    assert shown(read(body)) == ["- uno\n    - dentro\n- dos"]


def test_a_table_keeps_merged_cells_lists_and_tables_inside_as_words() -> None:
    wide = '<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>'
    down = "<w:tcPr><w:vMerge/></w:tcPr>"
    inner = table((par("a"), par("b")), (par("c"), par("d")))
    body = table(
        (par("Minutos"), par("Qué"), par("Con qué")),
        (wide + par("junto"), par("solo")),
        (down + par(""), par("uno") + par("dos"), par("tres") + inner),
        (par("4"), par("5"), par("6")),
    )
    assert shown(read(body)) == [
        "| Minutos | Qué | Con qué |\n|---|---|---|\n| junto |  | solo |\n"
        "|  | uno dos | tres a / b; c / d |\n| 4 | 5 | 6 |"
    ]


def test_tables_that_only_place_things_on_the_page_are_unrolled_with_their_headings() -> None:
    beside = table((bold("Para empezar") + text(), par("Un dibujo")))
    box = table((bold("Nota para quien facilita") + par("Llegue antes."),))
    document = read(text() + beside + box + text())
    assert [(b.guess.value, b.markdown) for b in document.blocks[1:5]] == [
        ("heading1", "# Para empezar"), ("paragraph", TEXT), ("paragraph", "Un dibujo"),
        ("note", "# Nota para quien facilita"),
    ]  # fmt: skip
    assert document.blocks[4].box == document.blocks[5].box > 0 == document.blocks[6].box


def test_lines_with_the_same_tab_stops_are_a_table_and_the_guess_is_not_certain() -> None:
    tab = "</w:t><w:tab/><w:t>"
    document = read(par(f"Mes{tab}Soles") + par(f"enero{tab}40") + par(f"febrero{tab}55"))
    assert shown(document) == ["| Mes | Soles |\n|---|---|\n| enero | 40 |\n| febrero | 55 |"]
    assert (document.blocks[0].certain, document.blocks[0].why) == (False, Why.TABBED)


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
    assert document.comments == (Comment("Luis (demo)", "2026-05-02", "¿Cuál precio?", "precio", 1),)


def test_hidden_text_and_embedded_documents_are_left_out_and_named() -> None:
    body = par("Se ve ", "", "", run("y no se ve", "<w:vanish/>")) + '<w:altChunk r:id="a"/>'
    document = read(body, {"a": ("aFChunk", "otro.html")}, {"otro.html": b"<p>otro</p>"})
    assert shown(document) == ["Se ve"]
    assert Dropped(Reason.HIDDEN, "y no se ve", 0) in document.dropped
    assert Reason.PART in [one.reason for one in document.dropped]


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


def test_lists_come_back_as_lists() -> None:
    (node,) = parse_markdown(listed(item("uno") + item("dentro", 1, 2) + item("dos"), "decimal")[0])
    assert isinstance(node, Listing)
    assert len(node.items) == 2


def test_line_breaks_that_stand_for_paragraphs_are_ends_of_paragraphs() -> None:
    line_break = "<w:r><w:br/></w:r>"
    headed = par(
        "", "", "", run("Para empezar", "<w:b/>") + line_break + run("Este texto") + line_break + run("sigue.")
    )
    items = par("", "", "", run("Lleve:") + line_break + run("- uno") + line_break + run("- dos"))
    plain_lines = par("", "", "", run("una") + line_break + run("dos"))
    assert shown(read(headed + items + plain_lines)) == [
        "# Para empezar", "Este texto  \nsigue.", "Lleve:", "- uno\n- dos", "una  \ndos",
    ]  # fmt: skip


def test_a_list_that_is_defined_by_a_style_keeps_its_numbers() -> None:
    levels = numbered("decimal").split('<w:abstractNum w:abstractNumId="1">')[1].split("</w:abstractNum>")[0]
    linked = (
        f'<w:abstractNum w:abstractNumId="5"><w:styleLink w:val="Mis"/>{levels}</w:abstractNum>'
        '<w:abstractNum w:abstractNumId="6"><w:numStyleLink w:val="Mis"/></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="6"/></w:num>'
    )
    assert shown(read(item("uno") + item("dos"), NUMBERING, {"numbering": linked})) == ["1. uno\n2. dos"]
