"""How often numbers of no certificate may be asked for: enough for who mistypes, too little for who guesses."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock

from app.core.errors import N_, Refused

MOST_MISSES, WITHIN = 30, timedelta(minutes=10)
MOST_ADDRESSES = 10_000


class TooManyMisses(Refused):
    text = N_("Too many numbers that do not exist were tried from here. Please wait ten minutes.")
    status = 429


class Misses:
    """The misses of the last minutes by address, in this process's memory alone: nothing is written down."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now, self._lock = now, Lock()
        self._by_address: OrderedDict[str, deque[datetime]] = OrderedDict()

    def check(self, address: str) -> None:
        """Raise `TooManyMisses` when this address has missed too often."""
        with self._lock:
            missed = self._by_address.get(address, deque())
            while missed and missed[0] < self._now() - WITHIN:
                missed.popleft()
            if len(missed) >= MOST_MISSES:
                raise TooManyMisses

    def note(self, address: str) -> None:
        """Note a miss."""
        with self._lock:
            self._by_address.setdefault(address, deque(maxlen=MOST_MISSES)).append(self._now())
            self._by_address.move_to_end(address)
            while len(self._by_address) > MOST_ADDRESSES:
                self._by_address.popitem(last=False)
