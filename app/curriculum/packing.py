"""How manifests are stored: deflated, and where an earlier one is much alike, as little more than the difference.

Deflate with the earlier manifest as its dictionary does that by itself. A manifest is packed against a whole one, never
against a packed one, so reading takes at most one step back. Digests name the manifest itself, however it is stored.
"""

from __future__ import annotations

import zlib

WINDOW_BYTES = 32_768  # how far back deflate can point: of a longer dictionary the end is used
WORTH = 0.5  # packed against another only when that halves it


def pack(body: str, like: str | None = None) -> tuple[bytes, bool]:
    """Return a manifest's stored form, and whether it needs `like` to be read."""
    data = body.encode()
    alone = zlib.compress(data, 9)
    if like is None:
        return alone, False
    maker = zlib.compressobj(9, zdict=_dictionary(like))
    against = maker.compress(data) + maker.flush()
    return (against, True) if len(against) <= len(alone) * WORTH else (alone, False)


def unpack(data: bytes, like: str | None = None) -> str:
    """Return a manifest from its stored form; `like` as it was packed with."""
    if like is None:
        return zlib.decompress(data).decode()
    reader = zlib.decompressobj(zdict=_dictionary(like))
    return (reader.decompress(data) + reader.flush()).decode()


def _dictionary(like: str) -> bytes:
    return like.encode()[-WINDOW_BYTES:]
