"""Vivero. `create_app` is the one place that knows every part; importing this package imports nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask import Flask


def create_app(**overrides: Any) -> Flask:
    """Build the application from `VIVERO_…` settings; `overrides` (setting names of app/config.py) win."""
    from . import factory

    return factory.build(**overrides)
