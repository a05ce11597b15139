"""The filters of translate-toolkit that say something of prose; which ones, and why, is decision 0011.

The toolkit is only loaded when a text has what a filter looks for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from app.core.errors import N_

from .sides import Side
from .things import Check, Context, Found, primary

_ACRONYM = re.compile(r"\b[^\W\d_a-z]{2,}\b")
_SHORT = 120  # letters; longer texts vary too much in their capitals
_TRANSLATED = (  # organisations and words that have another acronym in each language
    "ILO OIT SWOT FODA DAFO WHO OMS UN ONU UNO ICA ACI NGO NGOS ONG EU UE US USA EE UU EUA UNDP PNUD IDB BID GDP PIB "
    "VAT IVA IGV IMF FMI HIV VIH AIDS SIDA MSME MIPYME SME PYME AGM AGO ID DNI ICT TIC SIYB IMESUN TOT FAQ"
)


@cache
def _toolkit(source: str, target: str) -> tuple[Any, type[Exception]]:
    """The toolkit's checker for a pair of languages, and what it raises when a filter fails."""
    from translate.filters import checks
    from translate.lang import factory

    config = checks.CheckerConfig(targetlanguage=target, musttranslatewords=_TRANSLATED.split())
    config.sourcelang = factory.getlanguage(source)
    return checks.StandardChecker(config), checks.FilterFailure


def _fails(name: str, source: Side, target: Side, *, whole: bool = False) -> str:
    """What a filter says of two texts, "" when it has nothing to say; of their prose, or with all that is hidden."""
    checker, failure = _toolkit(primary(source.language), primary(target.language))
    try:
        texts = (source.text, target.text) if whole else (source.prose, target.prose)
        getattr(checker, name)(*texts)
    except failure as error:
        return "; ".join(map(str, getattr(error, "messages", None) or [name]))
    return ""


def _acronyms(source: Side, target: Side, context: Context) -> Iterator[Found]:
    if all(found in target.prose for found in _ACRONYM.findall(source.prose)):
        return
    said = _fails("acronyms", source, target)
    if said:
        text = N_("The abbreviations %(words)s of the original are not in the translation.")
        yield Found(text, {"words": ", ".join(dict.fromkeys(said.rpartition(": ")[2].split(", ")))})


def _addresses(source: Side, target: Side, context: Context) -> Iterator[Found]:
    if "@" in source.text + target.text and _fails("emails", source, target, whole=True):
        yield Found(N_("The e-mail addresses are not those of the original."))


def _capitals(source: Side, target: Side, context: Context) -> Iterator[Found]:
    if target.letters > _SHORT or source.prose.isupper() == target.prose.isupper():
        return
    if _fails("simplecaps", source, target):
        yield Found(N_("One of the two texts is in capital letters, the other is not."))


CHECKS = (
    Check(
        "acronyms",
        N_("Abbreviations in capitals"),
        N_("Abbreviations mostly stay, unless the language has one of its own, as OIT for ILO."),
        _acronyms,
        translation=True,
    ),
    Check("emails", N_("E-mail addresses"), N_("Addresses are not translated."), _addresses),
    Check(
        "capitals",
        N_("All in capitals"),
        N_("A title in capital letters in one language is mostly so in the other."),
        _capitals,
    ),
)
