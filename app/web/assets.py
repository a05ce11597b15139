"""The style sheet and the script modules as they are sent: small, named by their content, held in memory.

Here files of `static/` are bundled, minified, hashed, compressed and served with a year's life. Pictures of curricula
and anything else that changes while the server runs do not belong here.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import brotli
from flask import Flask, Response, abort, g, request, url_for
from markupsafe import Markup

from app.web.pages import public

STATIC = Path(__file__).parent / "static"
SHEETS = {
    "vivero.css": ("tokens", "base", "layout", "components", "reading", "deciding", "bench", "print"),
    "field.css": ("frames", "roll", "marks", "leaves", "charts", "cascade", "papers"),  # programmes, cohorts, learners
}
YEAR_SECONDS = 31_536_000

# A module imports another in one line: import { one } from "./other.js";
_IMPORTED = re.compile(r"""^(import [^\n]*["'])\./([\w-]+\.js)(["'];)$""", re.MULTILINE)
_IMPORT = re.compile(r"^import [^\n]*$\n?", re.MULTILINE)
_EXPORT = re.compile(r"^export ", re.MULTILINE)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_STRING = re.compile(r'"[^"]*"')


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it is sent. `name` carries ten digits of its SHA-256, so it never changes under its name.

    `packed` holds it by encoding; a picture is packed already and has none.
    """

    name: str
    mimetype: str
    body: bytes
    packed: Mapping[str, bytes]


def minify_css(text: str) -> str:
    """Return the style sheet without comments and spare white space; it means the same."""
    quoted: list[str] = []

    def put_away(match: re.Match[str]) -> str:
        quoted.append(match[0])
        return '"'

    text = re.sub(r"\s+", " ", _STRING.sub(put_away, _COMMENT.sub("", text)))
    text = re.sub(r" ?([{};,]) ?", r"\1", text)
    text = re.sub(r": +", ":", text).replace(";}", "}").strip()
    strings = iter(quoted)
    return re.sub('"', lambda _: next(strings), text)


def minify_js(text: str) -> str:
    """Return the module without comment lines, indentation and empty lines; code lines stay as they are.

    Our modules write comments on lines of their own and no template literals over several lines.
    """
    lines = (line.strip() for line in re.sub(r"^\s*/\*.*?\*/", "", text, flags=re.DOTALL | re.MULTILINE).splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def worker(name: str, *modules: str, folder: Path = STATIC) -> str:
    """Return a worker of `static/workers/` after the modules it needs, as one classic script: all browsers run that."""
    paths = [*(folder / "js" / f"{module}.js" for module in modules), folder / "workers" / f"{name}.js"]
    texts = [minify_js(path.read_text("utf-8")) for path in paths]
    return "\n".join(_EXPORT.sub("", _IMPORT.sub("", text)).strip() for text in texts)


def bundle(folder: Path = STATIC) -> dict[str, Asset]:
    """Return every asset by its plain name: style sheets, icons and one `<module>.js` per script module."""
    made = {}
    for sheet, parts in SHEETS.items():
        styles = "\n".join((folder / "css" / f"{name}.css").read_text("utf-8") for name in parts)
        made[sheet] = _asset(sheet, "text/css", minify_css(styles))
    if (icon := folder / "icon.svg").exists():
        made[icon.name] = _asset(icon.name, "image/svg+xml", icon.read_text("utf-8").strip())
    for path in sorted((folder / "icons").glob("*.png")):
        made[path.name] = Asset(_hashed(path.name, path.read_bytes()), "image/png", path.read_bytes(), {})
    return made | _modules(folder / "js")


def _modules(folder: Path) -> dict[str, Asset]:
    """The script modules; where one imports another, it names it as it is sent, so that both change together."""
    texts = {path.name: minify_js(path.read_text("utf-8")) for path in sorted(folder.glob("*.js"))}
    made: dict[str, Asset] = {}

    def make(name: str) -> Asset:
        if name not in made:
            text = _IMPORTED.sub(lambda match: f"{match[1]}./{make(match[2]).name}{match[3]}", texts[name])
            made[name] = _asset(name, "text/javascript", text)
        return made[name]

    for name in texts:
        make(name)
    return made


def install(app: Flask) -> None:
    """Bundle once, serve the result at `/assets/<name>`, and give templates `asset()`, `needs()` and `scripts()`."""
    assets = bundle()
    by_name = {asset.name: asset for asset in assets.values()}

    @public
    def serve(name: str) -> Response:
        """One asset, in the best encoding the browser takes, to be kept for a year."""
        return _response(by_name.get(name) or abort(404))

    def asset(name: str) -> str:
        """The address of an asset by its plain name."""
        return url_for("asset", name=assets[name].name)

    def needs(*modules: str) -> str:
        """Note that this page uses script modules; `scripts()` at its end names each of them once."""
        for module in modules:
            g.setdefault("scripts", {})[asset(f"{module}.js")] = None
        return ""

    def scripts() -> Markup:
        tag = Markup('<script type="module" src="{}"></script>')
        return Markup("").join(tag.format(address) for address in g.get("scripts", {}))

    app.add_url_rule("/assets/<name>", "asset", serve)
    app.jinja_env.globals.update(asset=asset, needs=needs, scripts=scripts)


def _asset(name: str, mimetype: str, text: str) -> Asset:
    body = text.encode()
    packed = {"br": brotli.compress(body), "gzip": gzip.compress(body, 9, mtime=0)}
    return Asset(_hashed(name, body), mimetype, body, packed)


def _hashed(name: str, body: bytes) -> str:
    stem, dot, ending = name.partition(".")
    return f"{stem}.{hashlib.sha256(body).hexdigest()[:10]}{dot}{ending}"


def _response(asset: Asset) -> Response:
    encoding = request.accept_encodings.best_match(list(asset.packed))
    response = Response(asset.packed.get(encoding or "", asset.body), mimetype=asset.mimetype)
    response.cache_control.public = True
    response.cache_control.max_age = YEAR_SECONDS
    response.cache_control.immutable = True
    response.vary.add("Accept-Encoding")
    if encoding:
        response.content_encoding = encoding
    return response
