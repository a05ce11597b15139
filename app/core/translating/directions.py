"""From which language each language of an edition is translated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from app.core.content import Language
from app.core.languages import chain


@dataclass(frozen=True, slots=True)
class Directions:
    """Where each language's texts come from. `said` is what people decided; the rest follows from `original`."""

    original: Language
    said: Mapping[Language, Language] = field(default_factory=dict)

    def source(self, target: Language) -> Language | None:
        """The language that `target` is translated from; None for a language that is written, not translated.

        What was decided holds; a variant comes from the next wider language; all else from the language of the
        original, unless that itself is translated from `target` here.
        """
        if target in self.said:
            return self.said[target]
        wider = chain(target)[1:]
        if wider:
            return self.original if self.original in wider else wider[-1]
        return None if target == self.original or self._leads_to(self.original, target) else self.original

    def _leads_to(self, start: Language, wanted: Language) -> bool:
        """Whether what was decided leads from one language up to the other."""
        seen: set[Language] = set()
        while start in self.said and start not in seen:
            seen.add(start)
            start = self.said[start]
            if start == wanted:
                return True
        return False

    def circular(self, target: Language, source: Language) -> bool:
        """Whether translating `target` from `source` would make a text its own source in the end."""
        said = {**self.said, target: source}
        return target == source or Directions(self.original, said)._leads_to(source, target)

    def targets(self, languages: Iterable[Language]) -> dict[Language, Language]:
        """Those of the languages that are translated, each with its source."""
        found = {language: self.source(language) for language in languages}
        return {target: source for target, source in found.items() if source is not None}


def directions(original: Language, above: Iterable[Mapping[Language, Language]]) -> Directions:
    """Return the directions of an edition from what was decided in it and above it, the farthest ancestor first."""
    said: dict[Language, Language] = {}
    for level in above:
        said.update(level)
    return Directions(original, said)
