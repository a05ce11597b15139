"""`/api/v1/openapi.json`: what programs may ask and send, as OpenAPI; written by hand in openapi.json beside this."""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path

from flask import Flask, Response
from flask.typing import ResponseReturnValue

from .pages import public

DOCUMENT = Path(__file__).with_name("openapi.json")


def install(app: Flask) -> None:
    """Add the address."""
    app.add_url_rule("/api/v1/openapi.json", "openapi", openapi)


@public
def openapi() -> ResponseReturnValue:
    """Describe the API to programs, under the version that runs."""
    document = json.loads(DOCUMENT.read_text(encoding="utf-8"))
    document["info"]["version"] = version("vivero")
    return Response(json.dumps(document, ensure_ascii=False), mimetype="application/json")
