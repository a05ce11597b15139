"""How the tests of single checks ask: one check, two texts, what it says."""

from __future__ import annotations

from collections.abc import Callable

from app.core.checks import Advice, Context, run
from app.core.content import Kind

Ask = Callable[..., list[Advice]]


def asking(*names: str) -> Ask:
    """Return what asks these checks about a source and its translation, Spanish into English and so on."""

    def ask(source: str, target: str, languages: str = "en>es", kind: Kind = Kind.PARAGRAPH) -> list[Advice]:
        before, after = languages.split(">")
        return run(source, target, Context(before, after, kind), names)

    return ask


def marked(target: str, advice: list[Advice]) -> list[str]:
    """The parts of a translation that advice points to."""
    return [target[start:end] for one in advice for start, end in one.spans]
