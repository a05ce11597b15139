"""A form that two people have open: whoever saves second is told, and nothing of either is lost.

The page carries a mark of what it showed; saving asks whether that is still what stands there.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from flask import request

from app.core.errors import N_, Refused

FIELD = "as_it_was"


class ChangedMeanwhile(Refused):
    text = N_(
        "Somebody has changed this since you opened it, so nothing was saved. What you typed stands below. Look at what"
        " is there now in another window, and save again if yours is to stand."
    )


def mark(stands: Mapping[str, Any]) -> str:
    """A mark of what stands there, for a hidden field `FIELD` of its form."""
    return hashlib.sha256(json.dumps(stands, sort_keys=True, default=str).encode()).hexdigest()[:16]


def check(stands: Mapping[str, Any]) -> None:
    """Raise `ChangedMeanwhile` where the form that was sent showed something else; a form without a mark passes."""
    sent = request.form.get(FIELD)
    if sent and sent != mark(stands):
        raise ChangedMeanwhile
