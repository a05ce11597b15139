"""Clocks of phones are wrong: what one recorded is kept, and set right by how far it was off when it sent.

Kept apart from what was told: nothing here changes a fact, only the order in which a view takes them.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

TOLERATED = timedelta(minutes=2)
EARLIEST, LATEST = datetime(1960, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


def off_by(device_clock: datetime | None, received_at: datetime) -> timedelta:
    """Return how far a device's clock was behind ours when it sent; nothing within what a slow network explains."""
    off = received_at - device_clock if device_clock is not None else timedelta(0)
    return off if abs(off) > TOLERATED else timedelta(0)


def set_right(recorded_at: datetime, device_clock: datetime | None, received_at: datetime) -> datetime:
    """Return when something was recorded by our clock; never after it was received."""
    return min(recorded_at + off_by(device_clock, received_at), received_at)
