"""The facts of typed blocks in words: rendered HTML names them without a language, pages say them in the text's own."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from flask import url_for
from flask_babel import force_locale, gettext, ngettext
from markupsafe import Markup

from app.core.content import Language
from app.curriculum.models import Edition
from app.infra.i18n import LANGUAGES, language

_DATA = re.compile(r'<data class="(minutes|objectives?|use)" value="([a-z0-9 ,]*)">[^<]*</data>')
_HIDDEN = re.compile(r'<span class="visually-hidden (removed|added)-label"></span>')


def label(html: str, text_language: Language) -> Markup:
    """Return rendered HTML with its facts in words: "25 minutes", "objectives 1 and 2", "before and after"."""
    if "<data" not in html and "-label" not in html:
        return Markup(html)  # noqa: S704 - rendered and cleaned by core.rendering
    main = text_language.partition("-")[0]
    return _label(html, main if main in LANGUAGES else language())


@lru_cache(maxsize=4_096)
def _label(html: str, in_language: str) -> Markup:
    """The same page said in a language is the same page, so the latest ones are kept."""
    with force_locale(in_language):
        return Markup(_HIDDEN.sub(_heard, _DATA.sub(_said, html)))  # noqa: S704 - only our own words were put in


def with_pictures(html: str, edition: Edition) -> Markup:
    """Return rendered HTML with an edition's pictures at their full address, for pages that are not the unit's own."""
    folder = url_for("curriculum.unit", slug=edition.slug, region=edition.region, unit="media")
    return Markup(str(html).replace('src="media/', f'src="{folder}/'))  # noqa: S704 - an address of ours in cleaned HTML


def _said(found: re.Match[str]) -> str:
    name, value = found[1], found[2]
    return f'<data class="{name} said" value="{value}">{_SAY[name](value.replace(",", " ").split())}</data>'


def _minutes(values: list[str]) -> str:
    return str(ngettext("%(num)s minute", "%(num)s minutes", int(values[0]) if values else 0))


def _objectives(values: list[str]) -> str:
    return str(ngettext("Objective %(numbers)s", "Objectives %(numbers)s", len(values), numbers=", ".join(values)))


def _use(values: list[str]) -> str:
    said = {"pre": gettext("asked before"), "post": gettext("asked after")}
    return " · ".join(said.get(value, value) for value in values)


_SAY: dict[str, Callable[[list[str]], str]] = {
    "minutes": _minutes,
    "objective": _objectives,
    "objectives": _objectives,
    "use": _use,
}


def _heard(found: re.Match[str]) -> str:
    said = gettext("taken out:") if found[1] == "removed" else gettext("put in:")
    return f'<span class="only-heard">{said} </span>'
