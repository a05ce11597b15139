"""Who answers for a release and who wrote its cases stand at the end of its book: in every format, only who agreed."""

from __future__ import annotations

import io

import docx
import pytest
from flask import Flask

from app.adaptation import actions as adaptation
from app.core.content import Kind as BlockKind
from app.curriculum import actions as curriculum
from app.curriculum.models import Edition
from app.curriculum.queries import contents, editions
from app.curriculum.queries.readiness import readiness
from app.infra.db import db
from app.interchange import actions
from app.interchange.exporting import Wish, make
from app.people import queries as people
from app.people.permissions import COMMAND_LINE, Role
from app.study import actions as study
from app.study.sheets import Kind
from app.validation.actions import stages
from app.validation.models import Signature
from app.validation.rules.stages import SignRole
from tests import factories as make_
from tests.discussion.valley import person
from tests.study.test_study_pages import CASE

WORDS = {
    "es": ("Responden por esta versión", "por el contenido", "Escribieron los estudios de caso"),
    "en": ("Who answers for this version", "for the content", "Who wrote the case studies"),
}


def credited() -> Edition:
    """Peru with a case that Rosa agreed to be named for and Juana not, and a release that somebody signed."""
    peru = make_.fork(make_.load(), "PE")
    uid = next(b.uid for _, _, b in contents.state(editions.head_of(peru)).content.blocks() if b.kind is BlockKind.CASE)
    case = study.keep(COMMAND_LINE, peru, Kind.CASES, CASE)
    study.place(COMMAND_LINE, peru, Kind.CASES, case.id, uid)
    for name, consent in (("Rosa (demo)", "yes"), ("Juana (demo)", "no")):
        author = {"name": name, "consent": consent, "how": "hoja firmada"}
        study.keep(COMMAND_LINE, peru, Kind.AUTHORS, author, within=case.id)
    for missing, _ in readiness(peru).missing:
        adaptation.confirm(COMMAND_LINE, peru, missing, why="Vale aquí")
    stages.sign(person("firma", Role.DESIGNER), peru, SignRole.CONTENT, "Respondo")
    curriculum.release(COMMAND_LINE, peru, "Lista")
    return peru


def words_of(data: bytes, kind: str) -> str:
    """The words of a file."""
    if kind == "html":
        return data.decode()
    return "\n".join(one.text for one in docx.Document(io.BytesIO(data)).paragraphs)


@pytest.mark.parametrize("kind", ["docx", "html"])
@pytest.mark.parametrize("language", ["es", "en"])
def test_names_stand_at_the_end_of_every_book_in_its_language(app: Flask, kind: str, language: str) -> None:
    peru = credited()
    version = make_.newest(peru).version
    book = words_of(make(COMMAND_LINE, Wish("my-coop", "PE", version, language, kind)), kind)
    assert all(one in book for one in WORDS[language])
    assert "Rosa (demo)" in book
    assert "Firma" in book
    assert "Juana" not in book
    assert book.index(WORDS[language][0]) < book.index(WORDS[language][2])
    draft = words_of(make(COMMAND_LINE, Wish("my-coop", "PE", "draft", language, kind)), kind)
    assert WORDS[language][0] not in draft, "nobody answers for a draft yet"


def test_the_page_of_a_release_names_who_wrote_its_cases(app: Flask) -> None:
    peru = credited()
    page = app.test_client().get(f"/editions/my-coop/PE/releases/{make_.newest(peru).version}").text
    assert "Who wrote the case studies" in page
    assert "Rosa (demo)" in page
    assert "Juana" not in page


def test_a_pdf_is_set_with_them_too(app: Flask) -> None:
    peru = credited()
    assert make(COMMAND_LINE, Wish("my-coop", "PE", make_.newest(peru).version, "es", "pdf")).startswith(b"%PDF")


def test_a_file_made_before_a_signature_was_taken_back_is_not_given_again(app: Flask) -> None:
    peru = credited()
    who = person("ana", Role.DESIGNER)
    wish = Wish("my-coop", "PE", make_.newest(peru).version, "es", "html")
    first, second = (actions.start_export(who, wish).arguments["names"] for _ in range(2))
    assert first == second
    (signature,) = db.session.query(Signature).all()
    account = people.account_by_username("firma")
    assert account is not None
    stages.withdraw_signature(people.actor_of(account), peru, signature, "Me equivoqué")
    assert actions.start_export(who, wish).arguments["names"] != first
