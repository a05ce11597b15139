"""Light or dark: what a person chose is kept in a cookie; without a choice the device decides."""

from __future__ import annotations

from flask import Flask, Response, request

COOKIE = "theme"
THEMES = frozenset({"light", "dark"})
YEAR_SECONDS = 31_536_000


def install(app: Flask) -> None:
    """Let `?theme=light`, `dark` or `auto` on any page choose, and tell templates what holds as `theme`."""
    app.after_request(_remember)
    app.context_processor(lambda: {"theme": chosen()})


def chosen() -> str:
    """The theme that was chosen: "light", "dark", or "auto" for the device's own."""
    asked = request.args.get("theme") or request.cookies.get(COOKIE)
    return asked if asked in THEMES else "auto"


def _remember(response: Response) -> Response:
    asked = request.args.get("theme")
    if asked in THEMES:
        response.set_cookie(
            COOKIE, asked, max_age=YEAR_SECONDS, samesite="Lax", secure=request.is_secure, httponly=False
        )
    elif asked == "auto":
        response.delete_cookie(COOKIE, samesite="Lax", secure=request.is_secure)
    return response
