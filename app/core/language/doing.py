"""What people do, feel and are, as pieces of patterns for text in small letters. The patterns are in patterns.py."""

from __future__ import annotations

from .tables import choice

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
THEY = rf"{_NOT}{_TO}(?:(?:han|habían|hayan) \w+[dt]o|{_HUMAN}(?:\w*n))\b"
ONE = (
    rf"{_NOT}{_TO}(?:(?:ha|había|haya) \w+[dt]o|{_HUMAN}(?:\w*[aeóé])|sea|es|tenga|haga|quiso|pudo|supo|vino|"
    r"dijo|hizo|tuvo|propuso)\b"
)
US = r"(?:ustedes|nosotros|los presentes|los asistentes)"
IDIOMS = (
    "los las estos estas esos aquellos sus mis tus nuestros modos lados medios tipos santos colores tamaños niveles "
    "sitios nosotros ustedes ellos hombres varones lo"
)
FEELING = choice(
    "obligad invitad convocad comprometid organizad interesad preparad capacitad list cansad content unid junt "
    "acostumbrad orgullos agradecid satisfech atent informad bienvenid dispuest preocupad asustad animad motivad "
    "afiliad asociad reunid enterad enferm dueñ autorizad emocionad ocupad nervios tranquil callad enojad confundid "
    "sentad endeudad sol inscrit facultad perdid acompañad decidid convencid sorprendid"
)
ARE = choice(
    "están estarán quedan quedarán sienten sintieron son fueron serán estén sean estaban estar sentirse vengan "
    "quedaron estuvieron regresaron volvieron terminaron siguen siguieron muestran mostraron andan "
    "llegaron salieron venir quedar quedarse siéntanse manténganse"
)
WE_ARE = choice(
    "estamos estaremos estemos estábamos somos seremos seamos fuimos quedamos quedemos sentimos sentiremos sintamos "
    "mantengamos llegamos seguimos sigamos vivimos"
)
VERY = choice(
    "muy más bien todos cordialmente también ya todavía siempre tan igualmente plenamente menos debidamente ahora "
    "aquí hoy un poco"
)

BODY_OF_PEOPLE = choice(
    "comunidad directiva consejo comité cooperativa junta oficina capital ciudad pueblo ministerio "
    "municipalidad gobierno "
    "zona aldea caserío vereda costa sierra selva montaña banco proyecto"
)
