"""Terms of a glossary: what a concept is called in a language and region, and what it is not called."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """How a term is to be used."""

    PREFERRED = "preferred"
    ADMITTED = "admitted"
    FORBIDDEN = "forbidden"
    KEEP = "keep"  # as it is in the source: names of laws, brands, institutions


@dataclass(frozen=True, slots=True)
class Term:
    """One word for a concept. `region` is ISO 3166 or "" for everywhere; terms of one concept share its name."""

    concept: str
    language: str
    region: str
    term: str
    status: Status = Status.PREFERRED
    note: str = ""
    definition: str = ""
