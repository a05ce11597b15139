"""Two texts beside each other show the sentences that differ, marked, and never more than is asked for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.beside import LONGEST, Sides, beside

LONG = " ".join(f"Esta es la oración número {n} y nadie la cambia." for n in range(30))


def said(sides: Sides) -> tuple[str, str]:
    return "".join(p.text for p in sides.before), "".join(p.text for p in sides.after)


def marked(sides: Sides) -> tuple[list[str], list[str]]:
    return [p.text for p in sides.before if p.changed], [p.text for p in sides.after if p.changed]


@pytest.mark.parametrize(
    ("before", "after", "shown", "changed"),
    [
        ("Pesa 25 sacos.", "Pesa 30 sacos.", ("Pesa 25 sacos.", "Pesa 30 sacos."), (["25"], ["30"])),
        (
            f"{LONG} La caja paga 25 soles. {LONG}",
            f"{LONG} La caja paga 30 soles. {LONG}",
            ("… La caja paga 25 soles. …", "… La caja paga 30 soles. …"),
            (["25 soles"], ["30 soles"]),
        ),
        (
            f"Va un saco. {LONG} Va otro saco.",
            f"Va un quintal. {LONG} Va otro quintal.",
            ("Va un saco. … Va otro saco.", "Va un quintal. … Va otro quintal."),
            (["saco", "saco"], ["quintal", "quintal"]),
        ),
        ("", "Algo nuestro.", ("", "Algo nuestro."), ([], ["Algo nuestro."])),
        ("Se fue.", "", ("Se fue.", ""), (["Se fue."], [])),
    ],
)
def test_only_the_sentences_that_differ_are_shown(
    before: str, after: str, shown: tuple[str, str], changed: tuple[list[str], list[str]]
) -> None:
    sides = beside(before, after)
    assert said(sides) == shown
    assert marked(sides) == changed
    assert sides.whole == (shown == (before, after))


def test_a_long_new_text_shows_its_beginning() -> None:
    sides = beside("", LONG)
    assert said(sides)[1].endswith(" …")
    assert len(said(sides)[1]) <= LONGEST + 3
    assert not sides.whole


@given(st.text("ab .·\n", max_size=200), st.text("ab .·\n", max_size=200))
def test_whole_both_texts_stand_as_they_are_and_else_what_changed_is_never_invented(before: str, after: str) -> None:
    assert said(beside(before, after, whole=True)) == (before, after)
    sides = beside(before, after)
    for pieces, text in ((sides.before, before), (sides.after, after)):
        assert all(piece.text.removesuffix(" …") in text for piece in pieces if piece.changed)
