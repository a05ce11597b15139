"""Small typography in rendered HTML: what belongs together stays on one line, and a row of tick boxes becomes a list.

The Markdown itself stays as people wrote it; exports have their own way to the same end.
"""

from __future__ import annotations

import re

BOX = "☐"
MANY_BOXES = 3  # in one paragraph or cell; from here on each stands on a line of its own

_VERBATIM = re.compile(r"<(code|pre)\b.*?</\1>", re.DOTALL)
_ROOM = re.compile(r"<(p|td)((?:\s[^<>]*)?)>(.*?)</\1>", re.DOTALL)
_TOGETHER = re.compile(rf"(?<={BOX}) | (?=min\b)(?<=\d )")
_BEFORE_BOX = re.compile(rf"\s*{BOX}")


def typeset(html: str) -> str:
    """Return the HTML with no-break spaces after tick boxes and before “min”, and many tick boxes one per line."""
    if BOX not in html and " min" not in html:
        return html
    parts, at = [], 0
    for verbatim in _VERBATIM.finditer(html):
        parts += [_prose(html[at : verbatim.start()]), verbatim[0]]
        at = verbatim.end()
    return "".join([*parts, _prose(html[at:])])


def _prose(html: str) -> str:
    return _TOGETHER.sub("\u00a0", _ROOM.sub(_one_per_line, html))


def _one_per_line(found: re.Match[str]) -> str:
    tag, attributes, inner = found.groups()
    if inner.count(BOX) < MANY_BOXES:
        return found[0]
    first = inner.index(BOX) + 1
    return f"<{tag}{attributes}>{inner[:first]}{_BEFORE_BOX.sub(f'<br>{BOX}', inner[first:])}</{tag}>"
