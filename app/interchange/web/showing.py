"""Rendered texts inside pages that have headings of their own: theirs are put below, or shown as strong words."""

from __future__ import annotations

import re

from markupsafe import Markup

_HEAD = re.compile(r"(</?h)([1-6])")
_OPENS, _CLOSES = re.compile(r"<h[1-6]>"), re.compile(r"</h[1-6]>")


def lowered(html: str) -> Markup:
    """Rendered HTML with each heading one level lower."""
    return Markup(_HEAD.sub(lambda found: f"{found[1]}{min(6, int(found[2]) + 1)}", html))  # noqa: S704 - rendered, cleaned


def without_headings(html: str) -> Markup:
    """Rendered HTML with its headings as paragraphs of strong words."""
    strong = _CLOSES.sub("</strong></p>", _OPENS.sub("<p><strong>", html))
    return Markup(strong)  # noqa: S704 - rendered and cleaned by core.rendering
