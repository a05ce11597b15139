"""Reading Word files made by anyone: time that grows with the file and not faster, whatever the file is full of.

`python -m tests.benchmarks.word_in FILE…` also measures real files against pandoc: the share of the document's words
that each finds, headings and list items found. The files are anyone's own; none come with the repository.
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from lxml import etree

from app.interchange.formats.docx.foreign import read_foreign
from app.interchange.formats.docx.opening import Limits
from app.interchange.formats.docx.reading import read_docx
from tests.benchmarks.rows import Row
from tests.interchange.foreign_files import bold, item, numbered, par, table, text, text_box, word
from tests.interchange.foreign_files import run as made_run

FEW, MANY = 12_500, 50_000
MOST_GROWTH = 1.5 * MANY / FEW  # linear is 4; what is quadratic would be 16
MOST_SECONDS = 15.0
_NO_RATIO = Limits(ratio=100_000)  # made-up files repeat themselves more than any text does
_CHANGED = '<w:p><w:ins w:author="a" w:date="d">{0}</w:ins><w:del w:author="a" w:date="d">{0}</w:del></w:p>'
_KINDS: dict[str, Callable[[int], str]] = {
    "text": lambda count: text() * count,
    "bold headings": lambda count: (bold("Uno") + text()) * (count // 2),
    "list items": lambda count: item("uno") * count,
    "typed numbers": lambda count: "".join(par(f"{number % 99 + 1}. uno") for number in range(count)),
    "tables": lambda count: table((par("a"), par("b")), (par("c"), par("d"))) * (count // 4),
    "lines with tabs": lambda count: par("a</w:t><w:tab/><w:t>b") * count,
    "text boxes": lambda count: par("x", "", "", text_box(par("y"))) * (count // 3),
    "tracked changes": lambda count: _CHANGED.format(made_run("x")) * count,
    "deleted ends": lambda count: (
        f'<w:p><w:pPr><w:rPr><w:del w:author="a"/></w:rPr></w:pPr>{made_run("x ")}</w:p>' * count
    ),
    "fields left open": lambda count: (
        f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{made_run("x")}</w:p>' * count
    ),
}


def run() -> list[Row]:
    """Measure every kind of content at two sizes."""
    rows = []
    slowest = 0.0
    for kind, made in _KINDS.items():
        few, many = _seconds(made(FEW)), _seconds(made(MANY))
        slowest = max(slowest, many)
        case = f"Word file of {MANY:,} paragraphs against {FEW:,}: {kind} ({many:.2f} s)"
        rows.append(Row(case, many / few, MOST_GROWTH, "×", many / few <= MOST_GROWTH))
    return [
        *rows,
        Row(f"the slowest of these, {MANY:,} paragraphs", slowest, MOST_SECONDS, "s", slowest <= MOST_SECONDS),
    ]


def _seconds(body: str) -> float:
    data = word(body, {"n": ("numbering", "numbering.xml")}, {"numbering": numbered("decimal")})
    started = time.process_time()
    read_foreign(data, limits=_NO_RATIO)
    return time.process_time() - started


def compared(path: Path) -> str:
    """Return one line: the words of a file that we find and that pandoc finds, headings and list items of both."""
    ours = read_docx(path.read_bytes(), path.name).markdown
    theirs = _pandoc(path, "markdown-smart")
    words = _words(_visible(path))
    shares = (_share(words, _words(re.sub(r"\\([^\w\s])", r"\1", ours))), _share(words, _words(_pandoc(path, "plain"))))
    marks = [
        len(re.findall(mark, source))
        for mark in (r"(?m)^#{1,6} ", r"(?m)^\s*(?:-|\d+\.) ")
        for source in (ours, theirs)
    ]
    return "{:36} words {:6} ours {:.4f} pandoc {:.4f} headings {}/{} items {}/{}".format(
        path.name[:36], words.total(), *shares, *marks
    )


def _pandoc(path: Path, form: str) -> str:
    command = ["pandoc", str(path), "-t", form, "--wrap=none", "--track-changes=accept"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def _words(source: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", source.lower()))


def _share(words: Counter[str], found: Counter[str]) -> float:
    return (words & found).total() / words.total() if words else 1.0


def _visible(path: Path) -> str:
    """The words of text and notes as they stand in the file, those of older versions of a drawing not twice."""
    lines = []
    with zipfile.ZipFile(path) as archive:
        for part in {"word/document.xml", "word/footnotes.xml", "word/endnotes.xml"} & set(archive.namelist()):
            root = etree.fromstring(archive.read(part))
            for repeated in list(root.iter("{*}Fallback", "{*}moveFrom")):
                repeated.clear()
            for element in root.iter("{*}p", "{*}t", "{*}tab", "{*}br"):
                lines.append(element.text or " " if str(element.tag).endswith("}t") else " ")
    return "".join(lines)


if __name__ == "__main__":
    for name in sys.argv[1:]:
        print(compared(Path(name)))
