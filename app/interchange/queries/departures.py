"""Reading what a Word file of an edition's departures needs: the original's text, who changed what, and why."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from flask_babel import force_locale
from sqlalchemy import select

from app.core.content import Uid
from app.core.errors import N_, Refused
from app.core.languages import digest_in
from app.core.merge import departures
from app.curriculum import words
from app.curriculum.models import Act, ActKind
from app.curriculum.queries import contents, editions, parents, reading
from app.infra.db import db
from app.infra.i18n import language_name
from app.interchange.formats.document import Audience, Manual
from app.interchange.formats.labels import labels_for, language_of_labels
from app.people.permissions import Actor, Permission, check
from app.study.queries import findings as study

from .exports import manual

PARENT = "parent"
_REASONED = frozenset({ActKind.EDIT, ActKind.LINK, ActKind.COMPOSE})


class NoParent(Refused):
    text = N_("This edition comes from no other one, so there is nothing it departs from.")


class ParentLacksLanguage(Refused):
    text = N_("The original has no texts in %(language)s, so there is nothing to compare with.")
    status = 422


def parents_manual(actor: Actor, seen: reading.View, audience: Audience) -> Manual:
    """The text of the edition above that this edition follows, as its base release has it, with that one's own values.

    Only for those who may read the draft, as the register of departures is. Modules of several editions stand in one
    book; the first of them gives the title page.
    """
    check(actor, Permission.READ_DRAFT, editions.scope_of(seen.edition))
    local = seen.state.local
    base = parents.base_content(local)
    releases = editions.releases_by_id(sorted(set(local.bases.values())))
    first = next((releases[one] for one in local.bases.values() if one in releases), None)
    if first is None or not base.modules:
        raise NoParent
    if not any(digest_in(block.texts, seen.language) for _, _, block in base.blocks()):
        raise ParentLacksLanguage(language=language_name(seen.language))
    above = contents.state(first.revision)
    state = contents.State(above.revision, base, above.local)
    return manual(reading.View(first.edition, first, state, seen.language), audience)


class Told(NamedTuple):
    """By uid of blocks, and of units that are the edition's own: why it differs, and who made it so, when."""

    reasons: dict[Uid, str]
    makers: dict[Uid, tuple[str, datetime]]


def told(actor: Actor, seen: reading.View) -> Told:
    """What the acts behind an edition's departures say, with the evidence and the findings that they cite."""
    local, content = seen.state.local, seen.state.content
    base = parents.base_content(local)
    found = {d.uid: int(d.act) for d in departures(base, content, local.links) if d.act is not None}
    acts = {act.id: act for act in db.session.scalars(select(Act).where(Act.id.in_(sorted(set(found.values())))))}
    cited = study.cited(actor, sorted(acts))
    label = labels_for(seen.language)["evidence"]
    with force_locale(language_of_labels(seen.language)):
        said = {number: _said(act, [one.words for one in cited.get(number, ())], label) for number, act in acts.items()}
    known = {uid: number for uid, number in found.items() if number in acts}
    above = {unit.uid for _, unit in base.units()}
    for _, unit in content.units():
        if unit.uid not in above and unit.blocks and unit.blocks[0].uid in known:
            known[unit.uid] = known[unit.blocks[0].uid]
    return Told(
        {uid: said[number] for uid, number in known.items() if said[number]},
        {uid: (acts[number].actor_name, acts[number].at) for uid, number in known.items()},
    )


def _said(act: Act, findings: list[str], label: str) -> str:
    """An act's reason, then what speaks for it, a line each."""
    evidence = words.source(act.stems_from) if act.kind in _REASONED and act.stems_from else ""
    lines = [act.why.strip(), *(label % {"what": one} for one in (evidence, *findings) if one)]
    return "\n".join(line for line in lines if line)
