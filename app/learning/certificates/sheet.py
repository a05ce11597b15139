"""Certificates as a PDF, a page each, A4 or letter across. Typst reads them as JSON: nothing written in it is run."""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

import segno

from app.core.typst import TypesettingFailed, typeset

from .words import day, language_of, period, say

STANDARDS = (("a-2a",), ("a-2b",), ())  # the strictest that the characters of a name allow
MOST_UNITS = 6
_GREEN = "#24532a"
Paper = Literal["a4", "us-letter"]


@dataclass(frozen=True, slots=True)
class Held:
    """A frozen content with the name and code that stand beside it, and where it can be checked."""

    content: Mapping[str, Any]
    name: str
    code: str
    address: str


def as_pdf(content: Mapping[str, Any], name: str, code: str, address: str, *, paper: Paper = "a4") -> bytes:
    """Return the sheet of a frozen content with the name it belongs to; `address` is where it can be checked.

    The same content gives the same bytes, whenever it is asked for.
    """
    return many_as_pdf([Held(content, name, code, address)], paper=paper)


def many_as_pdf(sheets: Sequence[Held], *, paper: Paper = "a4") -> bytes:
    """Return the sheets of several certificates as one file to print, a page each; at least one."""
    failure: TypesettingFailed | None = None
    for standards in STANDARDS:
        try:
            return _made(sheets, "pdf", standards, paper)
        except TypesettingFailed as error:
            failure = error
    raise failure or TypesettingFailed("nothing was tried")


def as_png(content: Mapping[str, Any], name: str, code: str, address: str, *, ppi: float = 96) -> bytes:
    """Return the sheet as a picture, for looking at it before it is printed."""
    return _made([Held(content, name, code, address)], "png", (), "a4", ppi)


def _made(
    sheets: Sequence[Held], form: Literal["pdf", "png"], standards: tuple[str, ...], paper: Paper,
    ppi: float | None = None,
) -> bytes:  # fmt: skip
    issued = max(dt.date.fromisoformat(one.content["issued_on"]) for one in sheets)
    stamp = int(dt.datetime.combine(issued, dt.time(), dt.UTC).timestamp())
    said = [_words(one.content, one.name, one.code, one.address) for one in sheets]
    files = {
        "main.typ": _file("sheet.typ"),
        "vine.svg": _file("vine.svg"),
        "sheets.json": json.dumps({"paper": paper, "sheets": said}, ensure_ascii=False).encode(),
        **{f"qr-{at}.svg": square(one.address) for at, one in enumerate(sheets)},
    }
    return typeset(files, form, standards=standards, timestamp=stamp, ppi=ppi)


@cache
def _file(name: str) -> bytes:
    return resources.files(__package__).joinpath(name).read_bytes()


def square(address: str) -> bytes:
    """A QR code of an address as SVG; a quarter of it may be creased or stained."""
    out = io.BytesIO()
    segno.make(address, error="q", micro=False).save(
        out, kind="svg", border=0, dark=_GREEN, xmldecl=False, nl=False, unit="mm"
    )
    return out.getvalue()


def _words(content: Mapping[str, Any], name: str, code: str, address: str) -> dict[str, Any]:
    """Everything the sheet says, as plain strings in its language."""
    language = language_of(content["language"])
    issued = dt.date.fromisoformat(content["issued_on"])
    ends = content.get("ends_on")
    span = period(language, dt.date.fromisoformat(content["starts_on"]), dt.date.fromisoformat(ends) if ends else None)
    is_completion = content["kind"] == "completion"
    facts = [_counted(language, "hour", content.get("hours")), _sessions(language, content), span]
    units = list(content.get("units", []))
    more = len(units) - MOST_UNITS
    if more > 0:
        units = [*units[:MOST_UNITS], say(language, "one_more_unit") if more == 1 else _more(language, more)]
    here = content.get("place") or ""
    signed = day(language, issued)
    return {
        "lang": language,
        "heading": say(language, content["kind"]),
        "given_to": say(language, "given_to"),
        "name": name,
        "deed": say(language, "completed" if is_completion else "took_part"),
        "title": content["title"],
        "frame": " · ".join(part for part in (content.get("programme"), content.get("host")) if part),
        "facts": [fact for fact in facts if fact],
        "units": units,
        "units_label": say(language, "units"),
        "signed": say(language, "place", place=here, day=signed) if here else signed[:1].upper() + signed[1:],
        "signatories": [
            {"name": one["name"], "role": say(language, one["role"])} for one in content.get("signatories", [])[:3]
        ],
        "issuer": say(language, "issuer", issuer=content["issuer"]),
        "serial": say(language, "serial", serial=content["serial"]),
        "code": say(language, "code", code=code) if code else "",
        "check": say(language, "check"),
        "address": address,
        "shown_address": address.partition("://")[2] or address,
        "releases": say(language, "releases", releases=", ".join(content.get("releases", []))),
        "replaces": say(language, "replaces", serial=content["replaces"]) if content.get("replaces") else "",
        "description": say(language, "description", serial=content["serial"], name=name),
    }


def _more(language: str, count: int) -> str:
    return say(language, "more_units", count=count)


def _counted(language: str, what: str, count: int | None) -> str:
    if not count:
        return ""
    return say(language, f"one_{what}") if count == 1 else say(language, f"{what}s", hours=count)


def _sessions(language: str, content: Mapping[str, Any]) -> str:
    held, attended = content.get("sessions_held"), content.get("sessions_attended")
    if not held or not attended:
        return ""
    return say(language, "one_session") if held == 1 else say(language, "sessions", attended=attended, held=held)
