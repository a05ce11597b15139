"""Whether variables, links and pictures of the original are in the translation."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from app.core.errors import N_
from app.core.variables import VARIABLE

from .sides import Side
from .things import Check, Context, Found

_LINK = re.compile(
    r"(?P<picture>!)?\[(?:[^\[\]\n]|\[[^\[\]\n]*\])*\]\((?P<address>[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)[^()\n]*\)"
    r"|<?(?P<bare>(?:https?://|mailto:)[^\s<>]*[^\s<>.,;:!?)\]*_])>?"
)
_FORM = re.compile(r"^(?:(?:to|of|in|on|at|by|for|from|with)_)?(?:(?:the|a|an)_)?(?=.)")


def _variables(source: Side, target: Side, context: Context) -> Iterator[Found]:
    if "{{" not in source.text and "{{" not in target.text:
        return
    there = VARIABLE.findall(source.text)
    here = {found[1]: found.span() for found in VARIABLE.finditer(target.text)}
    theirs, ours = {_stem(name) for name in there}, {_stem(name) for name in here}
    for name in sorted(set(there)):
        if _stem(name) not in ours:
            text = N_("The variable %(variable)s of the original is not in the translation.")
            yield Found(text, {"variable": f"{{{{{name}}}}}"})
    for name, span in here.items():
        if context.variables is not None and name not in context.variables:
            text = N_("There is no variable %(variable)s in this edition.")
            yield Found(text, {"variable": f"{{{{{name}}}}}"}, (span,))
        elif _stem(name) not in theirs:
            text = N_("The variable %(variable)s is in the translation and not in the original.")
            yield Found(text, {"variable": f"{{{{{name}}}}}"}, (span,))


def _stem(name: str) -> str:
    """A variable's name without its article: one language says `to_the_board` where the other says `board`."""
    return _FORM.sub("", name.lower())


def _links(source: Side, target: Side, context: Context) -> Iterator[Found]:
    there, here = _addresses(source.text), _addresses(target.text)
    lacking = Counter(there.keys()) - Counter(here.keys())
    extra = Counter(here.keys()) - Counter(there.keys())
    for picture, address in lacking:
        text = N_("The link to %(address)s is not in the translation.")
        if picture:
            text = N_("The picture %(address)s is not in the translation.")
        yield Found(text, {"address": address})
    for picture, address in extra:
        text = N_("The link to %(address)s is in the translation and not in the original.")
        if picture:
            text = N_("The picture %(address)s is in the translation and not in the original.")
        yield Found(text, {"address": address}, (here[picture, address],))


def _addresses(text: str) -> dict[tuple[bool, str], tuple[int, int]]:
    """Whether a picture, and the address, of all links of a text, with their first place."""
    if "](" not in text and "://" not in text and "mailto:" not in text:
        return {}
    found: dict[tuple[bool, str], tuple[int, int]] = {}
    for link in _LINK.finditer(text):
        found.setdefault((link["picture"] is not None, link["address"] or link["bare"] or ""), link.span())
    return found


CHECKS = (
    Check(
        "variables",
        N_("Variables"),
        N_("A variable is filled in by each edition; the translation needs them too, or another of their forms."),
        _variables,
    ),
    Check(
        "links",
        N_("Links and pictures"),
        N_("The translation should lead to the same pages and show the same pictures as the original."),
        _links,
    ),
)
