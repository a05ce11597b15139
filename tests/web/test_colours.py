"""Every colour that carries words can be read in both themes: WCAG 2.2 contrast, computed from the tokens."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest

from app.web.assets import STATIC

AA, AAA, SHAPES = 4.5, 7.0, 3.0

TOKENS = (STATIC / "css" / "tokens.css").read_text("utf-8")
BLOCK = re.compile(r"([^{};@]+)\{([^{}]*)\}")
COLOUR = re.compile(r"--([\w-]+):\s*(#[0-9a-f]{6});")

SURFACES = ("paper", "sheet", "sunk")
TINTS = ("leaf-tint", "earth-tint", "amber-tint", "sky-tint")

READING = [("ink", surface) for surface in (*SURFACES, *TINTS)] + [("soft", surface) for surface in SURFACES]
WORDS = [
    *product(("leaf", "earth", "amber", "sky"), SURFACES),
    *[("soft", tint) for tint in TINTS],
    ("leaf", "leaf-tint"),
    ("earth", "earth-tint"),
    ("amber", "amber-tint"),
    ("sky", "sky-tint"),
    ("on-leaf", "leaf"),
    ("on-earth", "earth"),
    ("on-ground", "ground"),
    ("paper", "ink"),
]
LINES = [*product(("edge", "bark"), ("paper", "sheet"))]


def themes() -> dict[str, dict[str, str]]:
    """The colours of each theme; every block that redefines colours is one."""
    found = {}
    for selector, body in BLOCK.findall(re.sub(r"/\*.*?\*/", "", TOKENS, flags=re.DOTALL)):
        if colours := dict(COLOUR.findall(body)):
            found[selector.strip()] = colours
    return found


LIGHT = themes()[":root"]
DARK = themes()[':root[data-theme="dark"]']


def luminance(colour: str) -> float:
    """Relative luminance by WCAG 2.2."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_what_the_standard_says_for_known_pairs() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(
    ("pairs", "least"), [(READING, AAA), (WORDS, AA), (LINES, SHAPES)], ids=["reading", "words", "lines"]
)
@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_words_and_shapes_stand_out_enough(colours: dict[str, str], pairs: list[tuple[str, str]], least: float) -> None:
    weak = {
        f"--{front} on --{back}": round(contrast(colours[front], colours[back]), 2)
        for front, back in pairs
        if contrast(colours[front], colours[back]) < least
    }
    assert not weak, f"below {least}: change these in tokens.css"


def test_the_dark_theme_is_the_same_by_device_and_by_choice() -> None:
    assert themes()[':root:not([data-theme="light"])'] == DARK


def test_both_themes_name_the_same_colours() -> None:
    assert set(LIGHT) == set(DARK)


@pytest.mark.parametrize(
    "path",
    [path for path in sorted((STATIC / "css").glob("*.css")) if path.stem not in ("tokens", "print")],
    ids=lambda p: p.stem,
)
def test_colours_are_named_in_the_tokens_only(path: Path) -> None:
    stray = re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[^{}]*;)|rgb\([^)]*\)", path.read_text("utf-8"))
    assert stray == [], "give the colour a name in tokens.css"
