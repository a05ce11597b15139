"""Carrying a change of the source into its translation where it needs no language: figures, variables, addresses.

What is carried is offered to a translator, who reads it; nothing here knows what a sentence means.
"""

from __future__ import annotations

import re

from app.core.diff import Op, word_diff

# What reads the same in every language: a variable, the address of a link, a figure with what belongs to it.
_VARIABLE = re.compile(r"\{\{[^{}\n]*\}\}")
_FIGURE = re.compile(r"\d+(?:[.,:]\d+)*")
_ADDRESS = re.compile(r"(?<=\]\()[^()\s]+")


def repaired(old: str, new: str, target: str) -> str | None:
    """Return the translation of `old` with its figures, variables and addresses as in `new`; None without any change.

    A figure is changed only if it stands in the translation exactly as often as it stood in the old source, and if
    wherever it stood there it reads the same now: so nobody's share of 25 becomes 30 because a price did.
    """
    swaps: dict[str, str] = {}
    kept: set[str] = set()
    for change in word_diff(old, new):
        before, after = _same_everywhere(change.before), _same_everywhere(change.after)
        if change.op is Op.EQUAL:
            kept.update(before)
        elif len(before) == len(after):
            for was, now in zip(before, after, strict=True):
                if was == now or swaps.setdefault(was, now) != now:
                    kept.add(was)
        else:
            kept.update(before)
    there, had = _same_everywhere(target), _same_everywhere(old)
    sure = {was: now for was, now in swaps.items() if was not in kept and 0 < there.count(was) == had.count(was)}
    if not sure:
        return None
    return _ANY.sub(lambda match: sure.get(match[0], match[0]), target)


_ANY = re.compile(f"{_VARIABLE.pattern}|{_ADDRESS.pattern}|{_FIGURE.pattern}")


def _same_everywhere(text: str) -> list[str]:
    return [match[0] for match in _ANY.finditer(text)]
