"""Changes as people read them: only what differs, in the order of the newer text, nothing lost."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from app.curriculum.manifests import Local, Variable
from app.curriculum.web import redlines

OLD = "# T\n\nUno dos tres cuatro.\n\nSe queda igual.\n\nEsto se va."


@pytest.mark.parametrize(
    ("new", "shown"),
    [
        (OLD, []),
        (OLD.replace("tres", "seis"), ["Uno dos -tres+seis cuatro."]),
        (OLD.replace("\n\nEsto se va.", ""), ["-Esto se va."]),
        (OLD.replace("# T\n\nUno dos tres cuatro.", "# T"), ["-Uno dos tres cuatro."]),
        (OLD.replace("# T", "# T\n\nAlgo del todo nuevo"), ["+Algo del todo nuevo"]),
        ("", ["-T", "-Uno dos tres cuatro.", "-Se queda igual.", "-Esto se va."]),
    ],
)
def test_only_the_pieces_that_differ_are_shown(app: Flask, new: str, shown: list[str]) -> None:
    found = redlines.of_pieces(OLD, new, "es", Local())
    marked = [re.sub(r'<span class="only-heard">[^<]*</span>', "", page) for page in found]
    marked = [re.sub(r"<ins[^>]*>", "+", re.sub(r"<del[^>]*>", "-", page)) for page in marked]
    assert [re.sub(r"<[^>]+>", "", page).strip() for page in marked] == shown


def test_each_side_has_its_own_variables(app: Flask) -> None:
    before, after = (Local(resolved={"price": Variable({"*": value})}) for value in ("25", "30"))
    page = redlines.between(("Cuesta {{price}}.", "Cuesta {{price}}."), "es", before, after)
    assert "25" in page
    assert "30" in page
