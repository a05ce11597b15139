"""The three-way rule for one text, title or number: who changed it, and what follows.

The words inside a text that both changed are merged by `app.core.prose`; where things stand is `order`'s business.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection

from app.core.content import Digest
from app.core.merge.outcomes import Action, Because, TextOutcome
from app.core.prose import TextMerge, merge_text
from app.core.prose.columns import share_a_sentence
from app.core.prose.guards import NEGATIONS, REWRITE_BELOW, share_kept, touches_amount
from app.core.prose.tokens import tokens

_VARIABLE = re.compile(r"\{\{\s*([^{}\s]+)\s*\}\}")


def compare(
    base: str | None,
    parent: str | None,
    child: str | None,
    *,
    declined: str | None = None,
    frozen: bool = False,
    fixed: bool = False,
    bodies: Callable[[Digest], str] | None = None,
) -> TextOutcome:
    """Return the outcome for one value on three sides; None is a side that has none.

    Without `bodies` the values are titles or numbers: changed on both sides they are a conflict, never merged.
    """

    def outcome(action: Action, because: Because, merge: TextMerge | None = None) -> TextOutcome:
        return TextOutcome(action, base, parent, child, because, merge)

    if parent == child:
        return outcome(*(UNCHANGED if base == parent else SAME))
    for applies, answer in (
        (
            fixed and child is not None and (base, parent) != (None, None),
            TAKEN if child == base else (Action.TAKEN, Because.FIXED_DIFFERS),
        ),
        (frozen, (Action.KEPT, Because.FROZEN)),
        (parent == base, (Action.KEPT, Because.ONLY_OURS)),
        (declined is not None and declined == parent, (Action.KEPT, Because.DECLINED)),
        (child == base, TAKEN),
        (child is None, (Action.KEPT, Because.NO_TEXT_HERE)),
        (parent is None, (Action.CONFLICT, Because.TEXT_REMOVED)),
        (base is None, (Action.CONFLICT, Because.BOTH_ADDED)),
    ):
        if applies:
            return outcome(*answer)
    if bodies is None or base is None or parent is None or child is None:
        return outcome(Action.CONFLICT, Because.BOTH_VALUES)
    return outcome(*_merged(bodies(base), bodies(child), bodies(parent)))


UNCHANGED = (Action.UNCHANGED, Because.NOTHING)
SAME = (Action.SAME, Because.BOTH_ALIKE)
TAKEN = (Action.TAKEN, Because.ONLY_PARENT)


def _merged(base: str, ours: str, theirs: str) -> tuple[Action, Because, TextMerge | None]:
    base, held, theirs = hold_variables(base, ours, theirs)
    merge = merge_text(base, held, theirs)
    if merge.proposed() == ours:
        return Action.KEPT, Because.VARIABLES if theirs == base else Because.HERE_ALREADY, None
    if merge.proposed() is None:
        return Action.CONFLICT, Because.OVERLAP, merge
    if merge.careful or _doubtful(base, held, theirs):
        return Action.CAREFUL, Because.CAREFUL, merge
    return Action.PROPOSAL, Because.APART, merge


def _doubtful(base: str, ours: str, theirs: str) -> bool:
    """Whether the guards of one passage fail for the whole text, wherever in it each side made its changes."""
    touched = [_touched(base, side) for side in (ours, theirs)]
    return (
        all(map(touches_amount, touched))
        or all(words & NEGATIONS for words in touched)
        or any(share_kept(base, side) < REWRITE_BELOW for side in (ours, theirs))
        or share_a_sentence(base, ours, theirs)
    )


def _touched(base: str, side: str) -> set[str]:
    was, now = (Counter(token.lower() for token in tokens(text)) for text in (base, side))
    return set((was - now) + (now - was))


def hold_variables(base: str, ours: str, theirs: str) -> tuple[str, str, str]:
    """Give all three texts the same variables, so that `{{names}}` never conflict: they belong to their level.

    Where all three have as many variables, each place gets ours if we changed it, else theirs. Otherwise variables
    are words like others.
    """
    names = [_VARIABLE.findall(text) for text in (base, ours, theirs)]
    if len({len(found) for found in names}) > 1 or names[0] == names[1] == names[2]:
        return base, ours, theirs
    wanted = [o if o != b else t for b, o, t in zip(*names, strict=True)]
    base, ours, theirs = (_renamed(text, wanted) for text in (base, ours, theirs))
    return base, ours, theirs


def _renamed(text: str, wanted: Collection[str]) -> str:
    names = iter(wanted)

    def renamed(found: re.Match[str]) -> str:
        name = next(names)
        return found[0] if found[1] == name else found[0].replace(found[1], name)

    return _VARIABLE.sub(renamed, text)
