"""Files that people up- and download, behind two functions, so that an object store can take the folder's place."""

from __future__ import annotations

import hashlib
from pathlib import Path
from uuid import uuid4

from flask import current_app


def _path(name: str) -> Path:
    return Path(current_app.config["FILES_DIR"]) / name[:2] / name


def put(data: bytes) -> str:
    """Keep these bytes and return the name to get them back by (their SHA-256)."""
    name = hashlib.sha256(data).hexdigest()
    path = _path(name)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{uuid4().hex}.part")  # two who keep the same at once do not share it
        part.write_bytes(data)
        part.replace(path)
    return name


def get(name: str) -> bytes:
    """The bytes kept under this name; `FileNotFoundError` when there are none."""
    return _path(name).read_bytes()
