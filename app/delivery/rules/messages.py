"""Rules on messages: the texts, how they are filled for one person, and the links that open them on one's own phone.

Nothing is sent here. Whether somebody may be written to is asked of their consents in queries/messages.py.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from urllib.parse import quote

FILE = Path(__file__).parents[1] / "data" / "messages.toml"
LANGUAGES = ("es", "en")

# Country codes of telephone numbers, for numbers that people wrote down without one (ITU E.164).
CALLING = {
    "AR": "54", "BO": "591", "BR": "55", "CL": "56", "CO": "57", "CR": "506", "CU": "53", "DO": "1", "EC": "593",
    "GT": "502", "HN": "504", "HT": "509", "MX": "52", "NI": "505", "PA": "507", "PE": "51", "PY": "595", "SV": "503",
    "US": "1", "UY": "598", "VE": "58",
}  # fmt: skip


@cache
def texts() -> Mapping[str, Mapping[str, str]]:
    """Every text by its name and language."""
    found: Mapping[str, Mapping[str, str]] = tomllib.loads(FILE.read_text("utf-8"))
    return found


def language_for(spoken: str, otherwise: str) -> str:
    """The language to write to somebody in: theirs where there is a text in it, else the sender's, else Spanish."""
    return next((code for code in (spoken, otherwise) if code in LANGUAGES), LANGUAGES[0])


def filled(which: str, language: str, /, **parts: str) -> str:
    """A text with its parts; a part that is not told is left out."""
    return " ".join(_fill(texts()[which][language], parts).split())


def subject(which: str, language: str, /, **parts: str) -> str:
    """What an e-mail of this text is headed with."""
    return " ".join(_fill(texts()[which][f"{language}_subject"], parts).split())


def _fill(text: str, parts: Mapping[str, str]) -> str:
    for part in ("name", "sender", "cohort", "day", "place", "address"):
        text = text.replace("{" + part + "}", parts.get(part, ""))
    return text


def international(number: str, region: str) -> str | None:
    """A telephone number with its country code and nothing but digits; None where the country is not known."""
    digits = "".join(letter for letter in number if letter.isdigit())
    if number.strip().startswith("+"):
        return digits
    code = CALLING.get(region[:2])
    return None if code is None or not digits else code + digits.lstrip("0")


def tel(number: str, region: str) -> str:
    """The link that dials a number; one whose country is not known is dialled as it was written."""
    whole = international(number, region)
    return f"tel:+{whole}" if whole else f"tel:{number}"


def sms(number: str, region: str, text: str) -> str:
    """The link that opens a prepared text message; it is sent by whoever presses send."""
    whole = international(number, region)
    return f"sms:{'+' + whole if whole else number}?body={quote(text, safe='')}"


def whatsapp(number: str, region: str, text: str) -> str | None:
    """The link that opens a prepared WhatsApp message; None where the country of the number is not known."""
    whole = international(number, region)
    return f"https://wa.me/{whole}?text={quote(text, safe='')}" if whole else None
