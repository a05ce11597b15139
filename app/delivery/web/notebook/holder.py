"""Whose phone it is: a cookie that the notebook reads with no connection. It names an account and lets nobody in.

The notebook's pages set it; from then on every page keeps it in line with who is signed in, so that nobody's marks are
noted in the name of whoever had the phone before. Where the browser lost it, the notebook goes by whom it saw last.
"""

from __future__ import annotations

from flask import Flask, Response, request

from app.people.login import current_actor

COOKIE = "holder"
NOBODY = "0"
YEAR_SECONDS = 31_536_000
SETS = frozenset({"notebook.show", "sync.begin"})
LEAVES = frozenset({"people.sign_out"})  # a session that merely ended says nothing of who holds the phone
SILENT = frozenset({"asset", "notebook.worker", "notebook.manifest", "notebook.shell"})


def install(app: Flask) -> None:
    """Keep the cookie in line with who is signed in."""
    app.after_request(_keep)


def _keep(response: Response) -> Response:
    before = request.cookies.get(COOKIE)
    if (before is None and request.endpoint not in SETS) or request.endpoint in SILENT:
        return response
    actor = current_actor()
    now = str(actor.account_id or NOBODY)
    left = request.endpoint in LEAVES or not actor.is_visitor
    if now != before and (now != NOBODY or left):
        response.set_cookie(COOKIE, now, max_age=YEAR_SECONDS, samesite="Lax", secure=request.is_secure, httponly=False)
    return response
