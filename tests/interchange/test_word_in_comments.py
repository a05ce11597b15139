"""What people wrote in the margin of a manual becomes comments on the draft: on its paragraph, with name and date."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

from flask import Flask

from app.core.plain import plain
from app.curriculum.models import Edition
from app.curriculum.queries import contents, editions
from app.discussion.models import Comment, Source
from app.infra.db import db
from app.interchange.wordfiles import Wanted, bring_word
from app.people.permissions import COMMAND_LINE

from .foreign_files import SPACES, bold, par, run, text, word
from .test_word_in import NAMED, come, row, send

W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
W15 = 'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
LONG = "Quien cuida la caja anota cada tarde lo que entra y lo que sale, y otra persona lo vuelve a contar."
CONTENTS = '<w:pStyle w:val="TOC1"/>'
STYLES = '<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>'


def marked(name: int, words: str) -> str:
    """Words with a comment on them."""
    return (
        f'<w:commentRangeStart w:id="{name}"/>{run(words)}<w:commentRangeEnd w:id="{name}"/>'
        f'<w:r><w:commentReference w:id="{name}"/></w:r>'
    )


def remark(name: int, author: str, words: str, date: str = "2012-05-09T10:30:00Z") -> str:
    """A comment as Word writes it, with the id by which answers find it."""
    body = f'<w:p w14:paraId="0000000{name}">{run(words)}</w:p>'
    return f'<w:comment w:id="{name}" w:author="{author}" w:date="{date}">{body}</w:comment>'


REMARKS = [
    remark(1, "Rosa Quispe (demo)", "¿Y si una persona falta?"),
    remark(2, "Pedro (demo)", "Entonces cuenta la tesorería."),
    remark(3, "", "El índice está viejo.", ""),
    remark(4, "Rosa Quispe (demo)", "Esto nadie lo ve en el texto."),
    remark(5, "Rosa Quispe (demo)", "Falta el mes de marzo."),
    remark(6, "Rosa Quispe (demo)", ""),
]
MANUAL = "".join(
    [
        par("La caja 1", properties=CONTENTS, inner=marked(3, " 2")),
        bold("La caja"),
        text(LONG),
        par(inner=run("Se cuenta ") + marked(1, "entre dos") + run(" personas. " + LONG) + marked(2, "")),
        bold("Actividad 1: Contar juntas"),
        text(LONG),
        par(inner=marked(5, "El cuaderno de la caja") + run(" está sobre la mesa. " + LONG) + marked(6, "")),
        bold("El banco"),
        text(LONG),
    ]
)


def commented() -> bytes:
    """A manual with a thread that is settled, and remarks on its contents, inside an activity, on nothing at all."""
    remarks = f"<w:comments {SPACES} {W14}>{''.join(REMARKS)}</w:comments>"
    threads = (
        f'<w15:commentsEx {W15}><w15:commentEx w15:paraId="00000001" w15:done="1"/>'
        '<w15:commentEx w15:paraId="00000002" w15:paraIdParent="00000001" w15:done="1"/></w15:commentsEx>'
    )
    relations = {
        "rId1": ("comments", "comments.xml"),
        "rId2": ("commentsExtended", "commentsExtended.xml"),
        "rId3": ("styles", "styles.xml"),
    }
    parts: dict[str, str | bytes] = {
        "comments.xml": remarks.encode(), "commentsExtended.xml": threads.encode(), "styles": STYLES,
    }  # fmt: skip
    return word(MANUAL, relations, parts)


def said_in(edition: Edition) -> dict[str, Comment]:
    """The comments of an edition by their first word."""
    db.session.expire_all()
    found = db.session.query(Comment).filter_by(edition_id=edition.id).order_by(Comment.id)
    return {comment.body.split()[0]: comment for comment in found}


def words_of(edition: Edition, uid: str) -> str:
    """What stands in a paragraph of the draft."""
    blocks = {block.uid: block for _, _, block in contents.state(editions.head_of(edition)).content.blocks()}
    name = blocks[uid].texts["es"]
    return plain(contents.bodies([name])[name])


def test_what_stands_in_the_margin_comes_along_on_its_paragraph(app: Flask) -> None:
    ana = come(app, "ana")
    page = send(ana, commented())
    shown = ana.get(page).text
    assert "with the name and the date that the file gives" in shown
    assert ana.post(f"{page}/name", data=NAMED).status_code == 303
    edition = editions.find("finanzas", "PE")
    assert edition is not None
    said = said_in(edition)
    first, answer, contents_, nowhere, inside = (said[word] for word in ("¿Y", "Entonces", "El", "Esto", "Falta"))
    assert (first.author_name, first.account_id, first.source) == ("Rosa Quispe (demo)", None, Source.WORD)
    assert first.said_at.replace(tzinfo=dt.UTC) == dt.datetime(2012, 5, 9, 10, 30, tzinfo=dt.UTC)
    assert (first.quote, first.resolved) == ("entre dos", True)
    assert words_of(edition, first.block_uid).startswith("Se cuenta entre dos personas.")
    assert (answer.thread_id, answer.author_name) == (first.id, "Pedro (demo)")
    assert "El cuaderno de la caja" in words_of(edition, inside.block_uid)
    assert contents_.author_name == "finanzas 2019.docx", "nobody's words are put in Ana's mouth"
    assert words_of(edition, nowhere.block_uid), "what was on no words, or on the contents, is on the first paragraph"
    assert len(said) == 5
    (left,) = row().unplaced
    assert left["author"] == "Rosa Quispe (demo)"
    page_now = ana.get(page).text
    for words in ("5 comments of the file stand beside", "could not be brought in"):
        assert words in page_now
    there = ana.get(f"/editions/finanzas/PE/blocks/{first.block_uid}/comments").text
    for words in ("from a Word file", "Pedro (demo)", "entre dos"):
        assert words in there


def test_every_paragraph_of_the_draft_is_found_from_the_line_it_began_in(app: Flask) -> None:
    lines = [f"Línea {number} del manual. {LONG}" for number in range(12)]
    kinds = [par(f"- {lines[0]}"), par(f"- {lines[1]}"), *map(text, lines[2:5]), bold("Caso 1: La tienda")]
    kinds += [*map(text, lines[5:7]), bold("Otra parte"), *map(text, lines[7:])]
    body = [bold("La caja"), text(LONG), *kinds]
    remarks = [remark(n, "Rosa (demo)", f"Palabra{n} {n}") for n in range(12)]
    for number, line in enumerate(lines):
        body = [one.replace("</w:p>", marked(number, "") + "</w:p>") if line in one else one for one in body]
    part = f"<w:comments {SPACES} {W14}>{''.join(remarks)}</w:comments>".encode()
    data = word("".join(body), {"rId1": ("comments", "comments.xml")}, {"comments.xml": part})
    done = bring_word(
        COMMAND_LINE, Wanted(data, "caja.docx", "caja", "PE", "es", "draft", credits=("Ana (demo)",), why="De aquí.")
    )
    assert done.counts["comments"] == 12
    edition = editions.find("caja", "PE")
    assert edition is not None
    said = said_in(edition)
    for number, line in enumerate(lines):
        assert line in words_of(edition, said[f"Palabra{number}"].block_uid), line
    places = [comment.block_uid for comment in sorted(said.values(), key=lambda one: one.id)]
    assert sum(one != other for one, other in pairwise(places)) >= 9
