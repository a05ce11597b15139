"""Pictures without what a camera or a program wrote into them: where, when and with what they were taken, by whom.

Of JPEG, PNG and WebP, which phones make; how a photograph is to be turned is kept. What cannot be followed to its end
is left as it came. Nothing is drawn or made smaller here.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

_KEPT_CHUNKS = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD", b"hIST",
     b"pHYs", b"acTL", b"fcTL", b"fdAT", b"cICP"}
)  # fmt: skip
_WEBP_TOLD = (b"EXIF", b"XMP ")
_WEBP_FLAGS = 0b0000_1100  # of VP8X: says that EXIF and XMP follow
_START_OF_SCAN, _END, _EXIF, _PROFILE, _ADOBE, _JFIF = 0xDA, 0xD9, 0xE1, 0xE2, 0xEE, 0xE0
_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})  # markers without a length
_ORIENTATION = 0x0112


class _Broken(Exception):
    """The bytes are not what they begin as."""


def bare(data: bytes) -> bytes:
    """Return the picture without what was told about it; doing it twice changes nothing more."""
    try:
        if data[:2] == b"\xff\xd8":
            return b"".join(_jpeg(data))
        if data[:8] == b"\x89PNG\r\n\x1a\n":
            return data[:8] + b"".join(_png(data))
        if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
            body = b"WEBP" + b"".join(_webp(data))
            return b"RIFF" + struct.pack("<I", len(body)) + body
    except (_Broken, struct.error, IndexError):
        return data
    return data


def _jpeg(data: bytes) -> Iterator[bytes]:
    yield data[:2]
    at = 2
    while True:
        if data[at] != 0xFF:
            raise _Broken
        marker = data[at + 1]
        if marker == 0xFF:  # filling
            at += 1
        elif marker == _END:
            yield data[at : at + 2]
            return
        elif marker in _ALONE:
            yield data[at : at + 2]
            at += 2
        else:
            after = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
            if after < at + 4 or after > len(data):
                raise _Broken
            yield _kept(marker, data[at:after])
            at = after
            if marker == _START_OF_SCAN:
                at = _end_of_scan(data, after)
                yield data[after:at]


def _kept(marker: int, segment: bytes) -> bytes:
    """A segment as it goes on: colours and tables as they are, of what a camera told only how the picture is turned."""
    told = segment[4:]
    if marker == _EXIF:
        turned = _turned(told[6:]) if told[:6] == b"Exif\0\0" else 1
        return _turning(turned) if turned != 1 else b""
    if marker == _PROFILE:
        return segment if told.startswith(b"ICC_PROFILE\0") else b""
    is_told = 0xE0 <= marker <= 0xEF or marker == 0xFE
    return segment if not is_told or marker in (_JFIF, _ADOBE) else b""


def _end_of_scan(data: bytes, at: int) -> int:
    """Where the next marker is that is none of a scan's own."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            raise _Broken
        if data[at + 1] != 0 and data[at + 1] not in _ALONE:
            return at
        at += 2


def _turned(tiff: bytes) -> int:
    """How the first picture of an EXIF block is to be turned, 1 to 8."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return 1
    try:
        (start,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, start)
        for number in range(count):
            tag, kind, _, value = struct.unpack_from(f"{order}HHIH", tiff, start + 2 + 12 * number)
            if tag == _ORIENTATION and kind == 3 and 1 <= value <= 8:
                return int(value)
    except struct.error:
        return 1
    return 1


def _turning(turned: int) -> bytes:
    """An EXIF segment that says only how a picture is to be turned."""
    entry = struct.pack(">HHIHH", _ORIENTATION, 3, 1, turned, 0)
    told = b"Exif\0\0MM\0*" + struct.pack(">IH", 8, 1) + entry + bytes(4)
    return b"\xff\xe1" + struct.pack(">H", len(told) + 2) + told


def _png(data: bytes) -> Iterator[bytes]:
    at = 8
    while True:
        (length,) = struct.unpack_from(">I", data, at)
        kind, after = data[at + 4 : at + 8], at + 12 + length
        if after > len(data):
            raise _Broken
        if kind in _KEPT_CHUNKS:
            yield data[at:after]
        if kind == b"IEND":
            return
        at = after


def _webp(data: bytes) -> Iterator[bytes]:
    at, end = 12, min(len(data), 8 + int(struct.unpack_from("<I", data, 4)[0]))
    while at < end:
        (length,) = struct.unpack_from("<I", data, at + 4)
        kind, after = data[at : at + 4], at + 8 + length + length % 2
        if after > len(data):
            raise _Broken
        if kind == b"VP8X":
            yield data[at : at + 8] + bytes([data[at + 8] & ~_WEBP_FLAGS]) + data[at + 9 : after]
        elif kind not in _WEBP_TOLD:
            yield data[at:after]
        at = after
