"""Rules on certificates: serials that can be read out by telephone, what is frozen, what is shown of a name."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

from app.core.errors import N_, Refused

# Digits and letters that are not taken for one another, read or heard: no 0 O, 1 I L, 2 Z, 5 S, 8 B, U V.
ALPHABET = "34679ACDEFGHJKMNPQRTWXY"
_SERIAL_LENGTH, _CODE_LENGTH, _GROUP = 12, 8, 4
_LIKE = str.maketrans({"–": "-", "—": "-", "_": "-"})
LONGEST_REASON = 500


class NoSuchCertificate(Refused):
    text = N_("There is no certificate with this number. Look at it once more: it stands in groups of four signs.")
    status = 404


class NotCompleted(Refused):
    text = N_("A certificate of completion is for who completed the cohort; somebody has to decide that first.")


class CertifiedAlready(Refused):
    text = N_("%(name)s has this certificate already, number %(serial)s. Correct or revoke that one.")


class NeedsWhy(Refused):
    text = N_("Please write why, in at most %(most)s letters: it is shown to whoever checks the certificate.")
    status = 422


class RevokedAlready(Refused):
    text = N_("This certificate was revoked or replaced already.")


class ErasedPerson(Refused):
    text = N_("This person was erased at their own wish; nothing more can be certified to them.")


class NothingToPrint(Refused):
    text = N_("None of these certificates can be printed: choose at least one that is valid.")
    status = 422


def serial(chance: Callable[[str], str]) -> str:
    """A new serial such as `F7KM-3QRA-X9TP`, its last sign a check of the others; `chance` picks one of the letters."""
    signs = "".join(chance(ALPHABET) for _ in range(_SERIAL_LENGTH - 1))
    return _grouped(signs + _check_sign(signs))


def code(chance: Callable[[str], str]) -> str:
    """A new check code such as `K4RM-77DQ`: printed with the name, so that the name can be checked after erasure."""
    return _grouped("".join(chance(ALPHABET) for _ in range(_CODE_LENGTH)))


def read_serial(text: str) -> str:
    """Return a serial as typed, in its one form; raises `NoSuchCertificate` for what can be none."""
    signs = re.sub(r"[\s-]", "", text.translate(_LIKE)).upper()
    if len(signs) != _SERIAL_LENGTH or any(sign not in ALPHABET for sign in signs):
        raise NoSuchCertificate
    if _check_sign(signs[:-1]) != signs[-1]:
        raise NoSuchCertificate
    return _grouped(signs)


def _check_sign(signs: str) -> str:
    """A sum in which each place has its own weight: one wrong sign, or two changed places, and it is another one."""
    return ALPHABET[sum((at + 1) * ALPHABET.index(sign) for at, sign in enumerate(signs)) % len(ALPHABET)]


def _grouped(signs: str) -> str:
    return "-".join(signs[at : at + _GROUP] for at in range(0, len(signs), _GROUP))


def initials(name: str) -> str:
    """The first letters of a name, `M. Q. H.`; particles such as *de la* are left out."""
    words = [word for word in name.split() if word[:1].isupper()] or name.split()
    return " ".join(f"{word[0].upper()}." for word in words)


def name_digest(name: str, code: str) -> str:
    """What is kept of a name in the frozen content: its SHA-256 with the code that stands on the paper alone.

    Accents, case and spaces do not matter, so that a name can be typed from paper.
    """
    plain = "".join(c for c in unicodedata.normalize("NFD", name.casefold()) if not unicodedata.combining(c))
    signs = re.sub(r"[\s-]", "", code.translate(_LIKE)).upper()
    return hashlib.sha256(f"{' '.join(plain.split())}\n{signs}".encode()).hexdigest()


def digest(content: Mapping[str, Any]) -> str:
    """The SHA-256 of a certificate's content in its canonical form."""
    written = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def why(text: str) -> str:
    """A reason on one line; raises `NeedsWhy`."""
    found = " ".join(text.split())
    if not found or len(found) > LONGEST_REASON or not found.isprintable():
        raise NeedsWhy(most=LONGEST_REASON)
    return found
