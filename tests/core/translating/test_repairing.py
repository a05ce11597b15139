"""What changed in the figures of a source is carried into its translation only where that is sure."""

from __future__ import annotations

import pytest

from app.core.translating import repaired

OLD = "A co-operative pays 25 soles for each sack of {{weight}}."
TARGET = "La cooperativa paga 25 soles por cada saco de {{weight}}."


@pytest.mark.parametrize(
    ("old", "new", "target", "wanted"),
    [
        (OLD, OLD.replace("25", "30"), TARGET, TARGET.replace("25", "30")),
        (OLD, OLD.replace("weight", "sack_weight"), TARGET, TARGET.replace("weight", "sack_weight")),
        ("See [the law](https://a.pe/1).", "See [the law](https://a.pe/2).", "Vea [la ley](https://a.pe/1).",
         "Vea [la ley](https://a.pe/2)."),
        ("From 5 to 7 members.", "From 7 to 9 members.", "De 5 a 7 personas.", "De 7 a 9 personas."),
        (OLD, OLD.replace("each", "every"), TARGET, None),
        (OLD, OLD.replace("25 soles", "some money"), TARGET, None),
        ("25 of 100 pay 25 soles.", "25 of 100 pay 30 soles.", "25 de 100 pagan 25 soles.", None),
        ("It costs 1,200 soles.", "It costs 1,500 soles.", "Cuesta 1200 soles.", None),
        ("It takes 2 days.", "It takes 3 days.", "Toma 2 días, de los 2 siguientes.", None),
        ("", "It takes 3 days.", "", None),
    ],
)  # fmt: skip
def test_a_figure_is_carried_where_it_stands_as_often_and_nowhere_stayed(
    old: str, new: str, target: str, wanted: str | None
) -> None:
    assert repaired(old, new, target) == wanted
