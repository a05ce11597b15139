"""Translating as pure rules: what a text is made of, how stale it is, who translates from what, what is alike.

Texts are named by digest and pairs say "this was made of that"; where pairs, states and words agreed upon are kept is
app/translation's business.
"""

from .cells import Cell, Count, State, Status, count, status_of
from .directions import Directions, directions
from .glossary import Entry, effective
from .memory import MOST_GRAMS, grams, key_of
from .pairing import Made, Origin, made_by
from .repairing import repaired
from .staleness import Staleness, grade, only_form

__all__ = [
    "MOST_GRAMS",
    "Cell",
    "Count",
    "Directions",
    "Entry",
    "Made",
    "Origin",
    "Staleness",
    "State",
    "Status",
    "count",
    "directions",
    "effective",
    "grade",
    "grams",
    "key_of",
    "made_by",
    "only_form",
    "repaired",
    "status_of",
]
