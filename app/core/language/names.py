"""Names: of laws, institutions and men. What has a name is called by it, whatever its gender.

A single named man is no generic masculine ("el presidente Juan Pérez"), and a title is not ours to change.
"""

from __future__ import annotations

import re

from .given_names import MEN
from .nouns import DEMONYMS
from .sheltering import SAID, Tokens
from .tables import choice, table

_LAW = re.compile(
    r"\b(?:Ley|Decreto|Reglamento|Código|Resolución|Directiva|Ordenanza|Convenio|Estatuto|Constitución|"
    r"Norma|D\.\s?S\.|D\.\s?Leg\.)"
    r"(?:\s+(?:General|Legislativo|Supremo|Ejecutivo|Orgánica|Marco|Federal|Ministerial|Regional|Técnica|"
    r"Especial|Agraria|Nacional|[A-ZÁÉÍÓÚÑ]\w+[oa]l?))*"
    r"(?:,?\s+(?:N[.º°o]*\s*)?\d[\w./-]*)?"
    r"(?:,?\s+(?:Ley|Decreto|que|Reglamento|Convenio))?"
    r"(?P<title>\s+(?:de|del|para|que|sobre|por|a|al|contra|en)\s[^,.;:()¿?\n]*)?"
)
# A finite verb of what laws do ends a title that is written in small letters.
_LAW_HEAD = re.compile(
    "Ley|Decreto|Reglamento|Código|Resolución|Directiva|Ordenanza|Convenio|Estatuto|Constitución|Norma|D[.]"
)
_VERB = re.compile(
    r"\s(?:y\s+(?:los|las|el|la|sus|quienes)\b|(?:no|ya|también|solo|se|les|le|nos|lo)\s|(?:establece|"
    r"promueve|dice|exige|obliga|reconoce|manda|"
    r"señala|permite|regula|define|dispone|indica|prohíbe|fue|es|entró|entra|tiene|da|pide|garantiza|"
    r"protege|ordena|crea|"
    r"fija|prevé|afirma|otorga|beneficia|ampara|incluye|cambió|rige|deben|debe|pueden|puede|son|están|está|tienen|"
    r"llaman|llama|autoriza|faculta|considera|concede|asegura|ayuda|favorece|impone|limita|contempla|"
    r"aclara|trae|hay|ha|han)\b)"
)
_CONNECTORS = table(
    """
de del la las los el y e para a al en por con sobre que
"""
)
_BODIES = (
    "Coordinadora Federación Confederación Asociación Cooperativa Central Unión Sindicato Ministerio Cámara "
    "Red Organización Instituto Gremio Liga Movimiento Frente Alianza Fundación Servicio Superintendencia "
    "Dirección Corporación Comité "
)
_BODY_HEAD = re.compile(choice(_BODIES))
_BODY = re.compile(
    rf"\b(?:{choice(_BODIES)})(?:\s+[A-ZÁÉÍÓÚÑ]\w+)*\s+(?:de|del)\s+(?:(?:los|las|la|el|pequeños|jóvenes)\s+)?"
    r"\w+(?:\s+(?:de|del|la|las|los|el|y|e|en)\b(?:\s+(?:de|del|la|las|los|el))?\s+[A-ZÁÉÍÓÚÑ]\w+|"
    r"\s+[A-ZÁÉÍÓÚÑ]\w+|\s+(?:agrarios|agropecuarios|rurales|orgánicos|unidos))*"
)
_HEADS = table(
    """
Día Casa Fiesta Feria Plaza Monumento Código Escuela Universidad Colegio Festival Premio Programa Declaración Carta
Consejo Asamblea Registro Padrón Banco Caja Semana Encuentro Congreso Junta Plan Proyecto Mesa Ley Mercado Sociedad
Convención Defensoría Procuraduría Fiscalía Contraloría Viceministerio Secretaría Subsecretaría Comisión Agencia
Tribunal Academia Hospital Hogar Parque Museo Teatro Avenida Calle Jirón Barrio Colonia Estadio Puente Mutual Fondo
"""
) | table(_BODIES)
_MEN = re.compile(
    r"\b(?:[Dd]on|[Ss]eñor|Sr\.|Dr\.|[Ii]ngeniero|Ing\.|Lic\.|[Cc]ompadre|[Pp]rofesor|[Pp]adre|[Tt]ío|"
    r"[Hh]ermano)\s+[A-ZÁÉÍÓÚÑ]\w+"
    r"|\b(?:[Mm]i|[Ss]u|[Tt]u|[Ee]l|[Uu]n)\s+(?:\w+\s+)?(?:esposo|marido|papá|hijo|abuelo|tío|suegro|"
    r"cuñado|compadre|yerno|primo|hermano|nieto|sobrino|novio|señor|varón)\b"
    r"|\b(?:Él|él)\b"
)


_NAMED_AFTER = re.compile(r"[,(] [A-ZÁÉÍÓÚÑ][a-záéíóúñ]+ [A-ZÁÉÍÓÚÑ][a-záéíóúñ]+(?=[,).]|$| [A-ZÁÉÍÓÚÑ])")


_DEMONYMS = table(DEMONYMS)


def law_titles(text: str) -> str:
    """Return the text, as long as it is, with titles of laws and names of institutions blotted out."""
    if _LAW_HEAD.search(text):
        text = _LAW.sub(_blot_law, text)
    return _BODY.sub(lambda match: SAID * len(match[0]), text) if _BODY_HEAD.search(text) else text


def _blot_law(match: re.Match[str]) -> str:
    whole, title = match[0], match["title"] or ""
    if title:
        stop = _VERB.search(title)
        end = len(whole) - len(title) + (stop.start() if stop else len(title))
    else:
        end = len(whole)
    return SAID * end + whole[end:]


def part_of_name(tokens: Tokens, index: int, first: int) -> bool:
    """Whether a capitalised word for people, whose phrase begins at `first`, is part of a longer name.

    "Pequeños Productores", "Día del Campesino", "Casa de los Abuelos" are; "el Presidente" in minutes is not.
    """
    raw = tokens.raw
    if not raw[index][0].isupper() or (raw[index].isupper() and len(raw[index]) > 1) or tokens.opens(index):
        return False
    if raw[first] == "El" and (raw[index].lower() in _DEMONYMS or not tokens.opens(first)):  # a newspaper's title
        return True
    if first == index or tokens.text.startswith((" S.", " & "), tokens.ends[index]):
        return True
    before = first - 1
    while before >= 0 and tokens.lower[before] in _CONNECTORS and not tokens.opens(before):
        before -= 1
    if before == first - 1 and tokens.lower[first] not in ("del", "al"):
        return any(raw[k][0].isupper() for k in range(first + 1, index))
    if before < 0 or not raw[before][0].isupper() or tokens.breaks(before):
        return False
    return not tokens.opens(before) or raw[before] in _HEADS


def names_a_man(tokens: Tokens, first: int, last: int) -> bool:
    """Whether a phrase in the singular, from token `first` to `last`, is about one man whom its sentence names."""
    start, end = tokens.sentence(first)
    raw = tokens.raw
    after = last + 1
    if after < end and tokens.lower[after] == "," and after + 1 < end:
        after += 1
    if after < end and tokens.lower[after] in ("don", "señor"):
        return True
    if after < end and raw[after][0].isupper() and not raw[after].isupper() and tokens.lower[last] != ",":
        return after == last + 1 or raw[after] in MEN or (after + 1 < end and raw[after + 1][0].isupper())
    if first - 2 >= start and tokens.lower[first - 1] == "," and raw[first - 2][0].isupper():
        return True
    if _NAMED_AFTER.search(tokens.text, tokens.ends[last], tokens.ends[end - 1]):
        return True
    if any(raw[k] in MEN and not _a_place(tokens, k, start) for k in range(start, end)):
        return True
    return _MEN.search(tokens.text, tokens.starts[start], tokens.ends[end - 1]) is not None


def _a_place(tokens: Tokens, index: int, start: int) -> bool:
    """Whether a first name is a place's: San Martín, Santo Domingo, Puerto Ángel, el Valle de Jesús."""
    return index > start and tokens.lower[index - 1] in ("san", "santo", "santa", "puerto", "villa", "de", "en")
