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
SAYS = frozenset({"text/html", "application/json"})  # what is kept for everybody must carry nobody's cookie


def install(app: Flask) -> None:
    """Keep the cookie in line with who is signed in."""
    app.after_request(_keep)


def _keep(response: Response) -> Response:
    before = request.cookies.get(COOKIE)
    is_silent = response.status_code >= 400 or response.mimetype not in SAYS or request.endpoint == "notebook.shell"
    if is_silent or (before is None and request.endpoint not in SETS):
        return response
    actor = current_actor()
    now = str(actor.account_id or NOBODY)
    left = request.endpoint in LEAVES or not actor.is_visitor
    if now != before and (now != NOBODY or left):
        response.set_cookie(COOKIE, now, max_age=YEAR_SECONDS, samesite="Lax", secure=request.is_secure, httponly=False)
    return response
