"""`vivero import` with Word files: what a reviewed copy and a foreign manual become, tried first and done then."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from app.curriculum.models import Act, Curriculum
from app.curriculum.queries import contents, editions
from app.discussion.models import Comment, Proposal
from app.infra.audit import AuditEntry
from app.infra.db import db
from app.interchange.importing import import_file
from app.interchange.models import Import
from tests import factories
from tests.discussion import valley

from .foreign_files import text, word
from .test_word_back import copy_of, reviewed
from .test_word_in import manual


def run(file: Path, *more: str, into: str = "my-coop", region: str = "PE-SAM") -> Result:
    """The command's answer, in the application of the test."""
    return CliRunner().invoke(import_file, [str(file), "--into", into, "--region", region, *more])


def written(app: Flask) -> tuple[object, ...]:
    """All that bringing a file in could have written: rows, and files in the storage."""
    db.session.expire_all()
    tables = (Proposal, Comment, Import, Act, Curriculum, AuditEntry)
    stored = sorted(p.name for p in Path(app.config["FILES_DIR"]).rglob("*") if p.is_file())
    return (*(db.session.query(table).count() for table in tables), stored)


@pytest.fixture
def copy(app: Flask, tmp_path: Path) -> Path:
    """A reviewed copy of San Martín's draft."""
    valley.tree()
    file = tmp_path / "revisado.docx"
    file.write_bytes(reviewed(copy_of()))
    return file


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    """A manual that somebody made in Word."""
    file = tmp_path / "finanzas.docx"
    file.write_bytes(manual())
    return file


def test_trying_changes_nothing_and_says_what_bringing_in_then_does(app: Flask, copy: Path) -> None:
    before = written(app)
    tried = run(copy, "--dry-run", "--json")
    assert tried.exit_code == 0, tried.output
    assert written(app) == before
    done = run(copy, "--json")
    assert done.exit_code == 0, done.output
    found, made = json.loads(tried.output), json.loads(done.output)
    assert found["counts"] == made["counts"] == {"proposals": 3, "comments": 2, "known": 0, "unplaced": 0}
    assert (found["applied"], made["applied"], made["as"]) == (False, True, "review")
    assert db.session.query(Proposal).count() == 3
    again = json.loads(run(copy, "--as", "review", "--json").output)
    assert again["counts"] == {"proposals": 0, "comments": 0, "known": 5, "unplaced": 0}


def test_a_copy_of_another_edition_is_refused_with_its_name(app: Flask, copy: Path) -> None:
    before = written(app)
    done = run(copy, region="PE")
    assert done.exit_code == 1
    assert "made of another edition, my-coop/PE-SAM. Bring it in there." in done.output
    assert "Nothing was changed." in done.output
    assert written(app) == before


def test_a_manual_becomes_a_draft_original_after_it_was_tried(app: Flask, foreign: Path) -> None:
    before = written(app)
    tried = run(foreign, "--as", "draft", "--dry-run", "--json", into="finanzas", region="PE")
    assert tried.exit_code == 0, tried.output
    assert written(app) == before
    done = run(foreign, "--as", "draft", "--json", "--credit", "Comité (demo)", into="finanzas", region="PE")
    assert done.exit_code == 0, done.output
    assert json.loads(done.output)["counts"] == json.loads(tried.output)["counts"]
    assert json.loads(done.output)["counts"]["units"] == 3
    edition = editions.find("finanzas", "PE")
    assert edition is not None
    assert (edition.credits, edition.public, editions.latest_release(edition)) == (["Comité (demo)"], False, None)
    assert len(list(contents.state(editions.head_of(edition)).content.units())) == 3
    again = run(foreign, "--as", "draft", into="finanzas", region="PE")
    assert again.exit_code == 1
    assert "There is a curriculum called “finanzas” already." in again.output


@pytest.mark.parametrize(
    ("more", "into", "region", "sentence"),
    [
        ([], "finanzas", "PE", "say --as draft"),
        (["--as", "review"], "finanzas", "PE", "There is no edition finanzas/PE"),
        (["--as", "draft"], "Mi Manual", "PE", "small letters, digits and hyphens"),
        (["--as", "draft"], "finanzas", "XX", "choose the place"),
        (["--as", "draft", "--language", "klingon"], "finanzas", "PE", "choose the language"),
        (["--as", "translation"], "my-coop", "001", "cannot be brought in as “translation”"),
        ([], "my-coop", "001", "shares no paragraph with this edition"),
    ],
)
def test_what_cannot_be_done_is_refused_in_a_sentence(
    app: Flask, foreign: Path, more: list[str], into: str, region: str, sentence: str
) -> None:
    factories.load()
    before = written(app)
    done = run(foreign, *more, into=into, region=region)
    assert done.exit_code == 1, done.output
    assert sentence in done.output
    assert written(app) == before


def test_files_that_are_no_word_files_say_why(app: Flask, tmp_path: Path) -> None:
    for name, data, sentence in (
        ("a.pdf", b"%PDF-1.7", "This is a PDF"),
        ("a.docx", b"", "The file is empty"),
        ("a.doc", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old Word version"),
        ("a.xyz", b"x", "ends in none of these"),
    ):
        file = tmp_path / name
        file.write_bytes(data)
        done = run(file, "--as", "draft", into="finanzas", region="PE")
        assert (done.exit_code, sentence in done.output, name in done.output) == (1, True, True), done.output
    assert run(tmp_path / "nothing.docx").exit_code == 2
    assert run(tmp_path / "a.docx", "--as", "poem").exit_code == 2


def test_what_has_no_place_is_listed_with_who_said_it(app: Flask, tmp_path: Path) -> None:
    from .reviewing import comments_xml, edited

    valley.tree()
    file = tmp_path / "suelto.docx"
    remarks = {"word/comments.xml": comments_xml([("3", "Luis", "Sin ancla.")])}
    file.write_bytes(edited(copy_of(), lambda _: None, remarks))
    done = run(file)
    assert done.exit_code == 0
    assert "comment (Luis, 2026-05-04T10:00:00+00:00): Sin ancla." in done.output
    assert db.session.query(Import).one().unplaced[0]["text"] == "Sin ancla."
    strange = tmp_path / "otro.docx"
    strange.write_bytes(word(text()))
    assert run(strange).exit_code == 1
