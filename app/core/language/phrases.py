"""Noun phrases that name people in the masculine: which words belong to one, and whether it stands for everybody.

No grammar of Spanish: tables of words, what stands beside what, and when a word for people is an adjective instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .inflection import feminine_of_adjective
from .lexicon import Form, form_of, guessed
from .names import names_a_man, part_of_name
from .sheltering import OPAQUE, SAID, Tokens
from .tables import table
from .words import (
    ADJECTIVES,
    ARE,
    BARE_SINGULAR_AFTER,
    BEFORE_NOUN,
    FEMININE_DETERMINERS,
    IS,
    MASCULINE_DETERMINERS,
    NO_NOUNS,
    NUMERALS,
    ONLY_PEOPLE,
    UNMARKED_DETERMINERS,
)

_JOIN = table("y o e u / - ni")
_DOUBLED_AFTER = re.compile(r"\s?(?:/\s?-?|\(-?)(?:as?|os?|es|[a-záéíóúñ]*[oa]?r?as?)\b")
_MEN = table("hombres varones masculinos hombre varón masculino")
_ADVERBS = table("no ya también siempre muy más bien tan menos todavía nunca")
_MANY = table("los estos esos aquellos muchos algunos varios nuestros otros")
_IS = table("es era fue sea será siendo")
_SAYS = table(
    "dice dijo pregunta preguntó explica explicó contesta contestó responde respondió cuenta contó afirma afirmó añade "
    "añadió agrega agregó recuerda recordó reconoce reconoció aclara aclaró propone propuso insiste insistió pide pidió"
)
_DEFINITE = table("el los al del sus")
_ANYONE = table("cada todo cualquier ningún algún")
_PARTICIPLE = re.compile(r"\w{2,}(?:ad|id)os?$")
_WINDOW = 7  # words within which the feminine of the same noun makes a phrase whole


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase by its tokens: from `first` to `last`, the noun at `head`, determiners before `described`.

    `end` is the last token of what is said of it and agrees with it ("están obligados"), else it is `last`.
    """

    first: int
    described: int
    head: int
    last: int
    end: int
    form: Form


def phrases(tokens: Tokens, *, story: bool = False) -> Iterator[Phrase]:
    """Yield the phrases that name people in the masculine and mean everybody, in order.

    In a story, a phrase in the singular is one of its characters, unless it says cada, cualquier or their like.
    """
    done = -1
    whole: set[int] = set()
    described: set[int] = set()
    lower = tokens.lower
    for index, word in enumerate(lower):
        if index <= done or len(word) < 4:
            continue
        form = form_of(word)
        if (
            form is None
            and index
            and lower[index - 1] in _MANY
            and " ".join(lower[index + 1 : index + 2]) in ONLY_PEOPLE
        ):
            form = guessed(word)
        if form is None:
            continue
        phrase = _around(tokens, index, form)
        done = phrase.end
        if _is_doubled(tokens, phrase) or _joins(tokens, phrase, whole):
            whole.update(range(phrase.first, phrase.last + 1))
        elif not _is_of_people(tokens, phrase) or _joins(tokens, phrase, described):
            described.update(range(phrase.first, phrase.last + 1))
        elif _is_marked(tokens, phrase) and not _is_somebody(tokens, phrase, story):
            yield phrase


def _around(tokens: Tokens, index: int, form: Form) -> Phrase:
    lower = tokens.lower
    head = index
    while head + 1 < len(lower) and (following := form_of(lower[head + 1])):  # jóvenes productores
        if following.plural != form.plural or not (form.noun.common or following.noun.adjective):
            break
        if form.noun.common and not following.noun.common:
            index, form = head + 1, following
        head += 1
    last = head
    while last + 1 < len(lower) and _is_adjective(lower[last + 1], plural=form.plural):
        last += 1
    described = index
    while described and (
        lower[described - 1] in BEFORE_NOUN or ((person := form_of(lower[described - 1])) and person.noun.common)
    ):
        described -= 1
    first = described
    while first and lower[first - 1] in _DETERMINERS:
        if first < described and lower[first - 1] not in _BEFORE.get(lower[first], _NUMBERED):
            break
        first -= 1
    return Phrase(first, described, index, last, _end(lower, last, plural=form.plural), form)


def _end(lower: list[str], last: int, *, plural: bool) -> int:
    """The last token of a verb and adjective that follow at once: no están muy contentos."""
    place = last + 1
    while place < len(lower) and lower[place] in _ADVERBS:
        place += 1
    if place >= len(lower) or lower[place] not in (ARE if plural else IS):
        return last
    place += 1
    while place < len(lower) and lower[place] in _ADVERBS:
        place += 1
    if (
        place < len(lower)
        and lower[place].endswith("os" if plural else "o")
        and _is_adjective(lower[place], plural=plural)
    ):
        return place
    return last


_ALL = table("todos todo ambos")
_NUMBERED = table("los estos esos aquellos nuestros sus mis todos otros")
_BEFORE = {"del": table(""), "al": table("")} | dict.fromkeys(
    table("el los un estos esos aquellos nuestros sus mis este ese nuestro su"), _ALL
)
_DETERMINERS = MASCULINE_DETERMINERS | UNMARKED_DETERMINERS | NUMERALS


def _is_adjective(word: str, *, plural: bool) -> bool:
    if plural != word.endswith("s"):
        return False
    return word in ADJECTIVES or (_PARTICIPLE.match(word) is not None and word not in NO_NOUNS)


def _is_doubled(tokens: Tokens, phrase: Phrase) -> bool:
    """Whether women are named too: las y los socios, socias y socios, socios/as, mujeres y hombres productores."""
    lower, first = tokens.lower, phrase.first
    noun = phrase.form.noun
    if first and lower[first - 1] in FEMININE_DETERMINERS:
        return True
    for k in range(first, phrase.head + 1):
        hers = lower[k - 2] if k > 1 and lower[k - 1] in _JOIN else ""
        if hers in FEMININE_DETERMINERS or (hers and hers == feminine_of_adjective(lower[k]) != lower[k]):
            return True
    for k in (phrase.first, phrase.head):
        if _DOUBLED_AFTER.match(tokens.text, tokens.ends[k]):
            return True
    following = lower[phrase.last + 1] if phrase.last + 1 < len(lower) else ""
    before = lower[first - 1] if first else ""
    if (
        following in _MEN
        or (lower[phrase.head + 1 : phrase.head + 2] and lower[phrase.head + 1] in _MEN)
        or before in ("hombres", "varones", "hombre", "varón")
    ):
        return True
    start, end = tokens.sentence(phrase.head)
    around = lower[max(start, first - _WINDOW) : first] + lower[phrase.head + 1 : min(end, phrase.head + 1 + _WINDOW)]
    if noun.common:
        return False
    return any(word in noun.feminine_forms for word in around)


def _joins(tokens: Tokens, phrase: Phrase, others: set[int]) -> bool:
    """Whether a phrase without determiner goes on with one of others: las y los socios y trabajadores."""
    before = phrase.first - 1
    if phrase.first != phrase.described or before < 1:
        return False
    if tokens.lower[before] in _JOIN or tokens.lower[before] == ",":
        return before - 1 in others
    return before in others


def _is_of_people(tokens: Tokens, phrase: Phrase) -> bool:
    """Whether the word is a noun for people here, not an adjective of a thing nor a thing's name."""
    lower, noun = tokens.lower, phrase.form.noun
    if noun.thing and noun.thing.match(" " + " ".join(lower[phrase.head + 1 : phrase.head + 4])):
        return False
    before = lower[phrase.first - 1] if phrase.first else ""
    determined = phrase.first < phrase.described or phrase.described < phrase.head
    if noun.needs_article and lower[phrase.first] not in _DEFINITE:
        return False
    if lower[phrase.head] == "extranjero" and lower[phrase.first] in _DEFINITE:  # vender en el extranjero
        return False
    if determined or not before or tokens.opens(phrase.first):
        return True
    if before in (SAID, OPAQUE):
        return not noun.adjective
    if not before[0].isalpha():
        return not (noun.adjective and before == "," and _in_row_of_adjectives(tokens, phrase.first))
    if before in _JOIN and phrase.first > 1:
        return not (noun.adjective and _in_row_of_adjectives(tokens, phrase.first))
    if lower[phrase.head] == "bomberos" and before == "de":  # a body's name: cuerpo de bomberos
        return False
    if before in _IS and noun.adjective:  # el pago es voluntario
        return lower[phrase.last + 1 : phrase.last + 2] in (["de"], ["del"])
    if before in BARE_SINGULAR_AFTER:
        return True
    if phrase.form.plural:
        return not _ends_like_noun(before)
    return False


def _ends_like_noun(word: str) -> bool:
    """Whether a word before a plural reads as the plural noun it describes: equipos, países; not visitamos, además."""
    if word in BEFORE_NOUN or word in NO_NOUNS:
        return False
    return word.endswith("s") and not word.endswith("mos")


def _in_row_of_adjectives(tokens: Tokens, first: int) -> bool:
    """Whether what is joined to the word is an adjective, or a noun it could describe: sociales y técnicos."""
    before = tokens.lower[first - 2] if first > 1 else ""
    if not before or not before[0].isalpha() or form_of(before):
        return False
    return before in ADJECTIVES or not before.endswith(("a", "as"))


def _is_marked(tokens: Tokens, phrase: Phrase) -> bool:
    """Whether the phrase is masculine to the ear."""
    lower = tokens.lower
    noun, plural = phrase.form.noun, phrase.form.plural
    before = lower[phrase.first : phrase.head]
    if noun.kin and not plural and lower[phrase.first] not in ("cada", "todo", "cualquier", "ningún", "algún"):
        return False
    if noun.common:
        if any(word in MASCULINE_DETERMINERS or (word.endswith("os") and word in BEFORE_NOUN) for word in before):
            return True
        return any(word.endswith("os" if plural else "o") for word in lower[phrase.head + 1 : phrase.last + 1])
    if plural or phrase.first < phrase.head:
        return True
    previous = lower[phrase.first - 1] if phrase.first else ""
    if tokens.opens(phrase.first):
        return False
    return previous in BARE_SINGULAR_AFTER


def _speaks(tokens: Tokens, phrase: Phrase) -> bool:
    """Whether a phrase in the singular names who said what was quoted just before: «…», dice el tesorero."""
    before = tokens.lower[max(0, phrase.first - 4) : phrase.first]
    return len(before) > 1 and SAID in before[:-1] and before[-1] in _SAYS and "." not in before


def _is_somebody(tokens: Tokens, phrase: Phrase, story: bool) -> bool:
    """Whether a phrase is part of a name or, in the singular, means one man: named, quoted, or of a story."""
    if part_of_name(tokens, phrase.head, phrase.first):
        return True
    if phrase.form.plural:
        return False
    if story and not _ANYONE.intersection(tokens.lower[phrase.first : phrase.head]):
        return True
    return _speaks(tokens, phrase) or names_a_man(tokens, phrase.first, phrase.last)
