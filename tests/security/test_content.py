"""Words meant to attack, through the product's own pages: nothing of them runs, wherever they are shown or sent."""

from __future__ import annotations

import csv
import html
import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.adaptation import actions as adaptation
from app.adaptation.rules import NoSuchLanguage
from app.core.content import Kind
from app.core.diff import word_diff
from app.core.plain import plain
from app.core.prose import merge_text
from app.core.redline import redline
from app.core.rendering import fill as fill_page
from app.core.rendering import render
from app.core.rendering.limits import LONGEST_TEXT
from app.core.splitting import split
from app.core.variables import fill, names
from app.curriculum import actions as curriculum
from app.curriculum.originals import Original
from app.curriculum.queries import contents, editions, searching
from app.infra.i18n import is_region, language_name
from app.interchange.formats.document import Manual, ManualBlock, ManualModule, ManualUnit
from app.interchange.formats.write import write
from app.people.permissions import COMMAND_LINE, Role
from app.web.sheets import harmless
from tests import factories
from tests.core.test_pictures import WHERE, jpeg

from . import village
from .pages import faults, walk

BAIT = "<script>alert(1)</script><img src=x onerror=alert(1)>"
EVIL = """\
# Título <script>alert(1)</script> <img src=x onerror=alert(1)>

[uno](javascript:alert(1)) [dos](JaVaScRiPt&#58;alert(1)) [tres](java&Tab;script:alert(1)) [cuatro]({{buyer}})
[cinco](data:text/html;base64,PHNjcmlwdD4=) [seis](vbscript:x "a\\" onclick=\\"alert(1)") [siete](\x01javascript:x)
<javascript:alert(1)> ![ocho](javascript:alert(1)) ![nueve](x" onerror="alert(1)) [diez](//evil.example)

/// case | "><script>alert(1)</script> {{buyer}}

<svg onload=alert(1)> `{{buyer}}` <a href="javascript:alert(1)">once</a> <!-- --><iframe src=//evil.example>

[doce][a] ![trece][a]

[a]: javascript:alert(1) "onmouseover=alert(1)"
///

/// activity | {{buyer}}" onclick="alert(1)
    minutes: 5" onclick="alert(1)

- \u202eodot\u2066 \u200b\u200d\ufeff
///

```html" onclick="alert(1)
<script>alert(1)</script> {{buyer}}
```

| a | b |
| :-: | --- |
| <b onclick=alert(1)>x</b> | {{buyer}} |

&lt;script&gt;alert(1)&lt;/script&gt; &#60;script&#62; {{buyer}} {{buyer|safe}} {%% if 1 %%}{{ config }} %(x)s %s
""".replace("%%", "%")
VALUE = '"><script>alert(1)</script>[x](javascript:alert(1))\n\n# T\n\n/// case | x\n///\n{{buyer}}'


def evil_original(version: str = "1.0.0", words: str = "Uno.") -> Original:
    """An original whose files are made to attack, titles, credits and hints included."""
    text = EVIL + f"\n{words}\n"
    made = factories.original(
        version=version, units=[factories.unit("my-coop-1-1", {"en": text, "es": text}, locks={})]
    )
    named = {"en": BAIT, "es": BAIT}
    variables = {"buyer": type(made.variables["buyer"])({"en": VALUE, "es": VALUE}, named)}
    module = type(made.modules[0])("my-coop-1", made.modules[0].kind, named, made.modules[0].units)
    changes: dict[str, Any] = {
        "titles": named,
        "summaries": named,
        "credits": (BAIT,),
        "variables": variables,
        "modules": (module,),
    }
    return factories.original(
        version=version, **{**changes, "licence": BAIT, "media": {"x.svg": BAIT.encode(), "x.jpg": jpeg()}}
    )


@pytest.fixture
def attacked(app: Flask) -> FlaskClient:
    """Everything that can be typed holds an attack; the browser of the administrator, whose name is one too."""
    world = curriculum.load(COMMAND_LINE, evil_original()).edition
    peru = factories.fork(world, "PE")
    factories.account("boss", Role.ADMINISTRATOR, name=BAIT)
    client = app.test_client()
    client.post("/sign-in", data={"username": "boss", "password": factories.PASSWORD})
    uid, at = village.uid_of(peru, Kind.PARAGRAPH), "/editions/my-coop/PE"
    posts = [
        (f"/blocks/{uid}/edit?in=es", {"text": f"{BAIT} [x](javascript:alert(2)) {{{{buyer}}}} =1+1", "why": BAIT}),
        (f"/blocks/{uid}/insert?in=es", {"text": f"=cmd|' /C calc'!A0 {BAIT}", "why": "=HYPERLINK(1)"}),
        ("/variables", {"name": "bait", "value": VALUE, "why": BAIT}),
        ("/units/my-coop-1-1/edit?in=es", {"text": EVIL, "why": BAIT, "do": "draft"}),
        ("/fork", {"region": "PE-SAM", "languages": ["es"], "why": BAIT}),
    ]
    for path, data in posts:
        assert client.post(at + path, data=data).status_code in (303, 409), path
    curriculum.release(COMMAND_LINE, peru, BAIT)
    curriculum.load(COMMAND_LINE, evil_original("1.0.1", f"Dos. {BAIT}"), why=BAIT)
    return client


def test_nothing_runs_on_any_page(attacked: FlaskClient) -> None:
    at = "/editions/my-coop/PE"
    starts = ["/", f"{at}/", f"{at}/sync", f"{at}/units/my-coop-1-1?in=es&v=draft", f"{at}/compare?from=r1&to=draft"]
    starts += [f"{at}/history", f"{at}/deviations", f"{at}/modules", f"{at}/variables/bait", f"{at}/sync/apply"]
    starts += ["/editions/search?q=script", "/editions/search?q=alert+1", f"/editions/?q={BAIT}", f"{at}/release"]
    starts += [f"{at}/units/my-coop-1-1/edit?in=es&draft=1", "/editions/my-coop/lineage", "/accounts/"]
    wrong, pages, shown = [], 0, 0
    for address, page in walk(attacked, starts, 220):
        if page.startswith("\ufeff"):
            continue
        pages += 1
        shown += "alert(1)" in page
        wrong += [f"{address}: {fault}" for fault in faults(page)]
    assert not wrong, "\n".join(wrong[:40])
    assert pages > 60
    assert shown > 20


def test_nothing_runs_in_what_a_form_shows_again(attacked: FlaskClient) -> None:
    at = "/editions/my-coop/PE"
    peru = editions.find("my-coop", "PE")
    assert peru is not None
    uid = village.uid_of(peru, Kind.PARAGRAPH)
    stale = {"text": EVIL, "why": BAIT, "basis": "1", "seen": "old", "do": "save", "written": BAIT}
    pages = [
        attacked.post(f"{at}/units/my-coop-1-1/edit?in=es", data=stale),
        attacked.post(f"{at}/units/my-coop-1-1/edit?in=es", data={**stale, "do": "preview"}),
        attacked.post(f"{at}/blocks/{uid}/edit?in=es", data=stale),
        attacked.post(f"{at}/blocks/{uid}/edit?in=es", data={**stale, "do": "preview"}),
        attacked.post(f"{at}/blocks/{uid}/insert?in=es", data={**stale, "text": "{{" + "x" * 50 + "}}" + BAIT}),
        attacked.post(f"{at}/preview", data={"text": EVIL}),
        attacked.post(f"{at}/variables", data={"name": BAIT, "value": BAIT, "why": BAIT}),
        attacked.post(f"{at}/fork", data={"region": BAIT, "country": BAIT, "languages": [BAIT], "why": BAIT}),
        attacked.post(f"{at}/release", data={"why": BAIT, "version": BAIT, "head": BAIT}),
        attacked.post(f"{at}/sync/{BAIT}", data={"choice": BAIT, "written": BAIT, "why": BAIT}),
        attacked.post(f"{at}/exports", data={"version": BAIT, "language": BAIT, "format": BAIT, "audience": BAIT}),
        attacked.post("/sign-in", data={"username": BAIT, "password": BAIT, "next": BAIT}),
        attacked.post("/accounts/new", data={"username": BAIT, "name": BAIT, "role": BAIT, "region": BAIT}),
        attacked.get(f"/editions/{BAIT}/PE/"),
    ]
    wrong = [fault for answer in pages for fault in faults(answer.text)]
    assert not wrong
    assert all(answer.status_code < 500 for answer in pages)


def test_files_that_are_taken_away_hold_nothing_that_runs(attacked: FlaskClient) -> None:
    at, wish = "/editions/my-coop/PE", {"version": "draft", "language": "es", "audience": "facilitator"}
    page = attacked.get(attacked.post(f"{at}/exports", data={**wish, "format": "html"}).location + "/file").text
    assert "alert(1)" in page
    assert not [fault for fault in faults(page) if "style" not in fault]
    for more in ({"format": "docx"}, {"format": "docx-redline", "since": "1.0.0"}):
        answer = attacked.get(attacked.post(f"{at}/exports", data={**wish, **more}).location + "/file")
        with zipfile.ZipFile(io.BytesIO(answer.data)) as packed:
            related = "".join(packed.read(n).decode() for n in packed.namelist() if n.endswith(".rels"))
            text = packed.read("word/document.xml").decode()
        assert "javascript" not in related.lower()
        assert "vbscript" not in related.lower()
        assert "alert(1)" in text
        assert "<script" not in text


def test_a_file_s_name_cannot_add_headers(attacked: FlaskClient) -> None:
    at = "/editions/my-coop/PE"
    for language in ("es\r\nX-Bad: 1", 'es"; filename="x.exe', "../../es", "es" * 5_000, "quy", ""):
        wish = {"version": "01.0.0", "language": language, "format": "html", "audience": "facilitator"}
        started = attacked.post(f"{at}/exports", data=wish)
        assert started.status_code == 303, language
        answer = attacked.get(started.location + "/file")
        assert answer.status_code == 200
        assert "X-Bad" not in answer.headers
        assert answer.headers["Content-Disposition"] in (
            "attachment; filename=my-coop-PE-1.0.0-es.html",
            "attachment; filename=my-coop-PE-1.0.0-en.html",
        )


def test_a_picture_runs_nothing_even_when_it_is_opened_alone(attacked: FlaskClient) -> None:
    answer = attacked.get("/editions/my-coop/PE/units/media/x.svg")
    assert answer.status_code == 200
    assert answer.mimetype == "image/svg+xml"
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "script-src" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_photograph_does_not_tell_where_it_was_taken(attacked: FlaskClient) -> None:
    answer = attacked.get("/editions/my-coop/PE/units/media/x.jpg")
    assert answer.status_code == 200
    assert WHERE not in answer.data


def test_no_cell_of_a_table_is_a_formula(attacked: FlaskClient) -> None:
    text = attacked.get("/editions/my-coop/PE/deviations?format=csv").text
    cells = [cell for row in csv.reader(io.StringIO(text.removeprefix("\ufeff"))) for cell in row]
    assert any("HYPERLINK" in cell for cell in cells)
    assert not [cell for cell in cells if re.match(r"\s*[=+\-@\t\r＝＋－＠]", cell)]
    for start in ("=1", " =1", "\n=1", "\t=1", "\r=1", "\u00a0=1", "\u200b=1", "\ufeff=1", "＝1", "＠x", "@x", "+1"):
        assert harmless(start).startswith("'"), start


@pytest.mark.parametrize(
    "languages", [["es-<script>"], ["es-XX" * 100], ["es\n"], ["es-"], ["es", "es"], ["es-ES\x01"]]
)
def test_a_language_that_is_none_makes_no_edition(app: Flask, languages: list[str]) -> None:
    world = factories.load()
    try:
        made = adaptation.fork(COMMAND_LINE, factories.newest(world), "PE", languages=languages, why="x")
    except NoSuchLanguage:
        return
    assert made.languages == ["es"]


def test_codes_that_look_like_regions_and_languages_are_none() -> None:
    assert not [code for code in ("pe", "Pe", "pe-sam", "PE-sam", "PE-", "", "ＰＥ", "001 ") if is_region(code)]
    for code in ("es-XX", "es-xxxxxxxx", "zz", "-", "", "es_PE", "x" * 1_000, "es-<b>"):
        assert isinstance(language_name(code), str)


def test_a_variable_stays_a_value_whatever_is_in_it() -> None:
    page = fill_page(render("Uno {{a}} dos [x]({{a}}) `{{a}}` ![{{a}}](media/{{a}}.png)."), {"a": VALUE})
    assert not faults(page)
    assert "{{buyer}}" in page  # not filled in a second time


def test_a_redline_of_crafted_texts_runs_nothing() -> None:
    halves = [
        EVIL,
        EVIL.replace("<", "&lt;"),
        EVIL[::2],
        EVIL.replace("alert", "<del>alert</del>"),
        "<scr",
        "ipt>alert(1)",
    ]
    for before in halves:
        for after in halves:
            assert not faults(redline(render(before), render(after)))


LONG = 100_000  # as long as a text may be
SHORTER = 30_000  # for what takes its time with honest texts as well
ADVERSARIAL: dict[str, str] = {
    "brackets": "[" * LONG,
    "closed brackets": "[](" * (LONG // 3),
    "pictures": "![" * (LONG // 2),
    "stars": "*a" * (LONG // 2),
    "underscores": "_" * LONG,
    "ticks": "`a" * (LONG // 2),
    "quotations": ">" * LONG,
    "lists": "- " * (LONG // 2),
    "nested lists": "\n".join(" " * (2 * n) + "- a" for n in range(300)),
    "slashes": "/" * LONG,
    "open blocks": "/// case\n" * (LONG // 9),
    "braces": "{{" * (LONG // 2),
    "open variables": "{{a " * (LONG // 4),
    "attribute lines": "{: #a" * (LONG // 5),
    "entities": "&" * LONG,
    "references": "[a]: " * (LONG // 5),
    "reference lines": "".join(f"[a{n}]: b\n" for n in range(LONG // 12)),
    "tables": "|" * LONG,
    "table rows": "|a|b|\n|-|-|\n" + "|a|b|\n" * (LONG // 7),
    "rules": "-" * LONG,
    "spaces": " " * LONG + "a",
    "spaces inside": "a" + " " * LONG + "b",
    "dashes that end in a word": "-" * LONG + "a",
    "pipes and dashes": "|-" * (LONG // 2) + "a",
    "tabs": "\t" * LONG + "a",
    "lines": "\n" * LONG + "a",
    "short lines": "a\n" * (LONG // 2),
    "angles": "<a " * (LONG // 3),
    "comments": "<!--" * (LONG // 4),
    "numbers": "1." * (LONG // 2),
    "long word": "a" * LONG,
    "joined marks": "e" + "\u0301" * LONG,
    "nothing wide": "\u200b\u200d\u2066\u202e" * (LONG // 4),
    "high letters": "\U0001f468\u200d" * (LONG // 2),
    "fences": "```\n" * (LONG // 4),
    "headings": "# a\n\n" * (LONG // 5),
    "mixed": "[*`_{{<!&|" * (LONG // 10),
}


def cut(text: str) -> object:
    return split(text)


def shown(text: str) -> object:
    return render(text)


def searched(text: str) -> object:
    return searching.plain(text)


def merged(text: str) -> object:
    text = text[-SHORTER:]
    return merge_text(text, text + " a", "b " + text).proposed()


def struck(text: str) -> object:
    return redline(render(text[-SHORTER:]), render("b " + text[-SHORTER // 2 :] + " c"))


def compared(text: str) -> object:
    return word_diff(text[-SHORTER:], text[:-SHORTER:-1])


def said(text: str) -> object:
    return plain(text), names(text), fill(text, {"a": "b"})


def taken(text: str) -> object:
    unit = ManualUnit("u", "T", 0, (ManualBlock("b", "text", text[-SHORTER:]),))
    manual = Manual("T", "es", (ManualModule("", "", (unit,)),))
    return write(manual, "html"), write(manual, "docx")


@pytest.mark.parametrize("work", [taken, cut, shown, searched, merged, struck, compared, said])
def test_no_text_keeps_a_parser_busy(work: Callable[[str], object], watchdog: Callable[[int], object]) -> None:
    """None of these takes a blink; a pattern that backtracks would take minutes, and the watchdog ends it."""
    assert max(map(len, ADVERSARIAL.values())) >= LONGEST_TEXT
    for name, text in ADVERSARIAL.items():
        watchdog(20)
        try:
            work(text)
        except TimeoutError:
            pytest.fail(f"{work.__name__} of {name} does not end")


def test_an_enormous_unit_is_refused_and_the_page_goes_on(attacked: FlaskClient) -> None:
    at = "/editions/my-coop/PE/units/my-coop-1-1/edit?in=es"
    for text in ("Uno.\n\n" * 15_000, "x" * 200_000, "[" * 90_000, "> " * 40_000):
        answer = attacked.post(at, data={"text": text, "why": "porque sí"})
        assert answer.status_code == 422
        assert html.escape(text[:50].strip()) in answer.text
    peru = editions.find("my-coop", "PE")
    assert peru is not None
    assert len(list(contents.state(editions.head_of(peru)).content.blocks())) < 100
