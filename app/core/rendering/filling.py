"""Putting an edition's values where rendered HTML has `{{name}}`. The HTML is ours; the values are anybody's."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

from app.core.variables import VARIABLE

_PLACES = re.compile(
    r"<(?P<close>/?)(?P<tag>[a-zA-Z][a-zA-Z0-9]*)(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>|" + VARIABLE.pattern
)
_AMOUNT = re.compile(r"</span> (?=\d)")  # "USD 1,200" stays together
_VERBATIM = frozenset({"code", "pre"})


def fill(page: str, values: Mapping[str, str]) -> str:
    """Return rendered HTML with its variables filled in, each marked by a span; none inside code or attributes.

    A known one becomes `<span class="variable" data-name="…">value</span>`, an unknown one keeps its name, with the
    class `unknown`.
    """
    if "{{" not in page:
        return page
    depth = 0

    def replaced(found: re.Match[str]) -> str:
        nonlocal depth
        if found["tag"]:
            if found["tag"].lower() in _VERBATIM:
                depth += -1 if found["close"] else 1
            return found[0]
        if depth > 0:
            return found[0]
        name = found[3]
        if name not in values:
            return f'<span class="variable unknown" data-name="{name}">{found[0]}</span>'
        return f'<span class="variable" data-name="{name}">{html.escape(values[name])}</span>'

    return _AMOUNT.sub("</span>\u00a0", _PLACES.sub(replaced, page))
