"""A Word copy that went out comes back: its changes become proposals, its remarks comments, and nothing is lost."""

from __future__ import annotations

import io
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import etree

from app.curriculum.models import Edition
from app.discussion.models import Comment, Proposal, ProposalKind, Source
from app.infra.db import db
from app.interchange.exporting import Wish, make
from app.interchange.models import Import, ImportState
from app.people import queries as people
from app.people.permissions import COMMAND_LINE, Role, Scope
from tests import factories
from tests.discussion import valley

from . import foreign_files
from .reviewing import (
    comment_on,
    comments_xml,
    delete_paragraph,
    edited,
    new_paragraph,
    paragraph_with,
    replace_words,
)

SAM, PERU = "/editions/my-coop/PE-SAM/imports", "/editions/my-coop/PE/imports"
SCRIPT = "&lt;script&gt;alert(1)&lt;/script&gt;"


def come(app: Flask, username: str, role: Role, region: str | None = "PE-SAM") -> FlaskClient:
    """A browser of somebody with this role."""
    account = people.account_by_username(username) or factories.account(username, role, Scope("my-coop", region))
    browser = app.test_client()
    with browser.session_transaction() as session:
        session["_user_id"] = f"{account.id}:{account.stamp}"
        session["_fresh"] = True
    return browser


def copy_of(region: str = "PE-SAM", version: str = "draft", **more: str) -> bytes:
    """The Word copy for comments of an edition."""
    return make(COMMAND_LINE, Wish("my-coop", region, version, "es", "docx", **more))


def reviewed(data: bytes, words: str = "Aquí se paga por quintal.") -> bytes:
    """The copy as three people send it back: words changed, a paragraph added, one taken out, remarks, a header."""

    def change(body: etree._Element) -> None:
        price = paragraph_with(body, "La cooperativa paga")
        replace_words(price, "25 soles", "30 soles", "Rosa")
        statute = paragraph_with(body, "El estatuto")
        comment_on(statute, "en voz alta", "7")
        comment_on(
            paragraph_with(body, "en conjunto" if "en conjunto" in words else "La cooperativa"), "cooperativa", "8"
        )
        statute.addnext(new_paragraph("Quien no lee, escucha.", "Luis"))
        delete_paragraph(paragraph_with(body, "Se reúnen el lunes"), "Luis")

    return edited(data, change, {"word/comments.xml": comments_xml([("7", "Rosa", words), ("8", "Luis", "Muy bien.")])})


def send(browser: FlaskClient, data: bytes, at: str = SAM, name: str = "revisado.docx", **more: str) -> str:
    """Send a file; the address of its page."""
    answer = browser.post(at, data={"file": (io.BytesIO(data), name), **more}, content_type="multipart/form-data")
    assert answer.status_code == 303, re.sub(r"<[^>]+>", " ", answer.text)
    return str(answer.headers["Location"])


def row() -> Import:
    """The file that was sent last."""
    db.session.expire_all()
    return db.session.query(Import).order_by(Import.id.desc()).all()[0]


def said(edition: Edition) -> tuple[list[Proposal], list[Comment]]:
    """What an edition was told, in order."""
    db.session.expire_all()
    return (
        db.session.query(Proposal).filter_by(edition_id=edition.id).order_by(Proposal.id).all(),
        db.session.query(Comment).filter_by(edition_id=edition.id).order_by(Comment.id).all(),
    )


def test_a_reviewed_file_becomes_proposals_and_comments_of_those_who_wrote_them(app: Flask) -> None:
    _, _, province = valley.tree()
    ana = come(app, "ana", Role.REVIEWER)
    page = send(ana, reviewed(copy_of()))
    shown = ana.get(page).text
    assert row().state is ImportState.PREVIEWED
    assert said(province) == ([], []), "looking is not bringing in"
    for words in ("25 soles</del>", "30 soles", "Rosa", "Quien no lee, escucha.", "Aquí se paga por quintal."):
        assert words in shown
    assert ana.post(page, data={"do": "bring"}).status_code == 303
    proposals, comments = said(province)
    price, statute = valley.uid(province, valley.PRICE), valley.uid(province, valley.STATUTE)
    assert {(p.kind, p.block_uid, p.author_name) for p in proposals} == {
        (ProposalKind.CHANGE, price, "Rosa"),
        (ProposalKind.INSERT, statute, "Luis"),
        (ProposalKind.REMOVE, valley.uid(province, valley.MEETING), "Luis"),
    }
    change = next(p for p in proposals if p.kind is ProposalKind.CHANGE)
    assert change.texts == {"es": "La cooperativa paga 30 soles por cada saco."}
    assert change.proposed_at.isoformat() == "2026-05-04T10:00:00+00:00"
    assert {(c.block_uid, c.author_name, c.body, c.quote) for c in comments} == {
        (statute, "Rosa", "Aquí se paga por quintal.", "en voz alta"),
        (price, "Luis", "Muy bien.", "cooperativa"),
    }
    assert {one.source for one in (*proposals, *comments)} == {Source.WORD}
    assert "3 new proposals" in ana.get(page).text


def test_the_same_file_sent_again_says_nothing_twice_and_tells_how_much_was_known(app: Flask) -> None:
    _, _, province = valley.tree()
    ana, data = come(app, "ana", Role.REVIEWER), reviewed(copy_of())
    ana.post(send(ana, data), data={"do": "bring"})
    again = send(ana, data, name="otra vez.docx")
    assert "5 of them are known already" in ana.get(again).text
    assert "nothing to bring in" in ana.get(again).text
    ana.post(again, data={"do": "bring"})
    proposals, comments = said(province)
    assert (len(proposals), len(comments)) == (3, 2)
    assert row().counts["brought_known"] == 5
    later = send(ana, reviewed(copy_of(), "Y otra cosa."), name="más.docx")
    ana.post(later, data={"do": "bring"})
    assert row().counts["brought_comments"] == 1
    assert "4 were known already" in ana.get(later).text


def test_a_file_of_another_edition_is_refused_by_its_name_or_without_it(app: Flask) -> None:
    _, peru, province = valley.tree()
    data = reviewed(copy_of("PE", "1.0.0"))
    ana = come(app, "ana", Role.REVIEWER)
    page = ana.get(send(ana, data)).text
    assert "another edition, my-coop/PE. Bring it in there." in page
    assert "Nothing was changed." in page
    peru.public = False
    db.session.commit()
    assert "one that your account does not see" in ana.get(send(ana, data)).text
    assert "my-coop/PE<" not in ana.get(SAM).text
    assert said(province) == ([], [])


def test_a_draft_that_was_changed_meanwhile_is_compared_with_what_went_out(app: Flask) -> None:
    _, _, province = valley.tree()
    data = reviewed(copy_of())
    valley.edit(province, valley.STATUTE, "El estatuto se lee. Después se vota a mano alzada.", "Aquí")
    ana = come(app, "ana", Role.REVIEWER)
    ana.post(send(ana, data), data={"do": "bring"})
    assert {p.kind for p in said(province)[0]} == {ProposalKind.CHANGE, ProposalKind.INSERT, ProposalKind.REMOVE}
    assert len(said(province)[0]) == 3, "what the edition changed itself is nobody's proposal"


def test_what_cannot_be_placed_is_kept_until_somebody_finds_its_place(app: Flask) -> None:
    _, _, province = valley.tree()
    price = valley.uid(province, valley.PRICE)

    ana = come(app, "ana", Role.REVIEWER)
    loose = edited(
        copy_of(),
        lambda _: None,
        {"word/comments.xml": comments_xml([("3", "Luis", "Sin ancla."), ("4", "Eva", "¿Y esto?")])},
    )
    page = send(ana, loose)
    assert "2 things could not be placed" in ana.get(page).text
    assert "Sin ancla." in ana.get(page).text
    place = f"{page}/places/0"
    assert "La asamblea" in ana.get(place).text
    assert "La cooperativa paga" in ana.get(f"{place}?q=25 soles").text
    assert ana.post(place, data={}).status_code == 422
    assert ana.post(place, data={"block": "nowhere"}).status_code == 404
    assert ana.post(place, data={"block": price}).status_code == 303
    assert "Goes to: La cooperativa paga" in ana.get(page).text
    ana.post(page, data={"do": "bring"})
    assert [(c.block_uid, c.author_name, c.body) for c in said(province)[1]] == [(price, "Luis", "Sin ancla.")]
    assert "¿Y esto?" in ana.get(page).text, "what nobody placed is still there"
    ana.post(f"{page}/places/1", data={"block": price})
    assert [c.author_name for c in said(province)[1]] == ["Luis", "Eva"]
    assert ana.post(f"{page}/places/1", data={"do": "aside"}).status_code == 409
    again = send(ana, loose, name="otra vez.docx")
    assert ana.get(again).text.count("It is a comment now.") == 2


def test_a_file_without_origin_is_placed_by_its_words_and_a_strange_one_is_refused(app: Flask) -> None:
    _, _, province = valley.tree()
    ana = come(app, "ana", Role.REVIEWER)
    texts = (
        "La asamblea",
        "La cooperativa paga 28 soles por cada saco.",
        "El estatuto se lee en voz alta. Después se vota.",
        "Se reúnen el lunes en el local.",
    )
    page = send(ana, foreign_files.word("".join(foreign_files.par(words) for words in texts)))
    assert "The file does not say from which state" in ana.get(page).text
    ana.post(page, data={"do": "bring"})
    assert any(p.texts.get("es") == "La cooperativa paga 28 soles por cada saco." for p in said(province)[0])
    strange = send(ana, foreign_files.word(foreign_files.text("Esto es un contrato de alquiler y nada más.")))
    assert "shares no paragraph with this edition" in ana.get(strange).text


BAD = {
    "empty": (b"", "a.docx", "The file is empty"),
    "no Word": (b"hello", "a.docx", "not a Word document"),
    "pdf": (b"%PDF-1.7 ...", "a.docx", "This is a PDF"),
    "rtf": (b"{\\rtf1 hello}", "a.docx", "rich text"),
    "damaged": (b"PK\x03\x04 nothing more", "a.docx", "damaged"),
    "lock": (b"x" * 162, "~$a.docx", "small file that Word keeps"),
    "old": (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "a.doc", "old Word version"),
    "locked": (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "a.docx", "protected with a password"),
}


@pytest.mark.parametrize("bad", BAD)
def test_a_bad_file_is_named_with_what_is_wrong_and_changes_nothing(app: Flask, bad: str) -> None:
    valley.tree()
    data, name, sentence = BAD[bad]
    ana = come(app, "ana", Role.REVIEWER)
    for at in (SAM,):
        answer = ana.post(at, data={"file": (io.BytesIO(data), name)}, content_type="multipart/form-data")
        assert answer.status_code == 422
        assert sentence in answer.text
        assert name in answer.text
    assert db.session.query(Import).count() == 0


def test_a_form_without_a_file_says_so(app: Flask) -> None:
    valley.tree()
    answer = come(app, "ana", Role.REVIEWER).post(SAM, data={})
    assert answer.status_code == 422
    assert "Choose the file first." in answer.text


def test_nobody_sees_what_somebody_else_sent_nor_through_another_edition(app: Flask) -> None:
    valley.tree()
    ana = come(app, "ana", Role.REVIEWER, "PE")
    page = send(ana, reviewed(copy_of()))
    eva, reader = come(app, "eva", Role.DESIGNER, None), come(app, "lector", Role.READER, None)
    number = page.rpartition("/")[2]
    for browser in (eva, reader, app.test_client()):
        for address in (page, f"{page}/places/0"):
            assert browser.get(address).status_code in (302, 403, 404)
        assert browser.post(page, data={"do": "bring"}).status_code in (302, 403, 404)
        assert browser.post(f"{page}/places/0", data={"do": "aside"}).status_code in (302, 403, 404)
        assert "revisado.docx" not in browser.get(SAM).text
    assert ana.get(f"{PERU}/{number}").status_code == 404
    assert row().state is ImportState.PREVIEWED
    answer = reader.post(SAM, data={"file": (io.BytesIO(copy_of()), "a.docx")}, content_type="multipart/form-data")
    assert answer.status_code == 403


def test_what_a_file_says_is_words_and_never_markup(app: Flask) -> None:
    _, _, province = valley.tree()

    def change(body: etree._Element) -> None:
        replace_words(paragraph_with(body, "La cooperativa"), "25 soles", "<script>alert(1)</script>", "<b>Rosa</b>")
        comment_on(paragraph_with(body, "El estatuto"), "en voz alta", "7")

    parts = {"word/comments.xml": comments_xml([("7", "&lt;i&gt;Eva&lt;/i&gt;", SCRIPT), ("9", "Eva", SCRIPT)])}
    ana = come(app, "ana", Role.REVIEWER)
    page = send(ana, edited(copy_of(), change, parts), name="<script>alert(2)<.docx")
    for address in (SAM, page, f"{page}/places/0"):
        text = ana.get(address).text
        assert "<script>alert" not in text
        assert "<b>Rosa" not in text
        assert "<i>Eva" not in text
    ana.post(page, data={"do": "bring"})
    assert len(said(province)[0]) == 1
    assert "<script>alert" not in ana.get("/editions/my-coop/PE-SAM/proposals").text


def test_a_file_is_set_aside_and_stays_in_the_list(app: Flask) -> None:
    _, _, province = valley.tree()
    ana = come(app, "ana", Role.REVIEWER)
    page = send(ana, reviewed(copy_of()))
    assert ana.post(page, data={"do": "discard"}).status_code == 303
    assert ana.post(page, data={"do": "bring"}).status_code == 409
    assert "set aside" in ana.get(SAM).text
    assert said(province) == ([], [])
