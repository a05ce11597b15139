"""`vivero export` and `vivero import` with files of other tools: out, back in, tried first, told as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from app.cli import vivero
from app.core.checks.terms import Status, Term
from app.curriculum.models import Edition
from app.curriculum.queries import editions
from app.people.permissions import COMMAND_LINE
from app.translation.actions import add_term
from tests import factories as make

from .packing import replaced

FIRST = "La cooperativa paga 25 soles por cada saco."


@pytest.fixture
def peru(app: Flask) -> Edition:
    edition = make.fork(make.load(), "PE")
    add_term(COMMAND_LINE, Term("buyer", "es", "PE", "acopiador", Status.PREFERRED, "", ""), curriculum="my-coop")
    return edition


def run(*words: object) -> Result:
    return CliRunner().invoke(vivero, [str(word) for word in words])


def told(result: Result) -> dict[str, object]:
    found = json.loads(result.stdout)
    assert isinstance(found, dict)
    return found


def export(format: str, path: Path, *more: str) -> Path:
    result = run("export", "my-coop", "--region", "PE", "--language", "es", "--format", format, "-o", path, *more)
    assert result.exit_code == 0, result.output
    return path


def bring(path: Path, *more: str) -> Result:
    return run("import", path, "--into", "my-coop", "--region", "PE", *more)


@pytest.mark.parametrize("ending", ["po", "xliff", "tbx", "csv", "package"])
def test_what_goes_out_comes_back_as_nothing_to_do(peru: Edition, tmp_path: Path, ending: str) -> None:
    number = editions.head_of(peru).number
    path = export(ending, tmp_path / {"package": "a.zip"}.get(ending, f"a.{ending}"))
    result = bring(path, "--json")
    assert (result.exit_code, told(result)["applied"]) == (0, False)
    assert editions.head_of(peru).number == number


def test_a_dry_run_says_what_would_come_in_and_changes_nothing(peru: Edition, tmp_path: Path) -> None:
    path = export("po", tmp_path / "a.po")
    path.write_bytes(path.read_bytes().replace(FIRST.encode(), b"La cooperativa paga al contado."))
    number = editions.head_of(peru).number
    dry = bring(path, "--as", "translation", "--dry-run", "--json")
    assert told(dry)["counts"] == {
        **dict.fromkeys(("kept", "confirmed", "conflict", "refused"), 0),
        "same": 3,
        "taken": 1,
    }
    assert editions.head_of(peru).number == number
    done = bring(path, "--why", "Así se dice aquí", "--json")
    assert (done.exit_code, told(done)["applied"]) == (0, True)
    head = editions.head_of(peru)
    assert (head.number, head.act.why) == (number + 1, "Así se dice aquí")


def test_a_package_is_told_in_the_words_of_sync_and_leaves_conflicts_open(peru: Edition, tmp_path: Path) -> None:
    path = export("package", tmp_path / "a.zip")
    path.write_bytes(replaced(path.read_bytes(), "25 soles", "40 soles", "en/"))
    assert told(bring(path, "--dry-run", "--json"))["applied"] is False
    assert bring(path).exit_code == 0
    path.write_bytes(replaced(path.read_bytes(), "40 soles", "45 soles", "en/"))
    result = bring(path, "--json")
    assert result.exit_code == 1
    found = told(result)
    assert [one["outcome"] for one in found["left"]] == ["conflict"]  # type: ignore[attr-defined]
    assert set(found["blocks"]) >= {"unchanged", "taken", "kept", "same", "proposal", "careful", "conflict", "moved"}  # type: ignore[call-overload]


def test_a_wrong_file_is_answered_with_its_line(peru: Edition, tmp_path: Path) -> None:
    path = export("po", tmp_path / "a.po")
    path.write_bytes(path.read_bytes().replace(FIRST.encode(), b"Pague {{a_nadie}}."))
    result = bring(path, "--dry-run")
    assert f"{path.name}:" in result.output
    assert "{{a_nadie}}" in result.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--format", "po", "--language", "en"), "written in"),
        (("--format", "po", "--language", "quy"), "not taught in quy"),
        (("--format", "po", "--language", "es", "--version", "1.0.0"), "draft"),
        (("--format", "po", "--language", "es", "--module", "no"), "no module"),
    ],
)
def test_what_cannot_go_out_is_refused_with_a_sentence(
    peru: Edition, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    result = run("export", "my-coop", "--region", "PE", "-o", tmp_path / "a", *words)
    assert result.exit_code == 1
    assert said in result.output


def test_an_unknown_ending_is_refused(peru: Edition, tmp_path: Path) -> None:
    other = tmp_path / "a.xyz"
    other.write_text("a")
    assert bring(other).exit_code == 1


def test_a_language_is_asked_for_where_a_format_has_one(peru: Edition, tmp_path: Path) -> None:
    assert run("export", "my-coop", "--region", "PE", "--format", "po", "-o", tmp_path / "a").exit_code == 2
    assert run("export", "my-coop", "--region", "PE", "--format", "package", "-o", tmp_path / "a.zip").exit_code == 0
