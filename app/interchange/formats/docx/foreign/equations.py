"""Word's equations as a line of text: `(a+b)/2`, `x^2`, `√(x)`. Readable words rather than beautiful mathematics."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"


def equation(element: etree._Element) -> str:
    """Return an equation as text; every character of it is there."""
    tag = str(element.tag).removeprefix(MATH)
    if tag == "t" or str(element.tag).endswith("}t"):
        return element.text or ""
    if tag.endswith("Pr"):
        return _sign(element) if tag == "naryPr" else ""
    shape = _SHAPES.get(tag)
    return shape(element) if shape else "".join(equation(child) for child in element)


def _sign(properties: etree._Element) -> str:
    found = properties.find(MATH + "chr")
    return str(found.get(MATH + "val") or "") if found is not None else "∫"


def _part(element: etree._Element, name: str) -> str:
    return "".join(equation(part) for part in element.findall(MATH + name))


def _wrapped(text: str) -> str:
    return text if len(text) < 2 or text.isalnum() else f"({text})"


def _fraction(element: etree._Element) -> str:
    return f"{_wrapped(_part(element, 'num'))}/{_wrapped(_part(element, 'den'))}"


def _root(element: etree._Element) -> str:
    return f"{_part(element, 'deg')}√{_wrapped(_part(element, 'e')) or '()'}"


def _scripts(element: etree._Element) -> str:
    low, high = _part(element, "sub"), _part(element, "sup")
    base = "".join(equation(child) for child in element if child.tag not in (MATH + "sub", MATH + "sup"))
    scripts = ("_" + _wrapped(low) if low else "") + ("^" + _wrapped(high) if high else "")
    if element.tag == MATH + "nary":
        inner = _part(element, "e")
        return base.removesuffix(inner) + scripts + (" " if inner else "") + inner
    return base + scripts


def _delimited(element: etree._Element) -> str:
    properties = element.find(MATH + "dPr")

    def sign(name: str, usual: str) -> str:
        found = properties.find(MATH + name) if properties is not None else None
        return str(found.get(MATH + "val") or "") if found is not None else usual

    inner = sign("sepChr", "|").join(equation(part) for part in element.findall(MATH + "e"))
    return sign("begChr", "(") + inner + sign("endChr", ")")


def _rows(element: etree._Element) -> str:
    return "; ".join(", ".join(equation(cell) for cell in row) for row in element.findall(MATH + "mr"))


_SHAPES: dict[str, Callable[[etree._Element], str]] = {
    "f": _fraction,
    "rad": _root,
    "sSub": _scripts,
    "sSup": _scripts,
    "sSubSup": _scripts,
    "sPre": _scripts,
    "nary": _scripts,
    "d": _delimited,
    "m": _rows,
}
