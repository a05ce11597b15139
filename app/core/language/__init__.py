"""Inclusive and plain wording, in Spanish: remarks on a block's text with what could stand there instead.

Advice only: nothing here changes a text by itself. `inclusive` and `plain_language` look, `applied` carries out what a
person chose. Other languages get no inclusive remarks; how easy a text is to read is readability.py's matter.
"""

from __future__ import annotations

from .checking import applied, inclusive
from .plainly import plain_language
from .things import RULES, Policy, Remark, Style

__all__ = ["RULES", "Policy", "Remark", "Style", "applied", "inclusive", "plain_language"]
