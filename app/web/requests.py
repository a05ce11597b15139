"""What happens to every request before and after its page: origin, once only, write lock, headers, leftovers."""

from __future__ import annotations

from itertools import chain
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, abort, g, request
from werkzeug.exceptions import BadHost
from werkzeug.routing import IntegerConverter, Map

from app.core.errors import N_, Refused
from app.core.rendering.limits import LONGEST_TEXT
from app.infra.db import db, writing

from . import once

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'; worker-src 'self'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


LARGEST_ROW = 2**31 - 1


class RowNumber(IntegerConverter):
    """`<int:…>` in an address: a number that a row can have; a larger one is nowhere, instead of a database error."""

    def __init__(self, map: Map, *args: Any, **kwargs: Any) -> None:
        super().__init__(map, *args, **({"max": LARGEST_ROW} | kwargs))


class ForeignOrigin(Refused):
    text = N_("This form was sent from another site, so nothing was done. Open the page here and try again.")
    status = 400


class FieldTooLong(Refused):
    text = N_(
        "What you wrote in one field has %(length)s letters, and one field takes %(most)s at most. Your words stand"
        " below: please copy them, and send them in several parts."
    )
    status = 422


def install(app: Flask) -> None:
    """Install the hooks. Comes before any address is added."""
    app.url_map.converters["int"] = RowNumber
    app.before_request(_check_host)
    app.before_request(_check_origin)
    app.before_request(_refuse_unstorable)
    app.before_request(_refuse_too_long)
    once.install(app)
    app.before_request(_take_write_lock)
    app.after_request(_harden)
    app.teardown_request(_release)


def _check_host() -> None:
    """Turn a host name down that is none, before anything asks for an address under it."""
    if isinstance(request.routing_exception, BadHost):
        raise request.routing_exception


def _check_origin() -> None:
    """Refuse writes that a browser says come from another site (besides the form's own token)."""
    if request.method in SAFE_METHODS:
        return
    origin = request.headers.get("Origin")
    if origin and origin != "null" and _host_of(origin) != request.host:
        raise ForeignOrigin
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        raise ForeignOrigin


def _host_of(origin: str) -> str:
    """The host an origin names; empty for one that is no address at all."""
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""


def _refuse_unstorable() -> None:
    """Refuse the one character that no database column takes, before it gets to one."""
    sent = chain(request.args.items(multi=True), request.form.items(multi=True), (request.view_args or {}).items())
    if any("\0" in str(part) for pair in sent for part in pair):
        abort(400)


def _refuse_too_long() -> None:
    """Refuse a field that is longer than any text of ours may be, before a page compares, checks or draws it.

    The end of a line is one letter here, however the browser sends it.
    """
    for _, value in request.form.items(multi=True):
        if len(value) > LONGEST_TEXT and (length := len(value) - value.count("\r\n")) > LONGEST_TEXT:
            raise FieldTooLong(length=length, most=LONGEST_TEXT)


def _take_write_lock() -> None:
    if request.method not in SAFE_METHODS:
        g.write_lock = writing()
        g.write_lock.__enter__()


def _release(_error: BaseException | None) -> None:
    """Give the lock back and drop what a page left uncommitted."""
    db.session.rollback()
    lock = g.pop("write_lock", None)
    if lock is not None:
        lock.__exit__(None, None, None)


def _harden(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if response.mimetype == "text/html":
        response.headers.setdefault("Cache-Control", "private, no-cache")
        response.vary.update(["Cookie", "Accept-Language"])
    return response
