"""Which paper people print on, by region."""

from __future__ import annotations

_LETTER = frozenset(["BZ", "CA", "CL", "CO", "CR", "DO", "GT", "HN", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"])


def prints_on_letter(region: str) -> bool:
    """Whether a region (ISO 3166) prints on letter and not on A4."""
    return region[:2].upper() in _LETTER
