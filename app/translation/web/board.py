"""What stands of translations on other pages: on the first page, and on a unit's draft."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import url_for
from flask_babel import gettext, ngettext

from app.core.content import Language
from app.curriculum.models import Edition
from app.curriculum.queries import editions
from app.curriculum.web import title_of
from app.curriculum.web.panels import Subject
from app.curriculum.web.waiting import Waiting
from app.infra.i18n import language_name, region_name
from app.people.login import current_actor
from app.people.permissions import Actor, Permission, allows
from app.translation.queries import overview, status

from . import place

MOST = 12  # editions and languages on the first page; the rest is on the page of translations


def waiting_for(actor: Actor) -> list[Waiting]:
    """The texts that wait for this person's review, and those out of date in what this person translates."""
    if not (allows(actor, Permission.TRANSLATE) or allows(actor, Permission.APPROVE_TRANSLATION)):
        return []
    found = [
        line
        for line in status.matrix(actor)
        if line.draft and allows(actor, Permission.APPROVE_TRANSLATION, editions.scope_of(line.edition))
    ]
    mine = overview.reviews(actor, [line.edition for line in found])
    told: list[Waiting] = []
    for line in found:
        translates = allows(actor, Permission.TRANSLATE, editions.scope_of(line.edition))
        for code in line.sources:
            if number := mine.get((line.edition.id, code), 0):
                said = ngettext("%(num)s text waits for your review", "%(num)s texts wait for your review", number)
                told.append(_one(line.edition, code, said, gettext("Review the translation"), "in_review"))
            if translates and (number := line.total(code).stale):
                said = ngettext("%(num)s translation is out of date", "%(num)s translations are out of date", number)
                told.append(_one(line.edition, code, said, gettext("Bring it up to date"), "stale"))
    return told[:MOST]


def _one(edition: Edition, language: Language, title: str, do: str, show: str) -> Waiting:
    return Waiting(
        str(title),
        url_for("translation.overview", **place(edition, language, show=show)),
        do,
        f"{title_of(edition)} · {region_name(edition.region)}",
        language_name(language),
    )


def of_unit(subject: Subject) -> Mapping[str, Any] | None:
    """How a unit stands in each language it is translated into, with the way to its workbench."""
    edition, unit = subject.edition, subject.unit
    if unit is None or edition.head is None or not editions.may_read_draft(current_actor(), edition):
        return None
    found = {code: overview.of_unit(at, unit) for code, at in overview.desks_of(edition).items()}
    return {"found": found, "unit": unit} if found else None
