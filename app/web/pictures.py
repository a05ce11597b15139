"""The hand-drawn pictures: `picture()` shows one, `sprite()` sends along the drawings of those a page used.

The drawings themselves are the symbols of `templates/sprite.svg`. Which picture stands for which state is a matter of
`templates/macros/states.html`.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from flask import Flask, g
from markupsafe import Markup

SPRITE = Path(__file__).parent / "templates" / "sprite.svg"
PERSON = frozenset({"flag", "wilting"})  # these call for somebody, and are drawn in the colour that does
SIZES = frozenset({"", "small", "large", "huge"})

_SYMBOL = re.compile(r'<symbol id="([a-z-]+)".*?</symbol>', re.DOTALL)


@cache
def symbols() -> dict[str, str]:
    """Every drawing by its name, as an SVG `<symbol>`."""
    return {match[1]: re.sub(r"\s*\n\s*", "", match[0]) for match in _SYMBOL.finditer(SPRITE.read_text("utf-8"))}


def install(app: Flask) -> None:
    """Give templates `picture()`, `draws()` and `sprite()`."""
    app.jinja_env.globals.update(picture=picture, draws=draws, sprite=sprite)


def draws(name: str) -> str:
    """Note that the page uses a drawing and return its address, for `<use href>` inside a larger SVG."""
    if name not in symbols():
        raise LookupError(f"templates/sprite.svg has no symbol {name!r}; it has {', '.join(symbols())}")
    g.setdefault("pictures", {})[name] = None
    return f"#{name}"


def picture(name: str, label: str = "", size: str = "") -> Markup:
    """Return a picture. Give a label only where no word beside it says the same; without one it is decoration."""
    if size not in SIZES:
        raise LookupError(f"{size!r} is no size of picture; there are {sorted(SIZES)}")
    href = draws(name)
    heard = Markup('role="img" aria-label="{}"').format(label) if label else Markup('aria-hidden="true"')
    style = "picture" + (f" picture-{size}" if size else "") + (" picture-person" if name in PERSON else "")
    return Markup('<svg class="{}" width="24" height="24" {}><use href="{}"/></svg>').format(style, heard, href)


def sprite() -> Markup:
    """Return the drawings this page used, to stand once at its end; nothing when it used none."""
    used = g.get("pictures", {})
    if not used:
        return Markup("")
    drawings = "".join(symbols()[name] for name in used)
    return Markup(f'<svg width="0" height="0" class="only-heard" aria-hidden="true">{drawings}</svg>')  # noqa: S704
