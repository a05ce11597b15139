"""What a picture's bytes say about it: its format and its size. And SVG drawn as PNG, for formats that need pixels."""

from __future__ import annotations

import re
import struct
from typing import NamedTuple

from app.core.typst import TypesettingFailed, typeset

SHARPNESS_PPI = 220
MOST_DRAWN_PIXELS = 2400  # on the longer side of a drawing made into pixels
MOST_BYTES = 20_000_000
MOST_PIXELS = 30_000  # a side longer than this is refused; no printed page needs it

_NUMBER = r"([0-9]+(?:\.[0-9]+)?)"
_SVG_SIZE = re.compile(rf'<svg\b[^>]*?\bwidth="{_NUMBER}(?:px)?"[^>]*?\bheight="{_NUMBER}(?:px)?"')
_SVG_BOX = re.compile(rf'<svg\b[^>]*?\bviewBox="\s*[-0-9.]+[\s,]+[-0-9.]+[\s,]+{_NUMBER}[\s,]+{_NUMBER}\s*"')
_JPEG_SIZES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


class Facts(NamedTuple):
    """A picture's format (`png`, `jpeg`, `gif`, `svg`) and size in pixels of 1/96 inch."""

    form: str
    width: float
    height: float


def facts(data: bytes) -> Facts | None:
    """Return what the picture is, or None when it is no picture that may be printed."""
    found = _facts(data) if 0 < len(data) <= MOST_BYTES else None
    return found if found and 0 < found.width < MOST_PIXELS and 0 < found.height < MOST_PIXELS else None


def _facts(data: bytes) -> Facts | None:
    if data[:8] == b"\x89PNG\r\n\x1a\n" and len(data) >= 24:
        return Facts("png", *struct.unpack(">II", data[16:24]))
    if data[:6] in (b"GIF87a", b"GIF89a") and len(data) >= 10:
        return Facts("gif", *struct.unpack("<HH", data[6:10]))
    if data[:3] == b"\xff\xd8\xff":
        return _jpeg(data)
    if b"<svg" in data[:4000]:
        head = data[:8000].decode("utf-8", "replace")
        size = _SVG_SIZE.search(head) or _SVG_BOX.search(head)
        return Facts("svg", float(size[1]), float(size[2])) if size else None
    return None


def _jpeg(data: bytes) -> Facts | None:
    place = 2
    while place + 9 < len(data) and data[place] == 0xFF:
        marker = data[place + 1]
        if marker in _JPEG_SIZES:
            height, width = struct.unpack(">HH", data[place + 5 : place + 9])
            return Facts("jpeg", width, height)
        place += 2 + int.from_bytes(data[place + 2 : place + 4], "big")
    return None


def svg_to_png(svg: bytes) -> bytes | None:
    """Return the drawing as PNG, or None when it cannot be drawn (among others, when it asks for other files)."""
    known = facts(svg)
    if known is None:
        return None
    source = b'#set page(width: auto, height: auto, margin: 0pt, fill: none)\n#image("drawing.svg")'
    ppi = min(SHARPNESS_PPI, MOST_DRAWN_PIXELS * 96 / max(known.width, known.height))
    try:
        return typeset({"main.typ": source, "drawing.svg": svg}, "png", ppi=ppi)
    except TypesettingFailed:
        return None
