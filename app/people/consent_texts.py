"""The texts that people agree to, with their versions, read from `consents.toml`. Who agreed is in the database."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from pathlib import Path

from app.people.kinds import ConsentPurpose
from app.people.rules.consents import NoSuchText

FILE = Path(__file__).with_name("consents.toml")


@dataclass(frozen=True, slots=True)
class ConsentText:
    """What is read to somebody before they agree to one purpose."""

    purpose: ConsentPurpose
    version: str
    es: str
    en: str

    def text(self, language: str) -> str:
        """The text in a language; raises `NoSuchText` in one that we have none in."""
        if language not in ("es", "en"):
            raise NoSuchText
        return self.es if language == "es" else self.en


@functools.cache
def texts() -> tuple[ConsentText, ...]:
    """Every text there ever was, in the order of the file."""
    read = tomllib.loads(FILE.read_text("utf-8"))["texts"]
    return tuple(ConsentText(ConsentPurpose(one["purpose"]), one["version"], one["es"], one["en"]) for one in read)


def newest(purpose: ConsentPurpose) -> ConsentText:
    """What is asked today for one purpose."""
    return max((one for one in texts() if one.purpose is purpose), key=lambda one: one.version)


def find(purpose: ConsentPurpose, version: str) -> ConsentText:
    """What somebody agreed to; raises `NoSuchText`."""
    found = next((one for one in texts() if (one.purpose, one.version) == (purpose, version)), None)
    if found is None:
        raise NoSuchText
    return found
