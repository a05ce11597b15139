"""Tables of words written as running text, and what is made of them."""

from __future__ import annotations


def table(words: str) -> frozenset[str]:
    """Return the words of a text as a set."""
    return frozenset(words.split())


def choice(words: str) -> str:
    """Return a pattern that matches any of the words of a text; a word may be a pattern itself."""
    return "|".join(words.split())
