"""People without a noun: all, some, he who, oneself, welcome, we are agreed. Found by tables of patterns.

Many of these words stand for things as well ("los sacos … todos"). They are left alone where a plural masculine thing
stands before them in the sentence, and where what follows is not what people do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .lexicon import form_of
from .sheltering import Tokens
from .tables import choice, table
from .things import Remark, Style
from .words import NO_NOUNS

_ADVERB = (
    r"(?:no |ya |nunca |siempre |también |todavía |solo |sólo |casi |además |a veces )?(?:se |nos |le |les |"
    r"lo |los |la |las |me )?"
)
_DO = (  # what people do and things hardly ever: stems of verbs
    "pien cree creí dice dije dijer opin quier quisi sab supi prefier habl trabaj particip asist migr "
    "vend compr deci "
    "vot propon propu siembr sembr cosech produc cultiv pregunt respond contest olvid recuerd aprend "
    "enseñ estudi vien "
    "vin acept rechaz pid pidier protest queja quej escuch lee leen escrib firm conoc convers discut teme tem siente "
    "sient prometi cumpl ayud colabor apoy gan ahorr deb deben pued pudi tien tuv necesit esper viv llor rí com beb "
    "entend entiend miran mir busc lleg qued sal reg regres camin and paga pag integr afil capacit "
    "organiz reún reun compart renunci "
    "abandon confí desconfí interes entreg invierte inviert cuent coment explic present ofrec recib hac hic toma tom "
    "elig dej sue suel asum administr dirig cuid manej descon ignora ignor vuelv están estab estuv"
)
_HUMAN = rf"(?:{choice(_DO)})\w*"
_PLURAL_DO = rf"{_ADVERB}(?:(?:hemos|han|habían|hayan) \w+[ad]o|{_HUMAN}n)\b"
_ONE_DOES = (
    r"(?:(?:no |nunca |siempre |ya |también |mismo |solo )?(?:se |lo |la |le )?(?:debe|puede|tiene|sabe|"
    r"quiere|necesita|aprende|vende|siembra|trabaja|"
    r"piensa|cree|siente|decide|gana|pierde|paga|hace|llega|va|vive|se|está|recibe|dice|habla|da|cosecha|"
    r"compra|ve|espera|cumple)\b)"
)
_GROUP = r"(?:ustedes|nosotros|ellos|los presentes|los asistentes)"
_FEELINGS = (
    "obligado invitado convocado comprometido organizado interesado preparado capacitado listo cansado contento "
    "unido junto seguro acostumbrado orgulloso agradecido satisfecho atento informado bienvenido dispuesto "
    "preocupado asustado animado motivado afiliado asociado reunido enterado enfermo sano dueño autorizado "
    " emocionado ocupado nervioso tranquilo callado enojado confundido sentado endeudado solo "
    " inscrito facultado perdido listo acompañado decidido convencido"
)
_FEELING = choice(_FEELINGS)
_ARE = (
    r"(?:están|estarán|quedan|quedarán|se sienten|se sintieron|son|fueron|serán|estén|sean|estaban|estar|"
    r"sentirse|vengan|llegaron|salieron|venir|quedar|quedarse)"
)
_WE_ARE = (
    r"(?:estamos|estaremos|estemos|estábamos|somos|seremos|seamos|fuimos|quedamos|quedemos|sentimos|"
    r"sentiremos|sintamos|mantengamos|hemos sido|hemos estado|llegamos|vamos|seguimos|sigamos|vivimos)"
)
_ABOUT = "muy|más|bien|todos|cordialmente|también|ya|todavía|siempre|tan|igualmente|plenamente|menos|debidamente|ahora"


@dataclass(frozen=True, slots=True)
class _Sought:
    """Words to find in a text in small letters; group `it` is what is remarked on."""

    rule: str
    pattern: re.Pattern[str]
    neutral: tuple[str, ...]
    split: tuple[str, ...]
    of_things_too: bool = True


def _sought(rule: str, pattern: str, neutral: str, split: str, *, of_things_too: bool = True) -> _Sought:
    return _Sought(
        rule,
        re.compile(pattern),
        tuple(filter(None, neutral.split(" · "))),
        tuple(filter(None, split.split(" · "))),
        of_things_too,
    )


_CLAUSE = (
    r"(?:^|(?<=[.!?…¿¡;:,|\n\x02(] )|(?<=[\n¿¡(|])|(?<=\by )|(?<=\be )|(?<=\bo )|(?<=\bpero )|(?<=\bque )|"
    r"(?<=\bporque )|(?<=\bsi )|(?<=\bson )|(?<=\bni )|(?<=\bcuando )|(?<=\bmientras )|(?<=\bcomo )|"
    r"(?<=[*#>-] ))"
)
_NO_TODOS = (
    r"(?! (?:los|las|estos|esos|aquellos|sus|mis|tus|nuestros|modos|lados|medios|tipos|santos|colores|tamaños|"
    r"niveles|sitios|o todas|y todas|y cada uno)\b)(?!/|\()"
)

_TABLE = (
    _sought(
        "inclusive-pronoun",
        rf"{_CLAUSE}(?P<it>todos (?:los|aquellos) que)\b",
        "quienes · todas las personas que",
        "todas las y todos los que",
    ),
    _sought(
        "inclusive-pronoun",
        r"\b(?P<it>(?:todos )?aquellos que)\b",
        "quienes · aquellas personas que",
        "aquellas y aquellos que",
    ),
    _sought(
        "inclusive-pronoun",
        r"\b(?:a|para|entre|con|de|por) (?P<it>todos los que)\b",
        "quienes · todas las personas que",
        "todas las y todos los que",
    ),
    _sought(
        "inclusive-pronoun", rf"{_CLAUSE}(?P<it>los que) (?!más |menos )", "quienes · las personas que", "las y los que"
    ),
    _sought(
        "inclusive-pronoun",
        rf"\b(?:a|para|entre|con) (?P<it>los que) {_PLURAL_DO}",
        "quienes · las personas que",
        "las y los que",
    ),
    _sought(
        "inclusive-pronoun",
        rf"{_CLAUSE}(?P<it>(?:todo )?(?:el|aquel) que) (?!se (?:firm|adjunt|present|us|muestr)|más |"
        r"menos )(?:no |ya |nunca |siempre |más )?(?:se |le |lo |la |nos )?(?:\w+[ae]n?|\w+[óáé]|\w+r[áé]|"
        r"es|ha|haya|va|hay)\b",
        "quien · la persona que",
        "la o el que",
        of_things_too=False,
    ),
    _sought("inclusive-pronoun", r"\b(?P<it>aquel que)\b", "quien · aquella persona que", "aquella o aquel que"),
    _sought(
        "inclusive-pronoun",
        rf"\b(?P<it>(?:algunos|muchos|otros|pocos|varios|unos)) (?={_PLURAL_DO})",
        "{} personas",
        "{f} y {}",
    ),
    _sought(
        "inclusive-pronoun",
        rf"\b(?P<it>(?:algunos|muchos|varios|pocos) de) (?={_GROUP})",
        "{} personas de",
        "{f} y {} de",
        of_things_too=False,
    ),
    _sought(
        "inclusive-pronoun",
        rf"\b(?P<it>(?:cada uno|alguno|ninguno|uno)) de (?={_GROUP})",
        "{one}",
        "{f} o {}",
        of_things_too=False,
    ),
    _sought(
        "inclusive-pronoun",
        rf"(?<!\buna o )\b(?P<it>cada uno) (?:{_ADVERB}{_HUMAN}[aeó]\b)",
        "cada quien · cada persona",
        "cada una y cada uno",
        of_things_too=True,
    ),
    _sought(
        "inclusive-pronoun",
        r"(?<!\bcada )(?<!\bpor )(?<!\ba )(?<!\buna o )(?<!\btodo )(?:(?<=\bcuando )|(?<=\bsi )|"
        rf"(?<=\bque )|(?<=\blo que )|(?<=\bdonde )|(?<=\bcomo )|{_CLAUSE})(?P<it>uno) {_ONE_DOES}",
        "alguien · cada quien · una persona",
        "una o uno",
    ),
    _sought(
        "inclusive-pronoun",
        r"(?<!\buna )\b(?P<it>(?:con|de|en|para|por|a|hacia) uno mismo)\b",
        "con la propia persona",
        "{f} o {}",
        of_things_too=False,
    ),
    _sought(
        "inclusive-pronoun",
        r"(?<!\bnosotras y )(?<!\bmismas y )\b(?P<it>nosotros mismos|ustedes mismos|ellos mismos|usted "
        r"mismo|uno mismo|sí mismos)\b",
        "{own}",
        "{ownsplit}",
        of_things_too=False,
    ),
    _sought("inclusive-pronoun", r"\b(?P<it>todos (?:nosotros|ustedes|ellos))\b", "{all}", "{allsplit}"),
    _sought(
        "inclusive-pronoun",
        r"(?<!\btodas y )(?<!\btodas o )(?<!\bsobre )\b(?P<it>todos)\b(?! (?:nosotros|ustedes|ellos|"
        rf"aquellos)\b){_NO_TODOS}",
        "todas las personas",
        "todas y todos",
    ),
    _sought(
        "inclusive-address",
        r"(?<!\bbienvenidas y )(?<!\bbienvenida y )\b(?P<it>(?:sean (?:todos )?|sea )?bienvenidos?)\b(?! "
        r"y bienvenidas| a bordo)(?!/|\()",
        "les damos la bienvenida",
        "{f} y {}",
        of_things_too=False,
    ),
    _sought(
        "inclusive-address",
        r"(?:^|(?<=[\n.] )|(?<=\n))(?P<it>(?:muy )?(?:estimados|queridos|apreciados|distinguidos|"
        r"respetados)(?: todos)?)(?= ?[:,\n]|$)",
        "reciban un saludo cordial",
        "{f} y {}",
        of_things_too=False,
    ),
    _sought(
        "inclusive-address",
        rf"\b(?P<it>{_WE_ARE} (?:(?:{_ABOUT}) )*(?:(?:{_FEELING})s|\w+(?:ad|id)os))\b(?! (?:por lo|en cuenta))",
        "",
        "",
        of_things_too=False,
    ),
    _sought("inclusive-address", rf"\b(?P<it>{_ARE} (?:(?:{_ABOUT}) )*(?:{_FEELING})s)\b", "", "", of_things_too=True),
    _sought(
        "inclusive-address",
        r"\busted (?P<it>(?:no |ya )?(?:está|queda|es|será|fue|ha sido|quedará|estará|se "
        rf"siente)(?: (?:{_ABOUT}))? (?:(?:{_FEELING})|\w+(?:ad|id)o|nuevo|dueño))\b",
        "",
        "",
        of_things_too=False,
    ),
)
_TRIGGERS = re.compile(
    r"todos|aquel|los que|el que|algunos|muchos|otros|pocos|varios|unos|uno\b|mism|bienvenid|estimad|"
    r"querid|apreciad|distinguid|respetad"
    r"|[aeá]mos |emos |usted|están|quedan|sient|son |fueron|ser[áa]|est[ée]n|sean|estab|estar|llegaron|"
    r"vengan|salieron|venir|quedar"
)
_OWN = {
    "nosotros mismos": ("por nuestra cuenta", "nosotras y nosotros mismos"),
    "ustedes mismos": ("por su cuenta", "ustedes mismas y mismos"),
    "ellos mismos": ("por su cuenta", "ellas y ellos mismos"),
    "usted mismo": ("usted por su cuenta", "usted misma o mismo"),
    "uno mismo": ("cada quien", "una misma o uno mismo"),
    "sí mismos": ("su propia persona", "sí mismas y sí mismos"),
    "todos nosotros": ("el grupo entero", "todas nosotras y todos nosotros"),
    "todos ustedes": ("ustedes", "todas y todos ustedes"),
    "todos ellos": ("todas esas personas", "todas ellas y todos ellos"),
}
_ONE = {"cada uno": "cada quien", "alguno": "alguien", "ninguno": "nadie", "uno": "alguien"}
_HERS = {
    "algunos": "algunas",
    "muchos": "muchas",
    "otros": "otras",
    "pocos": "pocas",
    "varios": "varias",
    "unos": "unas",
}


def pronouns(lower: str, tokens: Tokens, style: Style) -> Iterator[Remark]:
    """Yield remarks on people spoken of or to in the masculine without a noun."""
    if not _TRIGGERS.search(lower):
        return
    for sought in _TABLE:
        for match in sought.pattern.finditer(lower):
            start, end = match.span("it")
            if sought.of_things_too and _stands_for_things(lower, start):
                continue
            yield Remark(sought.rule, start, end, match["it"], _suggestions(sought, match["it"], style))


def _suggestions(sought: _Sought, text: str, style: Style) -> tuple[str, ...]:
    own = _OWN.get(text, ("", ""))
    first = text.split(" ")[0]
    values = {"f": _hers(text), "own": own[0], "ownsplit": own[1], "all": own[0], "allsplit": own[1]}
    values["one"] = _ONE.get(text, text)
    hers = _HERS.get(first)
    neutral = tuple(row.format(hers if hers and "personas" in row else text, **values) for row in sought.neutral)
    split = tuple(row.format(text, **values) for row in sought.split)
    return (*split, *neutral) if style is Style.SPLIT else (*neutral, *split)


def _hers(text: str) -> str:
    first = text.split(" ")[0]
    return _HERS.get(first) or (text[:-1] + "a" if text.endswith("o") else re.sub(r"os\b", "as", text))


_SENTENCE_START = re.compile(r"[.!?;¿¡\n|](?= |$)|\n")
_MASCULINE_THING = re.compile(
    r"(?<!\bde )(?<!\ben )(?<!\ba )(?<!\bcon )(?<!\bpor )(?<!\bpara )(?<!\bentre )(?<!\bsobre )"
    r"\b(?:los|estos|esos|unos|sus|nuestros|dos|tres|cuatro|cinco|seis|varios|muchos|algunos|\d+) (\w+s)\b"
)


def _stands_for_things(lower: str, start: int) -> bool:
    """Whether a plural masculine thing stands before a place in its sentence, for which the words may stand."""
    begin = 0
    for match in _SENTENCE_START.finditer(lower, 0, start):
        begin = match.end()
    for match in _MASCULINE_THING.finditer(lower, begin, start):
        word = match[1]
        if word not in NO_NOUNS and not word.endswith(("as", "mos")) and form_of(word) is None and word not in _PEOPLE:
            return True
    return False


_PEOPLE = table(
    """
grupos equipos hombres pueblos gremios comités consejos
"""
)
