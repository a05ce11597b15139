"""Opens a package as somebody does on their own computer, edits a file and closes it again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from app.curriculum.models import Edition
from app.interchange.exchanging import packages
from app.people.permissions import COMMAND_LINE


def files_of(data: bytes) -> dict[str, bytes]:
    """Every file of a ZIP by its name."""
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(files: Mapping[str, bytes]) -> bytes:
    """The files as a ZIP."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def exported(edition: Edition) -> bytes:
    return packages.export(COMMAND_LINE, edition)


def edited(data: bytes, change: Callable[[str, str], str]) -> bytes:
    """The package with every text file as `change` (its name, its text) gives it back."""
    return zipped({name: change(name, content.decode()).encode() for name, content in files_of(data).items()})


def replaced(data: bytes, old: str, new: str, within: str = "") -> bytes:
    """The package with a text replaced in the files whose name has `within`; it must be there."""
    found = []

    def change(name: str, text: str) -> str:
        if within in name and old in text and name.endswith((".md", ".toml")):
            found.append(name)
            return text.replace(old, new)
        return text

    result = edited(data, change)
    assert found, old
    return result


def planned(edition: Edition, data: bytes) -> packages.PackagePlan:
    return packages.plan(COMMAND_LINE, edition, data)
