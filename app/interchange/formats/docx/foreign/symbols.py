"""Characters of symbol fonts (Wingdings, Webdings, Symbol) as the Unicode characters that look like them."""

from __future__ import annotations

UNKNOWN = "•"

_WINGDINGS = {
    0x21: "✏", 0x22: "✂", 0x28: "☎", 0x2A: "✉", 0x36: "⌛", 0x3F: "✍", 0x46: "☞", 0x4A: "☺", 0x4B: "😐", 0x4C: "☹",
    0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "☐", 0x70: "☐", 0x71: "☐", 0x72: "☐", 0x73: "⬧", 0x74: "⧫", 0x75: "◆",
    0x76: "❖", 0x77: "⬥", 0x78: "☒", 0x9E: "·", 0x9F: "•", 0xA1: "○", 0xA4: "◉", 0xA7: "▪", 0xA8: "☐", 0xAB: "★",
    0xD8: "➢", 0xDC: "➲", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xEF: "⇦", 0xF0: "⇨", 0xFB: "✗",
    0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_WINGDINGS_2 = {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x97: "●", 0xA2: "■", 0xA3: "☐"}
_WINGDINGS_3 = {0x7D: "▶", 0x84: "▶", 0x66: "←", 0x67: "→", 0x68: "↑", 0x69: "↓"}
_WEBDINGS = {0x61: "✓", 0x63: "☐", 0x67: "■", 0x72: "✗", 0x34: "▶", 0x3D: "●"}
_GREEK = dict(
    zip(
        "ABGDEZHQIKLMNXOPRSTUFCYWabgdezhqiklmnxoprstufcyw",
        "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρστυφχψω",
        strict=True,
    )
)
_SYMBOL = {ord(latin): greek for latin, greek in _GREEK.items()} | {
    0xA3: "≤", 0xA5: "∞", 0xAE: "→", 0xAC: "←", 0xAD: "↑", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×",
    0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xBC: "…", 0xC5: "⊕", 0xC7: "∩", 0xC8: "∪", 0xCE: "∈", 0xD6: "√",
    0xDE: "⇒", 0xE5: "∑", 0xA8: "♦", 0xA7: "♣", 0xA9: "♥", 0xAA: "♠", 0xDB: "⇔",
}  # fmt: skip
_FONTS = {
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
    "wingdings 3": _WINGDINGS_3,
    "webdings": _WEBDINGS,
    "symbol": _SYMBOL,
}


def symbol(font: str, code: int) -> str:
    """Return the character that a font shows for a code, `UNKNOWN` for one of a symbol font without a table entry."""
    table = _FONTS.get(font.lower())
    private = 0xF000 <= code <= 0xF0FF
    found = (table or _WINGDINGS | _SYMBOL).get(code & 0xFF) if table or private else None
    return found or (UNKNOWN if private else chr(code) if 0x20 <= code < 0x110000 else "")


def respelled(text: str, font: str) -> str:
    """Return text typed in a symbol font as the characters that it shows; all other text unchanged."""
    is_symbolic = font in _FONTS
    if not is_symbolic and not any("\uf000" <= character <= "\uf0ff" for character in text):
        return text
    return "".join(
        symbol(font, ord(character))
        if not character.isspace() and (is_symbolic or "\uf000" <= character <= "\uf0ff")
        else character
        for character in text
    )
