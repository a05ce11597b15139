"""Text as XML 1.0: what XML takes is escaped, and what it forbids becomes an empty element that names it."""

from __future__ import annotations

import re

CHARACTER = "x-char-"  # and the code point in hexadecimal
_SPECIAL = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
_FORBIDDEN = r"\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff"
_IN_TEXT = re.compile(rf"[&<>\r{_FORBIDDEN}]")
_IN_ATTRIBUTE = re.compile(rf"[&<>\"\r\n\t{_FORBIDDEN}]")


def text(content: str, element: str) -> str:
    """Return a text as the content of an element; `element` is the empty one for what XML forbids, with `%s` in it."""
    return _IN_TEXT.sub(lambda found: _SPECIAL.get(found[0]) or element % f"{CHARACTER}{ord(found[0]):04X}", content)


def plain(content: str) -> str:
    """Return a text as the content of an element that takes no others; what XML forbids is marked as unreadable."""
    return text(content, "\ufffd%.0s")


def attribute(value: str) -> str:
    """Return a text as the value of an attribute, with its quotes; what XML forbids is marked as unreadable."""
    return '"' + _IN_ATTRIBUTE.sub(_attribute_character, value) + '"'


def character(named: str) -> str:
    """Return the character that an element names; "" when it names none."""
    code = named.removeprefix(CHARACTER)
    if code == named or not re.fullmatch("[0-9A-F]{4,6}", code) or int(code, 16) > 0x10FFFF:
        return ""
    return chr(int(code, 16))


def _attribute_character(found: re.Match[str]) -> str:
    if found[0] == '"':
        return "&quot;"
    if found[0] in "\r\n\t":
        return f"&#{ord(found[0])};"
    return _SPECIAL.get(found[0], "\ufffd")
