"""Reading pages as a browser would: what they link to, and whether anything in them would run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urlsplit

from flask.testing import FlaskClient

ADDRESSES = frozenset({"href", "src", "action", "formaction", "data", "poster", "srcset", "xlink:href", "background"})
NEVER = frozenset({"iframe", "object", "embed", "base", "applet", "frame", "math", "foreignobject", "animate", "set"})
SAFE = frozenset({"", "http", "https", "mailto", "tel"})
_CONTROL = re.compile(r"[\x00-\x20\u200b-\u200f\ufeff]")


class _Reader(HTMLParser):
    """Collects every attribute of every element, and what would run."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self.faults: list[str] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag in NEVER:
            self.faults.append(f"<{tag}>")
        if tag == "script" and not given.get("src", "").startswith("/assets/"):
            self.faults.append(f"<script {given}>")
        if tag == "meta" and "http-equiv" in given:
            self.faults.append(f"<meta {given}>")
        for name, value in given.items():
            if name.startswith("on") or name in ("style", "srcdoc"):
                self.faults.append(f"<{tag} {name}={value!r}>")
            if name in ADDRESSES:
                self._address(tag, name, value)

    def handle_data(self, text: str) -> None:
        self.texts.append(text)

    def _address(self, tag: str, name: str, value: str) -> None:
        scheme = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*):", _CONTROL.sub("", value))
        picture = tag == "img" and re.match(r"data:image/(png|jpeg|gif|webp|svg\+xml);base64,", value)
        if scheme and scheme[1].lower() not in SAFE and not picture:
            self.faults.append(f"<{tag} {name}={value[:80]!r}>")
        if name == "action" and (scheme or value.startswith("//")):
            self.faults.append(f"<{tag} {name}={value[:80]!r}>")
        if tag == "a" and name == "href":
            self.links.append(value)


def faults(page: str) -> list[str]:
    """What in a page would run or lead astray; empty for a harmless one."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader.faults


def words(page: str) -> str:
    """What a reader sees of a page, in one line."""
    reader = _Reader()
    reader.feed(page)
    return " ".join(" ".join(reader.texts).split())


def links(page: str) -> list[str]:
    """The addresses on this site that a page links to, without the part that stands after `#`."""
    reader = _Reader()
    reader.feed(page)
    own = [urlsplit(link) for link in reader.links if link.startswith("/") and not link.startswith("//")]
    return list(dict.fromkeys(link._replace(fragment="").geturl() for link in own))


def walk(client: FlaskClient, starts: list[str], most: int) -> Iterator[tuple[str, str]]:
    """Every page that can be reached by links from some pages, with its address; each kind of address a few times."""
    waiting, seen = list(starts), set[str]()
    kinds: dict[str, int] = {}
    while waiting and len(seen) < most:
        address = waiting.pop(0)
        if address in seen:
            continue
        seen.add(address)
        answer = client.get(address)
        if answer.headers.get("Content-Disposition", "").startswith("attachment"):
            continue  # a file to keep is not shown
        yield address, answer.text
        if answer.mimetype != "text/html":
            continue
        for link in links(answer.text):
            kind = re.sub(r"[0-9a-f]{16}|\d+", "·", link)
            if link not in seen and kinds.get(kind, 0) < 2:
                kinds[kind] = kinds.get(kind, 0) + 1
                waiting.append(link)
