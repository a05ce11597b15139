"""From the bytes of a ZIP that anybody's program made to the files of a package: bounded, and nothing leads outside."""

from __future__ import annotations

import json
import re
import stat
import unicodedata
import zlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, LargeZipFile, ZipFile, ZipInfo

from . import faults

FORMAT = 1
MANIFEST = "vivero-package.json"
MOST_BYTES = 60 * 1024 * 1024
MOST_UNPACKED_BYTES = 200 * 1024 * 1024
MOST_OF_ONE_BYTES = 50 * 1024 * 1024
MOST_TIMES = 200  # how much larger an entry may become
SMALL_BYTES = 1024 * 1024  # below which how often it repeats itself does not matter
MOST_ENTRIES = 10_000
DEEPEST = 10
_UTF8_NAME = 0x800
_PROTECTED = 0x1
_UNNEEDED = re.compile(r"(?:^|/)(?:__MACOSX|\.[^/]*|Thumbs\.db|desktop\.ini|~\$[^/]*)(?:/|$)", re.IGNORECASE)
_OUTSIDE = re.compile(r"^(?:/|[A-Za-z]:)|(?:^|/)\.\.(?:/|$)")
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a package says of itself. `files` maps (language, digest) of each unit file that went out to its unit."""

    product: str
    slug: str
    region: str
    revision: int
    digest: str
    languages: tuple[str, ...]
    exported_at: str
    files: Mapping[tuple[str, str], str] = field(default_factory=dict)
    paths: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # path: language and unit
    settings: str = ""  # the digest of curriculum.toml


@dataclass(frozen=True, slots=True)
class Opened:
    """A package unpacked: its manifest, and every other file by its path in the package's folder."""

    manifest: Manifest
    files: Mapping[str, bytes]


def unpack(data: bytes) -> Opened:
    """Return what is in a package; raises `PackageFault` with its own sentence for each thing that can be wrong."""
    if len(data) > MOST_BYTES:
        raise faults.TooBig(size=len(data) // 1024 // 1024, most=MOST_BYTES // 1024 // 1024)
    try:
        with ZipFile(BytesIO(data)) as archive:
            entries = _entries(archive)
            root = _root(entries)
            files = _unpacked(archive, {name[len(root) :]: i for name, i in entries.items() if name.startswith(root)})
    except (BadZipFile, LargeZipFile, OSError, ValueError, EOFError, OverflowError):
        raise faults.NotAZip from None
    return Opened(_manifest(files.pop(MANIFEST)), files)


def _entries(archive: ZipFile) -> dict[str, ZipInfo]:
    """The files of the archive by their names as people see them, without what operating systems add."""
    infos = archive.infolist()
    if len(infos) > MOST_ENTRIES:
        raise faults.TooManyEntries(count=len(infos), most=MOST_ENTRIES)
    found: dict[str, ZipInfo] = {}
    seen: set[str] = set()
    for info in infos:
        name = _name(info)
        if _OUTSIDE.search(name) or "\0" in name:
            raise faults.LeadsOutside(name=name[:200])
        if stat.S_ISLNK(info.external_attr >> 16):
            raise faults.IsALink(name=name[:200])
        name = re.sub(r"(?:^|(?<=/))(?:\./|/)+", "", name)
        if not name or name.endswith("/") or _UNNEEDED.search(name):
            continue
        if name.count("/") > DEEPEST:
            raise faults.TooDeep(name=name[:200])
        if info.flag_bits & _PROTECTED:
            raise faults.Encrypted
        if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise faults.OddCompression(name=name[:200])
        if name.casefold() in seen:
            raise faults.NameTwice(name=name[:200])
        seen.add(name.casefold())
        found[name] = info
    return found


def _name(info: ZipInfo) -> str:
    """An entry's name: UTF-8 that is not marked as such (macOS) is told, and Windows' slashes are turned."""
    name = info.orig_filename
    if not info.flag_bits & _UTF8_NAME:
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return unicodedata.normalize("NFC", name.replace("\\", "/"))


def _root(entries: Mapping[str, ZipInfo]) -> str:
    """The folder that the package is in, with its slash; "" when there is none around it."""
    found = sorted((name for name in entries if name.rpartition("/")[2] == MANIFEST), key=lambda n: n.count("/"))
    if not found:
        raise faults.NoManifest
    if len(found) > 1 and found[1].count("/") == found[0].count("/"):
        raise faults.ManyManifests
    return found[0][: -len(MANIFEST)]


def _unpacked(archive: ZipFile, wanted: Mapping[str, ZipInfo]) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    left = MOST_UNPACKED_BYTES
    for name, info in wanted.items():
        most = min(left, MOST_OF_ONE_BYTES, max(SMALL_BYTES, info.compress_size * MOST_TIMES))
        if info.file_size > most:
            raise faults.Expands
        try:
            with archive.open(info) as entry:
                content = entry.read(most + 1)
        except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
            raise faults.Damaged(name=name[:200]) from None
        if len(content) > most:
            raise faults.Expands
        left -= len(content)
        files[name] = content
    return files


def _manifest(data: bytes) -> Manifest:
    try:
        found = json.loads(data.decode("utf-8-sig"))
        if found["format"] != FORMAT:
            if isinstance(found["format"], int) and found["format"] > FORMAT:
                raise faults.NewerVersion(version=str(found.get("vivero", "?"))[:40])
            raise faults.BadManifest
        return _checked(found)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise faults.BadManifest from None


def _checked(found: Any) -> Manifest:
    texts = [found[key] for key in ("vivero", "slug", "region", "content", "exported_at", "settings")]
    files = [(str(e["path"]), str(e["language"]), str(e["unit"]), str(e["digest"])) for e in found["files"]]
    revision = found["revision"]
    if not all(isinstance(text, str) for text in texts) or not _DIGEST.fullmatch(found["content"]):
        raise faults.BadManifest
    if type(revision) is not int or not 0 < revision < 2**31:
        raise faults.BadManifest
    return Manifest(
        product=found["vivero"],
        slug=found["slug"],
        region=found["region"],
        revision=revision,
        digest=found["content"],
        languages=tuple(str(language) for language in found["languages"]),
        exported_at=found["exported_at"],
        files={(language, digest): unit for _, language, unit, digest in files},
        paths={path: (language, unit) for path, language, unit, _ in files},
        settings=found["settings"],
    )
