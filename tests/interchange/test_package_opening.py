"""ZIP files as Windows, macOS and Android make them are read; those that would do harm, or are none, are refused."""

from __future__ import annotations

import json
import stat
from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from app.interchange.formats.offline import FORMAT, faults, opening, unpack

SIGNS = (bytearray(b"PK\x03\x04"), bytearray(b"PK\x01\x02"))
MANIFEST = {
    "format": FORMAT,
    "vivero": "1",
    "slug": "my-coop",
    "region": "PE",
    "revision": 3,
    "content": "0" * 64,
    "languages": ["en", "es"],
    "exported_at": "2026-11-22T10:00:00+00:00",
    "settings": "0" * 64,
    "files": [],
}


def manifest(**changes: object) -> bytes:
    return json.dumps({**MANIFEST, **changes}).encode()


def packed(files: Mapping[str, bytes], *, compression: int = ZIP_DEFLATED) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", compression) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


GOOD = {"my-coop-PE/vivero-package.json": manifest(), "my-coop-PE/es/01-a/01-b.md": b"hola"}


@pytest.mark.parametrize(
    "files",
    [
        GOOD,
        {name.partition("/")[2]: data for name, data in GOOD.items()},
        {f"Carpeta nueva/{name}": data for name, data in GOOD.items()},
        {**GOOD, "__MACOSX/my-coop-PE/._vivero-package.json": b"x", "my-coop-PE/.DS_Store": b"x"},
        {**GOOD, "my-coop-PE/Thumbs.db": b"x", "my-coop-PE/es/desktop.ini": b"x", "my-coop-PE/es/": b""},
        {name.replace("/", "\\"): data for name, data in GOOD.items()},
        {**GOOD, "my-coop-PE/vivero-package.json": b"\xef\xbb\xbf" + manifest().replace(b",", b",\r\n")},
    ],
    ids=["plain", "no folder", "renamed and nested", "macOS", "Windows", "backslashes", "BOM and CRLF"],
)
def test_whatever_program_zipped_it_the_same_files_are_found(files: dict[str, bytes]) -> None:
    opened = unpack(packed(files))
    assert dict(opened.files) == {"es/01-a/01-b.md": b"hola"}
    assert (opened.manifest.slug, opened.manifest.revision) == ("my-coop", 3)


def test_names_in_utf8_that_are_not_marked_as_such_are_told() -> None:
    data = packed({**GOOD, "my-coop-PE/media/niña.png": b"x"})
    name = "niña.png".encode()
    assert name in data
    out = bytearray(data)
    for at in (at for at in range(len(out)) if out[at : at + 4] in SIGNS):
        flags = at + (6 if out[at : at + 4] == b"PK\x03\x04" else 8)
        out[flags + 1] &= ~0x08
    assert "media/niña.png" in unpack(bytes(out)).files
    decomposed = packed({**GOOD, "my-coop-PE/media/nin\u0303a.png": b"x"})
    assert "media/niña.png" in unpack(decomposed).files


def link() -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for name, content in GOOD.items():
            archive.writestr(name, content)
        info = ZipInfo("my-coop-PE/es/link.md")
        info.create_system, info.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    return out.getvalue()


def protected() -> bytes:
    data = bytearray(packed(GOOD))
    for at in (at for at in range(len(data)) if data[at : at + 4] in SIGNS):
        data[at + (6 if data[at : at + 4] == b"PK\x03\x04" else 8)] |= 1
    return bytes(data)


def twice() -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for name, content in [*GOOD.items(), ("my-coop-PE/es/01-A/01-b.md", b"otra")]:
            archive.writestr(name, content)
    return out.getvalue()


def damaged() -> bytes:
    data = packed({**GOOD, "my-coop-PE/es/01-a/02.md": bytes(range(256)) * 20})
    at = data.index(bytes([0, 1, 2, 3])) if bytes([0, 1, 2, 3]) in data else data.index(b"02.md") + 40
    return data[: at + 10] + bytes(50) + data[at + 60 :]


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", faults.NotAZip),
        (b"hello", faults.NotAZip),
        (packed(GOOD)[:-30], faults.NotAZip),
        (packed({"a.md": b""}), faults.NoManifest),
        (packed({"a/vivero-package.json": manifest(), "b/vivero-package.json": manifest()}), faults.ManyManifests),
        (packed({**GOOD, "../evil.md": b""}), faults.LeadsOutside),
        (packed({**GOOD, "my-coop-PE/../../evil.md": b""}), faults.LeadsOutside),
        (packed({**GOOD, "/etc/evil.md": b""}), faults.LeadsOutside),
        (packed({**GOOD, "C:\\evil.md": b""}), faults.LeadsOutside),
        (packed({**GOOD, "a/" * 20 + "b.md": b""}), faults.TooDeep),
        (link(), faults.IsALink),
        (protected(), faults.Encrypted),
        (twice(), faults.NameTwice),
        (damaged(), faults.Damaged),
        (packed(GOOD, compression=ZIP_BZIP2), faults.OddCompression),
        (packed({**GOOD, "my-coop-PE/es/zeros.md": bytes(30_000_000)}), faults.Expands),
        (packed({"a/vivero-package.json": b"[]"}), faults.BadManifest),
        (packed({"a/vivero-package.json": b"\xff"}), faults.BadManifest),
        (packed({"a/vivero-package.json": b"[" * 100_000}), faults.BadManifest),
        (packed({"a/vivero-package.json": manifest(revision="3")}), faults.BadManifest),
        (packed({"a/vivero-package.json": manifest(revision=2**40)}), faults.BadManifest),
        (packed({"a/vivero-package.json": manifest(format=FORMAT + 1)}), faults.NewerVersion),
    ],
)
def test_each_thing_that_can_be_wrong_has_a_sentence_of_its_own(data: bytes, fault: type[faults.PackageFault]) -> None:
    with pytest.raises(fault):
        unpack(data)


def test_entries_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "MOST_ENTRIES", 5)
    with pytest.raises(faults.TooManyEntries):
        unpack(packed({**GOOD, **{f"{i}.md": b"" for i in range(9)}}))
    monkeypatch.setattr(opening, "MOST_BYTES", 100)
    with pytest.raises(faults.TooBig):
        unpack(packed(GOOD))
