"""What was gained by people who were asked the same before and after, and how hard questions were for them.

Pilots and cohorts share this; where answers come from, and who may see what is found, is theirs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

FEWEST = 5  # people; below that nothing is said of them


@dataclass(frozen=True, slots=True)
class Gain:
    """What paired learners had right before and after: shares from 0 to 1; nothing is said of fewer than five.

    `normalised` is what was gained of what could be gained: (after - before) / (1 - before), on the means of the group
    (R. R. Hake, "Interactive-engagement versus traditional methods", American Journal of Physics 66, 1998, pp. 64-74);
    None where everything was known before.
    """

    paired: int
    before: float | None = None
    after: float | None = None
    mean: float | None = None
    normalised: float | None = None

    @property
    def comparable(self) -> bool:
        return self.paired >= FEWEST


def gain(pairs: Sequence[tuple[Fraction, Fraction]]) -> Gain:
    """What was gained by those who were asked before and after."""
    if len(pairs) < FEWEST:
        return Gain(len(pairs))
    before = sum((pre for pre, _ in pairs), Fraction(0)) / len(pairs)
    after = sum((post for _, post in pairs), Fraction(0)) / len(pairs)
    normalised = float((after - before) / (1 - before)) if before != 1 else None
    return Gain(len(pairs), float(before), float(after), float(after - before), normalised)


def facility(points: Sequence[float], takers: int) -> float | None:
    """The share of takers who had a question right, from 0 (hard) to 1 (easy); None below five takers."""
    return sum(points) / takers if takers >= FEWEST else None
