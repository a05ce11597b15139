"""What is sent to every browser: how large it is, how long it may be kept, and that it is what was written."""

from __future__ import annotations

import gzip
import re
from itertools import chain
from pathlib import Path

import brotli
import pytest
from flask import Flask

from app.web import assets, pictures

TEMPLATES = Path(assets.__file__).parent / "templates"
STYLE_LIMITS = {"vivero.css": 10_240, "field.css": 5_120}  # gzipped, bytes
SPRITE_LIMIT, MODULE_LIMIT, ICON_LIMIT = 6_144, 1_536, 8_192  # raw, gzipped, raw; bytes
FAMILY_LIMITS = {"notebook": 14_336}  # gzipped, bytes: all modules together whose names begin so, for one page


@pytest.fixture(scope="module")
def small() -> Flask:
    """The assets alone, without the application around them."""
    app = Flask("small")
    assets.install(app)
    pictures.install(app)
    return app


@pytest.mark.parametrize("sheet", assets.SHEETS)
def test_a_style_sheet_stays_small(sheet: str) -> None:
    assert len(assets.bundle()[sheet].packed["gzip"]) <= STYLE_LIMITS[sheet]


def test_the_drawings_stay_small() -> None:
    assert pictures.SPRITE.stat().st_size < SPRITE_LIMIT


def test_every_script_module_stays_small() -> None:
    sizes = {name: len(a.packed["gzip"]) for name, a in assets.bundle().items() if name.endswith(".js")}
    alone = {name: size for name, size in sizes.items() if not name.startswith(tuple(FAMILY_LIMITS))}
    assert {name: size for name, size in alone.items() if size > MODULE_LIMIT} == {}


@pytest.mark.parametrize("family", FAMILY_LIMITS)
def test_a_family_of_script_modules_stays_small(family: str) -> None:
    sizes = {name: len(a.packed["gzip"]) for name, a in assets.bundle().items() if name.startswith(family)}
    scripts = {name: size for name, size in sizes.items() if name.endswith(".js")}
    assert scripts, "a limit for a family that there is not"
    assert sum(scripts.values()) <= FAMILY_LIMITS[family], scripts


def test_an_icon_stays_small() -> None:
    icons = {name: len(a.body) for name, a in assets.bundle().items() if name.endswith(".png")}
    assert {name: size for name, size in icons.items() if size > ICON_LIMIT} == {}


def test_a_module_names_what_it_imports_as_it_is_sent(tmp_path: Path) -> None:
    for folder in ("css", "js"):
        (tmp_path / folder).mkdir()
    for style in chain(*assets.SHEETS.values()):
        (tmp_path / "css" / f"{style}.css").touch()
    (tmp_path / "js" / "first.js").write_text('import { two } from "./second.js";\ntwo();')
    names = []
    for said in ("1", "2"):
        (tmp_path / "js" / "second.js").write_text(f"export const two = () => {said};")
        made = assets.bundle(tmp_path)
        assert f'from "./{made["second.js"].name}";' in made["first.js"].body.decode()
        names.append(made["first.js"].name)
    assert names[0] != names[1], "whoever imports a module that has changed has changed"


def test_a_worker_carries_what_it_needs(tmp_path: Path) -> None:
    for folder in ("js", "workers"):
        (tmp_path / folder).mkdir()
    (tmp_path / "js" / "second.js").write_text("export const two = () => 2;")
    (tmp_path / "workers" / "first.js").write_text('import { two } from "../js/second.js";\ntwo();')
    assert assets.worker("first", "second", folder=tmp_path) == "const two = () => 2;\ntwo();"


def test_every_style_sheet_in_the_folder_is_bundled() -> None:
    assert {path.stem for path in (assets.STATIC / "css").glob("*.css")} == set(chain(*assets.SHEETS.values()))


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("/* why */ a { color: red; }", "a{color:red}"),
        ("a :hover,\nb > c { margin: 0 calc(1px + 2px); }", "a :hover,b > c{margin:0 calc(1px + 2px)}"),
        ("@media (min-width: 1rem) { a { b: c } }", "@media (min-width:1rem){a{b:c}}"),
        ('a::after { content: "x: y"; }', 'a::after{content:"x: y"}'),
        ('a::before { content: " / "; b: "{ ; }" }', 'a::before{content:" / ";b:"{ ; }"}'),
    ],
)
def test_a_minified_style_sheet_means_the_same(written: str, sent: str) -> None:
    assert assets.minify_css(written) == sent


def test_minified_scripts_lose_comments_and_indentation_only() -> None:
    written = "// why\nfunction f() {\n  /* because */\n  return 'http://x'; // kept\n}\n\n"
    assert assets.minify_js(written) == "function f() {\nreturn 'http://x'; // kept\n}"


@pytest.mark.parametrize(
    ("accepted", "encoding"), [("br, gzip", "br"), ("gzip", "gzip"), ("identity", None), ("zstd", None)]
)
def test_an_asset_comes_in_the_best_encoding_and_may_be_kept_for_a_year(
    small: Flask, accepted: str, encoding: str | None
) -> None:
    made = assets.bundle()["vivero.css"]
    response = small.test_client().get(f"/assets/{made.name}", headers={"Accept-Encoding": accepted})
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[encoding]
    assert response.headers.get("Content-Encoding") == encoding
    assert unpack(response.data) == made.body
    assert response.mimetype == "text/css"
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Accept-Encoding" in response.headers["Vary"]


def test_an_unknown_asset_is_not_found(small: Flask) -> None:
    assert small.test_client().get("/assets/vivero.0000000000.css").status_code == 404


def test_another_text_gets_another_name(tmp_path: Path) -> None:
    for folder in ("css", "js"):
        (tmp_path / folder).mkdir()
    names = []
    for colour in ("red", "blue"):
        for style in chain(*assets.SHEETS.values()):
            (tmp_path / "css" / f"{style}.css").write_text(f"a {{ color: {colour}; }}")
        names.append(assets.bundle(tmp_path)["vivero.css"].name)
    assert names[0] != names[1]


def test_a_page_names_each_script_it_needs_once(small: Flask) -> None:
    with small.test_request_context():
        page = small.jinja_env.from_string("{{ needs('keys', 'unsaved') }}{{ needs('keys') }}{{ scripts() }}").render()
    assert page.count("<script") == 2
    assert page.count("keys.") == 1


def test_a_page_carries_only_the_drawings_it_uses(small: Flask) -> None:
    with small.test_request_context():
        page = small.jinja_env.from_string("{{ picture('seed') }}{{ picture('seed') }}{{ sprite() }}").render()
    assert re.findall(r'<symbol id="([\w-]+)"', page) == ["seed"]


def test_a_page_without_pictures_carries_none(small: Flask) -> None:
    with small.test_request_context():
        assert pictures.sprite() == ""


def test_a_picture_with_a_label_is_heard_and_one_without_is_not(small: Flask) -> None:
    with small.test_request_context():
        assert 'role="img" aria-label="needs &lt;you&gt;"' in pictures.picture("flag", "needs <you>")
        assert 'aria-hidden="true"' in pictures.picture("flag")


def test_an_unknown_picture_says_which_there_are(small: Flask) -> None:
    with small.test_request_context(), pytest.raises(LookupError, match="sprout"):
        pictures.picture("rose")


def every_template() -> list[Path]:
    """All templates of all features."""
    return sorted(TEMPLATES.parent.parent.glob("**/templates/**/*.html"))


AGAINST_THE_POLICY = {
    r"<[^>]*\sstyle=": "use a class; the content policy forbids style attributes",
    r"<style\b": "use static/css",
    r"<script(?![^>]*\bsrc=)": "use a module in static/js and needs('…')",
    r"<[^>]*\son[a-z]+=": "use a module in static/js and needs('…')",
}


def named_in_templates(pattern: str) -> dict[str, str]:
    """What templates name in this way, each with one of the templates that do."""
    return {
        name: str(path.relative_to(TEMPLATES.parent.parent))
        for path in every_template()
        for name in re.findall(pattern, path.read_text("utf-8"))
    }


def test_no_template_breaks_the_content_policy() -> None:
    broken = [
        f"{path.relative_to(TEMPLATES.parent.parent)}: {instead}"
        for path in every_template()
        for pattern, instead in AGAINST_THE_POLICY.items()
        if re.search(pattern, path.read_text("utf-8"))
    ]
    assert not broken, "\n".join(broken)
    assert len(every_template()) > 300


def test_every_picture_a_template_names_is_drawn() -> None:
    named = named_in_templates(r"""(?:picture|draws)\(\s*["']([\w-]+)["']""")
    assert not {name: where for name, where in named.items() if name not in pictures.symbols()}


def test_every_script_a_template_needs_exists() -> None:
    named, there = named_in_templates(r"""needs\(\s*["']([\w-]+)["']"""), assets.bundle()
    assert not {name: where for name, where in named.items() if f"{name}.js" not in there}
