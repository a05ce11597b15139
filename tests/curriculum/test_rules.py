"""What licences ask, as tables."""

from __future__ import annotations

import pytest

from app.curriculum.rules import LicenceFault, binding, licence_faults, terms


@pytest.mark.parametrize(
    ("licence", "asked"),
    [
        ("CC-BY-4.0", (True, False, False, False)),
        ("CC-BY-SA-4.0", (True, False, True, False)),
        ("CC BY-NC-SA 4.0", (True, True, True, False)),
        ("cc-by-nc-nd-3.0-igo", (True, True, False, True)),
        ("CC0-1.0", (False, False, False, False)),
    ],
)
def test_a_licence_is_read_by_its_name(licence: str, asked: tuple[bool, ...]) -> None:
    found = terms(licence)
    assert found is not None
    assert (found.attribution, found.noncommercial, found.sharealike, found.noderivatives) == asked


@pytest.mark.parametrize("licence", ["", "All rights reserved", "GPL-3.0", "CC-BY-X"])
def test_an_unknown_licence_is_not_guessed(licence: str) -> None:
    assert terms(licence) is None


def test_noncommercial_and_sharealike_travel_down() -> None:
    found = binding("CC-BY-4.0", ["CC-BY-SA-4.0", "CC-BY-NC-4.0"])
    assert found.sharealike
    assert found.noncommercial


@pytest.mark.parametrize(
    ("own", "above", "faults"),
    [
        ("CC-BY-SA-4.0", ["CC-BY-SA-3.0", "CC-BY-4.0"], []),
        ("CC-BY-NC-SA-4.0", ["CC-BY-NC-4.0"], []),
        ("CC-BY-4.0", ["CC-BY-NC-4.0"], [LicenceFault.NONCOMMERCIAL]),
        ("CC-BY-NC-SA-4.0", ["CC-BY-SA-4.0"], [LicenceFault.SHAREALIKE]),
        ("CC-BY-4.0", ["CC-BY-ND-4.0"], [LicenceFault.NODERIVATIVES]),
        ("CC-BY-4.0", ["Somebody's own"], [LicenceFault.UNKNOWN]),
        ("CC-BY-4.0", [], []),
    ],
)
def test_a_licence_has_to_go_with_those_above(own: str, above: list[str], faults: list[LicenceFault]) -> None:
    assert licence_faults(own, above) == faults
