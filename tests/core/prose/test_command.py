"""`vivero merge` on files: exit codes, markers, JSON, and nothing lost when it stops."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.core_cli import merge as command
from app.core_cli.merge import merge

CLASH = ("Pagan 5 soles.\nFin.\n", "Pagan 25 dólares.\nFin.\n", "Pagan 75 soles.\nFin.\n")
CALM = ("Uno. Dos.\n", "Uno. Dos tres.\n", "Uno.  Dos.\n")
CLEAN = ("a\n\nb\n\nc\n", "A\n\nb\n\nc\n", "a\n\nb\n\nC\n")


def run(folder: Path, texts: tuple[str | bytes, str | bytes, str | bytes], *options: str) -> Result:
    paths = [folder / name for name in ("base.md", "ours.md", "theirs.md")]
    for path, text in zip(paths, texts, strict=True):
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return CliRunner().invoke(merge, [*map(str, paths), *options])


def test_a_clean_merge_is_printed_and_leaves_with_0(tmp_path: Path) -> None:
    result = run(tmp_path, CLEAN)

    assert (result.exit_code, result.stdout) == (0, "A\n\nb\n\nC\n")


def test_a_place_is_shown_between_the_markers_of_git(tmp_path: Path) -> None:
    result = run(tmp_path, CLASH)

    assert result.exit_code == 1
    assert result.stdout == (
        "<<<<<<< ours\nPagan 25 dólares.\n||||||| base\nPagan 5 soles.\n"
        "=======\nPagan 75 soles.\n>>>>>>> theirs\nFin.\n"
    )


def test_a_place_within_a_line_shows_the_whole_line(tmp_path: Path) -> None:
    result = run(tmp_path, ("Ya. Va 5. Fin.\n", "Ya. Va 25. Fin.\n", "Ya. Va 75. Fin.\n"))

    assert result.stdout == (
        "<<<<<<< ours\nYa. Va 25. Fin.\n||||||| base\nYa. Va 5. Fin.\n=======\nYa. Va 75. Fin.\n>>>>>>> theirs\n"
    )


def test_markers_are_longer_than_any_in_the_lesson(tmp_path: Path) -> None:
    lesson = "<<<<<<< HEAD\nrojo\n=======\n\n"

    result = run(tmp_path, (lesson + CLASH[0], lesson + CLASH[1], lesson + CLASH[2]))

    assert result.stdout.startswith(lesson + "<<<<<<<< ours\n")
    assert "\n========\n" in result.stdout


def test_parts_filled_with_one_choice_each_are_the_whole_file(tmp_path: Path) -> None:
    result = run(tmp_path, CLASH, "--json")

    answer = json.loads(result.stdout)
    assert result.exit_code == 1
    assert answer["clean"] is False
    assert set(answer["places"][0]) == {"base", "ours", "theirs", "proposal", "careful", "why"}
    filled = "".join(part if isinstance(part, str) else answer["places"][part]["theirs"] for part in answer["parts"])
    assert filled == CLASH[2]


def test_accepting_proposals_fills_the_calm_places_only(tmp_path: Path) -> None:
    calm = run(tmp_path, CALM, "--accept-proposals")
    clash = run(tmp_path, CLASH, "--accept-proposals")

    assert (calm.exit_code, calm.stdout) == (0, "Uno. Dos tres.\n")
    assert clash.exit_code == 1


def test_the_result_goes_to_the_output_file_which_may_be_an_input(tmp_path: Path) -> None:
    result = run(tmp_path, CLEAN, "-o", str(tmp_path / "ours.md"))

    assert (result.exit_code, result.stdout) == (0, "")
    assert (tmp_path / "ours.md").read_text() == "A\n\nb\n\nC\n"


def test_text_that_is_not_utf_8_is_refused_and_the_output_left_alone(tmp_path: Path) -> None:
    out = tmp_path / "out.md"
    out.write_text("kept")

    result = run(tmp_path, ("a", b"caf\xe9", "b"), "-o", str(out))

    assert result.exit_code == 2
    assert "ours.md is not UTF-8 text (byte 4)" in result.stderr
    assert out.read_text() == "kept"


def test_a_file_beyond_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "LARGEST_FILE_BYTES", 3)

    result = run(tmp_path, ("a", "abcd", "b"))

    assert result.exit_code == 2
    assert "is larger than" in result.stderr


def test_an_output_that_cannot_be_written_is_a_message(tmp_path: Path) -> None:
    result = run(tmp_path, CLEAN, "-o", str(tmp_path / "missing" / "out.md"))

    assert result.exit_code == 2
    assert "cannot be written" in result.stderr


def test_line_ends_and_a_missing_last_one_are_kept(tmp_path: Path) -> None:
    result = run(tmp_path, ("a\r\n\r\nb\r\n\r\nc", "A\r\n\r\nb\r\n\r\nc", "a\r\n\r\nb\r\n\r\nC"))

    assert result.stdout_bytes == b"A\r\n\r\nb\r\n\r\nC"
