"""The filters of translate-toolkit that say something of prose; which ones, and why, is decision 0011."""

from __future__ import annotations

from .things import Check

CHECKS: tuple[Check, ...] = ()
