"""Who is named at the end of an edition's book: its editions, who answers for a release, who wrote its cases."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from flask_babel import force_locale

from app.core.content import Kind, Language
from app.core.languages import digest_in
from app.core.variables import fill
from app.curriculum.queries import contents, credits, editions, overview, reading
from app.infra.i18n import region_name
from app.interchange.formats.arrangement import day_in_words
from app.interchange.formats.document import Acknowledged, Named
from app.interchange.formats.labels import labels_for, language_of_labels
from app.study.queries.checks import CaseCredits, credits_of_cases
from app.validation.queries import signing

_CASE = re.compile(r"/{3,}\s*case\s*\|\s*(?P<title>[^\n]*)")


def place(region: str, in_language: str) -> str:
    """A region's name in the language of the book, whatever language its reader has the pages in."""
    with force_locale(language_of_labels(in_language)):
        return region_name(region)


def lines(seen: reading.View, language: Language) -> Iterator[str]:
    """The edition, every one above it, and those whose words were taken: title, place, who wrote it, which licence."""
    above = editions.ancestors(seen.edition)
    borrowed = [one for one in credits.borrowed_from(seen.edition, seen.revision) if one not in above]
    for one in [seen.edition, *above, *borrowed]:
        who = f", {', '.join(one.credits)}" if one.credits else ""
        yield f"{overview.title_of(one, language)}, {place(one.region, language)}{who} ({one.licence})"


def acknowledged(seen: reading.View, language: Language) -> tuple[Acknowledged, ...]:
    """Who answers for a release, in the order of the roles, and who wrote the cases that stand in it, in their order.

    A draft is nobody's word yet. Of those who wrote a case only those who agreed are named.
    """
    labels = labels_for(language)
    found = []
    if seen.release is not None and (signed := signing.under(seen.edition, seen.revision)):
        people = [
            Named(one.actor_name, f"{labels[f'sign_{one.role}']}, {day_in_words(one.at.date(), language)}")
            for one in signed
        ]
        found.append(Acknowledged(labels["signed"], tuple(people)))
    if cases := list(_cases(seen, language)):
        found.append(Acknowledged(labels["case_credits"], tuple(cases)))
    return tuple(found)


def mark_of_names(seen: reading.View) -> str:
    """A short name for all who are named at the end of this book now."""
    return hashlib.sha256(repr(acknowledged(seen, seen.language)).encode()).hexdigest()[:16]


def _cases(seen: reading.View, language: Language) -> Iterator[Named]:
    """A line for each case of which it was written down who wrote it."""
    names = {
        block.uid: name
        for _, _, block in seen.state.content.blocks()
        if block.kind is Kind.CASE and (name := digest_in(block.texts, language))
    }
    known = credits_of_cases(seen.edition, list(names))
    texts = contents.bodies(name for uid, name in names.items() if uid in known)
    labels, values = labels_for(language), seen.state.local.values(language)
    for uid, name in names.items():
        if uid not in known or not (known[uid].names or known[uid].unnamed or known[uid].organisation):
            continue
        match = _CASE.match(texts[name])
        title = fill(match["title"].strip(), values) if match else ""
        what = [labels["of_case"] % {"title": title or labels["case"]}, known[uid].organisation]
        yield Named(
            _who(known[uid], labels["not_named"], labels["more_authors"]), ", ".join(one for one in what if one)
        )


def _who(case: CaseCredits, nobody: str, more: str) -> str:
    """Those who agreed, by name, and that there are others."""
    if not case.names:
        return nobody
    named = ", ".join(case.names)
    return f"{named} {more}" if case.unnamed else named
