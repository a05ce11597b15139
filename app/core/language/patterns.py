"""How people are spoken of without a noun, as a table of patterns. When a match counts is said in pronouns.py.

Suggestions: `{}` is what was found, `{f}` the same in the feminine. Where there are none, pronouns.py makes them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .doing import ARE, BODY_OF_PEOPLE, FEELING, IDIOMS, ONE, THEY, US, VERY, WE_ARE
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
        rf"del )(?:{BODY_OF_PEOPLE}))\b",
        "{who}",
        "las y {}",
    ),
    _row(
        PEOPLE,
        "los de",
        r"\b(?:que|y|a|con|entre|para|si|pero|como) (?P<it>los (?:de (?:la |el |aquel |esa |nuestra |"
        rf"otra )?|del )(?:{BODY_OF_PEOPLE}))\b",
        "{who}",
        "las y {}",
    ),
    _row(
        PEOPLE,
        "los ",
        r"(?<!las y )\b(?P<it>los (?:más (?:pobres|necesitados|vulnerables|jóvenes|débiles)|pobres|ricos|"
        r"viejos|presentes|indecisos|rezagados|tímidos|callados|inconformes|descontentos|curiosos|incrédulos|reacios|"
        r"desconfiados|pudientes|poderosos|privilegiados|débiles|perezosos|flojos|avaros"
        r"|ausentes|menores de edad|abajo firmantes|desconocidos|recién llegados))\b(?! \w+s\b)",
        "{hers}",
        "las y {}",
    ),
    _row(
        PEOPLE,
        "a los ma",
        r"\b(?:pregunt|escuch|consult|visit|pid|píd|honr|respet|cuid|entrevist|o[iíy])\w* a "
        r"(?P<it>los mayores)\b(?! \w+(?:os|es)\b)",
        "las personas mayores",
        "las y los mayores",
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
        ADDRESS,
        "juntos",
        r"(?<!juntas y )\b(?P<it>juntos),? (?:\w+ )?\w+mos\b",
        "en grupo",
        "juntas y juntos",
        of_things_too=False,
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
        rf"\b(?:a|para|entre|con) (?P<it>los que) {THEY}",
        "quienes · las personas que",
        "las y los que",
    ),
    _row(
        PEOPLE,
        "el que",
        rf"\b(?P<it>(?:todo )?el que) (?!se (?:firm|adjunt|present|us|muestr|ve)|ve\b|va\b|sobr){ONE}",
        "quien · la persona que",
        "la o el que",
        begins=True,
    ),
    _row(
        PEOPLE,
        "r al que",
        rf"\b(?!lugar|valor|sector|taller|hogar|mar |par )\w+[aei]r (?P<it>al que) {ONE}",
        "a quien · a la persona que",
        "a la o el que",
    ),
    _row(
        PEOPLE,
        "los mismos",
        r"\b(?P<it>los mismos) de siempre\b",
        "las mismas personas",
        "las y los mismos",
    ),
    _row(
        PEOPLE,
        "servidor",
        r"(?<!las y )(?<!la o )\b(?P<it>(?:el |los |un |)servidor(?:es)? públicos?)\b",
        "personal público",
        "servidoras y servidores públicos",
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
        rf"\b(?P<it>algunos|muchos|cuántos|otros|pocos|varios|unos(?: cuantos)?|los demás) (?={THEY})",
        "{f} personas",
        "{f} y {}",
    ),
    _row(
        PEOPLE,
        " de ",
        rf"\b(?P<it>algunos|muchos|varios|pocos) de {US}",
        "{f} personas",
        "{f} y {}",
        of_things_too=False,
    ),
    _row(
        PEOPLE,
        "uno de ",
        rf"(?<!una o )(?<!una y )\b(?P<it>cada uno|alguno|ninguno|uno) de {US}",
        "",
        "{f} o {}",
        of_things_too=False,
    ),
    _row(
        PEOPLE,
        "cada uno",
        rf"(?<!una y )(?<!una o )\b(?P<it>cada uno) (?!es |se )(?:le |les |lo |la |nos )?{ONE}",
        "cada quien · cada persona",
        "cada una y cada uno",
    ),
    _row(
        PEOPLE,
        "uno ",
        rf"(?<!guna o )(?<!guna y )\b(?P<it>ninguno|alguno) {ONE}",
        "",
        "",
        begins=True,
    ),
    _row(
        PEOPLE,
        "uno",
        rf"(?<!cada )(?<!por )(?<!\ba )(?<!una o )(?<!todo )\b(?P<it>uno) {ONE}",
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
        rf"(?! (?:{choice(IDIOMS)})\b| [oy] (?:todas|cada)|/|\()",
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
        r"(?:^|\n|[.] )(?P<it>(?:muy )?(?:estimados|apreciados|queridos|distinguidos|agradecidos)(?: todos)?)"
        r"(?= ?[:,\n]|$)",
        "reciban un saludo cordial",
        "{f} y {}",
        of_things_too=False,
    ),
    _row(
        ADDRESS,
        "mos ",
        rf"\b(?P<it>(?:(?:{WE_ARE})|hemos (?:sido|estado)|vamos) (?:(?:{VERY}) )*"
        rf"(?:[a-zñáéíóú]+es y )?"
        rf"(?:(?:{FEELING}|segur)os|\w+(?:ad|id)os))\b"
        r"(?! por lo)",
        "",
        "",
        of_things_too=False,
    ),
    _row(ADDRESS, "os", rf"\b(?P<it>(?:{ARE}) (?:(?:{VERY}) )*(?:{FEELING})os)\b", "", ""),
    _row(
        ADDRESS,
        "usted",
        r"\busted(?:es)? (?P<it>(?:no |ya )?(?:está|queda|es|será|fue|ha sido|quedará|estará|se siente)"
        rf"(?: (?:{VERY}))? (?:(?:{FEELING}|nuev|segur)o|\w+(?:ad|id)o))\b",
        "",
        "",
        of_things_too=False,
    ),
)
