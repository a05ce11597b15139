from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner

from app.core.content import canonical
from app.core_cli.blocks import blocks

TEXT = "\ufeff---\r\nuid: u\r\nminutes: 5\r\n---\r\n\r\n# T  \r\nText\r\n\r\n\r\n/// note | N\r\nx\r\n///\r\n"


def run(path: Path) -> list[dict[str, str]]:
    result = CliRunner().invoke(blocks, [str(path)])
    assert result.exit_code == 0
    return [json.loads(line) for line in result.output.splitlines()]


def test_the_texts_joined_are_the_canonical_form(tmp_path: Path) -> None:
    path = tmp_path / "unit.md"
    path.write_bytes(TEXT.encode())
    found = run(path)
    assert "".join(block["text"] for block in found) == canonical(TEXT)
    assert [block["kind"] for block in found] == ["front_matter", "heading", "paragraph", "note"]
    assert [list(block) for block in found] == [["kind", "text"]] * 4


def test_an_empty_file_has_no_blocks(tmp_path: Path) -> None:
    path = tmp_path / "unit.md"
    path.write_bytes(b"")
    assert run(path) == []


def test_a_file_that_is_not_utf8_is_refused_with_exit_code_one(tmp_path: Path) -> None:
    path = tmp_path / "unit.md"
    path.write_bytes(b"a\xff")
    result = CliRunner().invoke(blocks, [str(path)])
    assert result.exit_code == 1
    assert "not UTF-8 text (byte 2)" in result.output


def test_a_missing_file_is_wrong_usage(tmp_path: Path) -> None:
    assert CliRunner().invoke(blocks, [str(tmp_path / "none.md")]).exit_code == 2


def test_the_command_imports_neither_flask_nor_sqlalchemy_nor_the_parser() -> None:
    code = (
        "import sys, app.core_cli.blocks; print(*(m for m in ('flask', 'sqlalchemy', 'markdown') if m in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
