"""What can be written instead of a masculine phrase: whole phrases that agree, the best for a policy first.

Determiners, what stands before the noun and the adjectives after it go along: "de los socios activos" becomes "de las
personas socias activas" or "de las y los socios activos". Nothing is replaced by itself; a person chooses.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .inflection import feminine_of_adjective, is_plural_verb, joined_by_and, singular_of_adjective, singular_of_verb
from .lexicon import Instead
from .phrases import Phrase
from .sheltering import Tokens
from .tables import table
from .things import Style
from .words import NUMERALS, UNMARKED_DETERMINERS

_FEMININE = {
    "el": "la", "un": "una", "este": "esta", "ese": "esa", "aquel": "aquella", "algún": "alguna", "ningún": "ninguna",
    "los": "las", "unos": "unas", "estos": "estas", "esos": "esas", "aquellos": "aquellas", "primer": "primera",
    "tercer": "tercera", "buen": "buena", "mal": "mala",
}  # fmt: skip
_OF_ONE = {  # of a collective: feminine, masculine
    "los": ("la", "el"), "estos": ("esta", "este"), "esos": ("esa", "ese"), "nuestros": ("nuestra", "nuestro"),
    "sus": ("su", "su"), "todos": ("toda", "todo"), "mis": ("mi", "mi"), "tus": ("tu", "tu"),
}  # fmt: skip
_SIZES = {
    "pequeños": "a pequeña escala", "pequeño": "a pequeña escala", "medianos": "a mediana escala",
    "mediano": "a mediana escala", "grandes": "a gran escala", "gran": "a gran escala",
}  # fmt: skip
_STAY_BEFORE = table(
    """
nuevos nuevo antiguos antiguo futuros futuro actuales actual primeros primer últimos último próximos próximo
mismos mismo principales principal demás diferentes diversos distintos posibles posible tercer segundo
segundos estimados estimado queridos querido apreciados apreciado distinguidos distinguido respetados
respetado
"""
)


_NEAR = 6  # words after a phrase in which its verb is looked for
_PREPOSITIONS = table("a de con por para entre en sobre sin contra hacia según ante")
_POSSESSIVES = table("sus nuestros mis tus su nuestro mi tu")


@dataclass(frozen=True, slots=True)
class Parts:
    """A phrase in words: determiners, what describes before the noun, the noun, what describes after it, what is said.

    `said` is a verb with its adverbs and, last, an adjective; or nothing.
    """

    preposition: str
    determiners: tuple[str, ...]
    before: tuple[str, ...]
    noun: str
    after: tuple[str, ...]
    said: tuple[str, ...]


def suggestions(tokens: Tokens, phrase: Phrase, style: Style) -> tuple[str, ...]:
    """Return what a phrase could be instead, the best for a style first."""
    parts = _parts(tokens, phrase)
    following = tokens.lower[phrase.end + 1 : tokens.sentence(phrase.end)[1]][:_NEAR]
    before = tokens.lower[phrase.first - 1] if phrase.first else ""
    if phrase.form.plural:
        neutral = list(_neutral_group(phrase, parts, before, following))
        split = [_with(text, parts, "mp") for text in _split_group(phrase, parts)]
    else:
        neutral = [_with(text, parts, "f") for text in _neutral_person(phrase, parts)]
        split = [_with(text, parts, "m") for text in _split_person(phrase, parts)]
    ordered = [*split, *neutral] if style is Style.SPLIT else [*neutral, *split]
    return tuple(dict.fromkeys(filter(None, ordered)))


def _with(text: str, parts: Parts, form: str) -> str:
    """The text with what is said of it, in the form of its new subject; nothing where that cannot be said."""
    if not parts.said or not text:
        return text
    *verb, adjective = parts.said
    if form in ("fs", "ms"):
        ones = [singular_of_verb(word) or ("" if word.endswith("n") else word) for word in verb]
        if not all(ones):
            return ""
        verb, adjective = ones, singular_of_adjective(adjective)
    if form == "q":
        return ""
    return " ".join((text, *verb, _feminine(adjective) if form.startswith("f") else adjective))


def _parts(tokens: Tokens, phrase: Phrase) -> Parts:
    lower = tokens.lower
    determiners = list(lower[phrase.first : phrase.described])
    preposition = ""
    for word, (long, article) in {"del": ("de", "el"), "al": ("a", "el")}.items():
        if determiners and determiners[0] == word:
            preposition, determiners[0] = long, article
    return Parts(
        preposition,
        tuple(determiners),
        tuple(lower[phrase.described : phrase.head]),
        lower[phrase.head],
        tuple(lower[phrase.head + 1 : phrase.last + 1]),
        tuple(lower[phrase.last + 1 : phrase.end + 1]),
    )


def _neutral_group(phrase: Phrase, parts: Parts, before: str, following: list[str]) -> Iterator[str]:
    for instead in phrase.form.noun.instead:
        if (
            instead.form == "cp"
            and " " not in instead.words
            and (before == "a" or is_plural_verb(" ".join(following[:1])))
        ):
            continue  # no article is good Spanish only where the word is not the subject
        yield _with(_group(instead, parts, before, following), parts, instead.form)


def _group(instead: Instead, parts: Parts, before: str, following: list[str]) -> str:
    form = instead.form
    if form == "q":
        usable = parts.determiners in (("los",), ("todos", "los"), ()) and not (parts.before or parts.after)
        return "" if following[:1] in (["de"], ["del"], ["que"]) or not usable else instead.words
    if form == "cp":
        if parts.before or parts.after:
            return ""
        if parts.determiners in ((), ("los",)):
            return instead.words
        counted = all(word in NUMERALS or word in UNMARKED_DETERMINERS for word in parts.determiners)
        return _joined("", [*parts.determiners, instead.words]) if counted else ""
    if form == "fp" and instead.words.startswith(("personas ", "familias ")):
        return _people(instead.words, parts)
    if form in ("fp", "mp"):
        if parts.before or parts.after:
            return ""
        determiners = [_feminine(word) if form == "fp" else word for word in parts.determiners]
        return _joined(parts.preposition, [*determiners, instead.words])
    if (
        parts.before
        or not parts.determiners
        or (before not in _PREPOSITIONS and any(is_plural_verb(word) for word in following))
    ):
        return ""
    if any(word not in _OF_ONE for word in parts.determiners):
        return ""
    determiners = [_OF_ONE[word][form == "ms"] for word in parts.determiners]
    ones = [singular_of_adjective(word) for word in parts.after]
    if form == "fs":
        ones = [feminine_of_adjective(word) for word in ones]
    return _joined(parts.preposition, [*determiners, instead.words, *ones])


def _people(words: str, parts: Parts) -> str:
    """ "personas socias" with everything around it in the feminine; what cannot stay before it goes behind."""
    behind = [_SIZES[word] for word in parts.before if word in _SIZES]
    moved = [word for word in parts.before if word not in _SIZES and word not in _STAY_BEFORE]
    head, _, rest = words.partition(" ")
    if head == "personas" and _POSSESSIVES.intersection(parts.determiners):
        return ""
    if any(word in ("mejores", "mejor", "buenos", "buen", "únicos", "simples", "malos", "mal") for word in moved):
        return ""
    stay = [word for word in parts.before if word in _STAY_BEFORE]
    determiners = [*parts.determiners, *stay]
    written = [
        *(_feminine(word) for word in determiners),
        head,
        rest,
        *(_feminine(word) for word in (*moved, *parts.after) if _feminine(word) != rest),
        *behind,
    ]
    return _joined(parts.preposition, written)


def _split_group(phrase: Phrase, parts: Parts) -> Iterator[str]:
    noun = phrase.form.noun
    hers = noun.feminines
    tail = [*parts.after]
    if parts.determiners == ("los",) or parts.determiners[-1:] == ("los",):
        first = ["todas las" if parts.determiners[0] == "todos" else ""] if len(parts.determiners) > 1 else []
        if first:
            yield _joined("", ["todas las y todos los", *parts.before, parts.noun, *tail])
            return
        yield _joined("", ["las y los", *parts.before, parts.noun, *tail])
        if not (noun.common or parts.before or tail):
            yield f"las {hers} y los {parts.noun}"
    elif noun.common:
        words = [f"{_feminine(word)} y {word}" if _feminine(word) != word else word for word in parts.determiners]
        after = [f"{_feminine(word)} y {word}" if _feminine(word) != word else word for word in tail]
        yield _joined("", [*words[:1], *parts.determiners[1:], *parts.before, parts.noun, *(tail if words else after)])
    elif parts.determiners and _feminine(parts.determiners[0]) != parts.determiners[0]:
        his = parts.determiners[0]
        yield _joined("", [f"{_feminine(his)} y {his}", *parts.determiners[1:], *parts.before, parts.noun, *tail])
    elif parts.before and _feminine(parts.before[0]) != parts.before[0]:
        his = parts.before[0]
        yield _joined("", [*parts.determiners, f"{_feminine(his)} y {his}", *parts.before[1:], parts.noun, *tail])
    else:
        yield _joined("", [*parts.determiners, *parts.before, joined_by_and(hers, parts.noun), *tail])


def _neutral_person(phrase: Phrase, parts: Parts) -> Iterator[str]:
    noun = phrase.form.noun
    plain = not (parts.before or parts.after)
    if noun.office and plain and parts.determiners in (("el",), ("su",), ("nuestro",), ("este",), ("cada",)):
        yield _joined(parts.preposition, [*map(_feminine, parts.determiners), noun.office])
        if parts.determiners == ("el",):
            yield _joined(parts.preposition, ["la persona a cargo de la", noun.office])
        return
    if noun.common and parts.determiners == ("el",) and plain and noun.masculine in ("participante", "integrante"):
        yield _joined(parts.preposition, ["cada", noun.masculine])
    if noun.masculine in ("padre", "papá") or _POSSESSIVES.intersection(parts.determiners):
        return
    before = [word for word in parts.before if word in _STAY_BEFORE]
    moved = [word for word in parts.before if word not in _STAY_BEFORE and word not in _SIZES]
    sizes = [_SIZES[word] for word in parts.before if word in _SIZES]
    determiners = [_feminine(word) for word in (*parts.determiners, *before)]
    after = [_feminine(word) for word in (*moved, *parts.after)]
    if not table("buen mal mejor único simple").intersection(moved):
        yield _joined(parts.preposition, [*determiners, *noun.person.split(), *after, *sizes])


def _split_person(phrase: Phrase, parts: Parts) -> Iterator[str]:
    noun = phrase.form.noun
    his, hers = parts.noun, noun.feminine
    tail = [*parts.before, "{}", *parts.after]
    if not parts.determiners:
        if noun.common:
            return
        yield _joined(parts.preposition, [*parts.before, f"{hers} {_or(his)} {his}", *parts.after])
        return
    one, *others = parts.determiners
    if _feminine(one) == one:  # cada, su, cualquier
        if not noun.common:
            yield _joined(parts.preposition, [one, *others, *parts.before, f"{hers} {_or(his)} {his}", *parts.after])
        return
    both = f"{_feminine(one)} o {one}"
    if noun.common or parts.before or parts.after:
        yield _joined(parts.preposition, [both, *others, *[word.format(his) for word in tail]])
    else:
        second = {"de": "del", "a": "al"}.get(parts.preposition) if one == "el" else ""
        yield _joined(parts.preposition, [_feminine(one), *others, hers, "o", second or one, *others, his])


def _or(following: str) -> str:
    return "u" if following.startswith(("o", "ho")) else "o"


def _feminine(word: str) -> str:
    if word in NUMERALS:
        return word
    return _FEMININE.get(word) or feminine_of_adjective(word)


def contracted(preposition: str, text: str) -> str:
    """Return a preposition and a text after it, with "de el" and "a el" as one word."""
    if preposition in ("de", "a") and text.startswith("el "):
        return f"{'del' if preposition == 'de' else 'al'} {text[3:]}"
    return f"{preposition} {text}" if preposition else text


def _joined(preposition: str, words: Iterable[str]) -> str:
    """Put words together, with a preposition before them."""
    return contracted(preposition, " ".join(word for word in words if word))
