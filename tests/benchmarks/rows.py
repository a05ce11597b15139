"""A row of the benchmark table; every benchmark module has `run() -> list[Row]`. Nothing here runs or prints."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One case measured against its limit, both in `unit`."""

    case: str
    measured: float
    limit: float
    unit: str
    ok: bool
