"""Language codes: which are languages, and where a regional variant finds what it does not say itself.

A variant (es-PE) holds only what differs: everywhere else the wider languages speak (es-419, then es). Names of
languages for people are app/infra/i18n.py's matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

import pycountry
from babel.core import get_global

from .content import Digest, Language

_CODE = re.compile(r"([a-z]{2,3})(?:-([A-Z][a-z]{3}))?(?:-([A-Z]{2}|419|001))?")
_NONE: Digest = ""


@lru_cache(maxsize=1024)
def chain(language: Language) -> tuple[Language, ...]:
    """The language and the wider ones that speak where it says nothing, nearest first: es-PE, es-419, es.

    Which region lies between is the CLDR's answer (parent locales).
    """
    wider: Mapping[str, str] = get_global("parent_exceptions")
    found = [language]
    while True:
        here = found[-1]
        shorter, _, last = here.rpartition("-")
        if last.istitle() and last.isalpha():  # in another script there is nothing to lean on
            return tuple(found)
        above = wider.get(here.replace("-", "_"), shorter).replace("_", "-")
        if not above or above == "root" or above in found:
            return tuple(found)
        found.append(above)


def base_of(language: Language) -> Language:
    """The language without its region: es for es-PE."""
    return chain(language)[-1]


def is_variant(language: Language) -> bool:
    """Whether the language leans on a wider one and holds only what differs."""
    return len(chain(language)) > 1


def spoken(texts: Mapping[Language, Digest], language: Language) -> Language | None:
    """The language whose text is read for one that is wanted: itself, else the nearest wider one that has a text."""
    if language in texts:
        return language
    return next((code for code in chain(language) if code in texts), None)


def digest_in(texts: Mapping[Language, Digest], language: Language) -> Digest:
    """The digest of the text that is read in a language, its own or a wider one's; "" where there is none."""
    if language in texts:
        return texts[language]
    return next((texts[code] for code in chain(language) if code in texts), _NONE)


def is_language(code: Language) -> bool:
    """Whether this is a language code such as es, quy, es-PE or es-419: ISO 639 with a region that there is."""
    found = _CODE.fullmatch(code)
    if found is None:
        return False
    name, _, region = found.groups()
    known = pycountry.languages.get(alpha_2=name) if len(name) == 2 else pycountry.languages.get(alpha_3=name)
    return known is not None and (region in (None, "419", "001") or pycountry.countries.get(alpha_2=region) is not None)


def carried(language: Language, known: Iterable[Language]) -> bool:
    """Whether an edition that has these languages has texts to show in this one: its own, or a wider language's."""
    return bool({*chain(language)} & {*known})
