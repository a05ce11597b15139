from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result

from app.cli import vivero
from tests.core.test_teaching import GOOD

TOML = """slug = "selling"
version = "1.0.0"
region = "001"
source_language = "en"
languages = ["en", "es"]
licence = "CC-BY-SA-4.0"
credits = ["Us"]
[titles]
en = "Selling"
es = "Vender"
[[modules]]
uid = "m-1"
folder = "01-selling"
titles.en = "Selling"
titles.es = "Vender"
"""


def written(root: Path, *, spanish: str = GOOD, toml: str = TOML, readme: bool = True) -> Path:
    folder = root / "selling"
    for language, text in (("en", GOOD), ("es", spanish)):
        path = folder / language / "01-selling" / "01-together.md"
        path.parent.mkdir(parents=True)
        path.write_text(text, "utf-8")
    (folder / "curriculum.toml").write_text(toml, "utf-8")
    if readme:
        (folder / "README.md").write_text("# Ours\n", "utf-8")
    return root


def checked(root: Path, *options: str) -> Result:
    return CliRunner().invoke(vivero, ["check", str(root), *options])


def test_a_folder_without_faults_is_listed_with_words_and_reading_ease(tmp_path: Path) -> None:
    found = checked(written(tmp_path))
    assert found.exit_code == 0, found.output
    assert "words  es/01-selling/01-together.md" in found.output


def test_json_holds_every_page(tmp_path: Path) -> None:
    found = json.loads(checked(written(tmp_path), "--json").output)
    (proof,) = found["curricula"]
    assert [page["language"] for page in proof["pages"]] == ["en", "es"]
    assert all(page["words"] > 40 and page["reading_ease"] > 60 for page in proof["pages"])
    assert proof["faults"] == []


def test_a_fault_names_file_and_line_and_ends_with_1(tmp_path: Path) -> None:
    found = checked(written(tmp_path, spanish=GOOD.replace("1,200", "1,300")))
    assert found.exit_code == 1
    line = GOOD.split("\n").index("/// case | The buyer") + 1
    assert f"es/01-selling/01-together.md, line {line}: Numbers differ" in found.output


def test_an_unused_variable_and_a_missing_readme_are_faults(tmp_path: Path) -> None:
    toml = TOML.replace("[[modules]]", '[variables.crop]\nvalue = "cocoa"\n[[modules]]')
    found = checked(written(tmp_path, toml=toml, readme=False))
    assert found.exit_code == 1
    assert "“crop” is declared and used nowhere" in found.output
    assert "There is no README.md" in found.output


def test_hard_pages_are_listed_and_are_no_fault(tmp_path: Path) -> None:
    hard = "Institutional responsibilities presuppose considerable administrative simplification. " * 30
    found = checked(written(tmp_path, spanish=GOOD.replace("Nobody confesses.", hard)))
    assert found.exit_code == 0
    assert "Hard to read: es/01-selling/01-together.md" in found.output


def test_what_cannot_be_read_is_told_beside_what_can(tmp_path: Path) -> None:
    written(tmp_path)
    other = tmp_path / "broken"
    other.mkdir()
    (other / "curriculum.toml").write_text("slug =", "utf-8")
    found = checked(tmp_path)
    assert found.exit_code == 1
    assert "selling: 2 unit texts" in found.output
    assert "broken" in found.output


def test_a_folder_that_no_module_names_is_told_and_its_units_are_not_read(tmp_path: Path) -> None:
    stray = written(tmp_path) / "selling" / "en" / "02-forgotten"
    stray.mkdir()
    (stray / "01-alone.md").write_text("not a unit", "utf-8")
    found = checked(tmp_path)
    assert found.exit_code == 1
    assert "en/02-forgotten, line 0: No module in curriculum.toml names this folder" in found.output


def test_a_folder_without_curricula_is_refused(tmp_path: Path) -> None:
    found = checked(tmp_path)
    assert found.exit_code == 1
    assert "There is no curriculum.toml" in found.output
