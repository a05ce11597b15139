"""The notebook's shell, its worker and its manifest. None of them holds anything of a person: lists come by the API.

The worker keeps both shells and what they need, under a version made of all of it; a shell says its version, so that
no worker mixes two.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from flask import Blueprint, Response, abort, current_app, render_template, url_for
from flask_babel import force_locale, gettext

from app.core.errors import N_
from app.delivery.kinds import Extent, Fault, Mark, SessionState
from app.infra.i18n import LANGUAGES, language
from app.people.kinds import Sex
from app.people.permissions import Permission
from app.web import assets
from app.web.pages import public, requires

notebook = Blueprint("notebook", __name__, template_folder="../../templates")
MODULES = (
    "notebook",
    "notebookboard",
    "notebookfold",
    "notebookforms",
    "notebookroll",
    "notebooksend",
    "notebookstore",
    "notebookview",
)
WORKER = ("notebook", "notebookstore", "notebooksend")
NAME = N_("Vivero notebook")
GREEN, PAPER = "#2a6130", "#fbf8f1"


@notebook.get("/notebook/")
@requires(Permission.TEACH)
def show() -> Response:
    """The notebook, for the first time on a phone or where a browser has no workers."""
    return Response(_shell())


@notebook.get("/notebook/shell/<code>")
@public
def shell(code: str) -> Response:
    """The notebook in a language, for the worker to keep; the same for everybody."""
    if code not in LANGUAGES:
        abort(404)
    kept, version = _kept()
    response = Response(kept[code])
    response.headers["X-Version"] = version
    response.headers["Cache-Control"] = "no-cache"
    return response


@notebook.get("/sw.js")
@public
def worker() -> Response:
    """The worker that keeps the shell and sends when a connection comes; another text whenever anything changes."""
    _, version = _kept()
    holds = [url_for(".manifest"), *_addresses()]
    head = f"const VERSION = {json.dumps(version)};\nconst HOLDS = {json.dumps(holds)};\n"
    shells = {code: url_for(".shell", code=code) for code in LANGUAGES}
    head += f"const SHELLS = {json.dumps(shells)};\n"
    response = Response(head + assets.worker(*WORKER), mimetype="text/javascript")
    response.headers["Service-Worker-Allowed"] = "/"
    response.headers["Cache-Control"] = "no-cache"
    return response


@notebook.get("/manifest.webmanifest")
@public
def manifest() -> Response:
    """What makes the notebook a thing of its own on a phone's first screen."""
    icons = [("icon-192.png", 192, "any"), ("icon-512.png", 512, "any"), ("icon-mask.png", 512, "maskable")]
    said = {
        "name": gettext(NAME),
        "short_name": gettext("Notebook"),
        "description": gettext("Take attendance with no connection."),
        "id": url_for(".show"),
        "start_url": url_for(".show"),
        "scope": "/",
        "display": "standalone",
        "lang": language(),
        "dir": "ltr",
        "theme_color": GREEN,
        "background_color": PAPER,
        "icons": [
            {"src": _asset(name), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
            for name, size, purpose in icons
        ],
    }
    response = Response(json.dumps(said, ensure_ascii=False), mimetype="application/manifest+json")
    response.headers["Cache-Control"] = "no-cache"
    response.vary.update(["Cookie", "Accept-Language"])
    return response


def _shell() -> str:
    board = "cohorts.board" if "cohorts.board" in current_app.view_functions else "home.show"
    return render_template(
        "notebook/shell.html",
        board=url_for(board),
        marks={mark.value: mark for mark in Mark},
        states={state.value: state for state in SessionState},
        faults=list(Fault),
        extent=Extent,
        sex=Sex,
    )


def _kept() -> tuple[dict[str, str], str]:
    """Both shells and the version of all that the worker keeps; made once, for nothing in it changes meanwhile."""
    found: tuple[dict[str, str], str] | None = current_app.extensions.get("notebook")
    if found is None:
        shells = {}
        for code in LANGUAGES:
            with force_locale(code):
                shells[code] = _shell()
        everything = [*shells.values(), *_addresses(), assets.worker(*WORKER)]
        version = hashlib.sha256("\0".join(everything).encode()).hexdigest()[:12]
        found = current_app.extensions["notebook"] = (shells, version)
    return found


def _addresses() -> list[str]:
    names = ["vivero.css", "field.css", "icon.svg", "icon-192.png", *(f"{module}.js" for module in MODULES)]
    return [_asset(name) for name in names]


def _asset(name: str) -> str:
    asset: Any = current_app.jinja_env.globals["asset"]
    return str(asset(name))
