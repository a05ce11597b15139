"""The words by which people mark parts of a manual, in Spanish, English, Portuguese and French, and the language guess.

Tables of words only; where they are looked for is decided by who asks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from app.interchange.formats.docx.foreign.things import Guess

CHAPTER = re.compile(
    r"(?:(?P<part>m[oó]dulo|module|cap[ií]tulo|chapter|chapitre|parte|part|partie|secci[oó]n|section|volumen|tomo|anexo|"
    r"annex|appendix|ap[eé]ndice)|(?P<unit>unidad|unit|unit[eé]|unidade|lecci[oó]n|lesson|le[cç]on|sesi[oó]n|session|"
    r"sess[aã]o|tema|topic|bloque|taller|workshop))"
    r"\s+(?:n[°ºo.]*\s*)?(?:\d{1,3}|[IVXLC]{1,6}|[A-Z])\b",
    re.IGNORECASE,
)  # fmt: skip
NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,4})(\.-|[.)])?(?:[ \t]|$)|([IVX]{1,5}|[A-Z])[.)](?:[ \t]|$)")
CAPTION = re.compile(
    r"(?:figura|fig\.|figure|tabla|table|tabela|tableau|cuadro|gr[aá]fico|ilustraci[oó]n|imagen|foto|photo|picture|mapa|map|"
    r"diagrama|esquema)\s*(?:n[°º.]*\s*)?\d",
    re.IGNORECASE,
)
CONTENTS = re.compile(
    r"(?:(?:tabla|[ií]ndice|tabela) (?:de|general de|del)? ?(?:contenidos?|conte[uú]dos?)|[ií]ndice(?: general)?|"
    r"contenidos?|(?:table of )?contents|sum[aá]rio|table des mati[eè]res)\s*:?$",
    re.IGNORECASE,
)
_TYPED: dict[Guess, tuple[str, ...]] = {
    Guess.OBJECTIVES: (
        r"objetivos?(?: (?:de|del|general|espec[ií]ficos?)\b.*)?", r"(?:learning )?(?:objectives?|outcomes)",
        r"(?:resultados|logros) de aprendizaje", r"objectifs?",
    ),
    Guess.MATERIALS: (
        r"materiales(?: .{0,30})?", r"materials(?: needed)?", r"recursos(?: necesarios)?", r"mat[eé]riel", r"materiais",
    ),
    Guess.ACTIVITY: (r"(?:actividad|activity|ejercicio|exercise|din[aá]mica|atividade|activit[eé])\b.*",),
    Guess.CASE: (r"(?:estudio de |estudo de )?caso\b.*", r"case(?: study)?\b.*", r"[eé]tude de cas\b.*"),
    Guess.NOTE: (
        r"notas? (?:para|al?|del?) (?:(?:el|la|los|las) )?(?:persona |equipo )?(?:que |quien(?:es)? )?facilita.*",
        r"(?:facilitator|trainer)(?:['’]?s)?['’]? notes?.*",
        r"notes? (?:for|to) (?:the )?(?:facilitator|trainer)s?.*",
    ),
    Guess.HANDOUT: (
        r"hoja (?:para repartir|de trabajo|de apoyo|informativa)\b.*", r"(?:handout|worksheet)\b.*",
        r"material para repartir\b.*",
    ),
    Guess.QUESTION: (
        r"preguntas?(?: \d+| de .{3,40}| para .{3,40})?", r"questions?(?: \d+| for .{3,40})?",
        r"autoevaluaci[oó]n", r"quiz",
    ),
}  # fmt: skip
_LABELS = tuple(
    (guess, re.compile(rf"(?:\d[\d.]*\.?\s+)?(?:{'|'.join(patterns)})\s*[:.]?$", re.IGNORECASE))
    for guess, patterns in _TYPED.items()
)
MOST_LABEL = 90  # characters of a line that opens a typed block
_USUAL = {
    "es": "el la los las que de del y en un una con por para se su es son como más lo al o",
    "en": "the of and to in a is that for with as are on be by this it or from you your not have",
    "pt": "o os as que de do da dos das e em um uma com por para se é são como mais não ao ou você",
    "fr": "le la les des de du et en un une avec pour par que qui est sont dans sur au ou vous ne pas",
    "qu": "kay chay ima mana kan kaq kani paykuna ñuqa qam ñuqanchik runakuna llaqta nisqa wasi hinaspa chaymanta",
    "ay": "uka aka jupa jiwasa markasa jaqinakaxa ukaxa ukhamaraki mä janiwa taqi utji",
}  # fmt: skip
_LANGUAGES = {language: frozenset(words.split()) for language, words in _USUAL.items()}
_FEWEST = 8
_SHARES = {"qu": 0.02, "ay": 0.02}  # of all words; where words are joined into long ones, small words are few
_SHARE = 0.2
ALERT = re.compile(
    r"(?:notas?|¡?\s*(?:ojo|atenci[oó]n|importante|recuerde|cuidado)\s*!?|avisos?|advertencias?|precauci[oó]n|consejos?|"
    r"notes?|important|caution|warning|tips?|remember|attention|aten[cç][aã]o|remarque|hinweis)\s*[:.]?$",
    re.IGNORECASE,
)


def typed_label(text: str) -> Guess | None:
    """Return the typed block that a line opens by its words (`Actividad 3: La canasta`), or None."""
    if len(text) > MOST_LABEL:
        return None
    return next((guess for guess, pattern in _LABELS if pattern.match(text)), None)


def language_of(texts: Iterable[str], otherwise: str) -> str:
    """Return the language whose usual words are most of them, or what the file itself says when there are few."""
    counted: Counter[str] = Counter()
    for text in texts:
        counted.update(re.findall(r"[^\W\d_]+", text.lower()))
    scores = {language: sum(counted[word] for word in words) for language, words in _LANGUAGES.items()}
    best = max(scores, key=lambda language: scores[language])
    fewest = max(_FEWEST, counted.total() * _SHARES.get(best, _SHARE))
    return best if scores[best] >= fewest else otherwise.split("-")[0].lower()
