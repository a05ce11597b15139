"""Looking for many patterns at once finds what each finds alone."""

from __future__ import annotations

import re

import pytest

from app.core.language.patterns import TABLE
from app.core.language.seeking import Seeker

TEXT = (
    "los de la junta y los demás dicen que uno no sabe. algunos de ustedes, cada uno de ustedes; quien, quienes. "
    "estamos todos listos, bienvenidos todos. los últimos en llegar, los primeros en hablar, uno mismo. a los mayores"
)


@pytest.mark.parametrize(
    "pattern",
    [
        r"\buno\b",
        r"\b(?P<it>los (?:demás|de (?:la )?junta))\b",
        r"(?<!cada )\buno(?: mismo)?",
        r"(?<!\w)(?:alguno|uno)s? de",
        r"\w+mos todos",
        r"todos",
        r"(?:^|[.] )los",
        r"\bl[oa]s? \w+",
        r"\b(?:uno no|no sabe|sabe)",
        r"\ba los",
        r"\b(?:a )?los mayores",
    ],
)
def test_a_pattern_is_found_wherever_it_is_found_alone(pattern: str) -> None:
    alone = [match.span() for match in re.finditer(pattern, TEXT)]
    assert [match.span() for match in Seeker([re.compile(pattern)]).each(TEXT)] == alone


def test_the_patterns_of_the_table_are_found_row_by_row() -> None:
    alone = [(at, match.span()) for at, row in enumerate(TABLE) for match in row.pattern.finditer(TEXT)]
    found = Seeker([row.pattern for row in TABLE]).find(TEXT, range(len(TABLE)))
    assert [(at, match.span()) for at, match in found] == alone
    assert len(alone) > 5
