"""Reading a glossary of regional words from TOML: by concept, the words of each region, the preferred one first.

CSV and TBX are app/interchange's matter.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any

from app.core.checks.terms import Status, Term


def read(text: str) -> list[Term]:
    """Return the terms of a glossary file, in its order; app/demo/glossary.toml explains the keys."""
    data = tomllib.loads(text)
    return [term for concept in data.get("concepts", []) for term in _terms(concept, data.get("unverified_note", ""))]


def _terms(concept: dict[str, Any], unverified: str) -> Iterator[Term]:
    language, definition = concept.get("language", "es"), concept.get("definition", "")
    verified = set(concept.get("verified", []))
    for region, words in concept["words"].items():
        for at, word in enumerate(words):
            status = Status.ADMITTED if at else Status.PREFERRED
            note = "" if f"{region}:{word}" in verified else unverified
            yield Term(concept["concept"], language, region, word, status, note, definition)
    for region, words in concept.get("avoid", {}).items():
        for word in words:
            yield Term(concept["concept"], language, region, word, Status.FORBIDDEN, concept.get("why", ""), definition)
    for word in concept.get("keep", []):
        yield Term(concept["concept"], language, "001", word, Status.KEEP, concept.get("why", ""), definition)
