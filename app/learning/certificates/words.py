"""What stands on a certificate besides what was frozen, in the certificate's own language, whoever prints it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

_MONTHS = {
    "es": ("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre",
           "noviembre", "diciembre"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December"),
}  # fmt: skip

_WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "es": MappingProxyType(
            {
                "completion": "Certificado de finalización",
                "participation": "Certificado de participación",
                "given_to": "Se otorga a",
                "completed": "por haber finalizado la capacitación",
                "took_part": "por haber participado en la capacitación",
                "hours": "%(hours)s horas",
                "one_hour": "1 hora",
                "sessions": "%(attended)s de %(held)s sesiones",
                "one_session": "1 sesión",
                "from_to": "del %(start)s al %(end)s",
                "on_day": "el %(start)s",
                "units": "Contenido",
                "more_units": "y %(count)s temas más",
                "one_more_unit": "y 1 tema más",
                "place": "%(place)s, %(day)s",
                "lead": "Facilitación",
                "co_facilitator": "Cofacilitación",
                "assistant": "Asistencia",
                "issuer": "Por %(issuer)s",
                "serial": "N.º %(serial)s",
                "code": "Código del nombre: %(code)s",
                "check": "Compruebe este certificado con la cámara de su teléfono o en",
                "releases": "Material: %(releases)s",
                "replaces": "Reemplaza al n.º %(serial)s",
                "description": "Certificado n.º %(serial)s de %(name)s",
            }
        ),
        "en": MappingProxyType(
            {
                "completion": "Certificate of Completion",
                "participation": "Certificate of Participation",
                "given_to": "This certificate is given to",
                "completed": "who has completed the training",
                "took_part": "who has taken part in the training",
                "hours": "%(hours)s hours",
                "one_hour": "1 hour",
                "sessions": "%(attended)s of %(held)s sessions",
                "one_session": "1 session",
                "from_to": "from %(start)s to %(end)s",
                "on_day": "on %(start)s",
                "units": "Contents",
                "more_units": "and %(count)s more topics",
                "one_more_unit": "and 1 more topic",
                "place": "%(place)s, %(day)s",
                "lead": "Trainer",
                "co_facilitator": "Co-trainer",
                "assistant": "Assistant",
                "issuer": "For %(issuer)s",
                "serial": "No. %(serial)s",
                "code": "Name code: %(code)s",
                "check": "Check this certificate with the camera of your phone or at",
                "releases": "Material: %(releases)s",
                "replaces": "Replaces no. %(serial)s",
                "description": "Certificate no. %(serial)s of %(name)s",
            }
        ),
    }
)
LANGUAGES = tuple(_WORDS)


def language_of(wanted: str) -> str:
    """The language a certificate is made in: the wanted one's base where we have its words, else Spanish."""
    base = wanted.partition("-")[0]
    return base if base in _WORDS else LANGUAGES[0]


def say(language: str, key: str, **parts: object) -> str:
    """A phrase of the certificate in its language."""
    found = _WORDS[language_of(language)][key]
    return found % parts if parts else found


def day(language: str, on: date) -> str:
    """A day in words: `3 de abril de 2026`, `3 April 2026`."""
    base = language_of(language)
    month = _MONTHS[base][on.month - 1]
    return f"{on.day} de {month} de {on.year}" if base == "es" else f"{on.day} {month} {on.year}"


def period(language: str, start: date, end: date | None) -> str:
    """From when to when; one day is said as one, and a month or year that both share is said once."""
    if end is None or end == start:
        return say(language, "on_day", start=day(language, start))
    first = day(language, start)
    if start.year == end.year:
        first = first.removesuffix(f" de {end.year}").removesuffix(f" {end.year}")
    if (start.year, start.month) == (end.year, end.month):
        first = str(start.day)
    return say(language, "from_to", start=first, end=day(language, end))
