"""Hashing, comparing and making passwords. What makes one acceptable is in rules.py, who may change it in actions."""

from __future__ import annotations

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_of_nobody = _hasher.hash(secrets.token_hex(16))


def hashed(password: str) -> str:
    """Return what is kept of a password; the password cannot be read back from it."""
    return _hasher.hash(password)


def matches(kept: str | None, password: str) -> bool:
    """Whether this password was hashed to `kept`; None (nobody's account) is never matched and takes as long."""
    try:
        return _hasher.verify(kept or _of_nobody, password) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


def fresh() -> str:
    """Return a new random password of 64 bits that can be read out over the telephone."""
    return "-".join(secrets.token_hex(2) for _ in range(4))


def stamp() -> str:
    """Return a new mark for an account; sessions that carry an older one end."""
    return secrets.token_hex(8)
