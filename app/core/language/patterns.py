"""How people are spoken of without a noun, as a table of patterns. When a match counts is said in pronouns.py.

Suggestions: `{}` is what was found, `{f}` the same in the feminine. Where there are none, pronouns.py makes them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .tables import choice

PEOPLE, ADDRESS = "inclusive-pronoun", "inclusive-address"


@dataclass(frozen=True, slots=True)
class Sought:
    """A row: what to find in a text in small letters; group `it` is remarked on.

    `needs` are letters that stand in all it finds. `begins`: only at the beginning of a clause. `of_things_too`: the
    words may stand for things that were named before in the sentence.
    """

    rule: str
    needs: str
    pattern: re.Pattern[str]
    neutral: tuple[str, ...]
    split: tuple[str, ...]
    of_things_too: bool
    begins: bool


def _row(
    rule: str, needs: str, pattern: str, neutral: str, split: str, *, of_things_too: bool = True, begins: bool = False
) -> Sought:
    first, second = (tuple(filter(None, row.split(" · "))) for row in (neutral, split))
    return Sought(rule, needs, re.compile(pattern), first, second, of_things_too, begins)


_NOT = r"(?:no |ya |nunca |siempre |también |todavía |solo |sólo |casi |además |a veces |mismo )?"
_TO = r"(?:se |nos |le |les |lo |los |la |las |me )?"
_DO = """
" abandon acept administr afil ahorr and aprend asist asum ayud beb busc camin capacit coment com compart compr
confí conoc contest convers cosech creen cree creía creye creí cuent cuid cultiv cumpl deb deben decid decí dej
desconfí dice dicen dij dirig discut elig empez empiez enseñ entend entiend entreg escrib escuch esper estab
están estuv estudi explic falt firm gan habl hac hic ignor inform integr interes intent invier llegu lleg llor
manej mir migr necesit ofrec olvid opin organiz pag particip pas pid pidi piens pens pod pued pudi pudo prefier
present produc prometi propon propu protest pued quej quer quier quis rechaz recib recuerd regres renunci
respond reún reun sab sup sal suscrib siembr sembr sient sint sol suel tem ten tien tuv tom trabaj trai trajer us vend
vien vin viv vot vuelv vuel v va van
"""
_HUMAN = rf"(?:{choice(_DO)})"
_THEY = rf"{_NOT}{_TO}(?:(?:han|habían|hayan) \w+[dt]o|{_HUMAN}(?:\w*n))\b"
_ONE = (
    rf"{_NOT}{_TO}(?:(?:ha|había|haya) \w+[dt]o|{_HUMAN}(?:\w*[aeóé])|sea|es|tenga|haga|quiso|pudo|supo|vino|"
    r"dijo|hizo|tuvo|propuso)\b"
)
_US = r"(?:ustedes|nosotros|los presentes|los asistentes)"
_IDIOMS = (
    "los las estos estas esos aquellos sus mis tus nuestros modos lados medios tipos santos colores tamaños niveles "
    "sitios nosotros ustedes ellos hombres varones lo"
)
_FEELING = choice(
    "obligad invitad convocad comprometid organizad interesad preparad capacitad list cansad content unid junt "
    "acostumbrad orgullos agradecid satisfech atent informad bienvenid dispuest preocupad asustad animad motivad "
    "afiliad asociad reunid enterad enferm dueñ autorizad emocionad ocupad nervios tranquil callad enojad confundid "
    "sentad endeudad sol inscrit facultad perdid acompañad decidid convencid sorprendid"
)
_ARE = choice(
    "están estarán quedan quedarán sienten sintieron son fueron serán estén sean estaban estar sentirse vengan "
    "llegaron salieron venir quedar quedarse siéntanse manténganse"
)
_WE_ARE = choice(
    "estamos estaremos estemos estábamos somos seremos seamos fuimos quedamos quedemos sentimos sentiremos sintamos "
    "mantengamos llegamos seguimos sigamos vivimos"
)
_VERY = choice(
    "muy más bien todos cordialmente también ya todavía siempre tan igualmente plenamente menos debidamente ahora "
    "aquí hoy un poco"
)

_BODY_OF_PEOPLE = choice(
    "comunidad directiva consejo comité cooperativa junta oficina capital ciudad pueblo ministerio "
    "municipalidad gobierno "
    "zona aldea caserío vereda costa sierra selva montaña banco proyecto"
)

TABLE = (
    _row(
        PEOPLE,
        "los demás",
        r"(?<!las y )(?<!todos )\b(?P<it>los demás)\b(?! \w+s\b)",
        "",
        "",
    ),
    _row(
        PEOPLE,
        "los de",
        r"(?<!las y )(?<!\w )\b(?P<it>los (?:de (?:la |el |aquel |esa |nuestra |otra )?|"
        rf"del )(?:{_BODY_OF_PEOPLE}))\b",
        "{who}",
        "las y {}",
    ),
    _row(
        PEOPLE,
        "los de",
        r"\b(?:que|y|a|con|entre|para|si|pero|como) (?P<it>los (?:de (?:la |el |aquel |esa |nuestra |"
        rf"otra )?|del )(?:{_BODY_OF_PEOPLE}))\b",
        "{who}",
        "las y {}",
    ),
    _row(
        PEOPLE,
        "los ",
        r"(?<!las y )\b(?P<it>los (?:más (?:pobres|necesitados|vulnerables|jóvenes|débiles)|pobres|ricos|"
        r"viejos|presentes"
        r"|ausentes|menores de edad|abajo firmantes|desconocidos|recién llegados))\b(?! \w+s\b)",
        "{hers}",
        "las y {}",
    ),
    _row(
        PEOPLE,
        "los mayores",
        r"\b(?P<it>los mayores) (?:y|de la comunidad|dicen|cuentan|saben|recuerdan|enseñan)\b",
        "las personas mayores",
        "las y los mayores",
    ),
    _row(
        PEOPLE,
        " en ",
        r"(?<!la o )(?<!las y )\b(?P<it>(?:el|los) (?:primero|último)s?) en "
        r"(?:llegar|hablar|salir|votar|"
        r"firmar|pagar|irse|entrar|saber|opinar)\b",
        "",
        "",
    ),
    _row(
        PEOPLE,
        " otros",
        r"\b(?P<it>(?:los )?unos (?:a|con|y|de|para) (?:los )?otros)\b",
        "mutuamente",
        "unas y otros",
    ),
    _row(ADDRESS, "juntos", r"\b\w+mos (?P<it>juntos)\b", "en grupo", "juntas y juntos", of_things_too=False),
    _row(
        ADDRESS, "juntos", r"\b(?P<it>juntos),? (?:\w+ )?\w+mos\b", "en grupo", "juntas y juntos", of_things_too=False
    ),
    _row(
        PEOPLE,
        "todos",
        r"(?<!de )(?<!en )\b(?P<it>todos (?:los|aquellos) que)\b",
        "quienes · todas las personas que",
        "todas las y todos los que",
    ),
    _row(
        PEOPLE,
        "aquellos que",
        r"(?<!en )\b(?P<it>(?:todos )?aquellos que)\b",
        "quienes · aquellas personas que",
        "aquellas y aquellos que",
    ),
    _row(
        PEOPLE,
        "los que",
        r"\b(?P<it>los que) (?!más |menos |hay\b|están (?:marcad|rot|vací|dañad|sec|verd|madur|podrid|"
        r"abiert|cerrad))",
        "quienes · las personas que",
        "las y los que",
        begins=True,
    ),
    _row(
        PEOPLE,
        "los que",
        rf"\b(?:a|para|entre|con) (?P<it>los que) {_THEY}",
        "quienes · las personas que",
        "las y los que",
    ),
    _row(
        PEOPLE,
        "el que",
        rf"\b(?P<it>(?:todo )?el que) (?!se (?:firm|adjunt|present|us|muestr|ve)|ve\b|va\b|sobr){_ONE}",
        "quien · la persona que",
        "la o el que",
        begins=True,
    ),
    _row(
        PEOPLE,
        "aquel que",
        r"(?<!en )\b(?P<it>(?:todo )?aquel que)\b",
        "quien · aquella persona que",
        "aquella o aquel que",
    ),
    _row(
        PEOPLE,
        "os ",
        rf"\b(?P<it>algunos|muchos|otros|pocos|varios|unos(?: cuantos)?|los demás) (?={_THEY})",
        "{f} personas",
        "{f} y {}",
    ),
    _row(
        PEOPLE,
        " de ",
        rf"\b(?P<it>algunos|muchos|varios|pocos) de {_US}",
        "{f} personas",
        "{f} y {}",
        of_things_too=False,
    ),
    _row(
        PEOPLE,
        "uno de ",
        rf"(?<!una o )(?<!una y )\b(?P<it>cada uno|alguno|ninguno|uno) de {_US}",
        "",
        "{f} o {}",
        of_things_too=False,
    ),
    _row(
        PEOPLE,
        "cada uno",
        rf"(?<!una y )(?<!una o )\b(?P<it>cada uno) (?!es |se )(?:le |les |lo |la |nos )?{_ONE}",
        "cada quien · cada persona",
        "cada una y cada uno",
    ),
    _row(
        PEOPLE,
        "uno ",
        rf"(?<!guna o )(?<!guna y )\b(?P<it>ninguno|alguno) {_ONE}",
        "",
        "",
        begins=True,
    ),
    _row(
        PEOPLE,
        "uno",
        rf"(?<!cada )(?<!por )(?<!\ba )(?<!una o )(?<!todo )\b(?P<it>uno) {_ONE}",
        "cada quien · una persona",
        "una o uno",
        begins=True,
    ),
    _row(
        PEOPLE,
        "mism",
        r"(?<!nosotras y )(?<!mismas y )(?<!misma o )"
        r"\b(?P<it>(?:nosotros|ustedes|ellos|sí) mismos|(?:usted|uno) mismo)\b",
        "",
        "",
        of_things_too=False,
    ),
    _row(PEOPLE, "todos", r"\b(?P<it>todos (?:nosotros|ustedes|ellos))\b", "", ""),
    _row(
        PEOPLE,
        "todos",
        r"(?<!todas y )(?<!todas o )(?<!todas, )(?<!\wlos )\b(?P<it>todos)\b[*_]*+"
        rf"(?! (?:{choice(_IDIOMS)})\b| [oy] (?:todas|cada)|/|\()",
        "todas las personas",
        "todas y todos",
    ),
    _row(
        ADDRESS,
        "bienvenido",
        r"(?<!bienvenidas y )(?<!bienvenida y )(?<!bienvenida o )\b(?P<it>(?:sean (?:todos )?|sea )?bienvenidos?)\b"
        r"(?! y bienvenidas| a bordo|/|\()",
        "les damos la bienvenida",
        "{f} y {}",
        of_things_too=False,
    ),
    _row(
        ADDRESS,
        "dos",
        r"(?:^|\n|[.] )(?P<it>(?:muy )?(?:estimados|apreciados|queridos|distinguidos|agradecidos)(?: todos)?)(?= ?[:,\n]|$)",
        "reciban un saludo cordial",
        "{f} y {}",
        of_things_too=False,
    ),
    _row(
        ADDRESS,
        "mos ",
        rf"\b(?P<it>(?:(?:{_WE_ARE})|hemos (?:sido|estado)|vamos) (?:(?:{_VERY}) )*"
        rf"(?:[a-zñáéíóú]+es y )?"
        rf"(?:(?:{_FEELING}|segur)os|\w+(?:ad|id)os))\b"
        r"(?! por lo)",
        "",
        "",
        of_things_too=False,
    ),
    _row(ADDRESS, "os", rf"\b(?P<it>(?:{_ARE}) (?:(?:{_VERY}) )*(?:{_FEELING})os)\b", "", ""),
    _row(
        ADDRESS,
        "usted",
        r"\busted(?:es)? (?P<it>(?:no |ya )?(?:está|queda|es|será|fue|ha sido|quedará|estará|se siente)"
        rf"(?: (?:{_VERY}))? (?:(?:{_FEELING}|nuev|segur)o|\w+(?:ad|id)o))\b",
        "",
        "",
        of_things_too=False,
    ),
)
