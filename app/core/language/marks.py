"""Words that nobody can read aloud (tod@s, lxs, niñes), and "man" for all people."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .inflection import feminine, joined_by_and, plural
from .lexicon import form_of
from .seeking import Seeker
from .tables import table
from .things import Remark, Style

_AT = re.compile(r"(?<![\w@.])[a-záéíóúñ]+@s?(?![\w.])")
_X = re.compile(r"(?<![\w.])(?:[a-záéíóúñ]+[bcdfghjlmnñpqrstvz]xs?|l?xs|unxs?|lxs?|elxs?)(?!\w)")
_ENDS_IN_X = re.compile(r"xs?(?!\w)")
_E = re.compile(
    r"(?<!\w)(?:les (?=\w+es\b)(?:\w+)|todes|elles|nosotres|algunes|muches|otres|unes|amigues|chiques|"
    r"bienvenides|juntes"
    r"|miembres|compañeres|niñes|hijes|socies|maestres|alumnes|productoris|campesines|invitades|"
    r"interesades|queridxs|estimades"
    r"|delegades|querides|hermanes|vecines|ciudadanes|asociades|trabajadoris|latines|abueles|tíes)(?!\w)"
)
_SEEKERS = {_E: Seeker([_E])}
_NO_X = table(
    """
max lux fax box relax index duplex bronx mix sphinx linux unix matrix látex tórax clímax
"""
)

_BY = r"(?:\w+[ad][oa]s? )(?P<by>por el hombre)|"  # slow to look for, and rare
_MANKIND = re.compile(
    r"\b(?P<it>(?:los )?derechos del hombre|"
    r"(?:la )?(?:mano|historia|acción|evolución|intervención|inteligencia|naturaleza|dignidad|obra|vida|"
    r"actividad|salud|alimentación|huella|presencia|origen|mente|espíritu|cuerpo|esfuerzo|necesidades|"
    r"actividades|bienestar|futuro|destino|aparición|amigo) (?P<of>del hombre)|"
    rf"{_BY}"
    r"(?P<the>(?:el|al|del) hombre) (?:(?:no |siempre |ya |nunca )?(?:es|ha|moderno|primitivo|actual|"
    r"antiguo|necesita|depende|vive|puede|debe|transforma|aprendió a|empezó a|domesticó|destruye|cultiva|"
    r"contamina|busca|nace|tiene derecho)\b|y (?:la |su |el )?(?:naturaleza|tierra|medio|ambiente|bosque|"
    r"entorno|cosmos|máquina|animal|planeta))|"
    r"(?P<field>(?:el|al|del|los|un) hombres? de(?:l)? campo)|"
    r"(?P<all>todos los hombres) (?:son|nacen|nacemos|tienen|somos|deben|pueden|merecen)|"
    r"(?P<nature>(?:la )?(?:naturaleza|tierra|bosque) y (?P<man>el hombre))|"
    r"(?P<hours>horas?[ -]hombre))\b"
)
_MANKIND_BUT_BY = Seeker([re.compile(_MANKIND.pattern.replace(_BY, ""))])
_WOMEN = re.compile(r"\b(?:mujer(?:es)?|esposas?|compañera|ella|niñas?|varón|varones|la pareja)\b")
_INSTEAD = {
    "el hombre": ("el ser humano", "la humanidad", "las personas"),
    "del hombre": ("del ser humano", "de la humanidad", "de las personas"),
    "al hombre": ("al ser humano", "a la humanidad", "a las personas"),
    "por el hombre": ("por el ser humano", "por la humanidad", "por las personas"),
    "todos los hombres": ("todas las personas", "todos los seres humanos"),
    "derechos del hombre": ("derechos humanos",),
    "los derechos del hombre": ("los derechos humanos",),
    "el hombre del campo": ("la gente del campo", "las personas del campo"),
    "hora hombre": ("hora de trabajo",),
    "horas hombre": ("horas de trabajo",),
    "hora-hombre": ("hora de trabajo",),
    "horas-hombre": ("horas de trabajo",),
}


def unreadable(lower: str, style: Style) -> Iterator[Remark]:
    """Yield remarks on @, x and -e where a gender would stand."""
    if "@" in lower:
        yield from _marked(_AT, lower, style)
    if _ENDS_IN_X.search(lower):
        yield from _marked(_X, lower, style)
    if "es" in lower:
        yield from _marked(_E, lower, style)


def _marked(pattern: re.Pattern[str], lower: str, style: Style) -> Iterator[Remark]:
    for match in _SEEKERS[pattern].each(lower) if pattern in _SEEKERS else pattern.finditer(lower):
        word = match[0]
        if word in _NO_X or (word.startswith("les ") and _reads_well(word)):
            continue
        yield Remark("inclusive-unreadable", match.start(), match.end(), word, _in_words(word, style))


def _reads_well(word: str) -> bool:
    """Whether "les" is the pronoun: what follows is no word for people with an -e put in its ending."""
    noun = word.split(" ")[1]
    his = form_of(noun[:-2] + "o")
    return (his is None or his.noun.masculines == noun) and not (noun.endswith(("ories", "antes")) and form_of(noun))


def _in_words(word: str, style: Style) -> tuple[str, ...]:
    article, _, noun = word.rpartition(" ")
    many = noun.endswith("s")
    stem = re.sub(r"(?:@|x|u?e)s?$", "", noun.rstrip("s") if many else noun)
    stem = stem[:-1] + "g" if noun.endswith("gues") else stem
    stem = stem[:-2] + "c" if noun.endswith("ques") else stem
    if article:
        his = form_of(noun)
        if his is not None:
            return (f"las y los {noun}", f"personas {his.noun.feminines}")
    own = {
        "l": ("las y los", ""),
        "tod": ("todas y todos", "todas las personas"),
        "un": ("unas y unos", "algunas personas"),
    }
    if many and stem in own:
        return tuple(filter(None, own[stem] if style is Style.SPLIT else own[stem][::-1]))
    his = form_of(stem + "o") or form_of(stem)
    base = his.noun.masculine if his else stem + "o"
    hers = his.noun.feminine if his else feminine(base)
    both = joined_by_and(plural(hers), plural(base)) if many else f"{hers} o {base}"
    neutral = f"personas {plural(hers)}" if many else f"persona {hers}"
    if base == "niño" or (his is not None and his.noun.kin):
        neutral = both
    if article:
        both, neutral = f"las y los {plural(base)}", neutral if " y " in neutral else f"las {neutral}"
    return tuple(dict.fromkeys((both, neutral) if style is Style.SPLIT else (neutral, both)))


def mankind(lower: str) -> Iterator[Remark]:
    """Yield remarks on "man" where all people are meant; a sentence that speaks of women too means men by it."""
    if "hombre" not in lower:
        return
    for match in _MANKIND.finditer(lower) if "por el hombre" in lower else _MANKIND_BUT_BY.each(lower):
        start, end = _sentence(lower, match.start(), match.end())
        if _WOMEN.search(lower, start, end):
            continue
        named = match.groupdict()
        name = next((name for name in ("of", "by", "the", "field", "all", "man", "hours") if named.get(name)), "it")
        first, last = match.span(name)
        text = match[name]
        yield Remark("inclusive-mankind", first, last, text, _INSTEAD.get(text, ("el ser humano", "las personas")))


def _sentence(lower: str, start: int, end: int) -> tuple[int, int]:
    first = max(lower.rfind(sign, 0, start) for sign in (".", "?", "!", "\n", ";"))
    lasts = [place for sign in (".", "?", "!", "\n") if (place := lower.find(sign, end)) >= 0]
    return max(first, 0), min(lasts, default=len(lower))
