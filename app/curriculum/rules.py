"""Rules on curricula: what the licences of those whose words live on ask of an edition."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from app.core.errors import N_

_CC = re.compile(r"CC-BY((?:-(?:NC|SA|ND))*)(?:-\d+(?:\.\d+)*(?:-[A-Z]+)?)?\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Terms:
    """What a licence asks of whoever passes a work on."""

    attribution: bool
    noncommercial: bool
    sharealike: bool
    noderivatives: bool


class LicenceFault(Enum):
    """Why an edition's licence does not go with those above it, as a sentence for people."""

    NONCOMMERCIAL = N_("An edition whose words are in this one allows no commercial use; this licence would allow it.")
    SHAREALIKE = N_("An edition whose words are in this one asks for the same licence; this one is another.")
    NODERIVATIVES = N_("An edition whose words are in this one does not allow adapted editions.")
    UNKNOWN = N_("What one of these licences asks for is not known here. Please check it with the people who gave it.")


def terms(licence: str) -> Terms | None:
    """What a licence asks, by its name (`CC-BY-NC-SA-4.0`, `CC0-1.0`); None when the name is not known."""
    name = licence.strip().replace(" ", "-")
    if name.upper().startswith("CC0") or name.upper() in {"PDM", "PUBLIC-DOMAIN"}:
        return Terms(attribution=False, noncommercial=False, sharealike=False, noderivatives=False)
    found = _CC.match(name)
    if found is None:
        return None
    parts = set(found[1].upper().split("-"))
    return Terms(attribution=True, noncommercial="NC" in parts, sharealike="SA" in parts, noderivatives="ND" in parts)


def binding(own: str, above: Sequence[str]) -> Terms:
    """What holds for an edition: its own licence, and NonCommercial and ShareAlike from every one above it."""
    known = [t for t in (terms(licence) for licence in (own, *above)) if t is not None]
    return Terms(
        attribution=any(t.attribution for t in known),
        noncommercial=any(t.noncommercial for t in known),
        sharealike=any(t.sharealike for t in known),
        noderivatives=any(t.noderivatives for t in known),
    )


def licence_faults(own: str, above: Sequence[str]) -> list[LicenceFault]:
    """What is wrong with an edition's licence, given those of the editions whose words live on in it."""
    mine = terms(own)
    theirs = [terms(licence) for licence in above]
    faults: list[LicenceFault] = []
    if mine is None or None in theirs:
        faults.append(LicenceFault.UNKNOWN)
    for licence, one in zip(above, theirs, strict=True):
        if one is None or mine is None:
            continue
        if one.noderivatives:
            faults.append(LicenceFault.NODERIVATIVES)
        if one.noncommercial and not mine.noncommercial:
            faults.append(LicenceFault.NONCOMMERCIAL)
        if one.sharealike and _family(licence) != _family(own):
            faults.append(LicenceFault.SHAREALIKE)
    return list(dict.fromkeys(faults))


def _family(licence: str) -> str:
    """A licence without its version: later versions of the same licence may be used."""
    found = _CC.match(licence.strip().replace(" ", "-"))
    return "-".join(sorted(found[1].upper().strip("-").split("-"))) if found else licence.upper()
