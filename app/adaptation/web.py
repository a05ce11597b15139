"""Pages of this feature."""

from __future__ import annotations

from flask import Flask


def install(app: Flask) -> None:
    """Add this feature's pages."""
