"""Where a text leads: the pictures and links in it that lie neither in the web nor among the edition's own pictures."""

from __future__ import annotations

import html
import re
from collections.abc import Collection
from urllib.parse import unquote

from .rendering import render

FOLDER = "media/"
_ADDRESS = re.compile(r'<(?:img[^>]* src|a[^>]* href)="([^"]*)"')
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|/|#", re.IGNORECASE)  # the web, this site, this page


def broken(text: str, pictures: Collection[str]) -> str | None:
    """Return the first address that leads nowhere, or None; `pictures` are the names in the folder `media/`.

    Seen as readers would see the text, so what stands in code leads nowhere and is no link.
    """
    if "](" not in text and "<" not in text:
        return None
    for found in _ADDRESS.findall(render(text)):
        address = unquote(html.unescape(found))
        if not _ELSEWHERE.match(address) and not (
            address.startswith(FOLDER) and address.removeprefix(FOLDER) in pictures
        ):
            return address
    return None
