"""A small site of example pages in the real layout and macros, for the tests in a browser. No database."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

from flask import Flask, Response, abort, redirect, render_template, render_template_string, request
from flask_babel import Babel
from jinja2 import FileSystemLoader
from werkzeug.serving import make_server

from app.curriculum.lineage_layout import Node, climbing, nest, upright
from app.web import assets, pictures, theme, words
from app.web.requests import CONTENT_POLICY

HERE = Path(__file__).parent / "templates"
PAGES = sorted(path.stem for path in HERE.glob("*.html"))

CHANGES = [
    SimpleNamespace(op="equal", before="Above ", after="Above "),
    SimpleNamespace(op="replace", before="1,000 USD", after="4,000 soles"),
    SimpleNamespace(op="delete", before=" often", after=""),
    SimpleNamespace(op="insert", before="", after=" always"),
]
NODES = [
    Node(1, None, "World", "1.2.0", 400),
    Node(2, 1, "Peru", "1.1.0", 430, 1, {"follow": 371, "adapted": 41, "local": 18}),
    Node(3, 2, "San Martín", "", 447, 2, {"follow": 380, "dropped": 20}),
]


def build() -> Flask:
    """Build the site."""
    app = Flask("gallery", template_folder=None)
    app.jinja_loader = FileSystemLoader([assets.STATIC.parent / "templates", HERE])
    app.secret_key = "for tests"
    Babel(app, default_locale="en")
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals["csrf_token"] = lambda: "token"
    app.jinja_env.globals["once"] = lambda: "page"
    for part in (assets, pictures, theme, words):
        part.install(app)
    for endpoint in ("people.sign_in", "people.sign_out", "people.account"):
        app.add_url_rule(f"/{endpoint}", endpoint, lambda: "")
    app.context_processor(_frame)

    @app.get("/<name>")
    def show(name: str) -> str:
        if name not in PAGES:
            abort(404)
        return render_template(
            f"{name}.html", changes=CHANGES, wide=upright(NODES), tall=climbing(NODES),
            nested=nest(NODES), links={node.id: "/" for node in NODES},
        )  # fmt: skip

    @app.post("/answer")
    def answer() -> str:
        return f"answered {request.form['choice']}"

    @app.post("/preview")
    def preview() -> str:
        assert request.form["csrf_token"] == "token"
        return f"<p>{request.form['text'].upper()}</p>"

    @app.post("/save")
    def save() -> Response:
        return redirect("/saved", 303)  # type: ignore[return-value]

    @app.post("/undone")
    def undone() -> str:
        return "undone"

    @app.get("/progress/<int:done>")
    def progress(done: int) -> str:
        call = (
            '{{ progress.bar(2, 3, "Making the file", poll="/progress/3") }}' if done < 3 else "<p id='made'>Made</p>"
        )
        return render_template_string('{% import "macros/progress.html" as progress %}' + call)

    @app.after_request
    def harden(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = CONTENT_POLICY
        return response

    return app


def _frame() -> dict[str, object]:
    menu = [
        SimpleNamespace(label="Home", url="/", current=False),
        SimpleNamespace(label="Editions", url="/", current=True),
    ]
    return {
        "current_actor": SimpleNamespace(is_visitor=False, name="Example Person"),
        "navigation": menu,
        "language": "en",
        "languages": {"es": "Español", "en": "English"},
    }


@contextmanager
def serving() -> Iterator[str]:
    """Serve the site on a free port while the context lasts, and give its address."""
    server = make_server("127.0.0.1", 0, build(), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
