"""The words of the glossary in a translation: preferred, forbidden, kept, and which region's."""

from __future__ import annotations

import pytest

from app.core.checks import Context, Glossary, Status, Term, run

TERMS = (
    Term("plot", "en", "", "plot"),
    Term("plot", "es", "", "parcela"),
    Term("plot", "es", "PE", "chacra"),
    Term("plot", "es", "MX", "rancho"),
    Term("plot", "es", "PE", "fundo", Status.ADMITTED),
    Term("plot", "quy", "", "chakra"),
    Term("middleman", "es", "", "intermediario"),
    Term("middleman", "es", "", "coyote", Status.FORBIDDEN),
    Term("nobody", "es", "", "tercero ignoto", Status.FORBIDDEN),
    Term("law", "es", "PE", "Ley 31335", Status.KEEP),
    Term("board", "en", "", "board of directors"),
    Term("board", "es-PE", "", "Consejo de Administración"),
)
NAMES = ("glossary_preferred", "glossary_forbidden", "glossary_keep")


def said(source: str, target: str, languages: str = "en>es-PE", region: str = "PE-SAM") -> list[tuple[object, ...]]:
    before, after = languages.split(">")
    context = Context(before, after, glossary=Glossary(TERMS, before, after, region))
    found = run(source, target, context, NAMES)
    return [(one.check.removeprefix("glossary_"), one.values["word"], one.suggestion) for one in found]


@pytest.mark.parametrize(
    ("source", "target", "languages", "region"),
    [
        ("Her plot", "Su chacra", "en>es-PE", "PE-SAM"),
        ("Two plots", "Dos chacras", "en>es", "PE"),
        ("Her plot", "Su fundo", "en>es", "PE"),
        ("Her plot", "Su parcela", "en>es", "PE"),
        ("Her plot", "Su rancho", "en>es", "MX"),
        ("A plotter", "Un plóter", "en>es", "PE"),
        ("The Board  of directors", "El Consejo de\nAdministración", "en>es-PE", "PE"),
        ("Su chacra", "Chakran", "es>quy", "PE"),
        ("x", "coyotera", "en>es", "PE"),
        ("La Ley 31335", "Ley 31335 nisqa", "es>quy", "PE"),
        ("La Ley 31335", "Ley 31336", "es>quy", "MX"),
        ("The `plot`", "La `x`", "en>es", "PE"),
    ],
)
def test_nothing_is_said_of(source: str, target: str, languages: str, region: str) -> None:
    target = target.replace("\n", " ")
    assert said(source, target, languages, region) == []


@pytest.mark.parametrize(
    ("source", "target", "languages", "region", "expected"),
    [
        ("Her Plot", "Su terreno", "en>es", "PE", [("preferred", "Plot", None)]),
        ("Her plot", "Su rancho", "en>es", "PE", [("preferred", "plot", None)]),
        ("Su parcela", "Allpan", "es>quy", "", [("preferred", "parcela", None)]),
        ("a buyer", "Coyotes y coyote", "en>es", "PE", None),
        ("someone", "un tercero ignoto", "en>es", "", [("forbidden", "tercero ignoto", None)]),
        ("La Ley 31335", "Kamachiy 31335", "es>quy", "PE", [("keep", "Ley 31335", None)]),
    ],
)
def test_something_is_said_of(
    source: str, target: str, languages: str, region: str, expected: list[tuple[object, ...]] | None
) -> None:
    found = said(source, target, languages, region)
    if expected is None:
        expected = [("forbidden", "Coyotes", "Intermediario"), ("forbidden", "coyote", "intermediario")]
    assert found == expected


def test_the_narrowest_region_names_the_preferred_word() -> None:
    context = Context("en", "es", glossary=Glossary(TERMS, "en", "es", "PE-SAM"))
    (advice,) = run("Her plot", "Su terreno", context, NAMES)
    assert advice.values["preferred"] == "chacra"
