"""Rules on personal calendars: which clock a region has, and the secret addresses."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping

from babel.core import get_global

from app.core.errors import N_, Refused

# Countries and parts of them whose clock cannot be told from the list of zones alone: where most co-operatives are.
ZONES: Mapping[str, str] = {
    "AR": "America/Argentina/Buenos_Aires", "BR": "America/Sao_Paulo", "BR-AC": "America/Rio_Branco",
    "BR-AM": "America/Manaus", "BR-RO": "America/Porto_Velho", "BR-PA": "America/Belem", "BR-BA": "America/Bahia",
    "CL": "America/Santiago", "EC": "America/Guayaquil", "EC-W": "Pacific/Galapagos", "MX": "America/Mexico_City",
    "MX-ROO": "America/Cancun", "MX-SON": "America/Hermosillo", "MX-BCN": "America/Tijuana",
    "MX-CHH": "America/Chihuahua", "MX-SIN": "America/Mazatlan", "US": "America/New_York", "ES": "Europe/Madrid",
    "PT": "Europe/Lisbon",
}  # fmt: skip
NOWHERE = "UTC"
PAST_DAYS = 90  # how long a session stays in a calendar


class NoSuchCalendar(Refused):
    text = N_("There is no calendar at this address. It may have been renewed; open “My calendar” for the new one.")
    status = 404


def zone(region: str) -> str:
    """The time zone of a region, e.g. America/Lima for PE-SAM; UTC for the world and where none is known."""
    country = region[:2]
    if region in ZONES or country in ZONES:
        return ZONES.get(region) or ZONES[country]
    found = sorted(name for name, there in get_global("zone_territories").items() if there == country)
    return found[0] if found else NOWHERE


def token(secret: str, address_id: int, stamp: str) -> str:
    """The secret part of a calendar's address; it ends when the stamp changes, and no copy of the database holds it."""
    made = hmac.new(secret.encode(), f"calendar:{address_id}:{stamp}".encode(), hashlib.sha256).hexdigest()
    return f"{address_id}-{made[:40]}"


def address_of(token: str) -> int | None:
    """Which address a token names; whether it is right is asked with `is_right`."""
    number, _, _ = token.partition("-")
    return int(number) if number.isascii() and number.isdecimal() and len(number) < 10 else None


def is_right(secret: str, address_id: int, stamp: str, given: str) -> bool:
    """Whether a token is the one of this address."""
    return hmac.compare_digest(token(secret, address_id, stamp).encode(), given.encode())
