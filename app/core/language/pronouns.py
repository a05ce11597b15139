"""People without a noun: all, some, he who, oneself, welcome, we are agreed. The patterns stand in patterns.py.

Many of these words stand for things as well ("los sacos … todos"). They are left alone where a plural masculine thing
stands before them in the sentence, and where what follows is not what people do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .inflection import joined_by_and
from .lexicon import form_of
from .patterns import ADDRESS, TABLE, Sought
from .seeking import Seeker
from .tables import choice, table
from .things import Remark, Style
from .words import NO_NOUNS

_BEGINS = "y e o pero que porque si son ni cuando mientras como donde aunque pues ya hoy así también solo"
_CLAUSE = re.compile(
    r"(?:^|[\n|#>]|[.!?…¡¿;:,(\x02*-])[ *]*$"
    rf"|\b(?:{choice(_BEGINS)}) $"
)
_HERS = choice("las la aquellas aquella algunas alguna otras muchas pocas varias unas una ellas nosotras todas ninguna")
_SPLIT_BEFORE = re.compile(rf"\b(?:{_HERS})(?: \w+)? (?:y|o|e|u) (?:\w+ )?$")
_SPLIT_AFTER = re.compile(rf"\s?(?:/|\()-?\w+|,? (?:y|o|e|u) (?:{_HERS})\b")
_SEEKER = Seeker([sought.pattern for sought in TABLE])
_SENTENCE_LETTERS = 400  # as far back as a thing is looked for
_LOOK_BACK = 12  # letters before a word in which its clause could begin
_OWN = {
    "nosotros mismos": ("por nuestra cuenta", "nosotras y nosotros mismos"),
    "ustedes mismos": ("por su cuenta", "ustedes mismas y mismos"),
    "ellos mismos": ("por su cuenta", "ellas y ellos mismos"),
    "usted mismo": ("usted por su cuenta", "usted misma o mismo"),
    "uno mismo": ("la propia persona", "una misma o uno mismo"),
    "sí mismos": ("su propia persona", "sí mismas y sí mismos"),
    "todos nosotros": ("el grupo entero", "todas nosotras y todos nosotros"),
    "todos ustedes": ("ustedes", "todas y todos ustedes"),
    "todos ellos": ("todas esas personas", "todas ellas y todos ellos"),
    "cada uno": ("cada quien", "cada una y cada uno"),
    "alguno": ("alguien", "alguna o alguno"),
    "ninguno": ("nadie", "ninguna o ninguno"),
    "uno": ("alguien", "una o uno"),
    "los primeros": ("quienes primero", "las primeras y los primeros"),
    "el primero": ("la primera persona", "la primera o el primero"),
    "los últimos": ("las últimas personas", "las últimas y los últimos"),
    "el último": ("la última persona", "la última o el último"),
    "los demás": ("las demás personas", "las y los demás"),
}
_FEELING = {
    "comprometidos": "con el compromiso",
    "obligados": "con la obligación",
    "invitados": "con nuestra invitación",
    "orgullosos": "con orgullo",
    "agradecidos": "con gratitud",
    "interesados": "con interés",
    "contentos": "con alegría",
    "unidos": "en unidad",
    "preocupados": "con preocupación",
    "organizados": "con organización",
}


def pronouns(lower: str, style: Style) -> Iterator[Remark]:
    """Yield remarks on people spoken of or to in the masculine without a noun; `lower` is in small letters."""
    for row, match in _SEEKER.find(lower, [row for row, sought in enumerate(TABLE) if sought.needs in lower]):
        sought = TABLE[row]
        start, end = match.span("it")
        if sought.begins and not _CLAUSE.search(lower[max(0, start - _LOOK_BACK) : start]):
            continue
        if _SPLIT_AFTER.match(lower, end) or _SPLIT_BEFORE.search(lower, max(0, start - 2 * _LOOK_BACK), start):
            continue
        if sought.of_things_too and _stands_for_things(lower, start, anywhere=sought.rule == ADDRESS):
            continue
        if sought.rule == ADDRESS and (thing := _THING_AFTER.match(lower, end)) and form_of(thing[1]) is None:
            continue
        yield Remark(sought.rule, start, end, match["it"], _suggestions(sought, match["it"], style))


def _suggestions(sought: Sought, text: str, style: Style) -> tuple[str, ...]:
    hers = _feminine(text)
    neutral = tuple(row.format(text, f=hers, who=_who(text), hers=_persons(text)) for row in sought.neutral)
    split = tuple(row.format(text, f=hers) for row in sought.split)
    if sought.rule == ADDRESS and text.startswith(("sean ", "sea ")):
        split = (_split(*text.rsplit(" ", 1)),)
    if text in _OWN:
        neutral, split = (_OWN[text][0],), (_OWN[text][1],)
    elif not (neutral or split):
        rest, _, last = text.rpartition(" ")
        split = (_split(rest, last),)
        neutral = (f"{rest} {_FEELING[last]}",) if last in _FEELING and rest in ("estamos", "nos sentimos") else ()
    return (*split, *neutral) if style is Style.SPLIT else (*neutral, *split)


def _split(rest: str, last: str) -> str:
    """ "estamos", "listos" as "estamos listas y listos"; where it says "todos", that alone is split."""
    if " todos" in rest:
        return f"{rest.replace(' todos', ' todas y todos')} {last}"
    if not last.endswith("s"):
        return f"{rest} {_feminine(last)} o {last}"
    return f"{re.sub(' y$', ',', rest)} {joined_by_and(_feminine(last), last)}"


def _who(text: str) -> str:
    """ "los del comité" as "quienes son del comité"."""
    return f"quienes son {text.removeprefix('los ')}"


def _persons(text: str) -> str:
    """ "los más pobres" as "las personas más pobres"."""
    return f"las personas {_feminine(text.removeprefix('los '))}"


def _feminine(text: str) -> str:
    return re.sub(r"o(s?)\b", r"a\1", text)


_SENTENCE_START = re.compile(r"[.!?;¿¡](?= |$)|[\n|]")
_MASCULINE_THING = re.compile(
    r"(?:^|(?P<preposition>\b(?:de|en|a|con|por|para|entre|sobre|desde|hasta|según) )|(?<=\W))"
    r"(?:los|estos|esos|unos|sus|nuestros|dos|tres|cuatro|cinco|seis|varios|muchos|algunos|otros|pocos|\d+) (\w+s)\b"
)
_THING_AFTER = re.compile(r",? (?:los|sus|nuestros|dos|tres|todos los) (\w+s)\b")  # quedan listos los sacos
_PEOPLE = table("grupos equipos hombres pueblos gremios comités consejos meses años días minutos")


def _stands_for_things(lower: str, start: int, *, anywhere: bool) -> bool:
    """Whether a plural masculine thing stands before a place in its sentence, for which the words may stand.

    One after a preposition counts only if it may stand `anywhere`.
    """
    begin = max(0, start - _SENTENCE_LETTERS)
    for match in _SENTENCE_START.finditer(lower, begin, start):
        begin = match.end()
    for match in _MASCULINE_THING.finditer(lower, begin, start):
        word = match[2]
        if (match["preposition"] and not anywhere) or word in NO_NOUNS or word.endswith(("as", "mos")):
            continue
        if form_of(word) is None and word not in _PEOPLE:
            return True
    return False
