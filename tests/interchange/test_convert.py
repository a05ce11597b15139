"""`vivero convert`, run as people run it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner

from app.core.unitfile import parse
from app.core_cli.convert import convert
from tests.interchange.foreign_files import TEXT, bold, drawing, par, text, word, zipped
from tests.interchange.manuals import png

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600


@pytest.fixture
def curriculum(tmp_path: Path) -> Path:
    root = tmp_path / "my-course"
    unit = root / "es" / "01-basics"
    unit.mkdir(parents=True)
    (root / "media").mkdir()
    (root / "media" / "a.png").write_bytes(png())
    (root / "curriculum.toml").write_text(
        'version = "1.0.0"\nlicence = "CC BY-SA 4.0"\ncredits = ["Equipo"]\n[titles]\nes = "Mi curso"\n'
        '[variables.crop]\nvalue = { es = "café" }\n[[modules]]\nfolder = "01-basics"\ntitles.es = "Lo básico"\n',
        encoding="utf-8",
    )
    (unit / "02-second.md").write_text("# Segunda\n\n- a\n- b\n", encoding="utf-8")
    (unit / "01-first.md").write_text(
        "---\nuid: u1\nminutes: 60\n---\n\n# Primera\n\nVendemos {{crop}}.\n\n![Foto](media/a.png)\n\n"
        "/// note | N\nsecreto\n///\n",
        encoding="utf-8",
    )
    return root


def ran(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(convert, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    return result.exit_code, result.output


def test_a_folder_becomes_a_manual_in_its_order_with_title_variables_and_pictures(curriculum: Path) -> None:
    target = curriculum / "out.docx"
    assert ran(curriculum / "es", target) == (0, "")
    document = docx.Document(str(target))
    assert [p.text for p in document.paragraphs if p.style.name.startswith("Heading")] == [
        "Lo básico",
        "Primera",
        "Segunda",
        "Créditos y licencia",
    ]
    assert "Vendemos café." in [p.text for p in document.paragraphs]
    assert document.core_properties.title == "Mi curso"
    assert document.core_properties.language == "es"
    assert len(document.inline_shapes) == 1


def test_a_participants_manual_leaves_the_notes_out(curriculum: Path) -> None:
    target = curriculum / "out.html"
    assert ran(curriculum / "es", target, "--audience", "participant") == (0, "")
    assert "secreto" not in target.read_text("utf-8")


@pytest.mark.parametrize(("name", "start"), [("o.docx", b"PK"), ("o.pdf", b"%PDF"), ("o.html", b"<!doctype html>")])
def test_a_file_becomes_any_format(curriculum: Path, name: str, start: bytes) -> None:
    target = curriculum / name
    assert ran(curriculum / "es" / "01-basics" / "01-first.md", target) == (0, "")
    assert target.read_bytes().startswith(start)


def test_word_becomes_markdown_with_its_pictures_beside_it(curriculum: Path) -> None:
    word, text = curriculum / "out.docx", curriculum / "out.md"
    ran(curriculum / "es" / "01-basics" / "01-first.md", word)
    assert ran(word, text) == (0, "")
    assert "# Primera" in text.read_text("utf-8")
    assert (curriculum / "media" / "picture1.png").read_bytes() == png()


def test_a_picture_outside_the_curriculum_is_not_taken_along(curriculum: Path, tmp_path: Path) -> None:
    (tmp_path / "private.png").write_bytes(png())
    source = curriculum / "es" / "01-basics" / "02-second.md"
    source.write_text(f"# T\n\n![x](../../../private.png) ![y]({tmp_path}/private.png)\n", encoding="utf-8")
    ran(curriculum / "es", curriculum / "out.docx")
    assert len(docx.Document(str(curriculum / "out.docx")).inline_shapes) == 1


@pytest.mark.parametrize(
    ("name", "data", "code", "message"),
    [
        ("a.md", b"caf\xe9", 1, "is not UTF-8 text (byte 4)"),
        ("a.docx", b"", 1, "The file is empty."),
        ("~$a.docx", b"x", 1, "beside an open document"),
        ("a.txt", b"x", 2, "IN and OUT must be"),
        ("a.docm", b"PK", 1, "is damaged"),
        ("a.doc", OLD, 1, "old Word version"),
        ("a.rtf", b"{\\rtf1 hola}", 1, "rich text file"),
        ("a.odt", zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}), 1, "file of LibreOffice"),
    ],
)
def test_what_cannot_be_converted_is_said_and_nothing_is_written(
    tmp_path: Path, name: str, data: bytes, code: int, message: str
) -> None:
    source, target = tmp_path / name, tmp_path / ("out.docx" if name.endswith(".md") else "out.md")
    source.write_bytes(data)
    target.write_text("as it was")
    exit_code, output = ran(source, target)
    assert (exit_code, message in output) == (code, True), output
    assert target.read_text() == "as it was"
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([name, target.name])


def test_a_word_file_made_by_anyone_becomes_text_with_headings_and_says_what_is_missing(tmp_path: Path) -> None:
    source, target = tmp_path / "manual.docx", tmp_path / "manual.md"
    header = {"h": ("header", "header1.xml")}
    section = '<w:sectPr><w:headerReference w:type="default" r:id="h"/></w:sectPr>'
    source.write_bytes(word(text() + bold("Para empezar") + text() + section, header, {"header1": par("Mi manual")}))
    assert ran(source, target) == (0, "Left out: 1 × line at the head of pages\n")
    assert target.read_text("utf-8") == f"{TEXT}\n\n# Para empezar\n\n{TEXT}\n"


def test_a_word_file_becomes_a_folder_of_modules_and_units_and_a_manual_again(tmp_path: Path) -> None:
    source, folder = tmp_path / "manual.docx", tmp_path / "curso"
    body = "".join(
        bold(f"Módulo {n}", 32) + bold(f"Unidad {n}.1", 26) + text() + bold(f"Unidad {n}.2", 26) + text()
        for n in (1, 2)
    )
    picture = par("", "", "", drawing("p", "Una canasta"))
    source.write_bytes(word(body + picture, {"p": ("image", "media/a.png")}, {"media/a.png": png()}))
    assert ran(source, folder) == (0, "")
    names = sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
    assert names == [
        "curriculum.toml", "es/01-modulo-1/01-unidad-1-1.md", "es/01-modulo-1/02-unidad-1-2.md",
        "es/02-modulo-2/01-unidad-2-1.md", "es/02-modulo-2/02-unidad-2-2.md", "media/picture1.png",
    ]  # fmt: skip
    unit = parse((folder / names[1]).read_text("utf-8"))
    assert (unit.uid, [block.text for block in unit.blocks]) == ("manual-1-1", ["# Unidad 1.1", TEXT])
    again = tmp_path / "again.docx"
    assert ran(folder / "es", again) == (0, "")
    heads = [p.text for p in docx.Document(str(again)).paragraphs if p.style and p.style.name == "Heading 1"]
    assert heads == ["Módulo 1", "Módulo 2"]
    assert ran(source, folder)[0] == 1


def test_json_says_what_was_written_and_left_out(curriculum: Path) -> None:
    target = curriculum / "o.docx"
    code, output = ran(curriculum / "es" / "01-basics" / "01-first.md", target, "--json")
    assert (code, json.loads(output)) == (0, {"written": str(target), "pictures": 1, "left_out": {}})


def test_a_folder_without_markdown_is_refused(tmp_path: Path) -> None:
    assert ran(tmp_path, tmp_path / "o.docx")[0] == 1


def test_converting_loads_neither_the_web_framework_nor_the_database_nor_word_libraries(curriculum: Path) -> None:
    script = (
        "import sys; from app.cli import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "print(sorted({'flask', 'sqlalchemy', 'docx', 'lxml', 'typst', 'markdown'} & set(sys.modules)))"
    )
    command = [sys.executable, "-c", script, "convert", str(curriculum / "es" / "01-basics" / "02-second.md")]
    done = subprocess.run([*command, str(curriculum / "o.docx")], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
