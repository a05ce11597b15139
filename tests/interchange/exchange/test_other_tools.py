"""What translators' programs do to a file when they save it does no harm: heads, comments, flags, tags, line breaks."""

from __future__ import annotations

import importlib
import io
import shutil
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from translate.storage import pypo, xliff

from app.interchange.formats import exchange
from app.interchange.formats.exchange import Bundle, Header, Segment, State, faults

LONG = (
    "Una cooperativa es de quienes la forman y cada quien tiene un voto, aunque entregue más o menos café que el resto."
)
BUNDLE = Bundle(
    Header("my-coop", "PE-SAM", "1.2.0", "4f2a", "es", "quy"),
    (
        Segment("u1", LONG, "Huk voto sapankama.", State.APPROVED),
        Segment("u2", "Dos", "Iskay", State.STALE, previous_source="Dos y medio"),
        Segment("u3", "Tres"),
    ),
)
PO = exchange.to_po(BUNDLE).decode()

POEDIT = (
    PO.replace("Language: quy", "Language: QUY")
    .replace('"X-Vivero-Region: PE-SAM\\n"\n', '"X-Vivero-"\n"Region: PE-SAM\\n"\n"X-Generator: Poedit 3.4\\n"\n')
    .replace(f'msgid "{LONG}"', f'# Revisar con la comunidad\nmsgid ""\n"{LONG[:60]}"\n"{LONG[60:]}"')
)


def test_a_head_wrapped_anew_and_comments_survive_poedit() -> None:
    text = POEDIT.replace('# Revisar con la comunidad\nmsgid ""', 'msgid ""').replace(
        "#. vivero-state: appr", "# Revisar con la comunidad\n#. vivero-state: appr"
    )
    fitted = exchange.against(exchange.from_po(text.encode()), BUNDLE)
    assert fitted.problems == ()
    assert [(s.source, s.target, s.state) for s in fitted.segments] == [
        (s.source, s.target, s.state) for s in BUNDLE.segments
    ]
    assert fitted.segments[0].comments == ("Revisar con la comunidad",)


@pytest.mark.parametrize(
    ("before", "after", "uid", "state"),
    [
        ('msgstr ""\n', 'msgstr "Kimsa"\n', "u3", State.REVIEW),
        (
            'msgctxt "u3"\nmsgid "Tres"\nmsgstr ""',
            '#, fuzzy\nmsgctxt "u3"\nmsgid "Tres"\nmsgstr "K"',
            "u3",
            State.DRAFT,
        ),
        ("#, fuzzy\n", "", "u2", State.REVIEW),
        ('msgstr "Iskay"', 'msgstr "Iskayniyuq"', "u2", State.DRAFT),
        ('msgstr "Iskay"', 'msgstr ""', "u2", State.MISSING),
        ('msgstr "Huk voto', 'msgstr "Sapanka voto', "u1", State.REVIEW),
        ('msgctxt "u1"', '#, fuzzy, c-format\nmsgctxt "u1"', "u1", State.DRAFT),
    ],
)
def test_what_a_translator_did_in_po_becomes_a_state(before: str, after: str, uid: str, state: State) -> None:
    text = before.join([PO[: PO.rindex(before)], PO[PO.rindex(before) + len(before) :]])
    assert text == PO
    at = PO.rindex(before)
    edited = PO[:at] + after + PO[at + len(before) :]
    fitted = exchange.against(exchange.from_po(edited.encode()), BUNDLE)
    assert fitted.problems == ()
    assert {s.uid: s.state for s in fitted.segments}[uid] is state


def test_obsolete_entries_are_passed_over() -> None:
    text = PO + '\n#~ msgctxt "u9"\n#~ msgid "Nueve"\n#~ msgstr "Isqun"\n\n#, fuzzy\n#~| msgid "x"\n#~ msgid "y"\n'
    fitted = exchange.against(exchange.from_po(text.encode()), BUNDLE)
    assert fitted.problems == ()
    assert len(fitted.segments) == 3


def test_plural_forms_that_a_tool_adds_are_read_by_their_first() -> None:
    text = PO.replace(
        'msgid "Dos"\nmsgstr "Iskay"', 'msgid "Dos"\nmsgid_plural "Dos"\nmsgstr[0] "Iskay"\nmsgstr[1] "X"'
    )
    fitted = exchange.against(exchange.from_po(text.encode()), BUNDLE)
    assert fitted.problems == ()
    assert fitted.segments[1].target == "Iskay"


def test_what_virtaal_saves_as_po_comes_back() -> None:
    store = pypo.pofile(io.BytesIO(PO.encode()))
    unit = store.units[-1]
    unit.target = 'Kimsa "k"\nimas'
    unit.addnote("mana yachanichu", origin="translator")
    fitted = exchange.against(exchange.from_po(bytes(store)), BUNDLE)
    assert fitted.problems == ()
    assert fitted.segments[2].target == 'Kimsa "k"\nimas'
    assert fitted.segments[2].state is State.REVIEW
    assert fitted.segments[2].comments == ("mana yachanichu",)


def test_what_virtaal_saves_as_xliff_comes_back() -> None:
    store: Any = xliff.xlifffile(io.BytesIO(exchange.to_xliff(BUNDLE)))
    store.units[2].target = "Kimsa"
    store.units[2].addnote("mana yachanichu", origin="translator")
    fitted = exchange.against(exchange.from_xliff(bytes(store)), BUNDLE)
    assert fitted.problems == ()
    assert [s.state for s in fitted.segments] == [State.APPROVED, State.STALE, State.REVIEW]
    assert fitted.segments[2].target == "Kimsa"
    assert fitted.segments[2].comments == ("mana yachanichu",)


def test_omegat_writes_the_source_where_nobody_translated() -> None:
    text = exchange.to_xliff(BUNDLE).replace(b"<source>Tres</source>", b"<source>Tres</source><target>Tres</target>")
    fitted = exchange.against(exchange.from_xliff(text), BUNDLE)
    assert fitted.segments[2].target == ""
    assert fitted.segments[2].state is State.MISSING


def test_tags_that_a_tool_puts_around_words_are_not_text() -> None:
    text = exchange.to_xliff(BUNDLE).replace(
        b"Iskay<", b'<mrk mtype="seg" mid="0">Is<g id="1">kay</g></mrk><x id="2"/><'
    )
    fitted = exchange.against(exchange.from_xliff(text), BUNDLE)
    assert fitted.segments[1].target == "Iskay"


OMEGAT_MEMORY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx11.dtd">
<tmx version="1.1">
  <header creationtool="OmegaT" o-tmf="OmegaT TMX" adminlang="EN-US" datatype="plaintext" creationtoolversion="6.0"
    segtype="sentence" srclang="ES"/>
  <body>
    <tu><tuv lang="QUY"><seg>Huk</seg></tuv>
    <tuv lang="ES-PE"><seg>Un<bpt i="1">&lt;b></bpt>o<ept i="1"/></seg></tuv></tu>
    <tu><tuv lang="es"><seg>Dos</seg></tuv><tuv lang="quy"><seg>Iskay</seg></tuv>
    <tuv lang="en"><seg>Two</seg></tuv></tu>
    <tu><tuv lang="quy"><seg>Kimsa</seg></tuv></tu>
    <tu><tuv lang="1!"><seg>Tawa</seg></tuv></tu>
  </body>
</tmx>"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_memory_of_another_program_is_read(encoding: str) -> None:
    pairs, problems = exchange.from_tmx(OMEGAT_MEMORY.encode(encoding))
    assert [(p.source_language, p.target_language, p.source, p.target) for p in pairs] == [
        ("ES-PE", "QUY", "Uno", "Huk"),
        ("es", "quy", "Dos", "Iskay"),
        ("es", "en", "Dos", "Two"),
    ]
    assert [(p.line, type(p.fault)) for p in problems] == [
        (11, faults.NoSource),
        (12, faults.NoLanguage),
        (12, faults.NoSource),
    ]


def test_a_memory_in_utf16_with_its_mark_is_read() -> None:
    text = OMEGAT_MEMORY.replace("UTF-8", "UTF-16").replace("Huk", "Ñawi")
    assert exchange.from_tmx(text.encode("utf-16"))[0][0].target == "Ñawi"


def converted(module: str, data: bytes, ending: str, *, to: str) -> bytes:
    """What one of translate-toolkit's own programs makes of a file."""
    program = importlib.import_module(f"translate.convert.{module}")
    with tempfile.TemporaryDirectory() as folder:
        here, there = Path(folder, f"a.{ending}"), Path(folder, f"b.{to}")
        here.write_bytes(data)
        program.main(["--progress=none", str(here), str(there)])
        return there.read_bytes()


def as_it_was(incoming: exchange.Incoming) -> list[tuple[str, str, str]]:
    return [(s.uid, s.source, s.target) for s in exchange.against(incoming, BUNDLE).segments]


def test_a_file_that_programs_of_the_translate_toolkit_renumbered_finds_its_paragraphs_by_their_source() -> None:
    there = [(s.uid, s.source, s.target) for s in BUNDLE.segments]
    as_xliff = converted("po2xliff", PO.encode(), "po", to="xliff")
    came = exchange.from_xliff(as_xliff)
    assert as_it_was(came) == there
    assert came.header.revision == "4f2a"
    assert [s.comments for s in came.segments] == [()] * 3
    back = exchange.from_po(converted("xliff2po", as_xliff, "xliff", to="po"))
    assert as_it_was(back) == there
    assert as_it_was(exchange.from_po(converted("xliff2po", exchange.to_xliff(BUNDLE), "xliff", to="po"))) == there


@pytest.mark.skipif(shutil.which("msgcat") is None, reason="no gettext here")
@pytest.mark.parametrize(
    "command",
    [
        "msgcat --escape",
        "msgcat --width=40 --sort-output",
        "msgattrib --clear-previous",
        "msgmerge --previous -q - {po}",
    ],
)
def test_what_gettext_writes_comes_back_as_it_went(command: str, tmp_path: Path) -> None:
    po = tmp_path / "a.po"
    po.write_text(PO, "utf-8")
    arguments = command.replace("{po}", str(po)).split()
    said = subprocess.run([*arguments, *([] if "-" in arguments else ["-"])], input=PO.encode(), capture_output=True)
    assert not said.returncode, said.stderr
    assert sorted(as_it_was(exchange.from_po(said.stdout))) == [(s.uid, s.source, s.target) for s in BUNDLE.segments]


@pytest.mark.skipif(shutil.which("msgfmt") is None, reason="no gettext here")
def test_gettext_finds_nothing_to_remark_on(tmp_path: Path) -> None:
    bundle = replace(BUNDLE, header=replace(BUNDLE.header, made="2026-11-22 08:00+0000"))
    said = subprocess.run(
        ["msgfmt", "--check", "-o", tmp_path / "a.mo", "-"], input=exchange.to_po(bundle), capture_output=True
    )
    assert (said.returncode, said.stderr) == (0, b"")


def test_texts_without_their_paragraph_are_placed_only_where_that_is_sure() -> None:
    twice = replace(BUNDLE, segments=(*BUNDLE.segments, Segment("u4", "Dos", "Otro"), Segment("u5", "Tres")))
    text = "\n".join(line for line in PO.split("\n") if not line.startswith("msgctxt")).replace(
        'msgid "Tres"\nmsgstr ""', 'msgid "Tres"\nmsgstr "Kimsa"'
    )
    came = exchange.against(exchange.from_po(text.encode()), twice)
    assert [(s.uid, s.target) for s in came.segments] == [
        ("u1", "Huk voto sapankama."),
        ("u3", "Kimsa"),
        ("u5", "Kimsa"),
    ]
    assert [type(p.fault) for p in came.problems] == [faults.NoUid], "“Dos” reads differently in its two places"
