"""S1 by commands on real text: original, Peru, San Martín; a correction travels down; a Word manual comes out."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from docx import Document
from flask import Flask

from app.cli import vivero
from app.curriculum.queries import editions
from app.demo import adaptations
from app.people.permissions import COMMAND_LINE

CURRICULA = Path(__file__).parents[2] / "curricula"
Run = Callable[..., Result]


@pytest.fixture
def run(committed_app: Flask) -> Run:
    """Runs `vivero …` inside the application; fails unless it ends with the expected status."""

    def command(*words: str, status: int = 0) -> Result:
        with committed_app.app_context():
            result = CliRunner().invoke(vivero, list(words))
        assert result.exit_code == status, result.output + repr(result.exception)
        return result

    return command


def told(result: Result) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def adapt(app: Flask, region: str) -> None:
    """Make the changes that the demo's designers make, with their reasons."""
    with app.app_context():
        edition = editions.find("my-coop", region)
        assert edition is not None
        for step in adaptations.read("my-coop", region).steps(COMMAND_LINE, edition):
            step()


def test_a_correction_reaches_peru_and_then_san_martin_without_losing_local_work(
    committed_app: Flask, run: Run, tmp_path: Path
) -> None:
    files = tmp_path / "curricula"
    shutil.copytree(CURRICULA / "my-coop", files / "my-coop")
    assert told(run("load", str(files), "--json"))["originals"][0]["released"] == "1.0.0"
    assert "nothing changed" in run("load", str(files)).output

    run("fork", "my-coop@1.0.0", "--from", "001", "--to", "PE")
    refused = told(run("release", "my-coop", "--region", "PE", "--why", "first", "--json", status=1))
    assert len(refused["missing"]) >= 10
    adapt(committed_app, "PE")
    assert told(run("release", "my-coop", "--region", "PE", "--why", "first", "--json"))["released"] == "1.0.0"
    run("fork", "my-coop", "--from", "PE", "--to", "PE-SAM", "--languages", "es,en")
    adapt(committed_app, "PE-SAM")
    run("release", "my-coop", "--region", "PE-SAM", "--why", "first")

    unit = files / "my-coop" / "es" / "01-basics" / "03-governance.md"
    before = unit.read_text()
    line = "- Dos copias impresas del estatuto, con los artículos sobre órganos, elecciones y votaciones ya marcados."
    assert before.count(line) == 1
    unit.write_text(before.replace(line, line.replace("Dos", "Cuatro")))
    assert "not released" in run("load", str(files)).output
    toml = files / "my-coop" / "curriculum.toml"
    toml.write_text(toml.read_text().replace('version = "1.0.0"', 'version = "1.0.1"'))
    assert told(run("load", str(files), "--json"))["originals"][0]["released"] == "1.0.1"
    run("diff", "my-coop", "--region", "001", "--from", "1.0.0", "--to", "1.0.1", status=1)

    plan = told(run("sync", "my-coop", "--region", "PE", "--json", status=0))
    assert len(plan["blocks"]["taken"]) == 1
    assert len(plan["blocks"]["kept"]) >= 20
    assert told(run("sync", "my-coop", "--region", "PE-SAM", "--json"))["blocks"]["taken"] == []
    run("sync", "my-coop", "--region", "PE", "--apply", "safe")
    assert told(run("release", "my-coop", "--region", "PE", "--why", "corrected", "--json"))["released"] == "1.0.1"
    run("sync", "my-coop", "--region", "PE-SAM", "--apply", "safe")
    run("release", "my-coop", "--region", "PE-SAM", "--why", "corrected")

    tree = told(run("lineage", "my-coop", "--json"))["editions"]
    assert [(e["region"], e["version"], e["behind"]) for e in tree] == [
        ("001", "1.0.1", 0),
        ("PE", "1.0.1", 0),
        ("PE-SAM", "1.0.1", 0),
    ]
    assert tree[2]["states"]["adapted"] >= 5

    manual = tmp_path / "manual.docx"
    run("export", "my-coop", "--region", "PE-SAM", "--language", "es", "--format", "docx", "-o", str(manual))
    words = "\n".join(p.text for p in Document(str(manual)).element.body.iter() if p.tag.endswith("}t") and p.text)
    assert "Cuatro" in words
    assert "Consejo de Administración" in words
