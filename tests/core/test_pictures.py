"""Pictures lose what a camera told about them, and nothing that is seen."""

from __future__ import annotations

import struct
import zlib

import pytest

from app.core.pictures import bare

WHERE = b"GPS 6.5S 76.4W, Telefono de Rosa"


def segment(marker: int, told: bytes) -> bytes:
    """A segment of a JPEG file."""
    return bytes([0xFF, marker]) + struct.pack(">H", len(told) + 2) + told


def exif(order: str, turned: int) -> bytes:
    """What a telephone tells: how it was held, and where."""
    entries = struct.pack(f"{order}HHIHH", 0x0110, 2, 4, 0, 0) + struct.pack(f"{order}HHIHH", 0x0112, 3, 1, turned, 0)
    head = {"<": b"II*\0", ">": b"MM\0*"}[order] + struct.pack(f"{order}IH", 8, 2)
    return b"Exif\0\0" + head + entries + bytes(4) + WHERE


def jpeg(order: str = "<", turned: int = 6) -> bytes:
    """A photograph as a telephone sends it, with two scans, and another picture behind its end."""
    seen = [segment(0xE0, b"JFIF\0" + bytes(9)), segment(0xE2, b"ICC_PROFILE\0" + b"farbe"), segment(0xDB, bytes(65))]
    told = [segment(0xE1, exif(order, turned)), segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + WHERE),
            segment(0xED, WHERE), segment(0xFE, WHERE), segment(0xE2, b"MPF\0" + WHERE)]  # fmt: skip
    scans = segment(0xDA, bytes(10)) + b"\x12\xff\x00\x34\xff\xd0\x56" + segment(0xDA, bytes(10)) + b"\x78\xff\x00"
    return b"\xff\xd8" + seen[0] + b"".join(told) + b"\xff" + b"".join(seen[1:]) + scans + b"\xff\xd9" + WHERE


def chunk(kind: bytes, told: bytes) -> bytes:
    """A chunk of a PNG file."""
    return struct.pack(">I", len(told)) + kind + told + struct.pack(">I", zlib.crc32(kind + told))


def png() -> bytes:
    """A picture of a screen, with words of the program that made it."""
    told = [chunk(b"tEXt", b"Author\0" + WHERE), chunk(b"eXIf", exif(">", 1)[6:]), chunk(b"tIME", bytes(7))]
    seen = [chunk(b"IHDR", bytes(13)), *told, chunk(b"pHYs", bytes(9)), chunk(b"IDAT", b"dots"), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(seen) + WHERE


def webp() -> bytes:
    """A picture from a messenger."""
    parts = [(b"VP8X", b"\x1c" + bytes(9)), (b"VP8 ", b"dots!"), (b"EXIF", WHERE), (b"XMP ", WHERE)]
    body = b"WEBP" + b"".join(k + struct.pack("<I", len(d)) + d + b"\0" * (len(d) % 2) for k, d in parts)
    return b"RIFF" + struct.pack("<I", len(body)) + body


@pytest.mark.parametrize("data", [jpeg(), jpeg(">"), png(), webp()])
def test_nothing_that_was_told_about_a_picture_stays(data: bytes) -> None:
    made = bare(data)
    assert WHERE in data
    assert WHERE not in made
    assert b"Adobe.com"[:5].lower() not in made
    assert bare(made) == made


@pytest.mark.parametrize("order", ["<", ">"])
def test_a_photograph_stays_the_way_it_was_held(order: str) -> None:
    turned, upright = bare(jpeg(order, 6)), bare(jpeg(order, 1))
    assert struct.pack(">HHIH", 0x0112, 3, 1, 6) in turned
    assert b"Exif" not in upright
    assert b"ICC_PROFILE" in turned
    assert b"\x12\xff\x00\x34\xff\xd0\x56" in turned
    assert turned.endswith(b"\x78\xff\x00\xff\xd9")


def test_what_is_seen_of_other_pictures_stays() -> None:
    made = bare(png())
    assert [kind for kind in (b"IHDR", b"pHYs", b"IDAT", b"IEND") if kind not in made] == []
    made = bare(webp())
    assert b"dots!" in made
    assert made[20] == 0x10  # has no EXIF and no XMP any more
    assert struct.unpack("<I", made[4:8])[0] == len(made) - 8


@pytest.mark.parametrize("whole", [jpeg(), png(), webp(), b"<svg/>", b"GIF89a"])
def test_no_broken_picture_breaks_it(whole: bytes) -> None:
    for end in range(len(whole)):
        assert isinstance(bare(whole[:end]), bytes)
    for at in range(2, min(len(whole), 200)):
        assert isinstance(bare(whole[:at] + b"\xff\x00" + whole[at + 2 :]), bytes)
