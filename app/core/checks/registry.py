"""All checks, by name, and the one way to ask them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import chain
from types import MappingProxyType

from app.core.content import Language

from . import amounts, dates, glossary, links, marks, numbers, reading, shape, toolkit, wording
from .sides import Side
from .things import Advice, Check, Context, fingerprint

CHECKS: Mapping[str, Check] = MappingProxyType(
    {
        check.name: check
        for check in chain(
            numbers.CHECKS,
            amounts.CHECKS,
            dates.CHECKS,
            links.CHECKS,
            shape.CHECKS,
            wording.CHECKS,
            marks.CHECKS,
            glossary.CHECKS,
            reading.CHECKS,
            toolkit.CHECKS,
        )
    }
)


def run(source: str, target: str, context: Context, names: Iterable[str] | None = None) -> list[Advice]:
    """Return all advice about a translation, in the order of the checks; none while there is no translation.

    `names` asks only some of the checks; those of the context's hooks are asked in any case.
    """
    if not target:
        return []
    sides = Side(source, context.source_language, context.kind), Side(target, context.target_language, context.kind)
    checks = _applying(context.source_language, context.target_language)
    if names is not None:
        wanted = frozenset(names)
        checks = tuple(check for check in checks if check.name in wanted)
    advice: list[Advice] = []
    for check in chain(checks, (hook for hook in context.hooks if hook.applies(context))):
        for found in check.function(*sides, context):
            name = fingerprint(check.name, source, target, context.policy, found)
            advice.append(Advice(check.name, found.text, found.values, found.spans, found.suggestion, name))
    return advice


@lru_cache(maxsize=256)
def _applying(source: Language, target: Language) -> tuple[Check, ...]:
    """The checks that are asked for a pair of languages."""
    context = Context(source, target)
    return tuple(check for check in CHECKS.values() if check.applies(context))
