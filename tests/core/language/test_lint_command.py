from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner, Result

from app.cli import vivero

TEXT = "---\nuid: u\nminutes: 5\n---\n\n# Los socios\n\nSe paga.\n\nLos **técnicos** deben efectuar visitas.\n"


def lint(tmp_path: Path, *options: str, text: str | bytes = TEXT) -> Result:
    path = tmp_path / "unit.md"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return CliRunner().invoke(vivero, ["lint", str(path), *options])


def test_each_finding_is_one_json_object_with_the_block_as_vivero_blocks_counts_it(tmp_path: Path) -> None:
    result = lint(tmp_path, "--json")
    found = [json.loads(line) for line in result.output.splitlines()]
    assert result.exit_code == 0
    assert [list(one) for one in found] == [["block", "text", "rule", "suggestions"]] * 2
    assert [(one["block"], one["text"], one["rule"]) for one in found] == [
        (1, "Los socios", "inclusive-people"),
        (3, "Los **técnicos", "inclusive-people"),
    ]


def test_without_front_matter_the_first_block_is_number_zero(tmp_path: Path) -> None:
    result = lint(tmp_path, "--json", "--policy", "split", text="Los socios.")
    assert json.loads(result.output)["block"] == 0
    assert json.loads(result.output)["suggestions"][0] == "las y los socios"


def test_plain_rules_speak_only_when_asked(tmp_path: Path) -> None:
    asked = [json.loads(line)["rule"] for line in lint(tmp_path, "--plain", "--json").output.splitlines()]
    alone = [
        json.loads(line)["rule"] for line in lint(tmp_path, "--plain", "--policy", "off", "--json").output.splitlines()
    ]
    assert asked == ["inclusive-people", "inclusive-people", "plain-word"]
    assert alone == ["plain-word"]


def test_the_policy_off_and_a_clean_text_print_nothing(tmp_path: Path) -> None:
    for result in (lint(tmp_path, "--policy", "off"), lint(tmp_path, text="El café."), lint(tmp_path, text="")):
        assert (result.exit_code, result.output) == (0, "")


def test_people_read_the_block_the_words_and_why(tmp_path: Path) -> None:
    assert lint(tmp_path, text="Los socios.").output.splitlines() == [
        "0: Los socios → las personas socias · la membresía · la base social · las y los socios"
        " · las socias y los socios",
        "    inclusive-people: This names a group in the masculine, as if only men belonged to it.",
    ]


def test_another_language_has_no_inclusive_rules_and_says_so(tmp_path: Path) -> None:
    result = lint(tmp_path, "--language", "quy", "--json")
    assert result.exit_code == 0
    assert result.stdout == ""
    assert "no inclusive rules for the language quy" in result.stderr


def test_a_regional_spanish_is_spanish(tmp_path: Path) -> None:
    assert "Los socios" in lint(tmp_path, "--language", "es-PE").output


def test_a_file_that_is_not_utf8_is_refused_and_an_unknown_policy_is_wrong_usage(tmp_path: Path) -> None:
    assert lint(tmp_path, text=b"a\xff").exit_code == 1
    assert lint(tmp_path, "--policy", "x").exit_code == 2


def test_the_command_imports_neither_flask_nor_sqlalchemy() -> None:
    code = "import sys, app.core_cli.lint; print(*(m for m in ('flask', 'sqlalchemy') if m in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
