"""Folders and files made to break `vivero load` and the commands without a database: one clear line, no harm."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import func, select

from app.cli import vivero
from app.infra.db import Base, db
from app.interchange.formats.document import Manual, ManualBlock, ManualModule, ManualUnit
from app.interchange.formats.write import write
from tests import factories

DECLARED = """\
slug = "small"
version = "1.0.0"
region = "001"
source_language = "es"
languages = ["es", "en"]
licence = "CC-BY-SA-4.0"
credits = ["Vivero"]

[titles]
es = "Pequeño"
en = "Small"

[variables.buyer]
value = "intermediario"

[[modules]]
uid = "small-1"
folder = "one"
[modules.titles]
es = "Uno"
en = "One"
"""
UNIT = """\
---
uid: small-1-1
minutes: 30
---

# Título {{buyer}}

Un párrafo.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A curriculum of one unit that loads."""
    root = tmp_path / "small"
    for language in ("es", "en"):
        (root / language / "one").mkdir(parents=True)
        (root / language / "one" / "01.md").write_text(UNIT, "utf-8")
    (root / "media").mkdir()
    (root / "media" / "there.svg").write_text("<svg/>")
    (root / "curriculum.toml").write_text(DECLARED, "utf-8")
    return root


def counts() -> list[int]:
    return [db.session.scalar(select(func.count()).select_from(t)) or 0 for t in Base.metadata.sorted_tables]


def load(path: Path) -> Result:
    return CliRunner().invoke(vivero, ["load", str(path)])


def put(name: str, content: str | bytes) -> Callable[[Path], None]:
    """Write a file of the curriculum."""

    def change(root: Path) -> None:
        place = root / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content if isinstance(content, bytes) else content.encode())

    return change


def both(content: str) -> Callable[[Path], None]:
    """Write the unit in both languages."""

    def change(root: Path) -> None:
        for language in ("es", "en"):
            put(f"{language}/one/01.md", content)(root)

    return change


def link(name: str, target: str) -> Callable[[Path], None]:
    """Put a symbolic link where a file should be."""

    def change(root: Path) -> None:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).symlink_to(target)

    return change


def folder_as(name: str) -> Callable[[Path], None]:
    return lambda root: (root / name).mkdir(parents=True)


def pipe_as(name: str) -> Callable[[Path], None]:
    return lambda root: os.mkfifo(root / name)


def many(root: Path) -> None:
    for number in range(3_000):
        (root / "es" / "one" / f"{number:04}x.md").touch()


def large(root: Path) -> None:
    with (root / "es/one/01.md").open("wb") as file:
        file.truncate(50_000_000)


SECOND = UNIT.replace("small-1-1", "small-1-2")
NAMED = UNIT + "{: #same}\n"

FAULTY: dict[str, tuple[Callable[[Path], None], tuple[str, ...]]] = {
    "not utf-8": (put("es/one/01.md", UNIT.encode("latin-1")), ("es/one/01.md, line 6", "not UTF-8")),
    "toml not utf-8": (put("curriculum.toml", b"slug = '\xff'"), ("curriculum.toml, line 1", "not UTF-8")),
    "no toml": (put("curriculum.toml", "slug = ["), ("curriculum.toml, line 1", "not TOML")),
    "deep toml": (put("curriculum.toml", "a = " + "[" * 5_000), ("curriculum.toml, line 1",)),
    "no front matter": (put("es/one/01.md", "# Uno\n"), ("es/one/01.md, line 1",)),
    "front matter is a list": (put("es/one/01.md", "---\n- a\n---\n"), ("es/one/01.md, line 1",)),
    "front matter is a bomb": (
        put("es/one/01.md", "---\na: &a [x]\nb: &b [*a,*a]\nuid: *b\nminutes: 1\n---\n"),
        ("es/one/01.md",),
    ),
    "front matter runs code": (
        put("es/one/01.md", "---\nuid: !!python/object/apply:os.getcwd []\nminutes: 1\n---\n"),
        ("es/one/01.md, line 2",),
    ),
    "minutes without end": (put("es/one/01.md", UNIT.replace("30", "9" * 5_000)), ("es/one/01.md",)),
    "unknown variable": (both(UNIT.replace("Un pá", "{{moneda}} pá")), ("es/one/01.md, line 8", "moneda")),
    "broken picture": (both(UNIT + "\nUno.\nY ![x](media/no.svg)\n"), ("es/one/01.md, line 11", "media/no.svg")),
    "picture elsewhere": (both(UNIT + "\n![x](../there.svg)\n"), ("es/one/01.md, line 10", "../there.svg")),
    "broken picture by reference": (both(UNIT + "\n![x][a]\n\n[a]: media/no.svg\n"), ("es/one/01.md", "media/no.svg")),
    "uid twice in one file": (both(NAMED + "\nDos.\n{: #same}\n"), ("es/one/01.md, line 11", "same")),
    "uid of the unit given to a block": (both(UNIT + "{: #small-1-1}\n"), ("es/one/01.md, line 8", "small-1-1")),
    "uid of the module given to a block": (both(UNIT + "{: #small-1}\n"), ("es/one/01.md, line 8", "small-1")),
    "uid of the module given to the unit": (both(UNIT.replace("small-1-1", "small-1")), ("es/one/01.md", "small-1")),
    "changed structure": (put("en/one/01.md", UNIT + "\n- a\n"), ("en/one/01.md, line 10", "list")),
    "missing translation": (lambda root: (root / "en/one/01.md").unlink(), ("en/one/01.md", "missing")),
    "stray translation": (put("en/one/02.md", SECOND), ("en/one/02.md",)),
    "no units": (lambda root: (root / "es/one/01.md").unlink(), ("en/one/01.md",)),
    "50 MB": (large, ("es/one/01.md", "larger than 2 MB")),
    "3,000 files": (many, ("one", "more than 2000 files")),
    "a folder named x.md": (folder_as("es/one/x.md"), ("es/one/x.md", "not a file")),
    "a pipe named x.md": (pipe_as("es/one/x.md"), ("es/one/x.md", "not a file")),
    "a link out": (link("es/one/x.md", "/etc/passwd"), ("es/one/x.md", "leads out")),
    "a link out to a folder": (link("es/one/x.md", "/etc"), ("es/one/x.md", "leads out")),
    "a link in a circle": (link("es/one/x.md", "x.md"), ("es/one/x.md",)),
    "a link to nothing": (link("es/one/x.md", "nothing.md"), ("es/one/x.md", "not a file")),
    "a picture that is a link out": (link("media/x.svg", "/etc/passwd"), ("media/x.svg", "leads out")),
    "a module folder that climbs": (
        put("curriculum.toml", DECLARED.replace('"one"', '"../../etc"')),
        ("curriculum.toml", "../../etc"),
    ),
    "a hundred brackets": (both(UNIT + "\n" + "[" * 100 + "\n"), ("es/one/01.md, line 10", "nested too deeply")),
    "a block too long": (both(UNIT + "\n" + "palabra " * 15_000 + "\n"), ("es/one/01.md, line 10", "at most")),
    "NUL in a text": (both(UNIT + "\nUn \x00 nulo.\n"), ("es/one/01.md, line 10",)),
}


def test_a_faulty_file_is_told_with_its_line_and_nothing_is_changed(app: Flask, folder: Path, tmp_path: Path) -> None:
    before, wrong = counts(), []
    for name, (break_it, said) in FAULTY.items():
        broken = tmp_path / "broken" / "small"
        shutil.rmtree(broken.parent, ignore_errors=True)
        shutil.copytree(folder, broken)
        break_it(broken)
        result = load(broken)
        fine = result.exit_code == 1 and isinstance(result.exception, SystemExit) and result.stderr.count("\n") == 1
        if not fine or not all(part in result.stderr for part in said):
            wrong.append(f"{name}: {result.exit_code} {result.stderr[:200]!r} {result.exception!r}")
        assert counts() == before, name
    assert not wrong, "\n".join(wrong)


def test_marks_and_line_ends_of_other_systems_are_no_fault(app: Flask, folder: Path) -> None:
    assert load(folder).exit_code == 0
    before = counts()
    for path in (*folder.rglob("*.md"), folder / "curriculum.toml"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    result = load(folder)
    assert "nothing changed" in result.stdout
    assert counts() == before


def test_a_uid_twice_across_files_is_told(app: Flask, folder: Path) -> None:
    for language in ("es", "en"):
        put(f"{language}/one/01.md", NAMED)(folder)
        put(f"{language}/one/02.md", SECOND + "{: #same}\n")(folder)
    result = load(folder)
    assert result.exit_code == 1
    assert "es/one/02.md, line 8" in result.stderr
    assert "es/one/01.md" in result.stderr


def test_a_uid_of_another_curriculum_is_told_and_nothing_is_changed(app: Flask, folder: Path) -> None:
    factories.load()
    before = counts()
    put("curriculum.toml", DECLARED.replace("small-1", "my-coop-1"))(folder)
    result = load(folder)
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert "my-coop-1" in result.stderr
    assert "my-coop/001" in result.stderr
    assert counts() == before


def test_a_fault_in_one_of_several_curricula_leaves_all_of_them_alone(app: Flask, folder: Path) -> None:
    other = folder.parent / "zebra"
    shutil.copytree(folder, other)
    put("curriculum.toml", DECLARED.replace("small", "zebra"))(other)
    put("es/one/01.md", "no")(other)
    before = counts()
    assert load(folder.parent).exit_code == 1
    assert counts() == before


def command(*words: str | Path) -> subprocess.CompletedProcess[str]:
    """`vivero …` as a process of its own."""
    line = [sys.executable, "-c", "from app.cli import main; main()", *map(str, words)]
    return subprocess.run(line, capture_output=True, text=True, timeout=60)


def bomb(inner: bytes = b"\0" * 300_000_000) -> bytes:
    """A Word file whose text unpacks to a hundred times what may be."""
    packed = io.BytesIO()
    plain = write(
        Manual("T", "es", (ManualModule("", "", (ManualUnit("u", "", 0, (ManualBlock("b", "text", "Uno."),)),)),)),
        "docx",
    )
    with zipfile.ZipFile(io.BytesIO(plain)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, inner if name == "word/document.xml" else old.read(name))
    return packed.getvalue()


LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY f SYSTEM "file:///etc/passwd">]>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>
<w:t>&c;&f;</w:t></w:r></w:p></w:body></w:document>"""


def test_commands_without_a_database_tell_faults_in_one_line(tmp_path: Path) -> None:
    good = tmp_path / "good.md"
    good.write_text("Uno.\n")
    files = {
        "binary.md": bytes(range(256)) * 10,
        "empty.md": b"",
        "none.docx": b"",
        "not-a-zip.docx": b"PK\x03\x04" + b"x" * 100,
        "bomb.docx": bomb(),
        "laughs.docx": bomb(LAUGHS),
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    with (tmp_path / "huge.md").open("wb") as file:
        file.truncate(50_000_000)
    (tmp_path / "folder.md").mkdir()
    out, nowhere = tmp_path / "out.md", tmp_path / "no" / "out.md"
    binary, huge, directory, missing = (tmp_path / n for n in ("binary.md", "huge.md", "folder.md", "missing.md"))
    wanted: list[tuple[tuple[str | Path, ...], set[int]]] = [
        *[(("merge", good, file, good), {1, 2}) for file in (binary, huge, directory, missing)],
        *[(("blocks", file), {1, 2}) for file in (binary, huge, directory, missing)],
        *[(("convert", file, tmp_path / "o.docx"), {1, 2}) for file in (binary, huge, directory, missing)],
        (("merge", good, good, good), {0}),
        (("merge", tmp_path / "empty.md", tmp_path / "empty.md", tmp_path / "empty.md"), {0}),
        (("blocks", tmp_path / "empty.md"), {0}),
        (("merge", good, good, good, "-o", nowhere), {2}),
        (("merge", good, good, good, "-o", "/proc/version"), {2}),
        (("merge", good, good, good, "-o", directory), {2}),
        (("convert", good, nowhere.with_suffix(".docx")), {1, 2}),
        (("convert", good, "/proc/vivero.docx"), {1, 2}),
        *[(("convert", tmp_path / name, out), {1}) for name in files if name.endswith(".docx")],
    ]
    wrong = []
    for words, codes in wanted:
        done = command(*words)
        lines = [line for line in done.stderr.splitlines() if line.strip()]
        told = len(lines) <= (0 if codes == {0} else 4) and "Traceback" not in done.stderr
        if done.returncode not in codes or not told or (codes != {0} and not lines):
            wrong.append(f"{[str(w) for w in words]}: {done.returncode} {done.stderr[-300:]!r}")
    assert not wrong, "\n".join(wrong)
    assert not out.exists()
    assert not list(tmp_path.glob(".*"))
