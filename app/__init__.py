"""Vivero. `create_app` is the one place that knows every part; importing this package imports nothing else."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask import Flask

_COLLECTED_AFTER = (20_000, 20, 50)


def create_app(**overrides: Any) -> Flask:
    """Build the application from `VIVERO_…` settings; `overrides` (setting names of app/config.py) win.

    Python looks for objects that hold each other much more seldom here than it would: a book is hundreds of thousands
    of objects, and next to none of them are of that kind.
    """
    gc.set_threshold(*_COLLECTED_AFTER)
    from . import factory

    return factory.build(**overrides)
