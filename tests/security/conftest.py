"""What the attacks share: a watchdog that ends work which would not end by itself."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from types import FrameType

import pytest


@pytest.fixture
def watchdog() -> Iterator[Callable[[int], object]]:
    """Call it with seconds: whatever is under way after them ends with `TimeoutError`. Each call begins anew."""

    def bark(_number: int, _frame: FrameType | None) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, bark)
    try:
        yield signal.alarm
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
